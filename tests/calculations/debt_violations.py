"""Impossible requests, answers, court acts and suspensions, by raw SQL."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models

from calculations.models import DebtAnswer, Parameter, Suspension
from offices import files
from tests import factories
from tests.calculations import indebted, town
from tests.calculations.indebted import IN_AUGUST, SEPTEMBER
from tests.constraints import Violation, changed, copied, copy, execute, stated, update
from tests.rows.ground import number

REQUEST, ANSWER, ACT, SUSPENSION = (
    f"calculations.{name}" for name in ("DebtRequest", "DebtAnswer", "DebtCourtAct", "Suspension")
)
DELETED = "DELETE FROM {table} WHERE id = {key}"
EMPTIED = "TRUNCATE {table} CASCADE"
DAY = dt.date(2026, 8, 20)


def paper(name: str) -> int:
    by = factories.staff()
    return files.store(content=name.encode(), name=f"{name}.pdf", media_type=files.PDF, by=by, at=IN_AUGUST).pk


def repeated(**columns: object) -> Callable[[models.Model], None]:
    """Insert a copy with a document of its own."""

    def write(row: models.Model) -> None:
        copy(row, {"document_id": paper(f"request {number()}")} | columns)

    return write


def answers(**columns: object) -> Callable[[models.Model], None]:
    """Write an answer over the waiting one."""

    def write(row: models.Model) -> None:
        update(row, {"answered_on": DAY, "recorded_at": IN_AUGUST, "recorded_by_id": factories.staff().pk} | columns)

    return write


def asked_about(recipient: Callable[[], Any], **columns: object) -> Callable[[models.Model], None]:
    def write(row: models.Model) -> None:
        copy(row, {"recipient_id": recipient().pk} | columns)

    return write


def neighbour(row: models.Model) -> Any:
    assert isinstance(row, DebtAnswer)
    return factories.recipient(office=row.request.office)


def asked_with_an_answer(row: models.Model) -> None:
    copy(row, {
        "recipient_id": neighbour(row).pk, "outcome": "no_debt", "answered_on": DAY, "recorded_at": IN_AUGUST,
        "recorded_by_id": factories.staff().pk,
    })  # fmt: skip


def confirmation(**columns: object) -> dict[str, object]:
    return {
        "status": "confirmed", "confirmed_at": IN_AUGUST, "confirmed_by_id": factories.staff().pk,
        "notice_id": paper(f"notice {number()}"),
    } | columns  # fmt: skip


def confirms(**columns: object) -> Callable[[models.Model], None]:
    return lambda row: update(row, confirmation(**columns))


def confirmed_by_its_author(row: models.Model) -> None:
    assert isinstance(row, Suspension)
    update(row, confirmation(confirmed_by_id=row.prepared_by_id))


def another(**columns: object) -> Callable[[models.Model], None]:
    """Insert a second suspension of the same recipient."""
    return lambda row: copy(row, {"number": f"{number()}/2026"} | columns)


def under_the_rule(value: str) -> Callable[[models.Model], None]:
    """Change the rule of every month, then prepare a suspension again or confirm the one that waits."""

    def write(row: models.Model) -> None:
        Parameter.objects.filter(code="arrears_rule").update(value=value)
        update(row, confirmation())

    return write


def with_a_settled_act(row: models.Model) -> None:
    assert isinstance(row, Suspension)
    execute("UPDATE calculations_debtcourtact SET settled_on = %s WHERE id = %s", [DAY, row.court_act_id])
    update(row, confirmation())


def with_an_agreement(row: models.Model) -> None:
    """An agreement was told after the debt."""
    assert isinstance(row, Suspension)
    assert row.answer is not None
    account = factories.account(provider=row.answer.request.provider, dwelling=row.recipient.dwellings.get().dwelling)
    indebted.answered(town.Family(row.recipient, row.recipient.entitlements.get(), (), account), "agreement")
    update(row, confirmation())


def behind_its_guards(**columns: object) -> Callable[[models.Model], None]:
    def write(row: models.Model) -> None:
        execute("ALTER TABLE calculations_suspension DISABLE TRIGGER USER", [])
        update(row, columns)

    return write


def of_somebody_else(row: models.Model) -> None:
    copy(row, {"number": f"{number()}/2026", "recipient_id": factories.recipient().pk})


def resumed() -> Suspension:
    of = indebted.confirmed_suspension()
    indebted.resumption(of).apply(by=factories.staff(), at=indebted.IN_NOVEMBER)
    of.refresh_from_db()
    return of


DEBT_VIOLATIONS: list[Violation] = [
    Violation(REQUEST, "debt_request_number_is_unique_in_its_office", indebted.request, repeated()),
    Violation(REQUEST, "debt_request_waits_after_it_was_sent", indebted.request, repeated(number="9/2026", answer_due_on=DAY)),
    copied(REQUEST, "unique document", indebted.request, fine=None, number="9/2026"),
    changed(REQUEST, "is_append_only", indebted.request, answer_due_on=dt.date(2027, 1, 1)),
    stated(REQUEST, "is_append_only", indebted.request, DELETED),
    stated(REQUEST, "is_never_emptied", indebted.request, EMPTIED),
    copied(ANSWER, "a_recipient_is_asked_about_once_in_a_request", indebted.answer, fine=None),
    Violation(ANSWER, "debt_answer_is_given_as_a_whole", indebted.answer, answers(outcome="debt", document="письмо")),
    Violation(
        ANSWER, "debt_answer_is_given_as_a_whole", indebted.answer,
        answers(outcome="agreement", document="", debt="1.00", owed_since=SEPTEMBER, months=1),
    ),
    Violation(ANSWER, "debt_answer_is_given_as_a_whole", indebted.answer, answers(outcome="no_debt", recorded_by_id=None)),
    changed(ANSWER, "debt_answer_is_given_as_a_whole", indebted.answer, debt="1.00"),
    Violation(
        ANSWER, "answered_debt_begins_with_a_month", indebted.answer,
        answers(outcome="debt", document="письмо", debt="1.00", owed_since=DAY, months=1),
    ),
    Violation(ANSWER, "debt_is_asked_by_its_district", indebted.answer, asked_about(factories.recipient)),
    Violation(ANSWER, "debt_is_asked_by_its_district", indebted.answer, asked_with_an_answer),
    changed(ANSWER, "debt_answer_is_given_once", indebted.told_debt, debt="1.00"),
    stated(ANSWER, "debt_answer_is_given_once", indebted.answer, DELETED),
    Violation(ANSWER, "debt_answer_is_given_once", indebted.answer, answers(outcome="silent", recorded_by_id=None)),
    stated(ANSWER, "is_never_emptied", indebted.answer, EMPTIED),
    copied(ACT, "a_court_act_is_entered_once", indebted.court_act, fine={"number": "2-1"}),
    copied(ACT, "confirmed_debt_is_of_three_years_at_most", indebted.court_act, fine={"number": "1", "months": 36}, number="2", months=37),
    copied(ACT, "confirmed_debt_is_owed", indebted.court_act, fine={"number": "2-1"}, number="2-2", debt="0.00"),
    copied(ACT, "court_act_names_its_court", indebted.court_act, fine={"number": "2-1"}, court=""),
    copied(ACT, "court_act_comes_after_its_debt", indebted.court_act, fine={"number": "2-1"}, number="2-2", in_force_on=dt.date(2026, 5, 1)),
    copied(ACT, "confirmed_debt_begins_with_a_month", indebted.court_act, fine={"number": "2-1"}, number="2-2", owed_since=dt.date(2025, 10, 2)),
    changed(ACT, "court_act_is_settled_once", indebted.court_act, debt="1.00"),
    stated(ACT, "court_act_is_settled_once", indebted.court_act, DELETED),
    stated(ACT, "is_never_emptied", indebted.court_act, EMPTIED),
    Violation(SUSPENSION, "suspension_number_is_unique_in_its_office", resumed, lambda row: copy(row, {
        "status": "prepared", "confirmed_at": None, "confirmed_by_id": None, "notice_id": None, "resumed_on": None,
        "resumed_because": "", "resumed_document": "", "resumed_at": None, "resumed_by_id": None,
        "court_act_id": indebted.act(town.Family(row.recipient, None, (), factories.account())).pk,  # type: ignore[attr-defined, arg-type]
    })),
    Violation(SUSPENSION, "a_payment_is_suspended_once_at_a_time", indebted.waiting_suspension, another()),
    Violation(SUSPENSION, "suspension_stands_on_an_act_or_an_answer", indebted.waiting_suspension, behind_its_guards(rule="none")),
    Violation(SUSPENSION, "suspension_stands_on_an_act_or_an_answer", indebted.waiting_suspension, behind_its_guards(court_act_id=None)),
    Violation(SUSPENSION, "suspension_status_fits_its_facts", indebted.waiting_suspension, lambda row: update(row, {"status": "confirmed"})),
    Violation(SUSPENSION, "suspension_status_fits_its_facts", indebted.confirmed_suspension, lambda row: update(row, {"status": "resumed"})),
    Violation(SUSPENSION, "suspension_is_not_confirmed_by_its_author", indebted.waiting_suspension, confirmed_by_its_author),
    Violation(SUSPENSION, "suspension_begins_with_a_month", indebted.waiting_suspension, confirms(starts_on=dt.date(2026, 9, 2))),
    Violation(SUSPENSION, "suspension_has_its_ground", indebted.waiting_suspension, under_the_rule("none")),
    Violation(SUSPENSION, "suspension_has_its_ground", indebted.waiting_suspension, under_the_rule("agreement")),
    Violation(SUSPENSION, "suspension_has_its_ground", indebted.by_an_answer, under_the_rule("court_act")),
    Violation(SUSPENSION, "suspension_has_its_ground", indebted.waiting_suspension, with_a_settled_act),
    Violation(SUSPENSION, "suspension_has_its_ground", indebted.by_an_answer, with_an_agreement),
    Violation(SUSPENSION, "suspension_has_its_ground", indebted.waiting_suspension, of_somebody_else),
    stated(SUSPENSION, "suspension_goes_forward", indebted.waiting_suspension, DELETED),
    changed(SUSPENSION, "suspension_goes_forward", indebted.waiting_suspension, number="77/2026"),
    changed(SUSPENSION, "suspension_goes_forward", indebted.confirmed_suspension, starts_on=dt.date(2026, 10, 1)),
    changed(SUSPENSION, "suspension_goes_forward", indebted.confirmed_suspension, status="withdrawn"),
    changed(SUSPENSION, "suspension_goes_forward", resumed, resumed_document="другой документ"),
    stated(SUSPENSION, "is_never_emptied", indebted.waiting_suspension, EMPTIED),
]  # fmt: skip
