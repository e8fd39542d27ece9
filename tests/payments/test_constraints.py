"""The database itself refuses lists, registers, answers and decisions that cannot be."""

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from django.db import DatabaseError, models, transaction

from calculations.models import CalculationRun
from payments.models import PaymentLine, PaymentList, PaymentRegister, RegisterEntry, ReturnedPayment
from tests import factories
from tests.calculations import made
from tests.constraints import Violation, ask_deferred, changed, copied, copy, stated, unnamed, update
from tests.payments import heir_violations, overpaid_violations, rows

pytestmark = pytest.mark.django_db

DELETE = "DELETE FROM {table}"
EMPTY = "TRUNCATE {table} CASCADE"
NOT_A_NUMBER = "NaN"
RETURNED = {"status": "returned"}
Change = Callable[[models.Model], None]


def doing(model: str, name: str, make: Callable[[], models.Model], break_it: Change, fine: Change | None = None):
    """A violation whose statements need rows of their own."""
    return Violation(f"payments.{model}", name, make, break_it, fine)


def set_of(model: str, name: str, make: Callable[[], models.Model], **columns: object) -> Violation:
    return changed(f"payments.{model}", name, make, **columns)


def copy_of(model: str, name: str, make: Callable[[], models.Model], fine: dict[str, object], **columns: object):
    return copied(f"payments.{model}", name, make, fine=fine, **columns)


def kept(model: str, make: Callable[[], models.Model]) -> list[Violation]:
    label = f"payments.{model}"
    return [stated(label, "is_never_deleted", make, DELETE), stated(label, "is_never_emptied", make, EMPTY)]


def written_once(model: str, make: Callable[[], models.Model]) -> list[Violation]:
    label = f"payments.{model}"
    return [
        stated(label, "is_append_only", make, "UPDATE {table} SET id = id"),
        stated(label, "is_append_only", make, DELETE),
        stated(label, "is_never_emptied", make, EMPTY),
    ]


def line_given_to_an_heir() -> PaymentLine:
    line = rows.returned_line()
    rows.part(accrual=line.accrual)
    return line


def line_of_a_list_handed_over() -> PaymentLine:
    line = rows.line()
    PaymentList.objects.filter(pk=line.list_id).update(
        status="handed_over", handed_at=factories.AT, handed_by=factories.staff()
    )
    return line


def entry_of_a_released_register() -> RegisterEntry:
    entry = rows.entry()
    PaymentRegister.objects.filter(pk=entry.register_id).update(
        status="released", released_at=factories.AT, released_by=factories.staff()
    )
    return entry


def itself(row: PaymentLine) -> None:
    own = {"id": 900_000_000, "status": "returned", "replaces_id": 900_000_000}
    fields = {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields} | own
    PaymentLine.objects.bulk_create([PaymentLine(**fields)])


def of_a_line(row: models.Model) -> int:
    return rows.line().pk


def of_a_return(row: models.Model) -> int:
    return rows.returned_line().pk


def supplementary_list() -> PaymentList:
    return rows.payment_list(kind="supplementary")


def list_of_an_approved_month() -> PaymentList:
    run = made.forward(made.run())
    return rows.payment_list(office=run.office, kind="supplementary")


def list_of_a_return() -> PaymentList:
    line = rows.replacement()
    returned = rows.returned(line=line.replaces)
    ReturnedPayment.objects.filter(pk=returned.pk).update(**clarified_by(returned, factories.staff().pk))
    return line.list


def handed_by(person: int) -> dict[str, object]:
    return {"status": "handed_over", "handed_at": factories.AT, "handed_by_id": person}


def form_by_who_handed_the_list_over(row: PaymentRegister) -> None:
    line = line_of_a_list_handed_over()
    line.list.refresh_from_db()
    columns = {"number": 2, "rows": 1, "total": rows.PAYABLE, "formed_by_id": line.list.handed_by_id}
    copy(row, columns)
    rows.entry(line=line, register=PaymentRegister.objects.get(number=2))


