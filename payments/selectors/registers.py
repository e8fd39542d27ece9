"""Lines that wait for a register, registers and their documents, and who may see them."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from offices.models import Staff
from offices.models.calendar import ScheduledStep
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES
from payments.models import PaymentDocument, PaymentLine, PaymentList, PaymentRegister


def lines_to_register(month: dt.date) -> QuerySet[PaymentLine]:
    """Lines of the month's lists handed over that no register holds yet, those of another channel left out."""
    return PaymentLine.objects.filter(
        list__month=month,
        list__status=PaymentList.Status.HANDED_OVER,
        status=PaymentLine.Status.LISTED,
    ).exclude(kind="other")


def banks_to_register(month: dt.date) -> list[str]:
    """BIKs of the banks that lines of the month wait for."""
    return list(
        lines_to_register(month).filter(kind="bank").order_by("bank_id").values_list("bank_id", flat=True).distinct()
    )


def post_waits(month: dt.date) -> bool:
    """Tell whether lines of the month wait for a post register."""
    return lines_to_register(month).filter(kind="post").exists()


def payment_day(month: dt.date) -> dt.date | None:
    """Return the day on which the schedule puts the payment of a billed month, if it does."""
    return (
        ScheduledStep.objects.filter(month=month, item="3.15")
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first()
    )


def sees_registers(staff: Staff, *, on: dt.date) -> bool:
    """Tell whether registers, which go over all districts, are shown: to the department's roles only."""
    roles = staff.roles_on(on)
    return bool(roles - {*DISTRICT_ROLES, *BLIND_ROLES}) and not roles & set(DISTRICT_ROLES)


def payment_registers(staff: Staff, *, on: dt.date, month: dt.date | None = None) -> QuerySet[PaymentRegister]:
    """Registers that `staff` may see, newest first."""
    rows = PaymentRegister.objects.select_related("bank", "file", "answer_file", "formed_by", "released_by")
    rows = rows.order_by("-month", "channel", "bank__name", "number", "pk")
    if not sees_registers(staff, on=on):
        return rows.none()
    return rows if month is None else rows.filter(month=month)


def documents_of(register_ids: Iterable[int], staff: Staff, *, on: dt.date) -> QuerySet[PaymentDocument]:
    """Documents of registers that `staff` may see, statements first."""
    rows = PaymentDocument.objects.filter(register__in=register_ids).select_related("file", "office", "register")
    rows = rows.order_by("register_id", "office__name", "kind", "pk")
    return rows if sees_registers(staff, on=on) else rows.none()
