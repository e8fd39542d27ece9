from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from offices.frame import page
from offices.money import format_sum
from offices.refusals import Refusal
from offices.templatetags.ui import to
from payments.models import Overpayment, WriteOff
from payments.selectors.overpayments import percent_allowed
from payments.services import overpayments as services
from payments.services import withdrawals, write_offs
from workplace.forms.overpayments import ClaimForm, ConsentForm, RepaymentForm, WithdrawalForm, WriteOffForm
from workplace.views.overpayments import CONFIRMING, NOT_PREPARING, PREPARING, overpayment_of

NOT_CONFIRMING = "Списание утверждает начальник отдела."


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the recipient agreed to withholding."""
    one = _prepared(request, pk)
    most = percent_allowed(request.frame.on)
    initial = {"agreed_on": request.frame.on, "percent": f"{most:f}"}
    form = ConsentForm(request.POST or None, initial=initial)
    note = (
        f"Без особой оговорки удерживают не больше {most:f} % каждой выплаты. Больше — только если получатель сам "
        "написал это в согласии."
    )
    return _done(
        request, one, form, services.record_consent, "Согласие на удержание", "Записать согласие",
        "Согласие записано: удержание начнётся со следующего списка на выплату.", note,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the recipient takes the consent back."""
    one = _prepared(request, pk)
    form = WithdrawalForm(request.POST or None, initial={"withdrawn_on": request.frame.on})
    note = (
        f"Согласие добровольное, и получатель вправе его отозвать. Удержанное не возвращают; остаток {format_sum(one.rest)} "
        "руб. получатель вносит сам, иначе его взыскивают через суд. Записать согласие заново по этой переплате нельзя."
    )
    return _done(
        request, one, form, withdrawals.withdraw_consent, "Отзыв согласия", "Записать отзыв",
        "Отзыв записан: со следующего списка на выплату ничего не удерживается.", note,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def repayment(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the recipient paid back."""
    one = _prepared(request, pk)
    form = RepaymentForm(request.POST or None, initial={"paid_on": request.frame.on})
    note = f"Осталось {format_sum(one.rest)} руб.: вернуть можно всё или часть."
    return _done(
        request, one, form, services.record_repayment, "Возврат переплаты", "Записать возврат",
        "Возврат записан.", note,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the rest is claimed in court."""
    one = _prepared(request, pk)
    form = ClaimForm(request.POST or None, initial={"claimed_on": request.frame.on})
    note = "После иска из выплат ничего не удерживают. Что суд взыщет, записывают как возврат."
    return _done(
        request, one, form, services.claim_in_court, "Взыскание через суд", "Записать иск", "Иск записан.", note
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to write off what is left."""
    one = _prepared(request, pk)
    form = WriteOffForm(request.POST or None)
    note = f"Предлагается списать остаток {format_sum(one.rest)} руб. Утверждает начальник отдела."
    return _done(
        request, one, form, write_offs.prepare_write_off, "Списание переплаты", "Предложить списание",
        "Списание подготовлено, его утверждает начальник отдела.", note,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page(section="recipients")
def write_off_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then write off what is left, by another person than who proposed it."""
    one = overpayment_of(request, pk)
    request.frame.require(CONFIRMING, NOT_CONFIRMING)
    proposed = get_object_or_404(WriteOff.objects.select_related("prepared_by"), overpayment=one)
    if request.method == "POST":
        rest = Decimal(request.POST["rest"]) if _is_sum(request.POST.get("rest", "")) else Decimal(0)
        write_offs.confirm_write_off(overpayment_id=pk, rest=rest, by=request.frame.staff, at=localtime())
        messages.success(request, f"Переплата № {one.number} списана.")
        return _back(request, one)
    return render(
        request, "overpayments/write_off_confirm.html", {"one": one, "proposed": proposed, "rest": f"{one.rest:f}"}
    )


def _prepared(request: HttpRequest, pk: int) -> Overpayment:
    one = overpayment_of(request, pk)
    request.frame.require(PREPARING, NOT_PREPARING)
    return one


def _done(  # one argument for each word of the page
    request: HttpRequest,
    one: Overpayment,
    form: forms.Form,
    service: Callable[..., Any],
    title: str,
    act: str,
    done: str,
    note: str,
) -> HttpResponse:
    """Show a form of one act, or do the act with what was filled in; a refusal is told in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            service(overpayment_id=one.pk, by=request.frame.staff, at=localtime(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return _back(request, one)
    return render(
        request, "overpayments/act.html", {"one": one, "form": form, "title": title, "act": act, "note": note}
    )


def _back(request: HttpRequest, one: Overpayment) -> HttpResponseRedirect:
    return HttpResponseRedirect(to({"request": request}, "overpayment", one.pk))


def _is_sum(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()
