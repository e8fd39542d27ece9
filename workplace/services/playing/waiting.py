"""What waits for people on the day of the demo: applications without a decision, papers to confirm, returned money."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from offices.models import Bank, Office, Role
from payments.models import ReturnedPayment
from recipients.eligibility import TerminationCode
from recipients.models import Entitlement, PaymentChannel, Termination
from recipients.services import cards, termination
from workplace.demo.identities import account_of
from workplace.services.playing import intake, payments
from workplace.services.playing.choosing import rights_on
from workplace.services.playing.days import DemoDays
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import dice
from workplace.simulation.newcomers import newcomer

APPLICATIONS_ON_DESK, APPLICATIONS_ELSEWHERE = 5, 2
TERMINATIONS, CHANNELS = 2, 3
MOVED_OUT = TerminationCode.MOVED_OUT
CLEARED_UP_PERCENT = 40


def leave_waiting(*, scene: Scene, days: DemoDays, desk: Office | None) -> None:
    """Leave in every office what its staff has to do: most on the chosen desk."""
    for place, office in enumerate(scene.offices):
        throw = dice(scene.seed, days.today, office.code, "waiting")
        on_desk = office == desk
        families = APPLICATIONS_ON_DESK if on_desk else throw.randint(0, APPLICATIONS_ELSEWHERE)
        for turn in range(families):
            _apply(scene, office, days, turn)
        if on_desk or place % 4 == 0:
            _prepare_terminations(scene, office, TERMINATIONS if on_desk else 1)
        if on_desk or place % 3 == 0:
            _enter_channels(scene, office, CHANNELS if on_desk else 1)


def clear_up_some_returns(*, scene: Scene) -> None:
    """Clear up the earlier part of a month's returned payments; the others wait for the recipients' requisites."""
    opened = ReturnedPayment.objects.filter(line__list__month=scene.month).order_by("office__name", "pk")
    whole = opened.count()
    some = list(opened.values_list("pk", flat=True))[: whole * CLEARED_UP_PERCENT // 100]
    payments.clear_up_returns(scene=scene, only=some)


def _apply(scene: Scene, office: Office, days: DemoDays, turn: int) -> None:
    """Let a family apply on one of the last working days; nobody has decided about it yet."""
    day = days.working_days[-1 - turn % 2]
    who = newcomer(office.code, month=days.today.replace(day=1), seed=scene.seed, turn=turn + 1)
    at = scene.timetable.at(Moment.WAITING).replace(year=day.year, month=day.month, day=day.day, hour=10 + turn)
    intake.leave_waiting(scene=scene, office=office, who=replace(who, received_on=day), at=at)


def _prepare_terminations(scene: Scene, office: Office, count: int) -> None:
    if Termination.objects.filter(office=office, status=Termination.Status.PREPARED).exists():
        return
    at = scene.timetable.at(Moment.WAITING)
    for right in _rights(scene, office, "terminations", count):
        day = at.date() - dt.timedelta(days=3)
        termination.prepare_termination(
            entitlement_id=right.pk,
            ground_code=MOVED_OUT,
            document=f"справка о снятии с регистрационного учёта от {day:%d.%m.%Y}",
            happened_on=day,
            by=scene.cast.of(office, Role.CALCULATION),
            at=at,
        )


def _enter_channels(scene: Scene, office: Office, count: int) -> None:
    """Enter new requisites that the head has not confirmed yet."""
    if PaymentChannel.objects.filter(recipient__office=office, confirmed_at__isnull=True).exists():
        return
    at = scene.timetable.at(Moment.WAITING)
    throw = dice(scene.seed, scene.month, office.code, "new requisites")
    for place, right in enumerate(_rights(scene, office, "channels", count)):
        channel = PaymentChannel.objects.filter(recipient=right.recipient_id, valid_to__isnull=True).first()
        bank = Bank.objects.order_by("bik")[place % 2]
        if channel is None or channel.valid_from >= at.date():
            continue
        cards.record_channel(
            recipient_id=right.recipient_id,
            kind="bank",
            payee=channel.payee,
            valid_from=at.date(),
            bank=bank,
            account=account_of(throw.randrange(8_000_000, 9_000_000), bik=bank.bik),
            by=scene.cast.of(office, Role.INTAKE),
            at=at,
        )


def _rights(scene: Scene, office: Office, what: str, count: int) -> Sequence[Entitlement]:
    """Choose adults of an office with a right that runs on, the same for the seed and never for two things."""
    day = scene.timetable.on(Moment.WAITING)
    found = rights_on(scene=scene, office=office, day=day, what="rights")
    first = {"terminations": 0, "channels": 1}[what]
    return found[first::2][:count]
