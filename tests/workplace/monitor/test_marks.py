"""How a provider's month is judged, alone and over several districts, and the twelve months of the strip."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.models import Discrepancy, RequestRow
from exchange.selectors.monitor import mark_of, monitor_of, strips_of
from exchange.selectors.monitor_facts import Arrears, Covered, region_people
from exchange.selectors.monitor_rows import LETTERS, WORDS, Mark, headline_of
from offices.months import shift_month
from providers.models import ProviderDistrict
from providers.services.reminders import Call, remind
from tests import factories as make
from tests.exchange import stored
from tests.factories import AT, MONTH, MOSCOW
from tests.workplace.board.ground import answered, asked, district, planned, refused

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 11, 5)
BEFORE_DUE = DUE - dt.timedelta(days=1)
AFTER = DUE + dt.timedelta(days=1)
ON_DAY = dt.datetime(2026, 11, 5, 23, 0, tzinfo=MOSCOW)
LATER = dt.datetime(2026, 11, 6, 9, 0, tzinfo=MOSCOW)

CASES = [
    ({"taken_at": ON_DAY}, AFTER, Mark.IN_TIME, "came on the last day"),
    ({"taken_at": LATER}, AFTER, Mark.LATE, "came a day late"),
    ({"taken_at": LATER, "was_refused": True}, AFTER, Mark.LATE, "came late after a refusal"),
    ({"was_refused": True}, AFTER, Mark.FAULTY, "only a refused file came"),
    ({"was_refused": True}, DUE, Mark.FAULTY, "a refused file came before the term"),
    ({}, AFTER, Mark.SILENT, "nothing came"),
    ({}, DUE, Mark.WAITING, "nothing came and the term runs"),
    ({"due_on": None}, AFTER, Mark.WAITING, "nothing came and there is no term"),
    ({"taken_at": LATER, "due_on": None}, AFTER, Mark.IN_TIME, "came without a term"),
]


@pytest.mark.parametrize(("facts", "today", "mark"), [pytest.param(*case[:3], id=case[3]) for case in CASES])
def test_judges_a_request_of_which(facts: dict[str, Any], today: dt.date, mark: Mark) -> None:
    assert mark_of(**{"taken_at": None, "was_refused": False, "due_on": DUE} | facts, today=today) is mark


def test_has_a_letter_of_its_own_and_words_for_every_mark() -> None:
    assert set(LETTERS) == set(WORDS) == set(Mark)
    assert len(set(LETTERS.values())) == len(Mark)


def test_shows_twelve_months_the_last_one_last() -> None:
    office, one = district("Рославльский район"), make.provider()
    before = shift_month(MONTH, -1)
    planned(office, i3_9=DUE)
    planned(office, month=before, i3_9=shift_month(DUE.replace(day=1), -1))
    make.open_month(before)
    answered(stored.request(office=office, provider=one, month=before), at=AT)
    asked(office, one)
    strip = strips_of(offices=[office], month=MONTH, today=AFTER)[one.pk]
    assert [mark.month for mark in strip] == [shift_month(MONTH, by) for by in range(-11, 1)]
    assert [mark.mark for mark in strip[-3:]] == [Mark.NOT_ASKED, Mark.LATE, Mark.SILENT]
    assert strip[-1].words == "октябрь 2026: не сдал"


def test_is_as_bad_as_the_worst_of_its_districts() -> None:
    first, second, third, one = (*(district(f"{name} район") for name in ("А", "Б", "В")), make.provider())
    for office in (first, second, third):
        planned(office, i3_9=DUE)
    requests = [asked(office, one)[0] for office in (first, second, third)]
    answered(requests[0], at=ON_DAY)
    answered(requests[1], at=LATER)
    everywhere = strips_of(offices=[first, second, third], month=MONTH, today=AFTER)[one.pk][-1]
    assert (everywhere.mark, everywhere.taken, everywhere.asked) == (Mark.SILENT, 2, 3)
    assert everywhere.words == "октябрь 2026: не сдал, 2 из 3"
    assert strips_of(offices=[first, second], month=MONTH, today=AFTER)[one.pk][-1].mark is Mark.LATE
    refused(requests[2])
    assert strips_of(offices=[third], month=MONTH, today=AFTER)[one.pk][-1].mark is Mark.FAULTY


def test_tells_recipients_the_last_sum_the_agreement_and_the_last_reminder() -> None:
    office, one = district("Рославльский район"), make.provider(email="a@p.example")
    make.agreement(provider=one, office=office, contact="Орлова Н. П.", valid_to=AFTER + dt.timedelta(days=30))
    request, *_ = asked(office, one, people=2)
    row = request.request_rows.first()
    make.open_month(shift_month(MONTH, -1))
    for billed in ("100.50", "20.00"):
        make.charge(
            recipient=row.recipient, account=make.account(provider=one), billed=billed, month=shift_month(MONTH, -1)
        )
    call = Call(office=office, provider=one, item="3.9", text="Сдайте файл.")
    (reminder,) = remind(calls=[call], month=MONTH, way="phone", by=make.staff(), at=AT)
    (found,) = monitor_of(offices=[office], month=MONTH, today=AFTER)
    assert (found.recipients, str(found.billed), found.last.month) == (2, "120.500000", shift_month(MONTH, -1))
    assert (found.covered, found.agreed.contact, found.email) == (Covered.ENDING, "Орлова Н. П.", "a@p.example")
    assert found.agreed.ends_on == AFTER + dt.timedelta(days=30)
    assert (found.reminded.day, found.reminded.way) == (reminder.day, "по телефону")


@pytest.mark.parametrize(
    ("valid_to", "covered"),
    [(None, Covered.YES), (AFTER + dt.timedelta(days=61), Covered.YES), (AFTER, Covered.NO)],
    ids=["without end", "for long", "run out"],
)
def test_judges_an_agreement(valid_to: dt.date | None, covered: Covered) -> None:
    office = district("Рославльский район")
    billing = make.account(dwelling=make.dwelling(district=office.district))
    make.agreement(provider=billing.provider, office=office, valid_to=valid_to, number="С-7")
    (found,) = monitor_of(offices=[office], month=MONTH, today=AFTER)
    assert found.covered is covered
    assert found.agreed.numbers == (() if covered is Covered.NO else ("С-7",))


def test_counts_as_delivered_who_answered_every_district() -> None:
    first, second = district("А район"), district("Б район")
    whole, half, unable = (
        make.provider(),
        make.provider(),
        make.provider(is_technically_able=False, inability_reason="на бумаге"),
    )
    make.agreement(provider=unable, office=first)
    for office in (first, second):
        planned(office, i3_9=DUE)
        to_whole, to_half = asked(office, whole, half)
        answered(to_whole)
        if office == first:
            answered(to_half)
    told = headline_of(monitor_of(offices=[first, second], month=MONTH, today=AFTER))
    assert (told.answered, told.asked, told.unable, str(told.share)) == (1, 2, 1, "50")


def test_rounds_the_share_down_so_that_a_hundred_means_all() -> None:
    office = district("А район")
    requests = asked(office, *(make.provider() for _ in range(3)))
    for request in requests[:2]:
        answered(request)
    assert str(headline_of(monitor_of(offices=[office], month=MONTH, today=AFTER)).share) == "66.6"


def test_asks_as_much_for_many_providers_as_for_one() -> None:
    few, many = district("А район"), district("Б район")
    asked(few, make.provider())
    for request in asked(many, *(make.provider() for _ in range(6)), people=2):
        answered(request)
    counts = []
    for office in (few, many):
        with CaptureQueriesContext(connection) as queries:
            monitor_of(offices=[office], month=MONTH, today=AFTER)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 6


def test_does_not_call_an_agreement_ending_that_another_follows() -> None:
    office, one = district("Рославльский район"), make.provider()
    make.agreement(provider=one, office=office, valid_to=AFTER + dt.timedelta(days=10))
    make.agreement(provider=one, office=office, valid_from=AFTER + dt.timedelta(days=10))
    (found,) = monitor_of(offices=[office], month=MONTH, today=AFTER)
    assert found.covered is Covered.YES


def test_waits_by_the_first_term_of_a_file_that_did_not_come() -> None:
    first, second, one = district("А район"), district("Б район"), make.provider()
    planned(first, i3_9=DUE)
    planned(second, i3_9=AFTER)
    came, _ = asked(first, one)[0], asked(second, one)[0]
    assert monitor_of(offices=[first, second], month=MONTH, today=BEFORE_DUE)[0].due_on == DUE
    answered(came)
    assert monitor_of(offices=[first, second], month=MONTH, today=BEFORE_DUE)[0].due_on == AFTER


def test_counts_recipients_covered_when_every_file_about_them_came() -> None:
    office, one, other = district("А район"), make.provider(), make.provider()
    first, second = asked(office, one, other, people=2)
    assert (region_people(offices=[office], month=MONTH).all, region_people(offices=[office], month=MONTH).covered) == (
        4,
        0,
    )
    answered(first)
    told = region_people(offices=[office], month=MONTH)
    assert (told.all, told.covered, str(told.share)) == (4, 2, "50")
    row = second.request_rows.first()
    RequestRow.objects.create(
        file=second, row_number=9, register_row=row.register_row, account=row.account, services=[],
        recipient=first.request_rows.first().recipient,
    )  # fmt: skip
    assert region_people(offices=[office], month=MONTH).covered == 1
    rows = {row.pk: row.people for row in monitor_of(offices=[office], month=MONTH, today=AFTER)}
    assert (rows[one.pk].asked, rows[one.pk].answered) == (2, 2)
    assert (rows[other.pk].asked, rows[other.pk].answered) == (3, 0)


@pytest.mark.parametrize(
    ("debts", "arrears"),
    [(["5.00", "0.00"], Arrears.SENT), (["5.00", None], Arrears.PARTLY), ([None, None], Arrears.NOT_SENT)],
    ids=["with every charge", "with some", "with none"],
)
def test_tells_whether_arrears_came(debts: list[str | None], arrears: Arrears) -> None:
    office, one = district("А район"), make.provider()
    request, *_ = asked(office, one, people=2)
    for row, debt in zip(request.request_rows.order_by("pk"), debts, strict=True):
        make.charge(recipient=row.recipient, account=row.account, debt=debt)
    (found,) = monitor_of(offices=[office], month=MONTH, today=AFTER)
    assert found.arrears is arrears
    assert headline_of([found]).with_arrears == (arrears is Arrears.SENT)


def test_names_what_repeats() -> None:
    office, one = district("А район"), make.provider()
    for by in (-3, -2, -1, 0):
        month = shift_month(MONTH, by)
        make.open_month(month)
        planned(office, month=month, i3_9=month)
        (request,) = asked(office, one, month=month)
        if by < -1:
            file = answered(request, at=AT)
            codes = ["E10", "E20"] if by == -3 else ["E10"]
        else:
            file = refused(request)
            codes = ["E10"]
        for code in codes:
            Discrepancy.objects.create(
                file=file, request_row=request.request_rows.first(), code=code, is_blocking=False, text="тариф"
            )
    (found,) = monitor_of(offices=[office], month=MONTH, today=AFTER)
    assert found.repeated.codes == (("E10", 4),)
    assert found.repeated.refused == 2
    assert found.is_offender


def test_counts_months_of_silence_in_a_row() -> None:
    office, one = district("А район"), make.provider()
    for by in (-3, -2, -1):
        month = shift_month(MONTH, by)
        make.open_month(month)
        planned(office, month=month, i3_9=month)
        (request,) = asked(office, one, month=month)
        if by == -3:
            answered(request)
    planned(office, i3_9=AFTER)
    asked(office, one)
    (found,) = monitor_of(offices=[office], month=MONTH, today=DUE)
    assert (found.now.mark, found.silent, found.is_offender) == (Mark.WAITING, 2, True)


def test_counts_into_the_target_who_bills_without_an_agreement() -> None:
    office = district("А район")
    asked(office, make.provider())
    billing = make.account(dwelling=make.dwelling(district=office.district)).provider
    ProviderDistrict.objects.create(provider=billing, district=office.district, valid_from=make.LONG_AGO)
    idle = make.provider()
    make.agreement(provider=idle, office=office)
    told = headline_of(monitor_of(offices=[office], month=MONTH, today=AFTER))
    assert (told.asked, told.missing, told.agreed) == (2, 2, 1)
