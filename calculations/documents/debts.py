"""The request to a provider about debts, and the notice that a payment is suspended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from calculations.models import Suspension
from config.pdf import Align, ListColumn, ListDocument, ListGroup, Signature, render_list
from offices.letterhead import head_of, letterhead_of
from offices.models import Office, Staff
from offices.money import count_with_noun, format_sum, roubles_in_words
from offices.months import month_name, shift_month
from providers.models import Provider
from recipients.documents.decisions import name_in, print_decision, snils_of
from recipients.names import GrammaticalCase

NOTHING = "—"
COLUMNS = (
    ListColumn("Фамилия, имя, отчество", 62),
    ListColumn("Дата рождения", 26, Align.CENTER),
    ListColumn("Лицевой счёт", 34),
    ListColumn("Долг, руб.", 24, Align.RIGHT),
    ListColumn("За какие месяцы", 30),
)
ASKED = (
    "Просим сообщить, есть ли у перечисленных граждан непогашенная задолженность по оплате жилого помещения и "
    "коммунальных услуг: сумму, за какие месяцы она образовалась, подтверждена ли судебным актом, заключено ли "
    "соглашение о её погашении и исполняется ли оно."
)
ANSWER_BY = "Просим ответить до {day} (5 рабочих дней). Если в этот срок ответ не поступит, задолженность считается отсутствующей."
STANDS_ON = "Основание: часть 3 статьи 160 Жилищного кодекса Российской Федерации."
MONTHS = ("месяц", "месяца", "месяцев")


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """A recipient in a request, with the numbers of the accounts at the provider."""

    name: str
    born_on: dt.date
    accounts: str


def print_request(
    *,
    office: Office,
    provider: Provider,
    number: str,
    sent_on: dt.date,
    answer_due_on: dt.date,
    people: Sequence[AskedPerson],
    by: Staff,
) -> bytes:
    """Print the request as PDF: about whom, what to tell, by when, and what silence means."""
    head, chief = letterhead_of(office), head_of(office, on=sent_on)
    phone = f", тел. {head.phone}" if head.phone else ""
    return render_list(
        ListDocument(
            title="О задолженности по оплате жилого помещения и коммунальных услуг",
            number=f"от {sent_on:%d.%m.%Y} № {number}",
            addressee=[text for text in (provider.name, provider.address) if text],
            organization=[text for text in (head.department, head.office, head.contacts) if text],
            opening=[ASKED],
            columns=COLUMNS,
            groups=[
                ListGroup(
                    rows=[(one.name, f"{one.born_on:%d.%m.%Y}", one.accounts or NOTHING, "", "") for one in people]
                )
            ],
            closing=[ANSWER_BY.format(day=f"{answer_due_on:%d.%m.%Y}"), STANDS_ON],
            signatures=[
                Signature("Начальник отдела", str(chief)) if chief else Signature(by.position or "Исполнитель", str(by))
            ],
            executor=f"{by}{phone}",
            rows_called="получателей",
        )
    )


def print_notice(suspension: Suspension) -> bytes:
    """Print the notice of a suspension whose moment and author of confirmation are set."""
    assert suspension.confirmed_at is not None
    person = suspension.recipient.person
    debt = suspension.court_act or suspension.answer
    assert debt is not None
    assert debt.debt is not None
    assert debt.owed_since is not None
    assert debt.months is not None
    return print_decision(
        "pdf/suspension_notice.html",
        office=suspension.office,
        number=suspension.number,
        at=suspension.confirmed_at,
        by=suspension.prepared_by,
        signed_by=suspension.confirmed_by,
        facts={
            "kind": "Уведомление",
            "subject": "о приостановлении выплаты денежного эквивалента",
            "suspension": suspension,
            "person": person,
            "addressee": name_in(GrammaticalCase.DATIVE, person),
            "snils": snils_of(person),
            "ground": suspension.ground,
            "decree": suspension.ground.decree,
            "first_month": month_name(suspension.starts_on),
            "debt": format_sum(debt.debt),
            "in_words": roubles_in_words(debt.debt),
            "owed_since": month_name(debt.owed_since),
            "owed_until": month_name(shift_month(debt.owed_since, debt.months - 1)),
            "count": count_with_noun(debt.months, MONTHS),
            "proved_by": str(suspension.court_act)
            if suspension.court_act
            else f"ответ предприятия: {suspension.answer.document if suspension.answer else ''}",
        },
    )
