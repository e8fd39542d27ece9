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
        ("housing", "0001_initial"),
        ("offices", "0001_initial"),
        ("offices", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("providers", "0002_charges"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="код")),
                ("version", models.PositiveSmallIntegerField(verbose_name="версия")),
                ("name", models.CharField(max_length=150, verbose_name="название")),
                ("source", models.CharField(max_length=300, verbose_name="источник")),
                ("is_partial", models.BooleanField(default=False, verbose_name="опубликован не полностью")),
                ("definition", models.JSONField(verbose_name="описание")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждён")),
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
            ],
            options={
                "verbose_name": "формат файла",
                "verbose_name_plural": "форматы файлов",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"),
                        name="layout_version_is_unique",
                        violation_error_message="Такая версия формата уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="layout_is_confirmed_by_someone",
                        violation_error_message="Подтверждение: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                        name="layout_is_not_confirmed_by_its_author",
                        violation_error_message="Формат подтверждает не тот, кто его ввёл.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("request", "файл запроса"),
                            ("return", "ответный файл"),
                            ("pension", "сведения Пенсионного фонда"),
                        ],
                        max_length=8,
                        verbose_name="вид",
                    ),
                ),
                ("month", models.DateField(verbose_name="месяц")),
                ("name", models.CharField(max_length=200, verbose_name="имя файла")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "отправлен"),
                            ("acknowledged", "получение подтверждено"),
                            ("refused", "не принят"),
                            ("received", "принят"),
                            ("verified", "проверен"),
                            ("loaded", "загружен"),
                        ],
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="строк")),
                (
                    "control_rows",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="контрольное число строк"),
                ),
                (
                    "control_roubles",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=16, null=True, verbose_name="контрольная сумма"
                    ),
                ),
                ("refusal_code", models.CharField(blank=True, max_length=20, verbose_name="код отказа")),
                ("refusal_text", models.CharField(blank=True, max_length=500, verbose_name="причина отказа")),
                ("at", models.DateTimeField(verbose_name="отправлен или получен")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                ("acknowledged_by", models.CharField(blank=True, max_length=150, verbose_name="кто подтвердил")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="проверен")),
                ("loaded_at", models.DateTimeField(blank=True, null=True, verbose_name="загружен")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.storedfile", verbose_name="файл"
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто загрузил",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
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
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="exchange.exchangefile",
                        verbose_name="на запрос",
                    ),
                ),
                (
                    "verified_by",
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
                    "layout",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="exchange.filelayout",
                        verbose_name="формат",
                    ),
                ),
            ],
            options={
                "verbose_name": "файл обмена",
                "verbose_name_plural": "файлы обмена",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "refused"), _negated=True),
                        fields=("sha256", "kind", "office", "month", "provider"),
                        name="same_bytes_are_taken_once",
                        nulls_distinct=False,
                        violation_error_message="Этот файл уже принят.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "request")),
                        fields=("office", "month", "provider"),
                        name="one_request_per_provider_office_and_month",
                        violation_error_message="Файл запроса этому предприятию уже сформирован.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "return"), models.Q(("status", "refused"), _negated=True)),
                        fields=("office", "month", "provider"),
                        name="one_accepted_return_per_request",
                        violation_error_message="Ответный файл предприятия за этот месяц уже принят.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "pension"), models.Q(("status", "refused"), _negated=True)),
                        fields=("month",),
                        name="one_pension_file_a_month",
                        violation_error_message="Сведения фонда за этот месяц уже приняты.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="exchange_file_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "refused"),
                                models.Q(("refusal_code", ""), _negated=True),
                                models.Q(("refusal_text", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "refused"), _negated=True),
                                ("refusal_code", ""),
                                ("refusal_text", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_refused_file_has_its_reason",
                        violation_error_message="У непринятого файла указывают причину.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "request"), ("status__in", ["sent", "acknowledged"])),
                            models.Q(
                                ("kind__in", ["return", "pension"]),
                                models.Q(("status__in", ["sent", "acknowledged"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exchange_file_status_fits_its_kind",
                        violation_error_message="Такого состояния у файла этого вида не бывает.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pension"), ("provider__isnull", True)),
                            models.Q(("kind", "request"), ("layout__isnull", False), ("provider__isnull", False)),
                            models.Q(("kind", "return"), ("status", "refused")),
                            models.Q(("kind", "return"), ("provider__isnull", False), ("request__isnull", False)),
                            _connector="OR",
                        ),
                        name="exchange_file_knows_its_provider",
                        violation_error_message="Не указано предприятие файла.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("status", "acknowledged"),
                                models.Q(("acknowledged_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "acknowledged"), _negated=True),
                                models.Q(("kind", "request"), _negated=True),
                            ),
                            models.Q(("acknowledged_at__isnull", True), ("acknowledged_by", ""), ("status", "sent")),
                            _connector="OR",
                        ),
                        name="acknowledgement_has_its_moment",
                        violation_error_message="Подтверждение: время и кто подтвердил — вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="file_is_verified_by_someone",
                        violation_error_message="Проверка: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("loaded_at__isnull", True), ("loaded_by__isnull", True)),
                            models.Q(("loaded_at__isnull", False), ("loaded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="file_is_loaded_by_someone",
                        violation_error_message="Загрузка: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["sent", "acknowledged", "refused", "received"]),
                            models.Q(
                                ("loaded_at__isnull", True), ("status", "verified"), ("verified_at__isnull", False)
                            ),
                            models.Q(
                                ("loaded_at__isnull", False), ("status", "loaded"), ("verified_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="exchange_file_status_fits_its_facts",
                        violation_error_message="Состояние файла не соответствует отметкам.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "pension"),
                            models.Q(("verified_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="file_is_not_verified_by_its_receiver",
                        violation_error_message="Файл проверяет не тот, кто его принял.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "pension"),
                            models.Q(("loaded_by", models.F("verified_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="file_is_not_loaded_by_its_verifier",
                        violation_error_message="Файл загружает не тот, кто его проверил.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiscrepancyProtocol",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("number", models.CharField(max_length=20, verbose_name="№ протокола")),
                ("made_at", models.DateTimeField(verbose_name="составлен")),
                ("answer_due_on", models.DateField(verbose_name="ответить до")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлен")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="ответ получен")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.storedfile",
                        verbose_name="протокол (PDF)",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто составил",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocol",
                        to="exchange.exchangefile",
                        verbose_name="файл",
                    ),
                ),
            ],
            options={
                "verbose_name": "протокол несоответствий",
                "verbose_name_plural": "протоколы несоответствий",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "number"),
                        name="protocol_number_is_unique_in_its_office",
                        violation_error_message="Протокол с этим номером уже есть.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileLayoutEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40, verbose_name="код")),
                ("version", models.PositiveSmallIntegerField(verbose_name="версия")),
                ("name", models.CharField(max_length=150, verbose_name="название")),
                ("source", models.CharField(max_length=300, verbose_name="источник")),
                ("is_partial", models.BooleanField(default=False, verbose_name="опубликован не полностью")),
                ("definition", models.JSONField(verbose_name="описание")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждён")),
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
                        to="exchange.filelayout",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PensionDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("disappeared", "нет в файле фонда"),
                            ("died", "умер по данным фонда"),
                            ("name", "другое имя"),
                            ("birth_date", "другая дата рождения"),
                            ("group", "другая группа"),
                            ("certificate", "другой срок справки"),
                        ],
                        max_length=12,
                        verbose_name="расхождение",
                    ),
                ),
                ("ours", models.CharField(blank=True, max_length=200, verbose_name="у нас")),
                ("theirs", models.CharField(blank=True, max_length=200, verbose_name="у фонда")),
                (
                    "decision",
                    models.CharField(
                        choices=[("open", "не рассмотрено"), ("accepted", "принято"), ("rejected", "отклонено")],
                        default="open",
                        max_length=8,
                        verbose_name="решение",
                    ),
                ),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pension_differences",
                        to="exchange.exchangefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="recipients.person", verbose_name="человек"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "расхождение с Пенсионным фондом",
                "verbose_name_plural": "расхождения с Пенсионным фондом",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "recipient", "person", "kind"),
                        name="pension_difference_is_listed_once",
                        violation_error_message="Это расхождение уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__in", ["accepted", "rejected"]),
                            ),
                            _connector="OR",
                        ),
                        name="pension_difference_is_decided_as_a_whole",
                        violation_error_message="Решение: время и сотрудник указываются вместе.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PensionRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="строка")),
                ("content", models.JSONField(verbose_name="данные фонда")),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("snils", "по СНИЛС"),
                            ("name", "по ФИО и дате рождения"),
                            ("unknown", "не найден"),
                            ("ambiguous", "найдено несколько"),
                            ("faulty", "строка с ошибкой"),
                        ],
                        max_length=10,
                        verbose_name="сопоставление",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pension_records",
                        to="exchange.exchangefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.person",
                        verbose_name="человек",
                    ),
                ),
            ],
            options={
                "verbose_name": "сведения Пенсионного фонда",
                "verbose_name_plural": "сведения Пенсионного фонда",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "row_number"),
                        name="pension_row_is_staged_once",
                        violation_error_message="Эта строка файла уже принята.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("match__in", ["snils", "name"]), ("person__isnull", False)),
                            models.Q(("match__in", ["unknown", "ambiguous", "faulty"]), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_matched_pension_row_has_its_person",
                        violation_error_message="У сопоставленной строки указывают человека.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="exchange.filelayout", verbose_name="формат"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="layouts",
                        to="providers.provider",
                        verbose_name="предприятие",
                    ),
                ),
            ],
            options={
                "verbose_name": "формат предприятия",
                "verbose_name_plural": "форматы предприятий",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="provider_layout_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("provider", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                        name="provider_has_one_layout_at_a_time",
                        violation_error_message="Формат предприятия на пересекающийся период уже указан.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderLayoutEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "layout",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="exchange.filelayout",
                        verbose_name="формат",
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
                        to="exchange.providerlayout",
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
            name="RecipientRegister",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="№")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("frozen", "сформирован"),
                            ("handed_over", "передан"),
                            ("accepted", "принят"),
                            ("rejected", "отклонён"),
                        ],
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("rows", models.PositiveIntegerField(verbose_name="получателей")),
                ("built_at", models.DateTimeField(verbose_name="сформирован")),
                ("handed_at", models.DateTimeField(blank=True, null=True, verbose_name="передан")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="принят или отклонён")),
                ("rejection_reason", models.CharField(blank=True, max_length=300, verbose_name="причина отклонения")),
                (
                    "answered_by",
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
                    "built_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто сформировал",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.storedfile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                "verbose_name": "реестр получателей",
                "verbose_name_plural": "реестры получателей",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "rejected"), _negated=True),
                        fields=("office", "month"),
                        name="district_has_one_register_a_month",
                        violation_error_message="Реестр района за этот месяц уже есть.",
                    ),
                    models.UniqueConstraint(
                        fields=("office", "month", "number"),
                        name="register_number_is_given_once",
                        violation_error_message="Номер реестра уже занят.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="recipient_register_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("handed_at__isnull", True),
                                ("handed_by__isnull", True),
                                ("rejection_reason", ""),
                                ("status", "frozen"),
                            ),
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("file__isnull", False),
                                ("handed_at__isnull", False),
                                ("handed_by__isnull", False),
                                ("rejection_reason", ""),
                                ("status", "handed_over"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("handed_at__isnull", False),
                                ("handed_by__isnull", False),
                                ("rejection_reason", ""),
                                ("status", "accepted"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("handed_at__isnull", False),
                                ("handed_by__isnull", False),
                                ("status", "rejected"),
                                models.Q(("rejection_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recipient_register_status_fits_its_facts",
                        violation_error_message="Состояние реестра не соответствует отметкам о передаче.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", models.F("handed_by")), _negated=True),
                        name="register_is_not_accepted_by_its_sender",
                        violation_error_message="Реестр принимает не тот, кто его передал.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="№")),
                ("content", models.JSONField(verbose_name="сведения на дату формирования")),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="housing.dwelling", verbose_name="жильё"
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="recipients.entitlement", verbose_name="право"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="exchange.recipientregister",
                        verbose_name="реестр",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка реестра",
                "verbose_name_plural": "строки реестра",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "row_number"),
                        name="register_row_number_is_unique",
                        violation_error_message="Номер строки реестра уже занят.",
                    ),
                    models.UniqueConstraint(
                        fields=("register", "entitlement"),
                        name="a_right_is_in_its_register_once",
                        violation_error_message="Это право в реестре уже есть.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="строка")),
                ("services", models.JSONField(verbose_name="коды услуг строки")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.serviceaccount",
                        verbose_name="лицевой счёт",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request_rows",
                        to="exchange.exchangefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "register_row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="exchange.registerrow",
                        verbose_name="строка реестра",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка запроса",
                "verbose_name_plural": "строки запросов",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "row_number"),
                        name="request_row_number_is_unique",
                        violation_error_message="Номер строки запроса уже занят.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="строка")),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("request_id", "по номеру запроса"),
                            ("account", "по лицевому счёту"),
                            ("snils", "по СНИЛС"),
                            ("name", "по ФИО, дате рождения и адресу"),
                            ("unknown", "не из запроса"),
                            ("ambiguous", "подходит несколько"),
                            ("duplicate", "повтор строки"),
                        ],
                        max_length=10,
                        verbose_name="сопоставление",
                    ),
                ),
                ("content", models.JSONField(verbose_name="как прислано")),
                ("residents", models.IntegerField(blank=True, null=True, verbose_name="зарегистрировано")),
                (
                    "total_area",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="площадь"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned_rows",
                        to="exchange.exchangefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "request_row",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="exchange.requestrow",
                        verbose_name="строка запроса",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка ответа",
                "verbose_name_plural": "строки ответов",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "row_number"),
                        name="returned_row_is_staged_once",
                        violation_error_message="Эта строка файла уже принята.",
                    ),
                    models.UniqueConstraint(
                        fields=("request_row", "file"),
                        name="request_row_is_answered_once_in_a_file",
                        violation_error_message="На эту строку запроса в файле уже есть ответ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("match__in", ["request_id", "account", "snils", "name"]),
                                ("request_row__isnull", False),
                            ),
                            models.Q(
                                ("match__in", ["unknown", "ambiguous", "duplicate"]), ("request_row__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="a_matched_row_has_its_request",
                        violation_error_message="У сопоставленной строки указывают строку запроса.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="№ услуги в строке")),
                (
                    "billed",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="начислено"
                    ),
                ),
                (
                    "adjustment",
                    models.DecimalField(decimal_places=6, default=0, max_digits=18, verbose_name="перерасчёт"),
                ),
                ("adjustment_month", models.DateField(blank=True, null=True, verbose_name="перерасчёт за месяц")),
                (
                    "tariff",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="тариф"),
                ),
                (
                    "quantity",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="объём"),
                ),
                (
                    "norm",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="норматив"
                    ),
                ),
                ("is_metered", models.BooleanField(blank=True, null=True, verbose_name="по прибору")),
                (
                    "debt",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="задолженность"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("staged", "принята"),
                            ("clean", "без расхождений"),
                            ("held", "удержана протоколом"),
                            ("rejected", "отклонена"),
                            ("loaded", "загружена"),
                        ],
                        default="staged",
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("charge_month", models.DateField(blank=True, null=True, verbose_name="месяц начисления")),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.charge",
                        verbose_name="начисление",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="providers.service",
                        verbose_name="услуга",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="exchange.returnedrow",
                        verbose_name="строка",
                    ),
                ),
            ],
            options={
                "verbose_name": "услуга в ответе",
                "verbose_name_plural": "услуги в ответах",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("row", "position"),
                        name="returned_line_is_staged_once",
                        violation_error_message="Эта услуга строки уже принята.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("charge__isnull", False), ("charge_month__isnull", False), ("status", "loaded")),
                            models.Q(
                                models.Q(("status", "loaded"), _negated=True),
                                ("charge__isnull", True),
                                ("charge_month__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="only_a_loaded_line_has_a_charge",
                        violation_error_message="Начисление есть у загруженной строки и только у неё.",
                    ),
                    models.UniqueConstraint(
                        fields=("charge", "charge_month"),
                        name="a_charge_comes_from_one_line",
                        violation_error_message="Это начисление уже связано со строкой файла.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Discrepancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3, verbose_name="код")),
                ("is_blocking", models.BooleanField(verbose_name="не загружать до решения")),
                ("expected", models.CharField(blank=True, max_length=120, verbose_name="данные отдела")),
                ("found", models.CharField(blank=True, max_length=120, verbose_name="данные предприятия")),
                (
                    "difference",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="разница эквивалента, руб."
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="замечание")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "не рассмотрено"),
                            ("accept", "принять данные предприятия"),
                            ("hold", "не принимать до исправления"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="решение",
                    ),
                ),
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
                    "protocol",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discrepancies",
                        to="exchange.discrepancyprotocol",
                        verbose_name="протокол",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discrepancies",
                        to="exchange.exchangefile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "request_row",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discrepancies",
                        to="exchange.requestrow",
                        verbose_name="строка запроса",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discrepancies",
                        to="exchange.returnedline",
                        verbose_name="услуга",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discrepancies",
                        to="exchange.returnedrow",
                        verbose_name="строка ответа",
                    ),
                ),
            ],
            options={
                "verbose_name": "несоответствие",
                "verbose_name_plural": "несоответствия",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^E\\d{2}$")),
                        name="discrepancy_has_a_code",
                        violation_error_message="Код несоответствия — E и две цифры.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("row__isnull", False), ("request_row__isnull", False), _connector="OR"),
                        name="discrepancy_is_about_a_row",
                        violation_error_message="Несоответствие относится к строке.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__in", ["accept", "hold"]),
                            ),
                            _connector="OR",
                        ),
                        name="discrepancy_is_decided_as_a_whole",
                        violation_error_message="Решение: время и сотрудник указываются вместе.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filelayout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "exchange_filelayoutevent" ("code", "confirmed_at", "confirmed_by_id", "definition", "entered_by_id", "id", "is_partial", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (NEW."code", NEW."confirmed_at", NEW."confirmed_by_id", NEW."definition", NEW."entered_by_id", NEW."id", NEW."is_partial", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."version"); RETURN NULL;',
                    hash="62e32223e815f6f9723ce50af62fb2adf702d772",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_042a8",
                    table="exchange_filelayout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filelayout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "exchange_filelayoutevent" ("code", "confirmed_at", "confirmed_by_id", "definition", "entered_by_id", "id", "is_partial", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (NEW."code", NEW."confirmed_at", NEW."confirmed_by_id", NEW."definition", NEW."entered_by_id", NEW."id", NEW."is_partial", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."version"); RETURN NULL;',
                    hash="e3773a51dc9e8b4eb172ac9e02f318f9169aaf32",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8b92d",
                    table="exchange_filelayout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangefile",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="4d062b028d7afd1fad6c3a683a426e5e1bb68818",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_b4058",
                    table="exchange_exchangefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerlayout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "exchange_providerlayoutevent" ("id", "layout_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."layout_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="b7d9f45b65ea5f91c78bf3977d5a3a64f8a0e0c4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1925d",
                    table="exchange_providerlayout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providerlayout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "exchange_providerlayoutevent" ("id", "layout_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."layout_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="dfe90b1f2b00f41914474c9da9d47d63dc85065b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b7dac",
                    table="exchange_providerlayout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recipientregister",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="f49d4efe99327e8467c6293a7d11580f154596c4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_eea45",
                    table="exchange_recipientregister",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="register_rows_are_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'a register row is never changed' USING ERRCODE = 'restrict_violation';",
                    hash="48b7e7cccdee4068426f526b1bb60cc9d3910219",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_register_rows_are_frozen_d0484",
                    table="exchange_registerrow",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discrepancy",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'a discrepancy is never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="639faa92ccc73c8de0c538fd63c407c5fdc84ae3",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_8ac61",
                    table="exchange_discrepancy",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE exchange_returnedline ADD CONSTRAINT line_was_loaded_as_a_stored_charge"
            " FOREIGN KEY (charge_id, charge_month) REFERENCES providers_charge (id, month)",
            "ALTER TABLE exchange_returnedline DROP CONSTRAINT line_was_loaded_as_a_stored_charge",
        ),
    ]
