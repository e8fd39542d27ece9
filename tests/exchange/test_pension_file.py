"""The pension fund's file: taken whole or refused, staged, matched, compared (3.4)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.models import ExchangeFile, PensionDifference, PensionRecord
from exchange.selectors.pension import proposals_of
from exchange.services import layouts, pension_data
from offices.models import HandoverBalance, JournalEntry, Office, Role, StoredFile
from offices.services.months import MonthNotOpen
from recipients.models import Entitlement
from tests import factories as make
from tests.exchange.pension_files import agreeing, line, pension_file
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Office:
    """The payments unit in an open month, with the layouts in their directory."""
    make.open_month()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    return make.unit()


def receive(content: bytes, *, name: str = "PFR_202610.dbf", month: dt.date = MONTH) -> ExchangeFile:
    return pension_data.receive_pension_file(content=content, name=name, month=month, by=make.staff(), at=AT)


def matches(file: ExchangeFile) -> list[str]:
    return list(file.pension_records.order_by("row_number").values_list("match", flat=True))


def found(file: ExchangeFile) -> set[tuple[str, str, str]]:
    return set(file.pension_differences.values_list("kind", "ours", "theirs"))


def test_finds_nothing_when_the_fund_says_the_same(unit: Office) -> None:
    right = make.entitlement()
    file = receive(pension_file(agreeing(right)))
    record = PensionRecord.objects.get(file=file)
    assert (file.status, file.rows, file.office) == ("received", 1, unit)
    assert (record.match, record.person) == ("snils", right.disabled_person)
    assert record.content["last_name"] == right.disabled_person.last_name
    assert record.content["birth_date"] == right.disabled_person.birth_date.isoformat()
    assert found(file) == set()


def test_writes_journal_and_balance(unit: Office) -> None:
    right = make.entitlement()
    stranger = make.person()
    file = receive(pension_file(agreeing(right), line(stranger)))
    entry = JournalEntry.objects.get(item="3.4")
    assert (entry.office, entry.event, entry.rows, entry.sha256) == (unit, "получено", 2, file.sha256)
    struck = HandoverBalance.objects.get(item="3.4")
    assert (struck.rows_in, struck.rows_on, struck.rows_held, struck.roubles_in) == (2, 1, 1, Decimal(0))
    assert list(struck.held.values_list("reason", "rows")) == [("unknown", 1)]


def test_matches_by_name_and_birth_date_whatever_the_spelling(unit: Office) -> None:
    person = make.person(last_name="Белозёрова", first_name="Анна Мария", snils=None)
    make.entitlement(recipient=make.recipient(person=person))
    spelled = line(person, last_name="  БЕЛОЗЕРОВА", first_name="анна  мария", snils=make.snils())
    file = receive(pension_file(spelled))
    assert matches(file) == ["name"]
    assert found(file) == set()


def test_does_not_guess_between_namesakes(unit: Office) -> None:
    one = make.person(snils=None)
    other = make.person(snils=None, last_name=one.last_name)
    for person in (one, other):
        make.entitlement(recipient=make.recipient(person=person))
    assert matches(receive(pension_file(line(one)))) == ["ambiguous"]


def test_does_not_take_a_namesake_with_another_snils(unit: Office) -> None:
    person = make.entitlement().disabled_person
    assert matches(receive(pension_file(line(person, snils=make.snils())))) == ["ambiguous"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"snils": "11223344596"}, "Контрольное число", id="СНИЛС"),
        pytest.param({"file_month": dt.date(2026, 9, 1)}, "Строка за 09.2026", id="month of the row"),
    ],
)
def test_stages_a_faulty_row_without_taking_its_person_for_disappeared(unit: Office, given, said: str) -> None:
    right = make.entitlement()
    other = make.entitlement()
    file = receive(pension_file(agreeing(other), agreeing(right) | given))
    faulty = PensionRecord.objects.get(file=file, match="faulty")
    assert (faulty.row_number, faulty.person) == (2, None)
    assert said in faulty.content["faults"][0]
    assert found(file) == set()


def test_counts_the_second_row_of_a_person_as_faulty(unit: Office) -> None:
    right = make.entitlement()
    file = receive(pension_file(agreeing(right), agreeing(right)))
    assert matches(file) == ["snils", "faulty"]


DIFFERENCES = [
    pytest.param({"death_date": dt.date(2026, 9, 12)}, {("died", "", "12.09.2026")}, id="died"),
    pytest.param(
        {"last_name": "Орлова", "first_name": "Вера", "middle_name": ""},
        {("name", "Иванова Любовь Ильинична", "Орлова Вера")},
        id="name",
    ),
    pytest.param({"birth_date": dt.date(1951, 3, 15)}, {("birth_date", "14.03.1951", "15.03.1951")}, id="birth date"),
    pytest.param({"disability_group": "3"}, {("group", "инвалид II группы", "инвалид III группы")}, id="group"),
    pytest.param({"disability_group": ""}, {("ended", "инвалид II группы", "не указана")}, id="no group"),
    pytest.param(
        {"disability_to": dt.date(2027, 1, 31)}, {("certificate", "бессрочно", "по 31.01.2027")}, id="certificate"
    ),
    pytest.param({"removed_flag": True}, {("disappeared", "право действует", "исключён")}, id="removed"),
]


@pytest.mark.parametrize(("given", "expected"), DIFFERENCES)
def test_lists_what_the_fund_says_otherwise(unit: Office, given, expected) -> None:
    person = make.person(last_name="Иванова")
    right = make.entitlement(recipient=make.recipient(person=person))
    file = receive(pension_file(agreeing(right) | given))
    assert found(file) == expected
    person.refresh_from_db()
    right.refresh_from_db()
    assert (person.last_name, person.death_date, right.category) == ("Иванова", None, "2")


def test_compares_the_last_day_of_a_certificate(unit: Office) -> None:
    right = make.entitlement(certificate_valid_to=dt.date(2027, 2, 1))
    assert found(receive(pension_file(agreeing(right)))) == set()


def test_lists_the_active_disabled_person_who_is_not_in_the_file(unit: Office) -> None:
    present, absent = make.entitlement(), make.entitlement()
    make.entitlement(valid_to=MONTH)
    gone = make.entitlement().disabled_person
    gone.death_date = dt.date(2026, 8, 1)
    gone.save()
    file = receive(pension_file(agreeing(present)))
    difference = PensionDifference.objects.get(file=file)
    assert (difference.kind, difference.person, difference.recipient) == (
        "disappeared",
        absent.disabled_person,
        absent.recipient,
    )


def family_right() -> Entitlement:
    child = make.person(birth_date=dt.date(2015, 5, 5))
    return make.entitlement(disabled_person=child, holder="family", category="child")


def test_does_not_miss_a_parent_who_has_no_pension(unit: Office) -> None:
    assert found(receive(pension_file(agreeing(family_right())))) == set()


def test_lists_the_death_of_a_parent_who_is_paid(unit: Office) -> None:
    right = family_right()
    parent = line(right.recipient.person, death_date=MONTH, disability_group="")
    file = receive(pension_file(agreeing(right), parent))
    difference = PensionDifference.objects.get(file=file)
    assert (difference.kind, difference.person) == ("died", right.recipient.person)


def test_returns_the_same_bytes_unchanged(unit: Office) -> None:
    right = make.entitlement()
    content = pension_file(agreeing(right))
    first = receive(content)
    counted = (StoredFile.objects.count(), JournalEntry.objects.count(), PensionRecord.objects.count())
    assert receive(content) == first
    assert (StoredFile.objects.count(), JournalEntry.objects.count(), PensionRecord.objects.count()) == counted


def nothing_changed(file: ExchangeFile) -> bool:
    return not (
        PensionRecord.objects.filter(file=file).exists()
        or PensionDifference.objects.filter(file=file).exists()
        or HandoverBalance.objects.filter(item="3.4").exists()
    )


def another_layout() -> bytes:
    content = pension_file(line(make.person()))
    return content.replace(b"SNILS\0\0\0\0\0\0", b"STRAHN\0\0\0\0\0", 1)


REFUSED = [
    pytest.param(lambda: b"not a table at all", "PFR_202610.dbf", None, id="not a table"),
    pytest.param(lambda: pension_file(line(make.person()))[:-20], "PFR_202610.dbf", None, id="truncated"),
    pytest.param(another_layout, "PFR_202610.dbf", "missing_column", id="a column missing"),
    pytest.param(pension_file, "PFR_202610.dbf", "no_rows", id="without rows"),
    pytest.param(lambda: pension_file(line(make.person())), "PFR_202609.dbf", "wrong_month", id="month of the name"),
    pytest.param(
        lambda: pension_file(line(make.person(), file_month=dt.date(2026, 9, 1))),
        "file.dbf",
        "wrong_month",
        id="month of the rows",
    ),
]


@pytest.mark.parametrize(("content", "name", "code"), REFUSED)
def test_refuses_a_file_at_fault_and_changes_nothing_else(unit: Office, content, name: str, code: str | None) -> None:
    make.entitlement()
    file = receive(content(), name=name)
    assert file.status == "refused"
    assert file.refusal_text
    assert code in {None, file.refusal_code}
    assert nothing_changed(file)
    assert JournalEntry.objects.get(item="3.4").event == "не принято"


def test_takes_the_file_sent_again_after_a_refusal(unit: Office) -> None:
    right = make.entitlement()
    content = pension_file(agreeing(right))
    refused, taken = receive(content[:-20]), receive(content)
    assert (refused.status, taken.status) == ("refused", "received")


def test_refuses_another_file_after_one_was_taken(unit: Office) -> None:
    right = make.entitlement()
    taken = receive(pension_file(agreeing(right)))
    second = receive(pension_file(agreeing(right) | {"last_name": "Другова"}))
    assert (second.status, second.refusal_code) == ("refused", "already_received")
    assert PensionRecord.objects.count() == taken.rows


def test_refuses_a_month_that_is_not_open(unit: Office) -> None:
    with pytest.raises(MonthNotOpen):
        receive(b"", month=dt.date(2026, 9, 1))


def test_asks_the_same_number_of_questions_for_two_and_for_twenty(unit: Office) -> None:
    counted = []
    warming_up = (dt.date(2026, 9, 1), 1)  # the journal's counter of the year exists from here on
    for month, people in (warming_up, (MONTH, 2), (dt.date(2026, 11, 1), 20)):
        make.open_month(month)
        rights = [make.entitlement() for _ in range(people)]
        content = pension_file(*(agreeing(right, file_month=month) | {"disability_group": "3"} for right in rights))
        by = make.staff()
        with CaptureQueriesContext(connection) as queries:
            pension_data.receive_pension_file(content=content, name="PFR.dbf", month=month, by=by, at=AT)
        counted.append(len(queries))
    assert counted[1] == counted[2] < 40


def test_shows_each_office_its_own_differences(unit: Office) -> None:
    ours, theirs = make.entitlement(), make.entitlement()
    receive(pension_file(line(make.person())))
    specialist = make.staff(Role.INTAKE, office=ours.recipient.office)
    rows = proposals_of(month=MONTH, staff=specialist, on=AT.date())
    assert [row.recipient for row in rows] == [ours.recipient]
    department = make.staff(Role.RECEPTION, office=unit)
    seen = proposals_of(month=MONTH, staff=department, on=AT.date())
    assert {row.recipient for row in seen} == {ours.recipient, theirs.recipient}
