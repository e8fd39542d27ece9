"""Files of region-wide providers: who is awaited, what was sent and received, whose each row is (3.8, 3.9)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count

from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import layout_from
from exchange.layouts.names import parse_name
from exchange.models import ExchangeFile, RegionFile, RegionPart
from exchange.selectors.file_scopes import one_file_providers
from offices.models import HandoverBalance, Office
from offices.months import next_month
from providers.models import Agreement, Provider, ServiceAccount

Kind, Status = RegionFile.Kind, RegionFile.Status
REQUESTS_MADE = "файлы запросов"
"""The stage of the balance that an office strikes once its requests are made."""


@dataclass(frozen=True, slots=True)
class RegionMonth:
    """A one-file provider's month: requests that wait, offices without one, whole files sent and their answers."""

    provider: Provider
    prepared: tuple[ExchangeFile, ...]
    awaited: tuple[Office, ...]
    sent: tuple[RegionFile, ...]
    answers: dict[int, RegionFile]
    refused: tuple[RegionFile, ...]

    @property
    def prepared_rows(self) -> int:
        return sum(one.rows for one in self.prepared)

    @property
    def next_number(self) -> int:
        return len(self.sent) + 1

    @property
    def stray_rows(self) -> int:
        return sum(one.stray_rows for one in self.answers.values())

    @property
    def unanswered(self) -> tuple[RegionFile, ...]:
        return tuple(one for one in self.sent if one.pk not in self.answers)

    @property
    def answered(self) -> tuple[tuple[RegionFile, RegionFile | None], ...]:
        """Pair every whole request with the answer that stands for it."""
        return tuple((one, self.answers.get(one.pk)) for one in self.sent)


@dataclass(frozen=True, slots=True)
class PartShown:
    """What of a whole file is one district's; `status` is that of the district's file."""

    office: Office
    file: ExchangeFile
    rows: int
    first: int
    last: int


def region_months(*, month: dt.date, provider_id: int | None = None) -> list[RegionMonth]:
    """Return the month of every one-file provider, by code; the number of queries does not depend on them."""
    known = one_file_providers(month=month) if provider_id is None else {provider_id}
    providers = Provider.objects.filter(pk__in=known).order_by("code")
    waiting: dict[int, list[ExchangeFile]] = defaultdict(list)
    prepared = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.REQUEST, status=ExchangeFile.Status.PREPARED, provider__in=known, month=month
    )
    for request in prepared.select_related("office__district").order_by("office__district__name", "pk"):
        waiting[request.provider_id or 0].append(request)
    awaited = _awaited(known, month)
    wholes: dict[int, list[RegionFile]] = defaultdict(list)
    files = RegionFile.objects.filter(provider__in=known, month=month)
    for whole in files.select_related("provider", "layout", "file", "by").annotate(n=Count("parts")).order_by("pk"):
        wholes[whole.provider_id or 0].append(whole)
    return [
        RegionMonth(
            provider=one,
            prepared=tuple(waiting[one.pk]),
            awaited=awaited.get(one.pk, ()),
            sent=tuple(whole for whole in wholes[one.pk] if whole.kind == Kind.REQUEST),
            answers={whole.request_id or 0: whole for whole in wholes[one.pk] if whole.status == Status.RECEIVED},
            refused=tuple(whole for whole in wholes[one.pk] if whole.status == Status.REFUSED),
        )
        for one in providers
    ]


def offices_awaited(*, provider_id: int, month: dt.date) -> tuple[Office, ...]:
    """Return the offices with an agreement with a provider that have not made their requests of a month, by name."""
    return _awaited({provider_id}, month).get(provider_id, ())


def _awaited(providers: Collection[int], month: dt.date) -> dict[int, tuple[Office, ...]]:
    made = HandoverBalance.objects.filter(item="3.8", stage=REQUESTS_MADE, month=month).values("office_id")
    agreements = Agreement.objects.touching(month, next_month(month)).filter(provider__in=providers)
    rows = agreements.exclude(office__in=made).select_related("office__district").order_by("office__district__name")
    found: dict[int, dict[int, Office]] = defaultdict(dict)
    for row in rows:
        found[row.provider_id][row.office_id] = row.office
    return {provider: tuple(offices.values()) for provider, offices in found.items()}


