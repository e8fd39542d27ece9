"""The notice of an overpayment and the form of consent to withholding it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from offices.models import Office, Staff
from offices.money import count_with_noun, format_quantity, format_sum, roubles_in_words
from offices.months import month_name
from payments.models import Overpayment
from payments.selectors.overpayments import PlannedMonth
from recipients.documents.decisions import name_in, print_decision, snils_of
from recipients.models import Recipient
from recipients.names import GrammaticalCase

Cause = Overpayment.Cause
BECAUSE_OF = {
    Cause.RECIPIENT: "сведения, от которых зависит размер выплаты, не были сообщены вовремя",
    Cause.PROVIDER: "предприятие жилищно-коммунального хозяйства передало неверные сведения о начисленной плате",
    Cause.AUTHORITY: "при назначении или расчёте ошибся отдел",
    Cause.COUNTING: "при расчёте допущена счётная (арифметическая) ошибка",
}
MONTHS = ("месяц", "месяца", "месяцев")


@dataclass(frozen=True, slots=True)
class OverpaidMonth:
    """A month on paper: what was paid for it and what of that was too much, in roubles."""

    month: dt.date
    paid: Decimal
    overpaid: Decimal


@dataclass(frozen=True, slots=True)
class OverpaymentPaper:
    """What both papers say. `plan` is empty where nothing would be withheld."""

    number: str
    office: Office
    recipient: Recipient
    cause: Overpayment.Cause
    description: str
    months: Sequence[OverpaidMonth]
    percent: Decimal
    plan: Sequence[PlannedMonth]
    at: dt.datetime
    by: Staff
    signed_by: Staff | None

    @property
    def total(self) -> Decimal:
        return sum((one.overpaid for one in self.months), Decimal("0.00"))


def notice_pdf(paper: OverpaymentPaper, *, is_withheld: bool) -> bytes:
    """Print the notice to the recipient; `is_withheld` says whether withholding may be asked for."""
    return _printed(
        "pdf/overpayment_notice.html",
        paper,
        kind="Уведомление",
        subject="об излишне выплаченном денежном эквиваленте",
        is_withheld=is_withheld,
        because=BECAUSE_OF[paper.cause],
    )


def consent_form_pdf(paper: OverpaymentPaper) -> bytes:
    """Print the form on which the recipient agrees to withholding; the recipient alone signs it."""
    return _printed(
        "pdf/overpayment_consent.html",
        paper,
        kind="Согласие",
        subject="на удержание излишне выплаченного денежного эквивалента",
        signatures=(),
    )


def _printed(template: str, paper: OverpaymentPaper, **facts: Any) -> bytes:
    person, plan = paper.recipient.person, paper.plan
    shared = {
        "paper": paper,
        "person": person,
        "addressee": name_in(GrammaticalCase.DATIVE, person),
        "is_dead": person.death_date is not None,
        "of_whom": name_in(GrammaticalCase.GENITIVE, person),
        "snils": snils_of(person),
        "months": [
            {"name": month_name(one.month), "paid": format_sum(one.paid), "overpaid": format_sum(one.overpaid)}
            for one in paper.months
        ],
        "total": format_sum(paper.total),
        "in_words": roubles_in_words(paper.total),
        "percent": format_quantity(paper.percent),
        "planned": {
            "each": format_sum(plan[0].withheld),
            "of": format_sum(plan[0].due),
            "last": format_sum(plan[-1].withheld),
            "count": count_with_noun(len(plan), MONTHS),
            "until": month_name(plan[-1].month),
            "is_single": len(plan) == 1,
        }
        if plan
        else None,
    }
    return print_decision(
        template,
        office=paper.office,
        number=paper.number,
        at=paper.at,
        by=paper.by,
        signed_by=paper.signed_by,
        facts=shared | facts,
    )
