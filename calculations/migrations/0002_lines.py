import datetime
from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from offices.partitions import PartitionByMonth


class Migration(migrations.Migration):
    dependencies = [
        ("calculations", "0001_initial"),
        ("offices", "0001_initial"),
        ("providers", "0002_charges"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccrualLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                (
                    "charge_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="начисления предприятия"
                    ),
                ),
                ("billed", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="начислено предприятием")),
                ("base", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="принято к расчёту")),
                ("share", models.CharField(max_length=60, verbose_name="доля")),
                ("accrued", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="эквивалент")),
                ("rule", models.CharField(max_length=40, verbose_name="правило")),
                ("rule_version", models.PositiveSmallIntegerField(verbose_name="версия правила")),
                ("regime", models.CharField(max_length=20, verbose_name="режим")),
                ("inputs", models.JSONField(verbose_name="исходные данные")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="почему ноль или меньше")),
                ("corrects", models.BigIntegerField(blank=True, null=True, verbose_name="исправляет строку")),
                ("corrects_month", models.DateField(blank=True, null=True, verbose_name="месяц исправляемой строки")),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.serviceaccount",
                        verbose_name="счёт",
                    ),
                ),
                (
                    "accrual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_lines",
                        to="calculations.accrual",
                        verbose_name="начисление",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.charge",
                        verbose_name="начисление предприятия",
                    ),
                ),
                (
                    "norm",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.consumptionnorm",
                        verbose_name="норматив",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.office",
                        verbose_name="отдел",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calculations.calculationrun",
                        verbose_name="расчёт",
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
                (
                    "tariff",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.tariff",
                        verbose_name="тариф",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка начисления",
                "verbose_name_plural": "строки начислений",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="line_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accrued__gte", 0), ("accrued__lte", Decimal("9999999.99"))),
                        name="line_accrued_is_a_number",
                        violation_error_message="Сумма вне границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("base__gte", 0), ("base__lte", Decimal("9999999.99"))),
                        name="line_base_is_a_number",
                        violation_error_message="Сумма вне границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accrued__lte", models.F("base"))),
                        name="line_accrues_no_more_than_its_base",
                        violation_error_message="Эквивалент больше того, с чего он начислен.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("charge_ids__len__gte", 1)),
                        name="line_comes_from_a_charge",
                        violation_error_message="У строки должно быть начисление предприятия.",
                    ),
                    models.UniqueConstraint(
                        fields=("accrual", "service", "account", "charge", "month"),
                        name="service_is_accrued_once",
                        violation_error_message="Эта услуга уже начислена.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("corrects_month__isnull", True)),
                            models.Q(("corrects__isnull", False), ("corrects_month__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_correction_names_its_line",
                        violation_error_message="Исправление указывает строку и её месяц.",
                    ),
                ],
            },
        ),
        PartitionByMonth(
            "AccrualLine", unique={"service_is_accrued_once": ["accrual", "service", "account", "charge", "month"]}
        ),
        migrations.RunSQL(
            "ALTER TABLE calculations_accrualline ADD CONSTRAINT line_comes_from_a_stored_charge"
            " FOREIGN KEY (charge_id, month) REFERENCES providers_charge (id, month)",
            "ALTER TABLE calculations_accrualline DROP CONSTRAINT line_comes_from_a_stored_charge",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrualline",
            trigger=pgtrigger.compiler.Trigger(
                name="submitted_lines_are_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE state text; of_run bigint;",
                    func="IF TG_OP = 'INSERT' THEN of_run := NEW.run_id; ELSE of_run := OLD.run_id; END IF; SELECT status INTO state FROM calculations_calculationrun WHERE id = of_run; IF TG_OP = 'UPDATE' OR state <> 'draft' THEN RAISE EXCEPTION 'lines of a finished run are never changed' USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="d5669c057aa6a1453c6b732d8633b367b10fdd02",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_submitted_lines_are_frozen_4964e",
                    table="calculations_accrualline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrualline",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="bdbe5e46084350bbfa4cc6073ed64d6735345312",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_fe793",
                    table="calculations_accrualline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrualline",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="50a876731b9a0530affe38965b11e6b41e947265",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_21d89",
                    table="calculations_accrualline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
