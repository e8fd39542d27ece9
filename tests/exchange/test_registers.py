"""A district's register of recipients: built, frozen, handed over, accepted or rejected (3.6, 3.7)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.dbf.reading import read_dbf
from exchange.models import RecipientRegister, RegisterRow
from exchange.register_content import from_json
from exchange.services import layouts, registers
from exchange.services.layouts import LayoutNotUsable
from exchange.services.registers import (
    AnsweredByItsSender,
    NoRejectionReason,
    RegisterNotFrozen,
    RegisterNotHandedOver,
)
from offices import files
from offices.models import HandoverBalance, JournalEntry, Office, Staff
from offices.services.months import MonthNotOpen
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH, EntitledHousehold

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """A district office in an open month, with a payments unit above it and the layouts in their directory."""
    make.open_month()
    make.unit()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    return make.office(district=make.district(code="66203"))


def build(office: Office) -> RecipientRegister:
    return registers.build_register(office=office, month=MONTH, by=make.staff(), at=AT)


def hand_over(register: RecipientRegister, by: Staff | None = None) -> RecipientRegister:
    return registers.hand_over_register(register_id=register.pk, by=by or make.staff(), at=AT)


def with_account(household: EntitledHousehold, *codes: str):
    account = make.account(dwelling=household.dwelling)
    for code in codes:
        make.connected_service(account=account, service=make.service(code=code, kind=f"kind{code}"))
    return account


def balance(item: str, office: Office) -> HandoverBalance:
    return HandoverBalance.objects.get(item=item, office=office, superseded_by__isnull=True)


def held(row: HandoverBalance) -> dict[str, int]:
    return dict(row.held.values_list("reason", "rows"))


def test_freezes_every_recipient_with_a_right_by_value(office: Office) -> None:
    household = make.entitled_household(office=office)
    account = with_account(household, "10", "14")
    make.residence(dwelling=household.dwelling)
    register = build(office)
    row = RegisterRow.objects.get(register=register)
    person = from_json(row.content)
    assert (row.recipient, row.entitlement, row.dwelling) == (household.recipient, household.right, household.dwelling)
    assert (person.last_name, person.snils) == (household.recipient.person.last_name, household.recipient.person.snils)
    assert (person.total_area, person.residents, person.category) == (Decimal("54.00"), 2, "2")
    assert person.district == "66203"
    assert [(one.account_id, one.number, one.services) for one in person.accounts] == [
        (account.pk, account.number, ("10", "14"))
    ]


def test_keeps_what_was_frozen_when_the_card_changes(office: Office) -> None:
    household = make.entitled_household(office=office)
    register = build(office)
    household.recipient.person.last_name = "Другова"
    household.recipient.person.save()
    assert RegisterRow.objects.get(register=register).content["last_name"] != "Другова"


def test_writes_the_registers_file(office: Office) -> None:
    household = make.entitled_household(office=office)
    register = build(office)
    table = read_dbf(files.read(register.file))
    (row,) = table.rows()
    cells = dict(zip((field.name for field in table.fields), row.values, strict=True))
    assert register.file.name == "REESTR_03_202610.dbf"
    assert (cells["NOM"], cells["RAION"], cells["MES"], cells["GRUPPA"]) == (Decimal(1), "03", "202610", "2")
    assert (cells["FAM"], cells["PR_PO"]) == (household.recipient.person.last_name, None)
    assert (cells["OPL"], cells["KOLZR"]) == (Decimal("54.00"), Decimal(1))


def test_closes_the_balance_with_the_held_by_reason(office: Office) -> None:
    make.entitled_household(office=office)
    died = make.entitled_household(office=office).recipient.person
    died.death_date = dt.date(2026, 9, 30)
    died.save()
    expired = make.entitled_household(office=office).right
    expired.certificate_valid_to = MONTH
    expired.save()
    grown_up = make.person(birth_date=dt.date(2008, 10, 1))
    parent = make.recipient(office=office)
    make.entitlement(recipient=parent, disabled_person=grown_up, holder="family", category="child")
    make.entitlement(recipient=make.recipient(office=office))
    without_facts = make.entitled_household(office=office).dwelling
    without_facts.facts.update(valid_to=dt.date(2021, 1, 1))
    row = (build(office), balance("3.6", office))[1]
    assert (row.rows_in, row.rows_on, row.rows_held, row.roubles_in) == (6, 1, 5, Decimal(0))
    assert held(row) == {
        "died": 1, "certificate_expired": 1, "came_of_age": 1, "no_dwelling": 1, "no_dwelling_facts": 1,
    }  # fmt: skip


def test_holds_a_child_who_died_though_the_recipient_lives(office: Office) -> None:
    child = make.person(birth_date=dt.date(2015, 5, 5), death_date=dt.date(2026, 8, 1))
    parent = make.recipient(office=office)
    make.entitlement(recipient=parent, disabled_person=child, holder="family", category="child")
    build(office)
    assert held(balance("3.6", office)) == {"died": 1}


def test_keeps_who_died_inside_the_month(office: Office) -> None:
    person = make.entitled_household(office=office).recipient.person
    person.death_date = MONTH
    person.save()
    assert build(office).rows == 1


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "rows"),
    [
        pytest.param(LONG_AGO, MONTH, 0, id="ended before"),
        pytest.param(LONG_AGO, dt.date(2026, 10, 2), 1, id="ends on the first day"),
        pytest.param(dt.date(2026, 11, 1), None, 0, id="begins after"),
    ],
)
def test_takes_the_rights_of_the_month_only(office: Office, valid_from, valid_to, rows: int) -> None:
    right = make.entitled_household(office=office).right
    right.valid_from, right.valid_to = valid_from, valid_to
    right.save()
    right.persons.update(valid_from=valid_from, valid_to=valid_to)
    assert build(office).rows == rows


def test_counts_residents_on_the_rights_last_day(office: Office) -> None:
    household = make.entitled_household(office=office)
    make.residence(dwelling=household.dwelling, valid_to=dt.date(2026, 10, 20))
    make.residence(dwelling=household.dwelling, valid_from=dt.date(2026, 10, 25))
    make.ended(household.right, dt.date(2026, 10, 16))
    assert RegisterRow.objects.get(register=build(office)).content["residents"] == 2


def test_leaves_out_services_that_the_measure_does_not_support(office: Office) -> None:
    household = make.entitled_household(office=office)
    account = with_account(household, "10")
    unsupported = make.service(code="42", kind="aerial", is_supported=False)
    make.connected_service(account=account, service=unsupported)
    (frozen,) = from_json(RegisterRow.objects.get(register=build(office)).content).accounts
    assert frozen.services == ("10",)


def test_holds_a_card_that_does_not_fit_the_file(office: Office) -> None:
    fits, strange = make.entitled_household(office=office), make.entitled_household(office=office)
    strange.recipient.person.first_name = "Łucja"
    strange.recipient.person.save()
    register = build(office)
    assert [row.recipient for row in RegisterRow.objects.filter(register=register)] == [fits.recipient]
    assert held(balance("3.6", office)) == {"does_not_fit": 1}


def test_leaves_other_offices_out(office: Office) -> None:
    make.entitled_household(office=make.office())
    assert build(office).rows == 0


def test_changes_nothing_when_built_again(office: Office) -> None:
    make.entitled_household(office=office)
    first = build(office)
    make.entitled_household(office=office)
    assert build(office) == first
    assert (RegisterRow.objects.count(), HandoverBalance.objects.count(), JournalEntry.objects.count()) == (1, 1, 1)


def test_asks_the_same_number_of_questions_for_two_and_for_twenty(office: Office) -> None:
    other = make.office()
    for place, recipients in ((office, 2), (other, 20)):
        for _ in range(recipients):
            with_account(make.entitled_household(office=place), "10")
    build(make.office())  # the counters of the year exist from here on
    counted = []
    for place in (office, other):
        by = make.staff()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            registers.build_register(office=place, month=MONTH, by=by, at=AT)
        counted.append(len(queries))
    assert counted[0] == counted[1] < 35


def test_refuses_a_month_that_is_not_open(office: Office) -> None:
    with pytest.raises(MonthNotOpen):
        registers.build_register(office=office, month=dt.date(2026, 9, 1), by=make.staff(), at=AT)


def test_refuses_to_build_without_the_layout() -> None:
    make.open_month()
    make.unit()
    with pytest.raises(LayoutNotUsable):
        build(make.office())


def test_hands_over_with_a_line_in_both_journals(office: Office) -> None:
    make.entitled_household(office=office)
    by = make.staff()
    register = hand_over(build(office), by)
    assert (register.status, register.handed_by, register.handed_at) == ("handed_over", by, AT)
    entries = JournalEntry.objects.filter(item="3.7").order_by("event")
    assert [(entry.event, entry.office.kind, entry.rows) for entry in entries] == [
        ("передано", "payments", 1),
        ("получено", "district", 1),
    ]
    assert {entry.sha256 for entry in entries} == {register.file.sha256}
    struck = balance("3.7", office)
    assert (struck.rows_in, struck.rows_on, struck.rows_held) == (1, 1, 0)


def test_refuses_to_hand_over_twice(office: Office) -> None:
    register = hand_over(build(office))
    with pytest.raises(RegisterNotFrozen):
        hand_over(register)
    assert JournalEntry.objects.filter(item="3.7").count() == 2


def test_accepts_a_register_once(office: Office) -> None:
    register = hand_over(build(office))
    by = make.staff(office=office)
    accepted = registers.accept_register(register_id=register.pk, by=by, at=AT)
    assert (accepted.status, accepted.answered_by) == ("accepted", by)
    assert set(JournalEntry.objects.filter(event="принято").values_list("office__kind", flat=True)) == {
        "district",
        "payments",
    }
    with pytest.raises(RegisterNotHandedOver):
        registers.accept_register(register_id=register.pk, by=by, at=AT)


def test_refuses_an_answer_before_the_hand_over(office: Office) -> None:
    with pytest.raises(RegisterNotHandedOver):
        registers.accept_register(register_id=build(office).pk, by=make.staff(), at=AT)


def test_refuses_an_answer_by_the_sender(office: Office) -> None:
    by = make.staff()
    register = hand_over(build(office), by)
    with pytest.raises(AnsweredByItsSender):
        registers.accept_register(register_id=register.pk, by=by, at=AT)


def test_refuses_a_rejection_without_a_reason(office: Office) -> None:
    register = hand_over(build(office))
    with pytest.raises(NoRejectionReason):
        registers.reject_register(register_id=register.pk, reason=" ", by=make.staff(), at=AT)


def test_builds_anew_after_a_rejection(office: Office) -> None:
    first = hand_over(build(office))
    registers.reject_register(register_id=first.pk, reason="нет улицы Мира", by=make.staff(), at=AT)
    make.entitled_household(office=office)
    second = build(office)
    hand_over(second)
    assert (second.number, second.rows) == (2, 1)
    standing = HandoverBalance.objects.filter(superseded_by__isnull=True).order_by("item")
    assert [(row.item, row.subject, row.rows_in) for row in standing] == [
        ("3.6", "реестр № 2", 1),
        ("3.7", "реестр № 2", 1),
    ]
