"""The board reads stored facts: each state from the rows that make it, in queries that do not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.calculations import made
from tests.exchange import stored
from tests.factories import AT, MONTH
from tests.workplace.board import ground
from tests.workplace.board.ground import LATE, SOON, TODAY, answered, asked, district, planned, refused
from workplace.selectors.board import board_of
from workplace.selectors.board_region import boxes_of
from workplace.selectors.board_states import State

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def board(*offices, today=TODAY, **given):
    return board_of(offices=offices, month=MONTH, today=today, **given)


def says(office, item: str) -> tuple[State, str]:
    (row,) = board(office).rows
    cell = row.cell(item)
    return cell.state, cell.fact


def test_shows_files_by_what_became_of_them() -> None:
    office = district("Рославльский район")
    planned(office, i3_9=LATE, i3_10=SOON, i3_11=SOON)
    first, second, third, fourth = asked(office, *(make.provider() for _ in range(4)), people=5)
    answered(first, "loaded")
    answered(second, "verified")
    answered(third)
    refused(fourth)
    assert says(office, "3.8") == (State.DONE, "4")
    assert says(office, "3.9") == (State.LATE, "3 из 4")
    assert says(office, "3.10") == (State.WORK, "2 из 4")
    assert says(office, "3.11") == (State.WORK, "25 %")


def test_takes_an_accepted_file_after_a_refused_one() -> None:
    office = district("Рославльский район")
    (request,) = asked(office, make.provider())
    refused(request)
    answered(request)
    assert says(office, "3.9") == (State.DONE, "1 из 1")


def test_counts_what_came_once_receiving_is_closed() -> None:
    office = district("Рославльский район")
    first, _ = asked(office, make.provider(), make.provider())
    answered(first, "loaded")
    ground.struck(office, "3.9")
    assert says(office, "3.9") == (State.ATTENTION, "1 из 2")
    assert says(office, "3.10")[0] is State.DONE
    assert says(office, "3.11")[0] is State.DONE


@pytest.mark.parametrize(("decision", "state"), [("open", State.WORK), ("later", State.WORK), ("hold", State.DONE)])
def test_waits_for_the_decision_of_what_holds_rows(decision: str, state: State) -> None:
    office = district("Рославльский район")
    (request,) = asked(office, make.provider())
    file = answered(request, "verified")
    decided = {} if decision == "open" else {"decided_at": AT, "decided_by": make.staff()}
    file.discrepancies.create(
        request_row=request.request_rows.get(),
        code="E20",
        is_blocking=True,
        text="площадь",
        decision=decision,
        **decided,
    )
    assert says(office, "3.10")[0] is state


def test_shows_registers_and_changes() -> None:
    office = district("Рославльский район")
    assert says(office, "3.5")[0] is State.EARLY
    ground.struck(office, "3.5")
    assert says(office, "3.5")[0] is State.DONE
    stored.answered("rejected", office=office, rejection_reason="Не тот месяц")
    assert says(office, "3.7") == (State.RETURNED, "отклонён")
    stored.register(office=office, number=2)
    assert (says(office, "3.6")[0], says(office, "3.7")[0]) == (State.DONE, State.EARLY)


def test_shows_the_latest_run() -> None:
    office = district("Рославльский район")
    run = made.run(office=office)
    made.accrual(run)
    assert says(office, "3.12") == (State.WORK, "идёт")
    made.forward(run, "submitted")
    assert (says(office, "3.12")[0], says(office, "3.13")[0]) == (State.DONE, State.QUEUED)
    made.forward(run, "returned", return_reason="Нет перерасчётов")
    assert (says(office, "3.12"), says(office, "3.13")) == ((State.RETURNED, "заново"), (State.RETURNED, "возврат"))
    made.run(office=office, number=2)
    assert says(office, "3.12") == (State.WORK, "идёт")


def test_puts_the_longest_late_first_and_sorts_otherwise_when_asked() -> None:
    fine, late, later = (district(name) for name in ("Велижский район", "Ярцевский район", "город Смоленск"))
    planned(fine, i3_5=SOON)
    planned(late, i3_5=LATE)
    planned(later, i3_5=LATE, i3_6=LATE - DAY)
    asked(fine, make.provider(), make.provider(), people=3)
    order = {
        sort: [row.office for row in board(fine, late, later, sort=sort).rows] for sort in ("late", "name", "files")
    }
    assert order["late"] == [later, late, fine]
    assert order["name"] == [fine, later, late]
    assert order["files"][0] == fine
    assert board(fine, late, later, sort="size").rows[0].office == fine


def test_tints_the_columns_whose_term_runs_today() -> None:
    office = district("Велижский район")
    planned(office, i3_4=LATE - DAY, i3_5=LATE, i3_6=TODAY, i3_7=SOON, i3_8=SOON + DAY)
    tinted = [column.item.code for column in board(office).columns if column.is_today]
    assert tinted == ["3.6", "3.7"]


def test_sums_the_month_up_in_five_figures() -> None:
    late, done = district("Ярцевский район"), district("Велижский район")
    planned(late, i3_9=LATE, i3_10=LATE, i3_15=SOON)
    requests = asked(late, make.provider(), make.provider(), people=2)
    answered(requests[0], at=AT - DAY)
    run = made.run(office=done)
    made.accrual(run, accrued="812.55")
    made.forward(run, "submitted")
    figures = board(late, done).figures
    assert (figures.late_steps, figures.late_offices, figures.oldest_days) == (2, 1, 2)
    assert (figures.files_taken, figures.files_asked, str(figures.files_share)) == (1, 2, "50")
    assert (figures.submitted, figures.offices, str(figures.accrued), figures.pay_on) == (1, 2, "812.55", SOON)
    assert figures.year_ago is None


def test_compares_with_the_same_districts_a_year_ago() -> None:
    office = district("Ярцевский район")
    for month in (dt.date(2025, 10, 1), MONTH):
        run = made.run(office=office, month=month)
        made.accrual(run, accrued="700.00")
        made.forward(run)
    figures = board(office).figures
    assert (str(figures.accrued), str(figures.year_ago)) == ("700.00", "700.00")


def test_asks_as_much_for_many_districts_as_for_one() -> None:
    offices = [district(f"Район {number}") for number in range(6)]
    for office in offices:
        planned(office, i3_5=LATE, i3_9=LATE, i3_12=SOON)
        first, _ = asked(office, make.provider(), make.provider())
        answered(first, "loaded")
        made.accrual(made.run(office=office))
    counts = []
    for some in (offices[:1], offices):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            board(*some)
            boxes_of(month=MONTH, offices=some)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 6


def test_tells_the_six_procedures_without_a_column() -> None:
    office, other = district("Ярцевский район"), district("Велижский район")
    make.application(office=office, received_on=MONTH)
    make.application(office=other, received_on=MONTH)
    stored.pension(rows=1204)
    boxes = {box.item: box.text for box in boxes_of(month=MONTH, offices=[office])}
    assert boxes["3.2"] == "1 за месяц, 1 ждёт решения"
    assert boxes["3.4"].replace("\u00a0", " ") == "15.10, 1 204 зап."
    assert boxes["3.15"] == "после списков"
    assert list(boxes) == ["3.2", "3.3", "3.4", "3.14", "3.15", "3.16"]
