import datetime
from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calculations", "0007_rehearsals_and_refused_parameters"),
        ("housing", "0003_streets_are_few"),
        ("offices", "0012_office_hours"),
        ("providers", "0009_fuel_norms_and_prices"),
        ("recipients", "0009_papers_of_heirs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FuelAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.CharField(
                        choices=[("solid_fuel", "твёрдое топливо"), ("bottled_gas", "газ в баллонах")],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("rule_version", models.PositiveSmallIntegerField(verbose_name="версия правила")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("starts_on", models.DateField(verbose_name="с месяца")),
                ("months", models.PositiveSmallIntegerField(verbose_name="месяцев")),
                ("cost", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="стоимость по заявлению")),
                (
                    "counted_cost",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="принято к расчёту"),
                ),
                ("share", models.CharField(max_length=12, verbose_name="доля")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="эквивалент, руб.")),
                ("inputs", models.JSONField(verbose_name="исходные данные")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prepared", "ждёт утверждения"),
                            ("confirmed", "назначено"),
                            ("withdrawn", "отклонено"),
                            ("stopped", "остановлено"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="рассчитано")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
                ("stopped_from", models.DateField(blank=True, null=True, verbose_name="остановлено с месяца")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="остановлено")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="почему отклонено или остановлено"),
                ),
            ],
            options={
                "verbose_name": "назначение топлива или газа",
                "verbose_name_plural": "назначения топлива и газа",
            },
        ),
        migrations.CreateModel(
            name="FuelItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fuel",
                    models.CharField(
                        choices=[
                            ("coal", "уголь"),
                            ("peat", "торф"),
                            ("briquette", "торфяной брикет"),
                            ("kindling", "дрова на растопку угля"),
                            ("cylinder", "газ в баллоне"),
                        ],
                        max_length=10,
                        verbose_name="топливо",
                    ),
                ),
                ("applied", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="по заявлению")),
                (
                    "limit",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=16, null=True, verbose_name="норма на жильё"
                    ),
                ),
                ("counted", models.DecimalField(decimal_places=6, max_digits=16, verbose_name="принято к расчёту")),
                ("seller_document", models.CharField(blank=True, max_length=200, verbose_name="документ продавца")),
            ],
            options={
                "verbose_name": "топливо по заявлению",
                "verbose_name_plural": "топливо по заявлениям",
            },
        ),
        migrations.CreateModel(
            name="FuelPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="№ части")),
                ("month", models.DateField(verbose_name="месяц")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="сумма, руб.")),
            ],
            options={
                "verbose_name": "месячная часть топлива",
                "verbose_name_plural": "месячные части топлива",
            },
        ),
        migrations.RemoveConstraint(
            model_name="accrualline",
            name="line_comes_from_a_charge",
        ),
        migrations.AlterField(
            model_name="accrualline",
            name="account",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="providers.serviceaccount",
                verbose_name="счёт",
            ),
        ),
        migrations.AlterField(
            model_name="accrualline",
            name="charge",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="providers.charge",
                verbose_name="начисление предприятия",
            ),
        ),
        migrations.AlterField(
            model_name="accrualline",
            name="charge_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, size=None, verbose_name="начисления предприятия"
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fuel",
                to="recipients.application",
                verbose_name="заявление",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто решил",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="decision_file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.storedfile",
                verbose_name="решение (PDF)",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="dwelling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fuel",
                to="housing.dwelling",
                verbose_name="жильё",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="entitlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fuel",
                to="recipients.entitlement",
                verbose_name="право",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="prepared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто рассчитал",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fuel",
                to="recipients.recipient",
                verbose_name="получатель",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="providers.service",
                verbose_name="услуга",
            ),
        ),
        migrations.AddField(
            model_name="fuelassignment",
            name="stopped_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто остановил",
            ),
        ),
        migrations.AddField(
            model_name="fuelitem",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="calculations.fuelassignment",
                verbose_name="назначение",
            ),
        ),
        migrations.AddField(
            model_name="fuelitem",
            name="norm",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="providers.salenorm",
                verbose_name="норма продажи",
            ),
        ),
        migrations.AddField(
            model_name="fuelitem",
            name="price",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="providers.fuelprice",
                verbose_name="цена",
            ),
        ),
        migrations.AddField(
            model_name="fuelpart",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="calculations.fuelassignment",
                verbose_name="назначение",
            ),
        ),
        migrations.AddField(
            model_name="accrualline",
            name="fuel_part",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="calculations.fuelpart",
                verbose_name="месячная часть топлива или газа",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("charge_ids__len__gte", 1), ("fuel_part__isnull", True)),
                    models.Q(
                        ("account__isnull", True),
                        ("charge__isnull", True),
                        ("charge_ids__len", 0),
                        ("corrects_month__isnull", True),
                        ("fuel_part__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="line_comes_from_a_charge_or_fuel",
                violation_error_message="Строка сделана из начисления предприятия или из части топлива.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrualline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fuel_part__isnull", False)),
                fields=("fuel_part", "run", "month"),
                name="a_part_of_fuel_is_accrued_once_in_a_run",
                violation_error_message="Эта часть топлива в расчёте уже начислена.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rule", "solid_fuel"), models.Q(("status", "withdrawn"), _negated=True)),
                fields=("dwelling", "year"),
                name="fuel_is_applied_for_once_a_year",
                violation_error_message="Твёрдое топливо на это жильё в этом году уже назначено.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("starts_on"), 1),
                    ("starts_on__gte", datetime.date(2007, 1, 1)),
                    ("starts_on__lt", datetime.date(2100, 1, 1)),
                ),
                name="fuel_starts_with_a_month",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("stopped_from"), 1),
                    ("stopped_from__gte", datetime.date(2007, 1, 1)),
                    ("stopped_from__lt", datetime.date(2100, 1, 1)),
                ),
                name="fuel_stops_with_a_month",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.datetime.ExtractYear("starts_on"), models.F("year")
                    ),
                    ("months__gte", 1),
                    ("months__lte", 12),
                ),
                name="fuel_is_for_months_of_its_year",
                violation_error_message="Топливо назначают на месяцы одного года.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__gte", 0), ("cost__lte", Decimal("9999999.99"))),
                name="fuel_cost_is_a_number",
                violation_error_message="Сумма вне границ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    ("amount__lte", models.F("counted_cost")),
                    ("counted_cost__lte", models.F("cost")),
                ),
                name="fuel_gives_no_more_than_it_costs",
                violation_error_message="Эквивалент больше стоимости топлива.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reason", ""),
                        ("status", "prepared"),
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("decision_file__isnull", True),
                        ("stopped_at__isnull", True),
                        ("stopped_by__isnull", True),
                        ("stopped_from__isnull", True),
                    ),
                    models.Q(
                        ("decision_file__isnull", False),
                        ("reason", ""),
                        ("status", "confirmed"),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("stopped_at__isnull", True),
                        ("stopped_by__isnull", True),
                        ("stopped_from__isnull", True),
                    ),
                    models.Q(
                        ("decision_file__isnull", True),
                        ("status", "withdrawn"),
                        models.Q(("reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("stopped_at__isnull", True),
                        ("stopped_by__isnull", True),
                        ("stopped_from__isnull", True),
                    ),
                    models.Q(
                        ("decision_file__isnull", False),
                        ("status", "stopped"),
                        models.Q(("reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("stopped_at__isnull", False),
                        ("stopped_by__isnull", False),
                        ("stopped_from__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="fuel_status_fits_its_facts",
                violation_error_message="Состояние назначения не соответствует отметкам.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                name="fuel_is_not_decided_by_its_author",
                violation_error_message="Назначение утверждает не тот, кто его рассчитал.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="fuel_goes_forward",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'DELETE' OR (OLD.id, OLD.application_id, OLD.office_id, OLD.recipient_id, OLD.entitlement_id, OLD.dwelling_id, OLD.service_id, OLD.rule, OLD.rule_version, OLD.year, OLD.starts_on, OLD.months, OLD.cost, OLD.counted_cost, OLD.share, OLD.amount, OLD.inputs, OLD.prepared_at, OLD.prepared_by_id) IS DISTINCT FROM (NEW.id, NEW.application_id, NEW.office_id, NEW.recipient_id, NEW.entitlement_id, NEW.dwelling_id, NEW.service_id, NEW.rule, NEW.rule_version, NEW.year, NEW.starts_on, NEW.months, NEW.cost, NEW.counted_cost, NEW.share, NEW.amount, NEW.inputs, NEW.prepared_at, NEW.prepared_by_id) OR (OLD.decided_at IS NOT NULL AND (OLD.decided_at, OLD.decided_by_id, OLD.decision_file_id) IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.decision_file_id)) OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (('prepared', 'confirmed'), ('prepared', 'withdrawn'), ('confirmed', 'stopped'))) OR (OLD.status IN ('withdrawn', 'stopped') AND OLD IS DISTINCT FROM NEW) THEN RAISE EXCEPTION 'a fuel assignment only goes forward' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="72125c46051a030ca1c0cf3e3ea6087968dae92c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_fuel_goes_forward_aef46",
                    table="calculations_fuelassignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="parts_of_fuel_add_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE parts bigint; total numeric;",
                    func="IF NEW.status IN ('confirmed', 'stopped') THEN SELECT count(*), coalesce(sum(amount), 0) INTO parts, total FROM calculations_fuelpart WHERE assignment_id = NEW.id; IF (parts, total) IS DISTINCT FROM (NEW.months::bigint, NEW.amount) THEN RAISE EXCEPTION 'the parts of fuel add up to its sum' USING ERRCODE = 'restrict_violation'; END IF; END IF; RETURN NULL;",
                    hash="13d5d09bfd4903501762e2964c53fe1f1b7ba80a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_parts_of_fuel_add_up_8f8fe",
                    table="calculations_fuelassignment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="f37006f823b4bc1826b8473f6fc7a477841b7f03",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_04b0f",
                    table="calculations_fuelassignment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelitem",
            constraint=models.UniqueConstraint(
                fields=("assignment", "fuel"),
                name="a_fuel_stands_in_an_application_once",
                violation_error_message="Это топливо в заявлении уже указано.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("applied__gt", 0), ("counted__gt", 0), ("counted__lte", models.F("applied"))),
                name="fuel_counts_no_more_than_applied_for",
                violation_error_message="Принято больше, чем указано в заявлении.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fuel", "cylinder"), ("limit__isnull", True), ("norm__isnull", True)),
                    models.Q(
                        models.Q(("fuel", "cylinder"), _negated=True),
                        ("counted__lte", models.F("limit")),
                        ("limit__isnull", False),
                        ("norm__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="fuel_counts_no_more_than_its_norm",
                violation_error_message="Принято больше нормы продажи.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelitem",
            trigger=pgtrigger.compiler.Trigger(
                name="fuel_is_entered_with_its_year",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM 1 FROM calculations_fuelassignment WHERE id = NEW.assignment_id AND status = 'prepared'; IF NOT FOUND THEN RAISE EXCEPTION 'a fuel is entered before its assignment is decided' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="48c08ba127ea542e8c4452fdc1c8999c58a8544a",
                    operation="INSERT",
                    pgid="pgtrigger_fuel_is_entered_with_its_year_77ae0",
                    table="calculations_fuelitem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelitem",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="5e6c0009f62f462f31c776528d2a0a44c5c06431",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_07af4",
                    table="calculations_fuelitem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelitem",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="ff2a41a443e0bdae1a3e984a5405883113375ffc",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_07a2d",
                    table="calculations_fuelitem",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelpart",
            constraint=models.UniqueConstraint(
                fields=("assignment", "number"),
                name="a_part_of_fuel_is_numbered_once",
                violation_error_message="Часть с этим номером уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                    ("month__gte", datetime.date(2007, 1, 1)),
                    ("month__lt", datetime.date(2100, 1, 1)),
                ),
                name="part_of_fuel_is_of_a_month",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount__lte", Decimal("9999999.99")), ("number__gte", 1)),
                name="part_of_fuel_is_a_number",
                violation_error_message="Сумма вне границ.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelpart",
            trigger=pgtrigger.compiler.Trigger(
                name="part_of_fuel_is_of_its_year",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE whole calculations_fuelassignment; given numeric;",
                    func="SELECT * INTO whole FROM calculations_fuelassignment WHERE id = NEW.assignment_id FOR UPDATE; SELECT coalesce(sum(amount), 0) INTO given FROM calculations_fuelpart WHERE assignment_id = NEW.assignment_id; IF whole.status = 'withdrawn' OR NEW.number > whole.months OR given + NEW.amount > whole.amount OR NEW.month <> whole.starts_on + make_interval(months => NEW.number - 1) THEN RAISE EXCEPTION 'a part of fuel is a month of its assignment' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="771fbef453cd227cf433d0b153d48914d66d5eea",
                    operation="INSERT",
                    pgid="pgtrigger_part_of_fuel_is_of_its_year_33282",
                    table="calculations_fuelpart",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelpart",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="faf5f8e589df0f2bda99d49a94f0198569775bd6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_659f0",
                    table="calculations_fuelpart",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelpart",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="ad52e3763d528f0648ab889578301a0066f0ae0e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_d20f7",
                    table="calculations_fuelpart",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrualline",
            trigger=pgtrigger.compiler.Trigger(
                name="fuel_line_is_its_part",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."fuel_part_id" IS NOT NULL)',
                    func="PERFORM 1 FROM calculations_fuelpart p JOIN calculations_fuelassignment f ON f.id = p.assignment_id JOIN calculations_accrual a ON a.id = NEW.accrual_id AND a.entitlement_id = f.entitlement_id WHERE p.id = NEW.fuel_part_id AND f.recipient_id = NEW.recipient_id AND f.service_id = NEW.service_id AND p.month <= NEW.month AND p.amount = NEW.accrued AND (f.status = 'confirmed' OR (f.status = 'stopped' AND p.month < f.stopped_from)) AND NOT EXISTS (SELECT 1 FROM calculations_accrualline l JOIN calculations_calculationrun r ON r.id = l.run_id WHERE l.fuel_part_id = p.id AND l.month < NEW.month AND r.status = 'approved'); IF NOT FOUND THEN RAISE EXCEPTION 'a line of fuel gives its part once, to its right' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="8c642ee136f3483016e040beb7916263dfe8ae49",
                    operation="INSERT",
                    pgid="pgtrigger_fuel_line_is_its_part_301b5",
                    table="calculations_accrualline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
