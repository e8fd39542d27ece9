"""The grid of charges typed by hand: the request's rows by service, what was typed before (3.9)."""

import datetime as dt
from decimal import Decimal

from django.db.models import Exists, OuterRef

from exchange.layouts.model import Layout
from exchange.models import ExchangeFile, RequestRow, ReturnedLine
from exchange.register_content import from_json
from exchange.typed_lines import CELLS, MONTH, Place
from offices.models import Office
from offices.money import format_quantity
from offices.months import next_month
from providers.models import Agreement, Provider, Service


def places_of(request: ExchangeFile, /) -> list[Place]:
    """Return the cell rows of a request: each of its rows once for every service asked about, in their order."""
    names = dict(Service.objects.values_list("code", "name"))
    rows = RequestRow.objects.filter(file=request).order_by("row_number")
    facts = rows.values_list("pk", "row_number", "services", "account__number", "register_row__content")
    return [
        Place(
            key=f"{pk}-{service}",
            request_row=pk,
            row_number=number,
            full_name=from_json(content).full_name,
            account=account,
            service=service,
            service_name=names.get(service, f"услуга {service}"),
        )
        for pk, number, services, account, content in facts
        for service in services
    ]


def typed_before(request: ExchangeFile, /) -> dict[str, dict[str, str]]:
    """Return the cells of the standing typed answer as texts, by place; empty where nothing was typed."""
    lines = ReturnedLine.objects.filter(
        row__file__request=request,
        row__file__origin=ExchangeFile.Origin.TYPED,
        row__file__kind=ExchangeFile.Kind.RETURN,
        row__request_row__isnull=False,
    ).exclude(row__file__status__in=ExchangeFile.NOT_STANDING)
    return {
        f"{row}-{service}": dict(zip(CELLS, map(_text, told), strict=True))
        for row, service, *told in lines.values_list("row__request_row", "service", *CELLS)
    }


def standing_answer(request: ExchangeFile, /) -> ExchangeFile | None:
    """Return the accepted answer to a request, typed or not."""
    answers = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, request=request)
    return answers.exclude(status__in=ExchangeFile.NOT_STANDING).first()


def requests_to_type(*, office: Office, month: dt.date) -> list[ExchangeFile]:
    """List the month's requests with their providers; `typed` and `answered` tell what came of each."""
    standing = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, request=OuterRef("pk")).exclude(
        status__in=ExchangeFile.NOT_STANDING
    )
    requests = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month)
    rows = requests.annotate(answered=Exists(standing), typed=Exists(standing.filter(origin=ExchangeFile.Origin.TYPED)))
    return list(rows.select_related("provider").order_by("answered", "provider__short_name", "pk"))


def unable_providers(*, office: Office, month: dt.date) -> list[Provider]:
    """List the providers with an agreement that cannot send files and have no request in the month yet."""
    agreements = Agreement.objects.touching(month, next_month(month)).filter(office=office)
    asked = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month)
    unable = Provider.objects.filter(pk__in=agreements.values("provider"), is_technically_able=False)
    return list(unable.exclude(pk__in=asked.values("provider")).order_by("short_name", "pk"))


def tells_month(layout: Layout, /) -> bool:
    """Say whether a layout has a place for the month of a recalculation."""
    return any(field.attribute == MONTH for field in layout.fields)


def _text(told: Decimal | dt.date | None) -> str:
    if isinstance(told, dt.date):
        return f"{told:%m.%Y}"
    return "" if told is None else format_quantity(told)
