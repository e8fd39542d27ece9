"""Three months in a row among wildly misbehaving providers: every fault is found, nothing is invented."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models import F

from calculations.models import (
    Accrual,
    AccrualLine,
    CalculationRun,
    Recalculation,
    RecalculationMonth,
    Suspension,
    UnappliedRecalculation,
)
from calculations.services import explanation
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, RecipientRegister, ReturnedLine
from offices.models import HandoverBalance, Staff
from offices.months import next_month
from payments.models import (
    HeirDecision,
    Overpayment,
    PaymentLine,
    PaymentRegister,
    ReturnedPayment,
    Withholding,
)
from providers.models import Charge
from recipients.models import Application, Termination
from tests.workplace.month.cards import check_card
from tests.workplace.month.playing import AUGUST, OCTOBER, OFFICES, SEPTEMBER, THOROUGH, play, region_of_its_own, scene
from tests.workplace.month.test_audit import forged, found, undone
from workplace.audit.running import audit
from workplace.selectors.planted import found_in, missed
from workplace.selectors.stages import stages_of
from workplace.services.playing import law
from workplace.simulation.manners import Kind, Planted

MONTHS = (AUGUST, SEPTEMBER, OCTOBER)
each_month = pytest.mark.parametrize("month", MONTHS, ids=lambda month: f"{month:%Y-%m}")


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[object, list[Planted]]]:
    """Play the three months, and what the law asks for between them, once for all tests of the module."""
    with django_db_blocker.unblock(), region_of_its_own(tmp_path_factory.mktemp("files")):
        found = {}
        for month in MONTHS:
            found[month] = play(month, manners=THOROUGH)
            law.happen_after_month(scene=scene(month, manners=THOROUGH))
        yield found


@pytest.fixture
def own_files() -> None:
    """The files belong to the module's region."""


@each_month
def test_finds_every_fault_and_ends_it_where_it_must(planted, month) -> None:
    assert len(planted[month]) > 25
    assert missed(planted[month], month=month) == []


def test_notices_a_fault_that_was_not_found(planted) -> None:
    invented = Planted(Kind.TARIFF, "E10", "no_such_file.dbf", 1, office=OFFICES[0])
    assert missed([invented], month=AUGUST) == [invented]


@each_month
def test_finds_each_fault_under_its_code_and_invents_nothing(planted, month) -> None:
    meant = Counter((one.office, one.file, one.row, one.code) for one in planted[month] if one.code.startswith("E"))
    assert Counter(found_in(month)) == meant


def test_plants_faults_of_every_kind(planted) -> None:
    counted = Counter(one.kind for month in MONTHS for one in planted[month])
    assert sorted(set(Kind) - set(counted)) == []


@each_month
def test_tells_every_discrepancy_to_the_provider_and_loads_no_held_line(planted, month) -> None:
    found = Discrepancy.objects.filter(file__month=month)
    assert found.exists()
    assert not found.filter(protocol__isnull=True).exists()
    assert not DiscrepancyProtocol.objects.filter(month=month, sent_at__isnull=True).exists()
    blocked = ReturnedLine.objects.filter(discrepancies__in=found.filter(is_blocking=True))
    assert blocked.exists()
    assert set(blocked.values_list("status", flat=True)) == {ReturnedLine.Status.HELD}
    staged = ReturnedLine.objects.filter(row__file__month=month)
    assert set(staged.values_list("status", flat=True)) <= {"held", "rejected", "loaded"}


@each_month
def test_sends_a_refused_file_again_or_holds_its_persons(planted, month) -> None:
    returned = ExchangeFile.objects.filter(month=month, kind="return")
    received = next(stage for stage in stages_of(month) if stage.item == "3.9")
    held = {reason.reason: reason.amount.rows for reason in received.held}
    requests = ExchangeFile.objects.filter(month=month, kind="request")
    silent = requests.filter(returns__isnull=True)
    unanswered = requests.exclude(returns__in=returned.exclude(status="refused"))
    assert bool(held.get("no_answer")) == silent.exists()
    assert bool(held.get("refused")) == unanswered.exclude(pk__in=silent).exists()
    assert set(held) <= {"no_answer", "refused", "not_in_answer"}


