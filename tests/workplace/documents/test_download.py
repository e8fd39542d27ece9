"""Documents are given to whoever may see the fact that stands on them, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from offices import files
from offices.models import Office, Role, StoredFile
from offices.models.staff import DISTRICT_ROLES
from recipients.models import Recipient
from tests import factories as make
from tests.calculations import indebted
from tests.exchange import stored as exchange
from tests.payments import rows as payments
from tests.workplace.visiting import request_file, stored, visitor

pytestmark = pytest.mark.django_db
DEPARTMENT_ROLES = [role for role in Role if role not in DISTRICT_ROLES and role != Role.ADMINISTRATOR]


def address(file: StoredFile) -> str:
    return reverse("document", args=[file.pk])


def test_gives_the_bytes_as_they_were_stored() -> None:
    office = make.office()
    file = stored("ЖКУ_октябрь 2026.dbf", content=b"\x03\x1a\x0a\x01bytes")
    request_file(office, file=file)
    answer = visitor(Role.EXCHANGE, office=office).get(address(file))
    assert b"".join(answer.streaming_content) == b"\x03\x1a\x0a\x01bytes"
    assert answer["Content-Type"] == files.DBF
    assert answer["Content-Length"] == "9"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    name = "%D0%96%D0%9A%D0%A3_%D0%BE%D0%BA%D1%82%D1%8F%D0%B1%D1%80%D1%8C%202026.dbf"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_opens_a_pdf_in_the_browser() -> None:
    protocol = exchange.protocol()
    file = stored("протокол.pdf", content=b"%PDF-1.7", media_type=files.PDF)
    type(protocol).objects.filter(pk=protocol.pk).update(document=file)
    answer = visitor(Role.CHECKING, office=protocol.office).get(address(file))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%D0%BF")
    assert answer["X-Frame-Options"] == "DENY"
    answer.close()


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_gives_a_district_its_own_only(role: str) -> None:
    own, foreign = make.office(), make.office()
    ours, theirs = request_file(own).file, request_file(foreign, file=stored(content=b"theirs")).file
    client = visitor(role, office=own)
    assert client.get(address(ours)).status_code == 200
    assert client.get(address(theirs)).status_code == 404


@pytest.mark.parametrize("role", DEPARTMENT_ROLES)
def test_gives_the_department_documents_of_every_office(role: str) -> None:
    assert visitor(role).get(address(request_file(make.office()).file)).status_code == 200


PAYMENT_FILES = {
    "register": lambda: payments.register().file,
    "document": lambda: payments.document().file,
    "answer": lambda: payments.answer().file,
}


@pytest.mark.parametrize("paper", PAYMENT_FILES)
def test_gives_payment_documents_to_the_department_only(paper: str) -> None:
    file = PAYMENT_FILES[paper]()
    for role in DEPARTMENT_ROLES:
        assert visitor(role).get(address(file)).status_code == 200, role
    for role in DISTRICT_ROLES:
        assert visitor(role, office=make.office()).get(address(file)).status_code == 404, role
    assert visitor(Role.ADMINISTRATOR).get(address(file)).status_code == 403


OF_DEBTS = {"request": lambda: indebted.request().document, "notice": lambda: indebted.confirmed_suspension().notice}


@pytest.mark.parametrize("paper", OF_DEBTS)
def test_gives_papers_about_debts_to_their_district(paper: str) -> None:
    file = OF_DEBTS[paper]()
    own = Office.objects.get(pk__in=Recipient.objects.values("office"))
    assert visitor(Role.HEAD, office=make.office()).get(address(file)).status_code == 404
    answer = visitor(Role.HEAD, office=own).get(address(file))
    assert answer.status_code == 200
    answer.close()


@pytest.mark.parametrize("roles", [(), (Role.ADMINISTRATOR,)], ids=["without a role", "administrator"])
def test_gives_nothing_to(roles: tuple[str, ...]) -> None:
    office = make.office()
    file = request_file(office).file
    assert visitor(*roles, office=office).get(address(file)).status_code == 403


def test_gives_no_file_that_no_fact_stands_on() -> None:
    assert visitor(Role.AUDITOR).get(address(stored())).status_code == 404


def test_knows_no_document_that_is_not_there() -> None:
    assert visitor(Role.AUDITOR).get(reverse("document", args=[999_999])).status_code == 404


def test_asks_a_stranger_to_sign_in() -> None:
    file = request_file(make.office()).file
    answer = Client().get(address(file))
    assert (answer.status_code, answer.url) == (302, f"/login/?next={address(file)}")


def test_takes_no_writing() -> None:
    assert visitor(Role.AUDITOR).post(address(request_file(make.office()).file)).status_code == 405
