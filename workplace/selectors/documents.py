"""The documents of a month that a member of staff may open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from calculations.models import CalculationRun
from exchange.models import DiscrepancyProtocol, ExchangeFile, RecipientRegister
from offices.models import Staff, StoredFile
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES
from payments.models import HeirDecision, PaymentDocument, PaymentRegister
from recipients.models import Application, Termination


@dataclass(frozen=True, slots=True)
class MonthDocument:
    """A document with its place on the road, its office, and the file behind it."""

    item: str
    title: str
    whose: str
    file: StoredFile


def documents_of(month: dt.date, *, staff: Staff, on: dt.date, most: int = 200) -> list[MonthDocument]:
    """List the month's documents of the offices `staff` may see, at most `most` of each kind."""
    return [document for kind in _kinds(month, staff, on) for document in kind[:most]]


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
        yield PaymentRegister.objects.all(), "answer_file"
        yield PaymentDocument.objects.all(), "file"


def _kinds(month: dt.date, staff: Staff, on: dt.date) -> Iterator[list[MonthDocument]]:
    registers = RecipientRegister.objects.for_user(staff, on=on).filter(month=month, file__isnull=False)
    yield [
        MonthDocument("3.7", f"Реестр получателей № {row.number}", str(row.office), row.file)
        for row in registers.select_related("office", "file").order_by("office__name", "pk")
        if row.file is not None
    ]
    files = ExchangeFile.objects.for_user(staff, on=on).filter(month=month)
    items = {"pension": "3.4", "request": "3.8", "return": "3.9"}
    yield [
        MonthDocument(
            items[row.kind],
            f"{row.get_kind_display().capitalize()}{f': {row.provider}' if row.provider else ''}",
            str(row.office),
            row.file,
        )
        for row in files.select_related("office", "file", "provider").order_by("office__name", "kind", "pk")
    ]
    protocols = DiscrepancyProtocol.objects.for_user(staff, on=on).filter(month=month)
    yield [
        MonthDocument("3.10", f"Протокол № {row.number}: {row.file.provider}", str(row.office), row.document)
        for row in protocols.select_related("office", "document", "file__provider").order_by("office__name", "pk")
    ]
    runs = CalculationRun.objects.for_user(staff, on=on).filter(month=month, accrual_file__isnull=False)
    yield [
        MonthDocument("3.12", f"Файл начислений, расчёт № {row.number}", str(row.office), row.accrual_file)
        for row in runs.select_related("office", "accrual_file").order_by("office__name", "pk")
        if row.accrual_file is not None
    ]
    if sees_payments(staff, on):
        yield _payments(month)


def _payments(month: dt.date) -> list[MonthDocument]:
    registers = PaymentRegister.objects.filter(month=month).select_related("bank", "file").order_by("channel", "pk")
    documents = PaymentDocument.objects.filter(register__month=month)
    documents = documents.select_related("register__bank", "office", "file")
    return [
        MonthDocument("3.15", f"Реестр № {row.number}", str(row.bank or "Почта России"), row.file) for row in registers
    ] + [
        MonthDocument(
            "3.15",
            f"{row.get_kind_display().capitalize()}{f', {row.office}' if row.office else ''}",
            str(row.register.bank or "Почта России"),
            row.file,
        )
        for row in documents.order_by("register__channel", "register_id", "kind", "office__name", "pk")
    ]
