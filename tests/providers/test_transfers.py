"""Bulk transfers of accounts: what is judged, what is moved, what stays, who may."""

import datetime as dt

import pytest

from offices.models import JournalEntry
from offices.services import months
from providers import selectors
from providers.account_tables import Pair
from providers.models import Agreement, ConnectedService, ProviderDistrict, ServiceAccount
from providers.services import transfers
from providers.services.accounts import close_account, open_account
from providers.services.transfers import AccountsChanged, ConfirmedByItsAuthor, TransferDecided, TransferNotSound
from providers.transferring import Fate, plan_merger, plan_renumbering
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH
from tests.workplace.board.ground import district

pytestmark = pytest.mark.django_db
LATER = dt.date(2027, 1, 1)
SAID = {"valid_from": MONTH, "known_until": LATER, "basis": "письмо № 7"}


def pairs(*lines: tuple[str, str]) -> list[Pair]:
    return [Pair(place, *line) for place, line in enumerate(lines, start=1)]


def numbers(provider, *values: str) -> list[ServiceAccount]:
    return [make.account(provider=provider, number=value) for value in values]


def proposed(provider, *lines: tuple[str, str], **given):
    made = {"by": make.staff(), "at": AT, **SAID} | given
    return transfers.propose_renumbering(provider=provider, pairs=pairs(*lines), **made)


def carried_out(transfer):
    return transfers.carry_out(transfer_id=transfer.pk, by=make.staff(), at=AT)


def fates(provider, *lines: tuple[str, str]) -> list[Fate]:
    plan = plan_renumbering(provider=provider, pairs=pairs(*lines), valid_from=MONTH)
    return [line.fate for line in plan.lines]


def test_judges_every_line_of_a_table() -> None:
    one = make.provider()
    numbers(one, "1", "2", "3", "9")
    make.account(provider=one, number="4", valid_from=MONTH)
    make.account(provider=one, number="5", valid_to=MONTH)
    make.account(number="77")
    found = fates(one, ("1", "N1"), ("2", "9"), ("3", "3"), ("4", "N4"), ("5", "N5"), ("6", "N6"), ("77", "N7"))
    assert found == [
        Fate.FOUND, Fate.TAKEN, Fate.SAME, Fate.LATER, Fate.NOT_FOUND, Fate.NOT_FOUND, Fate.NOT_FOUND,
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [[("1", "N1"), ("1", "N2")], [("1", "N1"), ("2", "N1")]], ids=["former", "new"])
def test_refuses_a_number_that_stands_twice(lines: list[tuple[str, str]]) -> None:
    one = make.provider()
    numbers(one, "1", "2")
    assert set(fates(one, *lines)) == {Fate.REPEATED}
    with pytest.raises(TransferNotSound, match="дважды"):
        proposed(one, *lines)


def test_counts_open_accounts_that_the_table_does_not_name() -> None:
    one = make.provider()
    numbers(one, "1", "2", "3")
    assert plan_renumbering(provider=one, pairs=pairs(("1", "N1")), valid_from=MONTH).unnamed == 2


def test_ends_the_former_account_and_begins_the_new_one_on_the_day() -> None:
    one = make.provider()
    (old,) = numbers(one, "1")
    service = make.connected_service(account=old, is_metered=True, meter="СВ-15")
    later = make.connected_service(account=old, service=make.service(code="10", kind="water"), valid_from=LATER)
    make.open_month()
    transfer = carried_out(proposed(one, ("1", "N1")))
    old.refresh_from_db()
    line = transfer.lines.get()
    new = line.new_account
    assert (old.valid_to, old.number) == (MONTH, "1")
    assert (new.number, new.dwelling_id, new.valid_from, new.valid_to) == ("N1", old.dwelling_id, MONTH, None)
    service.refresh_from_db()
    later.refresh_from_db()
    assert (service.valid_to, service.account) == (MONTH, old)
    assert later.account == new
    moved = new.services.get(service=service.service)
    assert (moved.valid_from, moved.valid_to, moved.is_metered, moved.meter) == (MONTH, None, True, "СВ-15")


