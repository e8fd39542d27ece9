"""Orders of recalculation, written directly."""

from decimal import Decimal
from typing import Any

from calculations.models import CalculationRun, Recalculation, RecalculationMonth
from offices.models import Role
from tests import factories
from tests.calculations import made
from tests.rows.ground import number


def order(**given: Any) -> Recalculation:
    """A prepared order of an office, without months."""
    written = {
        "number": number(),
        "cause": "household",
        "changed_from": factories.MONTH,
        "what": "выбыла Иванова Анна Петровна",
        "document": "справка о составе семьи от 05.11.2026",
        "prepared_at": factories.AT,
    } | given
    written["office"] = written.get("office") or factories.office()
    written["prepared_by"] = written.get("prepared_by") or factories.staff(Role.INTAKE, office=written["office"])
    return Recalculation.objects.create(**written)


def month(of: Recalculation | None = None, **given: Any) -> RecalculationMonth:
    """A month of an order, accrued in a run that was approved."""
    found = of or order()
    written = {
        "month": factories.MONTH, "accrued": Decimal("100.00"), "recalculated": Decimal("80.00"), "services": [],
    } | given  # fmt: skip
    if not CalculationRun.objects.filter(office=found.office, month=written["month"], status="approved").exists():
        made.forward(made.run(office=found.office, month=written["month"]))
    written["recipient"] = written.get("recipient") or factories.recipient(office=found.office)
    return RecalculationMonth.objects.create(order=found, **written)


def decided(of: Recalculation, status: str = "approved", **given: Any) -> Recalculation:
    """Take a prepared order on to the status, decided by another person."""
    values = {"status": status, "decided_at": factories.AT} | given
    values["decided_by"] = values.get("decided_by") or factories.staff(Role.HEAD, office=of.office)
    for name, value in values.items():
        setattr(of, name, value)
    of.save()
    return of
