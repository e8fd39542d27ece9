"""Fuel and gas from the application to the accrual line: EX-8 and EX-9, who decides, when the parts end."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from calculations.inputs.fuel_order import FuelRefused, Wish
from calculations.models import Accrual, AccrualLine, FuelAssignment
from calculations.selectors import accrual_rows
from calculations.services import explanation, fuel
from housing.models import DwellingFacts, SupportedDwelling
from recipients.models import Application
from tests import factories
from tests.calculations import fuelled, made, town
from tests.providers.fuelled import sale_norm
from workplace.audit.running import audit

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH
NOVEMBER = dt.date(2026, 11, 1)
GAS = (Wish("cylinder", Decimal(4)),)


def preview(of: town.Family, *wishes: Wish, received_on: dt.date = fuelled.IN_SEPTEMBER, **given: Any):
    made_of = {"rule": "solid_fuel", "months": None} | given
    return fuel.preview_fuel(recipient=of.recipient, received_on=received_on, wishes=wishes or fuelled.COAL, **made_of)


def amounts(month: dt.date) -> list[Decimal]:
    lines = AccrualLine.objects.filter(month=month, fuel_part__isnull=False).order_by("fuel_part__number")
    return list(lines.values_list("accrued", flat=True))


def test_shows_ex_8_before_saving() -> None:
    fuelled.directories()
    order = preview(fuelled.house(), received_on=dt.date(2026, 5, 20))
    assert (order.cost, order.counted_cost, order.amount) == (
        Decimal("17050.00"), Decimal("17050.00"), Decimal("8525.00")
    )  # fmt: skip
    assert [part for _, part in order.parts] == [Decimal("1217.86")] * 5 + [Decimal("1217.85")] * 2
    assert (order.parts[0][0], order.parts[-1][0]) == (dt.date(2026, 6, 1), dt.date(2026, 12, 1))
    year = preview(fuelled.house(area="46"), Wish("coal", Decimal(4)), received_on=dt.date(2025, 12, 1))
    assert (year.months, year.starts_on, year.amount) == (12, dt.date(2026, 1, 1), Decimal("12168.00"))
    assert not FuelAssignment.objects.exists()


@pytest.mark.parametrize(
    ("wishes", "given", "said"),
    [
        ((Wish("coal", Decimal(1)), Wish("peat", Decimal(1))), {}, "укажите один вид топлива"),
        ((Wish("kindling", Decimal(1)),), {}, "Дрова заявление приложения 3 не предусматривает"),
        ((Wish("peat", Decimal(1)),), {}, "нет подтверждённой нормы продажи: торф"),
        ((Wish("coal", Decimal(0)),), {}, "Количество топлива 0"),
        ((), {"wishes": ()}, "В заявлении не указано топливо"),
        ((Wish("coal", Decimal(1)),), {"months": 4}, "укажите от 1 до 3"),
        ((Wish("cylinder", Decimal("1.5")),), {"rule": "bottled_gas"}, "Число баллонов"),
    ],
)
def test_refuses_what_cannot_be_assigned(wishes: Any, given: dict[str, Any], said: str) -> None:
    fuelled.directories()
    of = fuelled.house()
    with pytest.raises(FuelRefused, match=said):
        fuel.preview_fuel(
            **{"recipient": of.recipient, "rule": "solid_fuel", "received_on": fuelled.IN_SEPTEMBER, "months": None,
               "wishes": wishes} | given
        )  # fmt: skip


def test_refuses_fuel_but_not_gas_where_there_is_central_heating() -> None:
    fuelled.directories()
    of = fuelled.house()
    DwellingFacts.objects.filter(dwelling=of.account.dwelling).update(has_central_heating=True)
    with pytest.raises(FuelRefused, match="центральное отопление"):
        preview(of)
    assert preview(of, *GAS, rule="bottled_gas").amount == Decimal("2300.00")


def test_shares_where_the_parameters_say_so() -> None:
    fuelled.directories(fuel_share="own_share")
    of = fuelled.house(residents=3)
    order = preview(of)
    assert (order.share, order.amount) == ("1/3", Decimal("2841.67"))
    assert preview(of, *GAS, rule="bottled_gas").share == "1"


def test_takes_one_application_a_year_for_a_dwelling() -> None:
    fuelled.directories()
    of = fuelled.house()
    fuelled.prepared(of)
    with pytest.raises(FuelRefused, match="один раз в год"):
        fuelled.prepared(of)
    fuelled.prepared(of, rule="bottled_gas", wishes=GAS)


def test_is_decided_by_another_person_who_signs_the_paper() -> None:
    fuelled.directories()
    of = fuelled.house()
    made_first = fuelled.prepared(of)
    with pytest.raises(fuel.DecidedByItsAuthor):
        fuel.confirm_fuel(assignment_id=made_first.pk, by=made_first.prepared_by, at=factories.AT)
    second = factories.staff("head", office=of.recipient.office)
    done = fuel.confirm_fuel(assignment_id=made_first.pk, by=second, at=factories.AT)
    done.application.refresh_from_db()
    assert (done.status, done.application.status) == ("confirmed", Application.Status.GRANTED)
    assert done.decision_file is not None
    with pytest.raises(fuel.AlreadyDecided):
        fuel.confirm_fuel(assignment_id=done.pk, by=second, at=factories.AT)


def test_frees_the_year_when_it_is_refused_with_a_letter() -> None:
    fuelled.directories()
    of = fuelled.house()
    first = fuelled.prepared(of)
    ground = factories.ground(kind="refusal", code="О06")
    refused = fuel.refuse_fuel(
        assignment_id=first.pk, ground_code=ground.code, by=factories.staff("head", office=of.recipient.office),
        facts="В доме с 2024 года проведено центральное отопление, акт от 01.02.2024.", at=factories.AT,
    )  # fmt: skip
    assert (refused.status, refused.application.__class__.objects.get(pk=first.application_id).status) == (
        "withdrawn", Application.Status.REFUSED
    )  # fmt: skip
    assert fuelled.prepared(of).status == "prepared"


def test_accrues_each_part_once_with_the_months_and_replays_it() -> None:
    factories.open_month(OCTOBER)
    fuelled.directories()
    of = fuelled.house()
    fuelled.assigned(of)
    run = town.calculate(of.recipient.office)
    line = AccrualLine.objects.get(run=run)
    assert (line.accrued, line.base, line.billed, line.share) == (
        Decimal("2841.67"), Decimal("5683.34"), Decimal("5683.34"), "1/1"
    )  # fmt: skip
    assert (run.recipients, run.lines, run.total) == (1, 1, Decimal("2841.67"))
    assert explanation.replay(line=line).equals_stored
    (row,) = accrual_rows(run.pk)
    assert (row.service, row.provider_code, row.account, row.accrued) == ("22", "", "", Decimal("2841.67"))
    made.forward(run)
    factories.open_month(NOVEMBER)
    made.forward(town.calculate(of.recipient.office, month=NOVEMBER))
    assert (amounts(OCTOBER), amounts(NOVEMBER)) == ([Decimal("2841.67")], [Decimal("2841.67")])
    assert [check.code for check in audit(NOVEMBER) if check.code.startswith("A") and not check.ok] == []


def test_stands_beside_bills_and_pays_gas_at_once() -> None:
    factories.open_month(OCTOBER)
    fuelled.directories()
    of = fuelled.house()
    town.bill(of, "23", "280.89", "3")
    fuelled.assigned(of, rule="bottled_gas", wishes=GAS, months=1)
    run = town.calculate(of.recipient.office)
    assert Accrual.objects.get(run=run).accrued == Decimal("2300.00") + town.sums(of, run)["23"]


def test_accrues_what_a_month_missed_and_nothing_after_the_right() -> None:
    factories.open_month(NOVEMBER)
    fuelled.directories()
    of, gone = fuelled.house(), fuelled.house(fuelled.factories.office())
    fuelled.assigned(of)
    fuelled.assigned(gone)
    factories.ended(gone.right, NOVEMBER)
    for office in (of.recipient.office, gone.recipient.office):
        town.calculate(office, month=NOVEMBER)
    lines = AccrualLine.objects.filter(month=NOVEMBER).values_list("recipient", "fuel_part__number")
    assert sorted(lines) == [(of.recipient.pk, 1), (of.recipient.pk, 2)]


@pytest.mark.parametrize("how", ["died", "moved", "stopped"])
def test_ends_the_parts_with(how: str) -> None:
    factories.open_month(OCTOBER)
    fuelled.directories()
    of = fuelled.house()
    assignment = fuelled.assigned(of)
    if how == "died":
        of.recipient.person.death_date = dt.date(2026, 9, 30)
        of.recipient.person.save(update_fields=["death_date"])
    if how == "moved":
        SupportedDwelling.objects.filter(recipient=of.recipient).update(valid_to=OCTOBER)
        factories.supported_dwelling(recipient=of.recipient, dwelling=factories.dwelling(), valid_from=OCTOBER)
    if how == "stopped":
        by = factories.staff("calculation", office=of.recipient.office)
        fuel.stop_fuel(assignment_id=assignment.pk, from_month=OCTOBER, reason="выехал", by=by, at=factories.AT)
    town.calculate(of.recipient.office)
    assert amounts(OCTOBER) == []


def test_does_not_stop_what_is_accrued() -> None:
    factories.open_month(OCTOBER)
    fuelled.directories()
    of = fuelled.house()
    assignment = fuelled.assigned(of)
    town.calculate(of.recipient.office)
    by = factories.staff("calculation", office=of.recipient.office)
    with pytest.raises(fuel.NothingToStop, match="уже вошли в расчёт"):
        fuel.stop_fuel(assignment_id=assignment.pk, from_month=OCTOBER, reason="выехал", by=by, at=factories.AT)
    stopped = fuel.stop_fuel(assignment_id=assignment.pk, from_month=NOVEMBER, reason="выехал", by=by, at=factories.AT)
    assert stopped.status == "stopped"


def test_takes_the_norm_of_the_settlement_first() -> None:
    fuelled.directories()
    of = fuelled.house()
    settlement = of.account.dwelling.address.street.settlement
    sale_norm(settlement=settlement, quantity=Decimal("1.5"), further=0)
    (coal, _) = preview(of).fuels
    assert coal.counted == Decimal("1.5")
