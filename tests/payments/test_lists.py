"""A district's list to pay by is made once, of what can be paid, and balances with its run."""

import datetime as dt
from decimal import Decimal

import pytest

from offices.models import HandoverBalance, JournalEntry
from offices.services import months
from payments.models import PaymentLine, PaymentList
from payments.services import lists
from tests import factories
from tests.payments import paying

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


def build(department, office, **given) -> PaymentList:
    return lists.build_payment_list(
        **{"office": office, "month": paying.MONTH, "by": department.verifier, "at": paying.LISTED_AT} | given
    )


def held(made: PaymentList) -> dict[str, tuple[int, Decimal]]:
    balance = HandoverBalance.objects.get(item="3.14", office=made.office, month=made.month)
    return {one.reason: (one.rows, one.roubles) for one in balance.held.all()}


def test_lists_each_accrual_with_requisites_by_value(department, office) -> None:
    recipient = paying.payee(office)
    street = factories.street(name="ул. Ленина")
    flat = factories.address(street=street, house="5", flat="7")
    recipient.person.addresses.create(kind="actual", address=flat, valid_from=factories.LONG_AGO)
    run = paying.approved(office, [(recipient, "1496.90")])
    made = build(department, office)
    line = made.lines.get()
    channel = recipient.channels.get()
    assert (made.rows, made.total, made.paid_month) == (1, Decimal("1496.90"), paying.NEXT)
    assert line.accrual == run.accruals.get()
    assert (line.payable, line.status, line.kind) == (Decimal("1496.90"), "listed", "bank")
    assert (line.bank, line.account, line.channel) == (channel.bank, channel.account, channel)
    assert line.payee_name == recipient.person.full_name
    assert line.address == line.postal_address == str(flat)


def test_writes_the_postal_address_where_it_differs(department, office) -> None:
    recipient = paying.payee(office, channel={"kind": "post"})
    home, box = factories.address(), factories.address()
    recipient.person.addresses.create(kind="residence", address=home, valid_from=factories.LONG_AGO)
    recipient.person.addresses.create(kind="postal", address=box, valid_from=factories.LONG_AGO)
    paying.approved(office, [(recipient, "10.00")])
    line = build(department, office).lines.get()
    assert (line.address, line.postal_address) == (str(home), str(box))


def test_takes_the_address_of_the_application_where_none_is_recorded(department, office) -> None:
    recipient = paying.payee(office)
    paying.approved(office, [(recipient, "10.00")])
    assert build(department, office).lines.get().address == recipient.applications.get().address


def test_pays_the_representative_the_card_names(department, office) -> None:
    mother = factories.person(last_name="Матвеева")
    recipient = paying.payee(office, channel={"payee": mother})
    paying.approved(office, [(recipient, "10.00")])
    line = build(department, office).lines.get()
    assert (line.payee, line.payee_name) == (mother, mother.full_name)


def test_holds_what_cannot_be_paid_by_reason(department, office) -> None:
    dead = paying.payee(office, death_date=dt.date(2026, 11, 1))
    zero = paying.payee(office)
    without = factories.recipient(office=office)
    unconfirmed = factories.recipient(office=office)
    paying.handed_over(factories.channel(recipient=unconfirmed, confirmed_at=None))
    kept = factories.recipient(office=office)
    factories.channel(recipient=kept)
    sent = factories.recipient(office=office)
    paying.handed_over(factories.channel(recipient=sent), accepted=False)
    orphan = paying.payee(office, channel={"payee": factories.person(death_date=dt.date(2026, 10, 2))})
    fine = paying.payee(office)
    people = [dead, without, unconfirmed, kept, sent, orphan, fine]
    paying.approved(office, [(zero, "0.00"), *((one, f"{place}.00") for place, one in enumerate(people, 1))])
    made = build(department, office)
    assert [line.recipient for line in made.lines.all()] == [fine]
    assert held(made) == {
        "zero": (1, 0),
        "died": (1, Decimal("1.00")),
        "no_channel": (1, Decimal("2.00")),
        "not_confirmed": (1, Decimal("3.00")),
        "not_handed_over": (2, Decimal("9.00")),
        "payee_died": (1, Decimal("6.00")),
    }
    balance = HandoverBalance.objects.get(item="3.14")
    assert (balance.rows_in, balance.rows_on, balance.roubles_in) == (8, 1, Decimal("28.00"))


