"""The documents of a month that a member of staff may open."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from calculations.models import CalculationRun
from exchange.models import DiscrepancyProtocol, ExchangeFile, RecipientRegister
from offices.models import Staff, StoredFile
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES
from offices.months import next_month
from payments.models import HeirDecision, PaymentDocument, PaymentRegister, RegisterAnswer
from recipients.models import Application, Termination

POST = "Почта России"


@dataclass(frozen=True, slots=True)
class MonthDocument:
    """A document, whose it is, and the file behind it."""

    title: str
    whose: str
    state: str
    file: StoredFile


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The month's documents of one kind; `documents` are the first of `total`."""

    item: str
    title: str
    total: int
    documents: tuple[MonthDocument, ...]

    @property
    def left_out(self) -> int:
        return self.total - len(self.documents)


@dataclass(frozen=True, slots=True)
class _Kind:
    item: str
    title: str
    rows: QuerySet[Any]
    describe: Callable[[Any], MonthDocument]


def document_groups(month: dt.date, *, staff: Staff, on: dt.date, most: int = 100) -> list[DocumentGroup]:
    """List the month's documents of the offices `staff` may see by kind, at most `most` of each."""
    return [group for kind in _kinds(month, staff, on) if (group := _group(kind, most)).total]


def may_open(file: StoredFile, *, staff: Staff, on: dt.date) -> bool:
    """Say whether one of the facts `staff` may see stands on this file."""
    return any(facts.filter(**{field: file}).exists() for facts, field in _facts(staff, on))


def sees_payments(staff: Staff, on: dt.date) -> bool:
    """Say whether registers over all districts are shown: to the department's roles only."""
    return bool(staff.roles_on(on) - set(DISTRICT_ROLES) - set(BLIND_ROLES))


def _facts(staff: Staff, on: dt.date) -> Iterator[tuple[QuerySet[Any], str]]:
    yield RecipientRegister.objects.for_user(staff, on=on), "file"
    yield ExchangeFile.objects.for_user(staff, on=on), "file"
    yield DiscrepancyProtocol.objects.for_user(staff, on=on), "document"
    yield CalculationRun.objects.for_user(staff, on=on), "accrual_file"
    yield Application.objects.for_user(staff, on=on), "decision_file"
    yield Termination.objects.for_user(staff, on=on), "decision_file"
    yield HeirDecision.objects.for_user(staff, on=on), "document"
    if sees_payments(staff, on):
        yield PaymentRegister.objects.all(), "file"
        yield PaymentDocument.objects.all(), "file"
        yield RegisterAnswer.objects.all(), "file"


def _group(kind: _Kind, most: int) -> DocumentGroup:
    found = list(kind.rows[: most + 1])
    total = len(found) if len(found) <= most else kind.rows.count()
    return DocumentGroup(kind.item, kind.title, total, tuple(kind.describe(row) for row in found[:most]))


def _kinds(month: dt.date, staff: Staff, on: dt.date) -> Iterator[_Kind]:
    def seen(model: Any, *joined: str) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.for_user(staff, on=on).select_related("office", *joined)
        return rows.order_by("office__name", "pk")

    files = seen(ExchangeFile, "file", "provider").filter(month=month)
    decided = {"decided_at__date__gte": month, "decided_at__date__lt": next_month(month)}
    yield _Kind(
        "3.2",
        "Решения об отказе",
        seen(Application, "decision_file").filter(decision_file__isnull=False, **decided),
        _refusal,
    )
    yield _Kind("3.4", "Сведения Пенсионного фонда", files.filter(kind=ExchangeFile.Kind.PENSION), _exchange_file)
    yield _Kind(
        "3.7",
        "Реестры получателей",
        seen(RecipientRegister, "file").filter(month=month, file__isnull=False),
        _register,
    )
    yield _Kind("3.8", "Файлы запросов", files.filter(kind=ExchangeFile.Kind.REQUEST), _exchange_file)
    yield _Kind("3.9", "Ответные файлы", files.filter(kind=ExchangeFile.Kind.RETURN), _exchange_file)
    yield _Kind(
        "3.10",
        "Протоколы несоответствий",
        seen(DiscrepancyProtocol, "document", "file__provider").filter(month=month),
        _protocol,
    )
    yield _Kind(
        "3.12",
        "Файлы начислений",
        seen(CalculationRun, "accrual_file").filter(month=month, accrual_file__isnull=False),
        _run,
    )
    if sees_payments(staff, on):
        yield from _payments(month)
    yield from _endings(month, seen)


