"""What lists of people propose: counts by kind, a proposal with both sides, its sources and what it would do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from calculations.inputs.parameters import ParameterMissing
from calculations.models import Accrual, AccrualLine
from calculations.selectors import HANDED_OVER, parameters_in_force
from exchange.models import DifferenceSource, ExchangeFile, PensionDecision, PensionDifference
from exchange.services.pension_data import SENDERS
from exchange.services.pension_decisions import HARMLESS
from exchange.services.pension_effects import group_starts_on
from offices.frame import Frame
from offices.models import Role
from offices.months import next_month
from recipients.models import Category, Entitlement

Kind, Decision = PensionDifference.Kind, PensionDifference.Decision
DECIDERS = frozenset({Role.INTAKE, Role.CALCULATION, Role.RECEPTION})
"""Who decides about proposals: the district's specialists about its people, the payments unit about everyone."""
FUND_RECEIVERS = frozenset({Role.RECEPTION})
LIST_RECEIVERS = frozenset({Role.RECEPTION, Role.INTAKE, Role.CALCULATION})
NO_DECISION = "Решения по сведениям принимают специалисты по приёму и по расчёту района и приём сведений отдела выплат."
TILES = (Kind.DIED, Kind.DISAPPEARED, Kind.GROUP, Kind.ENDED, Kind.MOVED, Kind.ADDRESS, Kind.NAME, Kind.BIRTH_DATE,
         Kind.CERTIFICATE, Kind.CASE, Kind.NEW)  # fmt: skip
