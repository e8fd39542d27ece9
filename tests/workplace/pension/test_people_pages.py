"""The pages of the lists of people: what each shows, who may do what, and that another district's is not there."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.models import ExchangeFile, FundNotice, PensionDifference
from exchange.services import layouts, pension_data
from offices.models import Office, Role
from recipients.models import Change, Entitlement
from tests import factories as make
from tests.calculations import town
from tests.exchange.pension_files import agreeing, line, pension_file
from tests.factories import AT, MONTH
from tests.workplace.receiving.bringing import work
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db
DIED_ON = dt.date(2026, 9, 12)


@pytest.fixture(autouse=True)
def unit() -> Office:
    make.open_month()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    return make.unit()


@pytest.fixture
def right() -> Entitlement:
    return make.entitlement()


def received(*lines: dict[str, Any]) -> ExchangeFile:
    return pension_data.receive_pension_file(
        content=pension_file(*lines), name="PFR_202610.dbf", month=MONTH, by=make.staff(), at=AT
    )


def specialist(office: Office) -> Client:
    return visitor(Role.CALCULATION, office=office)


def receiver(unit: Office) -> Client:
    return visitor(Role.RECEPTION, office=unit)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_counts_the_proposals_by_kind(right: Entitlement) -> None:
    other = make.entitlement(recipient=make.recipient(office=right.recipient.office))
    received(agreeing(right, death_date=DIED_ON), agreeing(other) | {"disability_group": "3"})
    answer = specialist(right.recipient.office).get(reverse("pension"), {"kind": "died"})
    tiles = {tile.kind: (tile.total, tile.waiting) for tile in answer.context["tiles"]}
    assert tiles == {"died": (1, 1), "group": (1, 1)}
    assert answer.context["shown"].count == 1
    assert "12.09.2026" in text_of(answer)


def test_gives_the_list_as_a_sheet(right: Entitlement) -> None:
    received(agreeing(right, death_date=DIED_ON))
    answer = specialist(right.recipient.office).get(reverse("pension"), {"xlsx": "1"})
    assert answer["Content-Type"].endswith("sheet")
    assert answer.getvalue().startswith(b"PK")


def test_asks_the_same_number_of_questions_for_any_list(right: Entitlement) -> None:
    office = right.recipient.office
    rights = [right, *(make.entitlement(recipient=make.recipient(office=office)) for _ in range(4))]
    received(*(agreeing(one, death_date=DIED_ON) for one in rights))
    client = specialist(office)
    client.get(reverse("pension"))
    counts = []
    for asked in ({"name": "Яя"}, {}):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("pension"), asked).status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1
    assert max(counts) < 15


def test_says_from_which_month_capital_repair_stops(right: Entitlement) -> None:
    town.directories()
    received(agreeing(right) | {"disability_group": "3"})
    row = PensionDifference.objects.get()
    said = text_of(specialist(right.recipient.office).get(reverse("pension-proposal", args=[row.pk])))
    assert "Право продолжается по новой группе с 01.10.2026." in said
    assert "Капитальный ремонт перестаёт входить в расчёт с 01.10.2026." in said


def test_does_not_take_a_disappearance_for_a_death(right: Entitlement) -> None:
    received(agreeing(make.entitlement()))
    row = PensionDifference.objects.get(kind="disappeared")
    said = text_of(specialist(right.recipient.office).get(reverse("pension-proposal", args=[row.pk])))
    assert "не значит, что человек умер" in said


def test_accepts_and_goes_on_to_the_next_one(right: Entitlement) -> None:
    other = make.entitlement(recipient=make.recipient(office=right.recipient.office))
    received(agreeing(right, death_date=DIED_ON), agreeing(other, death_date=DIED_ON))
    first, second = PensionDifference.objects.order_by("full_name", "pk")
    client = specialist(right.recipient.office)
    answer = client.post(reverse("pension-decide", args=[first.pk]), {"decision": "accepted"})
    assert answer["Location"].startswith(reverse("pension-proposal", args=[second.pk]))
    first.refresh_from_db()
    assert (first.decision, first.decided_by) == ("accepted", Change.objects.get().reported_by)


def test_asks_for_the_reason_of_a_refusal(right: Entitlement) -> None:
    received(agreeing(right, death_date=DIED_ON))
    row = PensionDifference.objects.get()
    address = reverse("pension-decide", args=[row.pk])
    client = specialist(right.recipient.office)
    assert "Укажите, почему" in text_of(client.post(address, {"decision": "rejected"}, follow=True))
    client.post(address, {"decision": "rejected", "reason": "Был на приёме 10.10.2026"})
    row.refresh_from_db()
    assert (row.decision, row.reason) == ("rejected", "Был на приёме 10.10.2026")


@pytest.mark.parametrize("decision", ["accepted", "rejected", "later"])
def test_hides_another_districts_proposal(right: Entitlement, decision: str) -> None:
    received(agreeing(right, death_date=DIED_ON))
    row = PensionDifference.objects.get()
    client = specialist(make.office())
    assert client.get(reverse("pension-proposal", args=[row.pk])).status_code == 404
    assert client.post(reverse("pension-decide", args=[row.pk]), {"decision": decision}).status_code == 404
    row.refresh_from_db()
    assert row.decision == "open"


def test_lets_only_specialists_decide(right: Entitlement) -> None:
    received(agreeing(right, death_date=DIED_ON))
    row = PensionDifference.objects.get()
    client = visitor(Role.HEAD, office=right.recipient.office)
    page = client.get(reverse("pension-proposal", args=[row.pk]))
    assert page.context["may_decide"] is False
    assert client.post(reverse("pension-decide", args=[row.pk]), {"decision": "later"}).status_code == 403


def test_decides_all_harmless_ones_at_once_and_never_deaths(unit: Office, right: Entitlement) -> None:
    received(agreeing(right, pension_case_no="067-1"))
    client = receiver(unit)
    address = f"{reverse('pension-alike')}?kind=case&decision=accepted&r=all"
    assert client.get(address).context["count"] == 1
    assert client.post(address, {"expected": "1"}).status_code == 302
    assert PensionDifference.objects.get().decision == "accepted"
    assert client.get(f"{reverse('pension-alike')}?kind=died&decision=accepted").status_code == 404


def test_takes_the_funds_file_and_its_correction_by_a_worker(unit: Office, right: Entitlement) -> None:
    client = receiver(unit)
    address = f"{reverse('pension-files')}?r=all"

    def bring(content: bytes, **given: str) -> str:
        file = SimpleUploadedFile("PFR_202610.dbf", content)
        answer = client.post(address, {"kind": "pension", "file": file} | given)
        (job,) = work()
        assert answer["Location"].startswith(reverse("job", args=[job.pk]))
        return text_of(client.get(answer["Location"]))

    said = bring(pension_file(agreeing(right, death_date=DIED_ON)))
    assert "К решению: 1 предложение." in said
    assert reverse("pension-file", args=[ExchangeFile.objects.get().pk]) in said
    assert "уже приняты" in bring(pension_file(agreeing(right)))
    bring(pension_file(agreeing(right, pension_case_no="067-1")), replaces="on")
    standing = ExchangeFile.objects.get(kind="pension", status="received")
    assert standing.replaces.status == "superseded"
    assert list(PensionDifference.objects.order_by("pk").values_list("decision", flat=True)) == ["replaced", "open"]


def test_lets_a_district_bring_no_fund_file(right: Entitlement) -> None:
    file = SimpleUploadedFile("PFR_202610.dbf", pension_file(agreeing(right)))
    answer = specialist(right.recipient.office).post(reverse("pension-files"), {"kind": "pension", "file": file})
    assert answer.status_code == 422
    assert not ExchangeFile.objects.exists()


def test_writes_the_letter_of_faults_from_the_lists_page(unit: Office, right: Entitlement) -> None:
    file = received(agreeing(right), line(make.person(), snils="11223344596"))
    client = receiver(unit)
    assert "Контрольное число" in text_of(client.get(reverse("pension-file", args=[file.pk])))
    assert client.post(reverse("pension-notice", args=[file.pk])).status_code == 302
    notice = FundNotice.objects.get()
    assert f"Уведомление № {notice.number}" in text_of(client.get(reverse("pension-file", args=[file.pk])))
    assert client.get(reverse("document", args=[notice.document_id])).getvalue().startswith(b"%PDF")


def test_warns_of_certificates_two_months_ahead(right: Entitlement) -> None:
    today = dt.date.today()  # noqa: DTZ011  the page counts from the real day
    office = right.recipient.office
    soon = make.entitlement(recipient=make.recipient(office=office), certificate_valid_to=today + dt.timedelta(days=50))
    make.entitlement(recipient=make.recipient(office=office), certificate_valid_to=today + dt.timedelta(days=90))
    answer = specialist(office).get(reverse("certificates"))
    assert answer.context["shown"].count == 1
    assert soon.recipient.person.last_name in text_of(answer)
    intake = visitor(Role.INTAKE, office=office)
    home = text_of(intake.get(reverse("home")))
    assert "Предупредить об истекающих справках" in home
    assert reverse("certificates") in home
    assert intake.get(reverse("certificates")).status_code == 200
