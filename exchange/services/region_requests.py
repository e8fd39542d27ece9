"""Item 3.8 for a region-wide provider with one file: districts' requests are joined into one table and sent."""

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise
from pathlib import PurePath

from django.db import transaction

from exchange.dbf.reading import read_dbf
from exchange.dbf.records import join_tables
from exchange.dbf.verdicts import Refused
from exchange.layouts.names import file_name
from exchange.models import ExchangeFile, FileLayout, RegionFile, RegionPart
from exchange.selectors.file_scopes import is_one_file
from exchange.selectors.region_files import offices_awaited
from exchange.services.layouts import layout_of
from exchange.services.requests import acknowledge_request
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open
from providers.models import Provider

ITEM, STAGE = "3.8", "сводные файлы запросов"
REGION = "00"
"""The district of a whole file, where its name tells one."""


class NotOneFile(Refusal):
    """The provider's files of the month are one for each district."""


class NothingToSend(Refusal):
    """No district's request waits for the whole file."""


class DistrictsNotReady(Refusal):
    """Some districts have not made their requests, and nobody has said to send without them."""


class CannotBeJoined(Refusal):
    """The districts' requests are not tables of one structure."""


class NotARegionRequest(Refusal):
    """The file is not a whole request."""


@transaction.atomic
def send_region_request(
    *, provider_id: int, month: dt.date, without: Collection[str] = (), by: Staff, at: dt.datetime
) -> RegionFile:
    """Join the requests that wait for a provider's whole file into one table, and send it.

    `without` are the codes of the offices that have no request yet and that a person has agreed to send without:
    they must be exactly those. What they make later goes as a supplement, by the same act.

    Raises MonthNotOpen, NotOneFile, DistrictsNotReady, NothingToSend, CannotBeJoined.
    """
    require_open(month)
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider_id)
    if not is_one_file(provider_id=provider_id, month=month):
        raise NotOneFile(f"Предприятию «{provider}» за {month:%m.%Y} отправляют файл на каждый район.")
    awaited = offices_awaited(provider_id=provider_id, month=month)
    if {office.code for office in awaited} != set(without):
        names = "; ".join(str(office) for office in awaited) or "все готовы"
        raise DistrictsNotReady(
            f"Список неготовых районов изменился. Сейчас запросы не сформированы: {names}. Проверьте и отправьте ещё раз."
        )
    prepared = list(
        ExchangeFile.objects.select_for_update(of=("self",))
        .filter(
            kind=ExchangeFile.Kind.REQUEST,
            status=ExchangeFile.Status.PREPARED,
            provider=provider,
            month=month,
        )
        .select_related("office__district", "layout", "file")
        .order_by("office__code", "pk")
    )
    if not prepared:
        raise NothingToSend(f"Для предприятия «{provider}» за {month:%m.%Y} нет ни одного готового запроса района.")
    return _send(prepared, provider, month=month, by=by, at=at)


@transaction.atomic
def acknowledge_region_request(*, file_id: int, who: str, at: dt.datetime) -> RegionFile:
    """Record that a provider confirmed the receipt of a whole file, and with it of every district's part.

    A second time changes nothing. Raises NotARegionRequest.
    """
    found = RegionFile.objects.select_for_update(of=("self",)).select_related("provider", "by")
    whole: RegionFile = found.get(pk=file_id)
    if whole.kind != RegionFile.Kind.REQUEST:
        raise NotARegionRequest(f"Файл «{whole}» — {whole.get_kind_display()}: его получение не подтверждают.")
    if whole.status == RegionFile.Status.ACKNOWLEDGED:
        return whole
    whole.status = RegionFile.Status.ACKNOWLEDGED
    whole.acknowledged_at, whole.acknowledged_by = at, who.strip()[:150] or str(whole.provider)
    whole.save(update_fields=["status", "acknowledged_at", "acknowledged_by"])
    for part in whole.parts.order_by("file__office_id"):
        acknowledge_request(file_id=part.file_id, who=who, at=at)
    _record(whole, "получение подтверждено", by=whole.by, at=at)
    return whole


def _send(
    prepared: Sequence[ExchangeFile], provider: Provider, *, month: dt.date, by: Staff, at: dt.datetime
) -> RegionFile:
    try:
        content = join_tables([files.read(one.file) for one in prepared])
        written = read_dbf(content).live
    except Refused as refused:
        raise CannotBeJoined(f"Запросы районов предприятию «{provider}» не соединяются. {refused.text}") from refused
    layout = prepared[0].layout
    assert layout is not None, "a request file is written in a layout"
    number = RegionFile.objects.filter(kind=RegionFile.Kind.REQUEST, provider=provider, month=month).count() + 1
    name = _name(layout, provider, month, number)
    stored = files.store(content=content, name=name, media_type=files.DBF, by=by, at=at)
    whole = RegionFile.objects.create(
        kind=RegionFile.Kind.REQUEST,
        month=month,
        provider=provider,
        layout=layout,
        number=number,
        file=stored,
        name=name,
        sha256=stored.sha256,
        status=RegionFile.Status.SENT,
        rows=written,
        at=at,
        by=by,
    )
    ends = accumulate((one.rows for one in prepared), initial=0)
    for request, (before, last) in zip(prepared, pairwise(ends), strict=True):
        RegionPart.objects.create(whole=whole, file=request, row_numbers=list(range(before + 1, last + 1)))
    _tell(whole, prepared, by=by, at=at)
    balances.strike(
        month=month,
        item=ITEM,
        stage=STAGE,
        office=unit_of_kind(kind=Office.Kind.PAYMENTS),
        subject=f"файл «{name}», {provider}, № {whole.pk}",
        balance=Balance(Amount(sum(one.rows for one in prepared)), Amount(written)),
        at=at,
    )
    return whole


def _tell(whole: RegionFile, prepared: Sequence[ExchangeFile], *, by: Staff, at: dt.datetime) -> None:
    """Mark the districts' requests as sent, each with a line in its office's journal, and write down the whole."""
    for request in sorted(prepared, key=lambda one: one.office_id):
        request.status, request.at = ExchangeFile.Status.SENT, at
        request.save(update_fields=["status", "at"])
        paper = journal.Paper(
            subject=f"файл запроса в сводном файле «{whole.name}»"[:200],
            item=ITEM,
            month=whole.month,
            file_name=request.name,
            sha256=request.sha256,
            rows=request.rows,
        )
        journal.record(
            office=request.office, event="отправлено", paper=paper, by=by, at=at, counterpart=str(whole.provider)
        )
    _record(whole, "отправлено", by=by, at=at)


def _record(whole: RegionFile, event: str, *, by: Staff, at: dt.datetime) -> None:
    paper = journal.Paper(
        subject=f"сводный файл запроса: {whole.provider}, районов {whole.parts.count()}"[:200],
        item=ITEM,
        month=whole.month,
        file_name=whole.name,
        sha256=whole.sha256,
        rows=whole.rows,
    )
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    journal.record(office=unit, event=event, paper=paper, by=by, at=at, counterpart=str(whole.provider))


def _name(row: FileLayout, provider: Provider, month: dt.date, number: int) -> str:
    """Name a whole file by the layout's mask, the district being «00»; a supplement bears its number as well."""
    name = file_name(layout_of(row), month=month, district=REGION, provider=provider.code)
    path = PurePath(name)
    return name if number == 1 else f"{path.stem}-{number}{path.suffix}"
