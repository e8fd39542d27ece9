"""Questions about tariffs, norms, accepted charges and reminders of a month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from offices.models import Office
from offices.months import next_month
from providers.in_force import REGION, NormRow, Norms, Scope, TariffRow, Tariffs, norms_of, tariffs_of
from providers.models import (
    AbilityChange,
    AccountTransfer,
    AccountTransferLine,
    Charge,
    ConsumptionNorm,
    Provider,
    ProviderInquiry,
    Reminder,
    ReminderLetter,
    Tariff,
)

_SCOPE = ("provider_id", "settlement_id", "district_id")
_ACT = ("decree__title", "decree__issued_on", "decree__number")
_COMMON = ("pk", "service_id", *_SCOPE, *_ACT, "is_assumed", "valid_from", "valid_to")


def tariffs_in_force(*, month: dt.date, provider_id: int | None = None) -> Tariffs:
    """Read the confirmed tariffs of a month into memory, in one query.

    With `provider_id` only those that may be its: the provider's own and those of places and the region.
    """
    whose = Q() if provider_id is None else Q(provider__isnull=True) | Q(provider=provider_id)
    return tariffs_of(month, tariff_rows(_confirmed(Tariff.objects.filter(whose), month), month=month))


def norms_in_force(*, month: dt.date) -> Norms:
    """Read the confirmed norms of a month into memory, in one query."""
    return norms_of(month, norm_rows(_confirmed(ConsumptionNorm.objects.all(), month), month=month))


def tariff_rows(
    rows: QuerySet[Tariff], *, month: dt.date, starts: dt.date | None = None, ends: dt.date | None = None
) -> list[TariffRow]:
    """Read tariffs as they are looked up in a month, in one query; the days given stand for the rows' own."""
    return [_tariff(row, month) for row in _dated(rows.values(*_COMMON, "variant", "price"), starts, ends)]


def norm_rows(
    rows: QuerySet[ConsumptionNorm], *, month: dt.date, starts: dt.date | None = None, ends: dt.date | None = None
) -> list[NormRow]:
    """Read norms as they are looked up in a month, in one query; the days given stand for the rows' own."""
    asked = rows.values(*_COMMON, "basis", "rooms", "persons", "stove", "dwelling_kind", "amenities", "amount")
    return [_norm(row, month) for row in _dated(asked, starts, ends)]


def accepted_charges(*, office: Office, month: dt.date) -> QuerySet[Charge]:
    """Return the charges of an office's month that stand: the last number of each; what came late is left out."""
    charges = Charge.objects.of_their_month().filter(office=office, month=month)
    later = Charge.objects.of_their_month().filter(
        month=month,
        recipient=OuterRef("recipient"),
        account=OuterRef("account"),
        service=OuterRef("service"),
        number__gt=OuterRef("number"),
    )
    standing: QuerySet[Charge] = charges.filter(~Exists(later))
    return standing.order_by("recipient_id", "account_id", "service_id", "pk")


def reminders_for(*, office: Office, month: dt.date) -> QuerySet[Reminder]:
    """Return the reminders an office received about a month, the newest first.

    A district office is reminded of its own items, a unit of the department of a district's; what a provider was
    told is not among them.
    """
    to_office = Q(office=office, unit__isnull=True, provider__isnull=True) | Q(unit=office)
    found: QuerySet[Reminder] = Reminder.objects.filter(to_office, month=month)
    return found.select_related("office", "unit", "by", "entry").order_by("-at", "-pk")


def reminders_about(*, office: Office, month: dt.date, item: str) -> QuerySet[Reminder]:
    """Return all reminders about one item of a district's month, whoever was reminded, the newest first."""
    found: QuerySet[Reminder] = Reminder.objects.filter(office=office, month=month, item=item)
    return found.select_related("unit", "provider", "by", "entry").order_by("-at", "-pk")


def reminders_of_provider(*, provider: Provider, office: Office | None) -> QuerySet[Reminder]:
    """Return what a provider was reminded of, by one district or all, the newest first."""
    found: QuerySet[Reminder] = Reminder.objects.filter(provider=provider)
    found = found if office is None else found.filter(office=office)
    return found.select_related("office", "by", "entry").order_by("-at", "-pk")


def other_numbers(*, accounts: Collection[int], on: dt.date) -> dict[int, tuple[str, ...]]:
    """Return the numbers by which accounts are known besides their own on a day: former ones, and those they become.

    A provider that renumbered its accounts sends the former number for some time, and the new one before ours changed.
    """
    lines = AccountTransferLine.objects.filter(
        transfer__status=AccountTransfer.Status.DONE, transfer__known_until__gt=on, new_account__isnull=False
    )
    known: dict[int, list[str]] = defaultdict(list)
    if not lines.exists():  # as in most months: the accounts of a large file are not sent to be looked for
        return {}
    wanted = set(accounts)
    concerned = lines.filter(Q(old_account__in=wanted) | Q(new_account__in=wanted)).order_by(
        "-transfer__valid_from", "pk"
    )
    for old, new, old_number, new_number in concerned.values_list(
        "old_account_id", "new_account_id", "old_number", "new_number"
    ):
        if new in wanted:
            known[new].append(old_number)
        if old in wanted:
            known[old].append(new_number)
    return {account: tuple(numbers) for account, numbers in known.items()}


