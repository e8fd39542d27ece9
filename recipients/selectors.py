"""Questions about people, their rights and how they are paid, scoped to who asks."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from offices.dated import DatedQuerySet
from offices.models import Office, Staff
from offices.months import last_day, month_of, next_month, shift_month
from offices.refusals import Refusal
from recipients.models import (
    Change,
    EntitledPerson,
    Entitlement,
    Ground,
    HandedCard,
    LegalRepresentative,
    PaymentChannel,
    Person,
    Recipient,
)

MONTHS_WARNED = 2


class GroundNotInForce(Refusal):
    """No ground of this kind and code is in force on the day."""


def ground_in_force(*, kind: str, code: str, on: dt.date) -> Ground:
    """Return the ground with the article's text as it stands on the day.

    Raises GroundNotInForce.
    """
    ground: Ground | None = Ground.objects.valid_on(on).filter(kind=kind, code=code).select_related("decree").first()
    if ground is None:
        label = Ground.Kind(kind).label
        raise GroundNotInForce(f"Основание «{code}» ({label}) не действует на {on:%d.%m.%Y}. Выберите другое.")
    return ground


def rights_in(*, office: Office, month: dt.date) -> "QuerySet[Entitlement]":
    """Return the office's rights in force on some day of the month, by name of the recipient."""
    return (
        Entitlement.objects.touching(month, next_month(month))
        .filter(recipient__office=office)
        .select_related("recipient__person", "disabled_person")
        .order_by("recipient__person__last_name", "recipient__person__first_name", "pk")
    )


def rights_of(*, recipient: Recipient) -> "QuerySet[Entitlement]":
    """Return every right of the recipient, the newest first."""
    return (
        Entitlement.objects.filter(recipient=recipient)
        .select_related("disabled_person", "application")
        .order_by("-valid_from", "-pk")
    )


def rights_with_certificates_ending(*, office: Office, start: dt.date, end: dt.date) -> "QuerySet[Entitlement]":
    """Return the rights in force at `start` whose certificate ends in the half-open period."""
    return (
        Entitlement.objects.valid_on(start)
        .filter(recipient__office=office, certificate_valid_to__gte=start, certificate_valid_to__lt=end)
        .select_related("recipient__person", "disabled_person")
        .order_by("certificate_valid_to", "pk")
    )


def certificates_warned_until(on: dt.date) -> dt.date:
    """Return the last day for which certificates are warned of on a day: two months ahead."""
    start = shift_month(month_of(on), MONTHS_WARNED)
    return min(start + dt.timedelta(days=on.day - 1), last_day(start))


def rights_covering(*, persons: Collection[Person], start: dt.date) -> "QuerySet[EntitledPerson]":
    """Return how the persons are covered by rights on some day from `start` on."""
    return (
        EntitledPerson.objects.touching(start, dt.date.max)
        .filter(person__in=persons)
        .select_related("person", "entitlement__recipient__person", "entitlement__recipient__office")
        .order_by("valid_from", "pk")
    )


def right_grounded_on(*, disabled_person: Person, start: dt.date) -> Entitlement | None:
    """Return the right that stands on the disabled person on some day from `start` on."""
    rights = Entitlement.objects.touching(start, dt.date.max).filter(disabled_person=disabled_person)
    found: Entitlement | None = (
        rights.select_related("recipient__person", "recipient__office").order_by("valid_from").first()
    )
    return found


def authority_of(*, representative: Person, represented: Person, on: dt.date) -> LegalRepresentative | None:
    """Return the authority by which one acts for the other on the day, None where there is none."""
    found: LegalRepresentative | None = (
        LegalRepresentative.objects.valid_on(on)
        .filter(representative=representative, represented=represented)
        .order_by("-valid_from", "-pk")
        .first()
    )
    return found


def channels_to_hand_over(*, office: Office, on: dt.date) -> "QuerySet[PaymentChannel]":
    """Return the office's ways of payment not yet handed over and not ended by `on`, confirmed or not."""
    handed = HandedCard.objects.filter(channel=OuterRef("pk"))
    return (
        PaymentChannel.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), recipient__office=office)
        .filter(~Exists(handed))
        .select_related("recipient__person")
        .order_by("pk")
    )


def channel_on(*, recipient: Recipient, day: dt.date) -> PaymentChannel | None:
    """Return the recipient's confirmed way of payment on the day."""
    found: PaymentChannel | None = (
        PaymentChannel.objects.valid_on(day)
        .filter(recipient=recipient, confirmed_at__isnull=False)
        .select_related("payee", "bank", "post_office")
        .first()
    )
    return found


def changes_to_send(*, office: Office) -> "QuerySet[Change]":
    """Return the office's changes that no message has carried yet, in the order they were reported."""
    return (
        Change.objects.filter(office=office, batch__isnull=True)
        .select_related("recipient__person")
        .order_by("reported_at", "pk")
    )


def seen_by(rows: DatedQuerySet, *, staff: Staff, on: dt.date, recipient: str = "recipient") -> Any:
    """Keep the rows whose recipient `staff` may see on the day; `recipient` leads to it."""
    return rows.filter(**{f"{recipient}__in": Recipient.objects.for_user(staff, on=on)})


def entitlements_for_user(*, staff: Staff, on: dt.date) -> "QuerySet[Entitlement]":
    """Return the rights `staff` may see on the day."""
    rights: QuerySet[Entitlement] = seen_by(Entitlement.objects.all(), staff=staff, on=on)
    return rights


def channels_for_user(*, staff: Staff, on: dt.date) -> "QuerySet[PaymentChannel]":
    """Return the ways of payment `staff` may see on the day."""
    channels: QuerySet[PaymentChannel] = seen_by(PaymentChannel.objects.all(), staff=staff, on=on)
    return channels
