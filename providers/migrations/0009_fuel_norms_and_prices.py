import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import offices.dated


class Migration(migrations.Migration):
    dependencies = [
        ("housing", "0003_streets_are_few"),
        ("offices", "0010_notices_are_numbered_apart"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("providers", "0008_refused_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FuelPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="отклонено")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="почему отклонено"
                    ),
                ),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
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
                ("price", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="цена за единицу, руб.")),
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
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.district",
                        verbose_name="район",
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
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отклонил",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="providers.service", verbose_name="услуга"
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="housing.settlement",
                        verbose_name="населённый пункт",
                    ),
                ),
            ],
            options={
                "verbose_name": "цена топлива",
                "verbose_name_plural": "цены топлива",
            },
        ),
        migrations.CreateModel(
            name="FuelPriceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="отклонено")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="почему отклонено"
                    ),
                ),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
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
                ("price", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="цена за единицу, руб.")),
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
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.district",
                        verbose_name="район",
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
                        to="providers.fuelprice",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отклонил",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.service",
                        verbose_name="услуга",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.settlement",
                        verbose_name="населённый пункт",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SaleNorm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="отклонено")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="почему отклонено"
                    ),
                ),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
                (
                    "fuel",
                    models.CharField(
                        choices=[
                            ("coal", "уголь"),
                            ("peat", "торф"),
                            ("briquette", "торфяной брикет"),
                            ("kindling", "дрова на растопку угля"),
                        ],
                        max_length=10,
                        verbose_name="топливо",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("per_household", "на семью по площади"),
                            ("per_meter", "на м²"),
                            ("per_person", "на человека"),
                            ("by_band", "по ступеням площади"),
                        ],
                        max_length=15,
                        verbose_name="как установлена норма",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name="количество в год"),
                ),
                ("area", models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name="до площади, м²")),
                (
                    "further",
                    models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name="на каждый м² сверх"),
                ),
                (
                    "band_areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=2, max_digits=6),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ступени: до площади, м²",
                    ),
                ),
                (
                    "band_quantities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ступени: количество",
                    ),
                ),
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
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.district",
                        verbose_name="район",
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
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отклонил",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="providers.service", verbose_name="услуга"
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="housing.settlement",
                        verbose_name="населённый пункт",
                    ),
                ),
            ],
            options={
                "verbose_name": "норма продажи топлива",
                "verbose_name_plural": "нормы продажи топлива",
            },
        ),
        migrations.CreateModel(
            name="SaleNormEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="отклонено")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="почему отклонено"
                    ),
                ),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
                (
                    "fuel",
                    models.CharField(
                        choices=[
                            ("coal", "уголь"),
                            ("peat", "торф"),
                            ("briquette", "торфяной брикет"),
                            ("kindling", "дрова на растопку угля"),
                        ],
                        max_length=10,
                        verbose_name="топливо",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("per_household", "на семью по площади"),
                            ("per_meter", "на м²"),
                            ("per_person", "на человека"),
                            ("by_band", "по ступеням площади"),
                        ],
                        max_length=15,
                        verbose_name="как установлена норма",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name="количество в год"),
                ),
                ("area", models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name="до площади, м²")),
                (
                    "further",
                    models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name="на каждый м² сверх"),
                ),
                (
                    "band_areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=2, max_digits=6),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ступени: до площади, м²",
                    ),
                ),
                (
                    "band_quantities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=12),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ступени: количество",
                    ),
                ),
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
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.district",
                        verbose_name="район",
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
                        to="providers.salenorm",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отклонил",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.service",
                        verbose_name="услуга",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.settlement",
                        verbose_name="населённый пункт",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="fuel_price_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("refused_at__isnull", True)),
                expressions=[
                    ("service", "="),
                    (django.db.models.functions.comparison.Coalesce("provider", 0), "="),
                    (django.db.models.functions.comparison.Coalesce("district", 0), "="),
                    (django.db.models.functions.comparison.Coalesce("settlement", 0), "="),
                    ("fuel", "="),
                    (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                ],
                name="fuel_price_periods_do_not_overlap",
                violation_error_message="Строка справочника с той же областью действия пересекается по периоду.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                name="fuel_price_is_not_confirmed_by_its_author",
                violation_error_message="Строку справочника подтверждает не тот, кто её ввёл.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="fuel_price_is_confirmed_by_someone",
                violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refusal_reason", ""), ("refused_at__isnull", True), ("refused_by__isnull", True)),
                    models.Q(
                        ("confirmed_at__isnull", True),
                        ("refused_at__isnull", False),
                        ("refused_by__isnull", False),
                        models.Q(("refusal_reason", ""), _negated=True),
                        models.Q(("refused_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="fuel_price_is_refused_by_another",
                violation_error_message="Отклоняет неподтверждённую строку не тот, кто её ввёл, с указанием причины.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("provider__isnull", True),
                    models.Q(("district__isnull", True), ("settlement__isnull", True)),
                    _connector="OR",
                ),
                name="fuel_price_has_one_scope",
                violation_error_message="Укажите либо предприятие, либо территорию.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(("fuel__in", ["coal", "peat", "briquette", "kindling", "cylinder"])),
                name="fuel_price_is_never_of_firewood",
                violation_error_message="Приложение 3 не предусматривает дров: выберите другое топливо.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fuelprice",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0), ("price__lte", 1000000)),
                name="fuel_price_is_positive",
                violation_error_message="Цена больше нуля и не больше миллиона рублей.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelprice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_fuelpriceevent" ("confirmed_at", "confirmed_by_id", "decree_id", "district_id", "entered_by_id", "fuel", "id", "is_assumed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "provider_id", "refusal_reason", "refused_at", "refused_by_id", "service_id", "settlement_id", "valid_from", "valid_to") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."entered_by_id", NEW."fuel", NEW."id", NEW."is_assumed", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."provider_id", NEW."refusal_reason", NEW."refused_at", NEW."refused_by_id", NEW."service_id", NEW."settlement_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="1c43c237a16c07074d637d13f143f5a043911b9c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8b1e4",
                    table="providers_fuelprice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fuelprice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_fuelpriceevent" ("confirmed_at", "confirmed_by_id", "decree_id", "district_id", "entered_by_id", "fuel", "id", "is_assumed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "provider_id", "refusal_reason", "refused_at", "refused_by_id", "service_id", "settlement_id", "valid_from", "valid_to") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."entered_by_id", NEW."fuel", NEW."id", NEW."is_assumed", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."provider_id", NEW."refusal_reason", NEW."refused_at", NEW."refused_by_id", NEW."service_id", NEW."settlement_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="e9739d4d7d4bf66b6060f98e0585ac0f0b6ae778",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4d2f2",
                    table="providers_fuelprice",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="sale_norm_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("refused_at__isnull", True)),
                expressions=[
                    ("service", "="),
                    (django.db.models.functions.comparison.Coalesce("provider", 0), "="),
                    (django.db.models.functions.comparison.Coalesce("district", 0), "="),
                    (django.db.models.functions.comparison.Coalesce("settlement", 0), "="),
                    ("fuel", "="),
                    (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                ],
                name="sale_norm_periods_do_not_overlap",
                violation_error_message="Строка справочника с той же областью действия пересекается по периоду.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                name="sale_norm_is_not_confirmed_by_its_author",
                violation_error_message="Строку справочника подтверждает не тот, кто её ввёл.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="sale_norm_is_confirmed_by_someone",
                violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refusal_reason", ""), ("refused_at__isnull", True), ("refused_by__isnull", True)),
                    models.Q(
                        ("confirmed_at__isnull", True),
                        ("refused_at__isnull", False),
                        ("refused_by__isnull", False),
                        models.Q(("refusal_reason", ""), _negated=True),
                        models.Q(("refused_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sale_norm_is_refused_by_another",
                violation_error_message="Отклоняет неподтверждённую строку не тот, кто её ввёл, с указанием причины.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("provider__isnull", True),
                    models.Q(("district__isnull", True), ("settlement__isnull", True)),
                    _connector="OR",
                ),
                name="sale_norm_has_one_scope",
                violation_error_message="Укажите либо предприятие, либо территорию.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(("fuel__in", ["coal", "peat", "briquette", "kindling"])),
                name="sale_norm_is_never_of_firewood",
                violation_error_message="Приложение 3 не предусматривает дров: выберите уголь, торф или брикет.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("further__gte", 0),
                    ("further__lte", 1000),
                    ("quantity__gte", 0),
                    ("quantity__lte", 10000),
                    ("area__gte", 0),
                    ("area__lte", 2000),
                ),
                name="sale_norm_is_a_number",
                violation_error_message="Норма продажи вне допустимых границ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="salenorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("area", 0),
                        ("band_areas__len", models.F("band_quantities__len")),
                        ("band_areas__len__gte", 1),
                        ("further", 0),
                        ("kind", "by_band"),
                        ("quantity", 0),
                    ),
                    models.Q(
                        ("band_areas__len", 0),
                        ("band_quantities__len", 0),
                        ("kind", "per_household"),
                        ("quantity__gt", 0),
                    ),
                    models.Q(
                        ("area", 0),
                        ("band_areas__len", 0),
                        ("band_quantities__len", 0),
                        ("further", 0),
                        ("kind__in", ["per_meter", "per_person"]),
                        ("quantity__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="sale_norm_has_what_its_kind_needs",
                violation_error_message="Норме по ступеням нужны ступени, остальным — количество в год; площадь и прибавка бывают только у нормы на семью.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salenorm",
            trigger=pgtrigger.compiler.Trigger(
                name="bands_go_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"kind\" = 'by_band')",
                    func="IF EXISTS (SELECT 1 FROM unnest(NEW.band_areas, NEW.band_quantities) WITH ORDINALITY band(area, quantity, n) WHERE band.area IS NULL OR band.quantity IS NULL OR band.area <= 0 OR band.quantity <= 0 OR band.area <= NEW.band_areas[band.n - 1]) THEN RAISE EXCEPTION 'bands of a norm go up' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="fe4b24eb9c85c184be017ae6b230de5b3ca751e8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_bands_go_up_39375",
                    table="providers_salenorm",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salenorm",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_salenormevent" ("area", "band_areas", "band_quantities", "confirmed_at", "confirmed_by_id", "decree_id", "district_id", "entered_by_id", "fuel", "further", "id", "is_assumed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "quantity", "refusal_reason", "refused_at", "refused_by_id", "service_id", "settlement_id", "valid_from", "valid_to") VALUES (NEW."area", NEW."band_areas", NEW."band_quantities", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."entered_by_id", NEW."fuel", NEW."further", NEW."id", NEW."is_assumed", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."quantity", NEW."refusal_reason", NEW."refused_at", NEW."refused_by_id", NEW."service_id", NEW."settlement_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="bf04769bd94c97462baf2af3221c93dc2640172e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_157c3",
                    table="providers_salenorm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salenorm",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_salenormevent" ("area", "band_areas", "band_quantities", "confirmed_at", "confirmed_by_id", "decree_id", "district_id", "entered_by_id", "fuel", "further", "id", "is_assumed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "quantity", "refusal_reason", "refused_at", "refused_by_id", "service_id", "settlement_id", "valid_from", "valid_to") VALUES (NEW."area", NEW."band_areas", NEW."band_quantities", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."entered_by_id", NEW."fuel", NEW."further", NEW."id", NEW."is_assumed", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."quantity", NEW."refusal_reason", NEW."refused_at", NEW."refused_by_id", NEW."service_id", NEW."settlement_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="ff1d99cb052e09d0c98726c67685c939a75f144f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_74949",
                    table="providers_salenorm",
                    when="AFTER",
                ),
            ),
        ),
    ]
