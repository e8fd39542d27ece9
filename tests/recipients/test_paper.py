"""A refusal on paper says why, by which norm, what to do next and how to appeal."""

from io import BytesIO

import pypdf
import pytest

from offices import files
from recipients.services import applications
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

FACTS = "К заявлению приложены квитанции за сентябрь 2026 года.\n\nСправка <об инвалидности> не приложена."


def test_prints_everything_a_citizen_must_be_told() -> None:
    office = factories.office(name="Отдел в Вяземском районе", address="г. Вязьма", phone="(48131) 0-00-00")
    factories.staff("head", office=office, last_name="Иванов", first_name="Пётр", middle_name="Петрович")
    clerk = factories.staff("intake", office=office, last_name="Никитина", first_name="Анна", middle_name="Ильинична")
    person = factories.person(last_name="Соловьёва", first_name="Любовь", middle_name="Ильинична", snils="11223344595")
    application = factories.application(office=office, applicant=person, number="412/2026", registered_by=clerk)
    application.documents.create(kind="receipts", sheets=3)
    ground = factories.ground(title="нет справки", article="пункт 2.5.1", text="Норма.", advice="Приложите справку.")
    refused = applications.refuse_application(
        application_id=application.pk, ground_code=ground.code, facts=FACTS, by=clerk, at=AT
    )
    assert refused.decision_file is not None
    pages = pypdf.PdfReader(BytesIO(files.read(refused.decision_file))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages).replace("\N{NO-BREAK SPACE}", " ")
    for fact in (
        "Соловьёвой Любови Ильиничне", "112-233-445 95", "412/2026", "Отдел в Вяземском районе", "15.10.2026",
        "нет справки", "пункт 2.5.1", "«Норма.»", "Справка <об инвалидности> не приложена.", "листов: 3",
        "Приложите справку.", "пункт 3.17", "П. П. Иванов", "А. И. Никитина", "тел. (48131) 0-00-00", "№ 1/2026",
    ):  # fmt: skip
        assert fact in text, fact
