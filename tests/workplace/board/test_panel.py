"""The panel of a cell: who is missing, what is at stake, whom to ring, whom to remind."""

import datetime as dt

import pytest

from offices.models import Office, Role
from tests import factories as make
from tests.calculations import made
from tests.exchange import stored
from tests.factories import AT, MONTH
from tests.workplace.board.ground import (
    BEFORE,
    LATE,
    SOON,
    TODAY,
    answered,
    approved,
    asked,
    district,
    planned,
    refused,
    struck,
)
from workplace.selectors.board import board_of
from workplace.selectors.board_panel import Panel, panel_of

pytestmark = pytest.mark.django_db


def panel(office: Office, item: str) -> Panel:
    (row,) = board_of(offices=[office], month=MONTH, today=TODAY).rows
    return panel_of(row=row, item=item, month=MONTH, today=TODAY)


def said(shown: Panel) -> str:
    return " ".join(shown.sentences).replace("\u00a0", " ")


def test_names_who_has_not_delivered_and_how_many_are_asked_about() -> None:
    office = district("Рославльский район")
    planned(office, i3_9=LATE)
    heat, water, club = (make.provider(short_name=name) for name in ("Десна-Тепло", "Водоканал", "Энтузиаст"))
    asked(office, heat, people=3)
    requests = [stored.request(office=office, provider=water), stored.request(office=office, provider=club)]
    answered(requests[0])
    refused(requests[1])
    make.agreement(provider=heat, office=office, contact="Орлова Н. П., 5-00-17")
    shown = panel(office, "3.9")
    assert (shown.headline, shown.done, shown.total) == ("1 из 3 файлов", 1, 3)
    assert [(one.missing.provider, one.missing.recipients) for one in shown.entries] == [(heat, 3), (club, 0)]
    assert shown.entries[0].contact == "Орлова Н. П., 5-00-17"
    assert shown.entries[1].missing.fault == "Нет поля SUM_NACH."
    assert shown.addressee is None
    assert "прошло 2 дня" in said(shown)


def test_says_who_stays_without_money_and_what_the_accounts_were_accrued_before() -> None:
    office = district("Рославльский район")
    planned(office, i3_9=LATE)
    silent, other = make.provider(), make.provider()
    asked_of_silent, asked_of_other = asked(office, silent, other, people=2)
    answered(asked_of_other)
    approved(office, *asked_of_silent.request_rows.all(), accrued="512.30")
    text = said(panel(office, "3.9"))
    assert "Без этих файлов 2 получателям не начислим" in text
    assert "За сентябрь 2026 по этим же счетам начислено 1 024,60 ₽." in text
    assert "начислено" not in said(panel(district("Велижский район"), "3.9"))


def test_counts_the_months_in_a_row_without_a_file() -> None:
    office, steady, fresh = district("Рославльский район"), make.provider(), make.provider()
    for month, silent in ((dt.date(2026, 7, 1), steady), (dt.date(2026, 8, 1), None), (BEFORE, steady)):
        make.open_month(month)
        for one in (steady, fresh):
            request = stored.request(office=office, provider=one, month=month)
            if one != silent:
                answered(request)
    asked(office, steady, fresh)
    months = {entry.missing.provider: entry.missing.silent_months for entry in panel(office, "3.9").entries}
    assert months == {steady: 2, fresh: 1}


def test_leads_to_the_files_that_wait_for_decisions_or_for_loading() -> None:
    office = district("Рославльский район")
    received, doubtful, fine = asked(office, *(make.provider() for _ in range(3)))
    files = answered(received), answered(doubtful, "verified"), answered(fine, "verified")
    files[1].discrepancies.create(
        request_row=doubtful.request_rows.get(), code="E20", is_blocking=True, text="площадь", decision="open"
    )
    checks = {entry.missing.file_id: entry.missing.questions for entry in panel(office, "3.10").entries}
    assert checks == {files[0].pk: 0, files[1].pk: 1}
    loads = {entry.missing.file_id for entry in panel(office, "3.11").entries}
    assert loads == {file.pk for file in files}
    assert panel(office, "3.11").addressee == office


def test_says_why_a_run_came_back_and_what_the_district_is_about() -> None:
    office = district("Рославльский район")
    planned(office, i3_12=LATE)
    stored.answered(office=office, rows=812)
    approved(office)
    run = made.run(office=office)
    made.forward(made.forward(run, "submitted"), "returned", return_reason="Не учтены перерасчёты")
    text = said(panel(office, "3.12"))
    assert "Причина возврата: Не учтены перерасчёты" in text
    assert "для 812 получателей района" in text
    assert "За сентябрь 2026 району начислено 0,00 ₽." in text


def test_names_what_a_run_waits_for() -> None:
    office = district("Рославльский район")
    asked(office, make.provider(), make.provider())
    text = said(panel(office, "3.12"))
    assert "Не закончено раньше: п. 3.5" in text


@pytest.mark.parametrize(
    ("item", "kind"), [("3.5", None), ("3.6", Office.Kind.PAYMENTS), ("3.11", None), ("3.12", None), ("3.13", None)]
)
def test_reminds_who_is_to_act(item: str, kind: str | None) -> None:
    office, unit = district("Рославльский район"), make.unit(Office.Kind.PAYMENTS)
    make.unit(Office.Kind.SUBSIDIES)
    assert panel(office, item).addressee == (unit if kind else office)


def test_reminds_the_verifiers_of_a_submitted_run_and_the_district_of_an_unaccepted_register() -> None:
    office, unit = district("Рославльский район"), make.unit(Office.Kind.SUBSIDIES)
    make.unit(Office.Kind.PAYMENTS)
    made.forward(made.run(office=office), "submitted")
    register = stored.register(office=office)
    assert panel(office, "3.13").addressee == unit
    assert panel(office, "3.7").addressee != office
    register.status, register.handed_at, register.handed_by = "handed_over", AT, make.staff()
    register.file = stored.stored_file()
    register.save()
    assert panel(office, "3.7").addressee == office


def test_reminds_nobody_of_what_is_done() -> None:
    office = district("Рославльский район")
    planned(office, i3_9=SOON)
    (request,) = asked(office, make.provider())
    answered(request)
    shown = panel(office, "3.9")
    assert (shown.addressee, shown.entries) == (None, ())


def test_still_names_those_missing_after_receiving_was_closed() -> None:
    office = district("Рославльский район")
    asked(office, make.provider())
    struck(office, "3.9")
    assert len(panel(office, "3.9").to_remind) == 1


def test_names_who_answers_in_the_district() -> None:
    office = district("Рославльский район", phone="5-00-17")
    head = make.staff(Role.HEAD, office=office, last_name="Гордеева")
    clerk = make.staff(Role.INTAKE, Role.EXCHANGE, office=office)
    make.staff(Role.HEAD)
    people = panel(office, "3.9").people
    assert [(one.duty, one.staff, one.phone) for one in people] == [
        ("Приём файлов", clerk, "5-00-17"),
        ("Начальник отдела", head, "5-00-17"),
    ]


def test_says_what_discrepancies_keep_from_being_loaded() -> None:
    line = stored.returned_line(status="held")
    file = line.row.file
    file.status, file.verified_at, file.verified_by = "verified", AT, make.staff()
    file.save()
    for item in ("3.10", "3.11"):
        assert "Удержано протоколом: 1 начисление на 10,00 ₽." in said(panel(file.office, item))
