"""The leaflet «Как считается денежный эквивалент»: one sheet, its example worked out when it is printed."""

import datetime as dt

from django.template.loader import render_to_string

from offices.letterhead import DEPARTMENT
from offices.months import month_of
from workplace.papers.printing import printed
from workplace.selectors.public.questions import LEAFLET, answered


def leaflet_pdf(*, on: dt.date) -> bytes:
    """Print the leaflet by the tariffs, norms and parameters of the day's month. Raises ParameterMissing."""
    return printed(leaflet_html(on=on))


def leaflet_html(*, on: dt.date) -> str:
    """Write the leaflet as HTML for the printer."""
    month = month_of(on)
    (shown,) = answered(month, [LEAFLET])
    facts = {"department": DEPARTMENT, "kind": "Как считается денежный эквивалент", "month": month, "shown": shown}
    return render_to_string("pdf/leaflet.html", facts)
