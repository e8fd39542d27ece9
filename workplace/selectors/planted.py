"""Whether what the outside world planted in its files was found, and ended where it must."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from exchange.models import Discrepancy, ExchangeFile, PensionDifference, PensionRecord
from workplace.simulation.manners import Kind, Planted

REFUSED = frozenset({Kind.WRONG_MONTH, Kind.WRONG_CODE_PAGE, Kind.TRUNCATED})
OF_PEOPLE = frozenset({Kind.DISAPPEARED, Kind.DIED, Kind.GROUP, Kind.CERTIFICATE})
OF_RECORDS = frozenset({Kind.UNKNOWN_PERSON, Kind.FAULTY_ROW})
HARMLESS = frozenset({Kind.LATE, Kind.RECALCULATION})


def missed(planted: Iterable[Planted], /, *, month: dt.date) -> list[Planted]:
    """Return what was planted in a month's files and was not found, or did not end as it must.

    A fault of a file must end in its refusal, a silent provider without an accepted file, a fault of a row in a
    protocol, a fault of the fund's data in a difference or an unmatched record; what is right must be let alone.
    """
    return [one for one in planted if not _is_found(one, month)]


def found_in(month: dt.date, /) -> Iterator[tuple[str, str, int | None, str]]:
    """Give every discrepancy of a month: office, file, row or None where none came, code; to prove that none was invented."""
    rows = Discrepancy.objects.filter(file__month=month).order_by("pk")
    yield from rows.values_list("file__office__code", "file__name", "row__row_number", "code")


def _is_found(one: Planted, month: dt.date) -> bool:
    if one.kind in REFUSED:
        refused = _files(one, month).filter(status=ExchangeFile.Status.REFUSED, refusal_code=one.code)
        return refused.exists()
    if one.kind is Kind.SILENT:
        return not _files(one, month).exists()
    if one.kind in OF_PEOPLE:
        differences = PensionDifference.objects.filter(file__month=month, kind=one.code, person__snils=one.account)
        return differences.exists()
    if one.kind in OF_RECORDS:
        assert one.row is not None, "a record of the fund has its row"
        records = PensionRecord.objects.filter(file__month=month, file__name=one.file, row_number=one.row)
        return records.filter(match=one.code).exists()
    if one.kind in HARMLESS:
        return not _discrepancies(one, month).filter(is_blocking=True).exists()
    return _discrepancies(one, month).filter(code=one.code, protocol__isnull=False).exists()


def _files(one: Planted, month: dt.date) -> "QuerySet[ExchangeFile]":
    return ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN, office__code=one.office, month=month, name=one.file
    )


def _discrepancies(one: Planted, month: dt.date) -> "QuerySet[Discrepancy]":
    found = Discrepancy.objects.filter(file__month=month, file__office__code=one.office, file__name=one.file)
    if one.kind is Kind.LATE:
        return found.none()
    if one.row is None:
        service = Q(request_row__services__contains=[one.service]) if one.service else Q()
        return found.filter(service, row__isnull=True, request_row__account__number=one.account)
    of_line = Q(line__isnull=True) | Q(line__service=one.service) | Q(line__service__isnull=True)
    return found.filter(of_line if one.service else Q(), row__row_number=one.row)
