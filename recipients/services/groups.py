"""Another group of disability: the former right ends and one of the new group goes on from it (item 3.3)."""

import datetime as dt

from django.db import transaction

from offices import journal
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import Staff
from offices.months import month_of, next_month
from offices.refusals import Refusal
from recipients.models import Category, EntitledPerson, Entitlement
from recipients.services import own_case
from recipients.services.coverage import require_certificate

ITEM = "3.3"
GROUPS = (Category.GROUP_1, Category.GROUP_2, Category.GROUP_3)


class GroupNotPossible(Refusal):
    """The right has this group already, is not an adult's, or does not stand on the day."""


def first_day_of_group(changed_on: dt.date, /) -> dt.date:
    """Return the first day on which a changed group counts: a right begins with a month (2.4.1)."""
    month = month_of(changed_on)
    return month if changed_on == month else next_month(month)


@transaction.atomic
def change_group(
    *,
    entitlement_id: int,
    category: str,
    certificate: str,
    certificate_valid_to: dt.date | None,
    changed_on: dt.date,
    by: Staff,
    at: dt.datetime,
) -> Entitlement:
    """End an adult's right and grant one of another group from the month after the change, on the same application.

    `certificate_valid_to` is the first day without the certificate, None for one without a term.
    Raises OwnCase, GroupNotPossible, CertificateDoesNotReach.
    """
    right: Entitlement = (
        Entitlement.objects.select_for_update(of=("self",))
        .select_related("recipient__person", "recipient__office", "disabled_person")
        .get(pk=entitlement_id)
    )
    own_case.require_stranger(by=by, persons=[right.recipient.person, right.disabled_person])
    starts_on = first_day_of_group(changed_on)
    _require_changeable(right, category, changed_on, starts_on, today=day_of(at))
    require_certificate(certificate=certificate, valid_to=certificate_valid_to, starts_on=starts_on)
    ends_on, right.valid_to = right.valid_to, starts_on
    right.save(update_fields=["valid_to"])
    following: Entitlement = Entitlement.objects.create(
        recipient=right.recipient,
        disabled_person=right.disabled_person,
        application_id=right.application_id,
        holder=right.holder,
        category=category,
        certificate=certificate.strip(),
        certificate_valid_to=certificate_valid_to,
        granted_at=at,
        granted_by=by,
        valid_from=starts_on,
        valid_to=ends_on,
    )
    _go_on(right, following)
    subject = f"{right.recipient}: {following.get_category_display()} с {starts_on:%d.%m.%Y}, {certificate.strip()}"
    journal.record(
        office=right.recipient.office, event="изменена группа", paper=Paper(subject[:300], ITEM), by=by, at=at
    )
    return following


def _require_changeable(
    right: Entitlement, category: str, changed_on: dt.date, starts_on: dt.date, *, today: dt.date
) -> None:
    if right.holder != Entitlement.Holder.ADULT or category not in GROUPS:
        raise GroupNotPossible(
            "Группу меняют у взрослого инвалида. Если меняется основание права (ребёнку исполнилось 18 лет), "
            "прекратите прежнее право и примите новое заявление."
        )
    if right.category == category:
        raise GroupNotPossible(f"Сейчас и так указано: {right.get_category_display()}.")
    if changed_on > today:
        raise GroupNotPossible(f"Дата {changed_on:%d.%m.%Y} ещё не наступила.")
    if starts_on <= right.valid_from or (right.valid_to is not None and right.valid_to <= starts_on):
        raise GroupNotPossible(
            f"С {starts_on:%d.%m.%Y} изменить группу нельзя: это право действует с {right.valid_from:%d.%m.%Y}"
            + (f" и закончилось {right.valid_to:%d.%m.%Y}." if right.valid_to else ".")
        )


def _go_on(former: Entitlement, following: Entitlement) -> None:
    """Let the new right cover on its first day whom the former one covered until then."""
    day = following.valid_from
    for row in EntitledPerson.objects.select_for_update(of=("self",)).filter(entitlement=former).order_by("pk"):
        if not row.is_valid_on(day):
            continue
        ends_on, row.valid_to = row.valid_to, day
        row.save(update_fields=["valid_to"])
        EntitledPerson.objects.create(
            entitlement=following, person_id=row.person_id, relation=row.relation, valid_from=day, valid_to=ends_on
        )
