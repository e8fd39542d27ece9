"""The demo of a day in a small region: two whole months, one in progress, a desk full of work, a filled inbox."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from calculations.models import (
    AccrualLine,
    CalculationRun,
    DebtAnswer,
    DebtCourtAct,
    DebtRequest,
    FuelAssignment,
    Recalculation,
    RecalculationMonth,
    Suspension,
)
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, ProviderFileScope, RegionFile
from exchange.services.returns import receive_return_file
from offices.models import HandoverBalance, JournalEntry, Office
from payments.models import Overpayment, PaymentRegister, ReturnedPayment, Withholding
from providers.awaiting import awaiting
from providers.models import ConsumptionNorm, Reminder, Tariff
from recipients.models import Application, PaymentChannel, Termination
from tests.workplace.month.playing import AUGUST, OCTOBER, SEPTEMBER, here, region_of_its_own
from workplace.audit.running import audit
from workplace.demo.calendar import production_calendar
from workplace.selectors.guard.gaps import ENDING, findings
from workplace.selectors.written import rows_written
from workplace.services.playing import demo
from workplace.services.playing.cast import cast_on
from workplace.services.playing.days import days_of
from workplace.services.playing.demo import demo_steps
from workplace.services.playing.stops import Stop, stops_of
from workplace.simulation.manners import Delivery, Manners

TODAY = dt.date(2026, 11, 22)
DESK, OTHERS = "66205", ("66208", "66236", "66241", "66258")
STOPS = stops_of(OTHERS, month=OCTOBER, seed=7)
Status = ExchangeFile.Status


@dataclass(frozen=True)
class Played:
    """What was laid into the inbox, what a repetition laid there and wrote, and the last moment of all."""

    inbox: dict[str, bytes]
    again: dict[str, bytes]
    written_again: int
    latest: dt.datetime


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Played]:
    """Play the demo twice for all tests of the module."""
    with django_db_blocker.unblock(), region_of_its_own(tmp_path_factory.mktemp("files"), recipients=110):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo, "OFTEN_RETURNED", Manners(returned=0.4))
            inbox = _play()
            before = rows_written()
            again = _play()
        latest = max(JournalEntry.objects.values_list("at", flat=True))
        yield Played(inbox, again, rows_written() - before, latest)


@pytest.fixture
def own_files() -> None:
    """The files belong to the module's region."""


def _play() -> dict[str, bytes]:
    laid: dict[str, bytes] = {}

    def fill_inbox(office: Office, deliveries: list[Delivery]) -> None:
        assert office.code == DESK
        laid.update({f"{place} {one.name}": one.content for place, one in enumerate(deliveries)})

    days = days_of(today=TODAY, calendar=production_calendar())
    steps = demo_steps(days=days, calculate=here, fill_inbox=fill_inbox, office_codes=(DESK, *OTHERS), desk=DESK)
    for step in steps:
        step.play()
    return laid


def standing_at(stop: Stop) -> Office:
    """Return the office that stands at a stop."""
    (code,) = [code for code, its in STOPS.items() if its == stop]
    return Office.objects.get(code=code)


def returned(office: Office) -> Counter[str]:
    files = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, office=office, month=OCTOBER)
    return Counter(files.values_list("status", flat=True))


@pytest.mark.parametrize("month", [AUGUST, SEPTEMBER, OCTOBER], ids=lambda month: f"{month:%Y-%m}")
def test_keeps_every_invariant_in_the_whole_months_and_in_the_one_in_progress(played, month) -> None:
    checks = audit(month)
    assert sum(check.looked_at for check in checks) > 100
    assert [check.found for check in checks if not check.ok] == []


def test_writes_nothing_when_it_is_repeated(played) -> None:
    assert played.written_again == 0
    assert played.again == played.inbox


def test_pays_the_whole_months_and_leaves_some_returns_of_the_last_to_be_cleared_up(played) -> None:
    assert not PaymentRegister.objects.exclude(status=PaymentRegister.Status.ANSWERED).exists()
    of_month = ReturnedPayment.objects.filter(line__list__month=AUGUST)
    assert not of_month.filter(outcome="open").exists()
    outcomes = Counter(ReturnedPayment.objects.filter(line__list__month=SEPTEMBER).values_list("outcome", flat=True))
    assert outcomes["open"] > outcomes["relist"] > 0


def test_keeps_a_late_district_waiting_for_its_providers(played) -> None:
    office = standing_at(Stop.RECEIVING)
    asked = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=OCTOBER).count()
    files = returned(office)
    assert 0 < files[Status.LOADED] < asked
    assert files[Status.REFUSED] >= 1
    assert not HandoverBalance.objects.filter(office=office, month=OCTOBER, item="3.9").exists()


def test_brings_the_runs_as_far_as_the_plan_says(played) -> None:
    runs = CalculationRun.objects.filter(month=OCTOBER)
    assert dict(runs.values_list("office__code", "status")) == {
        standing_at(Stop.SUBMITTED).code: "submitted",
        standing_at(Stop.APPROVED).code: "approved",
        standing_at(Stop.RETURNED).code: "returned",
    }
    assert "карточкой жилья" in runs.get(status="returned").return_reason


