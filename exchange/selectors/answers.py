"""What a request file asked, what came back for it, and what did not (3.9)."""

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Exists, OuterRef, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from exchange.checks.matching import AskedRow
from exchange.layouts.definitions import layout_from
from exchange.layouts.model import MatchKey
from exchange.models import ExchangeFile, RequestRow, ReturnedRow
from exchange.register_content import from_json
from exchange.request_rows import request_id_of
from exchange.selectors.renumbered import other_numbers_asked
from offices.models import Office

_NAMED_BY = ("snils", "birth_date", "last_name", "first_name", "middle_name")
"""What of a register row tells the person, in the order it is asked for."""
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
    assert request.layout is not None, "a request file is written in a layout"
    has_codes = MatchKey.ADDRESS_CODE in layout_from(request.layout.definition).matching
    rows = RequestRow.objects.filter(file=request).order_by("row_number")
    facts = rows.values_list(
        "pk", Cast("services", TextField()), "account__number", "register_row_id", "recipient_id", "account_id",
        *(KeyTextTransform(name, "register_row__content") for name in _NAMED_BY),
        *(["register_row__content"] if has_codes else []),
    )  # fmt: skip
    others = other_numbers_asked(request)
    services_of: dict[str, tuple[str, ...]] = {}
    found = []
    for pk, services, account, register_row_id, recipient_id, account_id, snils, born, *more in facts.iterator(
        chunk_size=2000
    ):
        if services not in services_of:
            services_of[services] = tuple(json.loads(services))
        found.append(
            AskedRow(
                key=pk,
                request_id=request_id_of(register_row_id),
                account=account,
                snils=snils,
                full_name=" ".join(part for part in more[:3] if part),
                birth_date=dt.date.fromisoformat(born),
                address_code=from_json(more[3]).address_code if has_codes else "",
                services=services_of[services],
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
