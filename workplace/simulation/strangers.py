"""People whom nobody asked about: invented on the spot, with numbers outside the region's."""

import datetime as dt
import random

from exchange.layouts.exchanged import RequestedPerson
from recipients.snils import control_number
from workplace.demo.vocabulary import fathers_name, first_name, patronymic, surname, surname_for

SNILS_BLOCK = 980_000_000
BORN = dt.date(1958, 4, 12)


def stranger(throw: random.Random, *, services: tuple[str, ...]) -> RequestedPerson:
    """Invent somebody who is in no register; the account begins with 99, which no district has."""
    born = BORN + dt.timedelta(days=throw.randrange(9000))
    number = f"{SNILS_BLOCK + throw.randrange(9_000_000):09d}"
    return RequestedPerson(
        request_id="",
        last_name=surname_for(surname(throw), sex="m"),
        first_name=first_name(throw, sex="m", born_on=born),
        middle_name=patronymic(fathers_name(throw, born_on=born), sex="m"),
        birth_date=born,
        snils=number + control_number(number),
        account=f"99{throw.randrange(10_000_000):07d}",
        services=services,
    )