LISTS = [
    doing("PaymentLine", "a_line_does_not_replace_itself", rows.line, itself),
    doing(
        "PaymentLine",
        "a_replacement_repeats_a_returned_line",
        rows.line,
        lambda row: copy(row, RETURNED | {"replaces_id": row.pk}),
    ),
    doing(
        "PaymentLine",
        "a_replacement_repeats_a_returned_line",
        rows.returned_line,
        lambda row: copy(row, RETURNED | {"replaces_id": row.pk, "payable": 99}),
    ),
    copy_of("PaymentLine", "an_accrual_is_paid_once", rows.line, RETURNED, payee_name="Другая Анна"),
    copy_of("PaymentLine", "heirs_are_not_paid_over", line_given_to_an_heir, None, status="listed"),
    copy_of("PaymentLine", "lines_join_an_open_list", line_of_a_list_handed_over, None, status="returned"),
    set_of("PaymentLine", "only_the_status_changes", rows.line, payable=99),
    set_of("PaymentLine", "only_the_status_changes", rows.line, account=""),
    copy_of("PaymentLine", "payable_is_positive", rows.line, RETURNED, status="returned", payable=0),
    copy_of("PaymentLine", "payable_is_positive", rows.line, RETURNED, status="returned", payable=NOT_A_NUMBER),
    copy_of("PaymentLine", "payment_line_requisites_fit_its_channel", rows.line, RETURNED, status="returned", kind="post"),
    copy_of("PaymentLine", "payment_line_requisites_fit_its_channel", rows.line, RETURNED, status="returned", account=""),
    copy_of("PaymentLine", "unique replaces", rows.replacement, RETURNED | {"replaces_id": None}, status="returned"),
    *kept("PaymentLine", rows.line),
    set_of("PaymentList", "a_list_is_the_sum_of_its_lines", rows.payment_list, rows=1),
    set_of("PaymentList", "a_list_is_the_sum_of_its_lines", rows.payment_list, total=1),
    copy_of("PaymentList", "district_has_one_list_of_a_kind_a_month", rows.payment_list, {"kind": "supplementary"}),
    set_of("PaymentList", "list_is_paid_no_earlier_than_billed", rows.payment_list, paid_month=dt.date(2026, 9, 1)),
    copy_of(
        "PaymentList", "month_is_open", rows.payment_list, {"kind": "supplementary"},
        month=dt.date(2030, 1, 1), paid_month=dt.date(2030, 1, 1),
    ),
    set_of("PaymentList", "payment_list_is_handed_over_by_someone", rows.payment_list, status="handed_over", handed_at=factories.AT),
    set_of("PaymentList", "payment_list_month_is_a_first_day", rows.payment_list, month=dt.date(2026, 9, 2)),
    set_of("PaymentList", "payment_list_paid_month_is_a_first_day", rows.payment_list, paid_month=dt.date(2026, 10, 2)),
    set_of("PaymentList", "payment_list_status_fits_its_facts", rows.payment_list, status="handed_over"),
    set_of("PaymentList", "payment_list_total_is_a_number", rows.payment_list, total=NOT_A_NUMBER),
    doing(
        "PaymentList", "supplementary_list_is_confirmed_by_another", supplementary_list,
        lambda row: update(row, handed_by(row.built_by_id)),
    ),
    doing(
        "PaymentList", "who_calculated_makes_no_list", list_of_an_approved_month,
        lambda row: copy(row, {"kind": "regular", "built_by_id": CalculationRun.objects.get(office=row.office_id).started_by_id}),
    ),
    doing(
        "PaymentList", "who_calculated_makes_no_list", list_of_an_approved_month,
        lambda row: copy(row, {"kind": "regular", "built_by_id": CalculationRun.objects.get(office=row.office_id).submitted_by_id}),
    ),
    doing(
        "PaymentList", "who_treated_returns_confirms_no_list", list_of_a_return,
        lambda row: update(row, handed_by(ReturnedPayment.objects.get().recorded_by_id)),
    ),
    doing(
        "PaymentList", "who_treated_returns_confirms_no_list", list_of_a_return,
        lambda row: update(row, handed_by(ReturnedPayment.objects.get().clarified_by_id)),
    ),
    *kept("PaymentList", rows.payment_list),
]  # fmt: skip

