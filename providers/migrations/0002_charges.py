import datetime
from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from offices.partitions import PartitionByMonth


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0001_initial"),
        ("providers", "0001_initial"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="№ исправления")),
                ("billed", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="начислено")),
                (
                    "adjustment",
                    models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name="перерасчёт"),
                ),
                ("adjustment_month", models.DateField(blank=True, null=True, verbose_name="перерасчёт за месяц")),
                (
                    "tariff",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="тариф предприятия"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="объём"),
                ),
                (
                    "norm",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="норматив предприятия"
                    ),
                ),
                ("is_metered", models.BooleanField(blank=True, null=True, verbose_name="по прибору")),
                ("residents", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="зарегистрировано")),
                (
                    "total_area",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="площадь"),
                ),
                (
                    "debt",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="задолженность"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("file", "файл предприятия"), ("typed", "введено вручную")],
                        max_length=5,
                        verbose_name="источник",
                    ),
                ),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="файл")),
                ("row_number", models.PositiveIntegerField(blank=True, null=True, verbose_name="строка файла")),
                ("accepted_at", models.DateTimeField(verbose_name="принято")),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.serviceaccount",
                        verbose_name="лицевой счёт",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.office",
                        verbose_name="отдел",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.service",
                        verbose_name="услуга",
                    ),
                ),
            ],
            options={
                "verbose_name": "начисление предприятия",
                "verbose_name_plural": "начисления предприятий",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="charge_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("billed__gte", 0), ("billed__lte", Decimal("9999999.99"))),
                        name="charge_billed_is_a_number",
                        violation_error_message="Начисление от нуля до 9 999 999,99.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adjustment__gte", Decimal("-9999999.99")), ("adjustment__lte", Decimal("9999999.99"))
                        ),
                        name="charge_adjustment_is_a_number",
                        violation_error_message="Перерасчёт вне допустимых границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_sha256", ""), ("row_number__isnull", True), ("source", "typed")),
                            models.Q(
                                ("row_number__isnull", False),
                                ("source", "file"),
                                models.Q(("file_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="charge_names_its_file_row",
                        violation_error_message="У начисления из файла указывают файл и строку.",
                    ),
                    models.UniqueConstraint(
                        fields=("recipient", "account", "service", "month", "number"),
                        name="charge_is_accepted_once",
                        violation_error_message="Это начисление уже принято.",
                    ),
                ],
            },
        ),
        PartitionByMonth(
            "Charge", unique={"charge_is_accepted_once": ["recipient", "account", "service", "month", "number"]}
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'an accepted charge is never changed' USING ERRCODE = 'restrict_violation';",
                    hash="5a3f63fbf5ed0920a6ede20d2219f84ee14983e4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_never_changed_cfd25",
                    table="providers_charge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="ec83f77c5af62caac74ca755be34c3e3c8c39853",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_7a9a4",
                    table="providers_charge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="8b81fbb475fb85eea8af3c54d6fc2e0585f9893a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_8527f",
                    table="providers_charge",
                    when="BEFORE",
                ),
            ),
        ),
    ]
