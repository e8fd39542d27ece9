"""Where a region counts whole families, a discrepancy is weighed by the family that the calculation would count."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculations.rules.parameters import ShareRule
from exchange.checks.expectations import Measure
from exchange.models import RequestRow
from exchange.selectors.expectations import expected_rows
from exchange.services.layouts import layout_of
from tests import factories as make
from tests.exchange.answering import MEASURE, ask, billed_household, desk, filled, provider, right_answers

pytestmark = pytest.mark.django_db
OF_FAMILIES = Measure(Decimal("0.5"), ShareRule.ALL_FAMILY)


def test_gives_the_first_right_of_a_dwelling_those_whom_no_right_covers() -> None:
    at = desk()
    first = billed_household(at.office, provider(at.office))
    make.residence(dwelling=first.dwelling)
    second = make.entitled_household(office=at.office, dwelling=first.dwelling)
    (request,) = ask(at.office)
    file = at.receive(filled(request, right_answers(request)), request.name)
    people = dict(RequestRow.objects.filter(file=request).values_list("recipient_id", "pk"))
    counted, asked = {}, {}
    for name, measure in (("own", MEASURE), ("family", OF_FAMILIES)):
        with CaptureQueriesContext(connection) as queries:
            found = expected_rows(file, layout=layout_of(request.layout), measure=measure)
        asked[name] = len(queries)
        shares = [found[people[one.recipient.pk]].share for one in (first, second)]
        counted[name] = [(share.counted, share.residents) for share in shares]
    assert counted == {"own": [(1, 3), (1, 3)], "family": [(2, 3), (1, 3)]}
    assert asked["family"] == asked["own"] + 2
