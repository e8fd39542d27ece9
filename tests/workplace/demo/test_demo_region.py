"""The demo region in a database where an earlier edition has made it."""

import pytest

from recipients.models import Ground
from tests import factories as make
from workplace.demo.directories import grounds
from workplace.seeding.directories import add_missing_grounds

COURT_ACT = "С01"


@pytest.mark.django_db
def test_gets_the_coded_grounds_it_lacks_with_their_acts_and_keeps_its_own() -> None:
    own = make.ground(kind="suspension", code="С02", title="как записал отдел")
    added = add_missing_grounds()
    assert added == len({(one.kind, one.code) for one in grounds()}) - 1
    assert Ground.objects.get(kind="suspension", code="С02").title == own.title
    assert Ground.objects.get(code=COURT_ACT).decree.number == "188-ФЗ"
    assert add_missing_grounds() == 0
