"""Rights of invented people: certificates, applications, representatives, ways of payment."""

import datetime as dt
import random
from itertools import accumulate

from offices.months import next_month, shift_month
from workplace.demo.directories import banks
from workplace.demo.households import Ground
from workplace.demo.identities import account_of
from workplace.demo.people import People
from workplace.demo.places import DemoDistrict
from workplace.demo.records import (
    DemoChannel,
    DemoDwelling,
    DemoEntitlement,
    DemoPerson,
    DemoRepresentative,
    DemoResident,
)

APPLICATIONS_SINCE = dt.date(2013, 1, 1)
NEW = 0.025
WAYS, WAY_WEIGHTS = ("in_person", "mfc", "post"), (68, 27, 5)
CHANNELS, CHANNEL_WEIGHTS = ("bank", "post", "other"), (62, 36, 2)
ADULT = 18


class Registrar:
    """Registers rights one after another, by `month` all of them in force."""

    def __init__(self, *, month: dt.date) -> None:
        self.month = month
        self.registered = 0

    def register(
        self,
        dice: random.Random,
        ground: Ground,
        *,
        place: DemoDistrict,
        dwelling: DemoDwelling,
        residents: tuple[DemoResident, ...],
        people: People,
    ) -> DemoEntitlement:
        """Register the right that stands on a ground."""
        self.registered += 1
        residence = next(each for each in residents if each.person.key == ground.disabled.key)
        needed = {ground.disabled.key, ground.recipient.key}
        registered_on = max(each.valid_from for each in residents if each.person.key in needed)
        applied_on = self._applied_on(dice, earliest=registered_on)
        representative = _representative(ground, applied_on)
        payee = ground.guardian or ground.recipient
        return DemoEntitlement(
            number=self.registered,
            recipient_key=ground.recipient.key,
            disabled_key=ground.disabled.key,
            holder="family" if ground.category == "child" else "adult",
            category=ground.category,
            covered=ground.covered,
            representative=representative,
            certificate=f"МСЭ-{applied_on.year} № {self.registered:07d}",
            certificate_valid_to=self._certificate_end(dice, ground, people.as_of),
            way=dice.choices(WAYS, WAY_WEIGHTS)[0],
            applied_on=applied_on,
            valid_from=next_month(applied_on.replace(day=1)),
            basis=residence.basis,
            channel=_channel(dice, payee, place=place, dwelling=dwelling),
        )

    def _applied_on(self, dice: random.Random, *, earliest: dt.date) -> dt.date:
        """Draw the day of application: mostly long ago, some in the month before the first billed."""
        start = max(earliest + dt.timedelta(days=30), APPLICATIONS_SINCE)
        before = shift_month(self.month, -1)
        days = (before - start).days
        if days <= 0 or dice.random() < NEW:
            return before + dt.timedelta(days=dice.randrange(20))
        return start + dt.timedelta(days=dice.randrange(days))

    def _certificate_end(self, dice: random.Random, ground: Ground, as_of: dt.date) -> dt.date | None:
        """Draw when the certificate ends: a child's at eighteen or sooner, an adult's mostly never."""
        later = next_month(shift_month(self.month, dice.randrange(1, 25)))
        if ground.category == "child":
            born = ground.disabled.birth_date
            grown_up = dt.date(born.year + ADULT, born.month, min(born.day, 28))
            return grown_up if dice.random() < 0.6 else min(later, grown_up)
        age = as_of.year - ground.disabled.birth_date.year
        return None if dice.random() < (0.85 if age > 60 else 0.45) else later


def _representative(ground: Ground, applied_on: dt.date) -> DemoRepresentative | None:
    """Name who acts for a child or for an adult under guardianship, and by what paper."""
    if ground.guardian is None:
        return None
    if ground.category != "child":
        return DemoRepresentative(ground.guardian, "guardian", "решение органа опеки", applied_on)
    relation = next(each.relation for each in ground.covered if each.person_key == ground.guardian.key)
    if relation == "опекун":
        return DemoRepresentative(ground.guardian, "guardian", "акт органа опеки", applied_on)
    child = ground.disabled
    paper = "свидетельство о рождении"
    if child.document_kind == paper:
        paper = f"{paper} {child.document_series} № {child.document_number}"
    return DemoRepresentative(ground.guardian, "parent", paper, child.birth_date + dt.timedelta(days=10))


def _channel(dice: random.Random, payee: DemoPerson, *, place: DemoDistrict, dwelling: DemoDwelling) -> DemoChannel:
    kind = dice.choices(CHANNELS, CHANNEL_WEIGHTS)[0]
    bik = account = post_index = other = ""
    if kind == "bank":
        bank = dice.choices(banks(), cum_weights=list(accumulate(each.weight for each in banks())))[0]
        bik, account = bank.bik, account_of(payee.key, bik=bank.bik)
    elif kind == "post":
        index = dwelling.address.postal_index
        post_index = index if index != place.center.postal_index else dice.choice(_town_indexes(place))
    else:
        other = "через кассу отдела социальной защиты населения"
    return DemoChannel(kind, payee.key, bik, account, post_index, other)


def _town_indexes(place: DemoDistrict) -> list[str]:
    villages = {each.postal_index for each in place.settlements[1:]}
    return [each.index for each in place.post_offices if each.index not in villages]
