"""Recipients who owe for housing: requests, answers, court acts, suspensions by the services."""

import datetime as dt
from decimal import Decimal
from typing import Any

from calculations.models import DebtAnswer, DebtCourtAct, DebtRequest, Parameter, Suspension
from calculations.services import debts, suspensions
from calculations.services.resumption import Resumption
from offices.models import Role, Staff
from recipients.models import Ground
from tests import factories
from tests.calculations import town
from tests.rows.ground import number

IN_AUGUST = dt.datetime(2026, 8, 20, 12, tzinfo=factories.MOSCOW)
IN_NOVEMBER = dt.datetime(2026, 11, 20, 12, tzinfo=factories.MOSCOW)
SEPTEMBER, OCTOBER, NOVEMBER = dt.date(2026, 9, 1), factories.MONTH, dt.date(2026, 11, 1)
CODES = {"court_act": "С01", "agreement": "С02"}


def rule(value: str = "court_act") -> None:
    """The parameters of every month with this rule of arrears, and the ground of suspension that goes with it."""
    known = set(Parameter.objects.values_list("code", flat=True))
    for name, word in (town.PARAMETERS | {"arrears_rule": value}).items():
        if name not in known:
            town.parameter(name, word)
    code = CODES.get(value)
    if code and not Ground.objects.filter(code=code).exists():
        factories.ground(Ground.Kind.SUSPENSION, code=code, title="долг", article="часть 3 статьи 160")


def specialist(of: town.Family) -> Staff:
    return factories.staff(Role.CALCULATION, office=of.recipient.office)


def head(of: town.Family) -> Staff:
    return factories.staff(Role.HEAD, office=of.recipient.office)


def asked(of: town.Family, *, at: dt.datetime = IN_AUGUST, by: Staff | None = None) -> DebtRequest:
    return debts.ask_about_debts(
        office=of.recipient.office,
        provider=of.account.provider,
        recipient_ids=[of.recipient.pk],
        by=by or specialist(of),
        at=at,
    )


def answered(of: town.Family, outcome: str = "debt", **given: Any) -> DebtAnswer:
    """What the provider answers to a request of the same day."""
    at = given.pop("at", IN_AUGUST)
    found = asked(of, at=at).answers.get()
    told: dict[str, Any] = {"answered_on": at.date(), "document": "письмо от 20.08.2026 № 7"}
    if outcome != "no_debt":
        told |= {"debt": Decimal("15230.40"), "owed_since": dt.date(2026, 1, 1), "months": 6}
    return debts.record_answer(answer_id=found.pk, outcome=outcome, by=specialist(of), at=at, **told | given)


def act(of: town.Family, **given: Any) -> DebtCourtAct:
    told: dict[str, Any] = {
        "provider_id": of.account.provider_id, "court": "Промышленный районный суд", "number": f"2-{number()}",
        "decided_on": dt.date(2026, 6, 1), "in_force_on": dt.date(2026, 7, 2), "debt": Decimal("15230.40"),
        "owed_since": dt.date(2025, 10, 1), "months": 8, "at": IN_AUGUST,
    } | given  # fmt: skip
    return suspensions.enter_court_act(recipient_id=of.recipient.pk, by=specialist(of), **told)


def prepared(of: town.Family, **given: Any) -> Suspension:
    """A suspension that waits for another person, by a court act unless an answer is given."""
    if "answer_id" not in given and "court_act_id" not in given:
        given["court_act_id"] = act(of).pk
    return suspensions.prepare_suspension(
        recipient_id=of.recipient.pk, **{"by": specialist(of), "at": IN_AUGUST} | given
    )


def suspended(of: town.Family, **given: Any) -> Suspension:
    """A payment suspended from September on."""
    at = given.get("at", IN_AUGUST)
    return suspensions.confirm_suspension(suspension_id=prepared(of, **given).pk, by=head(of), at=at)


def resumption(of: Suspension, because: str = "paid", **given: Any) -> Resumption:
    told: dict[str, Any] = {
        "resumed_on": dt.date(2026, 11, 18), "document": "справка от 18.11.2026", "changed_from": of.starts_on,
    } | given  # fmt: skip
    return Resumption(suspension_id=of.pk, because=because, **told)


def family() -> town.Family:
    """A family of an office whose months follow the rule of court acts."""
    rule()
    return town.family(factories.office())


def request() -> DebtRequest:
    return asked(family())


def answer() -> DebtAnswer:
    return request().answers.get()


def told_debt() -> DebtAnswer:
    return answered(family())


def court_act() -> DebtCourtAct:
    return act(family())


def waiting_suspension() -> Suspension:
    return prepared(family())


def confirmed_suspension() -> Suspension:
    return suspended(family())


def by_an_answer() -> Suspension:
    """A suspension that waits for another person, where payments stop without an agreement."""
    rule("agreement")
    of = town.family(factories.office())
    return prepared(of, answer_id=answered(of).pk)
