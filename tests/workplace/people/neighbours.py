"""People of a district who are looked for and listed: with homes, accounts, and what they were accrued."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculations.models import Accrual, CalculationRun
from offices.models import Office
from recipients.models import Recipient
from tests import factories as make
from tests.factories import AT, MONTH
from tests.workplace.visiting import stored as stored_file

BEFORE = dt.date(2026, 9, 1)


def neighbour(office: Office, last: str, first: str = "Анна", middle: str = "Петровна", **given: Any) -> Recipient:
    """A recipient of the office with a right since long ago; `category` and `person` facts may be given."""
    category = given.pop("category", "2")
    case_number = given.pop("case_number", None) or f"{make.person().pk}/2026"
    person = make.person(last_name=last, first_name=first, middle_name=middle, **given)
    found = make.recipient(office=office, person=person, case_number=case_number)
    make.entitlement(recipient=found, category=category)
    return found


def settled(recipient: Recipient, *, street: str, house: str, flat: str = "", town: str = "Сафоново") -> Any:
    """Give a recipient a dwelling at the address and return it."""
    known = recipient.office.district
    place = make.settlement(district=known, name=f"{town}-{recipient.pk}")
    address = make.address(street=make.street(settlement=place, name=street), house=house, flat=flat)
    home = make.dwelling(address=address)
    make.supported_dwelling(recipient=recipient, dwelling=home)
    return home


def accrued(
    office: Office, sums: Mapping[Recipient, str], *, month: dt.date = MONTH, status: str = "calculated"
) -> None:
    """A run of the office's month in which the recipients were accrued the sums."""
    make.open_month(month)
    by = make.staff(office=office)
    run = CalculationRun.objects.create(office=office, month=month, started_at=AT, started_by=by)
    Accrual.objects.bulk_create(
        Accrual(
            run=run,
            office=office,
            month=month,
            recipient=recipient,
            entitlement=recipient.entitlements.get(),
            billed=Decimal(amount) * 2,
            accrued=Decimal(amount),
            lines=1,
        )
        for recipient, amount in sums.items()
    )
    stored = CalculationRun.objects.filter(pk=run.pk)
    stored.update(
        status="calculated",
        calculated_at=AT,
        recipients=len(sums),
        lines=len(sums),
        total=sum((Decimal(amount) for amount in sums.values()), Decimal("0.00")),
    )
    if status == "approved":
        stored.update(status="submitted", submitted_at=AT, submitted_by=by, accrual_file=stored_file())
        stored.update(status="approved", reviewed_at=AT, reviewed_by=make.staff())
