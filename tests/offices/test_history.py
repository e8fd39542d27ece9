"""Every change of a person's card is kept by the database, however it was made."""

import pghistory
import pytest
from django.apps import apps
from django.db import connection

from housing.models import Residence
from recipients.models import PaymentChannel, Person
from tests import factories
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def events_of(model: type, pk: int) -> list:
    event = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return list(event.objects.filter(pgh_obj_id=pk).order_by("pgh_id"))


def test_keeps_the_values_before_and_after_a_change_made_by_raw_sql() -> None:
    person = factories.person(last_name="Иванова")
    sql("UPDATE recipients_person SET last_name = %s WHERE id = %s", "Петрова", person.pk)
    events = events_of(Person, person.pk)
    assert [(event.pgh_label, event.last_name) for event in events] == [("insert", "Иванова"), ("update", "Петрова")]


def test_keeps_a_row_inserted_by_raw_sql() -> None:
    residence = factories.residence(valid_to=MONTH)
    sql(
        "INSERT INTO housing_residence (person_id, dwelling_id, basis, valid_from)"
        " SELECT person_id, dwelling_id, basis, valid_to FROM housing_residence WHERE id = %s",
        residence.pk,
    )
    written = Residence.objects.exclude(pk=residence.pk).get()
    (event,) = events_of(Residence, written.pk)
    assert (event.pgh_label, event.valid_from, event.person_id) == ("insert", MONTH, residence.person_id)


def test_keeps_who_worked_when_the_change_was_made() -> None:
    channel = factories.channel()
    with pghistory.context(user=channel.entered_by_id, url="/admin/"):
        PaymentChannel.objects.filter(pk=channel.pk).update(valid_to=MONTH)
    first, second = events_of(PaymentChannel, channel.pk)
    assert (first.valid_to, first.pgh_context) == (None, None)
    assert (second.valid_to, second.pgh_context.metadata["user"]) == (MONTH, channel.entered_by_id)


def test_keeps_nothing_when_nothing_changed() -> None:
    person = factories.person()
    sql("UPDATE recipients_person SET birth_date = birth_date WHERE id = %s", person.pk)
    assert len(events_of(Person, person.pk)) == 1


def test_keeps_the_end_of_a_right_and_of_whom_it_covered() -> None:
    right = factories.entitlement()
    sql("UPDATE recipients_entitlement SET valid_to = %s WHERE id = %s", MONTH, right.pk)
    sql("UPDATE recipients_entitledperson SET valid_to = %s WHERE entitlement_id = %s", MONTH, right.pk)
    for row in (right, right.persons.get()):
        before, after = events_of(type(row), row.pk)
        assert (before.valid_from, before.valid_to, after.valid_to) == (LONG_AGO, None, MONTH)
