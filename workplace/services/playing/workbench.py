"""One district's desk in the month in progress: files still in its inbox, a file full of discrepancies, protocols
that wait, files that may be loaded, a run that may be started.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exchange.layouts.model import Kind
from exchange.models import ExchangeFile
from offices.models import Office
from workplace.services.playing import reminding, returns
from workplace.services.playing.scene import Scene
from workplace.simulation.books import Prices
from workplace.simulation.manners import GOOD, Delivery, Manners, dice
from workplace.simulation.providers import Request, answer

Status = ExchangeFile.Status
IN_INBOX, SILENT, UNCHECKED, UNLOADED, UNSENT = 8, 2, 5, 6, 4
CARELESS = Manners(
    silent=0, late=0, wrong_month=0, wrong_code_page=0, truncated=0, tariff=0.11, area=0.09, residents=0.09,
    missing=0.03, stranger=0.03, duplicate=0.03, product=0.07, negative=0.03, foreign_service=0.06, arrears=0.09,
    recalculation=0.02, recalculation_without_month=0.04, recalculation_too_large=0.03,
)  # fmt: skip
PUNCTUAL = replace(Manners(), silent=0, late=0, wrong_month=0, wrong_code_page=0, truncated=0)
WRONG_MONTH, TRUNCATED = replace(GOOD, wrong_month=1.0), replace(GOOD, truncated=1.0, sent_again=1.0)
SENT_AGAIN = "прислано повторно"
CHANGED_ON, DAYS = 3, 28  # where a DBF tells the day of its last change; the rows do not change with it


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who has sent, whose files lie in the inbox, who is silent, and whose file is full of discrepancies."""

    sent: tuple[Request, ...]
    in_inbox: tuple[Request, ...]
    careless: Request | None


def play_desk(*, scene: Scene, office: Office) -> list[Delivery]:
    """Set the desk of an office; return the files that wait in its inbox, always the same.

    In the inbox: files that may be taken, one of another month, one cut short, one taken already, and one taken
    already but saved anew.
    """
    prices = Prices.of(scene.month)
    desk = _desk(scene, office, list(returns.requests_of(scene=scene, office=office, prices=prices)))
    usual = [answer(one, seed=scene.seed, manners=PUNCTUAL) for one in desk.sent]
    careless = [answer(one, seed=scene.seed, manners=CARELESS) for one in (desk.careless,) if one]
    returns.take(scene=scene, office=office, answers=[*usual, *careless])
    reminding.call_some_silent(scene=scene, office=office)
    _check(scene, office, "" if desk.careless is None else desk.careless.provider_code)
    return _inbox(scene, desk, taken=[one for answered in usual for one in answered.deliveries])


def _desk(scene: Scene, office: Office, requests: Sequence[Request]) -> _Desk:
    """Deal the requests: the file full of discrepancies is the largest of those that tell areas and people."""
    wide = [one for one in requests if one.layout.kind is Kind.WIDE]
    careless = max(wide, key=lambda one: (len(one.content), one.provider_code), default=None)
    others = [one for one in requests if one is not careless]
    dice(scene.seed, scene.month, office.code, "desk").shuffle(others)
    away = min(IN_INBOX + SILENT, len(others) * 2 // 3)
    in_inbox = others[: max(away - SILENT, 0)]
    return _Desk(tuple(others[away:]), tuple(in_inbox), careless)


def _check(scene: Scene, office: Office, careless: str) -> None:
    """Check most of what came; all of it goes into protocols but the careless file, and most is loaded."""
    come = returns.returned(scene=scene, office=office, statuses=[Status.RECEIVED, Status.VERIFIED, Status.LOADED])
    kept = [file for file in come if file.provider is not None and file.provider.code == careless]
    others = [file for file in come if file not in kept]
    checked = [*kept, *others[: max(len(others) - UNCHECKED, 1)]]
    returns.verify_files(scene=scene, files_=[file for file in checked if file.status == Status.RECEIVED])
    done = [
        file for file in returns.returned(scene=scene, office=office, statuses=[Status.VERIFIED]) if file not in kept
    ]
    loaded = sum(file.status == Status.LOADED for file in come)
    may_be_loaded = max(len(checked) - len(kept) - UNLOADED - loaded, 0)
    for file in done:
        returns.put_into_protocol(scene=scene, file=file)
    returns.send_protocols(scene=scene, office=office, but=UNSENT)
    returns.load_files(scene=scene, files_=done[:may_be_loaded])


def _inbox(scene: Scene, desk: _Desk, *, taken: Sequence[Delivery]) -> list[Delivery]:
    manners = [WRONG_MONTH, TRUNCATED, *[PUNCTUAL] * len(desk.in_inbox)]
    answers = [
        answer(request, seed=scene.seed, manners=how) for request, how in zip(desk.in_inbox, manners, strict=False)
    ]
    waiting = [one for answered in answers for one in answered.deliveries[:1]]
    waiting += [
        replace(one, name=f"{SENT_AGAIN}/{one.name}") for answered in answers for one in answered.deliveries[1:]
    ]
    again = [taken[0], replace(taken[-1], content=_saved_anew(taken[-1].content))] if len(taken) > 1 else []
    return [*waiting, *again]


def _saved_anew(content: bytes) -> bytes:
    """Return the same table changed on another day of its header: the rows are the same, the bytes are not."""
    return content[:CHANGED_ON] + bytes([content[CHANGED_ON] % DAYS + 1]) + content[CHANGED_ON + 1 :]
