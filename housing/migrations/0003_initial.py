import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import offices.dated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("housing", "0002_initial"),
        ("offices", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="personaddress",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addresses",
                to="recipients.person",
                verbose_name="человек",
            ),
        ),
        migrations.AddField(
            model_name="personaddressevent",
            name="address",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="housing.address",
                verbose_name="адрес",
            ),
        ),
        migrations.AddField(
            model_name="personaddressevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="recipients.person",
                verbose_name="человек",
            ),
        ),
        migrations.AddField(
            model_name="personaddressevent",
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
            model_name="personaddressevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="housing.personaddress",
            ),
        ),
        migrations.AddField(
            model_name="residence",
            name="dwelling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="residences",
                to="housing.dwelling",
                verbose_name="жильё",
            ),
        ),
        migrations.AddField(
            model_name="residence",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="residences",
                to="recipients.person",
                verbose_name="человек",
            ),
        ),
        migrations.AddField(
            model_name="residenceevent",
            name="dwelling",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="housing.dwelling",
                verbose_name="жильё",
            ),
        ),
        migrations.AddField(
            model_name="residenceevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="recipients.person",
                verbose_name="человек",
            ),
        ),
        migrations.AddField(
            model_name="residenceevent",
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
            model_name="residenceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="housing.residence",
            ),
        ),
        migrations.AddField(
            model_name="settlement",
            name="district",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="offices.district", verbose_name="район"
            ),
        ),
        migrations.AddField(
            model_name="settlementevent",
            name="district",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="offices.district",
                verbose_name="район",
            ),
        ),
        migrations.AddField(
            model_name="settlementevent",
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
            model_name="settlementevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="housing.settlement",
            ),
        ),
        migrations.AddField(
            model_name="street",
            name="settlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="housing.settlement", verbose_name="населённый пункт"
            ),
        ),
        migrations.AddField(
            model_name="addressevent",
            name="street",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="housing.street",
                verbose_name="улица",
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="street",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="housing.street", verbose_name="улица"
            ),
        ),
        migrations.AddField(
            model_name="streetevent",
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
            model_name="streetevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="housing.street",
            ),
        ),
        migrations.AddField(
            model_name="streetevent",
            name="settlement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="housing.settlement",
                verbose_name="населённый пункт",
            ),
        ),
        migrations.AddField(
            model_name="supporteddwelling",
            name="dwelling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supported",
                to="housing.dwelling",
                verbose_name="жильё",
            ),
        ),
        migrations.AddField(
            model_name="supporteddwelling",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dwellings",
                to="recipients.recipient",
                verbose_name="получатель",
            ),
        ),
        migrations.AddField(
            model_name="supporteddwellingevent",
            name="dwelling",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="housing.dwelling",
                verbose_name="жильё",
            ),
        ),
        migrations.AddField(
            model_name="supporteddwellingevent",
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
            model_name="supporteddwellingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="housing.supporteddwelling",
            ),
        ),
        migrations.AddField(
            model_name="supporteddwellingevent",
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
        migrations.AddConstraint(
            model_name="dwellingfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="dwelling_facts_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dwellingfacts",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("dwelling", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                name="dwelling_facts_do_not_overlap",
                violation_error_message="Характеристики на пересекающийся период уже указаны.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dwellingfacts",
            constraint=models.CheckConstraint(
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
        migrations.AddConstraint(
            model_name="personaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="person_address_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personaddress",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("person", "="), ("kind", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                name="person_has_one_address_of_a_kind_at_a_time",
                violation_error_message="Адрес этого вида на пересекающийся период уже указан.",
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
        migrations.AddConstraint(
            model_name="residence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="residence_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("person", "="),
                    ("basis", "="),
                    (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                ],
                name="person_has_one_registration_of_a_kind",
                violation_error_message="Этот человек уже зарегистрирован так же в пересекающийся период.",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("person", "="),
                    ("dwelling", "="),
                    (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                ],
                name="person_is_counted_once_in_a_dwelling",
                violation_error_message="Этот человек в жилье уже учтён.",
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
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                fields=("district", "code"),
                name="settlement_code_is_unique_in_its_district",
                violation_error_message="Код населённого пункта в районе уже занят.",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                fields=("district", "kind", "name"),
                name="settlement_is_listed_once_in_its_district",
                violation_error_message="Такой населённый пункт в районе уже есть.",
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
        migrations.AddConstraint(
            model_name="street",
            constraint=models.UniqueConstraint(
                fields=("settlement", "code"),
                name="street_code_is_unique_in_its_settlement",
                violation_error_message="Код улицы в населённом пункте уже занят.",
            ),
        ),
        migrations.AddConstraint(
            model_name="street",
            constraint=models.UniqueConstraint(
                fields=("settlement", "name"),
                name="street_is_listed_once_in_its_settlement",
                violation_error_message="Такая улица уже есть.",
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
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                fields=("street", "house", "building", "flat", "room"),
                name="address_is_listed_once",
                violation_error_message="Такой адрес уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("postal_index__regex", "^\\d{6}$"), models.Q(("house", ""), _negated=True)),
                name="address_has_a_house_and_an_index",
                violation_error_message="Нужны дом и индекс из шести цифр.",
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
        migrations.AddConstraint(
            model_name="supporteddwelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="supported_dwelling_period_is_not_empty",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporteddwelling",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("recipient", "="), (offices.dated.DateRange("valid_from", "valid_to"), "&&")],
                name="recipient_has_one_dwelling_at_a_time",
                violation_error_message="Мера предоставляется по одному жилью.",
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
