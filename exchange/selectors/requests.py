"""Which providers an office asks in a month, in which layout, about whom (3.8)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from exchange.models import ExchangeFile, FileLayout, ProviderLayout, RecipientRegister, RegisterRow
from exchange.register_content import RegisteredPerson, from_json
from exchange.selectors.file_scopes import one_file_providers
from exchange.selectors.registers import Held
from offices.models import Office
from offices.months import next_month
from providers.models import Agreement, Provider

ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class RegisteredRow:
    """A register row read back: its id, whose it is, what it holds."""

    id: int
    recipient_id: int
    person: RegisteredPerson


@dataclass(frozen=True, slots=True)
class Respondent:
    """A provider that can be asked: it has an agreement in the month, a layout, and the means."""

    provider: Provider
    layout: FileLayout
    is_one_file: bool = False
    """Its request is a part of one file for the region."""


@dataclass(frozen=True, slots=True)
class Respondents:
    """The providers an office can ask in a month, and why the others with an agreement cannot be."""

    able: dict[int, Respondent]
    unable: dict[int, Held]

    def why_not(self, provider_id: int) -> Held:
        """Say why a provider is not asked."""
        return self.unable.get(provider_id, Held.NO_AGREEMENT)


def respondents(*, office: Office, month: dt.date) -> Respondents:
    """Return the providers with an agreement on some day of the month, in three queries.

    Of layouts that follow one another inside the month the last one counts; only a confirmed layout is used.
    """
    end = next_month(month)
    agreements = Agreement.objects.touching(month, end).filter(office=office).select_related("provider")
    providers = {row.provider_id: row.provider for row in agreements.order_by("provider__code", "pk")}
    chosen = ProviderLayout.objects.touching(month, end).filter(
        provider__in=providers, layout__confirmed_at__isnull=False
    )
    layouts = {row.provider_id: row.layout for row in chosen.select_related("layout").order_by("valid_from", "pk")}
    whole = one_file_providers(month=month)
    able, unable = dict[int, Respondent](), dict[int, Held]()
    for pk, provider in providers.items():
        if not provider.is_technically_able:
            unable[pk] = Held.PROVIDER_UNABLE
        elif pk not in layouts:
            unable[pk] = Held.NO_LAYOUT
        else:
            able[pk] = Respondent(provider, layouts[pk], is_one_file=pk in whole)
    return Respondents(able, unable)


def registered_rows(register: RecipientRegister, /) -> Iterator[RegisteredRow]:
    """Give a register's rows in their order, read piece by piece."""
    rows = RegisterRow.objects.filter(register=register).order_by("row_number")
    for pk, recipient_id, content in rows.values_list("pk", "recipient_id", "content").iterator(ROWS_AT_ONCE):
        yield RegisteredRow(pk, recipient_id, from_json(content))


def request_files(*, office: Office, month: dt.date) -> QuerySet[ExchangeFile]:
    """Return the request files of an office's month, by the provider's code."""
    files = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month)
    return files.select_related("provider", "layout", "file").order_by("provider__code", "pk")