CAPITAL_REPAIR = "capital_repair"
BY_MONTH = "с {:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind of proposals: how many there are and how many wait for a decision."""

    kind: str
    title: str
    total: int
    waiting: int
    is_harmless: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A row that says what is proposed: whose list, its name and row, what it says; `stands` unless replaced."""

    pk: int
    sender: str
    file: str
    row_number: int
    says: str
    received_at: dt.datetime
    stands: bool
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepting does, in sentences, and the roubles of the last month handed over, where they are known.

    `sum_called` says of what the roubles are.
    """

    sentences: tuple[str, ...]
    roubles: Decimal | None
    sum_called: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as a specialist reads it."""

    row: PensionDifference
    sources: tuple[Source, ...]
    effect: Effect
    history: Sequence[PensionDecision]
    disagree: bool
    certificate_to: dt.date | None
    category: str


FACTS = {
    "act_number": "№ актовой записи",
    "act_date": "дата акта",
    "act_issuer": "кем составлена",
    "document": "документ",
    "death_date": "дата смерти",
    "moved_on": "дата выбытия",
    "disability_group": "группа",
    "disability_to": "справка по",
    "pension_case_no": "пенсионное дело",
}


def tiles_of(rows: "QuerySet[PensionDifference]") -> list[Tile]:
    """Count the proposals by kind, in one query; kinds without any are left out."""
    counted = rows.order_by().values("kind").annotate(
        total=Count("pk"), waiting=Count("pk", filter=Q(decision__in=PensionDifference.UNDECIDED))
    )  # fmt: skip
    found = {row["kind"]: row for row in counted}
    return [
        Tile(kind, str(kind.label), found[kind]["total"], found[kind]["waiting"], kind in HARMLESS)
        for kind in TILES
        if kind in found
    ]


def proposal_of(row: PensionDifference, *, month: dt.date) -> Proposal:
    """Return the proposal with its sources and effect; `row` has its person, recipient, office and file joined."""
    rows = row.sources.select_related("record__file").order_by("record__file__at", "pk")
    sources = tuple(_source(one) for one in rows)
    right = _right(row)
    return Proposal(
        row=row,
        sources=sources,
        effect=effect_of(row, right=right, month=month),
        history=list(row.decisions.select_related("by").order_by("pk")),
        disagree=row.is_undecided and len({one.says for one in sources if one.stands}) > 1,
        certificate_to=right.certificate_valid_to if right else None,
        category=right.get_category_display() if right else "",
    )


def effect_of(row: PensionDifference, *, right: Entitlement | None, month: dt.date) -> Effect:
    """Say what accepting the proposal does to the entitlement, from which month, and what it does not do."""
    sentences = tuple(_sentences(row, right, month))
    if row.recipient is None or row.kind in {Kind.NAME, Kind.BIRTH_DATE, Kind.CASE, Kind.NEW}:
        return Effect(sentences, None, "")
    accrual = (
        Accrual.objects.filter(recipient=row.recipient, run__status__in=HANDED_OVER).order_by("-month", "-pk").first()
    )
    if accrual is None:
        return Effect(sentences, None, "")
    if row.kind == Kind.GROUP:
        lines = AccrualLine.objects.filter(
            accrual_id=accrual.pk,
            month=accrual.month,
            rule__startswith=CAPITAL_REPAIR,
            corrects_month__isnull=True,
        )
        repair: Decimal | None = lines.aggregate(sum=Sum("accrued"))["sum"]
        return Effect(sentences, repair, f"Капитальный ремонт в начислении за {accrual.month:%m.%Y}")
    return Effect(sentences, accrual.accrued, f"Начислено за {accrual.month:%m.%Y}")


def _sentences(row: PensionDifference, right: Entitlement | None, month: dt.date) -> list[str]:
    match row.kind:
        case Kind.DIED if row.recipient and row.person_id != row.recipient.person_id:
            return [
                "В карточку ребёнка записывается дата смерти, в изменения — состав семьи (п. 3.5).",
                "Право семьи прекращает решение (п. 3.16): со дня, следующего за днём смерти.",
            ]
        case Kind.DIED:
            return [
                "В карточку записывается дата смерти, в изменения — смерть получателя (п. 3.5).",
                "Право прекращает решение (п. 3.16) со дня, следующего за днём смерти; выплата дальше не назначается.",
            ]
        case Kind.DISAPPEARED:
            return [
                "Отсутствие в файле не значит, что человек умер: право и выплата продолжаются.",
                "Отделу вносится изменение «выяснить причину» (п. 3.5).",
            ]
        case Kind.ENDED:
            return [
                "Отделу вносится изменение «группа закончилась» (п. 3.5); само право пока не меняется.",
                "Прекращает право решение (п. 3.16) с первого числа следующего за событием месяца.",
            ]
        case Kind.MOVED:
            return [
                "Отделу вносится переезд (п. 3.5); регистрация в жилье, по которому считается мера, прекращается.",
                "Новое жильё в карточку вносят по документам.",
                "При выезде из района право здесь прекращают решением, дело передают новому отделу.",
            ]
        case Kind.ADDRESS:
            return [
                "Отделу вносится изменение адреса (п. 3.5): выяснить, по какому адресу считать.",
                "Начисления считаются по прежнему жилью, пока его не изменят в карточке.",
            ]
        case Kind.GROUP:
            return _group(row, right, month)
        case Kind.CERTIFICATE:
            return ["В право записывается новый срок справки."]
        case Kind.NEW:
            return [
                "У человека нет дела в отделе: права у него нет и от этого решения не появится.",
                "Пригласите его подать заявление: право начинается по дате обращения (п. 2.4.1).",
            ]
    return ["Исправляется карточка.", "Право и начисления не меняются."]


def _group(row: PensionDifference, right: Entitlement | None, month: dt.date) -> list[str]:
    if row.recipient is None or right is None:
        return ["Право уже не действует: принять нельзя."]
    group = next((one for one in Category if str(one.label) == row.theirs), None)
    if group is None or (group == Category.CHILD) != (right.category == Category.CHILD):
        return ["Такое право оформляют заявлением, а прежнее прекращают решением: принять нельзя."]
    starts_on = group_starts_on(recipient=row.recipient, month=row.file.month)
    told = [f"Право продолжается по новой группе {BY_MONTH.format(starts_on)}."]
    groups = _groups_with_capital_repair(month)
    if groups is None:
        return told
    before, after = right.category in groups, group in groups
    if before and not after:
        told.append(f"Капитальный ремонт перестаёт входить в расчёт {BY_MONTH.format(starts_on)}.")
    elif after and not before:
        told.append(f"Капитальный ремонт входит в расчёт {BY_MONTH.format(starts_on)}.")
    else:
        told.append("Состав услуг в расчёте не меняется.")
    return told


def _groups_with_capital_repair(month: dt.date) -> frozenset[str] | None:
    try:
        return frozenset(group.value for group in parameters_in_force(month).rules.capital_repair_groups)
    except ParameterMissing:
        return None


def _right(row: PensionDifference) -> Entitlement | None:
    if row.recipient_id is None:
        return None
    month = row.file.month
    rights = Entitlement.objects.touching(month, next_month(month)).filter(recipient=row.recipient_id)
    found: Entitlement | None = rights.filter(disabled_person=row.person_id).order_by("-valid_from").first()
    return found


def _source(one: DifferenceSource) -> Source:
    record = one.record
    return Source(
        pk=one.pk,
        sender=SENDERS[ExchangeFile.Kind(record.file.kind)].name,
        file=record.file.name,
        row_number=record.row_number,
        says=one.says,
        received_at=record.file.at,
        stands=record.file.status != ExchangeFile.Status.SUPERSEDED,
        facts=tuple(
            (word, _told(name, record.content[name])) for name, word in FACTS.items() if name in record.content
        ),
    )


def _told(name: str, value: Any) -> str:
    if name == "disability_group":
        return str(Category(value).label)
    if name.endswith(("_date", "_on", "_to")):
        return f"{dt.date.fromisoformat(str(value)):%d.%m.%Y}"
    return str(value)


def may_decide(frame: Frame, row: PensionDifference) -> bool:
    """Tell whether who looks decides about the proposal now."""
    return bool(frame.roles & DECIDERS) and row.is_undecided
