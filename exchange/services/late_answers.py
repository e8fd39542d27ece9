"""Item 3.9: an answer of a closed month that came late is kept with its month; the open month's own charges stay.

It is checked, decided and loaded as any answer, by the facts of its month; its charges bill that month and the open
month's run turns them into corrections.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from exchange.dbf.verdicts import Refused
from exchange.models import ExchangeFile
from exchange.selectors.late_answers import late_request, late_taken
from exchange.services import staging
from exchange.services.answer_reading import check_totals, read_answer
from exchange.services.staging import Incoming
from offices import files, journal
from offices.models import Office, Staff
from offices.money import to_kopecks
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.telling import Teller, silent

ITEM = "3.9"
Kind, Status = ExchangeFile.Kind, ExchangeFile.Status


class NotLate(Refusal):
    """The file is no answer to a request of a closed month, or says nothing new about it."""


@transaction.atomic
def take_late(*, file_id: int, by: Staff, at: dt.datetime, tell: Teller = silent) -> ExchangeFile:
    """Keep a file that was refused for its month as the late answer to the closed month's request.

    Its rows are matched to that month's request and wait for the check. It takes the place of a late answer to the
    same request that is not loaded yet. The same bytes again give the first one back.

    Raises MonthNotOpen, NotLate.
    """
    related = ("office", "file", "request__layout")
    refused = ExchangeFile.objects.select_related(*related).get(pk=file_id)
    require_open(refused.month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=refused.office_id)
    before = late_taken(refused)
    if before is not None:
        return before
    request = late_request(refused)
    if request is None:
        raise NotLate(f"Файл «{refused}» не отвечает на запрос закрытого месяца: как опоздавший он не принимается.")
    incoming = Incoming(
        files.read(refused.file), refused.name, refused.sha256, refused.office, refused.month, by, at, refused.file
    )
    try:
        answer = read_answer(incoming.content, request=request, tell=tell)
        check_totals(answer, control_rows=None, control_roubles=None)
    except Refused as fault:
        raise NotLate(f"Файл «{refused}» не принят как опоздавший. {fault.text}") from fault
    answers = ExchangeFile.objects.filter(request=request).exclude(status__in=ExchangeFile.NOT_STANDING)
    counted = Q(kind=Kind.RETURN) | Q(kind=Kind.LATE, status=Status.LOADED) | Q(kind=Kind.LATE, month=refused.month)
    for standing in answers.filter(counted):
        if staging.holds_same_rows(standing, answer.matched):
            raise NotLate(f"В файле «{refused}» те же строки, что приняты за {request.month:%m.%Y}: менять нечего.")
    former = _superseded(refused, request)
    kept = staging.keep_received(
        incoming,
        request=request,
        matched=answer.matched,
        encoding=answer.encoding,
        billed=answer.billed,
        kind=Kind.LATE,
        late_month=request.month,
        replaces=former,
    )
    paper = journal.Paper(
        subject=f"опоздавший ответный файл за {request.month:%m.%Y}: {kept.provider}",
        item=ITEM,
        month=kept.month,
        file_name=kept.name,
        sha256=kept.sha256,
        rows=kept.rows,
        roubles=to_kopecks(answer.billed),
    )
    journal.record(office=kept.office, event="получено", paper=paper, by=by, at=at, counterpart=str(kept.provider))
    return kept


def _superseded(refused: ExchangeFile, request: ExchangeFile) -> ExchangeFile | None:
    """Take the late answer to the request out of the way that was taken in this month and not loaded yet."""
    standing = ExchangeFile.objects.filter(kind=Kind.LATE, request=request, month=refused.month)
    locked = standing.exclude(status__in=ExchangeFile.NOT_STANDING).select_for_update(of=("self",))
    former: ExchangeFile | None = locked.first()
    if former is None:
        return None
    if former.status == Status.LOADED:
        raise NotLate(
            f"Опоздавший ответ за {request.month:%m.%Y} в этом месяце уже загружен: файл «{former}». "
            f"Файл «{refused}» примите в следующем открытом месяце."
        )
    former.status = Status.SUPERSEDED
    former.save(update_fields=["status"])
    return former
