"""Lists of people from the fund, registry offices and towns: proposals with sources, decisions with history."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Before this, a difference stood on the one row of its file about its person, and was rejected without a reason.
KNOWN_BEFORE = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE exchange_pensiondifference difference
SET office_id = recipient.office_id,
    full_name = concat_ws(' ', person.last_name, person.first_name, nullif(person.middle_name, '')),
    reason = CASE WHEN difference.decision = 'rejected' THEN 'Причина не записана: решено до учёта причин.' ELSE '' END
FROM recipients_recipient recipient, recipients_person person
WHERE recipient.id = difference.recipient_id AND person.id = difference.person_id;
UPDATE exchange_pensiondifference earlier
SET decision = 'replaced', reason = 'Повторено файлом следующего месяца.', decided_at = file.at, decided_by_id = file.by_id
FROM exchange_exchangefile file
WHERE file.id = earlier.file_id AND earlier.kind = 'died' AND earlier.decision = 'open' AND EXISTS (
    SELECT 1 FROM exchange_pensiondifference later WHERE later.kind = 'died' AND later.decision = 'open'
    AND later.recipient_id = earlier.recipient_id AND later.person_id = earlier.person_id AND later.id > earlier.id);
SET CONSTRAINTS ALL DEFERRED;
"""
TOLD_BEFORE = """
INSERT INTO exchange_differencesource (difference_id, record_id, says)
SELECT difference.id, record.id, difference.theirs FROM exchange_pensiondifference difference
JOIN exchange_pensionrecord record ON record.file_id = difference.file_id AND record.person_id = difference.person_id
ORDER BY difference.id;
INSERT INTO exchange_pensiondecision (difference_id, decision, reason, at, by_id)
SELECT id, decision, reason, decided_at, decided_by_id FROM exchange_pensiondifference
WHERE decided_at IS NOT NULL ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0007_protocols_live"),
        ("offices", "0007_saved_views"),
        ("recipients", "0008_pension_case_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DifferenceSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("says", models.CharField(blank=True, max_length=200, verbose_name="что сказано")),
            ],
            options={
                "verbose_name": "источник предложения",
                "verbose_name_plural": "источники предложений",
            },
        ),
        migrations.CreateModel(
            name="FundNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("number", models.CharField(max_length=20, verbose_name="№ уведомления")),
                ("faults", models.PositiveIntegerField(verbose_name="ошибок")),
                ("made_at", models.DateTimeField(verbose_name="составлено")),
            ],
            options={
                "verbose_name": "уведомление об ошибках в сведениях",
                "verbose_name_plural": "уведомления об ошибках в сведениях",
            },
        ),
        migrations.CreateModel(
            name="PaperDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handed_by", models.CharField(max_length=200, verbose_name="кто передал (должность, ФИО)")),
                ("handed_on", models.DateField(verbose_name="передано")),
                ("received_on", models.DateField(verbose_name="получено")),
            ],
            options={
                "verbose_name": "передача списка на бумаге",
                "verbose_name_plural": "передачи списков на бумаге",
            },
        ),
        migrations.CreateModel(
            name="PensionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "не рассмотрено"),
                            ("later", "отложено"),
                            ("accepted", "принято"),
                            ("rejected", "отклонено"),
                            ("replaced", "снято исправленным файлом"),
                        ],
                        max_length=8,
                        verbose_name="решение",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="причина")),
                ("at", models.DateTimeField(verbose_name="время")),
            ],
            options={
                "verbose_name": "решение по предложению",
                "verbose_name_plural": "решения по предложениям",
            },
        ),
        migrations.AlterModelOptions(
            name="pensiondifference",
            options={
                "verbose_name": "предложение по сведениям о людях",
                "verbose_name_plural": "предложения по сведениям о людях",
            },
        ),
        migrations.AlterModelOptions(
            name="pensionrecord",
            options={"verbose_name": "строка сведений о людях", "verbose_name_plural": "строки сведений о людях"},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="exchangefile",
            name="replaces_what_is_superseded",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="one_pension_file_a_month",
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
            name="only_an_accepted_return_replaces",
        ),
        migrations.RemoveConstraint(
            model_name="exchangefile",
            name="only_an_accepted_return_is_typed",
        ),
        migrations.RemoveConstraint(
            model_name="pensiondifference",
            name="pension_difference_is_decided_as_a_whole",
        ),
        migrations.AddField(
            model_name="pensiondifference",
            name="full_name",
            field=models.CharField(default="", max_length=190, verbose_name="ФИО в списке"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pensiondifference",
            name="office",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
            ),
        ),
        migrations.AddField(
            model_name="pensiondifference",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="причина"),
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
                    ("registry", "сведения ЗАГС"),
                    ("council", "сведения муниципалитета"),
                ],
                max_length=8,
                verbose_name="вид",
            ),
        ),
        migrations.AlterField(
            model_name="pensiondifference",
            name="decision",
            field=models.CharField(
                choices=[
                    ("open", "не рассмотрено"),
                    ("later", "отложено"),
                    ("accepted", "принято"),
                    ("rejected", "отклонено"),
                    ("replaced", "снято исправленным файлом"),
                ],
                default="open",
                max_length=8,
                verbose_name="решение",
            ),
        ),
        migrations.AlterField(
            model_name="pensiondifference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("new", "новый в сведениях фонда"),
                    ("disappeared", "нет в файле фонда"),
                    ("died", "умер по присланным данным"),
                    ("moved", "выбыл или переехал"),
                    ("name", "другое имя"),
                    ("birth_date", "другая дата рождения"),
                    ("address", "другой адрес"),
                    ("group", "другая группа"),
                    ("ended", "группа закончилась"),
                    ("certificate", "другой срок справки"),
                    ("case", "другое пенсионное дело"),
                ],
                max_length=12,
                verbose_name="расхождение",
            ),
        ),
        migrations.AlterField(
            model_name="pensiondifference",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="recipients.person",
                verbose_name="человек",
            ),
        ),
        migrations.AlterField(
            model_name="pensiondifference",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="recipients.recipient",
                verbose_name="получатель",
            ),
        ),
        migrations.AlterField(
            model_name="pensiondifference",
            name="theirs",
            field=models.CharField(blank=True, max_length=200, verbose_name="прислано"),
        ),
        migrations.AlterField(
            model_name="pensionrecord",
            name="content",
            field=models.JSONField(verbose_name="что прислано"),
        ),
        migrations.RunSQL(KNOWN_BEFORE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="pensiondifference",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangefile",
            trigger=pgtrigger.compiler.Trigger(
                name="replaces_what_is_superseded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."replaces_id" IS NOT NULL)',
                    func="PERFORM 1 FROM exchange_exchangefile WHERE id = NEW.replaces_id AND status = 'superseded' AND kind = NEW.kind AND month = NEW.month AND request_id IS NOT DISTINCT FROM NEW.request_id; IF NOT FOUND THEN RAISE EXCEPTION 'only a superseded answer to the same request is replaced' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="8eeb805207cebee7712d78a3c7c08e206f62300c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_replaces_what_is_superseded_8964d",
                    table="exchange_exchangefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pensiondifference",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="cbce22132bf6bf3460dccb2f7b4ec5709f6483f9",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_36e9c",
                    table="exchange_pensiondifference",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pensiondifference",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="3f56e8db15a45f514e440c68fe953fa107d3dd45",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_6efbc",
                    table="exchange_pensiondifference",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pensiondifference",
            trigger=pgtrigger.compiler.Trigger(
                name="is_decided_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"decision\" IN ('accepted', 'rejected', 'replaced'))",
                    func="RAISE EXCEPTION 'the proposal is decided' USING ERRCODE = 'restrict_violation';",
                    hash="7b1cc6e41edb1245877bfc203823e4d3b6134661",
                    operation="UPDATE",
                    pgid="pgtrigger_is_decided_once_bf4bc",
                    table="exchange_pensiondifference",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "pension"),
                    ("origin", "file"),
                    models.Q(("status__in", ["refused", "superseded"]), _negated=True),
                ),
                fields=("month",),
                name="one_pension_file_a_month",
                violation_error_message="Сведения фонда за этот месяц уже приняты.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "request"), ("status__in", ["sent", "acknowledged"])),
                    models.Q(
                        ("kind__in", ["pension", "registry", "council"]),
                        ("status__in", ["received", "refused", "superseded"]),
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
                    models.Q(("kind__in", ["pension", "registry", "council"]), ("provider__isnull", True)),
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
                    ("replaces__isnull", True),
                    models.Q(("kind__in", ["return", "pension"]), models.Q(("status", "refused"), _negated=True)),
                    _connector="OR",
                ),
                name="only_an_accepted_return_replaces",
                violation_error_message="Заменяет только принятый ответный файл или файл фонда.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin", "file"),
                    models.Q(
                        ("kind__in", ["return", "pension", "registry", "council"]),
                        models.Q(("status", "refused"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="only_an_accepted_return_is_typed",
                violation_error_message="Вручную вводится только ответ поставщика или список людей.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pensiondifference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision__in", ["open", "later"]), ("kind", "died")),
                fields=("recipient", "person"),
                name="a_death_is_proposed_once",
                violation_error_message="О смерти этого человека уже есть нерешённое предложение.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pensiondifference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "new"), ("person__isnull", True), ("recipient__isnull", True)),
                    models.Q(
                        models.Q(("kind", "new"), _negated=True),
                        ("person__isnull", False),
                        ("recipient__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="pension_difference_names_its_person",
                violation_error_message="Получателя и человека указывают у всех, кроме новых в сведениях фонда.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pensiondifference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "open")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision__in", ["later", "accepted", "rejected", "replaced"]),
                    ),
                    _connector="OR",
                ),
                name="pension_difference_is_decided_as_a_whole",
                violation_error_message="Решение: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pensiondifference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__in", ["rejected", "replaced"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_declined_proposal_has_its_reason",
                violation_error_message="Отклоняя предложение, укажите причину.",
            ),
        ),
        migrations.AddField(
            model_name="differencesource",
            name="difference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="exchange.pensiondifference",
                verbose_name="предложение",
            ),
        ),
        migrations.AddField(
            model_name="differencesource",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="differences",
                to="exchange.pensionrecord",
                verbose_name="строка",
            ),
        ),
        migrations.AddField(
            model_name="fundnotice",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.storedfile",
                verbose_name="уведомление (PDF)",
            ),
        ),
        migrations.AddField(
            model_name="fundnotice",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fund_notice",
                to="exchange.exchangefile",
                verbose_name="файл",
            ),
        ),
        migrations.AddField(
            model_name="fundnotice",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто составил",
            ),
        ),
        migrations.AddField(
            model_name="fundnotice",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
            ),
        ),
        migrations.AddField(
            model_name="paperdelivery",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_delivery",
                to="exchange.exchangefile",
                verbose_name="список",
            ),
        ),
        migrations.AddField(
            model_name="paperdelivery",
            name="received_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто получил",
            ),
        ),
        migrations.AddField(
            model_name="pensiondecision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто",
            ),
        ),
        migrations.AddField(
            model_name="pensiondecision",
            name="difference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="exchange.pensiondifference",
                verbose_name="предложение",
            ),
        ),
        migrations.RunSQL(TOLD_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="differencesource",
            constraint=models.UniqueConstraint(
                fields=("difference", "record"),
                name="a_row_is_a_source_once",
                violation_error_message="Эта строка уже источник предложения.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="differencesource",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="91a97410c945a978357638d635711e8ea0305e03",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_6a9a7",
                    table="exchange_differencesource",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="differencesource",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="903c39ee5b6fe013f955d8ac2320106254b359c8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_f147d",
                    table="exchange_differencesource",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fundnotice",
            constraint=models.UniqueConstraint(
                fields=("office", "number"),
                name="fund_notice_number_is_unique_in_its_office",
                violation_error_message="Уведомление с этим номером уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("faults__gt", 0)),
                name="a_notice_tells_a_fault",
                violation_error_message="Уведомлять не о чем: ошибок в файле нет.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="e35576a8437d837de3013cd7c52243daca5802df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_4ade5",
                    table="exchange_fundnotice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="1e0fc4b3a52897b4b5e612612a47438c42a8f937",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_76268",
                    table="exchange_fundnotice",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="paperdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_by", ""), _negated=True), ("received_on__gte", models.F("handed_on"))
                ),
                name="paper_delivery_has_both_visas",
                violation_error_message="Укажите, кто и когда передал и получил список; получают не раньше передачи.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="e7f79681f6ae33439bef3ec880100374f5feb6c6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_ec54b",
                    table="exchange_paperdelivery",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="a352ea47d98f1b32ff29e399cded1e886e8f97ad",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_1ea09",
                    table="exchange_paperdelivery",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pensiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "open"), _negated=True),
                    models.Q(
                        models.Q(("decision__in", ["rejected", "replaced"]), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="a_decision_says_what_and_why",
                violation_error_message="Решение: что решено, а при отказе — почему.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pensiondecision",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="cf059b08344c0ba4f00c29dd2701ff9b4791e6b7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_f38aa",
                    table="exchange_pensiondecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pensiondecision",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="cb39d5c015d4489296ec42b928824f549d1e2bd0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_bcd92",
                    table="exchange_pensiondecision",
                    when="BEFORE",
                ),
            ),
        ),
    ]
