"""Item 3.9 for a region-wide provider: its one answer is received by the department and cut among the districts.

All parts are received or none: one transaction. Each becomes an answer to its own office's request, which checks,
decides and loads it as any other.
"""

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from exchange.checks.districts import Placed
from exchange.dbf.verdicts import Refused
from exchange.models import ExchangeFile, RegionFile, RegionPart, RegionStray
from exchange.selectors.region_files import region_request_named, standing_answer, why_unknown_region
from exchange.services.answer_reading import check_totals, refuse_archive
from exchange.services.region_answers import Part, RegionAnswer, read_region_answer
from exchange.services.returns import receive_part
from exchange.services.staging import billed_in, content_of_row
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.calendar import day_of
from offices.models import HandoverBalance, Office, Staff, StoredFile
from offices.money import to_kopecks
from offices.selectors import unit_of_kind
from offices.services.months import require_open
from offices.telling import Teller, silent
from providers.models import Provider

ITEM, STAGE = "3.9", "разделение сводных ответов"
NO_DISTRICT = "no_district"
Kind, Status = RegionFile.Kind, RegionFile.Status


@transaction.atomic
def receive_region_file(
    *,
    content: bytes,
    name: str,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    control_rows: int | None = None,
    control_roubles: Decimal | None = None,
    stored: StoredFile | None = None,
    request: RegionFile | None = None,
    tell: Teller = silent,
) -> RegionFile:
    """Take the one answer of a region-wide provider: cut it among the districts, or refuse it with a sentence.

    A corrected whole takes the place of the accepted one, and in each district the part that changed takes the place
    of the former part; a part with the same rows stays as it stands. A part whose charges are loaded is not replaced,
    and the whole is refused with it.

    `request` is what the file answers where a person has said so; otherwise its name tells. The same bytes again
    give the first file back, unchanged. The covering letter's totals are those of the whole and must hold.

    Raises MonthNotOpen.
    """
    require_open(month)
    sha256 = files.sha256_of(content)
    request = request or region_request_named(name, month=month)
    if request is not None:
        Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=request.provider_id or 0)
        same = RegionFile.objects.filter(kind=Kind.RETURN, request=request, sha256=sha256)
        before = same.exclude(status=Status.REFUSED).first()
        if before is not None:
            return before
    stored = stored or files.store(content=content, name=name[:200], media_type=files.DBF, by=by, at=at)
    facts: dict[str, Any] = {
        "kind": Kind.RETURN,
        "month": month,
        "provider": request.provider if request else None,
        "layout": request.layout if request else None,
        "request": request,
        "file": stored,
        "name": name[:200],
        "sha256": sha256,
        "by": by,
        "at": at,
        "control_rows": control_rows,
        "control_roubles": control_roubles,
    }
    try:
        refuse_archive(content)
        if request is None:
            raise why_unknown_region(name, month=month)
        with transaction.atomic():
            requests = _requests_of(request)
            found = read_region_answer(content, request=request, requests=requests, tell=tell)
            check_totals(found.whole, control_rows=control_rows, control_roubles=control_roubles)
            return _divide(found, facts, request, requests)
    except Refused as refused:
        why = {"refusal_code": refused.code[:20], "refusal_text": refused.text[:500]}
        same = RegionFile.objects.filter(
            kind=Kind.RETURN, status=Status.REFUSED, month=month, request=request, sha256=sha256, name=name[:200], **why
        )
        return same.order_by("pk").first() or RegionFile.objects.create(**facts, **why, status=Status.REFUSED)


def _requests_of(request: RegionFile) -> list[ExchangeFile]:
    """Return the districts' requests that went out in whole files of the provider's month, this one's or others."""
    sent = ExchangeFile.objects.filter(
        region_part__whole__kind=Kind.REQUEST,
        region_part__whole__provider=request.provider_id,
        region_part__whole__month=request.month,
    )
    return list(sent.select_related("office__district", "provider", "layout", "file").order_by("office_id"))


