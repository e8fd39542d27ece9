"""Is a district's month ready for calculation: each thing it needs, and what is missing of it (3.12.1 а)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q

from calculations.inputs.parameters import ParameterMissing, ParameterUnreadable
from calculations.models import CalculationRun
from calculations.selectors import parameters_in_force
from exchange.models import Discrepancy, ExchangeFile, RecipientRegister
from offices.models import BillingMonth, HeldAmount, Office
from offices.money import choose_form, format_number
from offices.months import month_name, next_month, shift_month
from providers.models import ConsumptionNorm, Tariff
from providers.selectors import accepted_charges
from workplace.selectors.recalculations.lost import lost_of, needing_a_person
from workplace.wording import reason_in_words

NAMED: Final = 5
READY, WARNING, BLOCKED = "ok", "warn", "error"
FileStatus = ExchangeFile.Status
REGISTER_ITEM: Final = "3.6"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: its state, the fact, what it means, and the route where it is mended."""

    title: str
    state: str
    fact: str
    meaning: str = ""
    route: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The checklist of a district's month; only a blocked line forbids the calculation."""

    checks: tuple[Check, ...]

    @property
    def is_blocked(self) -> bool:
        return any(check.state == BLOCKED for check in self.checks)

    @property
    def is_ready(self) -> bool:
        return all(check.state == READY for check in self.checks)

    @property
    def warnings(self) -> int:
        return sum(check.state == WARNING for check in self.checks)


def readiness(office: Office, month: BillingMonth, /) -> Readiness:
    """Check everything a calculation of the office's month stands on; the number of queries is constant."""
    return Readiness(
        (
            _month_is_open(month),
            _parameters(month.month),
            _previous(office, month.month),
            *_cards_and_register(office, month.month),
            *_files(office, month.month),
            _discrepancies(office, month.month),
            _directories(office, month.month),
            *_recalculations(office),
        )
    )


def _month_is_open(month: BillingMonth) -> Check:
    title = "Месяц открыт"
    if month.closed_at is None:
        return Check(title, READY, "открыт")
    meaning = "Исправления делайте перерасчётом в открытом месяце."
    return Check(title, BLOCKED, f"закрыт {month.closed_at:%d.%m.%Y}", meaning)


def _parameters(month: dt.date) -> Check:
    title = "Параметры расчёта подтверждены"
    try:
        found = parameters_in_force(month)
    except (ParameterMissing, ParameterUnreadable) as refusal:
        return Check(
            title,
            BLOCKED,
            "заданы не все",
            str(refusal),
            "admin:calculations_parameter_changelist",
            "Открыть параметры",
        )
    discount = f"{found.rules.discount * 100:f}".rstrip("0").rstrip(".").replace(".", ",")
    return Check(
        title, READY, f"возмещение {discount} %, порог отклонения {found.deviation_percent:f} %".replace(".", ",")
    )


def _previous(office: Office, month: dt.date) -> Check:
    before = shift_month(month, -1)
    title = f"Расчёт за {month_name(before)} утверждён"
    run = CalculationRun.objects.filter(office=office, month=before).order_by("-number").first()
    if run is not None and run.status == CalculationRun.Status.APPROVED:
        return Check(title, READY, "утверждён")
    if run is None and not CalculationRun.objects.filter(office=office, month__lt=month).exists():
        return Check(title, READY, "это первый месяц района в системе, сравнивать не с чем")
    fact = "не рассчитан" if run is None else run.get_status_display()
    return Check(title, WARNING, fact, "Отклонения от прошлого месяца не будут видны, все назначения станут новыми.")


def _cards_and_register(office: Office, month: dt.date) -> tuple[Check, Check]:
    registers = RecipientRegister.objects.filter(office=office, month=month)
    register = registers.exclude(status=RecipientRegister.Status.REJECTED).first()
    held: Any = HeldAmount.objects.filter(
        balance__month=month, balance__item=REGISTER_ITEM, balance__office=office, balance__superseded_by__isnull=True
    )
    return _cards(register, dict(held.values_list("reason", "rows"))), _register(register)


def _cards(register: RecipientRegister | None, held: dict[str, int]) -> Check:
    title = "Карточки готовы"
    if register is None:
        return Check(title, WARNING, "реестр ещё не сформирован", "Готовность карточек видна после реестра района.")
    if not held:
        return Check(title, READY, f"в реестре все {_people(register.rows)}")
    named = "; ".join(f"{reason_in_words(reason)} — {rows}" for reason, rows in sorted(held.items()))
    fact = f"в реестр не вошли {sum(held.values())}: {named}"
    meaning = "Им не начислим, пока карточка не дополнена."
    return Check(title, WARNING, fact, meaning, "recipients", "Открыть получателей")


def _register(register: RecipientRegister | None) -> Check:
    title = "Реестр района принят"
    if register is not None and register.status == RecipientRegister.Status.ACCEPTED:
        return Check(title, READY, f"принят, {_people(register.rows)}")
    fact = "реестра нет" if register is None else register.get_status_display()
    return Check(
        title, WARNING, fact, "Пока реестр не принят, предприятиям не отправлены запросы.", "board", "Открыть доску"
    )


