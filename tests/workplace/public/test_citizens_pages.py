"""The open pages beside the example: the navigator, questions, acts, samples and the leaflet, by whoever comes."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from calculations.models import Parameter
from offices.models import Office
from providers.models import Tariff
from recipients.models import Ground
from tests import factories
from tests.calculations.town import directories
from workplace.papers.printing import printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ANSWERS = {"group": "2", "registered": "yes", "stock": "private", "heating": "no"}
NOT_A_RECIPIENT = "Получателями являются инвалиды и дети-инвалиды, зарегистрированные в области."


@pytest.fixture
def office() -> Office:
    directories()
    factories.ground(code="О06", title="не получатель", article="пункт 2.3", text=NOT_A_RECIPIENT)
    return factories.office(hours="пн–пт 9:00–18:00", phone="(48132) 0-00-00")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Come in the month that the factories' directories are for."""
    printed.cache_clear()
    monkeypatch.setattr("workplace.views.public.localdate", lambda: factories.MONTH.replace(day=20))
    yield
    printed.cache_clear()


def plain(html: bytes) -> str:
    text = re.sub(r"<[^>]+>", " ", html.decode()).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def asked(client: Client, office: Office, **answers: str) -> str:
    page = client.get("/right/", ANSWERS | {"district": office.district.code} | answers)
    assert page.status_code == 200
    return plain(page.content)


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_tells_what_the_right_gives_and_from_which_month(client: Client, office: Office) -> None:
    text = asked(client, office)
    assert "Да, право есть: инвалид II группы" in text
    assert "начислять начнут за ноябрь 2026" in text, "an application of October is paid from November (2.4.1)"
    assert "Содержание жилого помещения нет В частном жилищном фонде эта плата не компенсируется" in text
    assert "Взнос на капитальный ремонт да" in text
    assert "(48132) 0-00-00, пн–пт 9:00–18:00" in text


@pytest.mark.parametrize(
    ("answers", "said", "unsaid"),
    [
        ({"group": "3"}, "этой группе инвалидности взнос не компенсируется", "ребёнка-инвалида —"),
        ({"group": "child"}, "копии документов о членах семьи ребёнка-инвалида", "этой группе инвалидности"),
        ({"heating": "yes"}, "Баллонный газ", "Твёрдое топливо (уголь"),
        ({"stock": "municipal"}, "Содержание жилого помещения да", "В частном жилищном фонде"),
    ],
    ids=["third group", "child", "central heating", "municipal dwelling"],
)
def test_answers_by_what_it_is_told(
    client: Client, office: Office, answers: dict[str, str], said: str, unsaid: str
) -> None:
    text = asked(client, office, **answers).lower()
    assert said.lower() in text
    assert unsaid.lower() not in text


@pytest.mark.parametrize("answers", [{"group": "none"}, {"registered": "no"}], ids=["no group", "elsewhere"])
def test_names_the_coded_ground_where_there_is_no_right(
    client: Client, office: Office, answers: dict[str, str]
) -> None:
    text = asked(client, office, **answers)
    assert "Права на эту меру нет" in text
    assert NOT_A_RECIPIENT in text
    assert "Код основания О06" in text
    assert "Компенсируют" not in text


SUSPENDED = {"kind": Ground.Kind.SUSPENSION, "title": "долг", "article": "часть 3 статьи 160"}


def test_tells_on_which_ground_of_the_day_a_payment_is_suspended(client: Client, office: Office) -> None:
    by_act, unagreed, former = "Долг подтверждён судебным актом.", "Долг без соглашения.", "Долг по прежнему закону."
    factories.ground(code="С01", text=by_act, **SUSPENDED)
    factories.ground(code="С01", text=former, valid_from=dt.date(2016, 1, 1), valid_to=factories.LONG_AGO, **SUSPENDED)
    factories.ground(code="С02", text=unagreed, **SUSPENDED)
    text = asked(client, office)
    assert f"Когда выплату приостановят {by_act} Часть 3 статьи 160" in text
    assert "Код основания С01" in text
    assert unagreed not in text, "the rule of the month is by court act"
    assert former not in text
    acts = plain(client.get("/acts/").content)
    assert "Когда выплату приостанавливают" in acts
    assert by_act in acts
    assert former not in acts
    Parameter.objects.filter(code="arrears_rule").update(value="none")
    assert "Когда выплату приостановят" not in asked(client, office)


def test_asks_again_for_what_was_not_answered(client: Client, office: Office) -> None:
    page = client.get("/right/", {"group": "2"})
    assert page.status_code == 422
    assert "Выберите, чьё жильё." in plain(page.content)


def test_works_out_the_examples_of_the_questions_in_few_queries(client: Client, office: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        text = plain(client.get("/questions/").content)
    assert len(queries) < 12
    assert "4,32 м³ на человека × 1 чел. × 26,06 ₽ = 112,5792 ₽" in text, "the norm of the month, not a typed sum"
    assert "Вам за октябрь 56,29" not in text
    assert "не компенсируется" in text


def test_counts_the_examples_anew_when_a_tariff_changes(client: Client, office: Office) -> None:
    before = plain(client.get("/questions/").content)
    Tariff.objects.filter(service="10").update(price=Decimal("30.00"))
    after = plain(client.get("/questions/").content)
    assert "26,06 ₽" in before
    assert "26,06 ₽" not in after
    assert "30 ₽ = 129,60 ₽" in after


def test_shows_acts_grounds_in_force_and_offices(client: Client, office: Office) -> None:
    factories.ground(code="П01", kind=Ground.Kind.TERMINATION, title="смерть получателя")
    factories.ground(code="П09", kind=Ground.Kind.TERMINATION, title="прежнее основание", valid_to=factories.MONTH)
    with CaptureQueriesContext(connection) as queries:
        text = plain(client.get("/acts/").content)
    assert len(queries) < 6
    assert "смерть получателя" in text
    assert "прежнее основание" not in text
    assert "пн–пт 9:00–18:00" in text
    assert str(Tariff.objects.earliest("pk").decree) in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("equivalent", "копия документа, удостоверяющего личность"),
        ("fuel", "дрова по этому заявлению не компенсируют"),
        ("heir", "копия свидетельства о смерти получателя"),
    ],
)
def test_gives_a_sample_of_an_application_on_one_sheet(client: Client, office: Office, kind: str, said: str) -> None:
    answer = client.get(f"/acts/sample/{kind}/")
    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert said in words_of(answer.content)


def test_gives_no_sample_that_is_not_there(client: Client, office: Office) -> None:
    assert client.get("/acts/sample/loan/").status_code == 404


def test_prints_the_leaflet_once_for_many_who_ask(client: Client, office: Office) -> None:
    first, second = (client.get("/leaflet/").content for _ in range(2))
    assert first == second
    assert printed.cache_info().hits == 1
    assert len(PdfReader(io.BytesIO(first)).pages) == 1
    text = words_of(first)
    assert "учтено 337,74" in text
    assert "Ваша доля" in text


@pytest.mark.parametrize(
    "address", ["/example/", "/right/", "/questions/", "/acts/", "/leaflet/", "/acts/sample/fuel/"]
)
def test_takes_nothing_but_a_question(client: Client, office: Office, address: str) -> None:
    assert client.post(address, {"who": "2"}).status_code == 405


def test_says_in_words_that_a_month_has_no_rules_yet(client: Client) -> None:
    factories.office()
    answer = client.get("/questions/")
    assert answer.status_code == 503
    assert "ещё не введены или не подтверждены правила расчёта" in plain(answer.content)
