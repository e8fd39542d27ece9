"""The summary and the covering statement of a register (3.15.1 б, в)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string

from offices.letterhead import DEPARTMENT
from offices.money import format_number, format_sum, roubles_in_words
from offices.months import month_name
from payments.documents.contents import (
    PAYMENT_NAME,
    RegisterHead,
    RegisterRow,
    Sum,
    add_up,
    by_district,
    in_month,
    unbroken,
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A line of the summary: a bank's district, or a post office of a district."""

    place: str
    total: Sum


@dataclass(frozen=True, slots=True)
class SummaryGroup:
    """Lines of the summary under one heading, with their subtotal."""

    title: str
    rows: Sequence[SummaryRow]

    @property
    def total(self) -> Sum:
        return _whole([row.total for row in self.rows])


@dataclass(frozen=True, slots=True)
class CoveringRow:
    """A district's line of the covering statement."""

    district: str
    total: Sum


def summary_groups(head: RegisterHead, rows: Sequence[RegisterRow]) -> list[SummaryGroup]:
    """Sum the register up: for a bank by district, for the post by district and post office."""
    if head.payer.is_bank:
        payer = head.payer
        title = f"{payer.bank_name}, БИК {payer.bik}, корр. счёт {payer.correspondent_account}, {payer.bank_address}"
        return [SummaryGroup(title, [SummaryRow(name.name, add_up(part)) for name, part in by_district(rows)])]
    return [SummaryGroup(district.name, _post_offices(part)) for district, part in by_district(rows)]


def covering_rows(rows: Sequence[RegisterRow]) -> list[CoveringRow]:
    """Sum the register up by district."""
    return [CoveringRow(district.name, add_up(part)) for district, part in by_district(rows)]


def groups_total(groups: Sequence[SummaryGroup]) -> Sum:
    """Add the groups of a summary up."""
    return _whole([group.total for group in groups])


def covering_total(rows: Sequence[CoveringRow]) -> Sum:
    """Add the districts of a covering statement up."""
    return _whole([row.total for row in rows])


def summary_html(head: RegisterHead, groups: Sequence[SummaryGroup]) -> str:
    """Write the summary statement as HTML for the printer."""
    total = groups_total(groups)
    facts = {
        **_facts(head, "Сводная ведомость", total),
        "place_title": "Административный район" if head.payer.is_bank else "Отделение почтовой связи",
        "groups": [
            {
                "title": group.title,
                "rows": [_line(row.place, row.total) for row in group.rows],
                **_line("", group.total),
            }
            for group in groups
        ],
        "has_subtotals": len(groups) > 1,
    }
    return render_to_string("pdf/payment_summary.html", facts)


def covering_html(head: RegisterHead, rows: Sequence[CoveringRow]) -> str:
    """Write the covering statement as HTML for the printer."""
    total = covering_total(rows)
    facts = {
        **_facts(head, "Сопроводительная ведомость", total),
        "place_title": "Административный район",
        "payment_name": PAYMENT_NAME,
        "rows": [_line(row.district, row.total) for row in rows],
    }
    return render_to_string("pdf/payment_covering.html", facts)


def _facts(head: RegisterHead, kind: str, total: Sum) -> dict[str, object]:
    through = f"через {head.receiver}" if head.payer.is_bank else "через отделения ФГУП «Почта России»"
    return {
        "department": DEPARTMENT,
        "office": head.unit,
        "contacts": head.contacts,
        "kind": kind,
        "subject": f"на выплату денежного эквивалента {through} {in_month(head.paid_month)}",
        "number": head.number,
        "issued_on": head.formed_on,
        "is_bank": head.payer.is_bank,
        "billed_month": month_name(head.month),
        "total": _line("", total),
        "has_late": total.supplementary.rows > 0,
        "in_words": roubles_in_words(total.all.roubles),
        "signatures": head.signatures,
        "executor": head.executor,
        "phone": head.phone,
        "file_sha256": head.file_sha256,
    }


def _line(place: str, total: Sum) -> dict[str, str]:
    late = total.supplementary
    return {
        "place": place,
        "count": format_number(total.all.rows, places=0),
        "payable": format_sum(total.all.roubles),
        "late_count": format_number(late.rows, places=0) if late.rows else "",
        "late_payable": format_sum(late.roubles) if late.rows else "",
    }


def _post_offices(rows: Sequence[RegisterRow]) -> list[SummaryRow]:
    ordered = sorted(rows, key=lambda row: row.post_place)
    return [
        SummaryRow(unbroken(place), add_up(list(part)))
        for place, part in groupby(ordered, key=lambda row: row.post_place)
    ]


def _whole(sums: Sequence[Sum]) -> Sum:
    whole = add_up(())
    for one in sums:
        whole = Sum(whole.all + one.all, whole.supplementary + one.supplementary)
    return whole
