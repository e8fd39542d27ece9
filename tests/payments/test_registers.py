"""A bank's or the post's register holds the lines handed over, once, with papers that tell the same sum."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.layouts.definitions import preset
from exchange.layouts.flat import parse_records
from exchange.layouts.recognition import open_table
from offices import files
from offices.balances import Amount
from offices.models import ExchangeSchedule, HandoverBalance, JournalEntry, ScheduledStep
from payments.documents.contents import TotalsDiffer
from payments.documents.facts import in_order, register_head, register_rows
from payments.documents.papers import RegisterPapers, papers_of
from payments.models import PaymentDocument, PaymentLine, PaymentRegister
from payments.services import lists, registers
from tests import factories
from tests.payments import paying

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def bank():
    return factories.bank(name="ПАО «Днепровский банк»")


def districts(department, bank, *, sums=("100.10", "200.20"), count: int = 2) -> list:
    """Districts whose lists are handed over: each recipient of `sums` at the bank, and one at the post."""
    offices = [factories.office() for _ in range(count)]
    for office in offices:
        people = [(paying.payee(office, channel={"bank": bank}), accrued) for accrued in sums]
        people.append((paying.payee(office, channel={"kind": "post"}), "7.77"))
        paying.approved(office, people)
        paying.listed(department, office)
    return offices


def records(register: PaymentRegister, code: str) -> list:
    layout = preset(code)
    return [record.values for record in parse_records(layout, open_table(layout, files.read(register.file)))]


def test_forms_one_register_of_a_bank_over_all_districts(department, bank) -> None:
    districts(department, bank)
    register = paying.formed(department, bank=bank)
    assert (register.rows, register.total, register.number) == (4, Decimal("600.60"), 1)
    assert (register.month, register.paid_month, register.status) == (paying.MONTH, paying.NEXT, "formed")
    assert set(PaymentLine.objects.filter(kind="bank").values_list("status", flat=True)) == {"registered"}
    assert set(PaymentLine.objects.filter(kind="post").values_list("status", flat=True)) == {"listed"}


def test_writes_the_lines_into_the_file_in_the_order_of_rows(department, bank) -> None:
    districts(department, bank)
    register = paying.formed(department, bank=bank)
    rows = records(register, "bank_list")
    entries = register.entries.select_related("line__payee", "line__office__district").order_by("row_number")
    assert [row["row_id"] for row in rows] == [str(entry.line_id) for entry in entries]
    assert [row["amount"] for row in rows] == [entry.line.payable for entry in entries]
    assert [row["account"] for row in rows] == [entry.line.account for entry in entries]
    assert [row["district_code"] for row in rows] == [entry.line.office.district.code[-2:] for entry in entries]
    assert {row["month"] for row in rows} == {paying.NEXT}
    assert register.file.name == f"BANK_{bank.bik}_202611_1.dbf"


def test_parts_a_postal_address_into_columns(department) -> None:
    office = factories.office()
    recipient = paying.payee(office, channel={"kind": "post"})
    place = factories.settlement(district=office.district, kind="с.", name="Днепровское, верхнее")
    street = factories.street(
        settlement=factories.settlement(kind="с.", name="Днепровское"), name="ул. 1 Мая, 2-я линия"
    )
    full = {"house": "12а", "building": "2", "flat": "5", "room": "3", "postal_index": "215100"}
    recipient.person.addresses.create(
        kind="postal", address=factories.address(street=street, **full), valid_from=factories.LONG_AGO
    )
    odd = paying.payee(office, channel={"kind": "post"})
    odd_street = factories.street(settlement=place)
    odd.person.addresses.create(
        kind="postal", address=factories.address(street=odd_street, house="1"), valid_from=factories.LONG_AGO
    )
    paying.approved(office, [(recipient, "1.00"), (odd, "2.00")])
    paying.listed(department, office)
    by_sum = {row["amount"]: row for row in records(paying.formed(department), "post_list")}
    row = by_sum[Decimal("1.00")]
    assert (row["settlement"], row["street"]) == ("с. Днепровское", "ул. 1 Мая, 2-я линия")
    assert (row["house"], row["building"], row["flat"], row["room"]) == ("12а", "2", "5", "3")
    assert (row["post_office"], row["month"]) == (recipient.channels.get().post_office_id, paying.NEXT)
    assert by_sum[Decimal("2.00")]["house"] == "1"


def test_keeps_an_address_typed_by_hand_whole(department) -> None:
    office = factories.office()
    recipient = paying.payee(office, channel={"kind": "post"})
    typed = "Смоленская область, Вяземский район, деревня Новое Село, улица Первого Космонавта Земли Юрия Гагарина, дом семь"
    factories.entitlement(recipient=recipient)
    application = recipient.applications.get()
    application.address = typed
    application.save()
    paying.approved(office, [(recipient, "1.00")])
    paying.listed(department, office)
    row = records(paying.formed(department), "post_list")[0]
    assert f"{row['settlement']} {row['street']}" == typed


def test_returns_the_same_register_when_asked_again(department, bank) -> None:
    districts(department, bank)
    first = paying.formed(department, bank=bank)
    assert paying.formed(department, bank=bank) == first
    assert PaymentRegister.objects.count() == 1
    assert first.documents.count() == 4


def test_gives_a_district_handed_over_later_the_next_number(department, bank) -> None:
    districts(department, bank, count=1)
    paying.formed(department, bank=bank)
    districts(department, bank, count=1, sums=("5.00",))
    second = paying.formed(department, bank=bank)
    assert (second.number, second.rows, second.total) == (2, 1, Decimal("5.00"))


def test_says_that_nothing_waits_for_a_register(department, bank) -> None:
    with pytest.raises(registers.NothingToRegister, match="нет строк"):
        paying.formed(department, bank=bank)


def test_waits_for_a_list_to_be_handed_over(department, bank) -> None:
    office = factories.office()
    paying.approved(office, [(paying.payee(office, channel={"bank": bank}), "10.00")])
    registers_before = PaymentRegister.objects.count()
    lists.build_payment_list(office=office, month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)
    with pytest.raises(registers.NothingToRegister):
        paying.formed(department, bank=bank)
    assert PaymentRegister.objects.count() == registers_before


def test_refuses_a_register_formed_by_who_handed_the_lists_over(department, bank) -> None:
    districts(department, bank)
    with pytest.raises(registers.NotYourRegister):
        registers.build_bank_register(bik=bank.pk, month=paying.MONTH, by=department.verifier, at=paying.FORMED_AT)
    assert not PaymentRegister.objects.exists()


def test_stores_every_paper_once(department, bank) -> None:
    offices = districts(department, bank)
    of_bank, of_post = paying.formed(department, bank=bank), paying.formed(department)
    kinds = PaymentDocument.Kind
    assert sorted(of_bank.documents.values_list("kind", flat=True)) == ["covering", "list", "list", "summary"]
    orders = of_post.documents.filter(kind=kinds.POSTAL_ORDERS)
    assert set(orders.values_list("office", flat=True)) == {office.pk for office in offices}
    for document in PaymentDocument.objects.select_related("file"):
        assert files.read(document.file).startswith(b"%PDF")


def papers(department) -> RegisterPapers:
    """Papers of a post register of two districts, not stored."""
    lines = in_order(
        PaymentLine.objects.filter(kind="post").select_related(
            "list", "office__district", "accrual", "payee", "post_office"
        )
    )
    head = register_head(1, lines, None, unit=department.payments, by=department.former, on=paying.FORMED_AT.date())
    return papers_of(head, register_rows(lines))


def test_tells_the_same_sum_in_every_paper(department, bank) -> None:
    districts(department, bank)
    totals = papers(department).totals()
    assert set(totals.values()) == {Amount(2, Decimal("15.54"))}
    assert list(totals) == ["файл", "сводная ведомость", "сопроводительная ведомость", "списки"]


@pytest.mark.parametrize("paper", ["covering", "groups", "lists", "orders"])
def test_refuses_papers_that_tell_another_sum(department, bank, paper: str) -> None:
    districts(department, bank)
    whole = papers(department)
    whole.check(Amount(2, Decimal("15.54")))
    short = replace(whole, **{paper: getattr(whole, paper)[:1]})
    with pytest.raises(TotalsDiffer):
        short.check(Amount(2, Decimal("15.54")))


def test_refuses_a_file_of_another_sum(department, bank) -> None:
    districts(department, bank)
    whole = papers(department)
    with pytest.raises(TotalsDiffer, match="файл"):
        replace(whole, file=whole.file.replace(b"7.77", b"7.76", 1)).check(Amount(2, Decimal("15.54")))


def test_releases_the_bank_register_through_accounting(department, bank) -> None:
    districts(department, bank)
    paid = paying.released(department, bank=bank)
    assert (paid.register.status, paid.register.released_by) == ("released", department.head)
    assert {line.status for line in paid.lines} == {"sent"}
    passed = JournalEntry.objects.filter(subject=paid.register.subject).order_by("pk")
    assert [(entry.office, entry.event) for entry in passed] == [
        (department.payments, "сформирован реестр"),
        *sorted([(department.payments, "передано"), (department.accounting, "получено")], key=lambda one: one[0].pk),
        (department.accounting, "передано"),
    ]
    assert passed.last().counterpart == str(bank)
    assert {entry.sha256 for entry in passed} == {paid.register.file.sha256}


def test_releases_the_post_register_through_the_legal_unit(department, bank) -> None:
    districts(department, bank)
    paying.released(department)
    last = JournalEntry.objects.get(office=department.legal, event="передано")
    assert (last.counterpart, last.rows) == ("ФГУП «Почта России»", 2)


def test_balances_lines_with_what_was_released(department, bank) -> None:
    districts(department, bank)
    paying.released(department, bank=bank)
    paying.released(department)
    taken = HandoverBalance.objects.filter(item="3.15", stage="приём списков")
    sent = HandoverBalance.objects.filter(item="3.15", stage="реестры")
    assert sum(one.roubles_on for one in taken) == sum(one.roubles_on for one in sent) == Decimal("616.14")
    assert sum(one.rows_on for one in taken) == sum(one.rows_on for one in sent) == 6


def test_refuses_a_release_by_who_formed_the_register(department, bank) -> None:
    districts(department, bank)
    register = paying.formed(department, bank=bank)
    with pytest.raises(registers.NotYourRegister):
        registers.release_register(register_id=register.pk, by=department.former, at=paying.RELEASED_AT)


def test_changes_nothing_when_released_again(department, bank) -> None:
    districts(department, bank)
    paid = paying.released(department, bank=bank)
    again = registers.release_register(register_id=paid.register.pk, by=department.recorder, at=paying.ANSWERED_AT)
    assert again.register.released_by == department.head
    assert HandoverBalance.objects.filter(stage="реестры").count() == 1


def test_refuses_to_release_a_damaged_file(department, bank) -> None:
    districts(department, bank)
    register = paying.formed(department, bank=bank)
    files.place_of(register.file.sha256).write_bytes(b"damaged")
    with pytest.raises(files.StoredBytesDiffer):
        registers.release_register(register_id=register.pk, by=department.head, at=paying.RELEASED_AT)
    assert PaymentRegister.objects.get().status == "formed"


@pytest.mark.parametrize(
    ("due_on", "warning"),
    [
        pytest.param(dt.date(2026, 11, 13), "", id="three days before"),
        pytest.param(dt.date(2026, 11, 12), "не позднее 09.11.2026", id="two days before"),
        pytest.param(None, "нет срока", id="no day in the schedule"),
    ],
)
def test_warns_of_a_post_package_given_too_late(department, bank, due_on, warning: str) -> None:
    districts(department, bank)
    if due_on:
        schedule = ExchangeSchedule.objects.create(
            starts_on=dt.date(2026, 7, 1), approved_at=factories.AT, approved_by=department.head
        )
        ScheduledStep.objects.create(
            schedule=schedule, office=department.payments, month=paying.MONTH, item="3.15", due_on=due_on
        )
    register = paying.formed(department)
    release = registers.release_register(register_id=register.pk, by=department.head, at=paying.RELEASED_AT)
    assert warning in release.warning
    assert bool(release.warning) == bool(warning)


def test_forms_with_the_same_queries_for_few_and_many(department, django_assert_max_num_queries) -> None:
    counts = []
    for recipients in (2, 50):
        bank = factories.bank()
        districts(department, bank, count=1, sums=["1.00"] * recipients)
        with django_assert_max_num_queries(35) as queries:
            paying.formed(department, bank=bank)
        counts.append(len(queries))
    assert counts[0] == counts[1]
