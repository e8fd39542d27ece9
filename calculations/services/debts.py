"""Asking providers about recipients' debts, and writing down what they answer or that they keep silent.

Source: Housing Code, article 160, item 3; dossier 1.1 (a provider answers within five working days, silence means
that there is no debt).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from django.db import transaction

from calculations.documents.debts import AskedPerson, print_request
from calculations.models import DebtAnswer, DebtRequest
from housing.models import SupportedDwelling
from offices import files, journal
from offices.calendar import day_of
from offices.models import JournalEntry, NumberSeries, Office, Staff
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from offices.selectors import production_calendar
from providers.models import Provider, ServiceAccount
from recipients.models import Recipient
from recipients.services import own_case

ITEM: Final = "3.10"
DAYS_TO_ANSWER: Final = 5
Outcome = DebtAnswer.Outcome
OWED: Final = (Outcome.DEBT, Outcome.AGREEMENT)


class NobodyToAskAbout(Refusal):
    """None of the recipients has an account at the provider, or all of them are asked about already."""


class AnsweredAlready(Refusal):
    """The answer about the recipient is written down, or its term has passed in silence."""


class AnswerIncomplete(Refusal):
    """An answer lacks its document, sum or period, or its day is impossible."""


@transaction.atomic
def ask_about_debts(
    *, office: Office, provider: Provider, recipient_ids: Collection[int], by: Staff, at: dt.datetime
) -> DebtRequest:
    """Ask a provider about an office's recipients by one numbered letter; who waits for an answer is left out.

    The term is five working days. Raises NobodyToAskAbout, OwnCase.
    """
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    asked_on = day_of(at)
    waiting = DebtAnswer.objects.filter(request__provider=provider, outcome=Outcome.WAITING)
    rows = Recipient.objects.filter(pk__in=recipient_ids, office=office).exclude(pk__in=waiting.values("recipient"))
    accounts = _accounts(provider, rows.values_list("pk", flat=True), asked_on)
    people = list(
        rows.filter(pk__in=accounts)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "person__middle_name", "pk")
    )
    if not people:
        raise NobodyToAskAbout(
            f"{provider}: спрашивать не о ком. У выбранных получателей нет лицевых счетов этого предприятия, или ответ о "
            "них уже ждут."
        )
    own_case.require_stranger(by=by, persons=[one.person for one in people])
    due = production_calendar(start=asked_on, end=asked_on + dt.timedelta(days=31)).add(
        asked_on, working_days=DAYS_TO_ANSWER
    )
    year = year_of(at)
    number = f"{next_number(office=office, series=NumberSeries.Series.LETTER, year=year)}/{year}"
    printed = print_request(
        office=office,
        provider=provider,
        number=number,
        sent_on=asked_on,
        answer_due_on=due,
        people=[AskedPerson(one.person.full_name, one.person.birth_date, accounts[one.pk]) for one in people],
        by=by,
    )
    stored = files.store(
        content=printed,
        name=f"debts_{office.code}_{number.replace('/', '_')}.pdf",
        media_type=files.PDF,
        by=by,
        at=at,
    )
    request: DebtRequest = DebtRequest.objects.create(
        office=office,
        provider=provider,
        number=number,
        sent_on=asked_on,
        answer_due_on=due,
        document=stored,
        made_at=at,
        made_by=by,
    )
    DebtAnswer.objects.bulk_create([DebtAnswer(request=request, recipient=one) for one in people], batch_size=1_000)
    paper = journal.Paper(
        subject=f"запрос о задолженности № {number}, получателей: {len(people)}",
        item=ITEM,
        way=JournalEntry.Way.PAPER,
        file_name=stored.name,
        sha256=stored.sha256,
    )
    journal.record(office=office, event="направлен запрос", paper=paper, counterpart=str(provider), by=by, at=at)
    return request


@transaction.atomic
def record_answer(  # what a provider answers of one person
    *,
    answer_id: int,
    outcome: str,
    answered_on: dt.date,
    document: str,
    by: Staff,
    at: dt.datetime,
    debt: Decimal | None = None,
    owed_since: dt.date | None = None,
    months: int | None = None,
) -> DebtAnswer:
    """Write down what a provider answered of one recipient; `debt` in roubles, `owed_since` the first of a month.

    Raises AnsweredAlready, AnswerIncomplete, OwnCase.
    """
    answer = _locked(answer_id)
    own_case.require_stranger(by=by, persons=[answer.recipient.person])
    if outcome not in (*OWED, Outcome.NO_DEBT):
        raise AnswerIncomplete("Укажите, что ответило предприятие: долга нет, есть долг или исполняется соглашение.")
    if not answer.request.sent_on <= answered_on <= day_of(at):
        raise AnswerIncomplete(
            f"Ответ получают не раньше {answer.request.sent_on:%d.%m.%Y} и не позже сегодняшнего дня."
        )
    if not document.strip():
        raise AnswerIncomplete("Укажите документ: письмо предприятия, его дату и номер.")
    answer.outcome, answer.answered_on, answer.document = outcome, answered_on, document.strip()
    if outcome in OWED:
        if not (debt and owed_since and months):
            raise AnswerIncomplete("Укажите сумму долга, с какого месяца он и за сколько месяцев.")
        answer.debt, answer.owed_since, answer.months = debt, owed_since.replace(day=1), months
    answer.recorded_at, answer.recorded_by = at, by
    answer.save()
    told = f"ответ на запрос № {answer.request.number}, {answer.recipient}: {answer.get_outcome_display()}"
    paper = journal.Paper(subject=told[:300], item=ITEM, way=JournalEntry.Way.PAPER)
    journal.record(
        office=answer.request.office,
        event="получен ответ",
        paper=paper,
        counterpart=str(answer.request.provider),
        by=by,
        at=at,
    )
    return answer


@transaction.atomic
def record_silence(*, at: dt.datetime) -> int:
    """Record «задолженности нет» for everybody whose term passed without an answer; return how many.

    The term's last day is still waited for. Running it again changes nothing.
    """
    day = day_of(at)
    overdue = DebtAnswer.objects.select_for_update(of=("self",), skip_locked=True).filter(
        outcome=Outcome.WAITING, request__answer_due_on__lt=day
    )
    ids = list(overdue.order_by("pk").values_list("pk", flat=True))
    return DebtAnswer.objects.filter(pk__in=ids).update(outcome=Outcome.SILENT, answered_on=day, recorded_at=at)


def _accounts(provider: Provider, recipient_ids: Collection[int], on: dt.date) -> dict[int, str]:
    """Return the numbers of the accounts at the provider for the recipients' dwellings, by recipient."""
    homes = SupportedDwelling.objects.valid_on(on).filter(recipient__in=recipient_ids)
    dwelling_of = dict(homes.values_list("recipient_id", "dwelling_id"))
    numbers: dict[int, list[str]] = defaultdict(list)
    rows = ServiceAccount.objects.valid_on(on).filter(provider=provider, dwelling__in=set(dwelling_of.values()))
    for dwelling_id, number in rows.order_by("number").values_list("dwelling_id", "number"):
        if number not in numbers[dwelling_id]:
            numbers[dwelling_id].append(number)
    return {pk: ", ".join(numbers[home]) for pk, home in dwelling_of.items() if home in numbers}


def _locked(answer_id: int) -> DebtAnswer:
    rows = DebtAnswer.objects.select_for_update(of=("self",)).select_related(
        "request__office", "request__provider", "recipient__person"
    )
    answer: DebtAnswer = rows.get(pk=answer_id)
    if answer.outcome != Outcome.WAITING:
        raise AnsweredAlready(f"{answer.recipient}: ответ уже записан ({answer.get_outcome_display()}).")
    return answer
