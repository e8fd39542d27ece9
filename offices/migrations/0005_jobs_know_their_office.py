import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

BACK_FILL = """
    UPDATE offices_job SET office_id = (parameters ->> 'office')::bigint
    WHERE kind = 'calculate_run' AND parameters ? 'office';
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0004_office_codes_are_longer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.office",
                verbose_name="отдел",
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="взято исполнителем"),
        ),
        migrations.AddField(
            model_name="job",
            name="done_when_taken",
            field=models.PositiveIntegerField(default=0, verbose_name="сделано до того"),
        ),
        migrations.AddField(
            model_name="job",
            name="progressed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="последнее продвижение"),
        ),
        migrations.RunSQL(BACK_FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=Q(("office__isnull", False))
                | Q(("kind__in", ("calculate_run", "receive_return", "verify_return")), _negated=True),
                name="job_of_a_district_knows_its_office",
                violation_error_message="У работы района указывают отдел.",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=Q(("progressed_at__isnull", True), ("taken_at__isnull", False), _connector="OR"),
                name="job_progresses_after_it_is_taken",
                violation_error_message="Продвигается только работа, взятая исполнителем.",
            ),
        ),
    ]
