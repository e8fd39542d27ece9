"""Item 3.9: a specialist says whom a returned row means; it is remembered for the next files of the provider."""

import datetime as dt
from typing import Any

from django.db import transaction

from exchange.models import ExchangeFile, RememberedMatch, RequestRow, ReturnedRow
from exchange.services import file_lines
from offices.models import Staff
from offices.months import month_of, next_month
from offices.refusals import Refusal
from offices.services.months import require_open

Match = ReturnedRow.Match


class NotMatchable(Refusal):
    """The row is not matched by hand now: its file was checked, or it has its request row already."""


class NotThisRequestRow(Refusal):
    """The request row is another file's, or another row of the file answers it."""


class ReasonMissing(Refusal):
    """A match by hand stands on a reason."""


class MatchEnded(Refusal):
    """The remembered match is not in force any more."""


@transaction.atomic
def match_by_hand(
    *, row_id: int, request_row_id: int, reason: str, is_remembered: bool, by: Staff, at: dt.datetime
) -> int:
    """Say which request row a returned row answers, and return how many rows of the file were matched so.

    Further rows of the file with the same account and name, one for each service, go with it. The match is
    remembered from the file's month on, without end or for that month alone; a former one of the same account and
    name ends the month before. What the row says is checked with the file (3.10), by another person.

    Raises MonthNotOpen, NotMatchable, NotThisRequestRow, ReasonMissing.
    """
    row = ReturnedRow.objects.select_related("request_row").get(pk=row_id)
    file = _file_before_its_check(row)
    row.refresh_from_db()
    who: dict[str, Any] = row.content.get("who", {})
    if row.request_row_id is not None:
        raise NotMatchable(f"Строка {row.row_number} уже связана с запросом.")
    if not any(who.get("key", ())):
        raise NotMatchable(f"В строке {row.row_number} нет ни счёта, ни адреса, ни имени: её не связать.")
    if not reason.strip():
        raise ReasonMissing("Напишите основание связи: письмо поставщика, справку, карточку дела.")
    asked = _free_request_row(file, request_row_id)
    row.match, row.request_row = Match.BY_HAND, asked
    row.save(update_fields=["match", "request_row"])
    _remember(row, asked, reason=reason.strip()[:300], is_remembered=is_remembered, by=by, at=at)
    return 1 + _match_the_rest(file, row, asked)


@transaction.atomic
def take_back(*, row_id: int, by: Staff, at: dt.datetime) -> ReturnedRow:
    """Undo a match by hand before the file is checked, with the rows that went with it; what was remembered ends.

    Raises MonthNotOpen, NotMatchable.
    """
    row: ReturnedRow = ReturnedRow.objects.get(pk=row_id)
    file = _file_before_its_check(row)
    row.refresh_from_db()
    if row.match != Match.BY_HAND:
        raise NotMatchable(f"Строка {row.row_number} связана не вручную.")
    alike = ReturnedRow.objects.filter(file=file, match=Match.BY_HAND, content__who__key=row.content["who"]["key"])
    alike.update(match=Match.UNKNOWN, request_row=None)
    row.refresh_from_db()
    made = _same_key(file, row).filter(valid_from=file.month)
    for match in made.select_for_update(of=("self",)):
        _end(match, next_month(file.month), by=by, at=at)
    return row


@transaction.atomic
def end_match(*, match_id: int, month: dt.date, by: Staff, at: dt.datetime) -> RememberedMatch:
    """Stop using a remembered match from a month on; the files matched before stay as they are.

    Raises MatchEnded.
    """
    match: RememberedMatch = RememberedMatch.objects.select_for_update(of=("self",)).get(pk=match_id)
    last = max(month_of(month), next_month(match.valid_from))
    if match.valid_to is not None and match.valid_to <= last:
        raise MatchEnded(f"Связь «{match}» уже прекращена.")
    _end(match, last, by=by, at=at)
    return match


