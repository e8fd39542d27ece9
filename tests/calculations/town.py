"""A small office with the dossier's families and directories, from which a month is calculated.

Tariffs and norms are those of the dossier's section 1.4 (published for Smolensk, mixed years), so a run's
sums are the worked examples to the kopeck.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculations.models import AccrualLine, CalculationRun, Parameter
from calculations.services import runs
from offices import jobs
from offices.models import Job, Office, Role, Staff
from providers.models import Charge, ConsumptionNorm, ServiceAccount
from recipients.models import Entitlement, Person, Recipient
from tests import factories

SERVICES = {
    "01": "rent", "02": "maintenance", "03": "capital_repair", "10": "cold_water", "11": "hot_water",
    "14": "sewerage", "15": "electricity", "16": "electricity_day", "17": "electricity_night", "18": "electricity_peak",
    "21": "heating", "22": "solid_fuel", "23": "waste",
}  # fmt: skip
TARIFFS = {
    "01": "7.20", "02": "18.50", "03": "6.32", "10": "26.06", "11": "157.00", "14": "17.76", "15": "4.06",
    "16": "4.67", "17": "2.72", "18": "5.10", "21": "1660.22", "23": "93.63",
}  # fmt: skip
PARAMETERS = {
    "discount": "0.5", "lag_months": "1", "change_rule": "first_of_next_month", "month_of_death": "full",
    "deviation_percent": "20", "sample_percent": "10", "repair_groups": "1,2,child",
    "share_rule": "own_share", "norm_cap": "norm", "arrears_rule": "court_act", "fuel_share": "whole",
    "gas_share": "whole", "withholding_percent": "20", "first_month": "next",
}  # fmt: skip
LONG_BEFORE = dt.date(2008, 1, 1)
# EX-2: bills of a flat of 54 m² with three residents, as (quantity, billed).
BILLS_OF_EX_2 = {
    "10": ("14", "364.84"), "11": ("8", "1256.00"), "14": ("22", "390.72"), "15": ("180", "730.80"),
    "21": ("0.9990", "1658.56"), "23": ("3", "280.89"), "03": ("54", "341.28"),
}  # fmt: skip
BILLS_OF_EX_3 = {
    "02": ("62.4", "1154.40"), "01": ("62.4", "449.28"), "10": ("12", "312.72"), "14": ("19", "337.44"),
    "11": ("7", "1099.00"), "15": ("160", "649.60"), "21": ("1.1544", "1916.56"), "23": ("4", "374.52"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """A recipient with a right, the people registered with them, and the account their bills come on."""

    recipient: Recipient
    right: Entitlement
    people: tuple[Person, ...]
    account: ServiceAccount


def directories(**changed: str) -> None:
    """Enter services, tariffs, norms and parameters; `changed` are values of parameters."""
    for code, kind in SERVICES.items():
        factories.service(code=code, kind=kind, name=kind, unit="м³")
    for code, price in TARIFFS.items():
        factories.tariff(service=factories.service(code=code), price=Decimal(price), valid_from=LONG_BEFORE)
    for code, amount in {"10": "4.32", "11": "3.16", "14": "7.48"}.items():
        norm(code, amount)
    norm("15", "46", stove="gas", dwelling_kind="flat", rooms=2, persons=3)
    norm("15", "60", stove="gas", dwelling_kind="flat", rooms=2, persons=2)
    norm("15", "96", stove="gas", dwelling_kind="flat", rooms=2, persons=1)
    norm("15", "43", stove="gas", dwelling_kind="flat", rooms=3, persons=4)
    norm("21", "0.0185", basis=ConsumptionNorm.Basis.PER_AREA)
    for code, value in (PARAMETERS | changed).items():
        parameter(code, value)


def norm(code: str, amount: str, **given: Any) -> ConsumptionNorm:
    return factories.norm(
        service=factories.service(code=code), amount=Decimal(amount), **{"valid_from": LONG_BEFORE} | given
    )


def parameter(code: str, value: str, **given: Any) -> Parameter:
    """A confirmed parameter."""
    made = {"valid_from": LONG_BEFORE, "confirmed_at": factories.AT} | given
    return Parameter.objects.create(
        code=code,
        value=value,
        decree=factories.decree(),
        entered_by=factories.staff(),
        confirmed_by=factories.staff() if made["confirmed_at"] else None,
        **made,
    )


def family(  # what a household is made of, each with the value of EX-2
    office: Office,
    *,
    residents: int = 3,
    category: str = "2",
    stock: str = "private",
    area: str = "54",
    rooms: int = 2,
    since: dt.date = LONG_BEFORE,
    **right: Any,
) -> Family:
    """A disabled adult of a category with others registered in the same flat; group II, own flat of 54 m²."""
    dwelling = factories.dwelling(
        facts={
            "stock": stock, "total_area": Decimal(area), "living_area": Decimal(30), "rooms": rooms,
            "valid_from": LONG_BEFORE,
        },
        address=factories.address(street=_street(office)),
    )  # fmt: skip
    recipient = factories.recipient(office=office)
    people = (recipient.person, *(factories.person() for _ in range(residents - 1)))
    for person in people:
        factories.residence(person=person, dwelling=dwelling, valid_from=LONG_BEFORE)
    factories.supported_dwelling(recipient=recipient, dwelling=dwelling, valid_from=LONG_BEFORE)
    made = factories.entitlement(recipient=recipient, category=category, valid_from=since, **right)
    account = factories.account(dwelling=dwelling, valid_from=LONG_BEFORE)
    return Family(recipient=recipient, right=made, people=people, account=account)


def family_with_a_disabled_child(office: Office, *, residents: int = 4, **given: Any) -> Family:
    """EX-3: a child's right that covers everyone in a municipal flat of 62.4 m² with three rooms."""
    child = factories.person(birth_date=dt.date(2015, 5, 5))
    made = family(
        office, residents=residents, category="child", holder="family", disabled_person=child,
        stock="municipal", area="62.4", rooms=3, **given,
    )  # fmt: skip
    factories.residence(person=child, dwelling=made.account.dwelling, valid_from=LONG_BEFORE)
    for person in made.people:
        factories.entitled_person(made.right, person=person)
    return made


