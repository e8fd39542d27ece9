"""The number of the pension case stands in the person's card."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recipients", "0007_names_in_latin"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="update_update",
        ),
        migrations.AddField(
            model_name="person",
            name="pension_case",
            field=models.CharField(blank=True, db_default="", max_length=20, verbose_name="№ пенсионного дела"),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pension_case",
            field=models.CharField(blank=True, db_default="", max_length=20, verbose_name="№ пенсионного дела"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recipients_personevent" ("birth_date", "death_date", "document_issued_on", "document_issuer", "document_kind", "document_number", "document_series", "first_name", "id", "last_name", "middle_name", "pension_case", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "snils") VALUES (NEW."birth_date", NEW."death_date", NEW."document_issued_on", NEW."document_issuer", NEW."document_kind", NEW."document_number", NEW."document_series", NEW."first_name", NEW."id", NEW."last_name", NEW."middle_name", NEW."pension_case", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."sex", NEW."snils"); RETURN NULL;',
                    hash="f2f662dbd175e173e553bfdd79e57114bd9a4dfc",
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
                    condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."death_date" IS DISTINCT FROM (NEW."death_date") OR OLD."document_issued_on" IS DISTINCT FROM (NEW."document_issued_on") OR OLD."document_issuer" IS DISTINCT FROM (NEW."document_issuer") OR OLD."document_kind" IS DISTINCT FROM (NEW."document_kind") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."document_series" IS DISTINCT FROM (NEW."document_series") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."middle_name" IS DISTINCT FROM (NEW."middle_name") OR OLD."pension_case" IS DISTINCT FROM (NEW."pension_case") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."snils" IS DISTINCT FROM (NEW."snils"))',
                    func='INSERT INTO "recipients_personevent" ("birth_date", "death_date", "document_issued_on", "document_issuer", "document_kind", "document_number", "document_series", "first_name", "id", "last_name", "middle_name", "pension_case", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "snils") VALUES (NEW."birth_date", NEW."death_date", NEW."document_issued_on", NEW."document_issuer", NEW."document_kind", NEW."document_number", NEW."document_series", NEW."first_name", NEW."id", NEW."last_name", NEW."middle_name", NEW."pension_case", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."sex", NEW."snils"); RETURN NULL;',
                    hash="7a1339f1e78a89accbd5cef595a88b99fe0182eb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef2b8",
                    table="recipients_person",
                    when="AFTER",
                ),
            ),
        ),
    ]
