"""A returned payment is cleared up by another person and comes back once, in a supplementary list."""

import datetime as dt
from decimal import Decimal

import pytest

from offices.models import HandoverBalance
from payments.models import PaymentLine, PaymentList, ReturnedPayment
from payments.services import lists, returns
from recipients.services.own_case import OwnCase
from tests import factories
from tests.payments import paying

pytestmark = pytest.mark.django_db

NEXT_LISTED_AT = dt.datetime(2026, 12, 5, 10, 0, tzinfo=factories.MOSCOW)
NEXT_FORMED_AT = dt.datetime(2026, 12, 8, 10, 0, tzinfo=factories.MOSCOW)
NEW_FROM = dt.date(2026, 11, 22)


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


def clarify(department, returned: ReturnedPayment, outcome: str = "relist", **given) -> ReturnedPayment:
    return returns.clarify_return(
        **{
            "returned_id": returned.pk,
            "outcome": outcome,
            "clarification": "получатель сообщил, что счёт действует",
            "by": department.former,
            "at": paying.CLARIFIED_AT,
        }
        | given
    )


def supplementary(department, office, **given) -> PaymentList:
    return lists.build_supplementary_list(
        **{"office": office, "month": paying.NEXT, "by": department.former, "at": NEXT_LISTED_AT} | given
    )


def test_clears_a_return_up(department, office) -> None:
    returned = clarify(department, paying.returned_line(department, office))
    returned.refresh_from_db()
    assert (returned.outcome, returned.clarified_by) == ("relist", department.former)


def test_refuses_the_recorder_of_the_return(department, office) -> None:
    returned = paying.returned_line(department, office)
    with pytest.raises(returns.OutcomeNotPossible, match="не тот, кто записал"):
        clarify(department, returned, by=department.recorder)


def test_refuses_one_who_is_paid_by_the_line(department, office) -> None:
    returned = paying.returned_line(department, office)
    own = factories.staff(snils=returned.line.recipient.person.snils)
    with pytest.raises(OwnCase):
        clarify(department, returned, by=own)


def test_clears_a_return_up_once(department, office) -> None:
    returned = clarify(department, paying.returned_line(department, office))
    with pytest.raises(returns.ReturnAlreadyClarified):
        clarify(department, returned, outcome="closed")


@pytest.mark.parametrize("text", ["", "  "])
def test_asks_what_was_found_out(department, office, text: str) -> None:
    with pytest.raises(returns.OutcomeNotPossible, match="что выяснено"):
        clarify(department, paying.returned_line(department, office), clarification=text)


def test_asks_for_new_requisites_where_the_reason_spoils_them(department, office) -> None:
    returned = paying.returned_line(department, office, reason="B01")
    with pytest.raises(returns.OutcomeNotPossible, match="новые подтверждённые реквизиты"):
        clarify(department, returned)
    old = returned.line.channel
    old.valid_to = NEW_FROM
    old.save()
    factories.channel(recipient=returned.line.recipient, valid_from=NEW_FROM)
    assert clarify(department, returned).outcome == "relist"


@pytest.mark.parametrize("reason", ["B05"])
def test_never_lists_again_where_the_reason_stops_the_payment(department, office, reason: str) -> None:
    with pytest.raises(returns.OutcomeNotPossible, match="повторно не включают"):
        clarify(department, paying.returned_line(department, office, reason=reason))


def test_leaves_a_sum_to_heirs_only_of_the_dead(department, office) -> None:
    returned = paying.returned_line(department, office, reason="B05")
    with pytest.raises(returns.OutcomeNotPossible, match="сначала внесите"):
        clarify(department, returned, outcome="heirs")
    person = returned.line.recipient.person
    person.death_date = dt.date(2026, 11, 2)
    person.save()
    assert clarify(department, returned, outcome="heirs").outcome == "heirs"


@pytest.mark.parametrize("outcome", ["open", "nonsense"])
def test_refuses_what_is_no_outcome(department, office, outcome: str) -> None:
    with pytest.raises(returns.OutcomeNotPossible):
        clarify(department, paying.returned_line(department, office), outcome=outcome)


