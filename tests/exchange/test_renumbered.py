"""Accounts that were renumbered: next month's request carries the new number, the former one is still recognised."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.checks.matching import Outcome, match_rows
from exchange.layouts.exchanged import ReturnedRow
from exchange.layouts.model import MatchKey
from exchange.models import ExchangeFile, RequestRow
from exchange.selectors.continuity import past_of
from providers.account_tables import Pair
from providers.services import transfers
from tests import factories as make
from tests.exchange.answering import Desk, answer, ask, billed, billed_household, codes_of, desk, filled, provider
from tests.exchange.checks.made import row
from tests.exchange.checks.test_matching import asked as asked_about
from tests.factories import AT, MONTH

SEPTEMBER = dt.date(2026, 9, 1)
GRACE = dt.date(2027, 1, 1)
BY_ACCOUNT = (MatchKey.ACCOUNT,)


def found(sent: str, *asked) -> list[tuple[Outcome, int | None]]:
    matched = match_rows([row(account=sent)], asked, matching=BY_ACCOUNT, is_long=False)
    return [(one.outcome, one.key) for one in matched]


def test_finds_a_row_by_the_other_number_of_its_account() -> None:
    assert found("77", asked_about(1, also=("77",)), asked_about(2)) == [(Outcome.ACCOUNT, 1)]


def test_takes_a_number_for_its_owners_when_two_have_exchanged_theirs() -> None:
    first = asked_about(1, account="1", also=("2",))
    second = asked_about(2, account="2", also=("1",))
    assert found("1", first, second) == [(Outcome.ACCOUNT, 1)]
    assert found("2", first, second) == [(Outcome.ACCOUNT, 2)]


def renumbered(at: Desk, *, valid_from: dt.date = MONTH, known_until: dt.date) -> tuple[ExchangeFile, str]:
    """The request of a month from which the account has another number, and the former number."""
    one = provider(at.office)
    former = billed_household(at.office, one).dwelling.accounts.get().number
    transfer = transfers.propose_renumbering(
        provider=one, pairs=[Pair(1, former, "N-1")], valid_from=valid_from, known_until=known_until, basis="письмо",
        by=make.staff(), at=AT,
    )  # fmt: skip
    transfers.carry_out(transfer_id=transfer.pk, by=make.staff(), at=AT)
    (request,) = ask(at.office)
    return request, former


def sent_back(at: Desk, request: ExchangeFile, number: str) -> ExchangeFile:
    """The request's answer under a number of the account."""
    lines = (billed("10"), billed("14"))
    return at.receive(filled(request, [ReturnedRow(answer(*lines, account=number), row_no=1)]), request.name)


@pytest.mark.django_db
def test_asks_by_the_new_number_and_recognises_the_former_one_for_a_time() -> None:
    at = desk()
    request, former = renumbered(at, known_until=GRACE)
    assert RequestRow.objects.get(file=request).account.number == "N-1"
    file = sent_back(at, request, former)
    assert file.returned_rows.get().match == "account"
    assert "E06" not in codes_of(at.verify(file))


@pytest.mark.django_db
def test_calls_the_former_number_another_account_when_its_time_is_over() -> None:
    at = desk()
    request, former = renumbered(at, valid_from=SEPTEMBER, known_until=SEPTEMBER + dt.timedelta(days=14))
    file = sent_back(at, request, former)
    assert file.returned_rows.get().match == "snils"
    assert "E06" in codes_of(at.verify(file))


@pytest.mark.django_db
def test_counts_last_months_charge_on_the_account_that_follows() -> None:
    at = desk()
    request, former = renumbered(at, known_until=GRACE)
    row = RequestRow.objects.get(file=request)
    make.open_month(SEPTEMBER)
    service = make.service(code="10")
    old = row.account.transfer_here.old_account
    make.charge(recipient=row.recipient, account=old, service=service, month=SEPTEMBER, billed=Decimal("250.00"))
    file = sent_back(at, request, former)
    past = past_of(file, RequestRow.objects.filter(file=request))
    key = (row.recipient_id, row.account_id, "10")
    assert (past.billed_before(key), past.account_before(key)) == (Decimal("250.00"), "")
