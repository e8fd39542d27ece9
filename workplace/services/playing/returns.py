"""Items 3.9 to 3.11: what providers send back is received, checked, told to them, and loaded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from calculations.selectors import parameters_in_force
from exchange.checks.expectations import Measure
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, RequestRow
from exchange.selectors.discrepancies import changeable, narrowed, weight_of
from exchange.selectors.protocol_outcomes import provider_address
from exchange.services import decisions, loading, protocols, returns, verification
from exchange.services.layouts import layout_of
from offices import files
from offices.models import HandoverBalance, Office, Role
from offices.months import shift_month
from providers.models import Charge
from workplace.services.playing import region_files
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.books import Account, Prices, books_of
from workplace.simulation.manners import Answer, Planted
from workplace.simulation.providers import Request, answer

Status = ExchangeFile.Status
Decision = Discrepancy.Decision


def receive(*, scene: Scene) -> list[Planted]:
    """Play item 3.9 in every office and tell what the providers planted in the files of this call."""
    planted: list[Planted] = []
    prices = Prices.of(scene.month)
    whole = [
        (office.code, request)
        for office in scene.offices
        for request in requests_of(scene=scene, office=office, prices=prices, of_region=True)
    ]
    planted += region_files.receive(scene=scene, requests=whole)
    for office in scene.offices:
        if not _is_closed(scene, office):
            planted += _receive(scene, office, prices)
    return planted


def verify(*, scene: Scene) -> None:
    """Play item 3.10 in every office: each file is checked by another person."""
    for office in scene.offices:
        verify_files(scene=scene, files_=returned(scene=scene, office=office, statuses=[Status.RECEIVED]))


def tell(*, scene: Scene) -> None:
    """Play what follows the check: all that was found goes into a protocol, and that to the provider."""
    for office in scene.offices:
        for file in returned(scene=scene, office=office, statuses=[Status.VERIFIED]):
            put_into_protocol(scene=scene, file=file)
        send_protocols(scene=scene, office=office)


def load(*, scene: Scene) -> None:
    """Play item 3.11 in every office: what stood the check becomes charges."""
    for office in scene.offices:
        load_files(scene=scene, files_=returned(scene=scene, office=office, statuses=[Status.VERIFIED]))


def verify_files(*, scene: Scene, files_: Iterable[ExchangeFile]) -> None:
    """Check received files of an office."""
    measure = Measure.of(parameters_in_force(scene.month).rules)
    for file in files_:
        by = scene.cast.of(file.office, Role.CHECKING)
        at = scene.timetable.at(Moment.VERIFICATION)
        verification.verify_return_file(file_id=file.pk, measure=measure, by=by, at=at)


def load_files(*, scene: Scene, files_: Iterable[ExchangeFile]) -> None:
    """Load verified files."""
    for file in files_:
        by = scene.cast.of(file.office, Role.CALCULATION)
        loading.load_charges(file_id=file.pk, by=by, at=scene.timetable.at(Moment.LOADING))


def put_into_protocol(*, scene: Scene, file: ExchangeFile) -> None:
    """Put everything undecided of a verified file into a protocol; a file without discrepancies has none."""
    checker, at = scene.cast.of(file.office, Role.CHECKING), scene.timetable.at(Moment.PROTOCOLS)
    waiting = weight_of(changeable(file, code="", decision=Decision.HOLD))
    decisions.decide_alike(file_id=file.pk, code="", decision=Decision.HOLD, expected=waiting, by=checker, at=at)
    marked = weight_of(narrowed(file, state="marked"))
    if marked.rows:
        protocols.form_protocol(file_id=file.pk, expected=marked, by=checker, at=at)


def send_protocols(*, scene: Scene, office: Office, but: int = 0) -> None:
    """Send the protocols of an office, all `but` so many last ones of the month."""
    made = list(
        DiscrepancyProtocol.objects.filter(office=office, month=scene.month)
        .select_related("file__provider")
        .order_by("pk")
    )
    for protocol in made[: len(made) - but]:
        if protocol.sent_at is None:
            by, at = scene.cast.of(office, Role.CHECKING), scene.timetable.at(Moment.PROTOCOLS)
            to = provider_address(protocol)
            protocols.send_protocol(protocol_id=protocol.pk, way=DiscrepancyProtocol.Way.EMAIL, to=to, by=by, at=at)


def _is_closed(scene: Scene, office: Office) -> bool:
    return HandoverBalance.objects.filter(office=office, month=scene.month, item="3.9").exists()


def _receive(scene: Scene, office: Office, prices: Prices) -> list[Planted]:
    answers = list(answers_of(scene=scene, office=office, prices=prices))
    take(scene=scene, office=office, answers=answers)
    close(scene=scene, office=office)
    return [replace(one, office=office.code) for answered in answers for one in answered.planted]


def take(*, scene: Scene, office: Office, answers: Iterable[Answer]) -> None:
    """Receive all files of some answers in the order they arrive in; what was taken before is left as it is."""
    clerk = scene.cast.of(office, Role.EXCHANGE)
    deliveries = [one for answered in answers for one in answered.deliveries]
    for place, delivery in enumerate(sorted(deliveries, key=lambda one: one.days_later)):
        returns.receive_return_file(
            content=delivery.content,
            name=delivery.name,
            office=office,
            month=scene.month,
            by=clerk,
            at=scene.timetable.arrival(place, len(deliveries), days_later=delivery.days_later),
        )


def close(*, scene: Scene, office: Office) -> None:
    """Say that no more files are awaited."""
    clerk, at = scene.cast.of(office, Role.EXCHANGE), scene.timetable.at(Moment.RECEIVING_CLOSED)
    returns.close_receiving(office=office, month=scene.month, by=clerk, at=at)


def answers_of(*, scene: Scene, office: Office, prices: Prices) -> Iterator[Answer]:
    """Give what every provider asked by an office sends back, by the providers' codes."""
    for request in requests_of(scene=scene, office=office, prices=prices):
        yield answer(request, seed=scene.seed, manners=scene.manners)


def requests_of(*, scene: Scene, office: Office, prices: Prices, of_region: bool = False) -> Iterator[Request]:
    """Give every request file of an office with what its provider has in its books, by the providers' codes.

    `of_region` asks for those that went out in a file for the whole region, which are answered together.
    """
    books = books_of(office, prices=prices)
    before = _billed_before(scene, office)
    sent = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=scene.month)
    sent = sent.filter(region_part__isnull=not of_region)
    for request in sent.select_related("provider", "layout", "file").order_by("provider__code"):
        yield _request(request, office, books.get(request.provider_id or 0, {}), before)


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
    charges = (
        Charge.objects.of_their_month()
        .filter(office=office, month=shift_month(scene.month, -1))
        .order_by("number", "pk")
    )
    rows = charges.values_list("recipient_id", "account_id", "service_id", "billed")
    return {(recipient, account, service): billed for recipient, account, service, billed in rows}


def returned(*, scene: Scene, office: Office, statuses: Sequence[str]) -> list[ExchangeFile]:
    """Return the returned files of an office in one of the states, by provider."""
    found = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN, office=office, month=scene.month, status__in=statuses
    )
    return list(found.select_related("office").order_by("provider__code", "pk"))