def test_leaves_charges_of_the_months_before_where_they_are() -> None:
    one = make.provider()
    (old,) = numbers(one, "1")
    before = dt.date(2026, 9, 1)
    make.open_month(before)
    charge = make.charge(account=old, month=before)
    carried_out(proposed(one, ("1", "N1")))
    charge.refresh_from_db()
    assert (charge.account, charge.provider) == (old, one)


def test_refuses_accounts_billed_from_the_day_on() -> None:
    one = make.provider()
    (old,) = numbers(one, "1")
    make.open_month()
    make.charge(account=old)
    with pytest.raises(TransferNotSound, match="начисления уже приняты"):
        proposed(one, ("1", "N1"))


def test_exchanges_two_numbers() -> None:
    one = make.provider()
    first, second = numbers(one, "1", "2")
    carried_out(proposed(one, ("1", "2"), ("2", "1")))
    homes = {row.number: row.dwelling_id for row in ServiceAccount.objects.valid_on(MONTH).filter(provider=one)}
    assert homes == {"2": first.dwelling_id, "1": second.dwelling_id}


def test_is_carried_out_by_another_person_once() -> None:
    one, by = make.provider(), make.staff()
    numbers(one, "1")
    transfer = proposed(one, ("1", "N1"), by=by)
    with pytest.raises(ConfirmedByItsAuthor, match="другой сотрудник"):
        transfers.carry_out(transfer_id=transfer.pk, by=by, at=AT)
    assert not ServiceAccount.objects.filter(number="N1").exists()
    carried_out(transfer)
    with pytest.raises(TransferDecided, match="уже выполнено"):
        carried_out(transfer)
    assert ServiceAccount.objects.filter(number="N1").count() == 1


def test_takes_the_same_table_again_for_the_same_transfer() -> None:
    one = make.provider()
    numbers(one, "1", "2")
    first = proposed(one, ("1", "N1"), ("2", "N2"))
    assert proposed(one, ("2", "N2"), ("1", "N1")) == first
    carried_out(first)
    assert proposed(one, ("1", "N1"), ("2", "N2")) == first


def test_is_withdrawn_and_entered_anew() -> None:
    one = make.provider()
    numbers(one, "1")
    first = proposed(one, ("1", "N1"))
    transfers.withdraw_transfer(transfer_id=first.pk, by=first.proposed_by, at=AT)
    with pytest.raises(TransferDecided, match="отозвано"):
        carried_out(first)
    assert proposed(one, ("1", "N1")) != first


def test_moves_nothing_when_an_account_was_closed_meanwhile() -> None:
    one = make.provider()
    first, _ = numbers(one, "1", "2")
    transfer = proposed(one, ("1", "N1"), ("2", "N2"))
    close_account(account_id=first.pk, valid_to=dt.date(2026, 9, 1))
    with pytest.raises(AccountsChanged, match="было 2, стало 1"):
        carried_out(transfer)
    assert not ServiceAccount.objects.filter(number__startswith="N").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"valid_from": dt.date(2026, 10, 2)}, "с первого числа"),
        ({"known_until": MONTH}, "позже дня перевода"),
        ({"basis": " "}, "основание"),
    ],
    ids=["inside a month", "no time to be known", "no basis"],
)
def test_refuses_a_transfer_that_says_too_little(given: dict, words: str) -> None:
    one = make.provider()
    numbers(one, "1")
    with pytest.raises(TransferNotSound, match=words):
        proposed(one, ("1", "N1"), **given)


def test_refuses_a_day_of_a_closed_month() -> None:
    one = make.provider()
    numbers(one, "1")
    make.open_month()
    months.close_month(month=MONTH, checklist=[], by=make.staff(), at=AT)
    with pytest.raises(TransferNotSound, match="закрыт"):
        proposed(one, ("1", "N1"))


