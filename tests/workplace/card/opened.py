"""A card with a calculated month to look at: a family of the dossier, its bills, and a browser of its district."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from calculations.models import CalculationRun
from offices.models import Office, Role, Staff
from offices.months import shift_month
from recipients.models import Recipient
from tests import factories as make
from tests.calculations import made, town
from tests.factories import MONTH
from tests.workplace.visiting import browser_of

BEFORE = shift_month(MONTH, -1)
TABS = ("person", "rights", "family", "home", "services", "papers", "accruals", "payments", "history", "forms")


@dataclass(frozen=True, slots=True)
class Opened:
    """A family of an office, the specialist of that office, and the specialist's browser."""

    office: Office
    family: town.Family
    staff: Staff
    browser: Client

    @property
    def recipient(self) -> Recipient:
        return self.family.recipient

    def tab(self, name: str = "accruals", *, month: dt.date = MONTH, **query: str) -> Any:
        """The answer of a tab of the card at a month."""
        return tab_of(self.browser, self.recipient, name, month=month, **query)


def opened(*, months: tuple[dt.date, ...] = (MONTH,), **given: Any) -> Opened:
    """A family with open months and directories; nothing is billed yet."""
    for month in months:
        make.open_month(month)
    town.directories()
    office = make.office()
    staff = make.staff(Role.CALCULATION, office=office)
    return Opened(office, town.family(office, **given), staff, browser_of(staff))


def calculated(**given: Any) -> Opened:
    """The same with the bills of EX-2 calculated."""
    one = opened(**given)
    town.bills(one.family, town.BILLS_OF_EX_2)
    town.calculate(one.office)
    return one


def run_of(one: Opened, month: dt.date) -> CalculationRun:
    """The month's run; one of an earlier month is approved, so that the next may be calculated."""
    run = town.calculate(one.office, month=month)
    return made.forward(run) if month < MONTH else run


def tab_of(browser: Client, recipient: Recipient, name: str, *, month: dt.date = MONTH, **query: str) -> Any:
    address = reverse(f"card-{name}", args=[recipient.pk])
    return browser.get(address, {"m": f"{month:%Y-%m}"} | query)


def words_of(answer: Any) -> str:
    """The words of a page's main part, with single spaces."""
    body = answer.content.decode()
    body = body[body.index('<main id="main"') : body.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", body).replace("&nbsp;", " ").split())
