"""A district where a provider's file is checked and its discrepancies wait for decisions."""

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from django.test import Client

from calculations.models import Parameter
from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy, ExchangeFile
from offices.models import Role
from tests import factories as make
from tests.calculations.town import PARAMETERS, parameter
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled
from tests.rows.ground import number
from tests.workplace.visiting import browser_of

DEARER = Decimal("300.00")
FOUND_IN_A_ROW = 4
"""Of every row: another tariff of two services, another area, another number of persons."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file, the desk it lies on, and the browsers of who decides and who loads."""

    at: Desk
    file: ExchangeFile
    decider: Client
    loader: Client

    @property
    def address(self) -> str:
        return f"/exchange/files/{self.file.pk}/check/"

    def found(self, code: str = "") -> list[Discrepancy]:
        rows = Discrepancy.objects.filter(file=self.file).order_by("pk")
        return list(rows.filter(code=code) if code else rows)

    def decide(self, row: Discrepancy, decision: str, *, seen: str = "open", by: Client | None = None) -> str:
        """Press a key at a row, as the page's script does; returns the fragment."""
        pressed = {"decision": decision, "seen": seen}
        headers = {"HX-Request": "true"}
        answered = (by or self.decider).post(f"{self.address}{row.pk}/decide/", pressed, headers=headers)
        assert answered.status_code == 200
        return answered.content.decode()


def checked_file(rows: int = 2) -> Checked:
    """A file of so many rows, four blocking discrepancies in each, all undecided; 16 rows make 64 of them."""
    if not Parameter.objects.exists():
        for code, value in PARAMETERS.items():
            parameter(code, value)
    made = desk(str(66300 + number()))
    at = dataclasses.replace(
        made,
        receiver=make.staff(Role.EXCHANGE, office=made.office),
        checker=make.staff(Role.CHECKING, office=made.office, last_name="Проверкина"),
        loader=make.staff(Role.CALCULATION, office=made.office, last_name="Расчётова"),
    )
    request = asked(at, rows)
    wrong = [
        ReturnedRow(
            answer(
                billed("10", tariff=Decimal("30.00"), billed=DEARER),
                billed("14", tariff=Decimal("30.00"), billed=DEARER),
                residents=2,
                total_area=Decimal("64.50"),
            ),
            row_no=row,
        )
        for row in range(1, rows + 1)
    ]
    file = at.verify(at.receive(filled(request, wrong), request.name))
    return Checked(at, file, browser_of(at.checker), browser_of(at.loader))
