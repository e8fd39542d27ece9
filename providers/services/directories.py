"""Directories of tariffs, norms, providers, agreements and services (3.3.2 в, г).

A tariff or norm is entered by one person and confirmed by another; only then is it in force. Entering ends the
former row at once, so a month whose new row is not confirmed has no tariff, never the old one.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from housing.models import Settlement
from offices.models import Decree, District, Staff
from offices.models.confirmed import NOT_REFUSED
from offices.refusals import Refusal
from providers.awaiting import NORM_KEY, TARIFF_KEY
from providers.models import ConsumptionNorm, Provider, Service, Tariff
from providers.models.directories import ScopedRow
from providers.models.providers import ProviderDistrict
from providers.succession import give_back, make_room, write

ITEM = "3.3"


class AlreadyConfirmed(Refusal):
    """The directory row was confirmed before."""


class AlreadyRefused(Refusal):
    """The directory row was refused before."""


class RefusedWithoutReason(Refusal):
    """A refusal does not say why."""


class ConfirmedByItsAuthor(Refusal):
    """Whoever entered a directory row does not confirm it."""


@dataclass(frozen=True, slots=True)
class RowScope:
    """For whom a row is: a provider, or a district, or a settlement; nothing named is the region."""

    provider: Provider | None = None
    district: District | None = None
    settlement: Settlement | None = None


WHOLE_REGION = RowScope()


@dataclass(frozen=True, slots=True)
class NormShape:
    """What kind of norm it is and which dwellings it is for; nothing named is every dwelling.

    `basis` is one of `ConsumptionNorm.Basis`. `rooms` and `persons` are the least the row is for.
    """

    basis: str
    rooms: int | None = None
    persons: int | None = None
    stove: str = ""
    dwelling_kind: str = ""
    amenities: str = ""


@transaction.atomic
def enter_tariff(
    *,
    service: Service,
    price: Decimal,
    decree: Decree,
    valid_from: dt.date,
    variant: str = Tariff.Variant.ANY,
    scope: RowScope = WHOLE_REGION,
    is_assumed: bool = False,
    by: Staff,
) -> Tariff:
    """Enter a tariff, in roubles per unit, from a day on; the former of the same scope and variant ends there.

    Raises AlreadyEntered, NotAcceptable.
    """
    lock_service(service=service)
    alike = Tariff.objects.filter(
        NOT_REFUSED,
        service=service,
        variant=variant,
        provider=scope.provider,
        district=scope.district,
        settlement=scope.settlement,
    )
    row = Tariff(
        service=service,
        variant=variant,
        price=price,
        decree=decree,
        is_assumed=is_assumed,
        provider=scope.provider,
        district=scope.district,
        settlement=scope.settlement,
        valid_from=valid_from,
        valid_to=make_room(alike, valid_from=valid_from),
        entered_by=by,
    )
    write(row)
    return row


@transaction.atomic
def enter_norm(
    *,
    service: Service,
    shape: NormShape,
    amount: Decimal,
    decree: Decree,
    valid_from: dt.date,
    scope: RowScope = WHOLE_REGION,
    is_assumed: bool = False,
    by: Staff,
) -> ConsumptionNorm:
    """Enter a norm, in the service's unit a month, from a day on; the former of the same scope and shape ends there.

    Raises AlreadyEntered, NotAcceptable.
    """
    lock_service(service=service)
    alike = ConsumptionNorm.objects.filter(
        NOT_REFUSED,
        service=service,
        rooms=shape.rooms,
        persons=shape.persons,
        stove=shape.stove,
        dwelling_kind=shape.dwelling_kind,
        amenities=shape.amenities,
        provider=scope.provider,
        district=scope.district,
        settlement=scope.settlement,
    )
    row = ConsumptionNorm(
        service=service,
        basis=shape.basis,
        rooms=shape.rooms,
        persons=shape.persons,
        stove=shape.stove,
        dwelling_kind=shape.dwelling_kind,
        amenities=shape.amenities,
        amount=amount,
        decree=decree,
        is_assumed=is_assumed,
        provider=scope.provider,
        district=scope.district,
        settlement=scope.settlement,
        valid_from=valid_from,
        valid_to=make_room(alike, valid_from=valid_from),
        entered_by=by,
    )
    write(row)
    return row


@transaction.atomic
def confirm_tariff(*, tariff_id: int, by: Staff, at: dt.datetime) -> Tariff:
    """Put a tariff into force by a second person.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor.
    """
    row: Tariff = Tariff.objects.select_for_update(of=("self",)).get(pk=tariff_id)
    confirm_row(row=row, by=by, at=at)
    return row


@transaction.atomic
def refuse_tariff(*, tariff_id: int, reason: str, by: Staff, at: dt.datetime) -> Tariff:
    """Refuse a tariff that waits; the former one stands again for its days.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor, RefusedWithoutReason.
    """
    row: Tariff = Tariff.objects.select_for_update(of=("self",)).get(pk=tariff_id)
    refuse_row(row=row, reason=reason, key=TARIFF_KEY, by=by, at=at)
    return row


@transaction.atomic
def confirm_norm(*, norm_id: int, by: Staff, at: dt.datetime) -> ConsumptionNorm:
    """Put a norm into force by a second person.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor.
    """
    row: ConsumptionNorm = ConsumptionNorm.objects.select_for_update(of=("self",)).get(pk=norm_id)
    confirm_row(row=row, by=by, at=at)
    return row


@transaction.atomic
def refuse_norm(*, norm_id: int, reason: str, by: Staff, at: dt.datetime) -> ConsumptionNorm:
    """Refuse a norm that waits; the former one stands again for its days.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor, RefusedWithoutReason.
    """
    row: ConsumptionNorm = ConsumptionNorm.objects.select_for_update(of=("self",)).get(pk=norm_id)
    refuse_row(row=row, reason=reason, key=NORM_KEY, by=by, at=at)
    return row


@transaction.atomic
def enter_service(*, code: str, kind: str, name: str, unit: str, is_supported: bool = True) -> Service:
    """Enter a service; `kind` is the rules' word for it, `unit` what its quantity is measured in.

    Raises NotAcceptable.
    """
    row = Service(code=code, kind=kind, name=name, unit=unit, is_supported=is_supported)
    write(row)
    return row


@transaction.atomic
def enter_provider(*, provider: Provider, districts: Iterable[District], valid_from: dt.date) -> Provider:
    """Store a new provider and the districts it works in from a day on.

    Raises NotAcceptable.
    """
    write(provider)
    for district in districts:
        write(ProviderDistrict(provider=provider, district=district, valid_from=valid_from))
    return provider


def lock_service(*, service: Service) -> None:
    """Let one person at a time change the rows of a service."""
    Service.objects.select_for_update(of=("self",), no_key=True).get(pk=service.pk)


def confirm_row(*, row: ScopedRow, by: Staff, at: dt.datetime) -> None:
    """Put a locked row into force. Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor."""
    _require_waiting(row, by)
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])


def refuse_row(*, row: ScopedRow, reason: str, key: tuple[str, ...], by: Staff, at: dt.datetime) -> None:
    """Refuse a locked row; the former one of the same `key` stands again. Raises as `confirm_row`, RefusedWithoutReason."""
    if not reason.strip():
        raise RefusedWithoutReason("Укажите, почему строка справочника отклоняется.")
    _require_waiting(row, by)
    lock_service(service=row.service)
    row.refused_at, row.refused_by, row.refusal_reason = at, by, reason.strip()
    row.save(update_fields=["refused_at", "refused_by", "refusal_reason"])
    alike = type(row)._default_manager.filter(NOT_REFUSED, **{name: getattr(row, name) for name in key})
    give_back(alike, starts=row.valid_from, ends=row.valid_to)


def _require_waiting(row: ScopedRow, by: Staff) -> None:
    if row.confirmed_at is not None:
        raise AlreadyConfirmed(f"Строка справочника «{row}» уже подтверждена.")
    if row.refused_at is not None:
        raise AlreadyRefused(f"Строка справочника «{row}» уже отклонена: {row.refusal_reason}")
    if row.entered_by_id == by.pk:
        raise ConfirmedByItsAuthor(f"Строку справочника «{row}» подтверждает или отклоняет не тот, кто её ввёл.")
