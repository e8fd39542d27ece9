"""Whether a region-wide provider gets one file for the region or one for each district: entered, confirmed (3.8)."""

import datetime as dt

from django.db import transaction

from exchange.layouts.model import Container
from exchange.models import ExchangeFile, ProviderFileScope, ProviderLayout
from exchange.selectors.file_scopes import is_one_file
from exchange.services.layouts import layout_of
from offices import journal
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from providers.models import Provider
from providers.succession import make_room, write

ITEM = "3.8"


class NotRegionWide(Refusal):
    """One file for the region is only for a provider that works all over it."""


class ScopeUnchanged(Refusal):
    """The provider's files are exchanged so already from that month."""


class ScopeTooLate(Refusal):
    """Requests of the month, or of a later one, have been made."""


class NotJoinable(Refusal):
    """Files of the provider's layout cannot be joined and cut byte for byte."""


class ScopeConfirmedBefore(Refusal):
    """The setting is in use already."""


class ScopeConfirmedByItsAuthor(Refusal):
    """Whoever entered a setting does not put it into use."""


@transaction.atomic
def enter_scope(
    *, provider_id: int, is_one: bool, valid_from: dt.date, basis: str, by: Staff, at: dt.datetime
) -> ProviderFileScope:
    """Enter how a provider's files are exchanged from a month on; another person puts it into use.

    What waited for confirmation before is replaced. `valid_from` is the first day of a month whose requests are not
    made yet.

    Raises NotRegionWide, ScopeUnchanged, ScopeTooLate, NotJoinable, NotAcceptable.
    """
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider_id)
    _refuse_unfit(provider, is_one=is_one, valid_from=valid_from)
    ProviderFileScope.objects.filter(provider=provider, confirmed_at__isnull=True).delete()
    row = ProviderFileScope(
        provider=provider,
        is_one_file=is_one,
        basis=" ".join(basis.split())[:200],
        valid_from=valid_from,
        entered_at=at,
        entered_by=by,
    )
    write(row)
    return row


@transaction.atomic
def confirm_scope(*, scope_id: int, by: Staff, at: dt.datetime) -> ProviderFileScope:
    """Put an entered setting into use by a second person; the former one ends where it begins.

    Raises ScopeConfirmedBefore, ScopeConfirmedByItsAuthor, ScopeTooLate, NotRegionWide, NotJoinable, AlreadyEntered.
    """
    found = ProviderFileScope.objects.select_for_update(of=("self",)).select_related("provider")
    row: ProviderFileScope = found.get(pk=scope_id)
    if row.confirmed_at is not None:
        raise ScopeConfirmedBefore(f"«{row}» с {row.valid_from:%d.%m.%Y} уже подтверждено.")
    if row.entered_by_id == by.pk:
        raise ScopeConfirmedByItsAuthor("Порядок файлов подтверждает не тот, кто его ввёл.")
    Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=row.provider_id)
    _refuse_unfit(row.provider, is_one=row.is_one_file, valid_from=row.valid_from)
    confirmed = ProviderFileScope.objects.filter(provider=row.provider, confirmed_at__isnull=False)
    row.valid_to = make_room(confirmed, valid_from=row.valid_from)
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["valid_to", "confirmed_at", "confirmed_by"])
    paper = journal.Paper(subject=f"порядок файлов с {row.valid_from:%d.%m.%Y}: {row}; {row.basis}"[:200], item=ITEM)
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    journal.record(office=unit, event="подтверждено", paper=paper, by=by, at=at, counterpart=row.provider.name)
    return row


def _refuse_unfit(provider: Provider, *, is_one: bool, valid_from: dt.date) -> None:
    if is_one and not provider.is_regional:
        raise NotRegionWide(f"«{provider}» работает не по всей области: ему отправляют файл на каждый район.")
    if is_one == is_one_file(provider_id=provider.pk, month=valid_from):
        raise ScopeUnchanged(f"С {valid_from:%d.%m.%Y} у предприятия «{provider}» так и записано: менять нечего.")
    made = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.REQUEST, provider=provider, month__gte=valid_from.replace(day=1)
    )
    last = made.order_by("-month").values_list("month", flat=True).first()
    if last is not None:
        raise ScopeTooLate(
            f"Запросы предприятию «{provider}» за {last:%m.%Y} уже сформированы. Выберите более поздний месяц."
        )
    chosen = ProviderLayout.objects.valid_on(valid_from).filter(provider=provider).select_related("layout").first()
    if is_one and chosen is not None and layout_of(chosen.layout).container is not Container.DBF:
        raise NotJoinable(f"Формат «{chosen.layout}» не DBF: такие файлы районов в один не соединяются.")
