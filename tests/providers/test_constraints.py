"""Every rule of the providers' tables, broken by raw SQL."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from offices import journal
from offices.partitions import open_leaves
from offices.services import months
from providers.models import Charge, ProviderDistrict, Reminder, Service
from providers.services import reminders
from tests import factories as make
from tests.constraints import Violation, ask_deferred, changed, copied, copy, execute, stated, unnamed
from tests.factories import AT, LONG_AGO, MONTH
from tests.providers import fuelled, written
from tests.providers.arrears_rows import ARREARS
from tests.providers.written_violations import WRITTEN

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 10, 1)
NAN = Decimal("NaN")

SEPTEMBER = dt.date(2026, 9, 1)


def billed_service() -> Service:
    make.open_month()
    return make.charge().service


def provider_district() -> ProviderDistrict:
    return ProviderDistrict.objects.create(provider=make.provider(), district=make.district(), valid_from=LONG_AGO)


def ended(row):
    """A good row that ended, so that a copy from then on passes."""
    row.valid_to = LATER
    row.save(update_fields=["valid_to"])
    return row


def charge() -> Charge:
    make.open_month()
    return make.charge()


def late_charge() -> Charge:
    make.open_month()
    return make.charge(billed_for=SEPTEMBER)


def second_day_behind_the_guard(row) -> None:
    """The month's guard would refuse it first."""
    execute("ALTER TABLE providers_charge_2026_10 DISABLE TRIGGER USER", [])
    copy(row, {"month": dt.date(2026, 10, 2)})


def reminder() -> Reminder:
    (made,) = reminders.remind(
        calls=[reminders.Call(office=make.office(), item="3.9", text="Сдайте файл.")],
        month=MONTH,
        way=Reminder.Way.MESSAGE,
        by=make.staff(),
        at=AT,
    )
    return made


def second(row: Reminder, **columns: object) -> None:
    """A copy with a journal line of its own."""
    paper = journal.Paper(subject="ещё", item="3.9")
    entry = journal.record(office=row.office, event="ещё", paper=paper, by=row.by, at=AT)
    copy(row, {"entry_id": entry.pk, **columns})


def changed_copy(name: str, **columns) -> Violation:
    """Insert a copy, on another day, with columns that break one rule."""

    def break_it(row: Reminder) -> None:
        second(row, day=LATER, **{column: value(row) for column, value in columns.items()})

    return Violation(REMINDER, name, reminder, break_it, lambda row: second(row, day=dt.date(2026, 10, 2)))


REMINDER = "providers.Reminder"
FROM_LATER = {"valid_from": LATER, "valid_to": None}


def directory(model: str, name: str, factory) -> list:
    """What a tariff and a norm have alike."""
    return [
        changed(model, f"{name}_period_is_not_empty", factory, valid_to=LONG_AGO),
        copied(
            model,
            f"{name}_periods_do_not_overlap",
            lambda: ended(factory()),
            fine=FROM_LATER,
            valid_from=dt.date(2026, 9, 30),
        ),
        stated(
            model,
            f"{name}_is_not_confirmed_by_its_author",
            factory,
            "UPDATE {table} SET confirmed_by_id = entered_by_id WHERE id = {key}",
        ),
        changed(model, f"{name}_is_confirmed_by_someone", factory, confirmed_at=None),
        stated(
            model,
            f"{name}_is_refused_by_another",
            lambda: factory(confirmed_at=None),
            "UPDATE {table} SET refused_at = now(), refused_by_id = entered_by_id, refusal_reason = 'нет' WHERE id = {key}",
        ),
        stated(
            model,
            f"{name}_has_one_scope",
            lambda: factory(provider=make.provider(), service=make.service()),
            "UPDATE {table} SET district_id = (SELECT max(id) FROM offices_district) WHERE id = {key}",
        ),
    ]