@each_month
def test_rejects_one_register_and_returns_one_run(planted, month) -> None:
    rejected = RecipientRegister.objects.get(month=month, status="rejected")
    assert RecipientRegister.objects.get(month=month, office=rejected.office, status="accepted").number == 2
    returned = CalculationRun.objects.get(month=month, status="returned")
    again = CalculationRun.objects.get(month=month, office=returned.office, status="approved")
    assert (again.number, again.total) == (2, returned.total)
    superseded = HandoverBalance.objects.filter(month=month, item="3.13", superseded_by__isnull=False)
    assert superseded.count() == 1


@pytest.mark.parametrize(("month", "later"), [(AUGUST, SEPTEMBER), (SEPTEMBER, OCTOBER)], ids=["08", "09"])
def test_pays_next_month_what_came_back(planted, month, later) -> None:
    back = ReturnedPayment.objects.filter(line__list__month=month)
    assert back.exists()
    assert set(back.values_list("outcome", flat=True)) == {"relist"}
    again = PaymentLine.objects.filter(replaces__returned__in=back)
    told = set(again.values_list("list__month", "list__kind", "payable", "accrual__month"))
    assert {row[:2] for row in told} == {(later, "supplementary")}
    dead = back.filter(line__recipient__person__death_date__lt=next_month(later))
    assert again.count() == back.count() - dead.count() > 1
    assert again.exclude(payable=F("replaces__payable")).count() == 0
    assert set(again.exclude(kind="other").values_list("status", flat=True)) <= {"paid", "returned"}


def test_pays_nobody_twice(planted) -> None:
    paid = PaymentLine.objects.filter(status="paid").values_list("accrual", flat=True)
    assert len(paid) == len(set(paid)) > 20
    assert not PaymentRegister.objects.exclude(status="answered").exists()


def test_ends_the_rights_of_the_dead_and_decides_for_their_heirs(planted) -> None:
    ended = Termination.objects.all()
    assert ended.exists()
    assert set(ended.values_list("status", flat=True)) == {"confirmed"}
    assert not ended.filter(decision_file__isnull=True).exists()
    decisions = HeirDecision.objects.all()
    assert decisions.exists()
    assert set(decisions.values_list("status", flat=True)) == {"confirmed"}


def test_pays_heirs_by_lines_of_their_own(planted) -> None:
    lines = PaymentLine.objects.filter(heir_part__isnull=False)
    assert lines.filter(status="paid").exists()
    for line in lines.select_related("heir_part__decision", "heir_requisites"):
        assert (line.payee_id, line.payable) == (line.heir_part.decision.claimant_id, line.heir_part.payable)
        assert line.account == line.heir_requisites.account


def test_takes_an_application_in_every_office_every_month(planted) -> None:
    new = Application.objects.filter(kind="equivalent", registered_at__gte=f"{AUGUST}T00:00+03:00")
    assert new.count() == len(OFFICES) * len(MONTHS)
    assert not new.filter(status="registered").exists()
    assert not new.filter(status="refused", decision_file__isnull=True).exists()


@each_month
def test_passes_the_audit(planted, month) -> None:
    checks = audit(month)
    assert len(checks) > 20
    assert [check for check in checks if not check.ok] == []


@each_month
def test_balances_every_stage_to_the_kopeck(planted, month) -> None:
    stages = {(stage.item, stage.stage): stage for stage in stages_of(month)}
    assert all(stage.balances for stage in stages.values())
    assert {item for item, _ in stages} >= {
        "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15",
    }  # fmt: skip
    by_item = {item: stage for (item, _), stage in stages.items()}
    for before, after in (("3.6", "3.7"), ("3.7", "3.8"), ("3.10", "3.11"), ("3.11", "3.12"), ("3.13", "3.14")):
        assert by_item[before].handed_on == by_item[after].taken, after
    lists = by_item["3.14"].handed_on
    more = stages.get(("3.15", "дополнительный список"))
    assert stages["3.15", "приём списков"].taken == (lists + more.handed_on if more else lists)
    assert stages["3.15", "приём списков"].handed_on == stages["3.15", "реестры"].taken
    assert stages["3.15", "реестры"].handed_on == stages["3.15", "ответ"].taken