def _divide(
    found: RegionAnswer, facts: dict[str, Any], request: RegionFile, requests: Sequence[ExchangeFile]
) -> RegionFile:
    former = standing_answer(request)
    if former is not None:
        _refuse_lost(former, found, request)
        former.status = Status.SUPERSEDED
        former.save(update_fields=["status"])
    whole = RegionFile.objects.create(
        **facts,
        status=Status.RECEIVED,
        rows=len(found.whole.matched),
        stray_rows=len(found.strays),
        encoding=found.whole.encoding,
        billed=found.whole.billed,
        replaces=former,
    )
    taken = [one for part in found.parts if (one := _take(part, whole)) is not None]
    is_same = former is not None and not taken and _same_strays(former, found.strays)
    if is_same:
        when = f"{day_of(former.at):%d.%m.%Y}" if former else ""
        raise Refused("same_rows", f"Сводный ответ уже принят {when}: в файле те же строки, что и в «{former}».")
    _keep_strays(whole, found)
    _strike(whole, found, former)
    paper = journal.Paper(
        subject=f"сводный ответный файл: {whole.provider}; районов {len(found.parts)}, новых частей {len(taken)}"[:300],
        item=ITEM,
        month=whole.month,
        file_name=whole.name,
        sha256=whole.sha256,
        rows=whole.rows,
        roubles=to_kopecks(found.whole.billed),
    )
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    event = "получено, разделено по районам"
    journal.record(office=unit, event=event, paper=paper, by=whole.by, at=whole.at, counterpart=str(whole.provider))
    return whole


def _take(part: Part, whole: RegionFile) -> ExchangeFile | None:
    """Receive one district's part; None where its very rows stand already. Raises Refused, naming the district."""
    try:
        file = receive_part(
            content=part.content,
            name=whole.name,
            answer=part.answer,
            request=part.request,
            origin=f"часть сводного файла «{whole.name}»",
            by=whole.by,
            at=whole.at,
        )
    except Refused as refused:
        raise Refused(refused.code, f"{part.request.office}: {refused.text}") from refused
    if file is not None:
        RegionPart.objects.create(whole=whole, file=file, row_numbers=list(part.row_numbers))
    return file


def _refuse_lost(former: RegionFile, found: RegionAnswer, request: RegionFile) -> None:
    """Refuse a replacement that has no row of a district the accepted file had rows of."""
    standing = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN, region_part__whole__request=request, office__isnull=False
    ).exclude(status__in=ExchangeFile.NOT_STANDING)
    kept = {part.request.office_id for part in found.parts}
    lost = [
        str(file.office)
        for file in standing.select_related("office").order_by("office_id")
        if file.office_id not in kept
    ]
    if lost:
        raise Refused(
            "district_lost",
            f"В файле нет ни одной строки районов, которые есть в принятом «{former.name}»: {'; '.join(lost)}.",
        )


def _same_strays(former: RegionFile, strays: Sequence[Placed]) -> bool:
    kept = RegionStray.objects.filter(whole=former).order_by("row_number").values_list("content", flat=True)
    return [was["cells"] for was in kept] == [json.loads(content_of_row(one.matched))["cells"] for one in strays]


def _keep_strays(whole: RegionFile, found: RegionAnswer) -> None:
    RegionStray.objects.bulk_create(
        RegionStray(
            whole=whole,
            row_number=one.matched.row.row_no,
            reason=RegionStray.Reason.SEVERAL if one.candidates else RegionStray.Reason.UNKNOWN,
            content=json.loads(content_of_row(one.matched)),
            billed=billed_in([one.matched], layout=found.whole.layout),
            candidates=list(one.candidates),
        )
        for one in found.strays
    )


def _strike(whole: RegionFile, found: RegionAnswer, former: RegionFile | None) -> None:
    """Strike the balance of the cutting: rows and roubles of the whole = those of all parts + those of no district."""
    handed_on = sum((Amount(len(one.answer.matched), one.answer.billed) for one in found.parts), Amount())
    strays = [one.matched for one in found.strays]
    lost = Amount(len(strays), billed_in(strays, layout=found.whole.layout))
    struck = HandoverBalance.objects.filter(item=ITEM, stage=STAGE, month=whole.month, superseded_by__isnull=True)
    balances.strike(
        month=whole.month,
        item=ITEM,
        stage=STAGE,
        office=unit_of_kind(kind=Office.Kind.PAYMENTS),
        subject=_subject(whole),
        balance=Balance(Amount(whole.rows, found.whole.billed), handed_on, {NO_DISTRICT: lost}),
        at=whole.at,
        supersedes=struck.filter(subject=_subject(former)).first() if former is not None else None,
    )


def _subject(whole: RegionFile) -> str:
    return f"файл «{whole.name}», {whole.provider}, № {whole.pk}"[:200]
