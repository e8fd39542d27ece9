"""What a provider recalculates is paid by the rules of the month it is about: that month anew, less what was accrued."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from calculations.models import Accrual, AccrualLine, CalculationRun, UnappliedRecalculation, Withheld
from calculations.rules.corrections import WITHOUT_MONTH
from calculations.services import explanation, handover
from offices.balances import Balance
from providers.models import Charge
from tests import factories
from tests.calculations import made, town

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (8, 9, 10, 11))
WATER, HEAT, MAINTENANCE, DAY, NIGHT = "10", "11", "02", "16", "17"


@pytest.fixture
def office():
    factories.open_month(SEPTEMBER)
    factories.open_month(OCTOBER)
    town.directories()
    return factories.office()


def approved(office: Any, month: dt.date) -> CalculationRun:
    return made.forward(town.calculate(office, month=month))


def told(of: town.Family, service: str, adjustment: str, **given: Any) -> Charge:
    """A bill of October that tells a recalculation, of September where nothing else is said."""
    place = {"month": OCTOBER, "adjustment": Decimal(adjustment), "adjustment_month": SEPTEMBER} | given
    return town.bill(of, service, place.pop("billed", "0.00"), place.pop("quantity", "0"), **place)


def extra(run: CalculationRun) -> AccrualLine:
    """The only line of a run that is not of its month's own bill."""
    (line,) = [line for line in AccrualLine.objects.filter(run=run) if not line.is_of_its_month]
    return line


def left(run: CalculationRun) -> dict[int | None, str]:
    rows = UnappliedRecalculation.objects.filter(run=run).values_list("counts_for", "reason")
    return {month and month.month: reason for month, reason in rows}


def balance(run: CalculationRun) -> Balance:
    return handover.balance_of_submission(run=run)


