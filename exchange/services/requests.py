"""Item 3.8: request files are made from the accepted register for every provider and sent; receipt is confirmed."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from django.db import transaction

from exchange.asking import Asked, Questions, ask, settle
from exchange.fitting import Fitted
from exchange.layouts.exchanged import BuiltRequest
from exchange.layouts.model import Layout
from exchange.layouts.names import file_name
from exchange.media_types import media_type_of
from exchange.models import ExchangeFile, FileLayout, RecipientRegister
from exchange.register_content import district_number
from exchange.selectors.change_files import request_layouts
from exchange.selectors.registers import accepted_register
from exchange.selectors.requests import Respondent, registered_rows, request_files, respondents
from exchange.services.change_files import ChangeFile, build_fitting, keep_changes
from exchange.services.layouts import layout_of
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.copying import copy_rows
from offices.models import HandoverBalance, Office, Staff
from offices.refusals import Refusal
from offices.services.months import require_open

ITEM, STAGE = "3.8", "файлы запросов"
ROW_COLUMNS = ("file_id", "row_number", "register_row_id", "recipient_id", "account_id", "services")


class RegisterNotAccepted(Refusal):
    """The office has not accepted the month's register yet."""


class NotARequest(Refusal):
    """The file is not a request file, or has not been sent."""


class SameNameTwice(Refusal):
    """Two providers' files would bear one name in one month of an office."""


class ChangesForTheRegion(Refusal):
    """A provider is to get files of changes and one file for the region at once."""


