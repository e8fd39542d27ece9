"""Request files to providers, made of the accepted register (3.8)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.dbf.reading import read_dbf
from exchange.models import ExchangeFile, FileLayout, RecipientRegister, RegisterRow, RequestRow
from exchange.services import layouts, registers, requests
from exchange.services.requests import NotARequest, RegisterNotAccepted, SameNameTwice
from offices import files
from offices.models import HandoverBalance, JournalEntry, Office
from offices.services.months import MonthNotOpen
from providers.models import Provider
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


def provider(office: Office, layout: str = "l1_tula", **given: object) -> Provider:
    """A provider with an agreement with the office and a layout."""
    made = make.provider(**given)
    make.agreement(provider=made, office=office)
    make.provider_layout(provider=made, layout=FileLayout.objects.get(code=layout))
    return made


def household(office: Office, *billed_by: Provider, codes: tuple[str, ...] = ("10", "14")) -> EntitledHousehold:
    made = make.entitled_household(office=office)
    for one in billed_by:
        bill(made, one, codes)
    return made


def bill(one: EntitledHousehold, by: Provider, codes: tuple[str, ...]) -> None:
    account = make.account(dwelling=one.dwelling, provider=by)
    for code in codes:
        make.connected_service(account=account, service=make.service(code=code, kind=f"kind{code}"))


def accepted(office: Office) -> RecipientRegister:
    register = registers.build_register(office=office, month=MONTH, by=make.staff(), at=AT)
    registers.hand_over_register(register_id=register.pk, by=make.staff(), at=AT)
    return registers.accept_register(register_id=register.pk, by=make.staff(), at=AT)


def export(office: Office) -> list[ExchangeFile]:
    return requests.export_request_files(office=office, month=MONTH, by=make.staff(), at=AT)


def cells(file: ExchangeFile) -> list[dict[str, object]]:
    table = read_dbf(files.read(file.file))
    names = [field.name for field in table.fields]
    return [dict(zip(names, row.values, strict=True)) for row in table.rows()]


def held(office: Office) -> dict[str, int]:
    return dict(HandoverBalance.objects.get(item="3.8", office=office).held.values_list("reason", "rows"))


def test_sends_a_wide_file_with_a_row_for_each_account(office: Office) -> None:
    water = provider(office, code="00417")
    one = household(office, water)
    register = accepted(office)
    (file,) = export(office)
    (row,) = cells(file)
    person, account = one.recipient.person, one.dwelling.accounts.get()
    assert (file.name, file.status, file.rows, file.provider) == ("03_00417_202610.dbf", "sent", 1, water)
    assert (row["FAMIL"], row["LCHET"], row["OPL"]) == (person.last_name, account.number, Decimal("54.00"))
    assert (row["KOLZR"], row["SUM4"]) == (Decimal(1), None)
    stored = RequestRow.objects.get(file=file)
    assert (stored.row_number, stored.recipient, stored.account) == (1, one.recipient, account)
    assert stored.services == ["10", "14"]
    assert stored.register_row == RegisterRow.objects.get(register=register)


def test_sends_a_long_file_with_a_row_for_each_service(office: Office) -> None:
    one = household(office, provider(office, layout="long"))
    accepted(office)
    (file,) = export(office)
    rows = RequestRow.objects.filter(file=file).order_by("row_number")
    assert [(row.row_number, row.services) for row in rows] == [(1, ["10"]), (2, ["14"])]
    assert [row["USLUGA"] for row in cells(file)] == ["10", "14"]
    assert {row["NOMER"] for row in cells(file)} == {str(rows[0].register_row_id)}
    assert {row.recipient for row in rows} == {one.recipient}


def test_sends_the_capital_repair_fund_its_own_service_only(office: Office) -> None:
    fund = provider(office, layout="l3_capital_repair")
    one = make.entitled_household(office=office)
    account = make.account(dwelling=one.dwelling, provider=fund, number="123456789")
    for code in ("03", "10"):
        make.connected_service(account=account, service=make.service(code=code, kind=f"kind{code}"))
    accepted(office)
    (file,) = export(office)
    assert RequestRow.objects.get(file=file).services == ["03"]
    assert (file.name, cells(file)[0]["KOD_POST"]) == ("LGT-2026-10.dbf", "203")


def test_asks_every_provider_of_a_recipient(office: Office) -> None:
    first, second = provider(office), provider(office, layout="long")
    household(office, first, second)
    household(office, second)
    accepted(office)
    counted = {file.provider: file.request_rows.values("recipient").distinct().count() for file in export(office)}
    assert counted == {first: 1, second: 2}


def test_asks_about_both_recipients_of_one_account(office: Office) -> None:
    one = household(office, provider(office))
    other = make.entitled_household(office=office, dwelling=one.dwelling)
    accepted(office)
    (file,) = export(office)
    assert {row.recipient for row in file.request_rows.all()} == {one.recipient, other.recipient}
    assert file.request_rows.values("account").distinct().count() == 1


def test_asks_about_a_recipient_of_two_rights_once(office: Office) -> None:
    one = household(office, provider(office))
    child = make.person(birth_date=dt.date(2015, 5, 5))
    make.entitlement(recipient=one.recipient, disabled_person=child, holder="family", category="child")
    register = accepted(office)
    (file,) = export(office)
    assert (register.rows, file.request_rows.count()) == (2, 1)
    struck = HandoverBalance.objects.get(item="3.8")
    assert (struck.rows_in, struck.rows_on, struck.rows_held) == (2, 2, 0)


def test_holds_by_reason_whom_nobody_can_be_asked_about(office: Office) -> None:
    asked = household(office, provider(office))
    household(office)
    household(office, make.provider())
    without_layout = make.provider()
    make.agreement(provider=without_layout, office=office)
    household(office, without_layout)
    household(office, provider(office, is_technically_able=False, inability_reason="нет программы"))
    household(office, provider(office, layout="l3_capital_repair"), codes=("10",))
    register = accepted(office)
    assert len(export(office)) == 1
    assert held(office) == {
        "no_account": 1,
        "no_agreement": 1,
        "no_layout": 1,
        "provider_unable": 1,
        "does_not_fit": 1,
    }
    struck = HandoverBalance.objects.get(item="3.8")
    assert (struck.rows_in, struck.rows_on, struck.roubles_in) == (6, 1, Decimal(0))
    sent = RequestRow.objects.filter(register_row__register=register).values("recipient")
    silent = {row.recipient for row in RegisterRow.objects.filter(register=register).exclude(recipient__in=sent)}
    assert len(silent) == 5
    assert asked.recipient not in silent


def test_does_not_hold_a_recipient_whom_another_provider_is_asked_about(office: Office) -> None:
    household(office, make.provider(), provider(office))
    accepted(office)
    export(office)
    assert held(office) == {}


def test_holds_a_person_who_does_not_fit_the_layout_and_sends_the_rest(office: Office) -> None:
    asked = provider(office, layout="long")
    fits, long_name = household(office, asked), household(office, asked)
    long_name.recipient.person.last_name = "Я" * 41
    long_name.recipient.person.save()
    accepted(office)
    (file,) = export(office)
    assert {row.recipient for row in file.request_rows.all()} == {fits.recipient}
    assert held(office) == {"does_not_fit": 1}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "sent"),
    [
        pytest.param(LONG_AGO, MONTH, 0, id="ended before"),
        pytest.param(dt.date(2026, 10, 31), None, 1, id="begins on the last day"),
        pytest.param(dt.date(2026, 11, 1), None, 0, id="begins after"),
    ],
)
def test_asks_under_an_agreement_of_the_month_only(office: Office, valid_from, valid_to, sent: int) -> None:
    asked = make.provider()
    make.agreement(provider=asked, office=office, valid_from=valid_from, valid_to=valid_to)
    make.agreement(provider=asked, office=make.office())
    make.provider_layout(provider=asked, layout=FileLayout.objects.get(code="l1_tula"))
    household(office, asked)
    accepted(office)
    assert len(export(office)) == sent


def test_writes_each_file_into_the_journal(office: Office) -> None:
    household(office, provider(office))
    accepted(office)
    (file,) = export(office)
    entry = JournalEntry.objects.get(item="3.8")
    assert (entry.office, entry.event, entry.counterpart) == (office, "отправлено", str(file.provider))
    assert (entry.file_name, entry.sha256, entry.rows) == (file.name, file.sha256, 1)


def test_changes_nothing_when_exported_again(office: Office) -> None:
    household(office, provider(office))
    accepted(office)
    first = export(office)
    late = provider(office)
    household(office, late)
    assert export(office) == first
    assert (RequestRow.objects.count(), JournalEntry.objects.filter(item="3.8").count()) == (1, 1)


def test_balances_a_register_of_nobody(office: Office) -> None:
    accepted(office)
    assert export(office) == export(office) == []
    assert HandoverBalance.objects.get(item="3.8").rows_in == 0


def test_refuses_before_the_office_accepted_the_register(office: Office) -> None:
    register = registers.build_register(office=office, month=MONTH, by=make.staff(), at=AT)
    registers.hand_over_register(register_id=register.pk, by=make.staff(), at=AT)
    with pytest.raises(RegisterNotAccepted):
        export(office)


def test_refuses_a_month_that_is_not_open(office: Office) -> None:
    with pytest.raises(MonthNotOpen):
        requests.export_request_files(office=office, month=dt.date(2026, 9, 1), by=make.staff(), at=AT)


def test_refuses_two_files_of_one_name(office: Office) -> None:
    funds = [provider(office, layout="l3_capital_repair"), provider(office, layout="l3_capital_repair")]
    one = make.entitled_household(office=office)
    for fund in funds:
        account = make.account(dwelling=one.dwelling, provider=fund, number="1")
        make.connected_service(account=account, service=make.service(code="03", kind="capital_repair"))
    accepted(office)
    with pytest.raises(SameNameTwice, match="общее у предприятий"):
        export(office)
    assert not ExchangeFile.objects.exists()


def test_asks_the_same_number_of_questions_for_two_and_for_twenty(office: Office) -> None:
    other = make.office()
    counted = []
    for place, recipients in ((office, 2), (other, 20)):
        billing = [provider(place), provider(place, layout="long")]
        for _ in range(recipients):
            household(place, *billing)
        accepted(place)
        by = make.staff()
        with CaptureQueriesContext(connection) as queries:
            requests.export_request_files(office=place, month=MONTH, by=by, at=AT)
        counted.append(len(queries))
    assert counted[0] == counted[1] < 60


def test_records_the_providers_confirmation_once(office: Office) -> None:
    household(office, provider(office))
    accepted(office)
    (file,) = export(office)
    later = AT + dt.timedelta(days=1)
    first = requests.acknowledge_request(file_id=file.pk, who="Сидорова А. А.", at=AT)
    again = requests.acknowledge_request(file_id=file.pk, who="Другой", at=later)
    assert (first.status, first.acknowledged_by) == ("acknowledged", "Сидорова А. А.")
    assert (again.acknowledged_by, again.acknowledged_at) == ("Сидорова А. А.", AT)
    assert JournalEntry.objects.filter(event="получение подтверждено").count() == 1


def test_refuses_to_confirm_what_is_not_a_request(office: Office) -> None:
    stored = files.store(content=b"1", name="PFR_202610.dbf", media_type=files.DBF, by=make.staff(), at=AT)
    file = ExchangeFile.objects.create(
        kind="pension",
        office=office,
        month=MONTH,
        file=stored,
        name=stored.name,
        sha256=stored.sha256,
        status="received",
        at=AT,
        by=make.staff(),
    )
    with pytest.raises(NotARequest):
        requests.acknowledge_request(file_id=file.pk, who="Сидорова", at=AT)
