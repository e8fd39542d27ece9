"""The six procedures that have no column on the board: continuous ones and those of the whole region."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Max, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from exchange.models import ExchangeFile, PensionDifference
from offices.calendar import day_of
from offices.models import BillingMonth, Office
from offices.money import choose_form, format_number
from offices.months import next_month
from payments.models import PaymentList, PaymentRegister
from recipients.models import Application, CardHandover, HandedCard, Termination

DONE, RUNNING, WAITING = "done", "run", "wait"


@dataclass(frozen=True, slots=True)
class Box:
    """A procedure in a few words: its state is done, runs, or waits."""

    item: str
    title: str
    text: str
    state: str
    icon: str


def boxes_of(*, month: dt.date, offices: Collection[Office]) -> list[Box]:
    """Return the six boxes of a month for the offices shown, in one query.

    Applications and terminations are those of the calendar month billed. The pension fund's file and the registers
    to pay by are the region's; their boxes name no sum.
    """
    found = _counted(month, [office.pk for office in offices])
    return [
        _box("3.2", "Заявления", _applications(found), RUNNING, "file-text"),
        _box("3.3", "Карточки", _cards(found), RUNNING, "user"),
        _pension(found),
        _lists(found, len(offices)),
        _payments(found),
        _box("3.16", "Прекращения", _endings(found), RUNNING, "circle-x"),
    ]


def _counted(month: dt.date, keys: list[int]) -> dict[str, Any]:
    end = next_month(month)
    own: dict[str, Any] = {"office__in": keys}
    applications = Application.objects.filter(received_on__gte=month, received_on__lt=end, **own)
    cards = HandedCard.objects.filter(handover__month=month, handover__office__in=keys)
    handovers = CardHandover.objects.filter(month=month, accepted_at__isnull=True, **own)
    pension = ExchangeFile.objects.filter(kind="pension", month=month).exclude(status__in=ExchangeFile.NOT_STANDING)
    differences = PensionDifference.objects.filter(
        file__month=month, decision__in=PensionDifference.UNDECIDED, office__in=keys
    )
    lists = PaymentList.objects.filter(month=month, kind="regular", **own)
    registers = PaymentRegister.objects.filter(month=month)
    endings = Termination.objects.filter(happened_on__gte=month, happened_on__lt=end, **own)
    found = BillingMonth.objects.filter(pk=month).annotate(
        applications=_number(applications),
        undecided=_number(applications.filter(status="registered")),
        cards=_number(cards),
        not_accepted=_number(handovers),
        pension_at=Subquery(pension.order_by("pk").values("at")[:1]),
        pension_rows=Subquery(pension.order_by("pk").values("rows")[:1]),
        differences=_number(differences),
        lists=_number(lists),
        handed_lists=_number(lists.filter(status="handed_over")),
        registers=_number(registers),
        released=_number(registers.exclude(status="formed")),
        answered=_number(registers.filter(status="answered")),
        released_at=Subquery(_only(registers).annotate(n=Max("released_at")).values("n")),
        endings=_number(endings),
        unsigned=_number(endings.filter(status="prepared")),
    )
    counted: Any = found.values().first()
    return dict(counted or {})


def _number(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(_only(rows).annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _only(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Group all rows into one, so that an aggregate of them can stand in a subquery."""
    grouped: QuerySet[Any, Any] = rows.order_by().annotate(one=Value(1)).values("one")
    return grouped


def _applications(found: dict[str, Any]) -> str:
    waiting = found.get("undecided", 0)
    return f"{_shown(found, 'applications')} за месяц, " + (
        f"{waiting} {choose_form(waiting, ('ждёт', 'ждут', 'ждут'))} решения" if waiting else "все решены"
    )


def _cards(found: dict[str, Any]) -> str:
    waiting = found.get("not_accepted", 0)
    forms = ("передача не принята", "передачи не приняты", "передач не принято")
    tail = f", {waiting} {choose_form(waiting, forms)}" if waiting else ""
    cards = found.get("cards", 0)
    forms = ("карточка передана", "карточки переданы", "карточек передано")
    return f"{_shown(found, 'cards')} {choose_form(cards, forms)}{tail}"


def _endings(found: dict[str, Any]) -> str:
    return f"{_shown(found, 'endings')} за месяц, на подписи {_shown(found, 'unsigned')}"


def _pension(found: dict[str, Any]) -> Box:
    at = found.get("pension_at")
    if at is None:
        return _box("3.4", "Сведения СФР", "файла ещё нет", WAITING, "circle-dashed")
    left = found["differences"]
    text = f"{day_of(at):%d.%m}, {_shown(found, 'pension_rows')} зап." + (f", не решено {left}" if left else "")
    return _box("3.4", "Сведения СФР", text, RUNNING if left else DONE, "loader" if left else "circle-check")


def _lists(found: dict[str, Any], offices: int) -> Box:
    built, handed = found.get("lists", 0), found.get("handed_lists", 0)
    if not built:
        return _box("3.14", "Списки на выплату", "после проверки районов", WAITING, "circle-dashed")
    text = f"передано {handed} из {offices}" if handed else f"сформировано {built} из {offices}"
    is_done = handed == offices
    return _box("3.14", "Списки на выплату", text, *_done(is_done))


def _payments(found: dict[str, Any]) -> Box:
    registers, released, answered = (found.get(name, 0) for name in ("registers", "released", "answered"))
    if not registers:
        return _box("3.15", "Выплата", "после списков", WAITING, "circle-dashed")
    if not released:
        return _box("3.15", "Выплата", f"реестров {registers}, не отправлены", *_done(False))
    text = (
        f"отправлено {day_of(found['released_at']):%d.%m}"
        if answered == registers
        else f"ответов {answered} из {registers}"
    )
    return _box("3.15", "Выплата", text, *_done(answered == registers))


def _done(is_done: bool, /) -> tuple[str, str]:
    return (DONE, "circle-check") if is_done else (RUNNING, "loader")


def _box(item: str, title: str, text: str, state: str, icon: str) -> Box:
    return Box(item, title, text, state, icon)


def _shown(found: dict[str, Any], name: str) -> str:
    return format_number(found.get(name, 0), places=0)
