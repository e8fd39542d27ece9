"""A region's own share rule and norm cap are rows of the directory that a run obeys and a stored line keeps."""

from decimal import Decimal

import pytest

from calculations.models import AccrualLine
from calculations.services import explanation
from tests import factories
from tests.calculations import town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("variant", "equivalent", "share"),
    [({}, "56.29", "1/3"), ({"share_rule": "all_family"}, "168.87", "3/3"), ({"norm_cap": "none"}, "60.81", "1/3")],
    ids=["the law alone", "the whole family", "no cap"],
)
def test_calculates_a_run_by_the_rows_of_the_region(variant: dict[str, str], equivalent: str, share: str) -> None:
    office = factories.office()
    factories.open_month()
    town.directories(**variant)
    family = town.family(office)
    town.bill(family, "10", "364.84", "14")
    run = town.calculate(office)
    line = AccrualLine.objects.get(run=run)
    assert (line.accrued, line.share) == (Decimal(equivalent), share)
    assert explanation.replay(line=line).equals_stored


def test_counts_nobody_twice_where_two_rights_share_a_dwelling() -> None:
    """Of three residents two have a right of their own: the third belongs to the family of the one that began first."""
    office = factories.office()
    factories.open_month()
    town.directories(share_rule="all_family")
    family = town.family(office)
    other = factories.recipient(office=office, person=family.people[1])
    factories.supported_dwelling(recipient=other, dwelling=family.account.dwelling, valid_from=town.LONG_BEFORE)
    factories.entitlement(recipient=other, valid_from=factories.MONTH)
    for recipient in (family.recipient, other):
        factories.charge(
            recipient=recipient, account=family.account, service=factories.service(code="10"),
            billed=Decimal("364.84"), quantity=Decimal(14), is_metered=True,
        )  # fmt: skip
    run = town.calculate(office)
    shares = dict(AccrualLine.objects.filter(run=run).values_list("recipient_id", "share"))
    assert shares == {family.recipient.pk: "2/3", other.pk: "1/3"}