def bill(of: Family, service: str, billed: str, quantity: str | None = None, **given: Any) -> Charge:
    """A charge on the family's account."""
    return factories.charge(
        recipient=of.recipient,
        account=of.account,
        service=factories.service(code=service),
        billed=Decimal(billed),
        quantity=None if quantity is None else Decimal(quantity),
        **{"is_metered": True} | given,
    )


def bills(of: Family, of_services: Mapping[str, tuple[str, str]], **given: Any) -> list[Charge]:
    return [bill(of, code, billed, quantity, **given) for code, (quantity, billed) in of_services.items()]


def _street(office: Office) -> Any:
    return factories.street(settlement=factories.settlement(district=office.district))


def specialist(office: Office) -> Staff:
    return factories.staff(Role.CALCULATION, office=office)


def request(office: Office, *, month: dt.date = factories.MONTH, by: Staff | None = None) -> Job:
    return runs.request_run(office=office, month=month, by=by or specialist(office), at=factories.AT)


def calculate(office: Office, *, month: dt.date = factories.MONTH, by: Staff | None = None) -> CalculationRun:
    """Calculate a district's month in this process, to its end."""
    job = jobs.work(request(office, month=month, by=by).pk, runs.calculate_chunk)
    assert job.state == Job.State.DONE, job.error
    return CalculationRun.objects.get(pk=job.result["run"])


def sums(of: Family, run: CalculationRun) -> dict[str, Decimal]:
    """What each service of the family's right is worth in the run."""
    lines = AccrualLine.objects.filter(run=run, accrual__entitlement=of.right)
    return dict(lines.values_list("service_id", "accrued"))


def decimals(values: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in dict(values).items()}
