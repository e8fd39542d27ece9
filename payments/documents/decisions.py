"""The decision to pay a claimant what the deceased did not receive, form of appendix 5 (3.3.2 ж)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.template.loader import render_to_string

from config.pdf import Signature, render_form
from offices.letterhead import letterhead_of
from offices.models import Office
from offices.money import format_sum, roubles_in_words
from offices.months import month_name
from recipients.documents.decisions import name_in
from recipients.models import Person
from recipients.names import GrammaticalCase


@dataclass(frozen=True, slots=True)
class MonthPart:
    """A month of the decision: what was accrued by service, and what the claimant gets of it."""

    month: dt.date
    services: Sequence[tuple[str, Decimal]]
    accrued: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class HeirPaper:
    """What the decision says."""

    number: str
    decided_on: dt.date
    office: Office
    deceased: Person
    case_number: str
    claimant: Person
    is_heir: bool
    quality: str
    relation: str
    application: str
    documents: Sequence[str]
    channel: str
    last_day_to_claim: dt.date
    months: Sequence[MonthPart]
    signatures: Sequence[Signature]
    executor: str

    @property
    def total(self) -> Decimal:
        return sum((part.payable for part in self.months), Decimal("0.00"))


def heir_decision_pdf(paper: HeirPaper) -> bytes:
    """Print the decision."""
    return render_form(heir_decision_html(paper))


def heir_decision_html(paper: HeirPaper) -> str:
    """Write the decision as HTML for the printer."""
    accrued = sum((part.accrued for part in paper.months), Decimal("0.00"))
    in_words = roubles_in_words(paper.total)
    facts = {
        **asdict(letterhead_of(paper.office)),
        "kind": "Решение",
        "subject": f"о выплате {_who(paper)} умершего получателя начисленной, но не полученной им суммы денежного "
        "эквивалента",
        "number": paper.number,
        "issued_on": paper.decided_on,
        "paper": paper,
        "deceased_genitive": name_in(GrammaticalCase.GENITIVE, paper.deceased),
        "claimant_dative": name_in(GrammaticalCase.DATIVE, paper.claimant),
        "months": [_month(part) for part in paper.months],
        "is_shared": any(part.payable != part.accrued for part in paper.months),
        "accrued": format_sum(accrued),
        "total": format_sum(paper.total),
        "in_words": in_words,
        "in_words_inside": f"{in_words[0].lower()}{in_words[1:]}",
        "signatures": paper.signatures,
        "executor": paper.executor,
    }
    return render_to_string("pdf/heir_decision.html", facts)


def _who(paper: HeirPaper) -> str:
    return "наследнику" if paper.is_heir else "члену семьи"


def _month(part: MonthPart) -> dict[str, object]:
    return {
        "name": month_name(part.month),
        "services": [{"name": name, "accrued": format_sum(accrued)} for name, accrued in part.services],
        "accrued": format_sum(part.accrued),
        "payable": format_sum(part.payable),
    }
