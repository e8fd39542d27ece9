"""Whose a returned file is: the request it answers by its name, or why it answers none (3.9)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import Count, Q

from exchange.checks.dwelling import normal
from exchange.checks.matching import AskedRow
from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import layout_from
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.names import NameParts, file_name, parse_name
from exchange.models import ExchangeFile, FileLayout, RegionFile, RequestRow
from exchange.register_content import district_number
from offices.models import Office

REQUEST = ExchangeFile.Kind.REQUEST


def request_named(name: str, /, *, office: Office, month: dt.date) -> ExchangeFile | None:
    """Return the request of an office's month that bears this name, in any letter case.

    The answer to a file of changes bears the name that its own layout gives it.
    """
    requests = ExchangeFile.objects.filter(kind=REQUEST, office=office, month=month)
    known = requests.select_related("provider", "layout", "office__district").order_by("pk")
    found = known.filter(name__iexact=name, changes__isnull=True).first()
    if found is not None:
        return found
    told = known.filter(changes__isnull=False)
    return next((one for one in told if _answer_name(one).casefold() == name.casefold()), None)


def why_unknown(name: str, /, *, office: Office, month: dt.date) -> Refused:
    """Say what is wrong with a name that no request of the month bears: district, month or provider."""
    if RegionFile.objects.filter(kind=RegionFile.Kind.REQUEST, name__iexact=name).exists():
        return answers_for_region(name)
    namesakes = ExchangeFile.objects.filter(kind=REQUEST, name__iexact=name).select_related("office")
    ours_before = namesakes.filter(office=office).order_by("-month").first()
    if ours_before is not None:
        return _of_another_month(name, ours_before.month, month)
    parts = list(_parts_of(name, office=office))
    own_district = district_number(office.district.code) if office.district else ""
    for part in parts:
        if part.district not in (None, own_district):
            text = f"Файл «{name}» из района {part.district}, а район отдела — {own_district}."
            return Refused("foreign_district", text)
        if part.month not in (None, month):
            return _of_another_month(name, part.month, month)
    foreign = namesakes.exclude(office=office).order_by("-month", "pk").first()
    if foreign is not None:
        return Refused("foreign_district", f"Файл «{name}» относится к другому отделу: {foreign.office}.")
    for part in parts:
        if part.provider is not None:
            text = (
                f"Файл «{name}» от предприятия с кодом {part.provider}: ему отдел запрос за {month:%m.%Y} не отправлял."
            )
            return Refused("other_provider", text)
    return Refused(
        "unknown_name",
        f"Файла запроса с именем «{name}» отдел за {month:%m.%Y} не отправлял. "
        "Ответный файл должен называться так же, как запрос.",
    )


def why_foreign(rows: Sequence[ParsedRow], /, *, request: ExchangeFile, asked: Sequence[AskedRow]) -> Refused | None:
    """Say whose list it is when most accounts are another provider's or another district's; None when it is ours.

    СНИЛС and names are the same at every provider, so they alone do not make a list the right one.
    """
    other = _whose(rows, month=request.month, asked=asked, but=Q(file=request))
    if other is None:
        return None
    if other.office_id != request.office_id:
        return Refused("foreign_district", f"В файле лицевые счета другого отдела: {other.office}.")
    return Refused(
        "other_provider",
        f"В файле лицевые счета предприятия «{other.provider}», а имя файла — предприятия «{request.provider}».",
    )


def why_other_provider(
    rows: Sequence[ParsedRow], /, *, request: RegionFile, asked: Sequence[AskedRow]
) -> Refused | None:
    """Say that most accounts of a file for the whole region are another provider's; None when they are its own."""
    other = _whose(rows, month=request.month, asked=asked, but=Q(file__provider=request.provider_id))
    if other is None:
        return None
    text = f"В файле лицевые счета предприятия «{other.provider}», а запрос отправлен предприятию «{request.provider}»."
    return Refused("other_provider", text)


def answers_for_region(name: str, /) -> Refused:
    """Say that a file is the answer for all districts, which an office does not receive."""
    return Refused(
        "region_file",
        f"Файл «{name}» — ответ сразу за всю область. Его принимает и делит по районам отдел организации выплат.",
    )


def _whose(rows: Sequence[ParsedRow], *, month: dt.date, asked: Sequence[AskedRow], but: Q) -> ExchangeFile | None:
    """Return the other request that most accounts of the rows were asked about in; None when they are our own."""
    own = {normal(number) for one in asked for number in (one.account, *one.also)}
    strangers = [row.account for row in rows if row.account and normal(row.account) not in own]
    if len(strangers) * 2 <= len(rows):
        return None
    strange = set(strangers)
    requests = RequestRow.objects.filter(file__kind=REQUEST, file__month=month, account__number__in=strange)
    known = requests.exclude(but).order_by().values("file_id").annotate(n=Count("account", distinct=True))
    best = known.order_by("-n", "file_id").first()
    if best is None or best["n"] * 2 <= len(strange):
        return None
    return ExchangeFile.objects.select_related("provider", "office").get(pk=best["file_id"])


def _answer_name(request: ExchangeFile) -> str:
    """Return how the answer to a request is called by the layout of the answers."""
    assert request.layout is not None, "a request file is written in a layout"
    assert request.provider is not None, "a request file is a provider's"
    district = district_number(request.office.district.code) if request.office.district else ""
    layout = layout_from(request.layout.definition)
    return file_name(layout, month=request.month, district=district, provider=request.provider.code)


def _of_another_month(name: str, theirs: dt.date | None, month: dt.date) -> Refused:
    shown = f"{theirs:%m.%Y}" if theirs else "другой месяц"
    return Refused("wrong_month", f"Файл «{name}» за {shown}, а принимаются ответы за {month:%m.%Y}.")


def _parts_of(name: str, *, office: Office) -> Iterator[NameParts]:
    """Read the name by the mask of every layout the office has sent requests in."""
    sent = ExchangeFile.objects.filter(kind=REQUEST, office=office).order_by().values("layout")
    for layout in FileLayout.objects.filter(pk__in=sent).order_by("code", "-version"):
        parts = parse_name(layout_from(layout.definition), name)
        if parts is not None:
            yield parts
