import datetime
from decimal import Decimal

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import offices.dated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("offices", "0001_initial"),
        ("offices", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalculationRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="№ расчёта")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "рассчитывается"),
                            ("calculated", "рассчитан"),
                            ("submitted", "передан в Департамент"),
                            ("returned", "возвращён"),
                            ("approved", "утверждён"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="начат")),
                ("calculated_at", models.DateTimeField(blank=True, null=True, verbose_name="рассчитан")),
                ("recipients", models.PositiveIntegerField(default=0, verbose_name="получателей")),
                ("lines", models.PositiveIntegerField(default=0, verbose_name="строк")),
                (
                    "total",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="начислено, руб."),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="передан")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждён или возвращён")),
                ("return_reason", models.CharField(blank=True, max_length=500, verbose_name="причина возврата")),
                (
                    "accrual_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.storedfile",
                        verbose_name="файл начислений",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто проверил",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто рассчитал",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто передал",
                    ),
                ),
            ],
            options={
                "verbose_name": "расчёт района",
                "verbose_name_plural": "расчёты районов",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "month", "number"),
                        name="run_number_is_given_once",
                        violation_error_message="Расчёт с этим номером уже есть.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "returned"), _negated=True),
                        fields=("office", "month"),
                        name="district_has_one_live_run_a_month",
                        violation_error_message="Расчёт района за этот месяц уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="run_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0), ("total__lte", Decimal("9999999999.99"))),
                        name="run_total_is_a_number",
                        violation_error_message="Итог вне допустимых границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("calculated_at__isnull", True),
                                ("status", "draft"),
                                ("submitted_at__isnull", True),
                                ("submitted_by__isnull", True),
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                            ),
                            models.Q(
                                ("status", "calculated"),
                                ("calculated_at__isnull", False),
                                ("submitted_at__isnull", True),
                                ("submitted_by__isnull", True),
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                            ),
                            models.Q(
                                ("status", "submitted"),
                                ("calculated_at__isnull", False),
                                ("accrual_file__isnull", False),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                            ),
                            models.Q(
                                ("return_reason", ""),
                                ("status", "approved"),
                                ("calculated_at__isnull", False),
                                ("accrual_file__isnull", False),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            models.Q(
                                ("status", "returned"),
                                models.Q(("return_reason", ""), _negated=True),
                                ("calculated_at__isnull", False),
                                ("accrual_file__isnull", False),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="run_status_fits_its_facts",
                        violation_error_message="Состояние расчёта не соответствует отметкам.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_by", models.F("started_by")), _negated=True),
                            models.Q(("reviewed_by", models.F("submitted_by")), _negated=True),
                        ),
                        name="run_is_not_reviewed_by_its_author",
                        violation_error_message="Расчёт утверждает не тот, кто его выполнил или передал.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Accrual",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                (
                    "billed",
                    models.DecimalField(decimal_places=6, max_digits=18, verbose_name="начислено предприятиями"),
                ),
                ("accrued", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="начислено, руб.")),
                ("lines", models.PositiveSmallIntegerField(verbose_name="строк")),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="recipients.entitlement", verbose_name="право"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="calculations.calculationrun",
                        verbose_name="расчёт",
                    ),
                ),
            ],
            options={
                "verbose_name": "начисление эквивалента",
                "verbose_name_plural": "начисления эквивалента",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "entitlement"),
                        name="a_right_is_accrued_once_in_a_run",
                        violation_error_message="Это право в расчёте уже учтено.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="accrual_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accrued__gte", 0), ("accrued__lte", Decimal("9999999.99"))),
                        name="accrued_is_a_number",
                        violation_error_message="Сумма вне допустимых границ.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("discount", "доля компенсации"),
                            ("lag_months", "месяцев от начисления до выплаты"),
                            ("change_rule", "изменение состава семьи (first_of_next_month или daily)"),
                            ("month_of_death", "месяц смерти (full или days)"),
                            ("deviation_percent", "отклонение для проверки, %"),
                            ("sample_percent", "выборка для проверки, %"),
                        ],
                        max_length=20,
                        verbose_name="параметр",
                    ),
                ),
                ("value", models.CharField(max_length=40, verbose_name="значение")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто подтвердил",
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.decree", verbose_name="акт"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто ввёл",
                    ),
                ),
            ],
            options={
                "verbose_name": "параметр расчёта",
                "verbose_name_plural": "параметры расчёта",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="parameter_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="parameter_periods_do_not_overlap",
                        violation_error_message="Параметр на пересекающийся период уже задан.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                        name="parameter_is_not_confirmed_by_its_author",
                        violation_error_message="Параметр подтверждает не тот, кто его ввёл.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="parameter_is_confirmed_by_someone",
                        violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParameterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("discount", "доля компенсации"),
                            ("lag_months", "месяцев от начисления до выплаты"),
                            ("change_rule", "изменение состава семьи (first_of_next_month или daily)"),
                            ("month_of_death", "месяц смерти (full или days)"),
                            ("deviation_percent", "отклонение для проверки, %"),
                            ("sample_percent", "выборка для проверки, %"),
                        ],
                        max_length=20,
                        verbose_name="параметр",
                    ),
                ),
                ("value", models.CharField(max_length=40, verbose_name="значение")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто подтвердил",
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.decree",
                        verbose_name="акт",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто ввёл",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calculations.parameter",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("new", "новое назначение"),
                            ("deviation", "отклонение от прошлого месяца"),
                            ("sample", "выборка"),
                        ],
                        max_length=10,
                        verbose_name="почему проверено",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("correct", "верно"), ("wrong", "неверно")], max_length=10, verbose_name="вывод"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="замечание")),
                ("reviewed_at", models.DateTimeField(verbose_name="проверено")),
                (
                    "accrual",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="calculations.accrual",
                        verbose_name="начисление",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто проверил",
                    ),
                ),
            ],
            options={
                "verbose_name": "вывод проверки",
                "verbose_name_plural": "выводы проверки",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "correct"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="a_wrong_accrual_has_a_note",
                        violation_error_message="Укажите, что неверно.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Withheld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("charge_id", models.BigIntegerField(verbose_name="начисление предприятия")),
                ("month", models.DateField(verbose_name="месяц")),
                ("billed", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="начислено предприятием")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("no_right", "нет права в этом месяце"),
                            ("no_tariff", "нет тарифа"),
                            ("no_norm", "нет норматива"),
                            ("no_residents", "не указан состав семьи"),
                            ("no_area", "нет площади жилья"),
                            ("no_quantity", "нет объёма по зонам"),
                            ("not_in_measure", "услуга не входит в меру"),
                        ],
                        max_length=20,
                        verbose_name="причина",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="пояснение")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withheld",
                        to="calculations.calculationrun",
                        verbose_name="расчёт",
                    ),
                ),
            ],
            options={
                "verbose_name": "не начислено",
                "verbose_name_plural": "не начислено",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "charge_id"),
                        name="charge_is_withheld_once_in_a_run",
                        violation_error_message="Это начисление в расчёте уже отложено.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calculationrun",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="05ea84bf02886eb15accde5b5a53b0f2e80949b1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_a14e8",
                    table="calculations_calculationrun",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrual",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="f3ed79bec0b362c05ceba8e9795ffa1599cabc2f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_df7f1",
                    table="calculations_accrual",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parameter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "calculations_parameterevent" ("code", "confirmed_at", "confirmed_by_id", "decree_id", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "value") VALUES (NEW."code", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."entered_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to", NEW."value"); RETURN NULL;',
                    hash="f6f4a538f67635c25ec0642e701d177ea8f38e16",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dc47b",
                    table="calculations_parameter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parameter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "calculations_parameterevent" ("code", "confirmed_at", "confirmed_by_id", "decree_id", "entered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "value") VALUES (NEW."code", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."entered_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to", NEW."value"); RETURN NULL;',
                    hash="5cf86d1213fb74dd94ef29506444030b847aefe2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d820b",
                    table="calculations_parameter",
                    when="AFTER",
                ),
            ),
        ),
    ]
