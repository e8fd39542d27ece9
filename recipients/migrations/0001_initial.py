import datetime

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
    ]

    operations = [
        migrations.CreateModel(
            name="CardHandover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("number", models.PositiveSmallIntegerField(verbose_name="№ передачи")),
                ("handed_at", models.DateTimeField(verbose_name="передано")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="принято")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто принял",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто передал",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
            ],
            options={
                "verbose_name": "передача карточек",
                "verbose_name_plural": "передачи карточек",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "month", "number"),
                        name="card_handover_is_numbered_once",
                        violation_error_message="Передача с этим номером уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="card_handover_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="card_handover_is_accepted_by_someone",
                        violation_error_message="Приём: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_by", models.F("handed_by")), _negated=True),
                        name="card_handover_is_not_accepted_by_its_sender",
                        violation_error_message="Передачу принимает не тот, кто передал.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("sent_at", models.DateTimeField(verbose_name="отправлено")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="принято")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто принял",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отправил",
                    ),
                ),
            ],
            options={
                "verbose_name": "сообщение об изменениях",
                "verbose_name_plural": "сообщения об изменениях",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "month"),
                        name="changes_of_a_month_are_sent_once",
                        violation_error_message="Изменения этого месяца уже отправлены.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="change_batch_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="changes_are_accepted_by_someone",
                        violation_error_message="Приём: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_by", models.F("sent_by")), _negated=True),
                        name="changes_are_not_accepted_by_their_sender",
                        violation_error_message="Изменения принимает не тот, кто их отправил.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refusal", "отказ"),
                            ("termination", "прекращение"),
                            ("suspension", "приостановление"),
                        ],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="код")),
                ("title", models.CharField(max_length=200, verbose_name="основание")),
                ("article", models.CharField(max_length=60, verbose_name="пункт акта")),
                ("text", models.TextField(verbose_name="текст нормы")),
                ("advice", models.TextField(blank=True, verbose_name="что делать заявителю")),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.decree", verbose_name="акт"
                    ),
                ),
            ],
            options={
                "verbose_name": "основание отказа или прекращения",
                "verbose_name_plural": "основания отказа и прекращения",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="ground_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="ground_periods_do_not_overlap",
                        violation_error_message="Основание с этим кодом уже действует в пересекающийся период.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroundEvent",
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
                            ("refusal", "отказ"),
                            ("termination", "прекращение"),
                            ("suspension", "приостановление"),
                        ],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="код")),
                ("title", models.CharField(max_length=200, verbose_name="основание")),
                ("article", models.CharField(max_length=60, verbose_name="пункт акта")),
                ("text", models.TextField(verbose_name="текст нормы")),
                ("advice", models.TextField(blank=True, verbose_name="что делать заявителю")),
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
                        to="recipients.ground",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_name", models.CharField(max_length=60, verbose_name="фамилия")),
                ("first_name", models.CharField(max_length=60, verbose_name="имя")),
                ("middle_name", models.CharField(blank=True, max_length=60, verbose_name="отчество")),
                (
                    "sex",
                    models.CharField(choices=[("m", "мужской"), ("f", "женский")], max_length=1, verbose_name="пол"),
                ),
                ("birth_date", models.DateField(verbose_name="дата рождения")),
                ("death_date", models.DateField(blank=True, null=True, verbose_name="дата смерти")),
                ("snils", models.CharField(blank=True, max_length=11, null=True, verbose_name="СНИЛС")),
                ("document_kind", models.CharField(blank=True, max_length=60, verbose_name="вид документа")),
                ("document_series", models.CharField(blank=True, max_length=10, verbose_name="серия")),
                ("document_number", models.CharField(blank=True, max_length=20, verbose_name="номер")),
                ("document_issued_on", models.DateField(blank=True, null=True, verbose_name="выдан")),
                ("document_issuer", models.CharField(blank=True, max_length=200, verbose_name="кем выдан")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="телефон")),
            ],
            options={
                "verbose_name": "человек",
                "verbose_name_plural": "люди",
                "indexes": [models.Index(fields=["last_name", "first_name", "birth_date"], name="person_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snils",),
                        name="snils_belongs_to_one_person",
                        violation_error_message="Этот СНИЛС уже есть у другого человека.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("snils__isnull", True),
                            models.Func(
                                models.F("snils"), function="snils_is_valid", output_field=models.BooleanField()
                            ),
                            _connector="OR",
                        ),
                        name="person_snils_is_valid",
                        violation_error_message="СНИЛС не проходит проверку контрольного числа.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("death_date__isnull", True), ("death_date__gte", models.F("birth_date")), _connector="OR"
                        ),
                        name="death_is_not_before_birth",
                        violation_error_message="Дата смерти раньше даты рождения.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("last_name__regex", "[\\x00-\\x1f]"), _negated=True),
                            models.Q(("first_name__regex", "[\\x00-\\x1f]"), _negated=True),
                            models.Q(("middle_name__regex", "[\\x00-\\x1f]"), _negated=True),
                            models.Q(("last_name", ""), _negated=True),
                            models.Q(("first_name", ""), _negated=True),
                        ),
                        name="person_has_a_readable_name",
                        violation_error_message="Фамилия и имя обязательны и не содержат служебных знаков.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalRepresentative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("parent", "родитель"),
                            ("adopter", "усыновитель"),
                            ("guardian", "опекун"),
                            ("trustee", "попечитель"),
                            ("proxy", "по доверенности"),
                        ],
                        max_length=10,
                        verbose_name="полномочие",
                    ),
                ),
                ("document", models.CharField(max_length=200, verbose_name="документ")),
                ("document_issued_on", models.DateField(verbose_name="дата документа")),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represents",
                        to="recipients.person",
                        verbose_name="представитель",
                    ),
                ),
                (
                    "represented",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represented",
                        to="recipients.person",
                        verbose_name="представляемый",
                    ),
                ),
            ],
            options={
                "verbose_name": "законный представитель",
                "verbose_name_plural": "законные представители",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="representative_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("represented", "="),
                            ("representative", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="representative_periods_do_not_overlap",
                        violation_error_message="Полномочия этого представителя уже указаны в пересекающийся период.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("represented", models.F("representative")), _negated=True),
                        name="nobody_represents_oneself",
                        violation_error_message="Человек не может быть своим представителем.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("last_name", models.CharField(max_length=60, verbose_name="фамилия")),
                ("first_name", models.CharField(max_length=60, verbose_name="имя")),
                ("middle_name", models.CharField(blank=True, max_length=60, verbose_name="отчество")),
                (
                    "sex",
                    models.CharField(choices=[("m", "мужской"), ("f", "женский")], max_length=1, verbose_name="пол"),
                ),
                ("birth_date", models.DateField(verbose_name="дата рождения")),
                ("death_date", models.DateField(blank=True, null=True, verbose_name="дата смерти")),
                ("snils", models.CharField(blank=True, max_length=11, null=True, verbose_name="СНИЛС")),
                ("document_kind", models.CharField(blank=True, max_length=60, verbose_name="вид документа")),
                ("document_series", models.CharField(blank=True, max_length=10, verbose_name="серия")),
                ("document_number", models.CharField(blank=True, max_length=20, verbose_name="номер")),
                ("document_issued_on", models.DateField(blank=True, null=True, verbose_name="выдан")),
                ("document_issuer", models.CharField(blank=True, max_length=200, verbose_name="кем выдан")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="телефон")),
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
                        to="recipients.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_number", models.CharField(max_length=20, verbose_name="№ дела")),
                ("shelf", models.CharField(blank=True, max_length=40, verbose_name="место хранения дела")),
                ("opened_on", models.DateField(verbose_name="дело заведено")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="дело закрыто")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем заведено",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="recipients.person", verbose_name="человек"
                    ),
                ),
            ],
            options={
                "verbose_name": "получатель",
                "verbose_name_plural": "получатели",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "case_number"),
                        name="case_number_is_unique_in_its_office",
                        violation_error_message="Дело с таким номером в отделе уже есть.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("person",),
                        name="person_has_one_open_case",
                        violation_error_message="У этого человека уже есть открытое дело.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="case_closes_after_it_opens",
                        violation_error_message="Дело закрыто раньше, чем заведено.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="№ в описи")),
                ("title", models.CharField(max_length=250, verbose_name="документ")),
                ("sheets", models.PositiveSmallIntegerField(default=1, verbose_name="листов")),
                ("filed_on", models.DateField(verbose_name="подшит")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inventory",
                        to="recipients.recipient",
                        verbose_name="дело",
                    ),
                ),
            ],
            options={
                "verbose_name": "документ дела",
                "verbose_name_plural": "опись дела",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "number"),
                        name="inventory_number_is_unique_in_its_case",
                        violation_error_message="Этот номер в описи уже занят.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("case_number", models.CharField(max_length=20, verbose_name="№ дела")),
                ("shelf", models.CharField(blank=True, max_length=40, verbose_name="место хранения дела")),
                ("opened_on", models.DateField(verbose_name="дело заведено")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="дело закрыто")),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем заведено",
                    ),
                ),
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
                        to="recipients.recipient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("equivalent", "начисление и выплата (приложение 2)"),
                            ("fuel", "твёрдое топливо (приложение 3)"),
                            ("bottled_gas", "баллонный газ (приложение 3)"),
                            ("heir", "недополученные суммы умершего"),
                        ],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("in_person", "лично"), ("post", "почтой"), ("mfc", "через МФЦ")],
                        max_length=10,
                        verbose_name="способ подачи",
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="рег. №")),
                ("received_on", models.DateField(verbose_name="дата обращения")),
                ("registered_at", models.DateTimeField(verbose_name="зарегистрировано")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("1", "инвалид I группы"),
                            ("2", "инвалид II группы"),
                            ("3", "инвалид III группы"),
                            ("child", "ребёнок-инвалид"),
                        ],
                        max_length=5,
                        verbose_name="категория",
                    ),
                ),
                ("address", models.CharField(max_length=300, verbose_name="адрес")),
                ("is_place_of_stay", models.BooleanField(default=False, verbose_name="по месту пребывания")),
                ("channel", models.CharField(max_length=200, verbose_name="способ выплаты по заявлению")),
                (
                    "status",
                    models.CharField(
                        choices=[("registered", "зарегистрировано"), ("refused", "отказано"), ("granted", "назначено")],
                        default="registered",
                        max_length=10,
                        verbose_name="решение",
                    ),
                ),
                ("facts", models.TextField(blank=True, verbose_name="установленные факты")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто решил",
                    ),
                ),
                (
                    "decision_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.storedfile",
                        verbose_name="решение (PDF)",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто принял",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.ground",
                        verbose_name="основание отказа",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="recipients.person",
                        verbose_name="заявитель",
                    ),
                ),
                (
                    "disabled_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recipients.person",
                        verbose_name="инвалид (ребёнок-инвалид)",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "заявление",
                "verbose_name_plural": "заявления",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "number"),
                        name="application_number_is_unique_in_its_office",
                        violation_error_message="Заявление с этим номером уже зарегистрировано.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("ground__isnull", True),
                                ("recipient__isnull", True),
                                ("status", "registered"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("ground__isnull", False),
                                ("recipient__isnull", True),
                                ("status", "refused"),
                                models.Q(("facts", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("ground__isnull", True),
                                ("recipient__isnull", False),
                                ("status", "granted"),
                            ),
                            _connector="OR",
                        ),
                        name="application_is_decided_as_a_whole",
                        violation_error_message="Решение по заявлению неполное: отказ требует основания и фактов, назначение — получателя.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("certificate", "копия справки об установлении инвалидности"),
                            ("receipts", "копии квитанций об оплате жилья и услуг"),
                            ("identity", "копия документа, удостоверяющего личность"),
                            ("residence", "справка с места жительства (места пребывания)"),
                            ("family", "копии документов о членах семьи ребёнка-инвалида"),
                            ("death", "копия свидетельства о смерти получателя"),
                            ("kinship", "документ о родстве с умершим получателем"),
                            ("joint_residence", "справка о составе семьи и совместном проживании"),
                        ],
                        max_length=16,
                        verbose_name="документ",
                    ),
                ),
                ("sheets", models.PositiveSmallIntegerField(default=1, verbose_name="листов")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="реквизиты")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="recipients.application",
                        verbose_name="заявление",
                    ),
                ),
            ],
            options={
                "verbose_name": "документ к заявлению",
                "verbose_name_plural": "документы к заявлению",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "certificate",
                                    "receipts",
                                    "identity",
                                    "residence",
                                    "family",
                                    "death",
                                    "kinship",
                                    "joint_residence",
                                ],
                            )
                        ),
                        name="only_documents_of_the_regulation_are_taken",
                        violation_error_message="Документы, не названные в пунктах 2.5.1–2.5.4, не требуют.",
                    ),
                    models.UniqueConstraint(
                        fields=("application", "kind"),
                        name="document_kind_is_listed_once",
                        violation_error_message="Этот документ в заявлении уже указан.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationDocumentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("certificate", "копия справки об установлении инвалидности"),
                            ("receipts", "копии квитанций об оплате жилья и услуг"),
                            ("identity", "копия документа, удостоверяющего личность"),
                            ("residence", "справка с места жительства (места пребывания)"),
                            ("family", "копии документов о членах семьи ребёнка-инвалида"),
                            ("death", "копия свидетельства о смерти получателя"),
                            ("kinship", "документ о родстве с умершим получателем"),
                            ("joint_residence", "справка о составе семьи и совместном проживании"),
                        ],
                        max_length=16,
                        verbose_name="документ",
                    ),
                ),
                ("sheets", models.PositiveSmallIntegerField(default=1, verbose_name="листов")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="реквизиты")),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.application",
                        verbose_name="заявление",
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
                        to="recipients.applicationdocument",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseDocumentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="№ в описи")),
                ("title", models.CharField(max_length=250, verbose_name="документ")),
                ("sheets", models.PositiveSmallIntegerField(default=1, verbose_name="листов")),
                ("filed_on", models.DateField(verbose_name="подшит")),
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
                        to="recipients.casedocument",
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
                        verbose_name="дело",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("death", "смерть"),
                            ("move", "переезд"),
                            ("household", "состав семьи"),
                            ("other", "прочее"),
                        ],
                        max_length=10,
                        verbose_name="что изменилось",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("source", models.CharField(max_length=200, verbose_name="источник")),
                ("document", models.CharField(max_length=200, verbose_name="документ")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="пояснение")),
                ("reported_at", models.DateTimeField(verbose_name="внесено")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто внёс",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="recipients.changebatch",
                        verbose_name="сообщение",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "изменение",
                "verbose_name_plural": "изменения",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "kind", "happened_on"),
                        name="change_is_reported_once",
                        violation_error_message="Это изменение уже внесено.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("death", "смерть"),
                            ("move", "переезд"),
                            ("household", "состав семьи"),
                            ("other", "прочее"),
                        ],
                        max_length=10,
                        verbose_name="что изменилось",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("source", models.CharField(max_length=200, verbose_name="источник")),
                ("document", models.CharField(max_length=200, verbose_name="документ")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="пояснение")),
                ("reported_at", models.DateTimeField(verbose_name="внесено")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.changebatch",
                        verbose_name="сообщение",
                    ),
                ),
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
                        to="recipients.change",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто внёс",
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
        migrations.CreateModel(
            name="Entitlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "holder",
                    models.CharField(
                        choices=[("adult", "инвалид"), ("family", "семья с ребёнком-инвалидом")],
                        max_length=6,
                        verbose_name="чьё право",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("1", "инвалид I группы"),
                            ("2", "инвалид II группы"),
                            ("3", "инвалид III группы"),
                            ("child", "ребёнок-инвалид"),
                        ],
                        max_length=5,
                        verbose_name="категория",
                    ),
                ),
                ("certificate", models.CharField(max_length=60, verbose_name="справка об инвалидности")),
                (
                    "certificate_valid_to",
                    models.DateField(blank=True, null=True, verbose_name="справка действует до (не включая)"),
                ),
                ("granted_at", models.DateTimeField(verbose_name="назначено")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlements",
                        to="recipients.application",
                        verbose_name="заявление",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто назначил",
                    ),
                ),
                (
                    "disabled_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlements",
                        to="recipients.person",
                        verbose_name="инвалид",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entitlements",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "право на меру",
                "verbose_name_plural": "права на меру",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="entitlement_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("disabled_person", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="disabled_person_grounds_one_right_at_a_time",
                        violation_error_message="Этот инвалид уже является основанием другого действующего права.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category", "child"), ("holder", "family")),
                            models.Q(("category__in", ["1", "2", "3"]), ("holder", "adult")),
                            _connector="OR",
                        ),
                        name="holder_fits_the_category",
                        violation_error_message="Право семьи бывает только по ребёнку-инвалиду.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__day", 1)),
                        name="right_begins_with_a_month",
                        violation_error_message="Право начинается с первого числа месяца (2.4.1).",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Termination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, verbose_name="№ решения")),
                ("document", models.CharField(max_length=250, verbose_name="подтверждающий документ")),
                ("happened_on", models.DateField(verbose_name="дата события")),
                ("ends_on", models.DateField(verbose_name="право прекращено с")),
                (
                    "status",
                    models.CharField(
                        choices=[("prepared", "подготовлено"), ("confirmed", "утверждено")],
                        default="prepared",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="подготовлено")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждено")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="утвердил",
                    ),
                ),
                (
                    "decision_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.storedfile",
                        verbose_name="решение (PDF)",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terminations",
                        to="recipients.entitlement",
                        verbose_name="право",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="recipients.ground", verbose_name="основание"
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
                        verbose_name="подготовил",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение о прекращении",
                "verbose_name_plural": "решения о прекращении",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "number"),
                        name="termination_number_is_unique_in_its_office",
                        violation_error_message="Решение с этим номером уже есть.",
                    ),
                    models.UniqueConstraint(
                        fields=("entitlement",),
                        name="right_is_terminated_once",
                        violation_error_message="Решение о прекращении этого права уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True), ("status", "prepared")
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("status", "confirmed"),
                            ),
                            _connector="OR",
                        ),
                        name="termination_is_confirmed_as_a_whole",
                        violation_error_message="Утверждение: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("prepared_by")), _negated=True),
                        name="termination_is_not_confirmed_by_its_author",
                        violation_error_message="Решение утверждает не тот, кто его подготовил.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TerminationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20, verbose_name="№ решения")),
                ("document", models.CharField(max_length=250, verbose_name="подтверждающий документ")),
                ("happened_on", models.DateField(verbose_name="дата события")),
                ("ends_on", models.DateField(verbose_name="право прекращено с")),
                (
                    "status",
                    models.CharField(
                        choices=[("prepared", "подготовлено"), ("confirmed", "утверждено")],
                        default="prepared",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="подготовлено")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждено")),
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
                        verbose_name="утвердил",
                    ),
                ),
                (
                    "decision_file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.storedfile",
                        verbose_name="решение (PDF)",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.entitlement",
                        verbose_name="право",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.ground",
                        verbose_name="основание",
                    ),
                ),
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
                        to="recipients.termination",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="подготовил",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntitledPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("relation", models.CharField(max_length=60, verbose_name="кем приходится")),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="recipients.entitlement",
                        verbose_name="право",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered_by",
                        to="recipients.person",
                        verbose_name="человек",
                    ),
                ),
            ],
            options={
                "verbose_name": "имеющий право",
                "verbose_name_plural": "имеющие право",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="entitled_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="nobody_is_entitled_twice_at_once",
                        violation_error_message="Этот человек уже учтён в другом праве в пересекающийся период.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentChannel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "kind",
                    models.CharField(
                        choices=[("bank", "банк"), ("post", "почта"), ("other", "иной способ")],
                        max_length=5,
                        verbose_name="способ",
                    ),
                ),
                ("account", models.CharField(blank=True, max_length=20, verbose_name="счёт")),
                ("other", models.CharField(blank=True, max_length=200, verbose_name="иной способ")),
                ("entered_at", models.DateTimeField(verbose_name="введено")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "bank",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.bank",
                        verbose_name="банк",
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
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто ввёл",
                    ),
                ),
                (
                    "post_office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.postoffice",
                        verbose_name="почтовое отделение",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recipients.person",
                        verbose_name="кому выплачивается",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "способ выплаты",
                "verbose_name_plural": "способы выплаты",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="channel_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("recipient", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="recipient_has_one_channel_at_a_time",
                        violation_error_message="Способ выплаты на этот период уже указан.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account__regex", "^\\d{5}[0-9ABCEHKMPTX]\\d{14}$"),
                                ("bank__isnull", False),
                                ("kind", "bank"),
                                ("other", ""),
                                ("post_office__isnull", True),
                            ),
                            models.Q(
                                ("account", ""),
                                ("bank__isnull", True),
                                ("kind", "post"),
                                ("other", ""),
                                ("post_office__isnull", False),
                            ),
                            models.Q(
                                ("account", ""),
                                ("bank__isnull", True),
                                ("kind", "other"),
                                ("post_office__isnull", True),
                                models.Q(("other", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="requisites_fit_the_channel",
                        violation_error_message="Реквизиты не подходят к способу: банку нужны БИК и счёт из 20 знаков, почте — отделение, иному способу — описание.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "bank"), _negated=True),
                            models.Func(
                                models.F("bank"),
                                models.F("account"),
                                function="account_key_is_valid",
                                output_field=models.BooleanField(),
                            ),
                            _connector="OR",
                        ),
                        name="account_key_fits_the_bank",
                        violation_error_message="Контрольный ключ счёта не подходит к БИК банка.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="channel_is_confirmed_by_someone",
                        violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                        name="channel_is_not_confirmed_by_its_author",
                        violation_error_message="Реквизиты подтверждает не тот, кто их ввёл.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandedCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="recipients.cardhandover",
                        verbose_name="передача",
                    ),
                ),
                (
                    "channel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.paymentchannel",
                        verbose_name="способ выплаты",
                    ),
                ),
            ],
            options={
                "verbose_name": "переданная карточка",
                "verbose_name_plural": "переданные карточки",
            },
        ),
        migrations.CreateModel(
            name="PaymentChannelEvent",
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
                        choices=[("bank", "банк"), ("post", "почта"), ("other", "иной способ")],
                        max_length=5,
                        verbose_name="способ",
                    ),
                ),
                ("account", models.CharField(blank=True, max_length=20, verbose_name="счёт")),
                ("other", models.CharField(blank=True, max_length=200, verbose_name="иной способ")),
                ("entered_at", models.DateTimeField(verbose_name="введено")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                (
                    "bank",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.bank",
                        verbose_name="банк",
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
                        to="recipients.paymentchannel",
                    ),
                ),
                (
                    "post_office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.postoffice",
                        verbose_name="почтовое отделение",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="кому выплачивается",
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
        migrations.CreateModel(
            name="LegalRepresentativeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("parent", "родитель"),
                            ("adopter", "усыновитель"),
                            ("guardian", "опекун"),
                            ("trustee", "попечитель"),
                            ("proxy", "по доверенности"),
                        ],
                        max_length=10,
                        verbose_name="полномочие",
                    ),
                ),
                ("document", models.CharField(max_length=200, verbose_name="документ")),
                ("document_issued_on", models.DateField(verbose_name="дата документа")),
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
                        to="recipients.legalrepresentative",
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="представитель",
                    ),
                ),
                (
                    "represented",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="представляемый",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntitlementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "holder",
                    models.CharField(
                        choices=[("adult", "инвалид"), ("family", "семья с ребёнком-инвалидом")],
                        max_length=6,
                        verbose_name="чьё право",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("1", "инвалид I группы"),
                            ("2", "инвалид II группы"),
                            ("3", "инвалид III группы"),
                            ("child", "ребёнок-инвалид"),
                        ],
                        max_length=5,
                        verbose_name="категория",
                    ),
                ),
                ("certificate", models.CharField(max_length=60, verbose_name="справка об инвалидности")),
                (
                    "certificate_valid_to",
                    models.DateField(blank=True, null=True, verbose_name="справка действует до (не включая)"),
                ),
                ("granted_at", models.DateTimeField(verbose_name="назначено")),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.application",
                        verbose_name="заявление",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто назначил",
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
                        to="recipients.entitlement",
                    ),
                ),
                (
                    "disabled_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="инвалид",
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
        migrations.CreateModel(
            name="EntitledPersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                ("relation", models.CharField(max_length=60, verbose_name="кем приходится")),
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
                        to="recipients.entitledperson",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.entitlement",
                        verbose_name="право",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("equivalent", "начисление и выплата (приложение 2)"),
                            ("fuel", "твёрдое топливо (приложение 3)"),
                            ("bottled_gas", "баллонный газ (приложение 3)"),
                            ("heir", "недополученные суммы умершего"),
                        ],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("in_person", "лично"), ("post", "почтой"), ("mfc", "через МФЦ")],
                        max_length=10,
                        verbose_name="способ подачи",
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="рег. №")),
                ("received_on", models.DateField(verbose_name="дата обращения")),
                ("registered_at", models.DateTimeField(verbose_name="зарегистрировано")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("1", "инвалид I группы"),
                            ("2", "инвалид II группы"),
                            ("3", "инвалид III группы"),
                            ("child", "ребёнок-инвалид"),
                        ],
                        max_length=5,
                        verbose_name="категория",
                    ),
                ),
                ("address", models.CharField(max_length=300, verbose_name="адрес")),
                ("is_place_of_stay", models.BooleanField(default=False, verbose_name="по месту пребывания")),
                ("channel", models.CharField(max_length=200, verbose_name="способ выплаты по заявлению")),
                (
                    "status",
                    models.CharField(
                        choices=[("registered", "зарегистрировано"), ("refused", "отказано"), ("granted", "назначено")],
                        default="registered",
                        max_length=10,
                        verbose_name="решение",
                    ),
                ),
                ("facts", models.TextField(blank=True, verbose_name="установленные факты")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="решено")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто решил",
                    ),
                ),
                (
                    "decision_file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.storedfile",
                        verbose_name="решение (PDF)",
                    ),
                ),
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
                        to="recipients.application",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто принял",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.ground",
                        verbose_name="основание отказа",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="заявитель",
                    ),
                ),
                (
                    "disabled_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="инвалид (ребёнок-инвалид)",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_personevent" ("birth_date", "death_date", "document_issued_on", "document_issuer", "document_kind", "document_number", "document_series", "first_name", "id", "last_name", "middle_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "snils") VALUES (NEW."birth_date", NEW."death_date", NEW."document_issued_on", NEW."document_issuer", NEW."document_kind", NEW."document_number", NEW."document_series", NEW."first_name", NEW."id", NEW."last_name", NEW."middle_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."sex", NEW."snils"); RETURN NULL;',
                    hash="86010732c3122166ad6999e92996109c9a424a58",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4a965",
                    table="recipients_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_personevent" ("birth_date", "death_date", "document_issued_on", "document_issuer", "document_kind", "document_number", "document_series", "first_name", "id", "last_name", "middle_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "snils") VALUES (NEW."birth_date", NEW."death_date", NEW."document_issued_on", NEW."document_issuer", NEW."document_kind", NEW."document_number", NEW."document_series", NEW."first_name", NEW."id", NEW."last_name", NEW."middle_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."sex", NEW."snils"); RETURN NULL;',
                    hash="36a315405bd28c67cf575d7a64b8cc3de9c203fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef2b8",
                    table="recipients_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="applicationdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_applicationdocumentevent" ("application_id", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheets") VALUES (NEW."application_id", NEW."id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sheets"); RETURN NULL;',
                    hash="d8bde8771ee9396225416546b4737ae88481e434",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3a549",
                    table="recipients_applicationdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="applicationdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_applicationdocumentevent" ("application_id", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheets") VALUES (NEW."application_id", NEW."id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sheets"); RETURN NULL;',
                    hash="6e5523388ac6af6a137715b88369eea676668540",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_059fb",
                    table="recipients_applicationdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ground",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_groundevent" ("advice", "article", "code", "decree_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title", "valid_from", "valid_to") VALUES (NEW."advice", NEW."article", NEW."code", NEW."decree_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."title", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="dd422354c18f45f628523d21f243f6f7c1b0bcfa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bfcc2",
                    table="recipients_ground",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ground",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_groundevent" ("advice", "article", "code", "decree_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title", "valid_from", "valid_to") VALUES (NEW."advice", NEW."article", NEW."code", NEW."decree_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."title", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="754915c8990d61d4c0fb671d1dbb710101b42838",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_48844",
                    table="recipients_ground",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalrepresentative",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_legalrepresentativeevent" ("authority", "document", "document_issued_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "representative_id", "represented_id", "valid_from", "valid_to") VALUES (NEW."authority", NEW."document", NEW."document_issued_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."representative_id", NEW."represented_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="9bd4e7eb36676e6888c1f07c2485354b4bd83e10",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4bf7d",
                    table="recipients_legalrepresentative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalrepresentative",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_legalrepresentativeevent" ("authority", "document", "document_issued_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "representative_id", "represented_id", "valid_from", "valid_to") VALUES (NEW."authority", NEW."document", NEW."document_issued_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."representative_id", NEW."represented_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="2136b4a439e29c032fd3dc0dde19176489ac6ea3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a68de",
                    table="recipients_legalrepresentative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitledperson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_entitledpersonevent" ("entitlement_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "valid_from", "valid_to") VALUES (NEW."entitlement_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="3985bd5fd8e5ceda00f38a18381af6f437a7ef4d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c6f35",
                    table="recipients_entitledperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitledperson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_entitledpersonevent" ("entitlement_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "valid_from", "valid_to") VALUES (NEW."entitlement_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="fcf77255dc28deb85e89b88827050b2bf963d3c5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8e9ab",
                    table="recipients_entitledperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recipient",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_recipientevent" ("case_number", "closed_on", "created_by_id", "id", "office_id", "opened_on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shelf") VALUES (NEW."case_number", NEW."closed_on", NEW."created_by_id", NEW."id", NEW."office_id", NEW."opened_on", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shelf"); RETURN NULL;',
                    hash="c1b8803e4cdc36c4a6a173b727fd13724b1c9bb7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_825d2",
                    table="recipients_recipient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recipient",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_recipientevent" ("case_number", "closed_on", "created_by_id", "id", "office_id", "opened_on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shelf") VALUES (NEW."case_number", NEW."closed_on", NEW."created_by_id", NEW."id", NEW."office_id", NEW."opened_on", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shelf"); RETURN NULL;',
                    hash="e15ad65af43a5d91a9670b24168c73f1c9c2efb6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e104",
                    table="recipients_recipient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentchannel",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_paymentchannelevent" ("account", "bank_id", "confirmed_at", "confirmed_by_id", "entered_at", "entered_by_id", "id", "kind", "other", "payee_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_office_id", "recipient_id", "valid_from", "valid_to") VALUES (NEW."account", NEW."bank_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."other", NEW."payee_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_office_id", NEW."recipient_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="e41eeab932c81eedd619bebae3516e58afbcc9a4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_69861",
                    table="recipients_paymentchannel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentchannel",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_paymentchannelevent" ("account", "bank_id", "confirmed_at", "confirmed_by_id", "entered_at", "entered_by_id", "id", "kind", "other", "payee_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_office_id", "recipient_id", "valid_from", "valid_to") VALUES (NEW."account", NEW."bank_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."other", NEW."payee_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_office_id", NEW."recipient_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="c46c7509dcd2f96620713251c8775f13cd5fb34d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_31d97",
                    table="recipients_paymentchannel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitlement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_entitlementevent" ("application_id", "category", "certificate", "certificate_valid_to", "disabled_person_id", "granted_at", "granted_by_id", "holder", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "valid_from", "valid_to") VALUES (NEW."application_id", NEW."category", NEW."certificate", NEW."certificate_valid_to", NEW."disabled_person_id", NEW."granted_at", NEW."granted_by_id", NEW."holder", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="d48fab2a4414ae29b8f82eec9ef2e8774d69de8e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ee3d7",
                    table="recipients_entitlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entitlement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_entitlementevent" ("application_id", "category", "certificate", "certificate_valid_to", "disabled_person_id", "granted_at", "granted_by_id", "holder", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "valid_from", "valid_to") VALUES (NEW."application_id", NEW."category", NEW."certificate", NEW."certificate_valid_to", NEW."disabled_person_id", NEW."granted_at", NEW."granted_by_id", NEW."holder", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="a29d357a60308bf70f98567bd1cd7e67c89eab61",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_15fb5",
                    table="recipients_entitlement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_changeevent" ("batch_id", "document", "happened_on", "id", "kind", "note", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "reported_at", "reported_by_id", "source") VALUES (NEW."batch_id", NEW."document", NEW."happened_on", NEW."id", NEW."kind", NEW."note", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient_id", NEW."reported_at", NEW."reported_by_id", NEW."source"); RETURN NULL;',
                    hash="8a69c23d86fc1613824cb35de9f81f3868c1ffac",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_59aac",
                    table="recipients_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_changeevent" ("batch_id", "document", "happened_on", "id", "kind", "note", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "reported_at", "reported_by_id", "source") VALUES (NEW."batch_id", NEW."document", NEW."happened_on", NEW."id", NEW."kind", NEW."note", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."reported_at", NEW."reported_by_id", NEW."source"); RETURN NULL;',
                    hash="9c71402c6a1edef0f0f7dd841df7bf2155bc61cc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4b8cd",
                    table="recipients_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_casedocumentevent" ("filed_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "sheets", "title") VALUES (NEW."filed_on", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient_id", NEW."sheets", NEW."title"); RETURN NULL;',
                    hash="dc5a5f09c3e5d2225a11b39f9d574b4cc2ab904b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2ad4e",
                    table="recipients_casedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_casedocumentevent" ("filed_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "sheets", "title") VALUES (NEW."filed_on", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."sheets", NEW."title"); RETURN NULL;',
                    hash="b5056fabc350c2c5075770ae45fba5a7e33591f3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f35b0",
                    table="recipients_casedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_applicationevent" ("address", "applicant_id", "category", "channel", "decided_at", "decided_by_id", "decision_file_id", "disabled_person_id", "facts", "ground_id", "id", "is_place_of_stay", "kind", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "recipient_id", "registered_at", "registered_by_id", "status", "way") VALUES (NEW."address", NEW."applicant_id", NEW."category", NEW."channel", NEW."decided_at", NEW."decided_by_id", NEW."decision_file_id", NEW."disabled_person_id", NEW."facts", NEW."ground_id", NEW."id", NEW."is_place_of_stay", NEW."kind", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_on", NEW."recipient_id", NEW."registered_at", NEW."registered_by_id", NEW."status", NEW."way"); RETURN NULL;',
                    hash="6490d4b289160a38397064ced06b8c70b79719e2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_de6e5",
                    table="recipients_application",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_applicationevent" ("address", "applicant_id", "category", "channel", "decided_at", "decided_by_id", "decision_file_id", "disabled_person_id", "facts", "ground_id", "id", "is_place_of_stay", "kind", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "recipient_id", "registered_at", "registered_by_id", "status", "way") VALUES (NEW."address", NEW."applicant_id", NEW."category", NEW."channel", NEW."decided_at", NEW."decided_by_id", NEW."decision_file_id", NEW."disabled_person_id", NEW."facts", NEW."ground_id", NEW."id", NEW."is_place_of_stay", NEW."kind", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_on", NEW."recipient_id", NEW."registered_at", NEW."registered_by_id", NEW."status", NEW."way"); RETURN NULL;',
                    hash="a01f1d0cec9d7069b69218df8c39282c82880320",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_58138",
                    table="recipients_application",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termination",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_terminationevent" ("confirmed_at", "confirmed_by_id", "decision_file_id", "document", "ends_on", "entitlement_id", "ground_id", "happened_on", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "status") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."decision_file_id", NEW."document", NEW."ends_on", NEW."entitlement_id", NEW."ground_id", NEW."happened_on", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."status"); RETURN NULL;',
                    hash="a1fd369fd10647e770461fc9451f21e9656d3c2a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_84fac",
                    table="recipients_termination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termination",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recipients_terminationevent" ("confirmed_at", "confirmed_by_id", "decision_file_id", "document", "ends_on", "entitlement_id", "ground_id", "happened_on", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "status") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."decision_file_id", NEW."document", NEW."ends_on", NEW."entitlement_id", NEW."ground_id", NEW."happened_on", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."status"); RETURN NULL;',
                    hash="584228241727411cdc475df5a005e34536c83b03",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f0058",
                    table="recipients_termination",
                    when="AFTER",
                ),
            ),
        ),
    ]
