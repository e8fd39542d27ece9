"""The covering letter's totals are entered at receiving or later, and hold before the file is loaded (3.9)."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.models import ExchangeFile
from exchange.selectors.letters import letter_to
from exchange.services import letters
from exchange.services.letters import LetterDisagrees, NoLetterExpected, NotATotal
from providers.models import Charge
from tests.exchange.answering import Desk, asked, desk, filled, right_answers
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def received(at: Desk) -> ExchangeFile:
    """A right answer of one row on 461.60 roubles."""
    request = asked(at)
    return at.receive(filled(request, right_answers(request)), request.name)


def enter(at: Desk, file: ExchangeFile, rows: int | None = None, roubles: str | None = None) -> ExchangeFile:
    total = None if roubles is None else Decimal(roubles)
    return letters.enter_letter(file_id=file.pk, rows=rows, roubles=total, by=at.receiver, at=AT)


def test_loads_a_file_that_agrees_with_its_letter(at_desk: Desk) -> None:
    file = enter(at_desk, received(at_desk), 1, "461.60")
    assert (file.control_at, file.control_by) == (AT, at_desk.receiver)
    assert at_desk.load(at_desk.verify(file)).status == "loaded"


@pytest.mark.parametrize(
    ("rows", "roubles", "sentence"),
    [
        (2, None, "В файле строк: 1, а в сопроводительном письме указано 2."),
        (1, "461.61", "Начислено в файле 461,60 руб., а в сопроводительном письме указано 461,61 руб."),
        (None, "-461.60", "Начислено в файле 461,60 руб., а в сопроводительном письме указано −461,60 руб."),
    ],
)
def test_refuses_to_load_a_file_that_differs_from_its_letter(at_desk: Desk, rows, roubles, sentence: str) -> None:
    file = at_desk.verify(enter(at_desk, received(at_desk), rows, roubles))
    with pytest.raises(LetterDisagrees) as refusal:
        at_desk.load(file)
    assert sentence in str(refusal.value)
    assert not Charge.objects.exists()
    enter(at_desk, file)
    assert at_desk.load(file).status == "loaded"


def test_tells_what_the_letter_and_the_file_say(at_desk: Desk) -> None:
    file = received(at_desk)
    assert not letter_to(file).is_given
    told = letter_to(enter(at_desk, file, 3))
    assert (told.rows, told.rows_in_file, told.roubles, told.roubles_in_file) == (3, 1, None, Decimal("461.60"))
    assert told.rows_differ
    assert not told.roubles_differ


@pytest.mark.parametrize(("rows", "roubles"), [(0, None), (-1, None), (None, "1.1234567"), (None, "NaN")])
def test_refuses_what_is_no_total(at_desk: Desk, rows: int | None, roubles: str | None) -> None:
    with pytest.raises(NotATotal):
        enter(at_desk, received(at_desk), rows, roubles)


def test_takes_no_letter_to_a_loaded_or_refused_file(at_desk: Desk) -> None:
    file = received(at_desk)
    at_desk.load(at_desk.verify(file))
    refused = at_desk.receive(b"x", "чужой.dbf", at=AT + dt.timedelta(hours=1))
    for one in (file, refused):
        with pytest.raises(NoLetterExpected):
            enter(at_desk, one, 1)
