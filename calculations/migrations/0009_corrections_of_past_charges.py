import datetime

import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calculations", "0008_fuel"),
        ("offices", "0012_office_hours"),
        ("providers", "0009_fuel_norms_and_prices"),
        ("recipients", "0009_papers_of_heirs"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnappliedRecalculation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("charge_id", models.BigIntegerField(verbose_name="начисление предприятия")),
                ("month", models.DateField(verbose_name="месяц")),
                ("counts_for", models.DateField(blank=True, null=True, verbose_name="за прошедший месяц")),
                (
                    "roubles",
                    models.DecimalField(decimal_places=6, max_digits=18, verbose_name="перерасчёт предприятия"),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("no_difference", "сумма за тот месяц не меняется"),
                            ("no_right", "в том месяце не было права"),
                            ("right_ended", "права уже нет"),
                            ("not_in_measure", "услуга не входит в меру"),
                            ("no_dwelling", "мера предоставлена по другому жилью"),
                            ("not_known", "не хватает данных, чтобы пересчитать"),
                        ],
                        max_length=20,
                        verbose_name="причина",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="пояснение")),
            ],
            options={
                "verbose_name": "перерасчёт без изменения суммы",
                "verbose_name_plural": "перерасчёты без изменения суммы",
            },
        ),
        migrations.RemoveConstraint(
            model_name="accrualline",
            name="only_a_correction_takes_away",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrualline",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_is_of_stored_charges",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."charge_id" IS NULL)',
                    func="PERFORM 1 FROM unnest(NEW.charge_ids) AS one(id) WHERE NOT EXISTS (SELECT 1 FROM providers_charge c WHERE c.id = one.id AND c.recipient_id = NEW.recipient_id AND c.account_id = NEW.account_id AND c.month <= NEW.month AND c.month >= coalesce(NEW.corrects_month, NEW.month) AND (coalesce(c.billed_for, c.month) = NEW.corrects_month OR c.adjustment_month = NEW.corrects_month OR (NEW.corrects_month IS NULL AND c.adjustment <> 0))); IF FOUND THEN RAISE EXCEPTION 'a correction is made of the charges of its month' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="3a09c3e27c4ee383ef0626a12ad927b8efef92f6",
                    operation="INSERT",
                    pgid="pgtrigger_correction_is_of_stored_charges_f498e",
                    table="calculations_accrualline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accrued__gte", 0),
                    ("corrects_month__isnull", False),
                    ("rule", "recalculation_without_month"),
                    _connector="OR",
                ),
                name="only_a_correction_takes_away",
                violation_error_message="Меньше нуля бывают только исправление прошедшего месяца и перерасчёт предприятия.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("charge__isnull", False),
                    ("corrects_month__isnull", False),
                    ("fuel_part__isnull", False),
                    ("rule", "recalculation_without_month"),
                    _connector="OR",
                ),
                name="line_of_its_month_names_its_charge",
                violation_error_message="У строки своего месяца указывают начисление предприятия.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.UniqueConstraint(
                models.F("accrual"),
                models.F("service"),
                models.F("account"),
                models.F("corrects_month"),
                django.db.models.fields.json.KeyTextTransform(
                    "right", django.db.models.fields.json.KeyTextTransform("correction", "inputs")
                ),
                models.F("month"),
                condition=models.Q(("charge__isnull", True), ("fuel_part__isnull", True)),
                name="a_correction_is_accrued_once",
                nulls_distinct=False,
                violation_error_message="Это исправление или перерасчёт уже учтены.",
            ),
        ),
        migrations.AddField(
            model_name="unappliedrecalculation",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unapplied_recalculations",
                to="recipients.recipient",
                verbose_name="получатель",
            ),
        ),
        migrations.AddField(
            model_name="unappliedrecalculation",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unapplied_recalculations",
                to="calculations.calculationrun",
                verbose_name="расчёт",
            ),
        ),
        migrations.AddConstraint(
            model_name="unappliedrecalculation",
            constraint=models.UniqueConstraint(
                fields=("run", "charge_id"),
                name="recalculation_is_left_once_in_a_run",
                violation_error_message="Этот перерасчёт в расчёте уже отмечен.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unappliedrecalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("roubles", 0), _negated=True),
                name="what_is_left_was_recalculated",
                violation_error_message="Перерасчёта на ноль не бывает.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unappliedrecalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counts_for__isnull", True), ("counts_for__lt", models.F("month")), _connector="OR"
                ),
                name="what_is_left_counts_for_an_earlier_month",
                violation_error_message="Перерасчёт относится к прошедшему месяцу.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unappliedrecalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                    ("month__gte", datetime.date(2007, 1, 1)),
                    ("month__lt", datetime.date(2100, 1, 1)),
                ),
                name="left_recalculation_month_is_a_first_day",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unappliedrecalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="submitted_unapplied_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE state text; of_run bigint;",
                    func="IF TG_OP = 'INSERT' THEN of_run := NEW.run_id; ELSE of_run := OLD.run_id; END IF; SELECT status INTO state FROM calculations_calculationrun WHERE id = of_run; IF TG_OP = 'UPDATE' OR state <> 'draft' THEN RAISE EXCEPTION 'lines of a finished run are never changed' USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="34651a04e75bff8c50075109f3dda975224fa813",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_submitted_unapplied_is_frozen_87db6",
                    table="calculations_unappliedrecalculation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unappliedrecalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="9c0b1ef6244cc185ead3c46059b50c951715f5aa",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_79ba7",
                    table="calculations_unappliedrecalculation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unappliedrecalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="a899cde4bb0984a01bd15115c2206eef3c2bee6e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_c3697",
                    table="calculations_unappliedrecalculation",
                    when="BEFORE",
                ),
            ),
        ),
    ]