def test_lists_a_return_again_with_the_next_months_documents(department, office) -> None:
    returned = clarify(department, paying.returned_line(department, office, accrued="150.40"))
    recipient, bank = returned.line.recipient, returned.line.bank
    paying.approved(office, [(recipient, "99.60")], month=paying.NEXT)
    paying.listed(department, office, month=paying.NEXT, at=NEXT_LISTED_AT)
    made = supplementary(department, office)
    line = made.lines.get()
    assert (made.kind, made.month, made.total) == ("supplementary", paying.NEXT, Decimal("150.40"))
    assert (line.replaces, line.accrual, line.accrual.month) == (returned.line, returned.line.accrual, paying.MONTH)
    lists.hand_over_list(list_id=made.pk, by=department.verifier, at=NEXT_LISTED_AT)
    register = paying.formed(department, bank=bank, month=paying.NEXT, at=NEXT_FORMED_AT)
    assert (register.rows, register.total) == (2, Decimal("250.00"))


def test_includes_a_return_once(department, office) -> None:
    clarify(department, paying.returned_line(department, office))
    first = supplementary(department, office)
    assert supplementary(department, office) == first
    with pytest.raises(lists.NothingToList):
        supplementary(department, office, month=dt.date(2026, 12, 1))
    assert PaymentLine.objects.filter(replaces__isnull=False).count() == 1


def test_pays_a_return_to_todays_requisites(department, office) -> None:
    returned = paying.returned_line(department, office, reason="B02")
    old = returned.line.channel
    old.valid_to = NEW_FROM
    old.save()
    new = factories.channel(recipient=returned.line.recipient, valid_from=NEW_FROM)
    clarify(department, returned)
    with pytest.raises(lists.NothingToList):
        supplementary(department, office)
    paying.handed_over(new)
    line = supplementary(department, office).lines.get()
    assert (line.channel, line.account) == (new, new.account)


def test_does_not_list_again_to_the_requisites_it_came_back_from(department, office) -> None:
    waiting = factories.recipient(office=office)
    paying.approved(office, [(waiting, "5.00")], month=dt.date(2026, 9, 1))
    paying.listed(department, office, month=dt.date(2026, 9, 1))
    returned = paying.returned_line(department, office, reason="B02")
    ReturnedPayment.objects.filter(pk=returned.pk).update(
        outcome="relist", clarification="ошибка", clarified_at=paying.CLARIFIED_AT, clarified_by=department.former
    )
    paying.handed_over(factories.channel(recipient=waiting))
    assert [line.recipient for line in supplementary(department, office).lines.all()] == [waiting]
    held = HandoverBalance.objects.get(stage="дополнительный список").held.get()
    assert (held.reason, held.roubles) == ("old_requisites", returned.line.payable)


@pytest.mark.parametrize("outcome", ["open", "closed", "heirs"])
def test_lists_again_only_what_was_decided_so(department, office, outcome: str) -> None:
    returned = paying.returned_line(department, office)
    if outcome != "open":
        person = returned.line.recipient.person
        person.death_date = dt.date(2026, 11, 2)
        person.save()
        clarify(department, returned, outcome=outcome)
    with pytest.raises(lists.NothingToList):
        supplementary(department, office)


def test_pays_later_what_was_held_for_want_of_requisites(department, office) -> None:
    late = factories.recipient(office=office)
    paying.approved(office, [(late, "42.00"), (paying.payee(office), "1.00")])
    paying.listed(department, office)
    with pytest.raises(lists.NothingToList):
        supplementary(department, office)
    paying.handed_over(factories.channel(recipient=late))
    line = supplementary(department, office).lines.get()
    assert (line.accrual.month, line.payable, line.replaces) == (paying.MONTH, Decimal("42.00"), None)


def test_balances_what_waited_with_what_is_listed_and_still_held(department, office) -> None:
    waiting = factories.recipient(office=office)
    paying.approved(office, [(waiting, "42.00"), (late := factories.recipient(office=office), "8.00")])
    paying.listed(department, office)
    paying.handed_over(factories.channel(recipient=late))
    supplementary(department, office)
    balance = HandoverBalance.objects.get(stage="дополнительный список")
    assert (balance.rows_in, balance.rows_on, balance.roubles_on) == (2, 1, Decimal("8.00"))
    assert [(one.reason, one.roubles) for one in balance.held.all()] == [("no_channel", Decimal("42.00"))]


def test_lets_neither_its_maker_nor_who_treated_the_return_confirm_a_supplementary_list(department, office) -> None:
    returned = clarify(department, paying.returned_line(department, office), by=factories.staff())
    made = supplementary(department, office)
    for person in (department.former, department.recorder, returned.clarified_by):
        with pytest.raises(lists.ListNotYours):
            lists.hand_over_list(list_id=made.pk, by=person, at=NEXT_LISTED_AT)
    assert lists.hand_over_list(list_id=made.pk, by=department.verifier, at=NEXT_LISTED_AT).status == "handed_over"
