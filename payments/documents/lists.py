"""The list of a district's recipients that goes with a register (3.15.1 б, в)."""

from collections.abc import Sequence

from config.pdf import Align, ListColumn, ListDocument, ListGroup
from config.pdf_documents import Cell
from offices.letterhead import DEPARTMENT
from offices.money import roubles_in_words
from payments.documents.contents import PAYMENT_NAME, District, RegisterHead, RegisterRow, add_up, in_month, unbroken

_PEOPLE = (
    ListColumn("№", 9, Align.RIGHT),
    ListColumn("Фамилия, имя, отчество", 42),
    ListColumn("Фактический адрес", 53),
)
_MONEY = (
    ListColumn("За месяц", 15, Align.CENTER),
    ListColumn("Сумма, руб.", 21, summed=True),
)
BANK_COLUMNS = (*_PEOPLE, ListColumn("Номер счёта", 36, Align.CENTER), *_MONEY)
POST_COLUMNS = (*_PEOPLE, ListColumn("Номер и адрес отделения почтовой связи", 53), *_MONEY)


def district_list(head: RegisterHead, district: District, rows: Sequence[RegisterRow]) -> ListDocument:
    """Describe a district's list: who, actual address, where to, month accrued for, sum."""
    total = add_up(rows).all.roubles
    return ListDocument(
        title=f"Список получателей: {district.name}",
        organization=(DEPARTMENT, head.unit),
        subtitle=(
            f"к реестру № {head.number} от {head.formed_on:%d.%m.%Y} на выплату {in_month(head.paid_month)}",
            PAYMENT_NAME,
            *_receiver_lines(head),
        ),
        columns=BANK_COLUMNS if head.payer.is_bank else POST_COLUMNS,
        groups=(ListGroup(tuple(_cells(head, row) for row in rows)),),
        closing=(f"Сумма прописью: {roubles_in_words(total)}.",),
        signatures=head.signatures,
        executor=head.executor,
        file_sha256=head.file_sha256,
        rows_called="выплат",
        landscape=not head.payer.is_bank,
    )


def _receiver_lines(head: RegisterHead) -> tuple[str, ...]:
    payer = head.payer
    if not payer.is_bank:
        return (head.receiver,)
    return (f"{payer.bank_name}, БИК {payer.bik}", f"адрес банковского учреждения: {payer.bank_address}")


def _cells(head: RegisterHead, row: RegisterRow) -> tuple[Cell, ...]:
    where = row.account if head.payer.is_bank else unbroken(row.post_place)
    return (str(row.number), row.full_name, unbroken(row.address), where, f"{row.accrued_for:%m.%Y}", row.payable)
