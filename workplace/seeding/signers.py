"""Who stands behind the seeded rows of the directories."""

import datetime as dt
from dataclasses import dataclass

from offices.models import Staff


@dataclass(frozen=True, slots=True)
class Signers:
    """Who enters a directory's row and who confirms it, and when."""

    enters: Staff
    confirms: Staff
    at: dt.datetime