def test_refuses_a_table_of_strangers() -> None:
    with pytest.raises(TransferNotSound, match="переводить нечего"):
        proposed(make.provider(), ("1", "N1"))


def test_passes_everything_of_a_provider_to_its_successor() -> None:
    gone, heir, office = make.provider(), make.provider(short_name="Наследник"), district("А район")
    kept = make.account(provider=gone, number="1", dwelling=make.dwelling(district=office.district))
    make.connected_service(account=kept)
    make.account(provider=gone, number="2", valid_to=LONG_AGO + dt.timedelta(days=5))
    ProviderDistrict.objects.create(provider=gone, district=office.district, valid_from=LONG_AGO)
    agreement = make.agreement(provider=gone, office=office)
    transfer = transfers.propose_merger(provider=gone, successor=heir, **SAID, by=make.staff(), at=AT)
    carried_out(transfer)
    assert not ServiceAccount.objects.valid_on(MONTH).filter(provider=gone).exists()
    new = ServiceAccount.objects.get(provider=heir)
    assert (new.number, new.dwelling_id, new.valid_from) == ("1", kept.dwelling_id, MONTH)
    assert ConnectedService.objects.valid_on(MONTH).get().account == new
    assert ProviderDistrict.objects.valid_on(MONTH).get(district=office.district).provider == heir
    agreement.refresh_from_db()
    assert agreement.valid_to == MONTH
    entry = JournalEntry.objects.get(office=office)
    assert (entry.event, entry.rows) == ("счета переведены", 1)
    assert "Наследник" in entry.subject


def test_warns_of_what_a_merger_does_not_do() -> None:
    gone, heir = make.provider(), make.provider()
    agreement = make.agreement(provider=gone)
    make.account(provider=gone)
    make.tariff(provider=gone, service=make.service(code="10", kind="water", name="Холодная вода"))
    warnings = plan_merger(provider=gone, successor=heir, valid_from=MONTH).warnings
    assert len(warnings) == 2
    assert str(agreement.office) in warnings[0]
    assert "Холодная вода" in warnings[1]
    Agreement.objects.create(provider=heir, office=agreement.office, number="1", signed_on=MONTH, valid_from=MONTH)
    assert len(plan_merger(provider=gone, successor=heir, valid_from=MONTH).warnings) == 1


def test_refuses_a_merger_onto_a_number_that_is_taken() -> None:
    gone, heir = make.provider(), make.provider()
    numbers(gone, "1")
    numbers(heir, "1")
    with pytest.raises(TransferNotSound, match="занят"):
        transfers.propose_merger(provider=gone, successor=heir, **SAID, by=make.staff(), at=AT)


def test_refuses_a_merger_when_an_account_was_opened_meanwhile() -> None:
    gone, heir = make.provider(), make.provider()
    numbers(gone, "1")
    transfer = transfers.propose_merger(provider=gone, successor=heir, **SAID, by=make.staff(), at=AT)
    open_account(provider=gone, dwelling=make.dwelling(), number="2", valid_from=LONG_AGO)
    with pytest.raises(AccountsChanged):
        carried_out(transfer)


def test_knows_the_other_number_of_an_account_for_a_time() -> None:
    one = make.provider()
    (old,) = numbers(one, "1")
    transfer = proposed(one, ("1", "N1"))
    day = LATER - dt.timedelta(days=1)
    assert selectors.other_numbers(accounts=[old.pk], on=day) == {}
    carried_out(transfer)
    new = transfer.lines.get().new_account
    assert selectors.other_numbers(accounts=[new.pk], on=day) == {new.pk: ("1",)}
    assert selectors.other_numbers(accounts=[old.pk], on=day) == {old.pk: ("N1",)}
    assert selectors.other_numbers(accounts=[new.pk], on=LATER) == {}
    assert selectors.former_accounts(accounts=[new.pk]) == {new.pk: old.pk}
