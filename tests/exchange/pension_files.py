"""Files of the pension fund for tests, written by the preset's own layout."""

import datetime as dt
from typing import Any

from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records
from recipients.models import Entitlement, Person
from tests.factories import MONTH


def line(person: Person, **given: Any) -> dict[str, Any]:
    """What the fund sends of a person whose card is right and who is disabled of group II without end."""
    return {
        "snils": person.snils or "",
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "birth_date": person.birth_date,
        "disability_group": "2",
        "district_code": "03",
        "file_month": MONTH,
    } | given


def pension_file(*lines: dict[str, Any]) -> bytes:
    return build_records(preset("pension"), lines)


def agreeing(right: Entitlement, **given: Any) -> dict[str, Any]:
    """What the fund sends when it says the same as the right."""
    ends = right.certificate_valid_to
    return line(
        right.disabled_person,
        disability_group=right.category,
        disability_to=ends - dt.timedelta(days=1) if ends else None,
        **given,
    )
