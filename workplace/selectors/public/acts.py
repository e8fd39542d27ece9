"""«Законы и адреса»: the acts in force, the grounds of refusal and termination, where the offices are."""

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q

from calculations.models import Parameter
from offices.models import Decree, Office
from providers.models import ConsumptionNorm, Tariff
from recipients.models import Ground


@dataclass(frozen=True, slots=True)
class Acts:
    """What a citizen may look up before coming: the department's unit that advises (2.2.1), then districts by name."""

    decrees: tuple[Decree, ...]
    refusals: tuple[Ground, ...]
    terminations: tuple[Ground, ...]
    suspensions: tuple[Ground, ...]
    offices: tuple[Office, ...]


def acts_on(day: dt.date) -> Acts:
    """Read what is in force on a day: acts of the parameters, tariffs, norms and grounds, the grounds, the offices."""
    grounds = list(Ground.objects.valid_on(day).select_related("decree").order_by("code"))
    confirmed = [
        rows.objects.valid_on(day).filter(confirmed_at__isnull=False).values("decree")
        for rows in (Parameter, Tariff, ConsumptionNorm)
    ]
    of_sums = reduce(or_, (Q(pk__in=decrees) for decrees in confirmed))
    decrees = Decree.objects.filter(of_sums | Q(pk__in={row.decree_id for row in grounds}))
    kinds = Ground.Kind
    return Acts(
        decrees=tuple(decrees.order_by("issued_on", "number", "pk")),
        refusals=tuple(row for row in grounds if row.kind == kinds.REFUSAL),
        terminations=tuple(row for row in grounds if row.kind == kinds.TERMINATION),
        suspensions=tuple(row for row in grounds if row.kind == kinds.SUSPENSION),
        offices=tuple(
            Office.objects.filter(kind__in=[Office.Kind.DISTRICT, Office.Kind.SUBSIDIES])
            .select_related("district")
            .order_by(F("district__name").asc(nulls_first=True), "pk")
        ),
    )