VIOLATIONS = [
    *directory("providers.Tariff", "tariff", make.tariff),
    changed("providers.Tariff", "tariff_price_is_positive", make.tariff, price=0),
    *directory("providers.ConsumptionNorm", "norm", make.norm),
    changed("providers.ConsumptionNorm", "norm_amount_is_positive", make.norm, amount=0),
    *directory("providers.SaleNorm", "sale_norm", fuelled.sale_norm),
    changed("providers.SaleNorm", "sale_norm_is_never_of_firewood", fuelled.sale_norm, fuel="wood"),
    changed("providers.SaleNorm", "sale_norm_is_a_number", fuelled.sale_norm, quantity=NAN),
    changed("providers.SaleNorm", "sale_norm_has_what_its_kind_needs", fuelled.sale_norm, quantity=0),
    changed("providers.SaleNorm", "bands_go_up", fuelled.norm_by_bands, band_areas=[Decimal(18), Decimal(9)]),
    *directory("providers.FuelPrice", "fuel_price", fuelled.fuel_price),
    changed("providers.FuelPrice", "fuel_price_is_never_of_firewood", fuelled.fuel_price, fuel="wood"),
    changed("providers.FuelPrice", "fuel_price_is_positive", fuelled.fuel_price, price=0),
    copied(
        "providers.Provider",
        "unique code",
        make.provider,
        fine={"code": "900001", "inn": "6799999999"},
        inn="6799999998",
    ),
    copied(
        "providers.Provider", "unique inn", make.provider, fine={"code": "900001", "inn": "6799999999"}, code="900002"
    ),
    changed("providers.Provider", "provider_codes_are_digits", make.provider, code="12"),
    changed("providers.Provider", "inability_has_a_reason", make.provider, is_technically_able=False),
    changed("providers.Agreement", "agreement_period_is_not_empty", make.agreement, valid_to=LONG_AGO),
    copied(
        "providers.Agreement",
        "agreements_do_not_overlap",
        lambda: ended(make.agreement()),
        fine=FROM_LATER,
        number="С-2",
    ),
    copied("providers.Service", "unique code", make.service, fine={"code": "98", "kind": "one"}, kind="two"),
    copied("providers.Service", "unique kind", make.service, fine={"code": "98", "kind": "one"}, code="99"),
    changed("providers.Service", "a_billed_service_keeps_its_rule", billed_service, is_supported=False),
    changed("providers.Service", "a_billed_service_keeps_its_rule", billed_service, kind="another"),
    changed("providers.ServiceAccount", "account_period_is_not_empty", make.account, valid_to=LONG_AGO),
    copied(
        "providers.ServiceAccount",
        "account_number_is_one_dwelling_at_a_time",
        lambda: ended(make.account()),
        fine=FROM_LATER,
        valid_from=LONG_AGO,
    ),
    changed("providers.ServiceAccount", "account_has_a_number", make.account, number=""),
    changed(
        "providers.ConnectedService", "connected_service_period_is_not_empty", make.connected_service, valid_to=LONG_AGO
    ),
    copied(
        "providers.ConnectedService",
        "service_is_connected_once_to_an_account",
        lambda: ended(make.connected_service()),
        fine=FROM_LATER,
        is_metered=True,
    ),
    changed(
        "providers.ProviderDistrict", "provider_district_period_is_not_empty", provider_district, valid_to=LONG_AGO
    ),
    copied(
        "providers.ProviderDistrict",
        "provider_works_once_in_a_district",
        lambda: ended(provider_district()),
        fine=FROM_LATER,
        valid_from=LONG_AGO,
    ),
    Violation("providers.Charge", "charge_month_is_a_first_day", charge, second_day_behind_the_guard),
    copied("providers.Charge", "charge_billed_is_a_number", charge, fine={"number": 1}, number=2, billed=NAN),
    copied("providers.Charge", "charge_adjustment_is_a_number", charge, fine={"number": 1}, number=2, adjustment=NAN),
    copied("providers.Charge", "charge_names_its_file_row", charge, fine={"number": 1}, number=2, source="file"),
    copied("providers.Charge", "charge_is_accepted_once", charge, fine={"number": 1}, billed=1),
    copied("providers.Charge", "charge_is_accepted_once", late_charge, fine={"billed_for": "2026-08-01"}, billed=1),
    copied(
        "providers.Charge",
        "a_late_charge_bills_an_earlier_month",
        charge,
        fine={"billed_for": SEPTEMBER},
        billed_for=MONTH,
    ),
    copied(
        "providers.Charge",
        "charge_billed_for_is_a_first_day",
        charge,
        fine={"billed_for": SEPTEMBER},
        billed_for="2026-09-02",
    ),
    changed("providers.Charge", "is_never_changed", charge, billed=1),
    copied("providers.Charge", "month_is_open", charge, fine={"number": 1}, month="2026-09-01"),
    stated("providers.Charge", "is_never_emptied", charge, "TRUNCATE {table} CASCADE"),
    Violation(
        REMINDER,
        "one_reminder_a_day_to_an_addressee",
        reminder,
        second,
        lambda row: second(row, day=LATER),
    ),
    changed_copy(
        "reminder_has_one_addressee", unit_id=lambda row: row.office_id, provider_id=lambda row: make.provider().pk
    ),
    changed_copy("reminder_says_whom_how_and_what", text=lambda row: ""),
    changed_copy("reminder_says_whom_how_and_what", way=lambda row: "pigeon"),
    changed_copy("reminder_month_is_a_first_day", month=lambda row: dt.date(2026, 10, 2)),
    Violation(REMINDER, "unique entry", reminder, lambda row: copy(row, {"day": LATER})),
    changed(REMINDER, "is_append_only", reminder, text="другое"),
    stated(REMINDER, "is_append_only", reminder, "DELETE FROM {table} WHERE id = {key}"),
    stated(REMINDER, "is_never_emptied", reminder, "TRUNCATE {table} CASCADE"),
    Violation(
        REMINDER,
        "only_a_written_reminder_has_a_letter",
        reminder,
        lambda row: second(row, day=LATER, letter_id=written.letter().pk),
    ),
    *WRITTEN,
    *ARREARS,
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation) -> None:
    if violation.name == "month_is_open":
        open_leaves(dt.date(2026, 9, 1))
    violation.check()


def test_misses_no_rule_of_the_tables() -> None:
    assert unnamed("providers", violations=VIOLATIONS) == set()


def refused(statement: str, *values: object) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def test_refuses_to_empty_a_months_leaf() -> None:
    charge()
    ask_deferred()
    assert "append-only" in refused("TRUNCATE providers_charge_2026_10 CASCADE")


def test_refuses_to_delete_a_charge() -> None:
    row = charge()
    assert "never changed" in refused("DELETE FROM providers_charge WHERE id = %s", row.pk)
    assert "never changed" in refused("DELETE FROM providers_charge_2026_10 WHERE id = %s", row.pk)


def test_refuses_to_change_a_charge_in_its_leaf() -> None:
    row = charge()
    assert "never changed" in refused("UPDATE providers_charge_2026_10 SET billed = 0 WHERE id = %s", row.pk)


def test_refuses_a_charge_of_a_closed_month() -> None:
    row = charge()
    months.close_month(month=MONTH, checklist=[], by=make.staff(), at=AT)
    with pytest.raises(DatabaseError, match="is not open"), transaction.atomic():
        make.charge(recipient=row.recipient, account=row.account, number=1)


def test_refuses_a_charge_of_a_month_without_a_leaf() -> None:
    row = charge()
    with pytest.raises(DatabaseError, match="no partition"), transaction.atomic():
        make.charge(recipient=row.recipient, account=row.account, month=dt.date(2031, 1, 1))
