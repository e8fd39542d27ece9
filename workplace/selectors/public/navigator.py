"""«Есть ли у меня право»: what the measure gives to whom, with which papers, from which month, and where to go."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from calculations.inputs.parameters import ParametersInForce
from calculations.rules.inputs import Facts
from calculations.rules.kinds import TITLES, Group, Holder, ServiceKind, Stock
from calculations.rules.reasons import DENIALS
from calculations.rules.regimes import RULES_BY_KIND, regime_of, rule_for
from calculations.selectors import parameters_in_force
from offices.models import Office
from offices.months import month_of
from recipients.eligibility import Claim, first_day_of_right, refusals_of, suspensions_under
from recipients.models import Application, DocumentKind, Ground
from recipients.selectors import ground_in_force
from recipients.services.admission import DOCUMENTS_OF

NOBODY: Final = "none"
_GROUNDS: Final = {
    Group.FIRST.value: "инвалид I группы",
    Group.SECOND.value: "инвалид II группы",
    Group.THIRD.value: "инвалид III группы",
    Group.CHILD.value: "ребёнок-инвалид и члены его семьи, зарегистрированные с ним",
}
_WHEN: Final = {
    DocumentKind.CERTIFICATE: "только если ваших сведений нет в базе Социального фонда",
    DocumentKind.RECEIPTS: "при первом обращении",
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What a visitor says of themselves; `group` is a code of the right or NOBODY."""

    group: str
    stock: Stock
    is_registered: bool
    has_central_heating: bool
    office: Office


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the bill: compensated, or not and why; `basis` is the rule's title, `source` its law."""

    title: str
    is_given: bool
    why_not: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether there is a right; if not, `refusals` are the coded grounds in force, and the rest is empty.

    `suspensions` are the grounds on which a payment stops for a time by the rule of the month.
    """

    ground: str
    refusals: tuple[Ground, ...]
    suspensions: tuple[Ground, ...]
    services: tuple[Service, ...]
    documents: tuple[str, ...]
    also: tuple[str, ...]
    first_month: dt.date
    office: Office

    @property
    def has_right(self) -> bool:
        return not self.refusals


def answer(situation: Situation, *, on: dt.date) -> Answer:
    """Tell a visitor who would apply on a day, with every paper, what the measure gives.

    Source: Regulation 369 of 30.10.2007, items 2.3, 2.4.1, 2.5.1-2.5.3; Law 181-FZ, article 17.
    Raises ParameterMissing, GroundNotInForce.
    """
    parameters = parameters_in_force(month_of(on))
    refusals = tuple(
        ground_in_force(kind=Ground.Kind.REFUSAL, code=code, on=on) for code in refusals_of(_claim(situation))
    )
    has_right = not refusals
    return Answer(
        ground=_GROUNDS.get(situation.group, ""),
        refusals=refusals,
        suspensions=tuple(_suspensions(parameters, on)) if has_right else (),
        services=tuple(_services(situation, on, parameters)) if has_right else (),
        documents=tuple(_documents(situation)) if has_right else (),
        also=tuple(_also(situation)) if has_right else (),
        first_month=first_day_of_right(received_on=on, first_month=parameters.first_month),
        office=situation.office,
    )


def _claim(situation: Situation) -> Claim:
    """Suppose every paper: the navigator asks who one is, the office asks for papers."""
    return Claim(
        is_disabled=situation.group != NOBODY,
        is_registered=situation.is_registered,
        is_for_family=situation.group == Group.CHILD.value,
        is_known_to_fund=False,
        is_first=True,
        papers=DOCUMENTS_OF[Application.Kind.EQUIVALENT],
    )


def _suspensions(parameters: ParametersInForce, on: dt.date) -> Iterator[Ground]:
    codes = suspensions_under(parameters.arrears_rule)
    return (
        Ground.objects.valid_on(on)
        .filter(kind=Ground.Kind.SUSPENSION, code__in=codes)
        .select_related("decree")
        .iterator()
    )


def _services(situation: Situation, on: dt.date, parameters: ParametersInForce) -> Iterator[Service]:
    group, regime = Group(situation.group), regime_of(on)
    facts = Facts(holder=Holder.FAMILY if group is Group.CHILD else Holder.ADULT, group=group, stock=situation.stock)
    for kind in RULES_BY_KIND[regime]:
        if kind is ServiceKind.HOT_WATER_HEAT:
            continue  # a part of hot water, not a line a visitor would look for
        rule = rule_for(regime, kind, parameters.rules.norm_cap)
        denial = rule.denial(facts, parameters.rules)
        yield Service(
            title=TITLES[kind],
            is_given=denial is None,
            why_not="" if denial is None else DENIALS[denial],
            basis=rule.title.partition(": ")[2],
            source=rule.source,
        )


def _documents(situation: Situation) -> Iterator[str]:
    yield "заявление по форме приложения № 2, образец — на странице «Законы и адреса»"
    asked = DOCUMENTS_OF[Application.Kind.EQUIVALENT]
    for kind in DocumentKind:
        if kind not in asked or (kind is DocumentKind.FAMILY and situation.group != Group.CHILD.value):
            continue
        yield f"{kind.label} — {_WHEN[kind]}" if kind in _WHEN else str(kind.label)


def _also(situation: Situation) -> Iterator[str]:
    if not situation.has_central_heating:
        yield (
            "Твёрдое топливо (уголь, торф, брикет; дрова по этому заявлению не компенсируют): половина стоимости в "
            "пределах норм продажи населению, по цене на день обращения, равными частями по месяцам (п. 2.4.3)."
        )
    yield "Баллонный газ: половина стоимости баллонов, указанных в заявлении (п. 2.4.4)."
