"""Files are replaced, typed and come late; letters are kept; rows are matched by hand and remembered."""

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
    dependencies = [
        ("exchange", "0005_discrepancies_of_a_file"),
        ("offices", "0007_saved_views"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("providers", "0004_accounts_searched_for"),
        ("recipients", "0007_names_in_latin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RememberedMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "sent_account",
                    models.CharField(blank=True, max_length=120, verbose_name="счёт или адрес у предприятия"),
                ),
                ("sent_name", models.CharField(blank=True, max_length=200, verbose_name="ФИО у предприятия")),
                ("reason", models.CharField(max_length=300, verbose_name="основание")),
                ("entered_at", models.DateTimeField(verbose_name="введено")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="прекращено")),
            ],
            options={
                "verbose_name": "запомненная связь",
                "verbose_name_plural": "запомненные связи",
            },
        ),
        migrations.CreateModel(
            name="RememberedMatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "sent_account",
                    models.CharField(blank=True, max_length=120, verbose_name="счёт или адрес у предприятия"),
                ),
                ("sent_name", models.CharField(blank=True, max_length=200, verbose_name="ФИО у предприятия")),
                ("reason", models.CharField(max_length=300, verbose_name="основание")),
                ("entered_at", models.DateTimeField(verbose_name="введено")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="прекращено")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="one_accepted_return_per_request",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="exchange_file_status_fits_its_kind",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="exchange_file_knows_its_provider",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="exchange_file_status_fits_its_facts",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="only_an_accepted_return_bills",
        ),
        migrations.RemoveConstraint(
            model_name="returnedrow",
            name="a_matched_row_has_its_request",
        ),
        migrations.AddField(
            model_name="exchangefile",
            name="control_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="письмо внесено"),
        ),
        migrations.AddField(
            model_name="exchangefile",
            name="control_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто внёс письмо",
            ),
        ),
        migrations.AddField(
            model_name="exchangefile",
            name="late_month",
            field=models.DateField(blank=True, null=True, verbose_name="месяц начислений опоздавшего ответа"),
        ),
        migrations.AddField(
            model_name="exchangefile",
            name="origin",
            field=models.CharField(
                choices=[("file", "файл"), ("typed", "введено вручную")],
                db_default="file",
                default="file",
                max_length=5,
                verbose_name="откуда",
            ),
        ),
        migrations.AddField(
            model_name="exchangefile",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="exchange.exchangefile",
                verbose_name="вместо файла",
            ),
        ),
        migrations.AlterField(
            model_name="exchangefile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("request", "файл запроса"),
                    ("return", "ответный файл"),
                    ("late", "опоздавший ответ"),
                    ("pension", "сведения Пенсионного фонда"),
                ],
                max_length=8,
                verbose_name="вид",
            ),
        ),
        migrations.AlterField(
            model_name="exchangefile",
            name="status",
            field=models.CharField(
                choices=[
                    ("sent", "отправлен"),
                    ("acknowledged", "получение подтверждено"),
                    ("refused", "не принят"),
                    ("received", "принят"),
                    ("verified", "проверен"),
                    ("loaded", "загружен"),
                    ("superseded", "заменён"),
                ],
                max_length=12,
                verbose_name="состояние",
            ),
        ),
        migrations.AlterField(
            model_name="returnedrow",
            name="match",
            field=models.CharField(
                choices=[
                    ("request_id", "по номеру запроса"),
                    ("by_hand", "вручную"),
                    ("remembered", "по памяти"),
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
        pgtrigger.migrations.AddTrigger(
            model_name="exchangefile",
            trigger=pgtrigger.compiler.Trigger(
                name="replaces_what_is_superseded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."replaces_id" IS NOT NULL)',
                    func="PERFORM 1 FROM exchange_exchangefile WHERE id = NEW.replaces_id AND status = 'superseded' AND request_id = NEW.request_id; IF NOT FOUND THEN RAISE EXCEPTION 'only a superseded answer to the same request is replaced' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="5329282a37874f50ec6ce11336f475b7e9625401",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_replaces_what_is_superseded_8964d",
                    table="exchange_exchangefile",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "return"), models.Q(("status__in", ["refused", "superseded"]), _negated=True)
                ),
                fields=("office", "month", "provider"),
                name="one_accepted_return_per_request",
                violation_error_message="Ответный файл предприятия за этот месяц уже принят.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "request"), ("status__in", ["sent", "acknowledged"])),
                    models.Q(
                        ("kind", "pension"),
                        models.Q(("status__in", ["sent", "acknowledged", "superseded"]), _negated=True),
                    ),
                    models.Q(("kind", "return"), models.Q(("status__in", ["sent", "acknowledged"]), _negated=True)),
                    models.Q(("kind", "late"), ("status", "received")),
                    _connector="OR",
                ),
                name="exchange_file_status_fits_its_kind",
                violation_error_message="Такого состояния у файла этого вида не бывает.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "pension"), ("provider__isnull", True)),
                    models.Q(("kind", "request"), ("layout__isnull", False), ("provider__isnull", False)),
                    models.Q(("kind", "return"), ("status", "refused")),
                    models.Q(("kind__in", ["return", "late"]), ("provider__isnull", False), ("request__isnull", False)),
                    _connector="OR",
                ),
                name="exchange_file_knows_its_provider",
                violation_error_message="Не указано предприятие файла.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("billed__isnull", True),
                    models.Q(("kind__in", ["return", "late"]), models.Q(("status", "refused"), _negated=True)),
                    _connector="OR",
                ),
                name="only_an_accepted_return_bills",
                violation_error_message="Сумма начислений есть только у принятого ответного файла.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["sent", "acknowledged", "refused", "received", "superseded"]),
                    models.Q(("loaded_at__isnull", True), ("status", "verified"), ("verified_at__isnull", False)),
                    models.Q(("loaded_at__isnull", False), ("status", "loaded"), ("verified_at__isnull", False)),
                    _connector="OR",
                ),
                name="exchange_file_status_fits_its_facts",
                violation_error_message="Состояние файла не соответствует отметкам.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "loaded"), _negated=True),
                    models.Q(
                        models.Q(("control_rows__isnull", True), ("control_rows", models.F("rows")), _connector="OR"),
                        models.Q(
                            ("control_roubles__isnull", True), ("control_roubles", models.F("billed")), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_loaded_file_agrees_with_its_letter",
                violation_error_message="Итоги файла и сопроводительного письма разные.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("control_at__isnull", True), ("control_by__isnull", True)),
                    models.Q(("control_at__isnull", False), ("control_by__isnull", False)),
                    _connector="OR",
                ),
                name="letter_is_entered_by_someone",
                violation_error_message="Письмо: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.UniqueConstraint(
                fields=("replaces",),
                name="a_file_is_replaced_once",
                violation_error_message="Этот файл уже заменён другим.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(("kind", "return"), models.Q(("status", "refused"), _negated=True)),
                    _connector="OR",
                ),
                name="only_an_accepted_return_replaces",
                violation_error_message="Заменяет только принятый ответный файл.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "file"),
                    models.Q(("kind", "return"), models.Q(("status", "refused"), _negated=True)),
                    _connector="OR",
                ),
                name="only_an_accepted_return_is_typed",
                violation_error_message="Вручную вводится только ответ поставщика.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "late"), ("late_month__isnull", False), ("late_month__lt", models.F("month"))),
                    models.Q(models.Q(("kind", "late"), _negated=True), ("late_month__isnull", True)),
                    _connector="OR",
                ),
                name="a_late_answer_knows_its_month",
                violation_error_message="У опоздавшего ответа указывают прошедший месяц начислений.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("late_month"), 1),
                    ("late_month__gte", datetime.date(2007, 1, 1)),
                    ("late_month__lt", datetime.date(2100, 1, 1)),
                ),
                name="late_month_is_a_first_day",
                violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("match__in", ["request_id", "by_hand", "remembered", "account", "snils", "name"]),
                        ("request_row__isnull", False),
                    ),
                    models.Q(("match__in", ["unknown", "ambiguous", "duplicate"]), ("request_row__isnull", True)),
                    _connector="OR",
                ),
                name="a_matched_row_has_its_request",
                violation_error_message="У сопоставленной строки указывают строку запроса.",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="providers.serviceaccount",
                verbose_name="наш лицевой счёт",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто прекратил",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто ввёл",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="providers.provider", verbose_name="предприятие"
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="recipients.recipient", verbose_name="получатель"
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatch",
            name="row",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="exchange.returnedrow", verbose_name="строка ответа"
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="providers.serviceaccount",
                verbose_name="наш лицевой счёт",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто прекратил",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="entered_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто ввёл",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="office",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="offices.office",
                verbose_name="отдел",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="exchange.rememberedmatch",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="provider",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="providers.provider",
                verbose_name="предприятие",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="recipient",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="recipients.recipient",
                verbose_name="получатель",
            ),
        ),
        migrations.AddField(
            model_name="rememberedmatchevent",
            name="row",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="exchange.returnedrow",
                verbose_name="строка ответа",
            ),
        ),
        migrations.AddConstraint(
            model_name="rememberedmatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="remembered_match_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rememberedmatch",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("office", "="),
                    ("provider", "="),
                    ("sent_account", "="),
                    ("sent_name", "="),
                    (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                ],
                name="what_a_provider_sends_means_one_recipient",
                violation_error_message="Эта строка предприятия уже связана на пересекающийся период.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rememberedmatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_account", ""), _negated=True),
                    models.Q(("sent_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="remembered_match_names_something",
                violation_error_message="Связь запоминают по счёту, адресу или ФИО.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rememberedmatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="remembered_match_has_a_reason",
                violation_error_message="Укажите основание связи.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rememberedmatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="remembered_match_is_ended_by_someone",
                violation_error_message="Прекращение: время и сотрудник указываются вместе.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rememberedmatch",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="c5e5d6eb62f146f99f0671d65a3645148b6f0d95",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_f9d4c",
                    table="exchange_rememberedmatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rememberedmatch",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="6e679ca18c1ed386906aa015be396547c38afde1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_86601",
                    table="exchange_rememberedmatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rememberedmatch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "exchange_rememberedmatchevent" ("account_id", "ended_at", "ended_by_id", "entered_at", "entered_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reason", "recipient_id", "row_id", "sent_account", "sent_name", "valid_from", "valid_to") VALUES (NEW."account_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."reason", NEW."recipient_id", NEW."row_id", NEW."sent_account", NEW."sent_name", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="d4d9827a01432d4d8acf5628b46603040eaae87e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c019b",
                    table="exchange_rememberedmatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rememberedmatch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "exchange_rememberedmatchevent" ("account_id", "ended_at", "ended_by_id", "entered_at", "entered_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reason", "recipient_id", "row_id", "sent_account", "sent_name", "valid_from", "valid_to") VALUES (NEW."account_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."reason", NEW."recipient_id", NEW."row_id", NEW."sent_account", NEW."sent_name", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="b8c81f63dbb4237d02fe96541323de647809e198",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_afd80",
                    table="exchange_rememberedmatch",
                    when="AFTER",
                ),
            ),
        ),
    ]
