"""What all recipients of a month share, put together from its parameters and directories."""

import datetime as dt
from collections.abc import Mapping

from calculations.inputs.billing import Surroundings
from calculations.inputs.facts import DwellingRows
from calculations.inputs.household import Terms
from calculations.inputs.parameters import ParametersInForce
from calculations.inputs.prices import Directories
from calculations.inputs.reading import directories_of, service_book


def surroundings(
    month: dt.date,
    parameters: ParametersInForce,
    dwellings: Mapping[int, DwellingRows],
    directories: Directories | None = None,
) -> Surroundings:
    """Put a month's surroundings together; the directories in force are read where none are given."""
    return Surroundings(
        terms=Terms(month, parameters.change_rule, parameters.month_of_death),
        services=service_book(),
        directories=directories or directories_of(month),
        dwellings=dwellings,
    )
