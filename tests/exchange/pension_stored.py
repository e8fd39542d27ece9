"""Minimal valid rows about lists of people, for tests of the tables themselves."""

from exchange.models import (
    DifferenceSource,
    ExchangeFile,
    FundNotice,
    PaperDelivery,
    PensionDecision,
    PensionDifference,
    PensionRecord,
)
from tests import factories as make
from tests.exchange import stored
from tests.factories import AT


def replacing() -> ExchangeFile:
    """A file of the fund that replaced a faulty one."""
    former = stored.exchange_file("pension", "superseded")
    return stored.pension(office=former.office, replaces=former)


def accepted() -> PensionDifference:
    row = stored.pension_difference()
    PensionDifference.objects.filter(pk=row.pk).update(decision="accepted", decided_at=AT, decided_by=make.staff())
    return row


def put_off() -> PensionDifference:
    row = stored.pension_difference()
    PensionDifference.objects.filter(pk=row.pk).update(decision="later", decided_at=AT, decided_by=make.staff())
    return row


def death_and_another_list() -> PensionDifference:
    row = stored.pension_difference()
    registry_list()
    return row


def notice_and_another_list() -> FundNotice:
    made = notice()
    registry_list()
    return made


def registry_list() -> ExchangeFile:
    return stored.exchange_file("registry", "received", provider=None)


def source(file: ExchangeFile | None = None) -> DifferenceSource:
    row = stored.pension_difference(file)
    record = PensionRecord.objects.create(file=row.file, row_number=1, content={}, match="snils", person=row.person)
    return DifferenceSource.objects.create(difference=row, record=record)


def decision(file: ExchangeFile | None = None) -> PensionDecision:
    row = stored.pension_difference(file)
    return PensionDecision.objects.create(difference=row, decision="later", at=AT, by=make.staff())


def delivery(file: ExchangeFile | None = None) -> PaperDelivery:
    day = AT.date()
    return PaperDelivery.objects.create(
        file=file or stored.pension(),
        handed_by="Петрова А. А.",
        handed_on=day,
        received_by=make.staff(),
        received_on=day,
    )


def notice(file: ExchangeFile | None = None) -> FundNotice:
    file = file or stored.pension()
    return FundNotice.objects.create(
        file=file,
        office=file.office,
        month=file.month,
        number="1/2026",
        faults=1,
        made_at=AT,
        made_by=make.staff(),
        document=stored.stored_file(),
    )
