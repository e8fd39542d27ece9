"""Item 3.9: charges typed by hand where a provider sends nothing; they are checked and loaded like any file."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from exchange.asking import ask
from exchange.dbf.writing import Unwritable
from exchange.layouts.exchanged import ParsedLine, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import NoPlace, fill_return
from exchange.layouts.recognition import open_table
from exchange.models import ExchangeFile
from exchange.selectors.registers import accepted_register
from exchange.selectors.requests import Respondent, Respondents, registered_rows
from exchange.selectors.typing_grid import standing_answer
from exchange.services import requests
from exchange.services.layouts import confirmed_layout, layout_of
from exchange.services.request_tables import request_table
from exchange.services.returns import receive_return_file
from exchange.typed_lines import TypedLine
from offices import journal
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.services.months import require_open
from providers.models import Provider

ITEM = "3.9"
PAPER_LAYOUT = "long"
"""The layout of requests to providers that send no files."""


class NothingTyped(Refusal):
    """There is not one line to keep."""


class GroundMissing(Refusal):
    """Typing stands on a reason: no technical ability, or a permission."""


class AnsweredByFile(Refusal):
    """The provider sent a file, or what was typed is loaded already."""


class CannotBeTyped(Refusal):
    """The request's layout has no place for what was typed."""


class NothingToAsk(Refusal):
    """The provider has no accounts of the register's recipients, or has a request already."""


@transaction.atomic
def keep_typed(*, request_id: int, lines: Sequence[TypedLine], ground: str, by: Staff, at: dt.datetime) -> ExchangeFile:
    """Keep typed charges as the answer to a request; typed anew before the loading, they replace the former ones.

    `ground` says why they are typed and stands in the journal. Whoever typed is the receiver: another person checks.

    Raises MonthNotOpen, NothingTyped, GroundMissing, AnsweredByFile, CannotBeTyped.
    """
    related = ("office", "provider", "layout", "file")
    request = ExchangeFile.objects.select_related(*related).get(pk=request_id, kind=ExchangeFile.Kind.REQUEST)
    require_open(request.month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=request.office_id)
    if not lines:
        raise NothingTyped("Не введено ни одного начисления.")
    if not ground.strip():
        raise GroundMissing("Укажите основание ввода: нет технической возможности или чьё разрешение получено.")
    standing = standing_answer(request)
    if standing is not None and standing.origin != ExchangeFile.Origin.TYPED:
        raise AnsweredByFile(f"Поставщик прислал файл «{standing}»: начисления за месяц берутся из него.")
    kept = receive_return_file(
        content=_written(request, lines),
        name=request.name,
        office=request.office,
        month=request.month,
        by=by,
        at=at,
        request=request,
        origin=ExchangeFile.Origin.TYPED,
    )
    if kept.status == ExchangeFile.Status.REFUSED:
        raise AnsweredByFile(kept.refusal_text)
    paper = journal.Paper(
        subject=f"начисления введены вручную, {request.provider}; основание: {ground.strip()}"[:200],
        item=ITEM,
        month=request.month,
        file_name=kept.name,
        sha256=kept.sha256,
        rows=kept.rows,
    )
    journal.record(office=request.office, event="введено вручную", paper=paper, by=by, at=at)
    return kept


@transaction.atomic
def ask_on_paper(*, provider_id: int, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> ExchangeFile:
    """Make the request to a provider that sends no files: the list its charges are typed over.

    Raises MonthNotOpen, RegisterNotAccepted, LayoutNotUsable, NothingToAsk.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    register = accepted_register(office=office, month=month)
    if register is None:
        raise requests.RegisterNotAccepted(f"Реестр за {month:%m.%Y} отдел ещё не принял: {office}.")
    provider = Provider.objects.get(pk=provider_id)
    asked = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month, provider=provider)
    if provider.is_technically_able or asked.exists():
        raise NothingToAsk(f"Поставщику «{provider}» запрос уже отправлен или отправляется файлом.")
    row = confirmed_layout(code=PAPER_LAYOUT, on=month)
    layout = layout_of(row)
    known = Respondents(able={provider.pk: Respondent(provider, row)}, unable={})
    questions = ask(registered_rows(register), respondents=known, layouts={provider.pk: layout})
    found = questions.by_provider.get(provider.pk, [])
    made = requests.send_one(
        asked=found, respondent=known.able[provider.pk], layout=layout, office=office, month=month, by=by, at=at
    )
    if made is None:
        raise NothingToAsk(f"У поставщика «{provider}» нет счетов получателей этого реестра.")
    return made


def _written(request: ExchangeFile, lines: Sequence[TypedLine]) -> bytes:
    """Fill the request's table with what was typed, as the provider would."""
    assert request.layout is not None, "a request file is written in a layout"
    layout = layout_of(request.layout)
    by_row: dict[int, list[ParsedLine]] = defaultdict(list)
    for line in lines:
        by_row[line.place.row_number].append(
            ParsedLine(
                service=line.place.service,
                tariff=line.tariff,
                quantity=line.quantity,
                billed=line.billed,
                adjustment=line.adjustment,
                adjustment_month=line.adjustment_month,
            )
        )
    rows = [ReturnedRow(ReturnedAnswer(lines=tuple(typed)), row_no=number) for number, typed in sorted(by_row.items())]
    try:
        return fill_return(layout, open_table(layout, request_table(request)), rows, month=request.month)
    except (NoPlace, Unwritable) as fault:
        raise CannotBeTyped(f"Введённое не помещается в формат поставщика: {fault}") from fault
