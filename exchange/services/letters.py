"""Item 3.9: the totals of a covering letter, entered when the file is received or later, before it is loaded."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from exchange.models import ExchangeFile
from exchange.selectors.letters import letter_to
from exchange.services import file_lines
from offices.columns import MOST_TURNOVER
from offices.models import Staff
from offices.refusals import Refusal
from offices.services.months import require_open

MOST_ROWS = 2_000_000
WAITING = frozenset({ExchangeFile.Status.RECEIVED, ExchangeFile.Status.VERIFIED})


class NoLetterExpected(Refusal):
    """The file takes no letter: it was refused, replaced, typed, or is loaded already."""


class NotATotal(Refusal):
    """What was entered is no total of a letter."""


class LetterDisagrees(Refusal):
    """The file holds other totals than its covering letter."""


@transaction.atomic
def enter_letter(
    *, file_id: int, rows: int | None, roubles: Decimal | None, by: Staff, at: dt.datetime
) -> ExchangeFile:
    """Write down the totals of the covering letter to an accepted file; None for what the letter does not tell.

    Totals that differ from the file's are kept too: they keep the file from being loaded until one of the two is
    corrected. Without both the letter is taken back.

    Raises MonthNotOpen, NoLetterExpected, NotATotal.
    """
    require_total(rows=rows, roubles=roubles)
    file = file_lines.lock_file(file_id)
    require_open(file.month)
    if file.kind not in ExchangeFile.ANSWERS or file.status not in WAITING or file.origin == ExchangeFile.Origin.TYPED:
        raise NoLetterExpected(f"К файлу «{file}» письмо не вносят: {file.get_status_display()}.")
    file.control_rows, file.control_roubles = rows, roubles
    is_given = rows is not None or roubles is not None
    file.control_at, file.control_by = (at, by) if is_given else (None, None)
    file.save(update_fields=["control_rows", "control_roubles", "control_at", "control_by"])
    return file


def require_total(*, rows: int | None, roubles: Decimal | None) -> None:
    """Raise NotATotal for what no letter says of a file."""
    if rows is not None and not 0 < rows <= MOST_ROWS:
        raise NotATotal("Число строк по письму — целое, больше нуля.")
    if roubles is not None and (not roubles.is_finite() or abs(roubles) > MOST_TURNOVER or _digits(roubles) > 6):
        raise NotATotal("Сумма по письму — число в рублях, не больше шести знаков после запятой.")


def require_agreement(file: ExchangeFile, /) -> None:
    """Raise LetterDisagrees unless the file holds what its letter tells, or there is no letter."""
    letter = letter_to(file)
    if not letter.agrees:
        raise LetterDisagrees(f"Файл «{file}» не загружен. {letter.sentence} Исправьте письмо или замените файл.")


def _digits(roubles: Decimal) -> int:
    exponent = roubles.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
