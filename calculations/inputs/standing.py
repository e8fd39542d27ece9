"""What stands in a month: the texts of its parameters, and its directories as if nothing were in waiting.

Entering a row of a directory ends the former one at once (providers/services/directories.py), so the days of a row in
waiting have none in force. A rehearsal compares with the former one, which would stand if the new one were refused.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from calculations.inputs.overlay import Rows
from calculations.inputs.parameters import ParameterMissing, ParametersInForce, needed_codes, read_parameters
from calculations.inputs.reading import directories_of
from calculations.models import Parameter
from calculations.rules.regimes import regime_of
from offices.dated import DatedQuerySet
from offices.models.confirmed import NOT_REFUSED
from providers.awaiting import norms_as_before, tariffs_as_before


@dataclass(frozen=True, slots=True)
class ParameterTexts:
    """The values of a month by code, and the act of the discount."""

    values: Mapping[str, str]
    decree: str

    def changed(self, values: Mapping[str, str]) -> "ParameterTexts":
        """Lay other values over these."""
        return replace(self, values={**self.values, **values})


def parameter_texts(month: dt.date) -> ParameterTexts:
    """Read the confirmed parameters in force on the first day of the month, in one query."""
    rows = Parameter.objects.valid_on(month).filter(confirmed_at__isnull=False).select_related("decree")
    return _texts({row.code: row for row in rows})


def parameter_texts_as_before(month: dt.date) -> ParameterTexts:
    """Read the parameters of a month with the former one wherever a row in waiting has taken its place."""
    found = {row.code: row for row in _confirmed().valid_on(month)}
    waiting = Parameter.objects.filter(NOT_REFUSED, confirmed_at__isnull=True).valid_on(month)
    for row in waiting:
        former = _confirmed().filter(code=row.code, valid_to__lte=month).order_by("-valid_to").first()
        if row.code not in found and former is not None:
            found[row.code] = former
    return _texts(found)


def parameters_of(month: dt.date, texts: ParameterTexts) -> ParametersInForce:
    """Read the texts. Raises ParameterMissing naming every one that is not there, and ParameterUnreadable."""
    missing = sorted(Parameter.Code(code).label for code in needed_codes(regime_of(month)) - texts.values.keys())
    if missing:
        raise ParameterMissing(f"На {month:%m.%Y} не заданы или не подтверждены параметры: {'; '.join(missing)}.")
    return read_parameters(texts.values, decree=texts.decree)


def rows_as_before(month: dt.date) -> Rows:
    """Read the confirmed tariffs and norms of a month, the former ones where rows in waiting have taken their days."""
    rows = Rows.of(directories_of(month))
    return replace(
        rows,
        tariffs=(*rows.tariffs, *tariffs_as_before(month=month)),
        norms=(*rows.norms, *norms_as_before(month=month)),
    )


def _confirmed() -> DatedQuerySet:
    rows: DatedQuerySet = Parameter.objects.filter(confirmed_at__isnull=False)
    return rows.select_related("decree")


def _texts(found: Mapping[str, Parameter]) -> ParameterTexts:
    discount = found.get(Parameter.Code.DISCOUNT)
    decree = "" if discount is None else str(discount.decree)
    return ParameterTexts({code: row.value for code, row in found.items()}, decree)
