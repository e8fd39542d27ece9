"""Why a month has no day of a right: what the right stood on has ended (2.4.1), or there is none."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from calculations.inputs.facts import Right
from calculations.models import Withheld
from offices.dated import last_valid_day
from recipients.eligibility import Ending

Reason = Withheld.Reason
_NO_RIGHT: Final = (Reason.NO_RIGHT, "В этом месяце нет ни одного дня права.")
_CERTIFICATE: Final = (
    "Срок справки об инвалидности истёк, право действовало по {last:%d.%m.%Y}. Когда внесут новую справку, месяцы "
    "без неё пересчитают."
)
_OF_AGE: Final = (
    "Ребёнку исполнилось 18 лет, право семьи действовало по {last:%d.%m.%Y}. Взрослый инвалид подаёт своё заявление."
)
_LAPSED: Final[Mapping[Ending | None, tuple[Reason, str]]] = {
    Ending.CERTIFICATE: (Reason.CERTIFICATE_ENDED, _CERTIFICATE),
    Ending.CAME_OF_AGE: (Reason.CAME_OF_AGE, _OF_AGE),
}


def why_no_day(rights: Iterable[Right], month: dt.date) -> tuple[Reason, str]:
    """Return the coded reason and the words why no right has a day in the month; the right that lapsed last tells."""
    lapsed = max((one for one in rights if _lapsed_before(one, month)), key=lambda one: one.ends, default=None)
    if lapsed is None:
        return _NO_RIGHT
    reason, text = _LAPSED[lapsed.ending]
    return reason, text.format(last=last_valid_day(lapsed.ends))


def _lapsed_before(right: Right, month: dt.date) -> bool:
    outlived = right.died_on is None or right.died_on >= right.ends
    return right.ending in _LAPSED and right.ends <= month and outlived
