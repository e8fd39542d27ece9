"""An answer of a closed month is kept with that month and shown against its charges; the open month gets nothing."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import ExchangeFile
from exchange.selectors.answers import answered_and_silent
from exchange.selectors.late_answers import late_lines, late_request
from exchange.services.late_answers import NotLate, take_late
from offices.models import BillingMonth
from providers.models import Charge
from tests import factories as make
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled, right_answers
from tests.factories import AT, MONTH
from tests.workplace.receiving.bringing import clerk

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)


def late_file(at: Desk, *, wrong: bool = True) -> ExchangeFile:
    """October is loaded and closed; in November a file of October comes, one sum of it other than before."""
    request = asked(at, people=2)
    first = filled(request, right_answers(request))
    at.load(at.verify(at.receive(first, request.name)))
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff(office=None))
    make.open_month(NOVEMBER)
    if not wrong:
        return at.receive(first[:1] + b"\x7e\x01\x02" + first[4:], request.name, month=NOVEMBER)
    dearer = ReturnedRow(answer(billed("10", "12"), billed("14", "12")), row_no=1)
    content = filled(request, [dearer, *right_answers(request)[1:]])
    return at.receive(content, request.name, month=NOVEMBER)


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def take(at: Desk, file: ExchangeFile) -> ExchangeFile:
    return take_late(file_id=file.pk, by=at.receiver, at=AT)


def test_keeps_a_late_answer_with_its_month_and_makes_no_charge(at_desk: Desk) -> None:
    refused = late_file(at_desk)
    assert refused.refusal_code == "wrong_month"
    before = Charge.objects.count()
    kept = take(at_desk, refused)
    assert (kept.kind, kept.status, kept.month, kept.late_month) == ("late", "received", NOVEMBER, MONTH)
    assert Charge.objects.count() == before
    assert answered_and_silent(office=at_desk.office, month=NOVEMBER).answered == 0
    assert take(at_desk, refused) == kept


def test_shows_every_line_against_the_charge_of_its_month(at_desk: Desk) -> None:
    lines = late_lines(take(at_desk, late_file(at_desk)))
    assert [(line.row_number, line.was, line.now, line.difference) for line in lines] == [
        (1, Decimal("260.60"), Decimal("312.72"), Decimal("52.12")),
        (1, Decimal("201.00"), Decimal("241.20"), Decimal("40.20")),
        (2, Decimal("260.60"), Decimal("260.60"), Decimal("0.00")),
        (2, Decimal("201.00"), Decimal("201.00"), Decimal("0.00")),
    ]


def test_refuses_the_rows_that_were_accepted_in_their_month(at_desk: Desk) -> None:
    with pytest.raises(NotLate, match="те же строки"):
        take(at_desk, late_file(at_desk, wrong=False))


def test_refuses_a_file_that_answers_no_closed_month(at_desk: Desk) -> None:
    refused = late_file(at_desk)
    BillingMonth.objects.filter(month=MONTH).update(closed_at=None, closed_by=None)
    assert late_request(refused) is None
    with pytest.raises(NotLate):
        take(at_desk, refused)


def test_takes_it_through_its_page_and_lists_it(at_desk: Desk) -> None:
    refused = late_file(at_desk)
    browser = clerk(at_desk.office)
    shown = browser.get(f"/exchange/files/{refused.pk}/?m=2026-11").content.decode()
    assert "Принять как опоздавший за октябрь\xa02026" in shown
    assert browser.post(f"/exchange/files/{refused.pk}/late/?m=2026-11").status_code == 302
    kept = ExchangeFile.objects.get(kind="late")
    assert "октябрь 2026" in browser.get("/exchange/late/?m=2026-11").content.decode()
    page = browser.get(f"/exchange/late/{kept.pk}/?m=2026-11").content.decode()
    assert "+52,12" in page
    assert clerk(at_desk.office, "checking").post(f"/exchange/files/{refused.pk}/late/").status_code == 403
    neighbor = clerk(desk("66204").office)
    assert neighbor.get(f"/exchange/late/{kept.pk}/?m=2026-11").status_code == 404
