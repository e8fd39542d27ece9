"""The whole table of routes, put together of its parts."""

from tests.workplace import route_table
from tests.workplace.arrears_routes import ARREARS_ROUTES
from tests.workplace.heirs_routes import HEIRS_ROUTES
from tests.workplace.law_routes import LAW_ROUTES

ROUTES = (*route_table.ROUTES, *LAW_ROUTES, *HEIRS_ROUTES, *ARREARS_ROUTES)