def test_holds_what_no_register_file_could_hold(department, office) -> None:
    foreign = paying.payee(office, first_name="蓮")
    far = paying.payee(office, channel={"kind": "post"})
    factories.entitlement(recipient=far)
    far.applications.update(address="дом " * 60)
    same_address_at_a_bank = paying.payee(office)
    factories.entitlement(recipient=same_address_at_a_bank)
    same_address_at_a_bank.applications.update(address="дом " * 60)
    paying.approved(office, [(foreign, "1.00"), (far, "2.00"), (same_address_at_a_bank, "4.00")])
    made = build(department, office)
    assert [line.recipient for line in made.lines.all()] == [same_address_at_a_bank]
    assert held(made) == {"unwritable": (2, Decimal("3.00"))}


def test_takes_requisites_in_force_on_the_day_of_listing(department, office) -> None:
    recipient = paying.payee(office, channel={"valid_to": dt.date(2026, 11, 3)})
    new = factories.channel(recipient=recipient, valid_from=dt.date(2026, 11, 3), valid_to=dt.date(2026, 11, 20))
    later = factories.channel(recipient=recipient, valid_from=dt.date(2026, 11, 20))
    paying.handed_over(new, later)
    paying.approved(office, [(recipient, "10.00")])
    assert build(department, office).lines.get().channel == new


def test_returns_the_same_list_when_asked_again(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00")])
    first = build(department, office)
    assert build(department, office) == first
    assert PaymentLine.objects.count() == 1
    assert HandoverBalance.objects.filter(item="3.14").count() == 1


def test_makes_no_list_without_an_approved_run(department, office) -> None:
    with pytest.raises(lists.RunNotApproved, match="не утверждён"):
        build(department, office)


def test_refuses_a_list_made_by_who_calculated(department, office) -> None:
    run = paying.approved(office, [(paying.payee(office), "10.00")])
    with pytest.raises(lists.ListBuiltByCalculator):
        build(department, office, by=run.started_by)
    assert not PaymentList.objects.exists()


def test_hands_the_list_over_in_both_journals(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00"), (paying.payee(office), "5.50")])
    made = paying.listed(department, office)
    assert (made.status, made.handed_by) == ("handed_over", department.verifier)
    sent = JournalEntry.objects.get(office=department.subsidies, event="передано")
    taken = JournalEntry.objects.get(office=department.payments, event="получено")
    assert sent.handover == taken.handover
    assert (taken.rows, taken.roubles, taken.item) == (2, Decimal("15.50"), "3.14")


def test_holds_lines_of_another_channel_when_the_payments_unit_takes_the_list(department, office) -> None:
    other = paying.payee(office, channel={"kind": "other", "other": "через кассу интерната"})
    paying.approved(office, [(other, "3.00"), (paying.payee(office), "10.00")])
    paying.listed(department, office)
    balance = HandoverBalance.objects.get(item="3.15", stage="приём списков")
    assert (balance.rows_in, balance.rows_on, balance.roubles_on) == (2, 1, Decimal("10.00"))
    assert [(one.reason, one.roubles) for one in balance.held.all()] == [("other_channel", Decimal("3.00"))]


def test_changes_nothing_when_handed_over_again(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00")])
    made = paying.listed(department, office)
    again = lists.hand_over_list(list_id=made.pk, by=department.head, at=paying.FORMED_AT)
    assert (again.handed_at, again.handed_by) == (made.handed_at, made.handed_by)
    assert JournalEntry.objects.filter(event="передано").count() == 1


def test_builds_with_the_same_queries_for_few_and_many(department, django_assert_max_num_queries) -> None:
    few, many = factories.office(), factories.office()
    counts = []
    for office, recipients in ((few, 2), (many, 50)):
        paying.approved(office, [(paying.payee(office), "10.00") for _ in range(recipients)])
        with django_assert_max_num_queries(30) as queries:
            build(department, office)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_makes_and_hands_over_nothing_in_a_closed_month(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00")])
    made = build(department, office)
    other = factories.office()
    paying.approved(other, [(paying.payee(other), "10.00")])
    months.close_month(month=paying.MONTH, checklist=[], by=department.head, at=paying.FORMED_AT)
    with pytest.raises(months.MonthNotOpen):
        lists.hand_over_list(list_id=made.pk, by=department.verifier, at=paying.RELEASED_AT)
    with pytest.raises(months.MonthNotOpen):
        build(department, other)
    assert build(department, office) == made