def test_brings_what_providers_recalculate_from_their_files_into_the_runs(planted) -> None:
    lines = AccrualLine.objects.filter(corrects_month__isnull=False, run__status="approved")
    in_lines = {told["charge"] for line in lines for told in line.inputs["correction"].get("told", ())}
    kept = set(UnappliedRecalculation.objects.filter(run__status="approved").values_list("charge_id", flat=True))
    told = Charge.objects.filter(month__in=(SEPTEMBER, OCTOBER)).exclude(adjustment=0)
    assert set(told.values_list("pk", flat=True)) <= in_lines | kept
    assert any(line.accrued < 0 for line in lines)


def test_sees_a_correction_that_is_not_the_providers(planted) -> None:
    corrections = AccrualLine.objects.filter(corrects_month__isnull=False, run__status="approved")
    line = corrections.filter(inputs__correction__has_key="told").earliest("pk")
    for statement, code in (
        (f"UPDATE calculations_accrualline SET billed = billed + 1 WHERE id = {line.pk}", "A12"),
        (f"DELETE FROM calculations_accrualline WHERE id = {line.pk}", "A13"),
    ):
        with undone():
            forged(statement)
            assert code in found(line.month)


def test_takes_orders_fuel_and_withholding_into_the_runs_and_lists(planted) -> None:
    """Between the months: somebody had left a home, families applied for fuel, a payment was too much, a debt stopped one."""
    assert set(Recalculation.objects.values_list("status", flat=True)) == {"done", "approved"}
    ordered = RecalculationMonth.objects.filter(order__status="done").select_related("run")
    for one in ordered:
        lines = AccrualLine.objects.filter(run=one.run, recipient=one.recipient, corrects_month=one.month)
        assert sum(lines.values_list("accrued", flat=True)) == one.recalculated - one.accrued != 0
    parts = AccrualLine.objects.filter(fuel_part__isnull=False, run__status="approved").select_related("fuel_part")
    assert {line.fuel_part.month for line in parts} >= {SEPTEMBER, OCTOBER}
    assert {line.service.kind for line in parts.select_related("service")} == {"solid_fuel", "bottled_gas"}
    assert Withholding.objects.filter(list__month=OCTOBER).exists()
    held = Overpayment.objects.filter(withholdings__isnull=False).distinct()
    for one in held:
        assert one.total - one.rest == sum(one.withholdings.values_list("withheld", flat=True)) > 0
    suspended = Suspension.objects.get(starts_on=OCTOBER)
    accrued = Accrual.objects.filter(recipient=suspended.recipient, run__status="approved")
    assert not accrued.filter(month=OCTOBER, accrued__gt=0).exists()
    assert accrued.filter(month=SEPTEMBER).exists()


def test_calculates_every_line_again_to_the_stored_sum(planted) -> None:
    """Shown by 4: every line of the region, corrections and parts of fuel with them."""
    lines = list(AccrualLine.objects.select_related("run"))
    assert len(lines) > 250
    assert [line.pk for line in lines if not explanation.replay(line=line).equals_stored] == []


@each_month
def test_adds_up_on_every_card(planted, month) -> None:
    """For every recipient of the region: the boxes to the sum to be paid, the causes to the difference."""
    staff = Staff.objects.get(username="lgoty-1")
    cards = Accrual.objects.filter(month=month, run__status="approved").values_list("recipient_id", flat=True)
    corrected = [check_card(pk, month, staff=staff) for pk in sorted(set(cards))]
    assert len(corrected) > 10
