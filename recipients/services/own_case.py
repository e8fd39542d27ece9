"""Nobody decides on oneself: a member of staff is told apart from the people of a case by СНИЛС."""

from collections.abc import Iterable

from offices.models import Staff
from offices.refusals import Refusal
from recipients.models import Person


class OwnCase(Refusal):
    """The member of staff is one of the people the case is about."""


def require_stranger(*, by: Staff, persons: Iterable[Person]) -> None:
    """Raise OwnCase when `by` is one of the persons."""
    if by.snils and any(person.snils == by.snils for person in persons):
        raise OwnCase("Это дело касается вас самих. Его ведёт другой сотрудник: обратитесь к начальнику отдела.")
