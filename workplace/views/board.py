from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from offices.frame import DISTRICT, Frame, page
from offices.models import Office, Role
from offices.money import count_with_noun
from offices.refusals import Refusal
from offices.services.months import require_open
from providers.models import Reminder
from providers.services.reminders import Call, remind
from workplace.board_sheet import MEDIA_TYPE, board_sheet
from workplace.selectors.board import ITEM_BY_CODE, LATE, SORTS, Board, Row, board_of
from workplace.selectors.board_calls import late_calls
from workplace.selectors.board_missing import missed_recipients
from workplace.selectors.board_panel import Panel, panel_of
from workplace.selectors.board_region import boxes_of
from workplace.selectors.board_schedule import schedule_of, work_days

OVERSEERS = frozenset({Role.DEPARTMENT_HEAD, Role.VERIFIER, Role.REGISTRIES, Role.RECEPTION, Role.PAYMENTS})
SENDERS = OVERSEERS | DISTRICT
WHO_REMINDS = "Напоминают руководитель, отдел выплат и отдел субсидий, а предприятиям своего района — сам район."
WHO_REMINDS_DISTRICTS = "Районам и подразделениям напоминает Департамент: руководитель, отдел выплат, отдел субсидий."
REMINDED = ("напоминание", "напоминания", "напоминаний")


class ListChanged(Refusal):
    """What was late when the page was drawn is not what is late now."""


@require_safe
@page(section="board")
def board(request: HttpRequest) -> HttpResponse:
    frame: Frame = request.frame
    if frame.month is None:
        return render(request, "board/none.html")
    sort = _sort(request)
    shown = _board(frame, sort)
    panel = _panel(request, frame, shown)
    if request.htmx and request.htmx.target == "panel":
        return render(request, "board/_panel.html", {"panel": panel, "board": shown, "sort": sort, **_powers(frame)})
    context = {
        "board": shown,
        "boxes": boxes_of(month=frame.month.month, offices=_offices(frame)),
        "panel": panel,
        "missed_people": missed_recipients(offices=_offices(frame), month=frame.month.month),
        "sort": sort,
        "sorts": SORTS,
        "at": localtime(),
        "work_days": work_days(today=frame.on, pay_on=shown.figures.pay_on),
        **_powers(frame),
    }
    return render(request, "board/board.html", context)


@require_POST
@page(section="board")
def board_remind(request: HttpRequest) -> HttpResponse:
    """Remind the addressees chosen in the panel of one cell; whoever was refused comes back to the panel."""
    frame: Frame = request.frame
    frame.require(SENDERS, WHO_REMINDS)
    panel = _panel(request, frame, _board(frame, LATE))
    if panel is None:
        raise Http404
    if "office" in request.POST.getlist("to"):
        frame.require(OVERSEERS, WHO_REMINDS_DISTRICTS)
    try:
        messages.success(request, _done(_remind(request, frame, panel)))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_address(request, frame, o=panel.office.code, i=panel.item.code))


@require_http_methods(["GET", "POST"])
@page(section="board")
def board_remind_late(request: HttpRequest) -> HttpResponse:
    """Show whom to remind of everything late, then remind them; a list that changed meanwhile is shown anew."""
    frame: Frame = request.frame
    frame.require(OVERSEERS, WHO_REMINDS_DISTRICTS)
    month = frame.shown_month().month
    calls = late_calls(board=_board(frame, LATE), month=month, today=frame.on)
    waiting = [call for call in calls if call.reminded is None and call.addressee.pk != frame.staff.office_id]
    if request.method != "POST":
        skipped = [call for call in calls if call not in waiting]
        return render(request, "board/remind_late.html", {"waiting": waiting, "skipped": skipped})
    require_open(month)
    if sorted(request.POST.getlist("call")) != sorted(call.key for call in waiting):
        raise ListChanged(f"Пока вы проверяли, список изменился: стало {len(waiting)}. Проверьте ещё раз.")
    made = remind(
        calls=[
            Call(
                office=call.row.office,
                unit=None if call.addressee == call.row.office else call.addressee,
                item=call.cell.item,
                text=call.text,
            )
            for call in waiting
        ],
        month=month,
        way=Reminder.Way.MESSAGE,
        by=frame.staff,
        at=localtime(),
    )
    messages.success(request, _done(made))
    return HttpResponseRedirect(_address(request, frame))


