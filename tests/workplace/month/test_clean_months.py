"""Two months of providers who make no fault: nothing is found but tariffs mixed by a change inside the month.

In the second month a tariff changes on its sixteenth day, the heating season begins, accounts of a provider have new
numbers, families have changed and people have died; some dwellings have zones of electricity, some two recipients.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db.models import Count

from exchange.models import Discrepancy, RequestRow, ReturnedLine
from housing.models import Residence
from offices.models import Role
from providers.account_tables import Pair
from providers.models import Charge, Provider, ServiceAccount
from providers.services import transfers
from recipients.models import Termination
from tests.workplace.month.playing import OCTOBER, SEPTEMBER, region_of_its_own, scene
from workplace.demo import tariffs
from workplace.services.playing.month import Step, steps_of
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import GOOD, Kind, Planted

OFFICE, RECIPIENTS = "66205", 60
MIDDLE = OCTOBER.replace(day=16)
MANNERS = replace(GOOD, seasonal_heating=1.0, deaths=0.1, moves=0.3)
OF_GAS = "19"


@dataclass(frozen=True)
class Played:
    """What the providers say they did, by month, and the accounts that got new numbers."""

    planted: dict[dt.date, list[Planted]]
    renumbered: set[int]


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with pytest.MonkeyPatch.context() as patch:
        every = tuple(_from_the_middle(one) for one in tariffs.regional_tariffs())
        patch.setattr(tariffs, "regional_tariffs", lambda: every)
        with django_db_blocker.unblock(), region_of_its_own(tmp_path_factory.mktemp("files"), RECIPIENTS):
            planted = {SEPTEMBER: _play(SEPTEMBER, steps_of(scene=_scene(SEPTEMBER)))}
            steps = steps_of(scene=_scene(OCTOBER))
            steps[0].play()
            renumbered = _renumber()
            planted[OCTOBER] = _play(OCTOBER, steps[1:])
            yield Played(planted, renumbered)


@pytest.fixture
def own_files() -> None:
    """The files belong to the module's region."""


def _from_the_middle(one: tariffs.DemoTariff) -> tariffs.DemoTariff:
    if one.service_code != OF_GAS:
        return one
    starts = MIDDLE if one.valid_from == OCTOBER else one.valid_from
    return replace(one, valid_from=starts, valid_to=MIDDLE if one.valid_to == OCTOBER else one.valid_to)


def _scene(month: dt.date) -> Scene:
    return scene(month, manners=MANNERS, offices=(OFFICE,))


def _play(month: dt.date, steps: list[Step]) -> list[Planted]:
    """Play a month as far as the loading."""
    until = next(place for place, step in enumerate(steps) if step.item == "3.12")
    return [one for step in steps[:until] for one in step.play()]


def _renumber() -> set[int]:
    """Give the accounts of the provider with most of them new numbers from the second month on."""
    set_on = _scene(OCTOBER)
    office = set_on.offices[0]
    own = ServiceAccount.objects.filter(dwelling__district=office.district).exclude(provider__code__startswith="1")
    most = own.order_by().values("provider").annotate(n=Count("pk")).order_by("-n", "provider")[0]
    provider = Provider.objects.get(pk=most["provider"])
    numbers = own.filter(provider=provider).order_by("pk").values_list("number", flat=True)
    at = set_on.timetable.at(Moment.OPENING)
    proposed = transfers.propose_renumbering(
        provider=provider,
        pairs=[Pair(line, number, f"7{number[1:]}") for line, number in enumerate(numbers, start=1)],
        valid_from=OCTOBER,
        known_until=dt.date(2026, 12, 1),
        basis="письмо предприятия",
        by=set_on.cast.of(office, Role.EXCHANGE),
        at=at,
    )
    done = transfers.carry_out(transfer_id=proposed.pk, by=set_on.cast.of(office, Role.HEAD), at=at)
    return set(done.lines.values_list("new_account_id", flat=True))


def test_finds_nothing_where_nothing_is_wrong(played: Played) -> None:
    assert not Discrepancy.objects.filter(file__month=SEPTEMBER).exists()
    found = Discrepancy.objects.filter(file__month=OCTOBER)
    assert list(found.exclude(code__in=["E13", "E50"]).values_list("code", "text")) == []
    jumped = set(found.filter(code="E50").values_list("row__request_row__account", flat=True))
    assert jumped <= played.renumbered, "in the play a household's habits go with the number of its account"


def test_tells_of_a_tariff_that_changed_inside_the_month_as_mixed_and_loads_the_line(played: Played) -> None:
    told = Discrepancy.objects.filter(file__month=OCTOBER, code="E13")
    where = Counter(told.values_list("file__name", "row__row_number"))
    assert where == Counter((one.file, one.row) for one in played.planted[OCTOBER])
    assert {one.kind for one in played.planted[OCTOBER]} == {Kind.MIXED_TARIFF}
    assert set(told.values_list("line__service", "line__status")) == {(OF_GAS, ReturnedLine.Status.LOADED)}
    assert played.planted[SEPTEMBER] == []


def test_plays_what_might_have_been_taken_for_a_fault(played: Played) -> None:
    charges = Charge.objects.filter(month=OCTOBER)
    heated = charges.filter(service="21")
    assert heated.exists()
    assert not Charge.objects.filter(month=SEPTEMBER, service="21", billed__gt=0).exists()
    assert charges.filter(account__in=played.renumbered).exists()
    assert charges.filter(service__in=["16", "17"]).exists()
    asked = RequestRow.objects.filter(file__month=OCTOBER).order_by().values("account")
    assert asked.annotate(n=Count("recipient", distinct=True)).filter(n__gt=1).exists()
    assert Residence.objects.filter(valid_to=OCTOBER).exists()
    assert Termination.objects.filter(happened_on__lt=OCTOBER).exists()
