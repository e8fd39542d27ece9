"""A protocol on screen: downloaded in three forms, answered row by row, reminded of, closed with outcomes."""

import io
import re

import pytest
from openpyxl import load_workbook

from exchange.models import DiscrepancyProtocol
from offices import files
from offices.models import JournalEntry, Role
from providers.models import Reminder
from tests import factories as make
from tests.factories import AT
from tests.workplace.verification.checked_files import Checked, checked_file
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked() -> Checked:
    return checked_file(rows=1)


@pytest.fixture
def sent(checked: Checked) -> DiscrepancyProtocol:
    return checked.at.send(checked.at.tell(checked.file))


def address_of(protocol: DiscrepancyProtocol, act: str = "") -> str:
    return f"/exchange/protocols/{protocol.pk}/{act}"


def page(checked: Checked, protocol: DiscrepancyProtocol, act: str = "") -> str:
    return checked.decider.get(address_of(protocol, act)).content.decode()


def test_gives_the_protocol_in_three_forms_with_their_hashes(checked: Checked, sent: DiscrepancyProtocol) -> None:
    html = page(checked, sent)
    for kept in (sent.document, sent.sheet, sent.table):
        assert kept.sha256 in html
        answered = checked.decider.get(f"/documents/{kept.pk}/")
        assert b"".join(answered.streaming_content) == files.read(kept)
        assert visitor(Role.CHECKING, office=make.office()).get(f"/documents/{kept.pk}/").status_code == 404
    sheet = load_workbook(io.BytesIO(files.read(sent.sheet))).active
    assert "Ответ предприятия" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_writes_down_what_the_provider_answered_row_by_row(checked: Checked, sent: DiscrepancyProtocol) -> None:
    first, second, *rest = checked.found()
    form = {f"a-{first.pk}": "agreed", f"a-{second.pk}": "explained", f"t-{second.pk}": "  счёт\n разделён "}
    html = checked.decider.post(address_of(sent, "answer/"), form | {"rest": "disagreed"}, follow=True).content.decode()
    assert "Ответ на протокол № 1/2026 записан" in html
    said = {(one.reply, one.reply_text) for one in checked.found()[:2]}
    assert said == {("agreed", ""), ("explained", "счёт разделён")}
    assert {one.reply for one in checked.found()[2:]} == {"disagreed"}
    assert len(rest) == 2
    sent.refresh_from_db()
    assert sent.answered_by == checked.at.checker
    assert JournalEntry.objects.filter(item="3.10", event="получен ответ").count() == 1
    assert {one.decision for one in checked.found()} == {"hold"}


def test_asks_for_the_words_of_an_explanation(checked: Checked, sent: DiscrepancyProtocol) -> None:
    form = {f"a-{checked.found()[0].pk}": "explained"}
    html = checked.decider.post(address_of(sent, "answer/"), form, follow=True).content.decode()
    assert "напишите, что пояснило предприятие" in html
    empty = checked.decider.post(address_of(sent, "answer/"), {}, follow=True).content.decode()
    assert "Отметьте ответ предприятия хотя бы в одной строке" in empty
    sent.refresh_from_db()
    assert sent.answered_at is None


def test_lists_what_waits_and_what_is_late(checked: Checked, sent: DiscrepancyProtocol) -> None:
    DiscrepancyProtocol.objects.update(answer_due_on=AT.date())
    address = "/exchange/protocols/?m=2026-10"
    html = checked.decider.get(f"{address}&late=1").content.decode()
    assert ("№ 1/2026" in html, ">нет ответа в срок</span>" in html) == (True, True)
    assert "Напомнить поставщикам о протоколах" in checked.decider.get("/").content.decode()
    checked.decider.post(address_of(sent, "remind/"), {"way": "phone"})
    assert Reminder.objects.get().text.startswith(
        "Протокол несоответствий № 1/2026 за октябрь 2026 отправлен 15.10.2026"
    )
    assert "по телефону" in page(checked, sent)
    checked.decider.post(address_of(sent, "answer/"), {"rest": "agreed"}, follow=True)
    assert "№ 1/2026" not in checked.decider.get(f"{address}&late=1").content.decode()
    assert "№ 1/2026" in checked.decider.get(f"{address}&state=answered").content.decode()
    sheet = checked.decider.get(f"{address}&xlsx=1")
    values = [cell.value for row in load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active for cell in row]
    assert "ответ получен" in values


def test_closes_with_the_outcomes_that_were_confirmed(checked: Checked, sent: DiscrepancyProtocol) -> None:
    for code in ("E20", "E21"):
        checked.decide(checked.found(code)[0], "accept", seen="hold")
    html = page(checked, sent, "close/")
    assert "Поставщик не ответил" in html
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\d+)"', html))
    assert hidden == {"corrected": "0", "accepted": "2", "not_charged": "2", "noted": "0"}
    wrong = checked.decider.post(address_of(sent, "close/"), hidden | {"accepted": "3"}, follow=True).content.decode()
    assert "итоги протокола № 1/2026 изменились" in wrong
    assert "закрыт" in checked.decider.post(address_of(sent, "close/"), hidden, follow=True).content.decode()
    assert sorted(one.outcome for one in checked.found()) == ["accepted", "accepted", "not_charged", "not_charged"]
    assert "закрыт с итогом «не начислено»" in checked.decide(checked.found("E10")[0], "accept", seen="hold")


@pytest.mark.parametrize("act", ["answer/", "close/", "send/", "remind/"])
def test_lets_only_the_checking_specialist_act(checked: Checked, sent: DiscrepancyProtocol, act: str) -> None:
    head, foreign = visitor(Role.HEAD, office=checked.at.office), visitor(Role.CHECKING, office=make.office())
    assert head.post(address_of(sent, act), {"way": "phone"}).status_code == 403
    assert foreign.post(address_of(sent, act), {"way": "phone"}).status_code == 404
