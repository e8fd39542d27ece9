"""Who was accrued nothing and which charges a run left out: by reason, with what to do about it (3.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from calculations.models import Accrual, AccrualLine, CalculationRun, Withheld
from providers.models import Charge
from workplace.wording import reason_in_words

ROWS: Final = 50
NO_CHARGES, ZERO_LINES = "no_charges", "zero"
"""Codes of the two groups of people; the other codes are the reasons of withheld charges."""
Reason = Withheld.Reason
_PERSON: Final = (
    "recipient_id", "recipient__person__last_name", "recipient__person__first_name", "recipient__person__middle_name",
    "recipient__case_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a person does about a reason, and the route of the page where it is done; empty where nothing is due."""

    text: str
    route: str = ""
    action: str = ""


_CARD: Final = "Откройте карточку получателя, исправьте сведения с нужной даты, отмените расчёт и выполните его заново."
REMEDIES: Final[Mapping[str, Remedy]] = {
    NO_CHARGES: Remedy(
        "Предприятия не прислали по этим людям ни одного начисления. Проверьте, кто не ответил, и лицевые счета.",
        "providers",
        "Открыть монитор поставщиков",
    ),
    ZERO_LINES: Remedy("Начисления есть, но эквивалент по ним равен нулю. Причина показана в строке."),
    Reason.NO_RIGHT: Remedy(
        "Право закончилось или ещё не назначено. Если это ошибка, проверьте период права в карточке."
    ),
    Reason.SUSPENDED: Remedy(
        "Так и должно быть, пока долг не погашен. Когда выплату возобновят, эти месяцы начислит перерасчёт.",
        "arrears",
        "Открыть задолженность",
    ),
    Reason.CERTIFICATE_ENDED: Remedy(
        "Попросите новую справку и внесите её в карточке, вкладка «Категория и основания»: месяцы без справки "
        "пересчитают перерасчётом."
    ),
    Reason.CAME_OF_AGE: Remedy(
        "Прекратите право семьи решением. Если инвалидность установлена взрослому, примите его заявление."
    ),
    Reason.RIGHT_ENDED: Remedy(
        "Поставщик ответил за прошедший месяц, когда права уже нет. Если право прекращено по ошибке, исправьте его в "
        "карточке, отмените расчёт и выполните его заново."
    ),
    Reason.NO_TARIFF: Remedy(
        "Введите тариф, попросите его подтвердить, отмените расчёт и выполните его заново.",
        "admin:providers_tariff_changelist",
        "Открыть тарифы",
    ),
    Reason.NO_NORM: Remedy(
        "Введите норматив, попросите его подтвердить, отмените расчёт и выполните его заново.",
        "admin:providers_consumptionnorm_changelist",
        "Открыть нормативы",
    ),
    Reason.NO_RESIDENTS: Remedy(f"В жилье никто не зарегистрирован. {_CARD}"),
    Reason.NO_AREA: Remedy(f"Не указана площадь жилья. {_CARD}"),
    Reason.NO_QUANTITY: Remedy(
        "Предприятие начислило плату по зонам, а потребления не показало. Запросите у него исправленный файл.",
        "receiving",
        "Открыть приём файлов",
    ),
    Reason.NOT_IN_MEASURE: Remedy("Так и должно быть: эту услугу мера поддержки не возмещает."),
    Reason.NO_DWELLING: Remedy(f"Не указано жильё, по которому предоставлена мера. {_CARD}"),
    Reason.WRONG_CHARGE: Remedy(
        "Сведения предприятия противоречат друг другу. Запросите у него исправленный файл.",
        "receiving",
        "Открыть приём файлов",
    ),
    Reason.SUPERSEDED: Remedy("Так и должно быть: предприятие прислало исправление, в расчёт вошло оно."),
}
EXPECTED: Final = frozenset({Reason.NOT_IN_MEASURE.value, Reason.SUPERSEDED.value, Reason.SUSPENDED.value})
"""Reasons that need no action."""


@dataclass(frozen=True, slots=True)
class Group:
    """What one reason held: people, and their charges in billed roubles (none for people without charges)."""

    code: str
    title: str
    people: int
    charges: int
    billed: Decimal | None
    remedy: Remedy

    @property
    def is_expected(self) -> bool:
        return self.code in EXPECTED


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A person of a group; service, provider and billed roubles where a charge was withheld."""

    recipient_id: int
    last_name: str
    first_name: str
    middle_name: str
    case_number: str
    service: str
    provider: str
    billed: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Rows of a group and the id after which the next ones begin; None after the last."""

    rows: tuple[HeldRow, ...]
    following: int | None