def _file_before_its_check(row: ReturnedRow) -> ExchangeFile:
    file = file_lines.lock_file(row.file_id)
    require_open(file.month)
    if file.kind not in ExchangeFile.ANSWERS or file.status != ExchangeFile.Status.RECEIVED:
        raise NotMatchable(
            f"Файл «{file}» уже не ждёт проверки ({file.get_status_display()}): его строки вручную не связывают. "
            "Связь можно задать в следующем файле поставщика."
        )
    return file


def _free_request_row(file: ExchangeFile, request_row_id: int) -> RequestRow:
    asked: RequestRow | None = RequestRow.objects.filter(file=file.request_id, pk=request_row_id).first()
    if asked is None:
        raise NotThisRequestRow("Выберите строку запроса из списка: этой строки в запросе поставщику нет.")
    taken = ReturnedRow.objects.filter(file=file, request_row=asked).values_list("row_number", flat=True).first()
    if taken is not None:
        raise NotThisRequestRow(f"На эту строку запроса уже отвечает строка {taken} файла.")
    return asked


def _same_key(file: ExchangeFile, row: ReturnedRow) -> Any:
    account, name = row.content["who"]["key"]
    same = RememberedMatch.objects.filter(sent_account=account[:120], sent_name=name[:200])
    return same.filter(office=file.office_id, provider=file.provider_id)


def _remember(
    row: ReturnedRow, asked: RequestRow, *, reason: str, is_remembered: bool, by: Staff, at: dt.datetime
) -> None:
    """Write the match down; one begun in the same month is corrected, an earlier one ends."""
    file = row.file
    assert file.provider_id is not None, "an accepted answer has its provider"
    facts: dict[str, Any] = {
        "recipient_id": asked.recipient_id,
        "account_id": asked.account_id,
        "valid_to": None if is_remembered else next_month(file.month),
        "row": row,
        "reason": reason,
        "entered_at": at,
        "entered_by": by,
        "ended_at": None,
        "ended_by": None,
    }
    known = _same_key(file, row)
    for former in known.valid_on(file.month).filter(valid_from__lt=file.month).select_for_update(of=("self",)):
        _end(former, file.month, by=by, at=at)
    account, name = row.content["who"]["key"]
    made = known.filter(valid_from=file.month).select_for_update(of=("self",)).first() or RememberedMatch(
        office_id=file.office_id,
        provider_id=file.provider_id,
        sent_account=account[:120],
        sent_name=name[:200],
        valid_from=file.month,
    )
    for column, value in facts.items():
        setattr(made, column, value)
    made.save()


def _match_the_rest(file: ExchangeFile, row: ReturnedRow, asked: RequestRow) -> int:
    """Match the file's other rows of the same account and name to the person's other request rows by their service."""
    answered = ReturnedRow.objects.filter(file=file, request_row__isnull=False).values("request_row")
    free = list(
        RequestRow.objects.filter(file=asked.file_id, recipient=asked.recipient_id, account=asked.account_id)
        .exclude(pk__in=answered)
        .order_by("row_number")
    )
    others = ReturnedRow.objects.filter(
        file=file, request_row__isnull=True, content__who__key=row.content["who"]["key"]
    )
    matched = []
    for other in others.order_by("row_number"):
        services = set(other.content["who"]["services"])
        fitting = next((one for one in free if services and services <= set(one.services)), None)
        if fitting is not None:
            free.remove(fitting)
            other.match, other.request_row = Match.BY_HAND, fitting
            matched.append(other)
    ReturnedRow.objects.bulk_update(matched, ["match", "request_row"])
    return len(matched)


def _end(match: RememberedMatch, month: dt.date, *, by: Staff, at: dt.datetime) -> None:
    match.valid_to, match.ended_at, match.ended_by = month, at, by
    match.save(update_fields=["valid_to", "ended_at", "ended_by"])
