import datetime
from decimal import Decimal

import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calculations", "0003_runs_go_forward"),
        ("offices", "0009_charges_are_loaded_by_a_job"),
        ("providers", "0007_charges_of_earlier_months"),
        ("recipients", "0008_pension_case_numbers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="accrualline",
            name="line_accrued_is_a_number",
        ),
        migrations.RemoveConstraint(
            model_name="accrualline",
            name="a_correction_names_its_line",
        ),
        migrations.AddField(
            model_name="accrual",
            name="carried_in",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="удержано по прошлым месяцам"
            ),
        ),
        migrations.AddField(
            model_name="accrual",
            name="carried_out",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="осталось удержать"
            ),
        ),
        migrations.AlterField(
            model_name="accrualline",
            name="corrects_month",
            field=models.DateField(blank=True, null=True, verbose_name="за прошедший месяц"),
        ),
        migrations.AlterField(
            model_name="withheld",
            name="reason",
            field=models.CharField(
                choices=[
                    ("no_right", "нет права в этом месяце"),
                    ("right_ended", "права уже нет, а ответ за прошедший месяц пришёл позже"),
                    ("no_tariff", "нет тарифа"),
                    ("no_norm", "нет норматива"),
                    ("no_residents", "не указан состав семьи"),
                    ("no_area", "нет площади жилья"),
                    ("no_quantity", "нет объёма по зонам"),
                    ("not_in_measure", "услуга не входит в меру"),
                    ("no_dwelling", "нет жилья, по которому предоставлена мера"),
                    ("wrong_charge", "начисление противоречиво"),
                    ("superseded", "заменено исправлением"),
                ],
                max_length=20,
                verbose_name="причина",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrual",
            trigger=pgtrigger.compiler.Trigger(
                name="carried_in_was_carried_out",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."carried_in" > 0)',
                    func="IF NEW.carried_in > coalesce((SELECT sum(a.carried_out) FROM calculations_accrual a JOIN calculations_calculationrun r ON r.id = a.run_id AND r.status = 'approved' WHERE a.recipient_id = NEW.recipient_id AND a.month < NEW.month GROUP BY a.month ORDER BY a.month DESC LIMIT 1), 0) THEN RAISE EXCEPTION 'only what was carried over is taken back' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="e6a3bf8ec85cfaa109321ed0a7e3850d289719bd",
                    operation="INSERT",
                    pgid="pgtrigger_carried_in_was_carried_out_b1d81",
                    table="calculations_accrual",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrualline",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_is_of_its_line",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."corrects" IS NOT NULL)',
                    func="PERFORM 1 FROM calculations_accrualline WHERE id = NEW.corrects AND month = NEW.corrects_month AND recipient_id = NEW.recipient_id AND account_id = NEW.account_id AND service_id = NEW.service_id AND corrects_month IS NULL; IF NOT FOUND THEN RAISE EXCEPTION 'a correction names the line of its month' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="7370d5d2a32303ea2c6f85e1f5f0e7bca2d257e6",
                    operation="INSERT",
                    pgid="pgtrigger_correction_is_of_its_line_8e4c2",
                    table="calculations_accrualline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(
                condition=models.Q(("carried_in__gte", 0), ("carried_in__lte", Decimal("9999999.99"))),
                name="carried_in_is_a_number",
                violation_error_message="Сумма вне допустимых границ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(
                condition=models.Q(("carried_out__gte", 0), ("carried_out__lte", Decimal("9999999.99"))),
                name="carried_out_is_a_number",
                violation_error_message="Сумма вне допустимых границ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(
                condition=models.Q(("accrued", 0), ("carried_out", 0), _connector="OR"),
                name="nothing_is_paid_while_something_is_carried_over",
                violation_error_message="Пока остаётся удержать, к выплате ничего не начисляют.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(("accrued__gte", Decimal("-9999999.99")), ("accrued__lte", Decimal("9999999.99"))),
                name="line_accrued_is_a_number",
                violation_error_message="Сумма вне границ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(("accrued__gte", 0), ("corrects_month__isnull", False), _connector="OR"),
                name="only_a_correction_takes_away",
                violation_error_message="Меньше нуля бывает только исправление прошедшего месяца.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(("corrects__isnull", True), ("corrects_month__isnull", False), _connector="OR"),
                name="a_correction_names_its_line",
                violation_error_message="У исправляемой строки указывают её месяц.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects_month__isnull", True), ("corrects_month__lt", models.F("month")), _connector="OR"
                ),
                name="a_correction_counts_for_an_earlier_month",
                violation_error_message="Исправление относится к прошедшему месяцу.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("corrects_month"), 1),
                    ("corrects_month__gte", datetime.date(2007, 1, 1)),
                    ("corrects_month__lt", datetime.date(2100, 1, 1)),
                ),
                name="line_corrects_a_first_day",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
    ]
