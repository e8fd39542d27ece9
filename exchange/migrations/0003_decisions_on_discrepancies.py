"""A discrepancy may be put off; a file has as many protocols as were formed; what a protocol tells is decided."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

DECIDED_BY_THEIR_PROTOCOL = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE exchange_discrepancy d SET decision = 'hold', decided_at = p.made_at, decided_by_id = p.made_by_id
FROM exchange_discrepancyprotocol p WHERE p.id = d.protocol_id AND d.decision = 'open';
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_rows_sent_are_kept")]

    operations = [
        migrations.AlterField(
            model_name="discrepancyprotocol",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="protocols",
                to="exchange.exchangefile",
                verbose_name="файл",
            ),
        ),
        migrations.AlterField(
            model_name="discrepancy",
            name="decision",
            field=models.CharField(
                choices=[
                    ("open", "не рассмотрено"),
                    ("accept", "принять данные предприятия"),
                    ("hold", "не принимать до исправления"),
                    ("later", "отложено"),
                ],
                default="open",
                max_length=6,
                verbose_name="решение",
            ),
        ),
        migrations.RunSQL(DECIDED_BY_THEIR_PROTOCOL, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="discrepancy", name="discrepancy_is_decided_as_a_whole"),
        migrations.AddConstraint(
            model_name="discrepancy",
            constraint=models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="open")
                | Q(decided_at__isnull=False, decided_by__isnull=False, decision__in=["accept", "hold", "later"]),
                name="discrepancy_is_decided_as_a_whole",
                violation_error_message="Решение: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancy",
            constraint=models.CheckConstraint(
                condition=Q(protocol__isnull=True) | Q(decision__in=["accept", "hold"]),
                name="what_a_protocol_tells_is_decided",
                violation_error_message="В протоколе стоят только решённые строки.",
            ),
        ),
    ]
