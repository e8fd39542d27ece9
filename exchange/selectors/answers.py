"""What a request file asked, what came back for it, and what did not (3.9)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from exchange.checks.matching import AskedRow
from exchange.models import ExchangeFile, RequestRow, ReturnedRow
from exchange.register_content import from_json
from exchange.request_rows import request_id_of
from offices.models import Office

NO_ANSWER, REFUSED = "no_answer", "refused"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A row of a request that an accepted file says nothing of."""

    pk: int
    full_name: str


def asked_rows(request: ExchangeFile, /) -> list[AskedRow]:
    """Return the rows of a request file as a returned row is matched to them, in the file's order."""
    rows = RequestRow.objects.filter(file=request).order_by("row_number")
    facts = rows.values_list("pk", "services", "account__number", "register_row_id", "register_row__content")
    found = []
    for pk, services, account, register_row_id, content in facts.iterator(chunk_size=2000):
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
            )
        )
    return found


def unanswered_rows(file: ExchangeFile, /) -> list[Unanswered]:
    """Return the request rows that no row of an accepted file answers."""
    answers = ReturnedRow.objects.filter(file=file, request_row=OuterRef("pk"))
    rows = RequestRow.objects.filter(~Exists(answers), file=file.request_id)
    facts = rows.order_by("row_number").values_list("pk", "register_row__content")
    return [Unanswered(pk, from_json(content).full_name) for pk, content in facts]


def answered_and_silent(*, office: Office, month: dt.date) -> tuple[int, dict[str, int]]:
    """Count the persons asked about in the month's requests whose provider answered, and the others by reason.

    A person asked about at three providers counts three times. A provider is silent when no file of
    it came, refused when some came and none was accepted.
    """
    returns = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, request=OuterRef("pk"))
    requests = (
        ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month)
        .annotate(
            persons=Count("request_rows__register_row", distinct=True),
            is_answered=Exists(returns.exclude(status=ExchangeFile.Status.REFUSED)),
            is_refused=Exists(returns.filter(status=ExchangeFile.Status.REFUSED)),
        )
        .values_list("persons", "is_answered", "is_refused")
    )
    answered, silent = 0, Counter[str]()
    for persons, is_answered, is_refused in requests:
        if is_answered:
            answered += persons
        else:
            silent[REFUSED if is_refused else NO_ANSWER] += persons
    return answered, dict(silent)
