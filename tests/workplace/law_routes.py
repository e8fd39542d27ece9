"""Rows of the table for the pages of the law: corrections, withholdings, fuel, deaths, arrears, rehearsals."""

from tests.workplace.routes import Route

LAW_ROUTES: tuple[Route, ...] = ()
