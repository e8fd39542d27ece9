import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("house", models.CharField(max_length=7, verbose_name="дом")),
                ("building", models.CharField(blank=True, max_length=3, verbose_name="корпус")),
                ("flat", models.CharField(blank=True, max_length=15, verbose_name="квартира")),
                ("room", models.CharField(blank=True, max_length=15, verbose_name="комната")),
                ("postal_index", models.CharField(max_length=6, verbose_name="индекс")),
            ],
            options={
                "verbose_name": "адрес",
                "verbose_name_plural": "адреса",
            },
        ),
        migrations.CreateModel(
            name="DwellingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "verbose_name": "характеристики жилья",
                "verbose_name_plural": "характеристики жилья",
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
            ],
            options={
                "abstract": False,
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
            ],
            options={
                "verbose_name": "адрес человека",
                "verbose_name_plural": "адреса людей",
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
            ],
            options={
                "verbose_name": "зарегистрированный",
                "verbose_name_plural": "зарегистрированные",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, verbose_name="код")),
                ("kind", models.CharField(max_length=10, verbose_name="тип")),
                ("name", models.CharField(max_length=100, verbose_name="название")),
                ("is_rural", models.BooleanField(default=False, verbose_name="сельский")),
            ],
            options={
                "verbose_name": "населённый пункт",
                "verbose_name_plural": "населённые пункты",
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
            ],
            options={
                "verbose_name": "улица",
                "verbose_name_plural": "улицы",
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
            ],
            options={
                "verbose_name": "жильё получателя",
                "verbose_name_plural": "жильё получателей",
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
            ],
            options={
                "verbose_name": "жильё",
                "verbose_name_plural": "жильё",
            },
        ),
    ]
