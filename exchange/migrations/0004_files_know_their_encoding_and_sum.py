from django.db import migrations, models
from django.db.models import Q

# A closed month is frozen by a trigger; the sums of its files were always there, in their lines.
BACK_FILL = """
    ALTER TABLE exchange_exchangefile DISABLE TRIGGER USER;
    UPDATE exchange_exchangefile file SET
        billed = (
            SELECT coalesce(sum(line.billed), 0) FROM exchange_returnedline line
            JOIN exchange_returnedrow sent ON sent.id = line.row_id WHERE sent.file_id = file.id
        ),
        encoding = coalesce((
            SELECT nullif(layout.definition ->> 'encoding', 'auto') FROM exchange_filelayout layout
            WHERE layout.id = file.layout_id
        ), '')
    WHERE kind = 'return' AND status <> 'refused';
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE exchange_exchangefile ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_decisions_on_discrepancies")]

    operations = [
        migrations.AddField(
            model_name="exchangefile",
            name="encoding",
            field=models.CharField(blank=True, max_length=20, verbose_name="кодировка", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exchangefile",
            name="billed",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=16, null=True, verbose_name="начислено в файле, руб."
            ),
        ),
        migrations.RunSQL(BACK_FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("billed__isnull", True),
                    Q(("kind", "return"), Q(("status", "refused"), _negated=True)),
                    _connector="OR",
                ),
                name="only_an_accepted_return_bills",
                violation_error_message="Сумма начислений есть только у принятого ответного файла.",
            ),
        ),
    ]
