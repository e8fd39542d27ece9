"""Items 3.9 to 3.11: what providers send back is received, checked, told to them, and loaded."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from calculations.selectors import parameters_in_force
from exchange.models import DiscrepancyProtocol, ExchangeFile, RequestRow
from exchange.services import loading, protocols, returns, verification
from exchange.services.layouts import layout_of
from offices import files
from offices.models import HandoverBalance, Office, Role
from offices.months import shift_month
from providers.models import Charge
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.books import Account, Prices, books_of
from workplace.simulation.manners import Answer, Planted
from workplace.simulation.providers import Request, answer

Status = ExchangeFile.Status


def receive(*, scene: Scene) -> list[Planted]:
    """Play item 3.9 in every office and tell what the providers planted in the files of this call."""
    planted: list[Planted] = []
    prices = Prices.of(scene.month)
    for office in scene.offices:
        if not _is_closed(scene, office):
            planted += _receive(scene, office, prices)
    return planted


def verify(*, scene: Scene) -> None:
    """Play item 3.10 in every office: each file is checked by another person and its protocol is sent."""
    discount = parameters_in_force(scene.month).rules.discount
    for office in scene.offices:
        checker = scene.cast.of(office, Role.CHECKING)
        for file in _returned(scene, office, Status.RECEIVED):
            at = scene.timetable.at(Moment.VERIFICATION)
            verification.verify_return_file(file_id=file.pk, discount=discount, by=checker, at=at)
        unsent = DiscrepancyProtocol.objects.filter(office=office, month=scene.month, sent_at__isnull=True)
        for protocol in unsent.order_by("pk"):
            sent_at = scene.timetable.at(Moment.PROTOCOLS)
            protocols.send_protocol(protocol_id=protocol.pk, by=checker, at=sent_at)


def load(*, scene: Scene) -> None:
    """Play item 3.11 in every office: what stood the check becomes charges."""
    for office in scene.offices:
        for file in _returned(scene, office, Status.VERIFIED):
            by = scene.cast.of(office, Role.CALCULATION)
            loading.load_charges(file_id=file.pk, by=by, at=scene.timetable.at(Moment.LOADING))


def _is_closed(scene: Scene, office: Office) -> bool:
    return HandoverBalance.objects.filter(office=office, month=scene.month, item="3.9").exists()


def _receive(scene: Scene, office: Office, prices: Prices) -> list[Planted]:
    clerk = scene.cast.of(office, Role.EXCHANGE)
    answers = list(answers_of(scene=scene, office=office, prices=prices))
    deliveries = [one for answered in answers for one in answered.deliveries]
    for delivery in sorted(deliveries, key=lambda one: one.days_later):
        returns.receive_return_file(
            content=delivery.content,
            name=delivery.name,
            office=office,
            month=scene.month,
            by=clerk,
            at=scene.timetable.at(Moment.RETURNS, days_later=delivery.days_later),
        )
    closed_at = scene.timetable.at(Moment.RECEIVING_CLOSED)
    returns.close_receiving(office=office, month=scene.month, by=clerk, at=closed_at)
    return [replace(one, office=office.code) for answered in answers for one in answered.planted]


def answers_of(*, scene: Scene, office: Office, prices: Prices) -> Iterator[Answer]:
    """Give what every provider asked by an office sends back, by the providers' codes."""
    books = books_of(office, prices=prices)
    before = _billed_before(scene, office)
    sent = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=scene.month)
    for request in sent.select_related("provider", "layout", "file").order_by("provider__code"):
        accounts = books.get(request.provider_id or 0, {})
        yield answer(_request(request, office, accounts, before), seed=scene.seed, manners=scene.manners)


def _request(
    file: ExchangeFile, office: Office, accounts: dict[str, Account], before: dict[tuple[int, int, str], Decimal]
) -> Request:
    assert file.provider is not None
    assert file.layout is not None
    rows = RequestRow.objects.filter(file=file).order_by("row_number")
    asked = rows.values_list("row_number", "recipient_id", "account_id", "services")
    return Request(
        name=file.name,
        content=files.read(file.file),
        layout=layout_of(file.layout),
        provider_code=file.provider.code,
        provider_name=file.provider.short_name,
        office_code=office.code,
        month=file.month,
        accounts=accounts,
        before={
            (row, service): before[recipient, account, service]
            for row, recipient, account, services in asked
            for service in services
            if (recipient, account, service) in before
        },
    )


def _billed_before(scene: Scene, office: Office) -> dict[tuple[int, int, str], Decimal]:
    charges = Charge.objects.filter(office=office, month=shift_month(scene.month, -1)).order_by("number", "pk")
    rows = charges.values_list("recipient_id", "account_id", "service_id", "billed")
    return {(recipient, account, service): billed for recipient, account, service, billed in rows}


def _returned(scene: Scene, office: Office, status: str) -> list[ExchangeFile]:
    found = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.RETURN, office=office, month=scene.month, status=status)
    return list(found.order_by("provider__code", "pk"))
