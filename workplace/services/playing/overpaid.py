"""Item 3.15: what was paid in excess is found, the recipient agrees to have it withheld, the next list withholds."""

import datetime as dt
from decimal import Decimal
from itertools import islice
from typing import Final

from offices.models import Office, Role
from offices.money import to_kopecks
from offices.months import month_name
from payments.models import Overpayment, PaymentLine
from payments.selectors.overpayments import percent_allowed
from payments.services.overpayments import record_consent, record_overpayment
from workplace.services.playing.choosing import how_many, rights_on, shuffled_offices
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

EXCESS: Final = Decimal("0.6")
"""The part of a payment that turns out to be too much: withheld by 20 % over some months."""
LEAST: Final = Decimal("100.00")


def find_overpaid(*, scene: Scene) -> None:
    """Find an overpayment of the month in some offices and record the consent to withhold it."""
    at = scene.timetable.at(Moment.OVERPAYMENTS)
    found = (
        find_one(scene=scene, office=office, month=scene.month, at=at)
        for office in shuffled_offices(scene=scene, what="overpaid")
    )
    for made in islice((one for one in found if one is not None), how_many(scene=scene)):
        if made.status == Overpayment.Status.OPEN:
            _agree(scene, made)


def find_one(*, scene: Scene, office: Office, month: dt.date, at: dt.datetime) -> Overpayment | None:
    """Record that a provider billed too much for a paid month, unless it is done; None where nobody was paid enough."""
    known = Overpayment.objects.filter(office=office, recorded_at=at).first()
    if known is not None:
        return known
    paid = _paid(scene, office, month, at.date())
    if paid is None:
        return None
    return record_overpayment(
        office=office,
        recipient_id=paid.recipient_id,
        cause=Overpayment.Cause.PROVIDER,
        description=(
            f"Предприятие сообщило, что за {month_name(month)} начислило плату по ошибочным показаниям счётчика: "
            "эквивалент выплачен с лишней суммы."
        ),
        found_on=at.date(),
        parts=[(paid.accrual_id, to_kopecks(paid.payable * EXCESS))],
        by=scene.cast.of(office, Role.CALCULATION),
        at=at,
    )


def _paid(scene: Scene, office: Office, month: dt.date, day: dt.date) -> PaymentLine | None:
    """Choose the payment of a month to somebody who goes on being paid and owes nothing yet."""
    lines = PaymentLine.objects.filter(
        list__month=month, accrual__month=month, recipient__office=office, heir_part__isnull=True,
        status=PaymentLine.Status.PAID, payable__gte=LEAST, recipient__overpayments__isnull=True,
    )  # fmt: skip
    by_recipient = {line.recipient_id: line for line in lines.order_by("pk")}
    rights = rights_on(scene=scene, office=office, day=day, what="overpaid")
    return next((by_recipient[right.recipient_id] for right in rights if right.recipient_id in by_recipient), None)


def _agree(scene: Scene, made: Overpayment) -> None:
    at = scene.timetable.at(Moment.CONSENTS)
    record_consent(
        overpayment_id=made.pk,
        agreed_on=at.date(),
        document=f"согласие получателя от {at:%d.%m.%Y}",
        percent=percent_allowed(at.date()),
        is_more_agreed=False,
        by=scene.cast.of(made.office, Role.INTAKE),
        at=at,
    )
