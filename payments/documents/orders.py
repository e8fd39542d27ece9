"""Postal payment orders, one for each recipient of a post register (3.15.1 в)."""

from collections.abc import Sequence

from config.pdf import Slip, SlipDocument, SlipField
from offices.letterhead import DEPARTMENT
from offices.money import format_roubles, roubles_in_words
from offices.months import last_day, month_name
from payments.documents.contents import District, RegisterHead, RegisterRow

SHORT_PAYMENT_NAME = "Денежный эквивалент по оплате жилого помещения и коммунальных услуг"
BLANKS = (
    "документ получателя: вид, серия, №, кем и когда выдан",
    "сумму получил(а): подпись, дата",
    "выплатил: подпись работника почты",
    "причина невыплаты (код), дата возврата",
)
STUB_BLANKS = ("выплачено: дата, подпись",)
STAMP = "оттиск календарного штемпеля"


def postal_orders(head: RegisterHead, district: District, rows: Sequence[RegisterRow]) -> SlipDocument:
    """Describe the orders of a district, in the order of its list.

    The form is the contract's with the post; ours carries what the regulation names: full name, postal
    address, index of the post office and the sum, and is valid to the end of the month of payment.
    """
    return SlipDocument(
        title=f"Адресные поручения, реестр № {head.number}: {district.name}",
        organization=DEPARTMENT,
        slips=tuple(_slip(head, row) for row in rows),
    )


def _slip(head: RegisterHead, row: RegisterRow) -> Slip:
    valid_to = last_day(head.paid_month)
    payable = format_roubles(row.payable)
    return Slip(
        title=f"Адресное поручение № {head.number}/{row.number}",
        note=f"от {head.formed_on:%d.%m.%Y}, действительно по {valid_to:%d.%m.%Y}",
        fields=(
            SlipField("кому", row.full_name),
            SlipField("почтовый адрес", row.postal_address),
            SlipField("отделение почтовой связи", row.post_place),
            SlipField("наименование выплаты", f"{SHORT_PAYMENT_NAME} за {month_name(row.accrued_for)}"),
            SlipField("сумма", payable, is_large=True),
            SlipField("сумма прописью", roubles_in_words(row.payable)),
        ),
        blanks=BLANKS,
        stub_title=f"Корешок № {head.number}/{row.number}",
        stub_fields=(
            SlipField("кому", row.full_name),
            SlipField("индекс отделения", row.post_index),
            SlipField("за месяц", month_name(row.accrued_for)),
            SlipField("сумма", payable, is_large=True),
        ),
        stub_blanks=STUB_BLANKS,
        stamp=STAMP,
    )
