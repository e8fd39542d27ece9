"""Whose card it is: the bar at its top and the counters of its tabs, read in one query."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from calculations.models import RecalculationMonth
from housing.models import Residence, SupportedDwelling
from offices.dated import last_valid_day
from offices.models import Staff
from payments.models import PaymentLine
from providers.models import ConnectedService
from recipients.models import Application, CaseDocument, Category, Entitlement, PaymentChannel, Recipient

PLACE = "dwelling__address__"
_ADDRESS = {
    "settlement_kind": f"{PLACE}street__settlement__kind",
    "settlement": f"{PLACE}street__settlement__name",
    "street": f"{PLACE}street__name",
    "house": f"{PLACE}house",
    "building": f"{PLACE}building",
    "flat": f"{PLACE}flat",
    "room": f"{PLACE}room",
}
SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Right:
    """A right of the recipient; `valid_to` and `certificate_to` are the last days inclusive, None without end."""

    id: int
    category: str
    valid_from: dt.date
    valid_to: dt.date | None
    certificate_to: dt.date | None

    def touches(self, start: dt.date, end: dt.date) -> bool:
        """Say whether the right is in force on some day of the half-open period."""
        return self.valid_from < end and (self.valid_to is None or self.valid_to >= start)


@dataclass(frozen=True, slots=True)
class State:
    """The state of the case: the kind of its status (`ui.status`) and the word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Counters:
    """How many rows stand on the tabs that say so; `ordered` are months of approved orders that no run has taken."""

    rights: int
    family: int
    services: int
    papers: int
    payments: int
    ordered: int


@dataclass(frozen=True, slots=True)
class Identity:
    """The recipient as the bar of the card shows it on a day."""

    recipient: Recipient
    age: int | None
    state: State
    category: str
    address: str
    channel: str
    rights: tuple[Right, ...]
    counters: Counters


def identity_of(pk: int, *, staff: Staff, on: dt.date) -> Identity | None:
    """Return the recipient as `staff` may see it on the day, None where the case is not theirs."""
    rows = Recipient.objects.for_user(staff, on=on).filter(pk=pk).select_related("person", "office__district")
    recipient: Any = rows.annotate(**_facts(on), **_counts(on)).first()
    if recipient is None:
        return None
    rights = tuple(_right(row) for row in recipient.known_rights)
    return Identity(
        recipient=recipient,
        age=_age(recipient.person.birth_date, recipient.person.death_date or on),
        state=_state(recipient, rights, on),
        category=_category(rights, on),
        address=_address(recipient.homes[0]) if recipient.homes else "жильё не указано",
        channel=_channel(recipient.ways[0]) if recipient.ways else "способ не указан",
        rights=rights,
        counters=Counters(
            rights=len(rights),
            family=recipient.family,
            services=recipient.services,
            papers=recipient.applied + recipient.filed,
            payments=recipient.paid,
            ordered=recipient.ordered,
        ),
    )


def masked(account: str) -> str:
    """Show the last digits of an account only."""
    return f"…{account[-SHOWN_DIGITS:]}"


def _facts(on: dt.date) -> dict[str, ArraySubquery]:
    rights = Entitlement.objects.filter(recipient=OuterRef("pk")).order_by("-valid_from", "-pk")
    homes = SupportedDwelling.objects.valid_on(on).filter(recipient=OuterRef("pk")).order_by("pk")
    ways = PaymentChannel.objects.valid_on(on).filter(recipient=OuterRef("pk")).order_by("pk")
    return {
        "known_rights": _listed(
            rights,
            id="pk",
            category="category",
            valid_from="valid_from",
            valid_to="valid_to",
            certificate="certificate_valid_to",
        ),
        "homes": _listed(homes, **_ADDRESS),
        "ways": _listed(
            ways,
            kind="kind",
            bank="bank__name",
            account="account",
            post="post_office_id",
            other="other",
            confirmed="confirmed_at",
        ),
    }


def _listed(rows: QuerySet[Any], **fields: str) -> ArraySubquery:
    return ArraySubquery(rows.values(told=JSONObject(**fields)))


def _counts(on: dt.date) -> dict[str, Subquery]:
    dwellings = SupportedDwelling.objects.valid_on(on).filter(recipient=OuterRef(OuterRef("pk"))).values("dwelling")
    return {
        "family": _count(Residence.objects.valid_on(on).filter(dwelling__in=dwellings)),
        "services": _count(ConnectedService.objects.valid_on(on).filter(account__dwelling__in=dwellings)),
        "applied": _count(Application.objects.filter(recipient=OuterRef("pk"))),
        "filed": _count(CaseDocument.objects.filter(recipient=OuterRef("pk"))),
        "paid": _count(PaymentLine.objects.filter(recipient=OuterRef("pk"))),
        "ordered": _count(RecalculationMonth.objects.waiting().filter(recipient=OuterRef("pk"))),
    }


def _count(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values(rows_counted=Func("pk", function="COUNT", output_field=IntegerField())))


def _right(row: Mapping[str, Any]) -> Right:
    return Right(
        id=row["id"],
        category=str(Category(row["category"]).label),
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_to=last_valid_day(_day(row["valid_to"])),
        certificate_to=last_valid_day(_day(row["certificate"])),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _age(birth: dt.date, on: dt.date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _state(recipient: Recipient, rights: tuple[Right, ...], on: dt.date) -> State:
    if recipient.person.death_date:
        return State("idle", f"Умер {recipient.person.death_date:%d.%m.%Y}")
    if recipient.closed_on:
        return State("idle", f"Дело закрыто {recipient.closed_on:%d.%m.%Y}")
    now = [right for right in rights if right.touches(on, on + dt.timedelta(days=1))]
    if now:
        return State("ok", f"Получает с {min(right.valid_from for right in now):%d.%m.%Y}")
    coming = [right.valid_from for right in rights if right.valid_from > on]
    if coming:
        return State("run", f"Назначено с {min(coming):%d.%m.%Y}")
    ended = [right.valid_to for right in rights if right.valid_to]
    return State("warn", f"Право действовало по {max(ended):%d.%m.%Y}") if ended else State("warn", "Права нет")


def _category(rights: tuple[Right, ...], on: dt.date) -> str:
    now = [right for right in rights if right.touches(on, on + dt.timedelta(days=1))] or list(rights[:1])
    return "; ".join(dict.fromkeys(f"{right.category}, {_term(right.certificate_to)}" for right in now)) or "не указана"


def _term(last_day: dt.date | None) -> str:
    return f"справка по {last_day:%d.%m.%Y}" if last_day else "бессрочно"


def _address(row: Mapping[str, str]) -> str:
    parts = [f"{row['settlement_kind']} {row['settlement']}", row["street"], f"д. {row['house']}"]
    parts += [
        f"{word} {row[name]}" for word, name in (("корп.", "building"), ("кв.", "flat"), ("ком.", "room")) if row[name]
    ]
    return ", ".join(parts)


def _channel(row: Mapping[str, str]) -> str:
    said: dict[str, Callable[[], str]] = {
        PaymentChannel.Kind.BANK: lambda: f"счёт {masked(row['account'])}, {row['bank']}",
        PaymentChannel.Kind.POST: lambda: f"почта, отделение {row['post']}",
        PaymentChannel.Kind.OTHER: lambda: row["other"],
    }
    way = said[row["kind"]]()
    return way if row["confirmed"] else f"{way} (не подтверждено)"
