"""All papers of a register, printed, and the proof that they tell the same sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from config.pdf import ListDocument, SlipDocument, render_form, render_list, render_slips
from config.pdf_layout import grand_totals
from offices.balances import Amount
from offices.files import sha256_of
from payments.documents.contents import District, RegisterHead, RegisterRow, TotalsDiffer, by_district
from payments.documents.files import file_total, register_file
from payments.documents.lists import district_list
from payments.documents.orders import postal_orders
from payments.documents.statements import (
    CoveringRow,
    SummaryGroup,
    covering_html,
    covering_rows,
    covering_total,
    groups_total,
    summary_groups,
    summary_html,
)
from payments.models import PaymentDocument


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed document; those of a district name its office."""

    kind: str
    name: str
    content: bytes
    office_id: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterPapers:
    """A register's data file and everything that is printed with it, not yet printed."""

    head: RegisterHead
    file: bytes
    groups: Sequence[SummaryGroup]
    covering: Sequence[CoveringRow]
    lists: Sequence[tuple[District, ListDocument]]
    orders: Sequence[tuple[District, SlipDocument]]

    def totals(self) -> dict[str, Amount]:
        """Tell what each paper adds up to, from its own contents."""
        return {
            "файл": file_total(self.file, to_bank=self.head.payer.is_bank),
            "сводная ведомость": groups_total(self.groups).all,
            "сопроводительная ведомость": covering_total(self.covering).all,
            "списки": sum((_list_total(one) for _, one in self.lists), Amount()),
        }

    def check(self, expected: Amount) -> None:
        """Hold that every paper tells the sum of the register's lines.

        Raises TotalsDiffer, naming the paper.
        """
        for paper, amount in self.totals().items():
            if amount != expected:
                raise TotalsDiffer(
                    f"{paper}: {amount.rows} на {amount.roubles} руб., "
                    f"а в строках {expected.rows} на {expected.roubles} руб."
                )
        orders = sum(len(document.slips) for _, document in self.orders)
        if not self.head.payer.is_bank and orders != expected.rows:
            raise TotalsDiffer(f"адресных поручений {orders}, а строк {expected.rows}")

    def printed(self) -> Iterator[Paper]:
        """Print the papers one by one."""
        kind = PaymentDocument.Kind
        yield Paper(kind.SUMMARY, self._name(kind.SUMMARY), render_form(summary_html(self.head, self.groups)))
        yield Paper(kind.COVERING, self._name(kind.COVERING), render_form(covering_html(self.head, self.covering)))
        for district, document in self.lists:
            name = self._name(kind.LIST, district)
            yield Paper(kind.LIST, name, render_list(document), district.office_id)
        for district, slips in self.orders:
            name = self._name(kind.POSTAL_ORDERS, district)
            yield Paper(kind.POSTAL_ORDERS, name, render_slips(slips), district.office_id)

    def _name(self, kind: PaymentDocument.Kind, district: District | None = None) -> str:
        head = self.head
        to = head.payer.bik or "почта"
        where = f" {district.name}" if district is not None else ""
        return f"{kind.label.capitalize()} {to} {head.paid_month:%Y-%m} № {head.number}{where}.pdf".replace("/", "-")


def papers_of(head: RegisterHead, rows: Sequence[RegisterRow]) -> RegisterPapers:
    """Put a register's file and papers together; the papers carry the file's hash.

    Raises Unwritable when a value does not fit into the file.
    """
    file = register_file(head, rows)
    head = replace(head, file_sha256=sha256_of(file))
    districts = list(by_district(rows))
    orders = [] if head.payer.is_bank else [(name, postal_orders(head, name, part)) for name, part in districts]
    return RegisterPapers(
        head=head,
        file=file,
        groups=summary_groups(head, rows),
        covering=covering_rows(rows),
        lists=[(name, district_list(head, name, part)) for name, part in districts],
        orders=orders,
    )


def _list_total(document: ListDocument) -> Amount:
    rows, sums = grand_totals(document)
    return Amount(rows, sums[0])