def _payments(month: dt.date) -> Iterator[_Kind]:
    registers = PaymentRegister.objects.filter(month=month).select_related("bank", "file")
    yield _Kind("3.15", "Реестры в банк и на почту", registers.order_by("channel", "pk"), _payment_register)
    documents = PaymentDocument.objects.filter(register__month=month)
    documents = documents.select_related("register__bank", "office", "file")
    order = ("register__channel", "register_id", "kind", "office__name", "pk")
    yield _Kind("3.15", "Ведомости, списки и поручения", documents.order_by(*order), _payment_document)
    answers = RegisterAnswer.objects.filter(register__month=month).select_related("register__bank", "file")
    yield _Kind("3.15", "Ответы банков и почты", answers.order_by("register__channel", "pk"), _answer)


def _endings(month: dt.date, seen: Callable[..., QuerySet[Any]]) -> Iterator[_Kind]:
    """Give decisions by their day: an end of a right in the month billed, an heir's payment in the month of payment."""
    ended = {"confirmed_at__date__gte": month, "confirmed_at__date__lt": next_month(month)}
    yield _Kind(
        "3.16",
        "Решения о прекращении",
        seen(Termination, "decision_file").filter(decision_file__isnull=False, **ended),
        _termination,
    )
    paid = next_month(month)
    inherited = {"confirmed_at__date__gte": paid, "confirmed_at__date__lt": next_month(paid)}
    yield _Kind(
        "3.3",
        "Решения о выплате членам семьи умершего",
        seen(HeirDecision, "document").filter(document__isnull=False, **inherited),
        _heir_decision,
    )


def _refusal(row: Application) -> MonthDocument:
    return _made(f"Отказ по заявлению № {row.number}", str(row.office), "", row.decision_file)


def _exchange_file(row: ExchangeFile) -> MonthDocument:
    title = str(row.provider) if row.provider else row.get_kind_display().capitalize()
    return _made(title, str(row.office), row.get_status_display(), row.file)


def _register(row: RecipientRegister) -> MonthDocument:
    return _made(f"Реестр № {row.number}", str(row.office), row.get_status_display(), row.file)


def _protocol(row: DiscrepancyProtocol) -> MonthDocument:
    return _made(f"Протокол № {row.number}: {row.file.provider}", str(row.office), "", row.document)


def _run(row: CalculationRun) -> MonthDocument:
    return _made(f"Расчёт № {row.number}", str(row.office), row.get_status_display(), row.accrual_file)


def _payment_register(row: PaymentRegister) -> MonthDocument:
    return _made(f"Реестр № {row.number}", _paid_through(row), row.get_status_display(), row.file)


def _payment_document(row: PaymentDocument) -> MonthDocument:
    district = f", {row.office}" if row.office else ""
    return _made(f"{row.get_kind_display().capitalize()}{district}", _paid_through(row.register), "", row.file)


def _answer(row: RegisterAnswer) -> MonthDocument:
    title = f"Ответ {row.number} на реестр № {row.register.number}"
    return _made(title, _paid_through(row.register), f"возвращено: {row.returned}" if row.returned else "", row.file)


def _termination(row: Termination) -> MonthDocument:
    return _made(f"Решение № {row.number}", str(row.office), "", row.decision_file)


def _heir_decision(row: HeirDecision) -> MonthDocument:
    return _made(f"Решение № {row.number}", str(row.office), "", row.document)


def _paid_through(register: PaymentRegister) -> str:
    return register.bank.name if register.bank else POST


def _made(title: str, whose: str, state: str, file: StoredFile | None) -> MonthDocument:
    assert file is not None, f"{title}: asked for rows with a file only"
    return MonthDocument(title, whose, state, file)
