"""Rows and head of a register's papers, read from its lines and from who forms it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from config.pdf import Signature
from offices.letterhead import letterhead_of
from offices.models import Bank, Office, Staff
from offices.refusals import Refusal
from payments.documents.contents import Payer, RegisterHead, RegisterRow, district_of
from payments.documents.files import name_parts
from payments.models import PaymentLine, PaymentList
from recipients.names import PersonName, initials_and_surname

DEPARTMENT_HEAD = Signature("Руководитель Департамента")
ACCOUNTANT = Signature("Начальник отдела бухгалтерского учёта и отчётности")
LEGAL = Signature("Начальник отдела кадров и правового обеспечения")


class PaidMonthsDiffer(Refusal):
    """The lists of one register are to be paid in different months."""


def in_order(lines: Iterable[PaymentLine]) -> list[PaymentLine]:
    """Put lines in the order of a register: by district, then by name, ё standing with е."""
    return sorted(
        lines,
        key=lambda line: (_key(str(line.office.district)), line.office_id, _key(line.payee_name), line.pk),
    )


def register_rows(lines: Sequence[PaymentLine]) -> list[RegisterRow]:
    """Turn lines, with their lists, offices, accruals, payees and post offices, into rows."""
    districts = {line.office_id: district_of(line.office) for line in lines}
    rows = []
    for number, line in enumerate(lines, start=1):
        last_name, first_name, middle_name = _name_parts(line)
        post_office = line.post_office
        rows.append(
            RegisterRow(
                number=number,
                line_id=line.pk,
                district=districts[line.office_id],
                last_name=last_name,
                first_name=first_name,
                middle_name=middle_name,
                address=line.address,
                postal_address=line.postal_address,
                account=line.account,
                post_index=post_office.index if post_office else "",
                post_address=post_office.address if post_office else "",
                accrued_for=line.accrual.month,
                is_supplementary=line.list.kind == PaymentList.Kind.SUPPLEMENTARY,
                payable=line.payable,
            )
        )
    return rows


def register_head(
    number: int,
    lines: Sequence[PaymentLine],
    bank: Bank | None,
    *,
    unit: Office,
    by: Staff,
    on: dt.date,
) -> RegisterHead:
    """Gather what stands above and below the papers; `by` forms the register.

    Raises PaidMonthsDiffer.
    """
    paid_months = {line.list.paid_month for line in lines}
    if len(paid_months) > 1:
        raise PaidMonthsDiffer(
            "Списки одного реестра выплачиваются в разных месяцах: проверьте параметр срока выплаты."
        )
    payer = Payer(bank.name, bank.bik, bank.correspondent_account, bank.address) if bank else Payer()
    return RegisterHead(
        number=number,
        month=lines[0].list.month,
        paid_month=paid_months.pop(),
        formed_on=on,
        payer=payer,
        unit=unit.name,
        contacts=letterhead_of(unit).contacts,
        signatures=(
            Signature(by.position or "Специалист отдела организации выплат", signature_of(by)),
            ACCOUNTANT if bank else LEGAL,
            DEPARTMENT_HEAD,
        ),
        executor=str(by),
        phone=unit.phone,
    )


def signature_of(staff: Staff) -> str:
    """Write «И. И. Иванов» as beside a signature; the login where no name is entered."""
    if not staff.last_name:
        return staff.username
    return initials_and_surname(PersonName(staff.last_name, staff.first_name, staff.middle_name))


def _name_parts(line: PaymentLine) -> tuple[str, str, str]:
    """Part the name the line was listed with; the card's own parts serve while the name is the same."""
    payee = line.payee
    if payee.full_name == line.payee_name:
        return payee.last_name, payee.first_name, payee.middle_name
    return name_parts(line.payee_name)


def _key(text: str) -> str:
    return text.lower().replace("ё", "е")
