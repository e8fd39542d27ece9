"""Why an accrual is not what it was a month before: service by service, and the main cause in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from calculations.models import AccrualLine, CalculationRun, Withheld
from calculations.rules.corrections import WITHOUT_MONTH
from offices.money import format_quantity, format_roubles, to_kopecks
from offices.months import MONTHS, month_name, shift_month
from providers.models import Charge
from workplace.selectors.runs.comparison import Compared
from workplace.wording import reason_in_words

ZERO: Final = Decimal("0.00")
BY_APPLICATION: Final = "по заявлению"
"""Who bills fuel and gas: nobody, they are paid by an application."""
Key = tuple[str, dt.date | None, bool]
"""The code of a service, the past month where a line corrects one, whether it is a recalculation that names no month."""
_LINE: Final = (
    "accrual__entitlement_id", "service_id", "service__name", "account__provider__short_name", "billed", "accrued",
    "share", "tariff__price", "norm__amount", "reason", "corrects_month",
    "rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """A service of a right in two months, in roubles; None where it had no line."""

    service: str
    providers: str
    before: Decimal | None
    now: Decimal | None
    text: str

    @property
    def difference(self) -> Decimal:
        return (self.now or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Why:
    """The services of an accrual, the largest difference first, and the main cause in words."""

    services: tuple[ServiceChange, ...]
    main: str


@dataclass(slots=True)
class _Side:
    """What the lines of one service and right say together in one month."""

    name: str
    accrued: Decimal = ZERO
    billed: Decimal = ZERO
    providers: set[str] = field(default_factory=set)
    shares: set[str] = field(default_factory=set)
    tariffs: set[Decimal | None] = field(default_factory=set)
    norms: set[Decimal | None] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)
    corrects_month: dt.date | None = None
    is_unmonthed: bool = False


def why(run: CalculationRun, rows: Iterable[Compared], /) -> dict[int, Why]:
    """Explain the accruals by id; the number of queries does not depend on how many there are."""
    rows = list(rows)
    now = _sides(AccrualLine.objects.filter(month=run.month, accrual__in=[row.accrual_id for row in rows]))
    past = AccrualLine.objects.filter(
        month=shift_month(run.month, -1),
        accrual__entitlement__in=[row.entitlement_id for row in rows],
        run__status=CalculationRun.Status.APPROVED,
    )
    before = _sides(past)
    held = _held(run, {row.recipient_id for row in rows})
    return {row.accrual_id: _why(run, row, before, now, held.get(row.recipient_id, {})) for row in rows}


def _sides(lines: Any) -> dict[int, dict[Key, _Side]]:
    found: dict[int, dict[Key, _Side]] = defaultdict(dict)
    for right, code, name, provider, billed, accrued, share, tariff, norm, reason, past, rule in lines.values_list(
        *_LINE
    ):
        title = name if past is None else f"{name}: за {month_name(past)}"
        is_unmonthed = rule == WITHOUT_MONTH.name
        made = _Side(title, corrects_month=past, is_unmonthed=is_unmonthed)
        side = found[right].setdefault((code, past, is_unmonthed), made)
        side.accrued += accrued
        side.billed += billed
        side.providers.add(provider or BY_APPLICATION)
        side.shares.add(share)
        side.tariffs.add(tariff)
        side.norms.add(norm)
        if reason:
            side.reasons.add(reason)
    return found


def _held(run: CalculationRun, recipients: set[int]) -> dict[int, dict[Key, str]]:
    """Return why charges of the recipients were withheld: by recipient, code of the service and past month billed."""
    rows = Withheld.objects.filter(run=run, recipient__in=recipients).values_list("recipient_id", "charge_id", "reason")
    reasons = {charge: (recipient, reason) for recipient, charge, reason in rows}
    found: dict[int, dict[Key, str]] = defaultdict(dict)
    charges = Charge.objects.filter(month=run.month, pk__in=reasons).values_list("pk", "service_id", "billed_for")
    for charge, service, past in charges:
        recipient, reason = reasons[charge]
        found[recipient][service, past, False] = reason_in_words(reason)
    return found


def _why(
    run: CalculationRun,
    row: Compared,
    before: Mapping[int, Mapping[Key, _Side]],
    now: Mapping[int, Mapping[Key, _Side]],
    held: Mapping[Key, str],
) -> Why:
    past, present = before.get(row.entitlement_id, {}), now.get(row.entitlement_id, {})
    month = MONTHS[shift_month(run.month, -1).month - 1]
    services = [_service(past.get(code), present.get(code), month, held.get(code, "")) for code in {*past, *present}]
    services.sort(key=lambda one: (-abs(one.difference), one.service))
    return Why(tuple(services), _main(row, services, held))


def _service(before: _Side | None, now: _Side | None, month: str, held: str) -> ServiceChange:
    side = now or before
    assert side is not None, "a service stands in one of the months"
    return ServiceChange(
        service=side.name,
        providers=", ".join(sorted(side.providers)),
        before=before.accrued if before else None,
        now=now.accrued if now else None,
        text=_text(before, now, month, held),
    )


def _text(before: _Side | None, now: _Side | None, month: str, held: str) -> str:
    if now is None and before is not None and (before.corrects_month or before.is_unmonthed):
        return "исправление или перерасчёт были в прошлом месяце"
    if now is not None and now.is_unmonthed:
        return f"перерасчёт предприятия без месяца: {_sum(now.billed)}"
    if now is not None and now.corrects_month:
        return f"исправление: поставщик начислил {_sum(now.billed)}"
    if now is None and before is not None and BY_APPLICATION in before.providers:
        return "части суммы по заявлению закончились или остановлены"
    if now is None:
        silent = ", ".join(sorted(before.providers)) if before else "предприятие"
        return f"отложено: {held}" if held else f"{silent}: начислений нет"
    if before is None:
        return f"за {month} начислений не было"
    causes = []
    if before.shares != now.shares:
        causes.append(f"доля {_shares(before)} → {_shares(now)}")
    causes += _turned("тариф", before.tariffs, now.tariffs)
    causes += _turned("норматив", before.norms, now.norms)
    if BY_APPLICATION in now.providers:
        return "; ".join(causes) or "часть суммы по заявлению"
    if to_kopecks(before.billed) != to_kopecks(now.billed):
        causes.append(f"начислено предприятием {_sum(before.billed)} → {_sum(now.billed)}")
    if not causes and before.reasons != now.reasons:
        causes = sorted(now.reasons)
    return "; ".join(causes) or "без изменений"


def _shares(side: _Side) -> str:
    """Say the share at the end of the month: «1 из 3»."""
    return ", ".join(sorted(share.rpartition(";")[2].replace("/", " из ") for share in side.shares))


def _turned(what: str, before: set[Decimal | None], now: set[Decimal | None]) -> list[str]:
    """Say that a tariff or norm became another one, where each month has one."""
    if before == now or None in before | now or len(before) != 1 or len(now) != 1:
        return []
    was, is_now = (format_quantity(value) for value in (*before, *now) if value is not None)
    return [f"{what} {was} → {is_now}"]


def _sum(value: Decimal) -> str:
    return format_roubles(to_kopecks(value))


def _main(row: Compared, services: list[ServiceChange], held: Mapping[Key, str]) -> str:
    if not services:
        return f"всё отложено: {', '.join(sorted(set(held.values())))}" if held else "начислений предприятий нет"
    if row.is_new:
        return "новое назначение"
    if row.previous is None:
        return "в прошлом месяце не начисляли"
    largest = services[0]
    if not largest.difference:
        return "без изменений"
    return f"{largest.service}: {largest.text}"
