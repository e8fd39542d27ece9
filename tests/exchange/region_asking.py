"""A region-wide provider with one file: districts that asked it, the whole file sent, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exchange.layouts.exchanged import ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.recognition import open_table
from exchange.models import ExchangeFile, FileLayout, RegionFile, RequestRow
from exchange.services import region_requests, region_returns
from exchange.services.layouts import layout_of
from offices import files
from offices.models import Role, Staff
from providers.models import Provider
from tests import factories as make
from tests.exchange import answering, region_stored
from tests.exchange.answering import Desk
from tests.factories import AT, MONTH

CODES = ("66203", "66205", "66208")


@dataclass(frozen=True, slots=True)
class Region:
    """Three districts, the provider they share, and the person of the department who exchanges with it."""

    desks: tuple[Desk, ...]
    provider: Provider
    clerk: Staff

    def send(self, without: Sequence[str] = ()) -> RegionFile:
        return region_requests.send_region_request(
            provider_id=self.provider.pk, month=MONTH, without=without, by=self.clerk, at=AT
        )

    def receive(self, content: bytes, name: str, **given: object) -> RegionFile:
        facts = {"month": MONTH, "by": self.clerk, "at": AT} | given
        return region_returns.receive_region_file(content=content, name=name, **facts)

    def parts(self) -> list[ExchangeFile]:
        """The answers that stand in the districts, in their order."""
        standing = ExchangeFile.objects.filter(kind="return", provider=self.provider)
        return list(standing.exclude(status__in=ExchangeFile.NOT_STANDING).order_by("office_id"))


def region(*, people: int = 2, asking: int = 3, layout: str = "l1_tula") -> Region:
    """Three districts with so many recipients each; the first `asking` of them have made their requests."""
    desks = tuple(answering.desk(code) for code in CODES)
    provider = make.provider(is_regional=True)
    make.provider_layout(provider=provider, layout=FileLayout.objects.get(code=layout))
    region_stored.scope(provider=provider)
    for desk in desks:
        make.agreement(provider=provider, office=desk.office)
        for _ in range(people):
            answering.billed_household(desk.office, provider)
    made = Region(desks, provider, make.staff(Role.RECEPTION, office=None))
    for desk in desks[:asking]:
        answering.ask(desk.office)
    return made


def right_rows(whole: RegionFile) -> list[ReturnedRow]:
    """Every row of a whole request answered as the cards and the directory say."""
    services = {
        number: row.services
        for part in whole.parts.all()
        for number, row in zip(
            part.row_numbers, RequestRow.objects.filter(file=part.file).order_by("row_number"), strict=True
        )
    }
    return [
        ReturnedRow(answering.answer(*map(answering.billed, services[number])), row_no=number)
        for number in sorted(services)
    ]


def filled(whole: RegionFile, rows: Sequence[ReturnedRow], **given: object) -> bytes:
    """The whole request's table as its provider fills it."""
    layout = layout_of(whole.layout)
    return fill_return(layout, open_table(layout, files.read(whole.file)), rows, **{"month": MONTH} | given)


def billed_by(row: ReturnedRow) -> Decimal:
    assert row.answer is not None
    return sum((line.billed for line in row.answer.lines if line.billed is not None), Decimal("0.00"))
