"""What must be done before a month is closed, asked of every floor."""

import datetime as dt
from collections.abc import Iterable

from calculations.models import CalculationRun
from exchange.models import ExchangeFile, RecipientRegister
from offices.models import HandoverBalance, Job
from offices.selectors import district_offices
from offices.services.months import ChecklistItem
from payments.models import PaymentLine, PaymentList, PaymentRegister, ReturnedPayment


def closing_checklist(month: dt.date) -> list[ChecklistItem]:
    """Return the closing checklist of a month: each thing to be done and what is missing of it."""
    registers = RecipientRegister.objects.filter(month=month, status=RecipientRegister.Status.ACCEPTED)
    received = HandoverBalance.objects.filter(month=month, item="3.9")
    runs = CalculationRun.objects.filter(month=month, status=CalculationRun.Status.APPROVED)
    lists = PaymentList.objects.filter(month=month, status=PaymentList.Status.HANDED_OVER)
    return [
        ChecklistItem("Реестры приняты отделами", _offices_without(registers.values_list("office_id", flat=True))),
        ChecklistItem("Приём ответных файлов закончен", _offices_without(received.values_list("office_id", flat=True))),
        ChecklistItem("Принятые файлы проверены и загружены", _unloaded(month)),
        ChecklistItem("Расчёты утверждены", _offices_without(runs.values_list("office_id", flat=True))),
        ChecklistItem("Списки переданы на выплату", _offices_without(lists.values_list("office_id", flat=True))),
        ChecklistItem("Все строки списков вошли в реестры", _unregistered(month)),
        ChecklistItem("Банк и почта ответили", _unanswered(month)),
        ChecklistItem("Причины возвратов выяснены", _open_returns(month)),
        ChecklistItem("Работы месяца закончены", _live_jobs(month)),
    ]


def _offices_without(done: Iterable[int]) -> list[str]:
    have = set(done)
    return [str(office) for office in district_offices() if office.pk not in have]


def _unloaded(month: dt.date) -> list[str]:
    waiting = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN,
        month=month,
        status__in=[ExchangeFile.Status.RECEIVED, ExchangeFile.Status.VERIFIED],
    )
    return [f"«{name}»" for name in waiting.order_by("pk").values_list("name", flat=True)]


def _unregistered(month: dt.date) -> list[str]:
    waiting = PaymentLine.objects.filter(list__month=month, status=PaymentLine.Status.LISTED).exclude(kind="other")
    count = waiting.count()
    return [f"строк: {count}"] if count else []


def _unanswered(month: dt.date) -> list[str]:
    silent = PaymentRegister.objects.filter(month=month).exclude(status=PaymentRegister.Status.ANSWERED)
    return [str(register) for register in silent.select_related("bank").order_by("pk")]


def _open_returns(month: dt.date) -> list[str]:
    open_ones = ReturnedPayment.objects.filter(line__list__month=month, outcome=ReturnedPayment.Outcome.OPEN)
    return [
        f"{name}: {count}" for name, count in _counted(open_ones.order_by("pk").values_list("office__name", flat=True))
    ]


def _live_jobs(month: dt.date) -> list[str]:
    live = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING], key__contains=f"{month:%Y-%m}")
    return [str(job) for job in live.order_by("pk")]


def _counted(names: Iterable[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items())
