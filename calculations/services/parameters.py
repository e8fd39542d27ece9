"""Entering and confirming the dated parameters of the law (style guide, section 4)."""

import datetime as dt

from django.db import transaction

from calculations.inputs.parameters import require_readable
from calculations.models import Parameter
from offices.models import Decree, Staff
from offices.refusals import Refusal


class ParameterConfirmed(Refusal):
    """The parameter was confirmed before."""


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
        code=code, valid_from__lt=valid_from, valid_to__isnull=True
    )
    for row in former:
        row.valid_to = valid_from
        row.save(update_fields=["valid_to"])
    return Parameter.objects.create(
        code=code, value=value.strip(), valid_from=valid_from, valid_to=valid_to, decree=decree, entered_by=by
    )


@transaction.atomic
def confirm_parameter(*, parameter_id: int, by: Staff, at: dt.datetime) -> Parameter:
    """Confirm a parameter that another person entered. Raises ParameterConfirmed, OwnParameter."""
    row: Parameter = Parameter.objects.select_for_update(of=("self",)).get(pk=parameter_id)
    if row.confirmed_at is not None:
        raise ParameterConfirmed(f"Параметр «{row}» уже подтверждён.")
    if row.entered_by_id == by.pk:
        raise OwnParameter(f"Параметр «{row}» подтверждает не тот, кто его ввёл.")
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    return row
