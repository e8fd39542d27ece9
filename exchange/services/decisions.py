"""Item 3.10: what a specialist decides about a discrepancy: into the protocol, taken as it is, or put off.

Every decision says what was seen before it, so of two people at one row the second is told and nothing is lost. A
decision may be taken back until a protocol has told it to the provider; all of them are kept with who and when.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import get_current_timezone

from exchange.models import Discrepancy, DiscrepancyDecision, ExchangeFile
from exchange.selectors.discrepancies import Weight, changeable, of_reason, weight_of, why_not_acceptable
from exchange.services import file_lines
from exchange.services.verification import FileNotReceived, require_another
from offices.calendar import day_of
from offices.models import Staff
from offices.money import format_number, format_roubles
from offices.refusals import Refusal
from offices.services.months import require_open

Decision = Discrepancy.Decision
JUDGED_BY = ("row", "line", "protocol", "carried_from__protocol", "decided_by")


class DiscrepancyDecided(Refusal):
    """The discrepancy was decided otherwise than whoever decides now has seen."""


class ToldInAProtocol(Refusal):
    """The provider was told of the discrepancy: it is not taken back."""


class ProtocolClosed(Refusal):
    """The protocol that told the discrepancy is closed, and with it the row."""


class FileAlreadyLoaded(Refusal):
    """The file is loaded: what it holds back stays held."""


class CannotBeAccepted(Refusal):
    """What the provider sent cannot become a charge, whatever is decided."""


class ListChanged(Refusal):
    """The rows to be decided or printed are not those that were confirmed."""


@dataclass(frozen=True, slots=True)
class DecidedAlike:
    """How many rows a decision for all of one reason touched, and how many it had to leave."""

    rows: int
    left: int


@transaction.atomic
def decide_discrepancy(
    *, discrepancy_id: int, decision: str, by: Staff, at: dt.datetime, seen: str = Decision.OPEN
) -> Discrepancy:
    """Record a decision; `open` takes one back. A line is freed when all that held it is accepted.

    `seen` is the decision that stood on the screen. The same decision again changes nothing. What is accepted goes
    into the month's run at once, so it is accepted before the file is loaded.

    Raises MonthNotOpen, CheckedByItsReceiver, DiscrepancyDecided, ToldInAProtocol, ProtocolClosed,
    FileAlreadyLoaded, CannotBeAccepted.
    """
    file = file_lines.lock_file(Discrepancy.objects.values_list("file_id", flat=True).get(pk=discrepancy_id))
    require_in_verification(file, by)
    discrepancies = Discrepancy.objects.select_for_update(of=("self",))
    found: Discrepancy = discrepancies.select_related(*JUDGED_BY).get(pk=discrepancy_id)
    if found.decision == decision:
        return found
    _require_seen(found, seen)
    _require_changeable(found, file, decision)
    moves_lines = found.is_blocking and Decision.ACCEPT in {found.decision, decision}
    _write(found, decision, by, at)
    if moves_lines and found.row_id is not None:
        file_lines.resettle_lines([found.row_id])
        file_lines.strike_anew(file, at=at)
    return found


@transaction.atomic
def decide_alike(
    *, file_id: int, code: str, decision: str, expected: Weight, by: Staff, at: dt.datetime
) -> DecidedAlike:
    """Decide every row of a file with one reason alike; `open` takes all such decisions back.

    `code` is empty for every reason. `expected` is what was confirmed: the rows and the roubles of the equivalent at
    stake, counted anew here. What cannot be accepted, and what a protocol told, is left as it is.

    Raises MonthNotOpen, CheckedByItsReceiver, ListChanged.
    """
    file = file_lines.lock_file(file_id)
    require_in_verification(file, by)
    rows = changeable(file, code=code, decision=decision)
    weight = weight_of(rows)
    require_unchanged(weight, expected)
    left = of_reason(file, code=code, decision=decision).count() - weight.rows
    blocking = rows.filter(is_blocking=True, row__isnull=False)
    moved = set(blocking.values_list("row_id", flat=True))
    decided = list(rows.values_list("pk", flat=True))
    stamp = (None, None) if decision == Decision.OPEN else (at, by)
    alike = Discrepancy.objects.filter(pk__in=decided)
    alike.update(decision=Decision(decision), decided_at=stamp[0], decided_by=stamp[1], carried_from=None)
    _remember(decided, decision, by, at)
    if decision in {Decision.ACCEPT, Decision.OPEN} and moved:
        file_lines.resettle_lines(moved)
        file_lines.strike_anew(file, at=at)
    return DecidedAlike(weight.rows, left)


def require_in_verification(file: ExchangeFile, by: Staff, /) -> None:
    """Raise unless `by` may decide about the file now: the month is open, the file checked, another received it."""
    require_open(file.month)
    if file.status not in {ExchangeFile.Status.VERIFIED, ExchangeFile.Status.LOADED}:
        raise FileNotReceived(f"Файл «{file}» не проверен, решать по нему нечего: {file.get_status_display()}.")
    require_another(file, by)


def require_unchanged(found: Weight, expected: Weight, /) -> None:
    """Raise ListChanged unless a list is still what was confirmed."""
    if found != expected:
        raise ListChanged(
            f"Пока вы проверяли, список изменился: было {_shown(expected)}, стало {_shown(found)}. Проверьте ещё раз."
        )


def _require_seen(found: Discrepancy, seen: str) -> None:
    if found.decision == seen:
        return
    if found.decision == Decision.OPEN:
        raise DiscrepancyDecided(f"{_named(found)}: решение уже отменили. Ваше решение не записано, проверьте строку.")
    assert found.decided_at is not None, "a decision has its moment"
    moment = found.decided_at.astimezone(get_current_timezone())
    raise DiscrepancyDecided(
        f"{_named(found)}: уже решено «{found.get_decision_display()}», {found.decided_by}, {moment:%d.%m.%Y в %H:%M}. "
        "Ваше решение не записано, проверьте строку."
    )


def _require_changeable(found: Discrepancy, file: ExchangeFile, decision: str) -> None:
    if found.is_blocking and file.loaded_at is not None and Decision.ACCEPT in {found.decision, decision}:
        raise FileAlreadyLoaded(
            f"Файл «{file}» загружен {day_of(file.loaded_at):%d.%m.%Y}, его удержанные строки в этом месяце уже "
            "не загрузить. Исправленное начисление предприятие передаст перерасчётом в следующем файле."
        )
    if found.outcome:
        assert found.protocol is not None, "only a told row has an outcome"
        raise ProtocolClosed(
            f"{_named(found)}: протокол № {found.protocol.number} закрыт с итогом «{found.get_outcome_display()}», "
            "решение не изменить."
        )
    told_in = found.told_in
    if told_in is not None and decision not in {Decision.ACCEPT, Decision.HOLD}:
        raise ToldInAProtocol(
            f"{_named(found)} стоит в протоколе № {told_in.number}, решение не отменить. Если предприятие "
            "подтвердило свои данные, примите строку."
        )
    why = why_not_acceptable(found) if decision == Decision.ACCEPT else ""
    if why:
        raise CannotBeAccepted(f"{_named(found)}: принять нельзя, {why}. Отправьте её в протокол.")


def _write(found: Discrepancy, decision: str, by: Staff, at: dt.datetime) -> None:
    found.decision = Decision(decision)
    found.decided_at, found.decided_by = (None, None) if found.decision == Decision.OPEN else (at, by)
    if found.told_in is None:
        found.carried_from = None
    found.save(update_fields=["decision", "decided_at", "decided_by", "carried_from"])
    _remember([found.pk], decision, by, at)


def _remember(discrepancies: Collection[int], decision: str, by: Staff, at: dt.datetime) -> None:
    taken = (DiscrepancyDecision(discrepancy_id=pk, decision=decision, by=by, at=at) for pk in discrepancies)
    DiscrepancyDecision.objects.bulk_create(taken, batch_size=1000)


def _named(found: Discrepancy) -> str:
    return f"Строка {found.row.row_number}" if found.row else "Строка, на которую нет ответа,"


def _shown(weight: Weight) -> str:
    return f"{format_number(weight.rows, places=0)} на {format_roubles(weight.roubles)}"
