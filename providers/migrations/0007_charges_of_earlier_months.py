import datetime

import django.db.models.functions.datetime
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0009_charges_are_loaded_by_a_job"),
        ("providers", "0006_arrears"),
        ("recipients", "0008_pension_case_numbers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="charge",
            name="charge_is_accepted_once",
        ),
        migrations.AddField(
            model_name="charge",
            name="billed_for",
            field=models.DateField(blank=True, null=True, verbose_name="за прошедший месяц"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("billed_for"), 1),
                    ("billed_for__gte", datetime.date(2007, 1, 1)),
                    ("billed_for__lt", datetime.date(2100, 1, 1)),
                ),
                name="charge_billed_for_is_a_first_day",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("billed_for__isnull", True), ("billed_for__lt", models.F("month")), _connector="OR"
                ),
                name="a_late_charge_bills_an_earlier_month",
                violation_error_message="Опоздавшее начисление относится к прошедшему месяцу.",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                fields=("recipient", "account", "service", "month", "billed_for", "number"),
                name="charge_is_accepted_once",
                nulls_distinct=False,
                violation_error_message="Это начисление уже принято.",
            ),
        ),
    ]
