"""The documents of a month: by kind, searched by name, of one district, and nobody sees what is not theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.models import ExchangeFile
from offices.models import Office, Role
from offices.models.staff import DISTRICT_ROLES
from tests import factories as make
from tests.payments import rows as payments
from tests.workplace.visiting import request_file, stored, visitor
from workplace.selectors.document_kinds import kinds_of
from workplace.selectors.documents import counted, documents_of

pytestmark = pytest.mark.django_db
LIST = reverse("documents")
MOST_QUERIES = 15


def page_of(client, **query: str) -> str:
    answer = client.get(LIST, {"m": "2026-10"} | query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def requests_of(office: Office, *names: str) -> list[ExchangeFile]:
    return [request_file(office, file=stored(name, content=name.encode())) for name in names]


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_shows_a_district_its_own_documents_only(role: str) -> None:
    own, foreign = make.office(), make.office()
    requests_of(own, "svoi.dbf")
    requests_of(foreign, "chuzhoi.dbf")
    page = page_of(visitor(role, office=own))
    assert "svoi.dbf" in page
    assert "chuzhoi.dbf" not in page
    assert "1 документ" in page


def test_shows_the_department_one_district_when_it_is_chosen() -> None:
    one, other = make.office(), make.office()
    requests_of(one, "pervyi.dbf")
    requests_of(other, "vtoroi.dbf")
    client = visitor(Role.PAYMENTS)
    assert "2 документа" in page_of(client, r="all")
    page = page_of(client, r=one.code)
    assert "pervyi.dbf" in page
    assert "vtoroi.dbf" not in page


def test_finds_a_document_by_a_part_of_its_files_name() -> None:
    requests_of(make.office(), "TEPLO_0310.dbf", "VODA_0310.dbf")
    page = page_of(visitor(Role.AUDITOR), q="teplo")
    assert "TEPLO_0310.dbf" in page
    assert "VODA_0310.dbf" not in page
    assert "1 документ" in page


def test_says_what_to_do_when_nothing_is_found() -> None:
    requests_of(make.office(), "TEPLO.dbf")
    assert "Документов с таким именем в этом месяце нет" in page_of(visitor(Role.AUDITOR), q="нет такого")


def test_keeps_registers_over_all_districts_from_a_district() -> None:
    register = payments.register()
    office = make.office()
    assert "Реестры в банк и на почту" not in page_of(visitor(Role.HEAD, office=office))
    assert f"Реестр № {register.number}" in page_of(visitor(Role.PAYMENTS), kind="bank-registers")
    answer = visitor(Role.HEAD, office=office).get(LIST, {"m": "2026-10", "kind": "bank-registers"})
    assert answer.status_code == 404


def test_counts_what_it_lists() -> None:
    office = make.office()
    requests_of(office, "a.dbf", "b.dbf", "c.dbf")
    payments.document()
    staff = make.staff(Role.PAYMENTS)
    kinds = list(kinds_of(make.MONTH, staff=staff, on=make.AT.date()))
    found = {kind.code: len(documents_of(kind).documents) for kind in kinds}
    assert {group.code: group.count for group in counted(kinds)} == found
    assert found["requests"] == 3
    assert found["papers"] == 1


def test_leads_through_a_long_list_without_a_gap_or_a_repeat() -> None:
    office = make.office()
    names = [f"file-{number:02d}.dbf" for number in range(7)]
    requests_of(office, *names)
    staff = make.staff(Role.PAYMENTS)
    kind = next(one for one in kinds_of(make.MONTH, staff=staff, on=make.AT.date()) if one.code == "requests")
    seen, after = [], ""
    while True:
        page = documents_of(kind, after=after, most=3)
        seen += [one.file.name for one in page.documents]
        if page.following is None:
            break
        after = str(page.following)
    assert seen == names


@pytest.mark.parametrize("role", [Role.PAYMENTS, Role.HEAD])
def test_asks_the_database_as_often_for_many_documents_as_for_few(role: str) -> None:
    office = make.office()
    requests_of(office, "one.dbf")
    payments.document()
    client = visitor(role, office=office)
    first = asked(client)
    requests_of(office, *[f"{number}.dbf" for number in range(6)])
    assert asked(client) == first
    assert first < MOST_QUERIES


def asked(client) -> int:
    page_of(client, kind="requests")  # the session remembers the month
    with CaptureQueriesContext(connection) as queries:
        page_of(client, kind="requests")
    return len(queries)


@pytest.mark.parametrize("address", ["?kind=nothing", "?after=x", "?doc=x", "?m=2031-01"])
def test_knows_no_page(address: str) -> None:
    requests_of(make.office(), "one.dbf")
    assert visitor(Role.AUDITOR).get(f"{LIST}{address}").status_code == 404


def test_tells_an_administrator_in_words_whose_page_it_is() -> None:
    make.open_month()
    answer = visitor(Role.ADMINISTRATOR).get(LIST)
    assert answer.status_code == 403
    assert "Этот раздел открывают" in answer.content.decode()