def _files(office: Office, month: dt.date) -> tuple[Check, Check]:
    returns = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, request=OuterRef("pk"))
    asked = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month).annotate(
        is_answered=Exists(returns.exclude(status__in=ExchangeFile.NOT_STANDING)),
        is_loaded=Exists(returns.filter(status=FileStatus.LOADED)),
    )
    facts = list(
        asked.order_by("provider__short_name").values_list("provider__short_name", "rows", "is_answered", "is_loaded")
    )
    return _received(facts), _loaded(facts)


def _received(facts: list[tuple[str, int, bool, bool]]) -> Check:
    title = "Файлы предприятий получены"
    if not facts:
        return Check(title, WARNING, "запросов предприятиям не отправляли", "Начислять будет не по чему.")
    silent = [(name, rows) for name, rows, is_answered, _ in facts if not is_answered]
    fact = f"{len(facts) - len(silent)} из {len(facts)}"
    if not silent:
        return Check(title, READY, fact)
    lines = sum(rows for _, rows in silent)
    meaning = f"Не сдали: {_names([name for name, _ in silent])}. По {_lines(lines)} запросов не начислим."
    return Check(title, WARNING, fact, meaning, "providers", "Открыть монитор поставщиков")


def _loaded(facts: list[tuple[str, int, bool, bool]]) -> Check:
    title = "Принятые файлы загружены в расчёт"
    answered = [(name, is_loaded) for name, _, is_answered, is_loaded in facts if is_answered]
    waiting = [name for name, is_loaded in answered if not is_loaded]
    fact = f"{len(answered) - len(waiting)} из {len(answered)}"
    if not waiting:
        return Check(title, READY, fact)
    meaning = f"Проверьте и загрузите: {_names(waiting)}. Иначе этих начислений в расчёте не будет."
    return Check(title, WARNING, fact, meaning, "verification-queue", "Открыть проверку сведений")


def _discrepancies(office: Office, month: dt.date) -> Check:
    title = "Расхождения решены"
    blocking = Discrepancy.objects.filter(file__office=office, file__month=month, is_blocking=True).exclude(
        file__status__in=ExchangeFile.NOT_STANDING
    )
    found = blocking.aggregate(total=Count("pk"), waiting=Count("pk", filter=Q(decision=Discrepancy.Decision.OPEN)))
    if not found["waiting"]:
        return Check(title, READY, f"{found['total']} из {found['total']}" if found["total"] else "расхождений нет")
    fact = f"{found['total'] - found['waiting']} из {found['total']}"
    meaning = f"Осталось решить {found['waiting']}: эти строки в расчёт не войдут."
    return Check(title, WARNING, fact, meaning, "verification-queue", "Открыть проверку сведений")


def _directories(office: Office, month: dt.date) -> Check:
    title = "Тарифы и нормативы на месяц есть"
    known = Q(valid_to__isnull=True) | Q(valid_to__gt=month)
    in_force = {"service": OuterRef("service"), "valid_from__lt": next_month(month), "confirmed_at__isnull": False}
    billed = accepted_charges(office=office, month=month).filter(service__is_supported=True).order_by()
    services = billed.annotate(
        has_tariff=Exists(Tariff.objects.filter(known, **in_force)),
        has_norm=Exists(ConsumptionNorm.objects.filter(known, **in_force)),
    )
    rows = list(services.values_list("service__name", "has_tariff", "has_norm").distinct())
    if not rows:
        return Check(title, WARNING, "начислений ещё нет", "Проверим тарифы, когда загрузите файлы предприятий.")
    missing = sorted(name for name, has_tariff, has_norm in rows if not (has_tariff or has_norm))
    if not missing:
        return Check(title, READY, f"по всем {len(rows)} услугам")
    meaning = f"Нет подтверждённого тарифа: {_names(missing)}. Начисления по ним будут отложены."
    return Check(
        title, WARNING, f"{len(rows) - len(missing)} из {len(rows)} услуг", meaning,
        "admin:providers_tariff_changelist", "Открыть тарифы",
    )  # fmt: skip


def _recalculations(office: Office) -> tuple[Check, ...]:
    """Tell of approved orders that no run will take; nothing where there are none."""
    title = "Утверждённые перерасчёты"
    lost = lost_of([office.pk])
    waiting = needing_a_person(lost)
    if waiting:
        names = list(dict.fromkeys(f"№ {one.number}, {one.recipient.person}" for one in waiting))
        meaning = f"Прав у получателей больше нет, разницу запишите переплатой или окончите: {_names(names)}."
        return (Check(title, WARNING, "не все войдут в расчёт", meaning, "recalculations", "Открыть перерасчёты"),)
    if lost:
        return (Check(title, READY, f"права нет у {len(lost)}: доплата им войдёт в этот расчёт"),)
    return ()


def _names(names: list[str]) -> str:
    more = f" и ещё {len(names) - NAMED}" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def _people(rows: int) -> str:
    return f"{format_number(rows, places=0)} {choose_form(rows, ('получатель', 'получателя', 'получателей'))}"


def _lines(rows: int) -> str:
    return f"{format_number(rows, places=0)} {choose_form(rows, ('строке', 'строкам', 'строкам'))}"
