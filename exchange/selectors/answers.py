"""What a request file asked, what came back for it, and what did not (3.9)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Exists, OuterRef

from exchange.checks.matching import AskedRow
from exchange.models import ExchangeFile, RequestRow, ReturnedRow
from exchange.register_content import from_json
from exchange.request_rows import request_id_of
from exchange.selectors.renumbered import other_numbers_asked
from offices.models import Office

NO_ANSWER, REFUSED, LEFT_OUT = "no_answer", "refused", "not_in_answer"


@dataclass(frozen=True, slots=True)
class Answered:
    """Persons asked about in a month: all, those a provider's file answers, and the others by reason."""

    asked: int
    answered: int
    silent: dict[str, int]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A row of a request that an accepted file says nothing of."""

    pk: int
    full_name: str


def asked_rows(request: ExchangeFile, /) -> list[AskedRow]:
    """Return the rows of a request file as a returned row is matched to them, in the file's order."""
    rows = RequestRow.objects.filter(file=request).order_by("row_number")
    facts = rows.values_list(
        "pk", "services", "account__number", "register_row_id", "register_row__content", "recipient_id", "account_id"
    )
    others = other_numbers_asked(request)
    found = []
    for pk, services, account, register_row_id, content, recipient_id, account_id in facts.iterator(chunk_size=2000):
        person = from_json(content)
        found.append(
            AskedRow(
                key=pk,
                request_id=request_id_of(register_row_id),
                account=account,
                snils=person.snils,
                full_name=person.full_name,
                birth_date=person.birth_date,
                address_code=person.address_code,
                services=tuple(services),
                recipient_id=recipient_id,
                account_id=account_id,
                also=others.get(account_id, ()),
            )
        )
    return found


def unanswered_rows(file: ExchangeFile, /) -> list[Unanswered]:
    """Return the request rows that no row of an accepted file answers."""
    answers = ReturnedRow.objects.filter(file=file, request_row=OuterRef("pk"))
    rows = RequestRow.objects.filter(~Exists(answers), file=file.request_id)
    facts = rows.order_by("row_number").values_list("pk", "register_row__content")
    return [Unanswered(pk, from_json(content).full_name) for pk, content in facts]


def answered_and_silent(*, office: Office, month: dt.date) -> Answered:
    """Count the persons asked about in the month's requests: whom a provider answered, and the others by reason.

    A person asked about at three providers counts three times. A provider is silent when no file of it came, refused
    when some came and none was accepted; a person is left out when the accepted file has no row about them.
    """
    returns = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, request=OuterRef("file"))
    answers = ReturnedRow.objects.filter(request_row=OuterRef("pk")).exclude(file__status__in=ExchangeFile.NOT_STANDING)
    rows = RequestRow.objects.filter(file__kind=ExchangeFile.Kind.REQUEST, file__office=office, file__month=month)
    persons = (
        rows.annotate(
            row_answered=Exists(answers),
            accepted=Exists(returns.exclude(status__in=ExchangeFile.NOT_STANDING)),
            refused=Exists(returns.filter(status=ExchangeFile.Status.REFUSED)),
        )
        .order_by()
        .values("file_id", "register_row_id", "accepted", "refused")
        .annotate(is_answered=BoolOr("row_answered"))
    )
    answered, silent = 0, Counter[str]()
    for person in persons:
        if person["is_answered"]:
            answered += 1
        else:
            silent[LEFT_OUT if person["accepted"] else REFUSED if person["refused"] else NO_ANSWER] += 1
    return Answered(persons_asked(office=office, month=month), answered, dict(silent))


def persons_asked(*, office: Office, month: dt.date) -> int:
    """Count the persons of all the requests an office sent in a month, once for each provider asked."""
    rows = RequestRow.objects.filter(file__kind=ExchangeFile.Kind.REQUEST, file__office=office, file__month=month)
    return rows.order_by().values("file_id", "register_row_id").distinct().count()
