"""Every code that a balance may hold something by has its Russian words."""

import re

import pytest

from calculations.models import Withheld
from calculations.services import review
from exchange.checks.findings import Code
from exchange.selectors import answers
from exchange.selectors.registers import Held
from exchange.services import file_lines, loading, region_returns
from payments.selectors.requisites import Obstacle
from payments.services import lists
from payments.services.reasons import REASONS as RETURN_REASONS
from recipients.services import cards
from workplace.wording import reason_in_words

CODES = [
    *(code.value for code in (*Held, *Withheld.Reason, *Obstacle, *Code)),
    *(code for code, *_ in RETURN_REASONS),
    answers.NO_ANSWER,
    answers.REFUSED,
    answers.LEFT_OUT,
    file_lines.NO_SUM,
    region_returns.NO_DISTRICT,
    loading.REPEATED,
    lists.OTHER_CHANNEL,
    "unanswered",
    review.RETURNED,
    cards.UNCONFIRMED,
]


@pytest.mark.parametrize("code", CODES)
def test_says_a_reason_in_words(code: str) -> None:
    words = reason_in_words(code)
    assert words != code
    assert re.search("[а-яё]{2}", words)
    assert not re.search("[a-z]", words)


def test_shows_a_code_it_does_not_know_as_it_is() -> None:
    assert reason_in_words("of_tomorrow") == "of_tomorrow"
