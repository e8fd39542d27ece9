"""The letter that asks a bank or the post to return what was paid for months after the deaths of recipients (2.4.5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.pdf import Align, ListColumn, ListDocument, ListGroup, Signature, render_list
from config.pdf_documents import Cell
from offices.money import format_sum, roubles_in_words

COLUMNS = (
    ListColumn("Получатель, дата смерти", 48),
    ListColumn("Счёт или отделение", 46),
    ListColumn("Реестр", 34),
    ListColumn("Начислено за", 26, Align.CENTER),
    ListColumn("Сумма, руб.", 24, summed=True),
)


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A payment that is asked back, in roubles."""

    deceased: str
    died_on: dt.date
    payee: str
    where: str
    accrued_for: dt.date
    register: str
    payable: Decimal


@dataclass(frozen=True, slots=True)
class ReturnPaper:
    """What the letter says."""

    number: str
    made_on: dt.date
    department: str
    office: str
    contacts: str
    addressee: str
    address: str
    is_bank: bool
    signed_by: Signature
    executor: str
    lines: Sequence[AskedBack]

    @property
    def total(self) -> Decimal:
        return sum((line.payable for line in self.lines), Decimal("0.00"))


def print_return_notice(paper: ReturnPaper) -> bytes:
    """Print the letter as PDF: each payment with its register and sum, the total in figures and in words."""
    return render_list(
        ListDocument(
            title="О возврате сумм, выплаченных за месяцы после смерти получателей",
            number=f"от {paper.made_on:%d.%m.%Y} № {paper.number}",
            addressee=[text for text in (paper.addressee, paper.address) if text],
            organization=[text for text in (paper.department, paper.office, paper.contacts) if text],
            opening=[
                _opening(paper),
            ],
            columns=COLUMNS,
            groups=[ListGroup(rows=[_cells(line) for line in paper.lines])],
            closing=[
                f"Всего к возврату {format_sum(paper.total)} руб. ({roubles_in_words(paper.total)}).",
                "О возврате или о причине, по которой он невозможен, просим сообщить файлом ответа на реестр.",
            ],
            signatures=[paper.signed_by],
            executor=paper.executor,
            rows_called="выплат",
        )
    )


def _opening(paper: ReturnPaper) -> str:
    asked = (
        "Просим вернуть зачисленные суммы, если они не востребованы, на счёт Департамента:"
        if paper.is_bank
        else "Просим вернуть не выданные суммы на счёт Департамента:"
    )
    return (
        "По нашим реестрам перечислен денежный эквивалент по оплате жилого помещения и коммунальных услуг за месяцы "
        "после смерти получателей. Право на него прекращается со смертью получателя (пункты 2.4.5 и 3.16.1 "
        f"Административного регламента, утверждённого постановлением от 30.10.2007 № 369). {asked}"
    )


def _cells(line: AskedBack) -> tuple[Cell, ...]:
    who = f"{line.deceased}, {line.died_on:%d.%m.%Y}"
    if line.payee != line.deceased:
        who += f"\nвыплачено: {line.payee}"
    return who, line.where, line.register, f"{line.accrued_for:%m.%Y}", line.payable
