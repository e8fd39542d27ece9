"""What is owed for a service is kept month by month, as the provider tells it."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0008_letters_are_numbered"),
        ("providers", "0005_letters_inquiries_transfers"),
        ("recipients", "0007_names_in_latin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrears",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                (
                    "debt",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="задолженность, руб."
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="месяцев задолженности"),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed_paid", "есть соглашение, платит"),
                            ("agreed_unpaid", "есть соглашение, не платит"),
                            ("unpaid", "не платит"),
                            ("paid_off", "погашает"),
                            ("growing", "долг растёт"),
                        ],
                        max_length=13,
                        verbose_name="погашение",
                    ),
                ),
                (
                    "agreed",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="по соглашению, руб."
                    ),
                ),
                ("file_sha256", models.CharField(max_length=64, verbose_name="файл")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.serviceaccount",
                        verbose_name="лицевой счёт",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="providers.provider", verbose_name="предприятие"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrears",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="providers.service", verbose_name="услуга"
                    ),
                ),
            ],
            options={
                "verbose_name": "задолженность",
                "verbose_name_plural": "задолженности",
                "indexes": [models.Index(fields=["month", "provider"], name="arrears_of_a_provider")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "month", "account", "service"),
                        name="arrears_are_told_once_a_month",
                        violation_error_message="Задолженность по этой услуге за месяц уже записана.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="arrears_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debt__isnull", True), ("debt__gt", 0), _connector="OR"),
                        name="arrears_are_owed",
                        violation_error_message="Задолженность больше нуля.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed__isnull", True), ("agreed__gt", 0), _connector="OR"),
                        name="agreed_arrears_are_owed",
                        violation_error_message="Сумма по соглашению больше нуля.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arrears",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="38431989e5b76b088037219ac73a8e3482212876",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_14273",
                    table="providers_arrears",
                    when="BEFORE",
                ),
            ),
        ),
    ]
