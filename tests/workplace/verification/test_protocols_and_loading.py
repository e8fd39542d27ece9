"""What is marked goes into the protocol and nothing else does; all of one reason at once; what is ready is loaded."""

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from exchange.models import DiscrepancyProtocol
from offices import files, jobs
from offices.models import Job, JournalEntry, Role
from providers.models import Charge
from tests import factories as make
from tests.workplace.verification.checked_files import Checked, checked_file
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def checked() -> Checked:
    return checked_file()


def confirmed(client: Client, address: str) -> Any:
    """Open a confirmation page and press its button."""
    html = client.get(address).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(rows|roubles)" value="([^"]*)"', html))
    assert set(hidden) == {"rows", "roubles"}
    return client.post(address, hidden, follow=True)


def printed(protocol: DiscrepancyProtocol) -> str:
    pages = PdfReader(io.BytesIO(files.read(protocol.document))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_prints_exactly_the_rows_marked_on_the_page(checked: Checked) -> None:
    area, other_area = checked.found("E20")
    tariff = checked.found("E10")[0]
    for row, decision in ((area, "hold"), (tariff, "hold"), (other_area, "accept")):
        checked.decide(row, decision)
    answered = confirmed(checked.decider, f"{checked.address}protocol/")
    protocol = DiscrepancyProtocol.objects.get()
    assert set(protocol.discrepancies.all()) == {area, tariff}
    text = printed(protocol)
    assert "Не принято к начислению до исправления: 2" in text
    assert re.findall(r"E\d\d", text.split("По видам")[0]) == ["E10", "E20"]
    assert area.request_row.account.number in text
    assert other_area.request_row.account.number not in text
    html = answered.content.decode()
    assert "Протокол № 1/2026 сформирован" in html
    assert re.findall(r'data-row="(\d+)"', html) == [str(tariff.pk), str(area.pk)]
    assert f"/documents/{protocol.document_id}/" in html


def test_prints_nothing_when_the_marked_rows_changed_meanwhile(checked: Checked) -> None:
    first, second, *_ = checked.found()
    checked.decide(first, "hold")
    address = f"{checked.address}protocol/"
    hidden = dict(re.findall(r'name="(rows|roubles)" value="([^"]*)"', checked.decider.get(address).content.decode()))
    checked.decide(second, "hold")
    html = checked.decider.post(address, hidden, follow=True).content.decode()
    assert "Пока вы проверяли, список изменился: было 1 на" in html
    assert not DiscrepancyProtocol.objects.exists()


def test_decides_all_of_one_reason_after_a_confirmation(checked: Checked) -> None:
    address = f"{checked.address}alike/?why=E10&decision=accept"
    html = checked.decider.get(address).content.decode()
    # Of two rows: 10 m³ × (30.00 − 26.06) / 2 and 10 m³ × (30.00 − 20.10) / 2, the sums being 300.00.
    for said in ("Принять 4\N{NO-BREAK SPACE}строки?", f"138,40{NBSP}₽", "Тариф не по справочнику"):
        assert said in html
    assert "Записано решений: 4" in confirmed(checked.decider, address).content.decode()
    assert {one.decision for one in checked.found("E10")} == {"accept"}
    assert {one.decision for one in checked.found("E20")} == {"open"}
    again = confirmed(checked.decider, f"{checked.address}alike/?why=E10&decision=open").content.decode()
    assert "Записано решений: 4" in again
    assert {one.decision for one in checked.found("E10")} == {"open"}


def test_decides_nothing_when_the_reason_has_other_rows_by_now(checked: Checked) -> None:
    address = f"{checked.address}alike/?why=E10&decision=hold"
    html = checked.decider.get(address).content.decode()
    hidden = dict(re.findall(r'name="(rows|roubles)" value="([^"]*)"', html))
    checked.decide(checked.found("E10")[0], "accept")
    answered = checked.decider.post(address, hidden, follow=True).content.decode()
    assert "Пока вы проверяли, список изменился: было 4 на 138,40" in answered
    assert [one.decision for one in checked.found("E10")] == ["accept", "open", "open", "open"]
    assert checked.decider.post(address, {"rows": "x"}).status_code == 404


def test_loads_what_is_ready_and_says_what_stays(checked: Checked) -> None:
    for code in ("E20", "E21"):
        for row in checked.found(code):
            checked.decide(row, "accept")
    water = checked.found("E10")[0]
    checked.decide(water, "accept")
    address = f"{checked.address}load/"
    html = checked.loader.get(address).content.decode()
    for said in (f"1{NBSP}начисление на 300,00{NBSP}₽", "Не решено 3", "перерасчётом в следующем файле"):
        assert said in html
    asked = confirmed(checked.loader, address).content.decode()
    assert "Загрузка начислений" in asked
    (job,) = Job.objects.filter(kind="load_return")
    assert jobs.run_here(job).state == "done"
    html = checked.loader.get(f"/jobs/{job.pk}/").content.decode()
    assert "Успешно: 1. Предупреждений: 3. Ошибок: 0" in html
    assert Charge.objects.get().billed == Decimal("300.00")
    assert "Файл загружен" in checked.loader.get(checked.address).content.decode()
    assert "уже не загрузить" in checked.decide(checked.found("E10")[1], "accept")


def test_loads_nothing_when_decisions_changed_meanwhile(checked: Checked) -> None:
    answered = checked.loader.post(f"{checked.address}load/", {"rows": "4", "roubles": "1200.00"}, follow=True)
    assert "готовых начислений было 4, стало 0" in answered.content.decode()
    assert not Charge.objects.exists()


def test_says_who_loads(checked: Checked) -> None:
    html = checked.decider.get(checked.address).content.decode()
    assert "Загружает специалист по расчёту: Расчётова" in html
    answered = checked.decider.get(f"{checked.address}load/")
    assert (answered.status_code, "специалист по расчёту" in answered.content.decode()) == (403, True)


def test_sends_a_protocol_once(checked: Checked) -> None:
    protocol = checked.at.tell(checked.file)
    address, sent = f"/exchange/protocols/{protocol.pk}/", {"way": "email", "to": "abonent@example.ru"}
    assert visitor(Role.HEAD, office=checked.at.office).post(f"{address}send/", sent).status_code == 403
    nobody = checked.decider.post(f"{address}send/", sent | {"to": " "}).content.decode()
    assert "Напишите, кому отправлен протокол" in nobody
    html = checked.decider.post(f"{address}send/", sent, follow=True).content.decode()
    assert "Протокол № 1/2026 отправлен" in html
    assert "по электронной почте: abonent@example.ru" in html
    assert JournalEntry.objects.filter(item="3.10", event="отправлено").count() == 1
    assert "отправлен" in checked.decider.post(f"{address}send/", sent, follow=True).content.decode()
    assert JournalEntry.objects.filter(item="3.10", event="отправлено").count() == 1


def test_shows_a_foreign_district_no_protocol(checked: Checked) -> None:
    protocol = checked.at.tell(checked.file)
    foreign = visitor(Role.CHECKING, office=make.office())
    assert foreign.get(f"/exchange/protocols/{protocol.pk}/").status_code == 404
    assert foreign.post(f"/exchange/protocols/{protocol.pk}/send/").status_code == 404
    assert "№ 1/2026" not in foreign.get("/exchange/protocols/?m=2026-10").content.decode()
    assert "№ 1/2026" in checked.decider.get("/exchange/protocols/?m=2026-10").content.decode()


def test_queues_files_until_all_is_decided_told_and_loaded(checked: Checked) -> None:
    address = "/exchange/checks/?m=2026-10"
    html = checked.decider.get(address).content.decode()
    assert (">ждёт решений</span>" in html, checked.file.name in html) == (True, True)
    assert ("из 8" in html, "1 200,00" in html.replace(NBSP, " ")) == (True, True)
    for row in checked.found():
        checked.decide(row, "hold")
    assert ">ждёт протокола</span>" in checked.decider.get(address).content.decode()
    checked.at.form(checked.file)
    assert ">можно загружать</span>" in checked.decider.get(address).content.decode()
    assert checked.file.name not in checked.decider.get(f"{address}&state=undecided").content.decode()
    checked.at.load(checked.file)
    assert "Расхождений нет: файлов этого месяца" in checked.decider.get(address).content.decode()


@pytest.mark.parametrize("address", ["/exchange/checks/?m=2026-10", "/exchange/protocols/?m=2026-10"])
def test_asks_the_same_number_of_questions_for_one_and_for_three_files(address: str) -> None:
    auditor = visitor(Role.AUDITOR)
    counted = []
    for more in (1, 2):
        for _ in range(more):
            made = checked_file(rows=1)
            first, *_ = made.found()
            made.decide(first, "hold")
            made.at.form(made.file)
        auditor.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert auditor.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] < 15


def test_writes_the_narrowed_list_into_a_sheet(checked: Checked) -> None:
    row = checked.found("E20")[0]
    checked.decide(row, "hold")
    answered = checked.decider.get(f"{checked.address}sheet/?why=E20")
    sheet = load_workbook(io.BytesIO(b"".join(answered.streaming_content))).active
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(number for number, line in enumerate(cells) if line[0] == "Строка файла")
    first, second = cells[head + 1], cells[head + 2]
    person = row.request_row.recipient.person.full_name
    assert first[:3] == [1, person, row.request_row.account.number]
    assert (first[4], first[7], first[8]) == ("E20", "64,5", "54")
    assert (first[10], second[10]) == ("не принимать до исправления", "не рассмотрено")
    assert cells[head + 3][0] == "Всего строк: 2"
    assert visitor(Role.CHECKING, office=make.office()).get(f"{checked.address}sheet/").status_code == 404
