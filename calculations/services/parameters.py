"""Entering and confirming the dated parameters of the law (style guide, section 4)."""

import datetime as dt

from django.db import transaction

from calculations.inputs.parameters import require_readable
from calculations.models import Parameter
from offices.models import Decree, Staff
from offices.models.confirmed import NOT_REFUSED
from offices.refusals import Refusal
from providers.succession import give_back


class ParameterConfirmed(Refusal):
    """The parameter was confirmed before."""


class ParameterRefused(Refusal):
    """The parameter was refused before, or is to be refused without a reason."""


class OwnParameter(Refusal):
    """Who entered a parameter does not confirm it."""


@transaction.atomic
def enter_parameter(
    *,
    code: str,
    value: str,
    valid_from: dt.date,
    decree: Decree,
    by: Staff,
    valid_to: dt.date | None = None,
) -> Parameter:
    """Enter a parameter from a day on; it counts once another person has confirmed it.

    The former row of the code that is open ends on that day. Raises ParameterUnreadable.
    """
    require_readable(code, value)
    former = Parameter.objects.select_for_update(of=("self",)).filter(
        NOT_REFUSED, code=code, valid_from__lt=valid_from, valid_to__isnull=True
    )
    for row in former:
        row.valid_to = valid_from
        row.save(update_fields=["valid_to"])
    return Parameter.objects.create(
        code=code, value=value.strip(), valid_from=valid_from, valid_to=valid_to, decree=decree, entered_by=by
    )


@transaction.atomic
def confirm_parameter(*, parameter_id: int, by: Staff, at: dt.datetime) -> Parameter:
    """Confirm a parameter that another person entered. Raises ParameterConfirmed, ParameterRefused, OwnParameter."""
    row = _waiting(parameter_id, by)
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    return row


@transaction.atomic
def refuse_parameter(*, parameter_id: int, reason: str, by: Staff, at: dt.datetime) -> Parameter:
    """Refuse a parameter that another person entered; the former one stands again for its days.

    Raises ParameterConfirmed, ParameterRefused, OwnParameter.
    """
    if not reason.strip():
        raise ParameterRefused("Укажите, почему параметр отклоняется.")
    row = _waiting(parameter_id, by)
    row.refused_at, row.refused_by, row.refusal_reason = at, by, reason.strip()
    row.save(update_fields=["refused_at", "refused_by", "refusal_reason"])
    give_back(Parameter.objects.filter(NOT_REFUSED, code=row.code), starts=row.valid_from, ends=row.valid_to)
    return row


def _waiting(parameter_id: int, by: Staff) -> Parameter:
    row: Parameter = Parameter.objects.select_for_update(of=("self",)).get(pk=parameter_id)
    if row.confirmed_at is not None:
        raise ParameterConfirmed(f"Параметр «{row}» уже подтверждён.")
    if row.refused_at is not None:
        raise ParameterRefused(f"Параметр «{row}» уже отклонён: {row.refusal_reason}")
    if row.entered_by_id == by.pk:
        raise OwnParameter(f"Параметр «{row}» подтверждает или отклоняет не тот, кто его ввёл.")
    return row
