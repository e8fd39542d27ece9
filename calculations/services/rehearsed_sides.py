"""The two sides of a rehearsal in a month: what stands, and what was changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from calculations.inputs.around import surroundings
from calculations.inputs.changes import Change, ParameterChange, from_json
from calculations.inputs.facts import DwellingRows
from calculations.inputs.overlay import Rows, changed_rows, with_norm, with_tariff
from calculations.inputs.standing import ParameterTexts, parameter_texts_as_before, parameters_of, rows_as_before
from calculations.models import Rehearsal
from calculations.services.rehearsed import Side
from offices.models.confirmed import ConfirmedRow
from offices.months import next_month
from providers.models import ConsumptionNorm, Tariff
from providers.selectors import norm_rows, tariff_rows


@dataclass(frozen=True, slots=True)
class Ground:
    """Both sides of a month."""

    standing: Side
    changed: Side


def ground_of(*, rehearsal: Rehearsal, month: dt.date, dwellings: Mapping[int, DwellingRows]) -> Ground:
    """Read what stands in a month and lay the rehearsal's changes over it. Raises ParameterMissing, ParameterUnreadable."""
    rows, texts = rows_as_before(month), parameter_texts_as_before(month)
    changes = from_json(rehearsal.changes)
    return Ground(
        standing=_side(month, rows, texts, dwellings),
        changed=_side(
            month,
            _with_waiting(changed_rows(rows, changes), rehearsal, month),
            texts.changed({**_values(changes), **_value_in_waiting(rehearsal, month)}),
            dwellings,
        ),
    )


def _side(month: dt.date, rows: Rows, texts: ParameterTexts, dwellings: Mapping[int, DwellingRows]) -> Side:
    parameters = parameters_of(month, texts)
    return Side(surroundings(month, parameters, dwellings, rows.arranged()), parameters.rules)


def _values(changes: tuple[Change, ...]) -> dict[str, str]:
    return {change.code: change.value for change in changes if isinstance(change, ParameterChange)}


def _with_waiting(rows: Rows, rehearsal: Rehearsal, month: dt.date) -> Rows:
    """Take the row in waiting as confirmed. One that begins after the month is taken for the whole of it."""
    tariff, norm = rehearsal.tariff, rehearsal.norm
    if tariff is not None:
        for row in tariff_rows(Tariff.objects.filter(pk=tariff.pk), month=month, **_days(tariff, month)):
            rows = with_tariff(rows, row)
    if norm is not None:
        for one in norm_rows(ConsumptionNorm.objects.filter(pk=norm.pk), month=month, **_days(norm, month)):
            rows = with_norm(rows, one)
    return rows


def _days(row: ConfirmedRow, month: dt.date) -> dict[str, dt.date | None]:
    if row.valid_from >= next_month(month):
        return {"starts": month, "ends": None}
    return {"starts": row.valid_from, "ends": row.valid_to}


def _value_in_waiting(rehearsal: Rehearsal, month: dt.date) -> dict[str, str]:
    row = rehearsal.parameter
    return {} if row is None or (row.valid_to is not None and row.valid_to <= month) else {row.code: row.value}
