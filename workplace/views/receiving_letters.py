"""The covering letter's totals of a received file."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from exchange.selectors.letters import letter_to
from exchange.services import letters
from offices.frame import page
from offices.models import Role
from workplace.navigation import EXCHANGERS
from workplace.views.loose_rows import taken_file

NO_LETTER = "Итоги сопроводительного письма вносит специалист по обмену районного отдела."


@require_POST
@page(section="exchange", roles=EXCHANGERS)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    request.frame.require([Role.EXCHANGE], NO_LETTER)
    rows, roubles = totals_of(request)
    file = letters.enter_letter(
        file_id=taken_file(request, pk).pk, rows=rows, roubles=roubles, by=request.user, at=timezone.now()
    )
    told = letter_to(file)
    if not told.is_given:
        messages.success(request, "Итоги письма убраны: контрольная сумма не указана.")
    elif told.agrees:
        messages.success(request, "Письмо внесено, итоги файла с ним сходятся.")
    else:
        messages.warning(request, f"Письмо внесено. {told.sentence} Пока они расходятся, файл не загрузить в расчёт.")
    return HttpResponseRedirect(f"{reverse('exchange-file', args=[pk])}?{urlencode(request.frame.query)}")


def totals_of(request: HttpRequest) -> tuple[int | None, Decimal | None]:
    """Read the totals of a letter as a person types them: «1 204» rows, «34 560,10» roubles; None for a blank.

    Raises NotATotal.
    """
    rows = _typed(request, "control_rows")
    roubles = _typed(request, "control_roubles").replace(",", ".").replace("−", "-")
    if rows and not (rows.isdecimal() and len(rows) < 10):
        raise letters.NotATotal("Число строк по письму — целое, больше нуля.")
    try:
        total = Decimal(roubles) if roubles else None
    except InvalidOperation as error:
        raise letters.NotATotal("Сумма по письму — число в рублях, например 34 560,10.") from error
    letters.require_total(rows=int(rows) if rows else None, roubles=total)
    return int(rows) if rows else None, total


def _typed(request: HttpRequest, name: str) -> str:
    return "".join(request.POST.get(name, "")[:40].split())