def region_request_named(name: str, /, *, month: dt.date) -> RegionFile | None:
    """Return the whole request of a month that bears this name, in any letter case."""
    named = RegionFile.objects.filter(kind=Kind.REQUEST, month=month, name__iexact=name)
    return named.select_related("provider", "layout").order_by("pk").first()


def why_unknown_region(name: str, /, *, month: dt.date) -> Refused:
    """Say what is wrong with a name that no whole request of the month bears."""
    before = RegionFile.objects.filter(kind=Kind.REQUEST, name__iexact=name).order_by("-month").first()
    theirs = before.month if before is not None else _month_told(name)
    if theirs is not None and theirs != month:
        text = f"Файл «{name}» за {theirs:%m.%Y}, а принимаются ответы за {month:%m.%Y}."
        return Refused("wrong_month", text)
    district = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, month=month, name__iexact=name)
    one = district.select_related("office").order_by("pk").first()
    if one is not None:
        return Refused("one_district", f"Файл «{name}» — ответ одного района: его принимает {one.office}.")
    return Refused(
        "unknown_name",
        f"Сводного запроса с именем «{name}» за {month:%m.%Y} не отправляли. Ответ называют так же, как запрос; "
        "если предприятие ошиблось в имени, выберите его в списке.",
    )


def _month_told(name: str) -> dt.date | None:
    sent = RegionFile.objects.filter(kind=Kind.REQUEST).select_related("layout").order_by("layout", "-pk")
    for whole in sent.distinct("layout"):
        parts = parse_name(layout_from(whole.layout.definition), name) if whole.layout else None
        if parts is not None and parts.month is not None:
            return parts.month
    return None


def standing_answer(request: RegionFile, /) -> RegionFile | None:
    """Return the accepted answer to a whole request."""
    found: RegionFile | None = request.returns.filter(status=Status.RECEIVED).first()
    return found


def homes_of_accounts(numbers: Iterable[str], /, *, provider_id: int) -> dict[str, int]:
    """Tell in which office's district a provider's accounts are open; one open in two districts is left out."""
    wanted = {number.upper() for number in numbers} | {number.lower() for number in numbers} | set(numbers)
    rows = ServiceAccount.objects.filter(provider=provider_id, number__in=wanted).values_list(
        "number", "dwelling__address__street__settlement__district__office"
    )
    found: dict[str, set[int]] = defaultdict(set)
    for number, office in rows:
        found[number].add(office)
    return {number: offices.pop() for number, offices in found.items() if len(offices) == 1}


def parts_of(whole: RegionFile, /) -> list[PartShown]:
    """Return the parts of a whole file by district; an unchanged part of a replacement stays with the former file."""
    related = ("file__office__district", "file__provider")
    parts = RegionPart.objects.filter(whole=whole).select_related(*related).order_by("file__office__district__name")
    return [
        PartShown(one.file.office, one.file, len(one.row_numbers), min(one.row_numbers), max(one.row_numbers))
        for one in parts
    ]


class RowInWhole(models.Func):
    """The number that a row of a part has in its whole; `RowInWhole(numbers, row)`, NULL outside a whole file."""

    template = "(%(expressions)s]"
    arg_joiner = ")["
    output_field = models.IntegerField()


def whole_of(file: ExchangeFile, /) -> RegionPart | None:
    """Return the place of a district's file in a whole one; None for a file of its own."""
    return RegionPart.objects.filter(file=file).select_related("whole").first()


def belongs_to_region(request: ExchangeFile, /) -> bool:
    """Tell whether a district's request is, or will be, a part of a whole file."""
    is_waiting = request.status == ExchangeFile.Status.PREPARED
    return is_waiting or RegionPart.objects.filter(file=request).exists()
