"""Rows of the table for the pages of the law: corrections, withholdings, fuel, deaths, arrears, rehearsals."""

from tests.workplace.route_table import CALCULATING, CALCULATING_ELSEWHERE, no_row
from tests.workplace.routes import NEVER, Route

NO_ORDER = "404 404 404 403 403"

LAW_ROUTES: tuple[Route, ...] = (
    Route("recalculations", own=CALCULATING, foreign=CALCULATING_ELSEWHERE),
    Route("recalculation", own=NO_ORDER, foreign=NO_ORDER, arguments=no_row),
    Route(
        "recalculation-approve",
        own=NEVER,
        foreign=NEVER,
        post=NO_ORDER,
        post_foreign=NO_ORDER,
        arguments=no_row,
        takes_get=False,
        is_page=False,
    ),
    Route(
        "recalculation-refuse",
        own=NO_ORDER,
        foreign=NO_ORDER,
        post=NO_ORDER,
        post_foreign=NO_ORDER,
        arguments=no_row,
    ),
)
