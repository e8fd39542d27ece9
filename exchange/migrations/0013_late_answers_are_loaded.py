from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0012_acknowledgements_and_change_files"),
        ("offices", "0009_charges_are_loaded_by_a_job"),
        ("providers", "0007_charges_of_earlier_months"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="only_an_accepted_return_replaces",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="exchange_file_status_fits_its_kind",
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "late"), models.Q(("status", "superseded"), _negated=True)),
                fields=("request", "month"),
                name="one_late_answer_per_request_and_month",
                violation_error_message="Опоздавший ответ на этот запрос в этом месяце уже принят.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "request"), ("status__in", ["prepared", "sent", "acknowledged"])),
                    models.Q(
                        ("kind__in", ["pension", "registry", "council"]),
                        ("status__in", ["received", "refused", "superseded"]),
                    ),
                    models.Q(
                        ("kind", "return"),
                        models.Q(("status__in", ["prepared", "sent", "acknowledged"]), _negated=True),
                    ),
                    models.Q(("kind", "late"), ("status__in", ["received", "verified", "loaded", "superseded"])),
                    _connector="OR",
                ),
                name="exchange_file_status_fits_its_kind",
                violation_error_message="Такого состояния у файла этого вида не бывает.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(
                        ("kind__in", ["return", "late", "pension"]), models.Q(("status", "refused"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="only_an_accepted_return_replaces",
                violation_error_message="Заменяет только принятый ответный файл или файл фонда.",
            ),
        ),
    ]