def test_takes_back_10_68_and_not_19_55_as_in_ex_6(office) -> None:
    family = town.family(office, residents=2)
    town.bill(family, WATER, "260.60", "10", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    told(family, WATER, "-78.18", billed="260.60", quantity="10", file_sha256="ab" * 32, row_number=7, source="file")
    run = town.calculate(office, month=OCTOBER)
    line = extra(run)
    assert (line.accrued, line.billed, line.corrects_month) == (Decimal("-10.68"), Decimal("182.42"), SEPTEMBER)
    assert Accrual.objects.get(run=run).accrued == Decimal("56.29") - Decimal("10.68")
    found = explanation.replay(line=line)
    assert found.equals_stored
    text = "; ".join(caption.text for caption in found.captions).replace("\xa0", " ")
    assert text.startswith("за сентябрь 2026 года начислено 260,60 ₽, перерасчёт −78,18 ₽, теперь 182,42 ₽; ")
    assert "182,42 ₽ за месяц, объём 7 м³, тариф 26,06 ₽ за м³" in text
    assert text.endswith("(перерасчёт предприятия): 45,61 ₽ − 56,29 ₽ начислено прежде = −10,68 ₽")
    assert found.captions[0].source == "файл abababababab, строка 7"
    assert left(run) == {}


def test_counts_every_recalculation_told_of_the_month_until_now(office) -> None:
    """September is 10 m³, one less in October, two more less in November: 10, 9 (still capped), 7."""
    family = town.family(office, residents=2)
    town.bill(family, WATER, "260.60", "10", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    told(family, WATER, "-26.06")
    first = approved(office, OCTOBER)
    assert left(first) == {9: "no_difference"}
    factories.open_month(NOVEMBER)
    told(family, WATER, "-52.12", month=NOVEMBER)
    line = extra(town.calculate(office, month=NOVEMBER))
    assert (line.accrued, line.billed) == (Decimal("-10.68"), Decimal("182.42"))
    assert [one["roubles"] for one in line.inputs["correction"]["told"]] == ["-26.060000", "-52.120000"]


def test_shares_the_norm_among_zones_by_what_was_used_after_all(office) -> None:
    """EX-7 with 20 kWh of the day taken back: day 120, night 60 of 180; the cap of 138 is shared anew."""
    family = town.family(office)
    town.bill(family, DAY, "653.80", "140", month=SEPTEMBER)
    town.bill(family, NIGHT, "163.20", "60", month=SEPTEMBER)
    first = approved(office, SEPTEMBER)
    assert town.sums(family, first) == {"15": Decimal("93.96")}
    told(family, DAY, "-93.40")
    line = extra(town.calculate(office, month=OCTOBER))
    day, night = Decimal(138 * 120) / 180, Decimal(138 * 60) / 180
    due = ((day * Decimal("4.67") + night * Decimal("2.72")) / 6).quantize(Decimal("0.01"))
    assert line.accrued == due - Decimal("93.96")
    assert explanation.replay(line=line).equals_stored


def test_keeps_why_a_recalculation_gives_nothing(office) -> None:
    """Before the right, before the measure's parameters, of a service outside the measure: 0 with a reason each."""
    novice = town.family(office, since=SEPTEMBER)
    told(novice, WATER, "-50.00", adjustment_month=AUGUST)
    told(novice, HEAT, "-50.00", adjustment_month=dt.date(2007, 9, 1))
    factories.service(code="40", kind="", name="охрана", is_supported=False)
    told(novice, "40", "-5.00")
    run = approved(office, OCTOBER)
    reasons = dict(UnappliedRecalculation.objects.filter(run=run).values_list("counts_for", "reason"))
    assert reasons == {AUGUST: "no_right", dt.date(2007, 9, 1): "no_right", SEPTEMBER: "not_in_measure"}
    texts = set(UnappliedRecalculation.objects.filter(run=run).values_list("text", flat=True))
    assert "За август 2026: в этом месяце нет ни одного дня права." in texts
    assert not [line for line in AccrualLine.objects.filter(run=run) if line.accrued]


def test_never_bills_a_month_below_nothing_and_carries_the_rest_over(office) -> None:
    family = town.family(office, residents=2)
    town.bill(family, HEAT, "400.00", "2.5", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    told(family, HEAT, "-900.00")
    run = town.calculate(office, month=OCTOBER)
    assert (extra(run).accrued, extra(run).billed) == (Decimal("-100.00"), 0)
    accrual = Accrual.objects.get(run=run)
    assert (accrual.accrued, accrual.carried_out) == (0, Decimal("100.00"))


def test_pays_what_is_billed_for_a_past_month_only_now(office) -> None:
    """Nothing was billed in September; the charge that tells of it stands for the month and keeps its own line."""
    family = town.family(office, residents=2)
    charge = told(family, HEAT, "157.00", billed="314.00", quantity="2")
    run = town.calculate(office, month=OCTOBER)
    assert (extra(run).accrued, extra(run).charge_ids) == (Decimal("39.25"), [charge.pk])
    assert Accrual.objects.get(run=run).accrued == Decimal("78.50") + Decimal("39.25")
    assert (balance(run).handed_on.rows, balance(run).held) == (1, {})


def test_takes_a_part_of_a_recalculation_without_a_month(office) -> None:
    """Half a kopeck goes away from nothing: -100.02 x 0.5 x 1/4 = -12.5025, and 0.02 x 0.5 x 1/2 = 0.005."""
    family = town.family(office, residents=2)
    told(family, HEAT, "-100.02", adjustment_month=None, billed="314.00", quantity="2")
    told(family, WATER, "0.02", adjustment_month=None)
    run = town.calculate(office, month=OCTOBER)
    lines = {line.service_id: line for line in AccrualLine.objects.filter(run=run, rule=WITHOUT_MONTH.name)}
    assert {code: line.accrued for code, line in lines.items()} == {HEAT: Decimal("-25.01"), WATER: Decimal("0.01")}
    assert lines[HEAT].reason == "предприятие не указало месяц перерасчёта"
    assert all(explanation.replay(line=line).equals_stored for line in lines.values())
    assert Accrual.objects.get(run=run).accrued == Decimal("78.50") - Decimal("25.01") + Decimal("0.01")
    assert balance(run).handed_on.rows == 2


def test_gives_nothing_of_a_recalculation_without_a_month_where_the_measure_does_not(office) -> None:
    """Maintenance of a private flat is outside; it is kept why."""
    family = town.family(office)
    told(family, MAINTENANCE, "-100.00", adjustment_month=None)
    run = town.calculate(office, month=OCTOBER)
    (note,) = UnappliedRecalculation.objects.filter(run=run)
    assert (note.reason, note.counts_for) == ("no_difference", None)
    assert "в частном жилищном фонде" in note.text


def test_leaves_the_naive_part_out_of_what_its_month_was_worth(office) -> None:
    """A recalculation without a month in September is no part of September's line when September is corrected."""
    family = town.family(office, residents=2)
    told(family, HEAT, "-40.00", month=SEPTEMBER, adjustment_month=None, billed="400.00", quantity="2.5")
    approved(office, SEPTEMBER)
    told(family, HEAT, "-100.00")
    assert extra(town.calculate(office, month=OCTOBER)).accrued == Decimal("-25.00")


def test_keeps_a_recalculation_of_a_recipient_without_a_right(office) -> None:
    gone = town.family(office, valid_to=OCTOBER)
    told(gone, HEAT, "-10.00")
    run = town.calculate(office, month=OCTOBER)
    assert left(run) == {9: "right_ended"}
    assert Withheld.objects.get(run=run).reason == "no_right"


def test_counts_a_month_that_several_grounds_touch_once(office) -> None:
    """The provider answers September anew and tells a recalculation of it: one line of 8 m³ less one."""
    family = town.family(office, residents=2)
    town.bill(family, WATER, "182.42", "7", month=SEPTEMBER)
    approved(office, SEPTEMBER)
    town.bill(family, WATER, "208.48", "8", month=OCTOBER, billed_for=SEPTEMBER)
    told(family, WATER, "-26.06")
    line = extra(town.calculate(office, month=OCTOBER))
    assert (line.accrued, line.inputs["correction"]["grounds"]) == (Decimal("0.00"), ["late", "told"])