@require_safe
@page(section="board")
def board_excel(request: HttpRequest) -> HttpResponse:
    frame: Frame = request.frame
    month = frame.shown_month().month
    sort = _sort(request)
    content = board_sheet(
        board=_board(frame, sort), month=month, sort=SORTS[sort], office=frame.office, by=frame.staff, at=localtime()
    )
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="hod-mesyaca-{month:%Y-%m}.xlsx"'
    return answer


@require_safe
@page(section="board")
def schedule(request: HttpRequest) -> HttpResponse:
    frame: Frame = request.frame
    shown = schedule_of(
        asked=request.GET.get("h", ""), month=frame.month and frame.month.month, offices=_offices(frame)
    )
    if shown is None and request.GET.get("h"):
        raise Http404
    return render(request, "board/schedule.html", {"schedule": shown})


def _offices(frame: Frame) -> Sequence[Office]:
    return (frame.office,) if frame.office else frame.offices


def _board(frame: Frame, sort: str) -> Board:
    return board_of(offices=_offices(frame), month=frame.shown_month().month, today=frame.on, sort=sort)


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", LATE)
    return sort if sort in SORTS else LATE


def _panel(request: HttpRequest, frame: Frame, shown: Board) -> Panel | None:
    code, item = request.GET.get("o", ""), request.GET.get("i", "")
    if not code and not item:
        return None
    row: Row | None = next((row for row in shown.rows if row.office.code == code), None)
    if row is None or item not in ITEM_BY_CODE:
        raise Http404("Такой ячейки на доске нет: проверьте район и пункт.")
    return panel_of(row=row, item=item, month=frame.month.month, today=frame.on)


def _powers(frame: Frame) -> dict[str, bool]:
    return {
        "may_remind_offices": bool(frame.roles & OVERSEERS) and not frame.month.closed_at,
        "may_remind_providers": bool(frame.roles & SENDERS) and not frame.month.closed_at,
    }


def _remind(request: HttpRequest, frame: Frame, panel: Panel) -> list[Reminder]:
    """Remind those chosen, if they are still to be reminded. Raises MonthNotOpen, ListChanged and what `remind` does."""
    month = frame.shown_month().month
    require_open(month)
    chosen = set(request.POST.getlist("to"))
    calls = _calls(panel, chosen, request.POST.get("text", ""))
    if len(calls) < len(chosen):
        raise ListChanged("Пока вы смотрели, положение изменилось. Проверьте панель и напомните ещё раз.")
    way = Reminder.Way.MESSAGE if "office" in chosen else Reminder.Way.LETTER
    return remind(calls=calls, month=month, way=way, by=frame.staff, at=localtime())


def _calls(panel: Panel, chosen: set[str], text: str) -> list[Call]:
    given = {"office": panel.office, "item": panel.item.code, "text": text or panel.text}
    if panel.addressee and "office" in chosen:
        return [Call(unit=None if panel.addressee == panel.office else panel.addressee, **given)]
    return [
        Call(provider=entry.missing.provider, told=entry.contact or entry.missing.provider.email, **given)
        for entry in panel.entries
        if str(entry.missing.provider.pk) in chosen
    ]


def _done(made: Sequence[Reminder]) -> str:
    numbers = sorted({f"№ {one.entry.number}" for one in made}, key=lambda text: int(text[2:]))
    listed = numbers[0] if len(numbers) == 1 else f"{numbers[0]} — {numbers[-1]}"
    return f"Записано: {count_with_noun(len(made), REMINDED)}, в журнале {listed}."


def _address(request: HttpRequest, frame: Frame, **query: str) -> str:
    sort = request.GET.get("sort")
    return f"{reverse('board')}?{urlencode({**frame.query, **query, **({'sort': sort} if sort else {})})}"
