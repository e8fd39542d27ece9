"""A registry office's list of a month: the dead of its district, most of them unknown to us (3.5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records
from exchange.layouts.forms import Attribute
from exchange.layouts.names import file_name
from offices.months import last_day
from workplace.simulation.manners import dice
from workplace.simulation.strangers import stranger

STRANGERS = 3
REGISTERED_IN = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DeadPerson:
    """A person of ours as the registry office registered the death."""

    snils: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    died_on: dt.date


@dataclass(frozen=True, slots=True)
class RegistryList:
    """The list as a file."""

    name: str
    content: bytes


def registry_list(people: Sequence[DeadPerson], *, office: str, month: dt.date, seed: int) -> RegistryList:
    """Write the list of an office's district; the same dice give the same bytes."""
    layout = preset("registry_office")
    throw = dice(seed, month, "registry office", office)
    unknown = []
    for _ in range(STRANGERS):
        one = stranger(throw, services=())
        assert one.birth_date is not None, "a stranger has a day of birth"
        died_on = month + dt.timedelta(days=throw.randrange(last_day(month).day))
        unknown.append(DeadPerson("", one.last_name, one.first_name, one.middle_name, one.birth_date, died_on))
    records = [_record(one, f"{number}{office[-2:]}") for number, one in enumerate([*people, *unknown], start=101)]
    return RegistryList(file_name(layout, month=month), build_records(layout, records))


def _record(one: DeadPerson, act: str) -> dict[str, Attribute]:
    return {
        "snils": one.snils,
        "last_name": one.last_name,
        "first_name": one.first_name,
        "middle_name": one.middle_name,
        "birth_date": one.birth_date,
        "death_date": one.died_on,
        "act_number": act,
        "act_date": one.died_on + REGISTERED_IN,
        "act_issuer": "отдел ЗАГС района",
    }