def former_accounts(*, accounts: Collection[int]) -> dict[int, int]:
    """Return the account that each of these was before a transfer, for those that were moved here by one."""
    lines = AccountTransferLine.objects.filter(transfer__status=AccountTransfer.Status.DONE, new_account__in=accounts)
    return dict(lines.values_list("new_account_id", "old_account_id"))


def inquiries_of_provider(*, provider: Provider) -> QuerySet[ProviderInquiry]:
    """Return what a provider was asked, the newest first; narrow it to who may see it."""
    found: QuerySet[ProviderInquiry] = inquiries().filter(provider=provider)
    return found.order_by("-asked_on", "-pk")


def inquiries() -> QuerySet[ProviderInquiry]:
    """Return everything that providers were asked, with whom, by whom and the answer; narrow it to who may see it."""
    found: QuerySet[ProviderInquiry] = ProviderInquiry.objects.select_related(
        "office__district", "provider", "by", "entry", "answered_by"
    )
    return found


def ability_of(*, provider: Provider) -> QuerySet[AbilityChange]:
    """Return what was said about a provider's technical means, the latest first."""
    found: QuerySet[AbilityChange] = AbilityChange.objects.filter(provider=provider)
    return found.select_related("by").order_by("-since", "-pk")


def letters_of_provider(*, provider: Provider) -> QuerySet[ReminderLetter]:
    """Return the letters to a provider, the newest first; narrow them to who may see them."""
    found: QuerySet[ReminderLetter] = ReminderLetter.objects.filter(provider=provider)
    return found.select_related("office__district", "made_by", "document").order_by("-made_at", "-pk")


def written_to_on(*, day: dt.date, month: dt.date) -> set[tuple[int, int]]:
    """Return the providers and district offices whose files of a month were written about on a day."""
    rows = Reminder.objects.filter(day=day, month=month, way=Reminder.Way.LETTER, provider__isnull=False)
    return set(rows.values_list("provider_id", "office_id"))


def transfers_of(*, provider: Provider | None = None) -> QuerySet[AccountTransfer]:
    """Return the transfers of accounts, of one provider (to it or from it) or all, the newest first."""
    found: QuerySet[AccountTransfer] = AccountTransfer.objects.all()
    if provider is not None:
        found = found.filter(Q(provider=provider) | Q(successor=provider))
    return found.select_related("provider", "successor", "proposed_by", "decided_by", "file").order_by(
        "-proposed_at", "-pk"
    )


def lines_of(
    *, transfer: AccountTransfer, districts: Collection[int | None] | None = None
) -> QuerySet[AccountTransferLine]:
    """Return the accounts of a transfer, of dwellings of some districts where `districts` are given."""
    found: QuerySet[AccountTransferLine] = AccountTransferLine.objects.filter(transfer=transfer)
    if districts is not None:
        found = found.filter(old_account__dwelling__district__in=[one for one in districts if one is not None])
    return found.select_related("old_account__dwelling__district", "old_account__dwelling__address__street__settlement")


def _confirmed(rows: QuerySet[Any], month: dt.date) -> QuerySet[Any]:
    end = next_month(month)
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=month)
    return rows.filter(in_force, valid_from__lt=end, confirmed_at__isnull=False).order_by("pk")


def _dated(rows: Iterable[dict[str, Any]], starts: dt.date | None, ends: dt.date | None) -> Iterable[dict[str, Any]]:
    return rows if starts is None else ({**row, "valid_from": starts, "valid_to": ends} for row in rows)


def _tariff(row: dict[str, Any], month: dt.date) -> TariffRow:
    return TariffRow(
        id=row["pk"],
        service=row["service_id"],
        scope=_scope(row),
        variant=row["variant"],
        price=row["price"],
        act=_act(row),
        is_assumed=row["is_assumed"],
        starts=_starts(row, month),
        ends=_ends(row, month),
    )


def _norm(row: dict[str, Any], month: dt.date) -> NormRow:
    return NormRow(
        id=row["pk"],
        service=row["service_id"],
        scope=_scope(row),
        basis=row["basis"],
        rooms=row["rooms"],
        persons=row["persons"],
        stove=row["stove"],
        dwelling_kind=row["dwelling_kind"],
        amenities=row["amenities"],
        amount=row["amount"],
        act=_act(row),
        is_assumed=row["is_assumed"],
        starts=_starts(row, month),
        ends=_ends(row, month),
    )


def _scope(row: dict[str, Any]) -> Scope:
    named: Iterable[tuple[str, int | None]] = ((name.removesuffix("_id"), row[name]) for name in _SCOPE)
    return next((Scope(kind, pk) for kind, pk in named if pk is not None), REGION)


def _act(row: dict[str, Any]) -> str:
    return f"{row['decree__title']} от {row['decree__issued_on']:%d.%m.%Y} № {row['decree__number']}"


def _starts(row: dict[str, Any], month: dt.date) -> dt.date:
    starts: dt.date = max(row["valid_from"], month)
    return starts


def _ends(row: dict[str, Any], month: dt.date) -> dt.date:
    end = next_month(month)
    return min(row["valid_to"] or end, end)