def test_fills_a_desk_with_work_of_every_kind(played) -> None:
    desk = Office.objects.get(code=DESK)
    files = returned(desk)
    assert files[Status.RECEIVED] > 0
    assert files[Status.VERIFIED] > 0
    undecided = Discrepancy.objects.filter(file__office=desk, file__month=OCTOBER, decision="open")
    (careless,) = set(undecided.values_list("file", flat=True))
    assert undecided.count() > ExchangeFile.objects.get(pk=careless).rows // 4
    assert len(set(undecided.values_list("code", flat=True))) >= 4
    assert not CalculationRun.objects.filter(office=desk, month=OCTOBER).exists()
    waiting = Application.objects.filter(office=desk, kind="equivalent", status="registered")
    assert waiting.count() == 5
    assert {one.received_on.month for one in waiting} == {11}
    assert Termination.objects.filter(office=desk, status="prepared").count() == 2
    assert PaymentChannel.objects.filter(recipient__office=desk, confirmed_at__isnull=True).count() >= 2


def test_lays_into_the_inbox_what_may_be_received_and_what_must_be_refused(played) -> None:
    desk = Office.objects.get(code=DESK)
    clerk = cast_on(day=TODAY).of(desk, "exchange")
    at = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
    taken = ExchangeFile.objects.count()
    ends = Counter()
    for name, content in played.inbox.items():
        file = receive_return_file(
            content=content, name=name.split(" ", 1)[1].split("/")[-1], office=desk, month=OCTOBER, by=clerk, at=at
        )
        ends[file.refusal_code or file.status] += 1
    assert ends["wrong_month"] == ends["truncated"] == ends["same_rows"] == 1
    assert ends["received"] >= 2
    assert sum(ends.values()) == len(played.inbox) == ExchangeFile.objects.count() - taken + 1


def test_lets_nothing_happen_on_the_day_itself_or_later(played) -> None:
    assert played.latest.date() < TODAY
    assert DiscrepancyProtocol.objects.filter(month=OCTOBER, sent_at__isnull=True).exists()


def test_has_called_some_of_the_silent_providers_and_left_others(played) -> None:
    office = standing_at(Stop.RECEIVING)
    called = Reminder.objects.filter(office=office, month=OCTOBER, item="3.9", way="phone")
    files = ExchangeFile.objects.filter(office=office, month=OCTOBER)
    answered = files.filter(kind="return").exclude(status=Status.REFUSED).values("provider")
    silent = files.filter(kind="request").exclude(provider__in=answered)
    assert called.count() == -(-silent.count() // 2)
    assert set(called.values_list("provider", flat=True)) <= set(silent.values_list("provider", flat=True))
    assert all("тел. (" in one.told for one in called)


def test_exchanges_one_file_for_the_region_in_the_whole_months_only(played) -> None:
    answers = RegionFile.objects.filter(kind="return")
    assert dict(answers.order_by("month").values_list("month", "status")) == {AUGUST: "received", SEPTEMBER: "received"}
    for whole in answers.prefetch_related("parts__file"):
        assert whole.stray_rows == 0
        assert whole.rows == sum(len(part.row_numbers) for part in whole.parts.all())
        assert {part.file.status for part in whole.parts.all()} == {Status.LOADED}
        assert len(whole.parts.all()) > 1
    waiting = ProviderFileScope.objects.get(confirmed_at__isnull=True)
    assert (waiting.provider.code, waiting.is_one_file) == ("102", True)


def test_plays_what_the_law_asks_for_between_the_months_and_pays_by_it(played) -> None:
    done = RecalculationMonth.objects.filter(order__status="done")
    assert set(done.values_list("month", "run__month")) == {(AUGUST, SEPTEMBER)}
    assert AccrualLine.objects.filter(fuel_part__isnull=False, month=SEPTEMBER, run__status="approved").exists()
    assert Withholding.objects.filter(list__month=SEPTEMBER).exists()
    assert Suspension.objects.filter(status="confirmed", starts_on=OCTOBER, notice__isnull=False).exists()
    assert set(DebtAnswer.objects.values_list("outcome", flat=True)) >= {"debt", "no_debt", "waiting"}


def test_leaves_a_case_of_every_kind_on_the_desk(played) -> None:
    desk = Office.objects.get(code=DESK)
    order = Recalculation.objects.get(office=desk, status="prepared")
    assert all(one.recalculated != one.accrued for one in order.months.all())
    assert order.months.exists()
    fresh = Overpayment.objects.get(office=desk, status="open")
    assert fresh.consent_form_id
    assert fresh.rest == fresh.total
    assert FuelAssignment.objects.filter(office=desk, status="prepared").exists()
    waiting = DebtRequest.objects.get(office=desk, sent_on__month=11)
    assert set(waiting.answers.values_list("outcome", flat=True)) == {"waiting"}
    act = DebtCourtAct.objects.get(office=desk, in_force_on__month=11)
    assert not act.suspensions.exists()


def test_leaves_rows_of_directories_to_be_seen_by_a_second_person(played) -> None:
    rows = [awaiting(model).get() for model in (Tariff, ConsumptionNorm)]
    assert {row.valid_from for row in rows} == {dt.date(2026, 12, 1)}
    ending = [one for one in findings(month=OCTOBER, on=TODAY) if one.kind == ENDING]
    assert len(ending) == len(rows)
    assert not any(re.search("[a-z]", one.sentence) for one in ending)
