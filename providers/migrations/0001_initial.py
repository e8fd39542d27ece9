import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import offices.dated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("housing", "0001_initial"),
        ("offices", "0001_initial"),
        ("offices", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="код")),
                ("kind", models.CharField(max_length=20, unique=True, verbose_name="вид для правил")),
                ("name", models.CharField(max_length=100, verbose_name="услуга")),
                ("unit", models.CharField(max_length=10, verbose_name="единица")),
                ("is_supported", models.BooleanField(default=True, verbose_name="входит в меру")),
            ],
            options={
                "verbose_name": "услуга",
                "verbose_name_plural": "услуги",
            },
        ),
        migrations.CreateModel(
            name="ServiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("code", models.CharField(max_length=2, serialize=False, verbose_name="код")),
                ("kind", models.CharField(max_length=20, verbose_name="вид для правил")),
                ("name", models.CharField(max_length=100, verbose_name="услуга")),
                ("unit", models.CharField(max_length=10, verbose_name="единица")),
                ("is_supported", models.BooleanField(default=True, verbose_name="входит в меру")),
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
                        to="providers.service",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, unique=True, verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("short_name", models.CharField(max_length=60, verbose_name="краткое название")),
                ("inn", models.CharField(max_length=10, unique=True, verbose_name="ИНН")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("managing", "управляющая организация"),
                            ("water", "водоканал"),
                            ("heat", "теплоснабжение"),
                            ("electricity", "электроснабжение"),
                            ("gas", "газоснабжение"),
                            ("waste", "обращение с отходами"),
                            ("capital_repair", "фонд капитального ремонта"),
                            ("settlement_center", "расчётный центр"),
                        ],
                        max_length=20,
                        verbose_name="вид деятельности",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="адрес")),
                ("email", models.CharField(blank=True, max_length=100, verbose_name="эл. почта")),
                ("is_regional", models.BooleanField(default=False, verbose_name="работает по всей области")),
                ("is_technically_able", models.BooleanField(default=True, verbose_name="может передавать файлы")),
                ("inability_reason", models.CharField(blank=True, max_length=200, verbose_name="почему не может")),
            ],
            options={
                "verbose_name": "предприятие ЖКХ",
                "verbose_name_plural": "предприятия ЖКХ",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{3,6}$"), ("inn__regex", "^\\d{10}$")),
                        name="provider_codes_are_digits",
                        violation_error_message="Код — от трёх до шести цифр, ИНН — десять.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inability_reason", ""), ("is_technically_able", True)),
                            models.Q(("is_technically_able", False), models.Q(("inability_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="inability_has_a_reason",
                        violation_error_message="Укажите, почему предприятие не может передавать файлы.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderDistrict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.district", verbose_name="район"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="districts",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "район предприятия",
                "verbose_name_plural": "районы предприятий",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="provider_district_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("provider", "="),
                            ("district", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="provider_works_once_in_a_district",
                        violation_error_message="Предприятие в этом районе уже указано.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderDistrictEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "district",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.district",
                        verbose_name="район",
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
                        to="providers.providerdistrict",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProviderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=6, verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("short_name", models.CharField(max_length=60, verbose_name="краткое название")),
                ("inn", models.CharField(max_length=10, verbose_name="ИНН")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("managing", "управляющая организация"),
                            ("water", "водоканал"),
                            ("heat", "теплоснабжение"),
                            ("electricity", "электроснабжение"),
                            ("gas", "газоснабжение"),
                            ("waste", "обращение с отходами"),
                            ("capital_repair", "фонд капитального ремонта"),
                            ("settlement_center", "расчётный центр"),
                        ],
                        max_length=20,
                        verbose_name="вид деятельности",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="адрес")),
                ("email", models.CharField(blank=True, max_length=100, verbose_name="эл. почта")),
                ("is_regional", models.BooleanField(default=False, verbose_name="работает по всей области")),
                ("is_technically_able", models.BooleanField(default=True, verbose_name="может передавать файлы")),
                ("inability_reason", models.CharField(blank=True, max_length=200, verbose_name="почему не может")),
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
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ServiceAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("number", models.CharField(max_length=24, verbose_name="лицевой счёт")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="housing.dwelling",
                        verbose_name="жильё",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "лицевой счёт",
                "verbose_name_plural": "лицевые счета",
                "indexes": [models.Index(fields=["dwelling"], name="accounts_of_a_dwelling")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="account_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("provider", "="),
                            ("number", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="account_number_is_one_dwelling_at_a_time",
                        violation_error_message="Этот лицевой счёт предприятия уже открыт на другое жильё.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="account_has_a_number",
                        violation_error_message="Номер лицевого счёта обязателен.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConnectedService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("is_metered", models.BooleanField(default=False, verbose_name="по прибору учёта")),
                ("meter", models.CharField(blank=True, max_length=30, verbose_name="прибор учёта")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="providers.service", verbose_name="услуга"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="providers.serviceaccount",
                        verbose_name="счёт",
                    ),
                ),
            ],
            options={
                "verbose_name": "подключённая услуга",
                "verbose_name_plural": "подключённые услуги",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="connected_service_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("account", "="),
                            ("service", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="service_is_connected_once_to_an_account",
                        violation_error_message="Услуга на этом счёте в пересекающийся период уже есть.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceAccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("number", models.CharField(max_length=24, verbose_name="лицевой счёт")),
                (
                    "dwelling",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.dwelling",
                        verbose_name="жильё",
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
                        to="providers.serviceaccount",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "variant",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "для всех"),
                            ("gas", "с газовыми плитами"),
                            ("electric", "с электроплитами и сельские"),
                            ("municipal", "муниципальный фонд"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="для кого",
                    ),
                ),
                ("price", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="цена, руб.")),
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
                "verbose_name": "тариф",
                "verbose_name_plural": "тарифы",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="tariff_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("service", "="),
                            (django.db.models.functions.comparison.Coalesce("provider", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("district", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("settlement", 0), "="),
                            ("variant", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="tariff_periods_do_not_overlap",
                        violation_error_message="Строка справочника с той же областью действия пересекается по периоду.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                        name="tariff_is_not_confirmed_by_its_author",
                        violation_error_message="Строку справочника подтверждает не тот, кто её ввёл.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tariff_is_confirmed_by_someone",
                        violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("provider__isnull", True),
                            models.Q(("district__isnull", True), ("settlement__isnull", True)),
                            _connector="OR",
                        ),
                        name="tariff_has_one_scope",
                        violation_error_message="Укажите либо предприятие, либо территорию.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0), ("price__lte", 100000)),
                        name="tariff_price_is_positive",
                        violation_error_message="Тариф больше нуля и не больше 100 000 рублей.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TariffEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "variant",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "для всех"),
                            ("gas", "с газовыми плитами"),
                            ("electric", "с электроплитами и сельские"),
                            ("municipal", "муниципальный фонд"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="для кого",
                    ),
                ),
                ("price", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="цена, руб.")),
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
                        to="providers.tariff",
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
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("number", models.CharField(max_length=40, verbose_name="№ соглашения")),
                ("signed_on", models.DateField(verbose_name="подписано")),
                ("contact", models.CharField(blank=True, max_length=150, verbose_name="ответственный")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "соглашение об обмене",
                "verbose_name_plural": "соглашения об обмене",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="agreement_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("provider", "="),
                            ("office", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="agreements_do_not_overlap",
                        violation_error_message="Соглашение на пересекающийся период уже есть.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConnectedServiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("is_metered", models.BooleanField(default=False, verbose_name="по прибору учёта")),
                ("meter", models.CharField(blank=True, max_length=30, verbose_name="прибор учёта")),
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
                        to="providers.connectedservice",
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
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.serviceaccount",
                        verbose_name="счёт",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsumptionNorm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "basis",
                    models.CharField(
                        choices=[("per_person", "на человека"), ("per_area", "на м²"), ("per_household", "на семью")],
                        max_length=15,
                        verbose_name="норматив",
                    ),
                ),
                ("rooms", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="комнат")),
                ("persons", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="человек")),
                (
                    "stove",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gas", "газовая плита"),
                            ("electric", "электрическая плита"),
                            ("solid", "печь на твёрдом топливе"),
                        ],
                        max_length=8,
                        verbose_name="плита",
                    ),
                ),
                (
                    "dwelling_kind",
                    models.CharField(
                        blank=True,
                        choices=[("flat", "квартира"), ("room", "комната в общежитии"), ("house", "жилой дом")],
                        max_length=5,
                        verbose_name="вид жилья",
                    ),
                ),
                ("amenities", models.CharField(blank=True, max_length=20, verbose_name="благоустройство")),
                ("amount", models.DecimalField(decimal_places=6, max_digits=12, verbose_name="количество в месяц")),
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
                    "settlement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="housing.settlement",
                        verbose_name="населённый пункт",
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="providers.service", verbose_name="услуга"
                    ),
                ),
            ],
            options={
                "verbose_name": "норматив потребления",
                "verbose_name_plural": "нормативы потребления",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="norm_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("service", "="),
                            (django.db.models.functions.comparison.Coalesce("provider", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("district", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("settlement", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("rooms", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("persons", 0), "="),
                            ("stove", "="),
                            ("dwelling_kind", "="),
                            ("amenities", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="norm_periods_do_not_overlap",
                        violation_error_message="Строка справочника с той же областью действия пересекается по периоду.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                        name="norm_is_not_confirmed_by_its_author",
                        violation_error_message="Строку справочника подтверждает не тот, кто её ввёл.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="norm_is_confirmed_by_someone",
                        violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("provider__isnull", True),
                            models.Q(("district__isnull", True), ("settlement__isnull", True)),
                            _connector="OR",
                        ),
                        name="norm_has_one_scope",
                        violation_error_message="Укажите либо предприятие, либо территорию.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lte", 10000)),
                        name="norm_amount_is_positive",
                        violation_error_message="Норматив больше нуля.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsumptionNormEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="принято для демонстрации")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "basis",
                    models.CharField(
                        choices=[("per_person", "на человека"), ("per_area", "на м²"), ("per_household", "на семью")],
                        max_length=15,
                        verbose_name="норматив",
                    ),
                ),
                ("rooms", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="комнат")),
                ("persons", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="человек")),
                (
                    "stove",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gas", "газовая плита"),
                            ("electric", "электрическая плита"),
                            ("solid", "печь на твёрдом топливе"),
                        ],
                        max_length=8,
                        verbose_name="плита",
                    ),
                ),
                (
                    "dwelling_kind",
                    models.CharField(
                        blank=True,
                        choices=[("flat", "квартира"), ("room", "комната в общежитии"), ("house", "жилой дом")],
                        max_length=5,
                        verbose_name="вид жилья",
                    ),
                ),
                ("amenities", models.CharField(blank=True, max_length=20, verbose_name="благоустройство")),
                ("amount", models.DecimalField(decimal_places=6, max_digits=12, verbose_name="количество в месяц")),
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
                        to="providers.consumptionnorm",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("number", models.CharField(max_length=40, verbose_name="№ соглашения")),
                ("signed_on", models.DateField(verbose_name="подписано")),
                ("contact", models.CharField(blank=True, max_length=150, verbose_name="ответственный")),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.office",
                        verbose_name="отдел",
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
                        to="providers.agreement",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_providerevent" ("address", "code", "email", "id", "inability_reason", "inn", "is_regional", "is_technically_able", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name") VALUES (NEW."address", NEW."code", NEW."email", NEW."id", NEW."inability_reason", NEW."inn", NEW."is_regional", NEW."is_technically_able", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_name"); RETURN NULL;',
                    hash="dbfc1efad3fd3d6b2507654fe7bc79e588ac602c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c2891",
                    table="providers_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provider",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_providerevent" ("address", "code", "email", "id", "inability_reason", "inn", "is_regional", "is_technically_able", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name") VALUES (NEW."address", NEW."code", NEW."email", NEW."id", NEW."inability_reason", NEW."inn", NEW."is_regional", NEW."is_technically_able", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_name"); RETURN NULL;',
                    hash="0649df17c021282e14814c32105c47130165c3df",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b4a7f",
                    table="providers_provider",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_serviceevent" ("code", "is_supported", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (NEW."code", NEW."is_supported", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."unit"); RETURN NULL;',
                    hash="e5b2d48687b6d7324a7a8313fb8486e11fe6dad0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_abcc1",
                    table="providers_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_serviceevent" ("code", "is_supported", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (NEW."code", NEW."is_supported", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."unit"); RETURN NULL;',
                    hash="08f0e98b2b253bb2e6ad5b65a065791523f5e068",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f932f",
                    table="providers_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_agreementevent" ("contact", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "signed_on", "valid_from", "valid_to") VALUES (NEW."contact", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."signed_on", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="9aa5f54d872cb751e488d869b17f5e542ec6a7f6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1a7fa",
                    table="providers_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_agreementevent" ("contact", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "signed_on", "valid_from", "valid_to") VALUES (NEW."contact", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."signed_on", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="250286812d8d93ae5a79c9adcb9ce6b72b3aeaff",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_73add",
                    table="providers_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerdistrict",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_providerdistrictevent" ("district_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "valid_from", "valid_to") VALUES (NEW."district_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="cb2598b818e3064dfea893d0f868d8d83540a83a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7499",
                    table="providers_providerdistrict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerdistrict",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_providerdistrictevent" ("district_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "valid_from", "valid_to") VALUES (NEW."district_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="4c980d45c7e15ae7bd9cd4d1904960e4fb52ed50",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_894cc",
                    table="providers_providerdistrict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consumptionnorm",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_consumptionnormevent" ("amenities", "amount", "basis", "confirmed_at", "confirmed_by_id", "decree_id", "district_id", "dwelling_kind", "entered_by_id", "id", "is_assumed", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "rooms", "service_id", "settlement_id", "stove", "valid_from", "valid_to") VALUES (NEW."amenities", NEW."amount", NEW."basis", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."dwelling_kind", NEW."entered_by_id", NEW."id", NEW."is_assumed", NEW."persons", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."rooms", NEW."service_id", NEW."settlement_id", NEW."stove", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="4299af5b1e989936e6de40e105d5fe85a1da9c0f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e5898",
                    table="providers_consumptionnorm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consumptionnorm",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_consumptionnormevent" ("amenities", "amount", "basis", "confirmed_at", "confirmed_by_id", "decree_id", "district_id", "dwelling_kind", "entered_by_id", "id", "is_assumed", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "rooms", "service_id", "settlement_id", "stove", "valid_from", "valid_to") VALUES (NEW."amenities", NEW."amount", NEW."basis", NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."dwelling_kind", NEW."entered_by_id", NEW."id", NEW."is_assumed", NEW."persons", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."rooms", NEW."service_id", NEW."settlement_id", NEW."stove", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="2a45e0df4e931740ae7152abccff02d49ea33818",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_028a9",
                    table="providers_consumptionnorm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_serviceaccountevent" ("dwelling_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "valid_from", "valid_to") VALUES (NEW."dwelling_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="fb2ab46136fa2d1d447669b34f93713b97e0ad99",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_98ba1",
                    table="providers_serviceaccount",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_serviceaccountevent" ("dwelling_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "valid_from", "valid_to") VALUES (NEW."dwelling_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="146c51e4da7d9253fc6be4430d94c36290c73639",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a4fd2",
                    table="providers_serviceaccount",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="connectedservice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_connectedserviceevent" ("account_id", "id", "is_metered", "meter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "valid_from", "valid_to") VALUES (NEW."account_id", NEW."id", NEW."is_metered", NEW."meter", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."service_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="ca00cef343aa3983774ade56d44dd7ed08a45ca1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_995b2",
                    table="providers_connectedservice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="connectedservice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_connectedserviceevent" ("account_id", "id", "is_metered", "meter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "valid_from", "valid_to") VALUES (NEW."account_id", NEW."id", NEW."is_metered", NEW."meter", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."service_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="5ef2dc05993392f5a53e2bf3ad9d376faa1aedfc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_45260",
                    table="providers_connectedservice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "providers_tariffevent" ("confirmed_at", "confirmed_by_id", "decree_id", "district_id", "entered_by_id", "id", "is_assumed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "provider_id", "service_id", "settlement_id", "valid_from", "valid_to", "variant") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."entered_by_id", NEW."id", NEW."is_assumed", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."provider_id", NEW."service_id", NEW."settlement_id", NEW."valid_from", NEW."valid_to", NEW."variant"); RETURN NULL;',
                    hash="52d1c94dc15354b9f4ac4434ce9dbb8d9364f863",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_32d6a",
                    table="providers_tariff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "providers_tariffevent" ("confirmed_at", "confirmed_by_id", "decree_id", "district_id", "entered_by_id", "id", "is_assumed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "provider_id", "service_id", "settlement_id", "valid_from", "valid_to", "variant") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."decree_id", NEW."district_id", NEW."entered_by_id", NEW."id", NEW."is_assumed", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."provider_id", NEW."service_id", NEW."settlement_id", NEW."valid_from", NEW."valid_to", NEW."variant"); RETURN NULL;',
                    hash="3f4b1fc46da1e60ba0053eafdf42355225cbc518",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9c1fb",
                    table="providers_tariff",
                    when="AFTER",
                ),
            ),
        ),
    ]