REGISTERS = [
    set_of("PaymentRegister", "a_register_is_the_sum_of_its_entries", rows.register, rows=1),
    set_of("PaymentRegister", "a_register_is_the_sum_of_its_entries", rows.register, total=1),
    copy_of("PaymentRegister", "month_is_open", rows.register, {"number": 2}, month=dt.date(2030, 1, 1)),
    set_of("PaymentRegister", "only_a_bank_register_has_a_bank", rows.register, bank_id=None),
    set_of("PaymentRegister", "only_a_bank_register_has_a_bank", rows.register, channel="post"),
    set_of("PaymentRegister", "payment_register_month_is_a_first_day", rows.register, month=dt.date(2026, 10, 2)),
    copy_of("PaymentRegister", "payment_register_number_is_given_once", rows.register, {"number": 2}),
    set_of("PaymentRegister", "payment_register_status_fits_its_facts", rows.register, status="released"),
    set_of("PaymentRegister", "payment_register_status_fits_its_facts", rows.released_register, status="answered"),
    set_of("PaymentRegister", "payment_register_total_is_a_number", rows.register, total=NOT_A_NUMBER),
    set_of("PaymentRegister", "register_answer_has_its_file", rows.released_register, status="answered", answered_at=factories.AT),
    doing(
        "PaymentRegister", "register_is_not_released_by_its_author", rows.released_register,
        lambda row: update(row, {"released_by_id": row.formed_by_id}),
    ),
    set_of("PaymentRegister", "register_is_released_by_someone", rows.register, status="released", released_at=factories.AT),
    doing(
        "PaymentRegister", "who_hands_lists_over_forms_no_register", rows.register, form_by_who_handed_the_list_over
    ),
    *kept("PaymentRegister", rows.register),
    doing(
        "RegisterEntry", "entries_join_a_register_not_released", entry_of_a_released_register,
        lambda row: copy(row, {"line_id": of_a_line(row), "row_number": 2}),
    ),
    doing(
        "RegisterEntry", "register_entry_number_is_unique", rows.entry,
        lambda row: copy(row, {"line_id": of_a_line(row)}),
        lambda row: copy(row, {"line_id": of_a_line(row), "row_number": 2}),
    ),
    copy_of("RegisterEntry", "unique line", rows.entry, None, row_number=2),
    *written_once("RegisterEntry", rows.entry),
    copy_of("PaymentDocument", "payment_document_is_made_once", rows.document, {"kind": "covering"}),
    *written_once("PaymentDocument", rows.document),
    copy_of("RegisterAnswer", "register_answer_number_is_unique", rows.answer, {"number": 2, "sha256": "1" * 64}, sha256="2" * 64),
    copy_of("RegisterAnswer", "register_answer_is_recorded_once", rows.answer, {"number": 2, "sha256": "1" * 64}, number=3),
    copy_of(
        "RegisterAnswer", "register_answer_rows_are_paid_or_returned", rows.answer, {"number": 2, "sha256": "1" * 64},
        number=3, sha256="2" * 64, paid=2,
    ),
    *written_once("RegisterAnswer", rows.answer),
]  # fmt: skip

RETURNS = [
    copy_of("ReturnReason", "unique code", rows.reason, {"code": "B98"}),
    set_of("ReturnedPayment", "return_is_clarified_as_a_whole", rows.returned, outcome="relist"),
    set_of("ReturnedPayment", "return_is_clarified_as_a_whole", rows.returned, clarification="счёт закрыт"),
    doing(
        "ReturnedPayment", "return_is_not_clarified_by_its_recorder", rows.returned,
        lambda row: update(row, clarified_by(row, row.recorded_by_id)),
        lambda row: update(row, clarified_by(row, factories.staff().pk)),
    ),
    doing(
        "ReturnedPayment", "unique line", rows.returned,
        lambda row: copy(row, {}),
        lambda row: copy(row, {"line_id": of_a_return(row)}),
    ),
]  # fmt: skip

VIOLATIONS: list[Violation] = [
    *LISTS,
    *REGISTERS,
    *RETURNS,
    *heir_violations.VIOLATIONS,
    *overpaid_violations.OVERPAYMENTS,
]


def clarified_by(row: ReturnedPayment, person: int | None) -> dict[str, object]:
    return {
        "outcome": "relist",
        "clarification": "счёт действует",
        "clarified_at": factories.AT,
        "clarified_by_id": person,
    }


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation: Violation) -> None:
    violation.check()


def test_names_every_constraint() -> None:
    assert unnamed("payments", violations=VIOLATIONS) == set()


def test_gives_heirs_nothing_of_a_line_that_is_being_paid() -> None:
    line = rows.line()
    with pytest.raises(DatabaseError, match="paid or given already"), transaction.atomic():
        rows.part(accrual=line.accrual)


WAYS = {("listed", "registered"), ("registered", "sent"), ("sent", "paid"), ("sent", "returned"), ("paid", "returned")}


@pytest.mark.parametrize(
    ("old", "new"),
    [pytest.param(old, new, id=f"{old} to {new}") for old, new in itertools.permutations(PaymentLine.Status.values, 2)],
)
def test_lets_a_line_go_only_forward(old: str, new: str) -> None:
    line = rows.line(status=old)
    ask_deferred()
    if (old, new) in WAYS:
        update(line, {"status": new})
        line.refresh_from_db()
        assert line.status == new
        return
    with pytest.raises(DatabaseError, match="does not go from"), transaction.atomic():
        update(line, {"status": new})
