import datetime
from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calculations", "0005_parameter_codes"),
        ("offices", "0010_notices_are_numbered_apart"),
        ("recipients", "0008_pension_case_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recalculation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="№ перерасчёта")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("household", "состав семьи"),
                            ("dwelling", "площадь или жилищный фонд"),
                            ("category", "группа инвалидности"),
                            ("death", "смерть человека"),
                            ("tariff", "тариф"),
                            ("norm", "норматив"),
                            ("parameter", "параметр расчёта"),
                            ("resumed", "выплата возобновлена"),
                            ("other", "другое изменение"),
                        ],
                        max_length=12,
                        verbose_name="причина",
                    ),
                ),
                ("changed_from", models.DateField(verbose_name="изменилось с")),
                ("what", models.CharField(max_length=500, verbose_name="что изменилось")),
                ("document", models.CharField(max_length=300, verbose_name="основание")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prepared", "ждёт утверждения"),
                            ("approved", "утверждён, войдёт в расчёт"),
                            ("refused", "отклонён"),
                            ("replaced", "заменён следующим"),
                            ("done", "учтён в расчёте"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="подготовлен")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждён или отклонён")),
                ("refusal_reason", models.CharField(blank=True, max_length=500, verbose_name="почему отклонён")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто утвердил или отклонил",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто подготовил",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calculations.recalculation",
                        verbose_name="заменён перерасчётом",
                    ),
                ),
            ],
            options={
                "verbose_name": "перерасчёт",
                "verbose_name_plural": "перерасчёты",
            },
        ),
        migrations.CreateModel(
            name="RecalculationMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("accrued", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="было начислено, руб.")),
                (
                    "recalculated",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="должно быть, руб."),
                ),
                ("services", models.JSONField(verbose_name="по услугам")),
                ("is_open", models.BooleanField(default=True, verbose_name="ждёт расчёта")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="calculations.recalculation",
                        verbose_name="перерасчёт",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalculated_months",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalculated_months",
                        to="calculations.calculationrun",
                        verbose_name="расчёт, в который вошёл",
                    ),
                ),
            ],
            options={
                "verbose_name": "месяц перерасчёта",
                "verbose_name_plural": "месяцы перерасчётов",
            },
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.UniqueConstraint(
                fields=("office", "number"),
                name="recalculation_number_is_given_once",
                violation_error_message="Перерасчёт с этим номером уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("document", ""), _negated=True)),
                name="recalculation_says_what_and_why",
                violation_error_message="Укажите, что изменилось и каким документом это подтверждено.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("refusal_reason", ""),
                        ("replaced_by__isnull", True),
                        ("status", "prepared"),
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                    ),
                    models.Q(
                        ("refusal_reason", ""),
                        ("replaced_by__isnull", True),
                        ("status__in", ["approved", "done"]),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    models.Q(
                        ("replaced_by__isnull", True),
                        ("status", "refused"),
                        models.Q(("refusal_reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    models.Q(
                        ("refusal_reason", ""),
                        ("replaced_by__isnull", False),
                        ("status", "replaced"),
                        models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="recalculation_status_fits_its_facts",
                violation_error_message="Состояние перерасчёта не соответствует отметкам.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                name="recalculation_is_not_decided_by_its_author",
                violation_error_message="Перерасчёт утверждает или отклоняет не тот, кто его подготовил.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="recalculation_goes_forward",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'DELETE' OR (OLD.id, OLD.office_id, OLD.number, OLD.cause, OLD.changed_from, OLD.what, OLD.document, OLD.prepared_at, OLD.prepared_by_id) IS DISTINCT FROM (NEW.id, NEW.office_id, NEW.number, NEW.cause, NEW.changed_from, NEW.what, NEW.document, NEW.prepared_at, NEW.prepared_by_id) OR (OLD.decided_at IS NOT NULL AND (OLD.decided_at, OLD.decided_by_id, OLD.refusal_reason) IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.refusal_reason)) OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (('prepared', 'approved'), ('prepared', 'refused'), ('prepared', 'replaced'), ('approved', 'replaced'), ('approved', 'done'))) OR (OLD.status IN ('refused', 'replaced', 'done') AND OLD IS DISTINCT FROM NEW) OR (NEW.status = 'done' AND EXISTS (SELECT 1 FROM calculations_recalculationmonth m LEFT JOIN calculations_calculationrun r ON r.id = m.run_id AND r.status = 'approved' WHERE m.order_id = NEW.id AND r.id IS NULL)) THEN RAISE EXCEPTION 'a recalculation only goes forward' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="2dcfbaa5e2c289ef4bbd106b3438b2bcb7270650",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_recalculation_goes_forward_e7937",
                    table="calculations_recalculation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="recalculation_closes_its_months",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func="UPDATE calculations_recalculationmonth SET is_open = NEW.status IN ('prepared', 'approved') WHERE order_id = NEW.id AND is_open <> (NEW.status IN ('prepared', 'approved')); RETURN NULL;",
                    hash="67c382ae4c6cdae2a425ac09f76e87490815f9b1",
                    operation="UPDATE",
                    pgid="pgtrigger_recalculation_closes_its_months_50681",
                    table="calculations_recalculation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="638311fa263e44ca9b3f75a784a18a0ba2e62d94",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_c8b98",
                    table="calculations_recalculation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculationmonth",
            constraint=models.UniqueConstraint(
                fields=("order", "recipient", "month"),
                name="a_month_stands_once_in_a_recalculation",
                violation_error_message="Этот месяц получателя в перерасчёте уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculationmonth",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True)),
                fields=("recipient", "month"),
                name="a_month_waits_in_one_recalculation",
                violation_error_message="Этот месяц получателя уже ждёт в другом перерасчёте.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculationmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                    ("month__gte", datetime.date(2007, 1, 1)),
                    ("month__lt", datetime.date(2100, 1, 1)),
                ),
                name="recalculated_month_is_a_first_day",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculationmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("accrued__gte", Decimal("-9999999.99")), ("accrued__lte", Decimal("9999999.99"))),
                name="accrued_before_is_a_number",
                violation_error_message="Сумма вне границ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculationmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("recalculated__gte", 0), ("recalculated__lte", Decimal("9999999.99"))),
                name="recalculated_is_a_number",
                violation_error_message="Сумма вне границ.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recalculationmonth",
            trigger=pgtrigger.compiler.Trigger(
                name="recalculated_month_keeps_its_order",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE of_order calculations_recalculation; taking calculations_calculationrun;",
                    func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'months of a recalculation are never deleted' USING ERRCODE = 'restrict_violation'; END IF; SELECT * INTO of_order FROM calculations_recalculation WHERE id = NEW.order_id; IF NEW.is_open <> (of_order.status IN ('prepared', 'approved')) THEN RAISE EXCEPTION 'a month waits as long as its recalculation' USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'INSERT' THEN IF of_order.status <> 'prepared' OR NEW.run_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM calculations_calculationrun r WHERE r.office_id = of_order.office_id AND r.month = NEW.month AND r.status IN ('calculated', 'submitted', 'approved')) OR NOT EXISTS (SELECT 1 FROM recipients_recipient p WHERE p.id = NEW.recipient_id AND p.office_id = of_order.office_id) THEN RAISE EXCEPTION 'a recalculation lists accrued months of its own district' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END IF; IF (OLD.id, OLD.order_id, OLD.recipient_id, OLD.month, OLD.accrued, OLD.recalculated, OLD.services) IS DISTINCT FROM (NEW.id, NEW.order_id, NEW.recipient_id, NEW.month, NEW.accrued, NEW.recalculated, NEW.services) THEN RAISE EXCEPTION 'months of a recalculation are never changed' USING ERRCODE = 'restrict_violation'; END IF; IF OLD.run_id IS DISTINCT FROM NEW.run_id THEN SELECT * INTO taking FROM calculations_calculationrun WHERE id = NEW.run_id; IF of_order.status <> 'approved' OR taking.id IS NULL OR taking.status <> 'draft' OR taking.office_id <> of_order.office_id OR taking.month <= NEW.month OR EXISTS (SELECT 1 FROM calculations_calculationrun r WHERE r.id = OLD.run_id AND r.status NOT IN ('returned', 'discarded')) THEN RAISE EXCEPTION 'an approved recalculation is taken by one later run' USING ERRCODE = 'restrict_violation'; END IF; END IF; RETURN NEW;",
                    hash="742165b11bd22d550ee85a9cba5237934c64772d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recalculated_month_keeps_its_order_c4e08",
                    table="calculations_recalculationmonth",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recalculationmonth",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="3e34bedc9017a5eecd8bb418e520b8f17891982f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_27857",
                    table="calculations_recalculationmonth",
                    when="BEFORE",
                ),
            ),
        ),
    ]
