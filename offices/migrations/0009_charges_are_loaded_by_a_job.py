"""What stood the check is loaded by a job of a district."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0008_letters_are_numbered"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="job_of_a_district_knows_its_office",
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("office__isnull", False),
                    models.Q(
                        ("kind__in", ("calculate_run", "load_return", "receive_return", "verify_return")), _negated=True
                    ),
                    _connector="OR",
                ),
                name="job_of_a_district_knows_its_office",
                violation_error_message="У работы района указывают отдел.",
            ),
        ),
    ]
