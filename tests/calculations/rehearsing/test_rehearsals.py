"""A rehearsal says to the kopeck who would gain and lose, and writes nothing but itself."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculations.inputs.changes import NormChange, ParameterChange, TariffChange
from calculations.models import Accrual, AccrualLine, Parameter, Rehearsal, Withheld
from calculations.services import rehearsals
from calculations.services.rehearsals import NothingToRehearse
from offices import jobs
from offices.models import Job, Role
from providers.in_force import REGION
from providers.models import Charge, ConsumptionNorm, Tariff
from tests import factories
from tests.calculations import made, town

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH
KEPT = (Accrual, AccrualLine, Withheld, Parameter, Tariff, ConsumptionNorm, Charge)


@pytest.fixture
def office():
    factories.open_month()
    town.directories()
    return factories.office()


@pytest.fixture
def family(office) -> town.Family:
    """EX-2: three in a flat of 54 m², one of them with the right."""
    made_family = town.family(office)
    town.bills(made_family, town.BILLS_OF_EX_2)
    return made_family


@pytest.fixture
def approved(office, family):
    return made.forward(town.calculate(office))


def rehearse(*changes, office=None, bills: str = "as_billed", by=None, **row) -> Rehearsal:
    asked = rehearsals.Asked(
        office=office, month=OCTOBER, last_month=OCTOBER, changes=changes, told="проверка", bills=bills, row=row
    )
    job = rehearsals.request_rehearsal(
        asked=asked, by=by or factories.staff(Role.VERIFIER, office=None), at=factories.AT
    )
    done = jobs.work(job.pk, rehearsals.rehearse_chunk)
    assert done.state == Job.State.DONE, done.error
    return Rehearsal.objects.get(job=job)


def price(service: str, roubles: str) -> TariffChange:
    return TariffChange(service, REGION, price=Decimal(roubles))


def sums_of(rehearsal: Rehearsal) -> tuple[Decimal, Decimal, Decimal]:
    return rehearsal.before, rehearsal.after, rehearsal.impossible


def stored() -> list[list[tuple[object, ...]]]:
    return [list(model._default_manager.order_by("pk").values_list()) for model in KEPT]


def test_finds_no_difference_where_the_change_says_what_stands(approved) -> None:
    found = rehearse(ParameterChange("discount", "0.5"))
    assert sums_of(found) == (Decimal("804.25"), Decimal("804.25"), 0)
    assert (found.recipients, found.gaining, found.losing, found.drifted) == (1, 0, 0, 0)
    assert not found.rows.exists()


def test_writes_nothing_but_itself(approved) -> None:
    before = stored()
    rehearse(ParameterChange("discount", "0.4"), price("10", "30.00"), bills="repriced")
    assert stored() == before


def test_caps_by_another_norm_as_by_hand(approved, family) -> None:
    found = rehearse(NormChange("10", REGION, amount=Decimal("4.00")))
    # 4.00 m³ x 3 x 26.06 = 312.72; a third of it halved is 52.12, where 56.29 stood.
    assert found.difference == Decimal("-4.17")
    row = found.rows.get()
    assert (row.difference, row.services) == (
        Decimal("-4.17"),
        [
            {
                "service": "10",
                "account": family.account.pk,
                "before": "56.29",
                "after": "52.12",
                "impossible": "0.00",
                "reason": "",
            }
        ],
    )
    assert (found.gaining, found.losing) == (0, 1)


def test_changes_only_the_cap_where_bills_stay_as_they_are(approved) -> None:
    found = rehearse(price("10", "28.00"))
    # min(364.84, 4.32 x 3 x 28.00 = 362.88) / 3 / 2 = 60.48
    assert found.rows.get().services[0]["after"] == "60.48"


def test_counts_the_bill_by_its_volume_and_the_new_tariff(approved) -> None:
    found = rehearse(price("14", "20.00"), bills="repriced")
    # 22 m³ x 20.00 = 440.00, within 7.48 x 3 x 20.00 = 448.80; / 3 / 2 = 73.33, where 65.12 stood.
    assert found.rows.get().services[0]["after"] == "73.33"
    assert (found.by_volume, found.by_ratio) == (1, 0)


def test_changes_a_bill_that_is_no_volume_as_the_tariff_changes(office) -> None:
    town.bill(town.family(office), "14", "195.36", "22")
    made.forward(town.calculate(office))
    found = rehearse(price("14", "20.00"), bills="repriced")
    # Half of what 22 m³ cost: 195.36 x 20.00 / 17.76 = 220.00; / 3 / 2 = 36.67.
    assert found.rows.get().services[0]["after"] == "36.67"
    assert (found.by_volume, found.by_ratio) == (0, 1)


def test_changes_every_tariff_of_a_service_by_a_percent(approved) -> None:
    found = rehearse(TariffChange("23", None, percent=Decimal(10)), bills="repriced")
    # 280.89 x 1.1 = 308.98 (by 3 x 102.993); / 3 / 2 = 51.50, where 46.82 stood.
    assert found.difference == Decimal("4.68")


def test_gives_the_whole_family_its_share(approved) -> None:
    found = rehearse(ParameterChange("share_rule", "all_family"))
    assert found.gaining == 1
    # Everybody's part: half of 337.74 + 1256.00 + 390.72 + 560.28 + 1658.56 + 280.89 + 341.28, each rounded.
    assert found.after == Decimal("2412.74")


def test_leaves_the_norms_out(approved) -> None:
    found = rehearse(ParameterChange("norm_cap", "none"))
    # EX-2 of the regime of 2007 (780.31) and the capital repair of 2016 (56.88).
    assert found.after == Decimal("837.19")


def test_gives_no_capital_repair_to_a_group_left_out(approved) -> None:
    found = rehearse(ParameterChange("repair_groups", "1"))
    assert (found.difference, found.rows.get().services[0]["service"]) == (Decimal("-56.88"), "03")


def test_lists_who_cannot_be_counted_with_the_reason_and_counts_them_as_no_loss(office, family) -> None:
    Parameter.objects.filter(code="norm_cap").update(value="none")
    ConsumptionNorm.objects.filter(service="14").update(valid_to=OCTOBER)
    made.forward(town.calculate(office))
    found = rehearse(ParameterChange("norm_cap", "norm"))
    # EX-2 of 2016 without the drainage; what it was worth cannot be counted and is lost to nobody.
    assert sums_of(found) == (Decimal("772.07"), Decimal("739.13"), Decimal("65.12"))
    row = found.rows.get()
    assert (row.impossible, found.stopped) == (Decimal("65.12"), 1)
    assert "норматив" in row.reason


def test_adds_up_by_district_and_service_to_the_total_and_to_the_list(office, family) -> None:
    child = town.family_with_a_disabled_child(office, residents=3)
    town.bills(child, town.BILLS_OF_EX_3)
    other = factories.office()
    third = town.family(other, category="1")
    town.bills(third, town.BILLS_OF_EX_2)
    made.forward(town.calculate(office))
    made.forward(town.calculate(other))
    found = rehearse(ParameterChange("discount", "0.3"), NormChange("10", REGION, amount=Decimal(5)))
    assert sum(one.after - one.before for one in found.sums.all()) == found.difference
    assert sum(row.difference for row in found.rows.all()) == found.difference
    assert {one.office_id for one in found.sums.all()} == {office.pk, other.pk}
    for row in found.rows.all():
        parts = (Decimal(one["after"]) - Decimal(one["before"]) for one in row.services)
        assert sum(parts) == row.difference


def test_rehearses_one_district_alone(office, family) -> None:
    other = factories.office()
    third = town.family(other)
    town.bills(third, town.BILLS_OF_EX_2)
    made.forward(town.calculate(office))
    made.forward(town.calculate(other))
    found = rehearse(ParameterChange("discount", "0.4"), office=other)
    assert {row.recipient_id for row in found.rows.all()} == {third.recipient.pk}
    assert found.recipients == 1


def test_tells_apart_what_was_learned_since_the_run(approved, family) -> None:
    factories.residence(person=factories.person(), dwelling=family.account.dwelling, valid_from=town.LONG_BEFORE)
    same = rehearse(ParameterChange("discount", "0.5"))
    assert (same.drifted, same.difference, same.rows.count()) == (1, 0, 0)
    less = rehearse(ParameterChange("discount", "0.4"))
    assert less.rows.get().is_drifted
    assert less.difference == less.rows.get().difference < 0


def test_asks_of_no_month_without_an_approved_run(office, family) -> None:
    town.calculate(office)
    with pytest.raises(NothingToRehearse, match="октябрь 2026"):
        rehearse(ParameterChange("discount", "0.4"))


def test_asks_the_same_number_of_questions_for_more_recipients(office, family) -> None:
    for _ in range(3):
        town.bills(town.family(office), town.BILLS_OF_EX_2)
    alone = town.family(factories.office())
    town.bills(alone, town.BILLS_OF_EX_2)
    counts = []
    for one in (office, alone.recipient.office):
        made.forward(town.calculate(one))
        with CaptureQueriesContext(connection) as asked:
            rehearse(ParameterChange("discount", "0.4"), office=one)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_begins_the_same_rehearsal_once(approved) -> None:
    by = factories.staff(Role.VERIFIER, office=None)
    asked = rehearsals.Asked(
        office=None, month=OCTOBER, last_month=OCTOBER, changes=(ParameterChange("discount", "0.4"),), told="скидка",
        bills="as_billed", row={},
    )  # fmt: skip
    first = rehearsals.request_rehearsal(asked=asked, by=by, at=factories.AT)
    again = rehearsals.request_rehearsal(asked=asked, by=by, at=factories.AT)
    assert first == again
    assert Rehearsal.objects.count() == 1
