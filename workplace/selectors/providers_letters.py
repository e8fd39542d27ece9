"""Which providers are late with their files, and the letter each is to be sent."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from exchange.selectors.awaited import awaited_files
from offices.models import Office
from offices.months import month_name
from providers.documents.reminder import AwaitedFile
from providers.models import Provider
from providers.selectors import written_to_on
from providers.services.letters import Letter
from workplace.selectors.board import district_name


@dataclass(frozen=True, slots=True)
class LateProvider:
    """A provider whose term has passed in some districts, its letter, and whether it was written to today."""

    provider: Provider
    letter: Letter
    is_written_to: bool

    @property
    def files(self) -> tuple[AwaitedFile, ...]:
        return tuple(self.letter.awaited)


def late_providers(*, offices: Collection[Office], month: dt.date, today: dt.date) -> list[LateProvider]:
    """Return the providers with the means whose files are past their term or were refused, by name; four queries."""
    awaited = awaited_files(offices=offices, month=month)
    late = {
        provider: [one for one in files if one.was_refused or (one.due_on is not None and one.due_on < today)]
        for provider, files in awaited.items()
    }
    written = written_to_on(day=today, month=month)
    found = Provider.objects.filter(pk__in=[pk for pk, files in late.items() if files], is_technically_able=True)
    return [
        LateProvider(
            provider=one,
            letter=Letter(provider=one, awaited=late[one.pk], text=_text(late[one.pk], month), told=one.email),
            is_written_to=any((one.pk, file.office.pk) in written for file in late[one.pk]),
        )
        for one in found.order_by("short_name", "pk")
    ]


def _text(files: list[AwaitedFile], month: dt.date) -> str:
    where = ", ".join(district_name(one.office) for one in files)
    refused = " Присланный файл принять нельзя: пришлите исправленный." if any(one.was_refused for one in files) else ""
    text = f"Просим передать файлы начислений за {month_name(month)} ({where}).{refused}"
    return text if len(text) <= 1000 else f"Просим передать файлы начислений за {month_name(month)}.{refused}"