@transaction.atomic
def export_request_files(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> list[ExchangeFile]:
    """Make and send a request file to every provider with accounts of the register's recipients.

    A provider is asked when it has an agreement in the month, a confirmed layout and the means to answer. A
    recipient whom nobody can be asked about is held by reason; so the balance is in register rows. Called again it
    returns the same files and writes nothing. The number of queries does not depend on the number of recipients. A
    provider whose requests are files of changes gets only those, and is asked about everybody all the same.

    Raises MonthNotOpen, RegisterNotAccepted, LayoutNotUsable, SameNameTwice, ChangesForTheRegion.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    register = accepted_register(office=office, month=month)
    if register is None:
        raise RegisterNotAccepted(f"Реестр за {month:%m.%Y} отдел ещё не принял: {office}.")
    if HandoverBalance.objects.filter(item=ITEM, office=office, month=month).exists():
        return list(request_files(office=office, month=month))
    known = respondents(office=office, month=month)
    layouts = {pk: layout_of(one.layout) for pk, one in known.able.items()}
    changes_in = _change_layouts(known.able, month)
    questions = ask(registered_rows(register), respondents=known, layouts=layouts)
    written_in = layouts | {pk: layout_of(row) for pk, row in changes_in.items()}
    names = _names(questions, known.able, written_in, office=office, month=month)
    for pk, respondent in known.able.items():
        if pk in names:
            fitted, told = build_fitting(
                questions.by_provider.pop(pk),
                layout=layouts[pk],
                changes_in=changes_in.get(pk),
                provider_id=pk,
                office=office,
                month=month,
            )
            settle(questions, asked=fitted.fit, unfit=[one for one, _ in fitted.unfit])
            if fitted.fit:
                kind = media_type_of(written_in[pk])
                file = _send(fitted, respondent, names[pk], kind, told, office=office, month=month, by=by, at=at)
                if told is not None:
                    keep_changes(file=file, told=told)
    _strike(register, questions, at=at)
    return list(request_files(office=office, month=month))


@transaction.atomic
def acknowledge_request(*, file_id: int, who: str, at: dt.datetime) -> ExchangeFile:
    """Record that a provider's specialist confirmed the receipt of a request file; a second time changes nothing.

    Raises NotARequest.
    """
    requests = ExchangeFile.objects.select_for_update(of=("self",)).select_related("office", "provider", "by")
    file: ExchangeFile = requests.get(pk=file_id)
    if file.kind != ExchangeFile.Kind.REQUEST:
        raise NotARequest(f"Файл «{file}» — {file.get_kind_display()}, его получение предприятие не подтверждает.")
    if file.status == ExchangeFile.Status.PREPARED:
        raise NotARequest(f"Файл «{file}» ещё не отправлен: он войдёт в сводный файл предприятия на всю область.")
    if file.status == ExchangeFile.Status.ACKNOWLEDGED:
        return file
    file.status = ExchangeFile.Status.ACKNOWLEDGED
    file.acknowledged_at, file.acknowledged_by = at, who.strip()[:150] or str(file.provider)
    file.save(update_fields=["status", "acknowledged_at", "acknowledged_by"])
    _record(file, "получение подтверждено", by=file.by, at=at)
    return file


def send_one(
    *,
    asked: Sequence[Asked],
    respondent: Respondent,
    layout: Layout,
    office: Office,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
) -> ExchangeFile | None:
    """Make and keep one provider's request beside the month's; None where nobody fits it."""
    fitted, _ = build_fitting(
        asked, layout=layout, changes_in=None, provider_id=respondent.provider.pk, office=office, month=month
    )
    if not fitted.fit:
        return None
    district = district_number(office.district.code) if office.district else ""
    name = file_name(layout, month=month, district=district, provider=respondent.provider.code)
    return _send(fitted, respondent, name, media_type_of(layout), None, office=office, month=month, by=by, at=at)


def _names(
    questions: Questions,
    able: Mapping[int, Respondent],
    layouts: Mapping[int, Layout],
    *,
    office: Office,
    month: dt.date,
) -> dict[int, str]:
    """Name the file of every provider that is asked.

    Raises SameNameTwice: a returned file is told by its name.
    """
    district = district_number(office.district.code) if office.district else ""
    names = {
        pk: file_name(layouts[pk], month=month, district=district, provider=one.provider.code)
        for pk, one in able.items()
        if pk in questions.by_provider
    }
    for name in names.values():
        same = [able[other].provider.short_name for other in names if names[other].lower() == name.lower()]
        if len(same) > 1:
            raise SameNameTwice(f"Имя файла «{name}» общее у предприятий: {', '.join(same)}. Измените формат одного.")
    return names


def _change_layouts(able: Mapping[int, Respondent], month: dt.date) -> dict[int, FileLayout]:
    """Return by provider the layout of its files of changes.

    Raises ChangesForTheRegion: one file for the region is put together of whole tables.
    """
    found = request_layouts(able, month=month)
    for pk in found:
        if able[pk].is_one_file:
            raise ChangesForTheRegion(
                f"Поставщик «{able[pk].provider}» получает один файл на область, файл изменений для него не пишется. "
                "Уберите одно из двух: формат запросов или сводный файл."
            )
    return found


def _send(
    fitted: Fitted[Asked, BuiltRequest],
    respondent: Respondent,
    name: str,
    media_type: str,
    told: ChangeFile | None,
    *,
    office: Office,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
) -> ExchangeFile:
    content = fitted.built.content if told is None else told.content
    stored = files.store(content=content, name=name, media_type=media_type, by=by, at=at)
    file = ExchangeFile.objects.create(
        kind=ExchangeFile.Kind.REQUEST,
        office=office,
        month=month,
        provider=respondent.provider,
        layout=respondent.layout,
        file=stored,
        name=name,
        sha256=stored.sha256,
        status=ExchangeFile.Status.PREPARED if respondent.is_one_file else ExchangeFile.Status.SENT,
        rows=len(fitted.built.rows),
        at=at,
        by=by,
    )
    asked = {(one.person.request_id, one.person.account): one for one in fitted.fit}
    copy_rows(
        "exchange_requestrow",
        ROW_COLUMNS,
        (
            (file.pk, row.row_no, one.register_row_id, one.recipient_id, one.account_id, json.dumps(row.services))
            for row in fitted.built.rows
            for one in (asked[row.request_id, row.account],)
        ),
    )
    _record(file, "подготовлено для сводного файла" if respondent.is_one_file else "отправлено", by=by, at=at)
    return file


def _record(file: ExchangeFile, event: str, *, by: Staff, at: dt.datetime) -> None:
    paper = journal.Paper(
        subject=f"файл запроса: {file.provider}",
        item=ITEM,
        month=file.month,
        file_name=file.name,
        sha256=file.sha256,
        rows=file.rows,
    )
    journal.record(office=file.office, event=event, paper=paper, counterpart=str(file.provider), by=by, at=at)


def _strike(register: RecipientRegister, questions: Questions, *, at: dt.datetime) -> None:
    held = {reason.value: Amount(rows) for reason, rows in questions.held().items()}
    balances.strike(
        month=register.month,
        item=ITEM,
        stage=STAGE,
        office=register.office,
        subject=f"реестр № {register.number}",
        balance=Balance(Amount(len(questions.rows)), Amount(questions.rows_asked()), held),
        at=at,
    )
