"""A protocol lives: sent, answered, closed with an outcome of every row; decisions keep their history."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SENT_BY_THEIR_MAKER = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE exchange_discrepancyprotocol SET sent_by_id = made_by_id, sent_way = 'exchange', sent_to = 'предприятие'
WHERE sent_at IS NOT NULL;
SET CONSTRAINTS ALL DEFERRED;
"""
DECIDED_BEFORE = """
INSERT INTO exchange_discrepancydecision (discrepancy_id, decision, at, by_id)
SELECT id, decision, decided_at, decided_by_id FROM exchange_discrepancy WHERE decided_at IS NOT NULL ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_files_are_replaced_typed_late_and_matched_by_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DiscrepancyDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "не рассмотрено"),
                            ("accept", "принять данные предприятия"),
                            ("hold", "не принимать до исправления"),
                            ("later", "отложено"),
                        ],
                        max_length=6,
                        verbose_name="решение",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="когда")),
            ],
            options={
                "verbose_name": "решение по несоответствию",
                "verbose_name_plural": "решения по несоответствиям",
            },
        ),
        migrations.AddField(
            model_name="discrepancy",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_to",
                to="exchange.discrepancy",
                verbose_name="решение перенесено из прежнего файла",
            ),
        ),
        migrations.AddField(
            model_name="discrepancy",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("corrected", "исправлено предприятием"),
                    ("accepted", "принято как прислано"),
                    ("not_charged", "не начислено"),
                    ("noted", "принято к сведению"),
                ],
                db_default="",
                default="",
                max_length=11,
                verbose_name="итог",
            ),
        ),
        migrations.AddField(
            model_name="discrepancy",
            name="reply",
            field=models.CharField(
                blank=True,
                choices=[("agreed", "согласно"), ("disagreed", "не согласно"), ("explained", "дало пояснение")],
                db_default="",
                default="",
                max_length=9,
                verbose_name="ответ предприятия",
            ),
        ),
        migrations.AddField(
            model_name="discrepancy",
            name="reply_text",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="пояснение предприятия"
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="answer_file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_protocols",
                to="exchange.exchangefile",
                verbose_name="исправленный файл",
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто внёс ответ",
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто закрыл",
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто отправил",
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="sent_to",
            field=models.CharField(blank=True, default="", max_length=150, verbose_name="кому отправлен"),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="sent_way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("email", "по электронной почте"),
                    ("exchange", "через систему обмена"),
                    ("paper", "на бумаге"),
                ],
                default="",
                max_length=8,
                verbose_name="как отправлен",
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.storedfile",
                verbose_name="протокол (XLSX)",
            ),
        ),
        migrations.AddField(
            model_name="discrepancyprotocol",
            name="table",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.storedfile",
                verbose_name="строки в формате предприятия",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discrepancyprotocol",
            trigger=pgtrigger.compiler.Trigger(
                name="is_closed_with_outcomes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF NEW.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM exchange_discrepancy told WHERE told.protocol_id = NEW.id AND told.outcome = '') THEN RAISE EXCEPTION 'a protocol is closed with an outcome of every row' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="0d57d68bcef3eb760cd9f61b369711f6a8fe7c2d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_is_closed_with_outcomes_32ada",
                    table="exchange_discrepancyprotocol",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("carried_from__isnull", True),
                    models.Q(models.Q(("decision", "open"), _negated=True), ("protocol__isnull", True)),
                    _connector="OR",
                ),
                name="what_is_carried_is_a_decision",
                violation_error_message="Переносят решение, и в новый протокол такая строка не входит.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reply", ""), ("reply_text", "")),
                    models.Q(("protocol__isnull", False), ("reply__in", ["agreed", "disagreed"])),
                    models.Q(
                        ("protocol__isnull", False), ("reply", "explained"), models.Q(("reply_text", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="a_reply_is_about_a_told_row",
                violation_error_message="Ответ бывает на строку протокола, пояснение — словами.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""),
                    models.Q(("decision", "accept"), ("outcome", "accepted"), ("protocol__isnull", False)),
                    models.Q(
                        ("decision", "hold"),
                        ("outcome__in", ["corrected", "not_charged", "noted"]),
                        ("protocol__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="outcome_fits_the_decision",
                violation_error_message="Итог строки протокола не соответствует решению.",
            ),
        ),
        migrations.RunSQL(SENT_BY_THEIR_MAKER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True), ("sent_to", ""), ("sent_way", "")),
                    models.Q(
                        ("sent_at__isnull", False),
                        ("sent_by__isnull", False),
                        models.Q(("sent_way", ""), _negated=True),
                        models.Q(("sent_to", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="protocol_is_sent_as_a_whole",
                violation_error_message="Отправка: когда, кто, как и кому указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at__isnull", True), ("sent_at__gte", models.F("made_at")), _connector="OR"),
                name="protocol_is_sent_after_it_is_made",
                violation_error_message="Протокол отправляют после того, как он составлен.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="protocol_answer_is_entered_by_someone",
                violation_error_message="Ответ: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    models.Q(("answered_at__gte", models.F("sent_at")), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="only_a_sent_protocol_is_answered",
                violation_error_message="Ответ бывает только на отправленный протокол.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_file__isnull", True),
                    models.Q(
                        ("answered_at__isnull", False), models.Q(("answer_file", models.F("file")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="a_corrected_file_is_an_answer",
                violation_error_message="Исправленный файл — ответ на протокол, и это другой файл.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="protocol_is_closed_by_someone",
                violation_error_message="Закрытие: время и сотрудник указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discrepancyprotocol",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(
                        ("closed_at__gte", models.F("sent_at")),
                        ("sent_at__isnull", False),
                        models.Q(
                            ("answered_at__isnull", True), ("closed_at__gte", models.F("answered_at")), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="only_a_sent_protocol_is_closed",
                violation_error_message="Закрывают отправленный протокол, после ответа.",
            ),
        ),
        migrations.AddField(
            model_name="discrepancydecision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="кто",
            ),
        ),
        migrations.AddField(
            model_name="discrepancydecision",
            name="discrepancy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="exchange.discrepancy",
                verbose_name="несоответствие",
            ),
        ),
        migrations.RunSQL(DECIDED_BEFORE, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="discrepancydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="73d08da4bf078555ffc82a1e4902c4541baf6a28",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_257ca",
                    table="exchange_discrepancydecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discrepancydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="240ea0773ff4212d1bd7a572ac2285c27162bfac",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_bd9c1",
                    table="exchange_discrepancydecision",
                    when="BEFORE",
                ),
            ),
        ),
    ]
