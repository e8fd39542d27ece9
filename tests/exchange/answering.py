"""A district that asked its providers, and providers that answer: the way from a register to a returned file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from exchange.checks.expectations import Measure
from exchange.layouts.exchanged import ParsedLine, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.recognition import open_table
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, FileLayout, RequestRow
from exchange.models import ReturnedRow as StagedRow
from exchange.selectors.discrepancies import narrowed, weight_of
from exchange.services import decisions, layouts, loading, protocols, registers, requests, returns, verification
from exchange.services.layouts import layout_of
from offices import files
from offices.models import HandoverBalance, JournalEntry, Office, Staff
from providers.models import Provider, ServiceAccount
from tests import factories as make
from tests.factories import AT, MONTH, EntitledHousehold
from tests.rows.ground import number

MEASURE = Measure(Decimal("0.5"))
SERVICES = {
    "03": ("capital_repair", "Взнос на капитальный ремонт", "м²", "9.23"),
    "10": ("cold_water", "Холодное водоснабжение", "м³", "26.06"),
    "14": ("sewerage", "Водоотведение", "м³", "20.10"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A district office with its three people: who receives, who checks, who loads."""

    office: Office
    receiver: Staff
    checker: Staff
    loader: Staff

    def receive(self, content: bytes, name: str, **given: object) -> ExchangeFile:
        facts = {"office": self.office, "month": MONTH, "by": self.receiver, "at": AT} | given
        return returns.receive_return_file(content=content, name=name, **facts)

    def verify(self, file: ExchangeFile) -> ExchangeFile:
        return verification.verify_return_file(file_id=file.pk, measure=MEASURE, by=self.checker, at=AT)

    def load(self, file: ExchangeFile) -> ExchangeFile:
        return loading.load_charges(file_id=file.pk, by=self.loader, at=AT)

    def decide(
        self, found: Discrepancy, decision: str = "accept", by: Staff | None = None, seen: str = "open"
    ) -> Discrepancy:
        return decisions.decide_discrepancy(
            discrepancy_id=found.pk, decision=decision, by=by or self.checker, at=AT, seen=seen
        )

    def tell(self, file: ExchangeFile) -> DiscrepancyProtocol:
        """Mark all that was found for the protocol, and form it."""
        for found in Discrepancy.objects.filter(file=file, decision="open"):
            self.decide(found, "hold")
        return self.form(file)

    def form(self, file: ExchangeFile) -> DiscrepancyProtocol:
        weight = weight_of(narrowed(file, state="marked"))
        return protocols.form_protocol(file_id=file.pk, expected=weight, by=self.checker, at=AT)

    def send(self, protocol: DiscrepancyProtocol, **given: object) -> DiscrepancyProtocol:
        facts = {"way": protocols.Way.EMAIL, "to": "abonent@example.ru", "by": self.checker, "at": AT} | given
        return protocols.send_protocol(protocol_id=protocol.pk, **facts)

    def balance(self, item: str) -> HandoverBalance:
        return HandoverBalance.objects.get(item=item, office=self.office, superseded_by__isnull=True)


def desk(code: str = "66203") -> Desk:
    """A district office in an open month under its department, with layouts and tariffs of three services."""
    make.open_month()
    for kind in (Office.Kind.PAYMENTS, Office.Kind.MANAGEMENT):
        if not Office.objects.filter(kind=kind).exists():
            make.unit(kind)
    layouts.install_presets(by=make.staff(office=None), confirmed_by=make.staff(office=None), at=AT)
    for service, (kind, name, unit, price) in SERVICES.items():
        row = make.service(code=service, kind=kind, name=name, unit=unit)
        if not row.tariff_set.exists():
            make.tariff(service=row, price=Decimal(price))
    office = make.office(district=make.district(code=code))
    return Desk(office, *(make.staff(office=office) for _ in range(3)))


def provider(office: Office, layout: str = "l1_tula", **given: object) -> Provider:
    """A provider with an agreement with the office and a layout."""
    made = make.provider(**given)
    make.agreement(provider=made, office=office)
    make.provider_layout(provider=made, layout=FileLayout.objects.get(code=layout))
    return made


def billed_household(office: Office, *billed_by: Provider, codes: Sequence[str] = ("10", "14")) -> EntitledHousehold:
    """A recipient alone in 54 m² with an account at each provider."""
    made = make.entitled_household(office=office)
    for one in billed_by:
        connect(make.account(dwelling=made.dwelling, provider=one, number=f"{number():09d}"), codes)
    return made


def connect(account: ServiceAccount, codes: Sequence[str]) -> ServiceAccount:
    for code in codes:
        make.connected_service(account=account, service=make.service(code=code), is_metered=True)
    return account


def ask(office: Office) -> list[ExchangeFile]:
    """Build, hand over and accept the register, and send the request files."""
    register = registers.build_register(office=office, month=MONTH, by=make.staff(office=None), at=AT)
    registers.hand_over_register(register_id=register.pk, by=make.staff(office=None), at=AT)
    registers.accept_register(register_id=register.pk, by=make.staff(office=None), at=AT)
    return requests.export_request_files(office=office, month=MONTH, by=make.staff(office=None), at=AT)


def billed(code: str, quantity: str = "10", **changes: object) -> ParsedLine:
    """A line billed by the directory's tariff."""
    tariff = Decimal(SERVICES[code][3])
    right = ParsedLine(
        service=code, tariff=tariff, quantity=Decimal(quantity), billed=tariff * Decimal(quantity), metered=True
    )
    return replace(right, **changes)


def answer(*lines: ParsedLine, **changes: object) -> ReturnedAnswer:
    """An answer that agrees with the card: 54 m², one resident."""
    return replace(ReturnedAnswer(residents=1, total_area=Decimal("54.00"), lines=lines), **changes)


def asked(at: Desk, people: int = 1, layout: str = "l1_tula", codes: tuple[str, ...] = ("10", "14")) -> ExchangeFile:
    """The request to one provider about so many people."""
    one = provider(at.office, layout)
    for _ in range(people):
        billed_household(at.office, one, codes=codes)
    (request,) = ask(at.office)
    return request


def right_answers(request: ExchangeFile) -> list[ReturnedRow]:
    """Every row of a request answered as the card and the directory say."""
    rows = RequestRow.objects.filter(file=request).order_by("row_number")
    return [ReturnedRow(answer(*map(billed, row.services)), row_no=row.row_number) for row in rows]


def filled(request: ExchangeFile, rows: Sequence[ReturnedRow], **given: object) -> bytes:
    """The request's table as its provider fills it."""
    layout = layout_of(request.layout)
    return fill_return(layout, open_table(layout, files.read(request.file)), rows, **{"month": MONTH} | given)


def held(balance: HandoverBalance) -> dict[str, tuple[int, Decimal]]:
    return {reason: (rows, roubles) for reason, rows, roubles in balance.held.values_list("reason", "rows", "roubles")}


def codes_of(file: ExchangeFile) -> list[str]:
    return list(Discrepancy.objects.filter(file=file).order_by("code", "pk").values_list("code", flat=True))


def refused(at: Desk, content: bytes, name: str, **given: object) -> str:
    """Receive a file that must be refused and return the code; nothing of it may be staged."""
    journal = JournalEntry.objects.count()
    staged = StagedRow.objects.count()
    file = at.receive(content, name, **given)
    assert file.status == "refused"
    assert file.refusal_text[-1] == "."
    assert file.refusal_text[0].isupper()
    assert (JournalEntry.objects.count(), StagedRow.objects.count()) == (journal, staged)
    assert file.rows == 0
    return file.refusal_code
