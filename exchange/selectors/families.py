"""Whom other rights of a dwelling count, where the region counts shares of whole families (dossier 1.1, 1.2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet

from exchange.models import RequestRow
from housing.models import Residence
from recipients.models import EntitledPerson, Entitlement

Claim = tuple[dt.date, int]
"""The day a right began and its id: the first of a dwelling has those whom no right covers."""


def others_in_dwellings(asked: "QuerySet[RequestRow]", month: dt.date) -> dict[tuple[int, int], int]:
    """Count, by dwelling and right, the residents who belong to other rights on the first day of the month.

    Whom a right covers belongs to it, everybody else to the right of the dwelling that began first. A dwelling with
    one right is absent. Two queries for all rows.
    """
    living = Residence.objects.valid_on(month).filter(dwelling__in=asked.order_by().values("account__dwelling_id"))
    residents: dict[int, set[int]] = defaultdict(set)
    for dwelling_id, person_id in living.values_list("dwelling_id", "person_id"):
        residents[dwelling_id].add(person_id)
    rights: dict[int, list[Claim]] = defaultdict(list)
    covered = (
        EntitledPerson.objects.valid_on(month)
        .filter(person__in=living.order_by().values("person_id"), entitlement__in=Entitlement.objects.valid_on(month))
        .order_by("pk")
    )
    for person_id, *claim in covered.values_list("person_id", "entitlement__valid_from", "entitlement_id"):
        rights[person_id].append((claim[0], claim[1]))
    return {
        (dwelling_id, claim[1]): others
        for dwelling_id, people in residents.items()
        for claim, others in _others(people, rights).items()
    }


def _others(people: set[int], rights: Mapping[int, list[Claim]]) -> dict[Claim, int]:
    own: dict[Claim, set[int]] = defaultdict(set)
    for person in people:
        for claim in rights.get(person, ()):
            own[claim].add(person)
    if len(own) < 2:
        return {}
    first = min(own)
    covered = set().union(*own.values())
    return {claim: len(covered - mine) if claim == first else len(people - mine) for claim, mine in own.items()}
