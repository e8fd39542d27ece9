"""A row of every table of the administration, made anew by each call."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import reverse

from calculations import models as calculations
from exchange import models as exchange
from housing import models as housing
from offices import journal
from offices import models as offices
from offices.journal import Paper
from payments import models as payments
from providers import models as providers
from recipients import models as recipients
from tests import factories as make
from tests.calculations import fuelled as fuel
from tests.calculations import indebted, made, ordered
from tests.calculations import unapplied_violations as left
from tests.calculations.rehearsing import violations as rehearsed
from tests.exchange import layout_violations as drafted
from tests.exchange import pension_stored as listed
from tests.exchange import region_stored as whole
from tests.exchange import request_violations as asked
from tests.exchange import stored as kept
from tests.factories import AT, LONG_AGO, MONTH
from tests.payments import overpaid
from tests.payments import rows as paid
from tests.providers import fuelled, written
from tests.providers.arrears_rows import arrears
from tests.workplace import visiting

_numbers = count(1)
REGISTERED: list[type[models.Model]] = list(admin.site._registry)


def page(model: type[models.Model], view: str = "changelist", *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def name_of(model: type[models.Model]) -> str:
    return model._meta.label


def role_grant() -> Any:
    return make.staff(offices.Role.INTAKE).grants.get()


def month() -> Any:
    return offices.BillingMonth.objects.create(
        month=dt.date(2030 + next(_numbers) % 60, 1, 1), opened_at=AT, opened_by=make.staff()
    )


def schedule() -> Any:
    return offices.ExchangeSchedule.objects.create(
        starts_on=dt.date(2030 + next(_numbers) % 60, 7, 1), approved_at=AT, approved_by=make.staff()
    )


def step() -> Any:
    return offices.ScheduledStep.objects.create(
        schedule=schedule(), office=make.office(), month=MONTH, item="3.9", due_on=MONTH
    )


def calendar_day() -> Any:
    return offices.CalendarDay.objects.create(
        day=LONG_AGO + dt.timedelta(days=next(_numbers)), is_working=False, note="праздник"
    )


def journal_entry() -> Any:
    return journal.record(office=make.office(), event="записано", paper=Paper("предмет", "3.3"), by=make.staff(), at=AT)


def balance() -> Any:
    visiting.handed_over(make.office(), held="1.00")


def job() -> Any:
    return offices.Job.objects.create(
        kind="calculate_run",
        key=str(next(_numbers)),
        office=make.office(),
        task="t",
        requested_at=AT,
        requested_by=make.staff(),
    )


def series() -> Any:
    return offices.NumberSeries.objects.create(office=make.office(), series="journal", year=2026, last_number=1)


def termination() -> Any:
    right = make.entitlement()
    return recipients.Termination.objects.create(
        entitlement=right,
        office=right.recipient.office,
        number=str(next(_numbers)),
        ground=make.ground("termination"),
        document="справка",
        happened_on=MONTH,
        ends_on=MONTH,
        prepared_at=AT,
        prepared_by=make.staff(),
    )


def change_batch() -> Any:
    make.open_month()
    return recipients.ChangeBatch.objects.create(office=make.office(), month=MONTH, sent_at=AT, sent_by=make.staff())


def change() -> Any:
    who = make.recipient()
    return recipients.Change.objects.create(
        recipient=who,
        office=who.office,
        kind="move",
        happened_on=MONTH,
        source="администрация",
        document="справка",
        reported_at=AT,
        reported_by=make.staff(),
        batch=recipients.ChangeBatch.objects.create(office=who.office, month=MONTH, sent_at=AT, sent_by=make.staff()),
    )


def card_view() -> Any:
    return recipients.CardView.objects.create(recipient=make.recipient(), staff=make.staff(), minute=AT, tab="История")


def card_handover() -> Any:
    make.open_month()
    return recipients.CardHandover.objects.create(
        office=make.office(), month=MONTH, number=1, handed_at=AT, handed_by=make.staff()
    )


def handed_card() -> Any:
    channel = make.channel()
    make.open_month()
    handover = recipients.CardHandover.objects.create(
        office=channel.recipient.office, month=MONTH, number=1, handed_at=AT, handed_by=make.staff()
    )
    return recipients.HandedCard.objects.create(handover=handover, channel=channel)


def person_address() -> Any:
    return housing.PersonAddress.objects.create(
        person=make.person(), kind="postal", address=make.address(), valid_from=LONG_AGO
    )


def provider_district() -> Any:
    return providers.ProviderDistrict.objects.create(
        provider=make.provider(), district=make.district(), valid_from=LONG_AGO
    )


def parameter() -> Any:
    number = next(_numbers)
    return calculations.Parameter.objects.create(
        code="discount",
        value="0.5",
        decree=make.decree(),
        entered_by=make.staff(),
        valid_from=LONG_AGO + dt.timedelta(days=number),
        valid_to=LONG_AGO + dt.timedelta(days=number + 1),
    )


def charge() -> Any:
    make.open_month()
    return make.charge()


def run() -> Any:
    make.open_month()
    return made.run()


def review() -> Any:
    submitted = run()
    accrual = made.accrual(submitted)
    made.forward(submitted, "submitted")
    return made.review(accrual)


def pension_file() -> Any:
    return kept.pension(month=month().month)


def pension_record() -> Any:
    return exchange.PensionRecord.objects.create(
        file=pension_file(), row_number=1, content={"last_name": "Иванова"}, match="snils", person=make.person()
    )


def pension_difference() -> Any:
    who = make.recipient()
    return exchange.PensionDifference.objects.create(
        file=pension_file(),
        office=who.office,
        recipient=who,
        person=who.person,
        full_name="Иванова",
        kind="disappeared",
    )


def reason() -> Any:
    return paid.reason(code=f"B{50 + next(_numbers) % 49}")


def returned() -> Any:
    known = payments.ReturnReason.objects.first() or reason()
    return paid.returned(reason=known)


ROWS: dict[type[models.Model], Callable[[], Any]] = {
    offices.District: make.district,
    offices.Office: make.office,
    offices.Staff: make.staff,
    offices.RoleGrant: role_grant,
    offices.ForbiddenRolePair: offices.ForbiddenRolePair.objects.first,
    offices.Bank: make.bank,
    offices.PostOffice: make.post_office,
    offices.Decree: make.decree,
    offices.BillingMonth: month,
    offices.ExchangeSchedule: schedule,
    offices.ScheduledStep: step,
    offices.CalendarDay: calendar_day,
    offices.JournalEntry: journal_entry,
    offices.HandoverBalance: balance,
    offices.Job: job,
    offices.StoredFile: lambda: visiting.stored(content=str(next(_numbers)).encode()),
    offices.NumberSeries: series,
    recipients.Recipient: make.recipient,
    recipients.Person: make.person,
    recipients.Application: make.application,
    recipients.Entitlement: make.entitlement,
    recipients.Termination: termination,
    recipients.PaymentChannel: make.channel,
    recipients.LegalRepresentative: make.representative,
    recipients.Change: change,
    recipients.ChangeBatch: change_batch,
    recipients.CardHandover: card_handover,
    recipients.CardView: card_view,
    recipients.HandedCard: handed_card,
    recipients.Ground: make.ground,
    housing.Settlement: make.settlement,
    housing.Street: make.street,
    housing.Address: make.address,
    housing.Dwelling: make.dwelling,
    housing.DwellingFacts: lambda: make.dwelling(facts={}),
    housing.Residence: make.residence,
    housing.SupportedDwelling: make.supported_dwelling,
    housing.PersonAddress: person_address,
    providers.Tariff: lambda: make.tariff(provider=make.provider()),
    providers.ConsumptionNorm: lambda: make.norm(provider=make.provider()),
    providers.SaleNorm: lambda: fuelled.sale_norm(district=make.district()),
    providers.FuelPrice: lambda: fuelled.fuel_price(district=make.district()),
    providers.Service: make.service,
    providers.Provider: make.provider,
    providers.Agreement: make.agreement,
    providers.ProviderDistrict: provider_district,
    providers.AbilityChange: written.ability_change,
    providers.ReminderLetter: written.letter,
    providers.ProviderInquiry: written.inquiry,
    providers.AccountTransfer: written.transfer,
    providers.AccountTransferLine: written.transfer_line,
    providers.ServiceAccount: make.account,
    providers.ConnectedService: make.connected_service,
    providers.Charge: charge,
    providers.Arrears: arrears,
    exchange.FileLayout: make.layout,
    exchange.ProviderLayout: make.provider_layout,
    exchange.LayoutDraft: drafted.draft,
    exchange.ExchangeFile: kept.request,
    exchange.RecipientRegister: kept.register,
    exchange.RegisterRow: kept.register_row,
    exchange.RequestRow: kept.request_row,
    exchange.ReturnedRow: kept.returned_row,
    exchange.ReturnedLine: kept.returned_line,
    exchange.Discrepancy: kept.discrepancy,
    exchange.DiscrepancyDecision: kept.decision_taken,
    exchange.DiscrepancyProtocol: kept.protocol,
    exchange.RememberedMatch: kept.remembered,
    exchange.Acknowledgement: asked.confirmed,
    exchange.RequestedChanges: asked.first_changes,
    exchange.ProviderRequestLayout: asked.request_layout,
    exchange.ProviderFileScope: whole.scope,
    exchange.RegionFile: whole.region_answer,
    exchange.RegionPart: whole.part,
    exchange.RegionStray: whole.stray,
    exchange.PensionRecord: pension_record,
    exchange.PensionDifference: pension_difference,
    exchange.DifferenceSource: lambda: listed.source(pension_file()),
    exchange.PensionDecision: lambda: listed.decision(pension_file()),
    exchange.PaperDelivery: lambda: listed.delivery(pension_file()),
    exchange.FundNotice: lambda: listed.notice(pension_file()),
    calculations.Parameter: parameter,
    calculations.CalculationRun: run,
    calculations.Accrual: lambda: made.accrual(run()),
    calculations.AccrualLine: lambda: made.line(made.accrual(run())),
    calculations.FuelAssignment: fuel.assignment,
    calculations.FuelItem: fuel.item,
    calculations.FuelPart: fuel.part,
    calculations.Withheld: lambda: made.withheld(run()),
    calculations.ReviewDecision: review,
    calculations.UnappliedRecalculation: left.unapplied,
    calculations.Recalculation: ordered.order,
    calculations.RecalculationMonth: ordered.month,
    calculations.DebtRequest: indebted.request,
    calculations.DebtAnswer: indebted.answer,
    calculations.DebtCourtAct: indebted.court_act,
    calculations.Suspension: indebted.confirmed_suspension,
    calculations.Rehearsal: rehearsed.rehearsal,
    calculations.RehearsalSum: rehearsed.of_service,
    calculations.RehearsalRow: rehearsed.row,
    payments.PaymentList: paid.payment_list,
    payments.PaymentLine: paid.line,
    payments.PaymentRegister: paid.register,
    payments.RegisterEntry: paid.entry,
    payments.PaymentDocument: paid.document,
    payments.RegisterAnswer: paid.answer,
    payments.ReturnReason: reason,
    payments.ReturnedPayment: returned,
    payments.HeirClaim: paid.claim,
    payments.HeirDecision: paid.decision,
    payments.CancelledAccrual: paid.cancelled,
    payments.ReturnNotice: paid.notice,
    payments.Overpayment: overpaid.overpayment,
    payments.Withholding: overpaid.withholding,
    payments.Repayment: overpaid.repayment,
    payments.WriteOff: overpaid.write_off,
}