def people_held(run: CalculationRun, /) -> int:
    """Count the people of all groups, each once: accrued nothing, or with a charge left out."""
    nothing = run.accruals.filter(accrued=0).order_by().values("recipient_id")
    return nothing.union(run.withheld.order_by().values("recipient_id")).count()


def groups(run: CalculationRun, /) -> list[Group]:
    """Return the groups that hold someone: what needs an action first, then what is as it should be."""
    counted = (
        run.withheld.order_by()
        .values("reason")
        .annotate(people=Count("recipient", distinct=True), charges=Count("pk"), billed=Sum("billed"))
    )
    found = [
        Group(
            row["reason"],
            reason_in_words(row["reason"]),
            row["people"],
            row["charges"],
            row["billed"],
            REMEDIES[row["reason"]],
        )
        for row in counted
    ]
    for code, title in ((NO_CHARGES, "нет ни одного начисления предприятий"), (ZERO_LINES, "эквивалент равен нулю")):
        people = _people(run, code).aggregate(people=Count("recipient", distinct=True))["people"]
        if people:
            found.append(Group(code, title, people, 0, None, REMEDIES[code]))
    return sorted(found, key=lambda group: (group.is_expected, -group.people, group.code))


def rows_of_group(run: CalculationRun, /, *, code: str, after: int = 0, most: int = ROWS) -> HeldPage:
    """Return the people of one group, in the order of its rows; a page begins after the id `after`."""
    if code in (NO_CHARGES, ZERO_LINES):
        return _people_rows(run, code, after, most)
    return _charge_rows(run, code, after, most)


def _people(run: CalculationRun, code: str) -> QuerySet[Any]:
    if code == ZERO_LINES:
        return run.accruals.filter(accrued=0, lines__gt=0)
    held = Withheld.objects.filter(run=run, recipient=OuterRef("recipient"))
    return run.accruals.filter(~Exists(held), lines=0)


def _people_rows(run: CalculationRun, code: str, after: int, most: int) -> HeldPage:
    rows = list(_people(run, code).filter(pk__gt=after).order_by("pk").values_list("pk", *_PERSON)[: most + 1])
    shown = rows[:most]
    reasons = _zero_reasons(run, [row[0] for row in shown])
    found = tuple(_row(person, billed=None, text=reasons.get(pk, "")) for pk, *person in shown)
    return HeldPage(found, shown[-1][0] if len(rows) > most else None)


def _zero_reasons(run: CalculationRun, accrual_ids: list[int]) -> dict[int, str]:
    lines: QuerySet[Accrual | Any] = AccrualLine.objects.filter(month=run.month, accrual__in=accrual_ids)
    found: dict[int, list[str]] = {}
    own = lines.filter(corrects_month__isnull=True).order_by("pk")
    for accrual, service, reason in own.values_list("accrual_id", "service__name", "reason"):
        if reason:
            found.setdefault(accrual, []).append(f"{service}: {reason}")
    return {accrual: "; ".join(texts) for accrual, texts in found.items()}


def _charge_rows(run: CalculationRun, code: str, after: int, most: int) -> HeldPage:
    withheld: QuerySet[Any] = run.withheld.filter(reason=code, pk__gt=after).order_by("pk")
    rows = list(withheld.values_list("pk", *_PERSON, "charge_id", "billed", "text")[: most + 1])
    shown = rows[:most]
    charges = Charge.objects.filter(month=run.month, pk__in=[row[6] for row in shown])
    names = {pk: names for pk, *names in charges.values_list("pk", "service__name", "provider__short_name")}
    found = tuple(
        _row(person, *names.get(charge, ("", "")), billed=billed, text=text)
        for _, *person, charge, billed, text in shown
    )
    return HeldPage(found, shown[-1][0] if len(rows) > most else None)


def _row(person: Sequence[Any], service: str = "", provider: str = "", *, billed: Decimal | None, text: str) -> HeldRow:
    recipient_id, last, first, middle, case_number = person
    return HeldRow(
        recipient_id=recipient_id,
        last_name=last,
        first_name=first,
        middle_name=middle,
        case_number=case_number,
        service=service,
        provider=provider,
        billed=billed,
        text=text,
    )
