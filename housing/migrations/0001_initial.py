import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import offices.dated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("offices", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, verbose_name="код")),
                ("kind", models.CharField(max_length=10, verbose_name="тип")),
                ("name", models.CharField(max_length=100, verbose_name="название")),
                ("is_rural", models.BooleanField(default=False, verbose_name="сельский")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.district", verbose_name="район"
                    ),
                ),
            ],
            options={
                "verbose_name": "населённый пункт",
                "verbose_name_plural": "населённые пункты",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "code"),
                        name="settlement_code_is_unique_in_its_district",
                        violation_error_message="Код населённого пункта в районе уже занят.",
                    ),
                    models.UniqueConstraint(
                        fields=("district", "kind", "name"),
                        name="settlement_is_listed_once_in_its_district",
                        violation_error_message="Такой населённый пункт в районе уже есть.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=5, verbose_name="код")),
                ("kind", models.CharField(max_length=10, verbose_name="тип")),
                ("name", models.CharField(max_length=100, verbose_name="название")),
                ("is_rural", models.BooleanField(default=False, verbose_name="сельский")),
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
                        to="housing.settlement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Street",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, verbose_name="код")),
                ("name", models.CharField(max_length=100, verbose_name="улица")),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="housing.settlement",
                        verbose_name="населённый пункт",
                    ),
                ),
            ],
            options={
                "verbose_name": "улица",
                "verbose_name_plural": "улицы",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("settlement", "code"),
                        name="street_code_is_unique_in_its_settlement",
                        violation_error_message="Код улицы в населённом пункте уже занят.",
                    ),
                    models.UniqueConstraint(
                        fields=("settlement", "name"),
                        name="street_is_listed_once_in_its_settlement",
                        violation_error_message="Такая улица уже есть.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("house", models.CharField(max_length=7, verbose_name="дом")),
                ("building", models.CharField(blank=True, max_length=3, verbose_name="корпус")),
                ("flat", models.CharField(blank=True, max_length=15, verbose_name="квартира")),
                ("room", models.CharField(blank=True, max_length=15, verbose_name="комната")),
                ("postal_index", models.CharField(max_length=6, verbose_name="индекс")),
                (
                    "street",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="housing.street", verbose_name="улица"
                    ),
                ),
            ],
            options={
                "verbose_name": "адрес",
                "verbose_name_plural": "адреса",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("street", "house", "building", "flat", "room"),
                        name="address_is_listed_once",
                        violation_error_message="Такой адрес уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("postal_index__regex", "^\\d{6}$"), models.Q(("house", ""), _negated=True)),
                        name="address_has_a_house_and_an_index",
                        violation_error_message="Нужны дом и индекс из шести цифр.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("residence", "место жительства"),
                            ("stay", "место пребывания"),
                            ("actual", "фактический"),
                            ("postal", "почтовый"),
                        ],
                        max_length=10,
                        verbose_name="вид адреса",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="housing.address", verbose_name="адрес"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="recipients.person",
                        verbose_name="человек",
                    ),
                ),
            ],
            options={
                "verbose_name": "адрес человека",
                "verbose_name_plural": "адреса людей",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="person_address_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("kind", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="person_has_one_address_of_a_kind_at_a_time",
                        violation_error_message="Адрес этого вида на пересекающийся период уже указан.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonAddressEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("residence", "место жительства"),
                            ("stay", "место пребывания"),
                            ("actual", "фактический"),
                            ("postal", "почтовый"),
                        ],
                        max_length=10,
                        verbose_name="вид адреса",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.address",
                        verbose_name="адрес",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="человек",
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
                        to="housing.personaddress",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StreetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=5, verbose_name="код")),
                ("name", models.CharField(max_length=100, verbose_name="улица")),
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
                        to="housing.street",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="AddressEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("house", models.CharField(max_length=7, verbose_name="дом")),
                ("building", models.CharField(blank=True, max_length=3, verbose_name="корпус")),
                ("flat", models.CharField(blank=True, max_length=15, verbose_name="квартира")),
                ("room", models.CharField(blank=True, max_length=15, verbose_name="комната")),
                ("postal_index", models.CharField(max_length=6, verbose_name="индекс")),
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
                        to="housing.address",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.street",
                        verbose_name="улица",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Dwelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="housing.address", verbose_name="адрес"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.district", verbose_name="район"
                    ),
                ),
            ],
            options={
                "verbose_name": "жильё",
                "verbose_name_plural": "жильё",
            },
        ),
        migrations.CreateModel(
            name="DwellingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "address",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.address",
                        verbose_name="адрес",
                    ),
                ),
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
                        to="housing.dwelling",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DwellingFacts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "stock",
                    models.CharField(
                        choices=[("state", "государственный"), ("municipal", "муниципальный"), ("private", "частный")],
                        max_length=10,
                        verbose_name="жилищный фонд",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("flat", "квартира"), ("room", "комната в общежитии"), ("house", "жилой дом")],
                        max_length=5,
                        verbose_name="вид",
                    ),
                ),
                ("total_area", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="общая площадь, м²")),
                ("living_area", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="жилая площадь, м²")),
                ("rooms", models.PositiveSmallIntegerField(verbose_name="комнат")),
                (
                    "stove",
                    models.CharField(
                        choices=[
                            ("gas", "газовая плита"),
                            ("electric", "электрическая плита"),
                            ("solid", "печь на твёрдом топливе"),
                        ],
                        max_length=8,
                        verbose_name="плита",
                    ),
                ),
                ("has_central_heating", models.BooleanField(verbose_name="центральное отопление")),
                ("amenities", models.CharField(max_length=20, verbose_name="благоустройство")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="основание")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="housing.dwelling",
                        verbose_name="жильё",
                    ),
                ),
            ],
            options={
                "verbose_name": "характеристики жилья",
                "verbose_name_plural": "характеристики жилья",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="dwelling_facts_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("dwelling", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="dwelling_facts_do_not_overlap",
                        violation_error_message="Характеристики на пересекающийся период уже указаны.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_area__gt", 0),
                            ("total_area__lte", 2000),
                            ("living_area__gt", 0),
                            ("living_area__lte", models.F("total_area")),
                            ("rooms__gte", 1),
                            ("rooms__lte", 30),
                        ),
                        name="dwelling_areas_are_possible",
                        violation_error_message="Площадь больше нуля, жилая не больше общей.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DwellingFactsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "stock",
                    models.CharField(
                        choices=[("state", "государственный"), ("municipal", "муниципальный"), ("private", "частный")],
                        max_length=10,
                        verbose_name="жилищный фонд",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("flat", "квартира"), ("room", "комната в общежитии"), ("house", "жилой дом")],
                        max_length=5,
                        verbose_name="вид",
                    ),
                ),
                ("total_area", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="общая площадь, м²")),
                ("living_area", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="жилая площадь, м²")),
                ("rooms", models.PositiveSmallIntegerField(verbose_name="комнат")),
                (
                    "stove",
                    models.CharField(
                        choices=[
                            ("gas", "газовая плита"),
                            ("electric", "электрическая плита"),
                            ("solid", "печь на твёрдом топливе"),
                        ],
                        max_length=8,
                        verbose_name="плита",
                    ),
                ),
                ("has_central_heating", models.BooleanField(verbose_name="центральное отопление")),
                ("amenities", models.CharField(max_length=20, verbose_name="благоустройство")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="основание")),
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
                        to="housing.dwellingfacts",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Residence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "basis",
                    models.CharField(
                        choices=[("permanent", "по месту жительства"), ("temporary", "по месту пребывания")],
                        max_length=10,
                        verbose_name="регистрация",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="housing.dwelling",
                        verbose_name="жильё",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="recipients.person",
                        verbose_name="человек",
                    ),
                ),
            ],
            options={
                "verbose_name": "зарегистрированный",
                "verbose_name_plural": "зарегистрированные",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="residence_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("basis", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="person_has_one_registration_of_a_kind",
                        violation_error_message="Этот человек уже зарегистрирован так же в пересекающийся период.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("dwelling", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="person_is_counted_once_in_a_dwelling",
                        violation_error_message="Этот человек в жилье уже учтён.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "basis",
                    models.CharField(
                        choices=[("permanent", "по месту жительства"), ("temporary", "по месту пребывания")],
                        max_length=10,
                        verbose_name="регистрация",
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="человек",
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
                        to="housing.residence",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupportedDwelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "basis",
                    models.CharField(
                        choices=[("permanent", "по месту жительства"), ("temporary", "по месту пребывания")],
                        max_length=10,
                        verbose_name="основание",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supported",
                        to="housing.dwelling",
                        verbose_name="жильё",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "жильё получателя",
                "verbose_name_plural": "жильё получателей",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="supported_dwelling_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("recipient", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="recipient_has_one_dwelling_at_a_time",
                        violation_error_message="Мера предоставляется по одному жилью.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportedDwellingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "basis",
                    models.CharField(
                        choices=[("permanent", "по месту жительства"), ("temporary", "по месту пребывания")],
                        max_length=10,
                        verbose_name="основание",
                    ),
                ),
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
                        to="housing.supporteddwelling",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dwelling",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_dwellingevent" ("address_id", "district_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address_id", NEW."district_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="3e931ea8c695d6f013001a65edd6b2ee9c58bc9e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7d42b",
                    table="housing_dwelling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dwelling",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_dwellingevent" ("address_id", "district_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address_id", NEW."district_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="64a2a5aa205cf1e03bb38c526e30a0e8b04c4f80",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cd5b0",
                    table="housing_dwelling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dwellingfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_dwellingfactsevent" ("amenities", "document", "dwelling_id", "has_central_heating", "id", "kind", "living_area", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rooms", "stock", "stove", "total_area", "valid_from", "valid_to") VALUES (NEW."amenities", NEW."document", NEW."dwelling_id", NEW."has_central_heating", NEW."id", NEW."kind", NEW."living_area", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rooms", NEW."stock", NEW."stove", NEW."total_area", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="5aca8fe01cd64b199200863d656f9206c6f3c378",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a82ac",
                    table="housing_dwellingfacts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dwellingfacts",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_dwellingfactsevent" ("amenities", "document", "dwelling_id", "has_central_heating", "id", "kind", "living_area", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rooms", "stock", "stove", "total_area", "valid_from", "valid_to") VALUES (NEW."amenities", NEW."document", NEW."dwelling_id", NEW."has_central_heating", NEW."id", NEW."kind", NEW."living_area", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rooms", NEW."stock", NEW."stove", NEW."total_area", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="3cba73c07ff5a31be6247222911f90791c0625af",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c23de",
                    table="housing_dwellingfacts",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personaddress",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_personaddressevent" ("address_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."address_id", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="b62ce675d096488ea58b02ec6915f63fc9b9b15d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_578e3",
                    table="housing_personaddress",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personaddress",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_personaddressevent" ("address_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."address_id", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="1a1384bc25fcc85654cd7559332dfc0bde3ef2c5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_635ec",
                    table="housing_personaddress",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="residence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_residenceevent" ("basis", "dwelling_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."dwelling_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="a069e19ce21c57a5fcd920ec59c499b04de17b92",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fbd25",
                    table="housing_residence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="residence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_residenceevent" ("basis", "dwelling_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."dwelling_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="722a9303716c79973d0715a02d4e3eb7d19d533e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f9f17",
                    table="housing_residence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_settlementevent" ("code", "district_id", "id", "is_rural", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."district_id", NEW."id", NEW."is_rural", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="c8c225755ab1a1dad0a0b3f8735801a37ee2f455",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0b0dc",
                    table="housing_settlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="settlement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_settlementevent" ("code", "district_id", "id", "is_rural", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."district_id", NEW."id", NEW."is_rural", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="75a2aba7babbb8ba5cda491ba0a4fc236a19e567",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_54d52",
                    table="housing_settlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="street",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_streetevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settlement_id") VALUES (NEW."code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."settlement_id"); RETURN NULL;',
                    hash="794cfacfd3aa1b0d3c2d054dd43a1bea6e08aee5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b452b",
                    table="housing_street",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="street",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_streetevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settlement_id") VALUES (NEW."code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."settlement_id"); RETURN NULL;',
                    hash="540320f12d7b7e2958b0cc59fde37c7edc2dab14",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c24c4",
                    table="housing_street",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_addressevent" ("building", "flat", "house", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_index", "room", "street_id") VALUES (NEW."building", NEW."flat", NEW."house", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postal_index", NEW."room", NEW."street_id"); RETURN NULL;',
                    hash="00a11b190da9ec24c80868a2b6cfbdb27ff588fa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0465",
                    table="housing_address",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_addressevent" ("building", "flat", "house", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_index", "room", "street_id") VALUES (NEW."building", NEW."flat", NEW."house", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postal_index", NEW."room", NEW."street_id"); RETURN NULL;',
                    hash="ab9b2063bc773a09f7227922ef837d7d243d4c68",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0c5fe",
                    table="housing_address",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supporteddwelling",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_supporteddwellingevent" ("basis", "dwelling_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."dwelling_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="dbf6804ff941f1bb2fe3f830abfc32f8bc01e056",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d7d40",
                    table="housing_supporteddwelling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supporteddwelling",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_supporteddwellingevent" ("basis", "dwelling_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."dwelling_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="8119a590b67b7c6d1ba3bb97178cf725de98da6a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fac67",
                    table="housing_supporteddwelling",
                    when="AFTER",
                ),
            ),
        ),
    ]
