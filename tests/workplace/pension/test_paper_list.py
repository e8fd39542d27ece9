"""A list entered from paper: its visas, what it lacks, a table pasted into it and looked at before it is kept."""

import pytest
from django.urls import reverse

from exchange.models import ExchangeFile, PaperDelivery, PensionDifference
from exchange.services import layouts
from recipients.models import Entitlement
from tests import factories as make
from tests.factories import AT
from tests.workplace.pension.test_people_pages import specialist, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def right() -> Entitlement:
    make.open_month()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    make.unit()
    return make.entitlement()


def lines(right: Entitlement, **given: str) -> dict[str, str]:
    person = right.disabled_person
    told = {
        "kind": "registry",
        "handed_by": "Петрова А. А.",
        "handed_on": "15.10.2026",
        "received_on": "15.10.2026",
        "line-TOTAL_FORMS": "2",
        "line-INITIAL_FORMS": "0",
        "line-0-last_name": person.last_name,
        "line-0-first_name": person.first_name,
        "line-0-middle_name": person.middle_name,
        "line-0-birth_date": f"{person.birth_date:%d.%m.%Y}",
        "line-0-snils": person.snils or "",
        "line-0-told": "died",
        "line-0-on": "12.09.2026",
    }
    return told | given


def test_takes_a_list_from_paper_with_both_visas(right: Entitlement) -> None:
    answer = specialist(right.recipient.office).post(reverse("pension-paper"), lines(right), follow=True)
    assert answer.status_code == 200
    assert PensionDifference.objects.get().kind == "died"
    assert PaperDelivery.objects.get().handed_by == "Петрова А. А."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"line-0-on": ""}, "укажите дату", id="no day"),
        pytest.param({"line-0-birth_date": ""}, "заполните", id="no birth date"),
        pytest.param({"handed_by": ""}, "Укажите, кто передал", id="no visa"),
    ],
)
def test_says_what_a_list_from_paper_lacks(right: Entitlement, given: dict[str, str], said: str) -> None:
    answer = specialist(right.recipient.office).post(reverse("pension-paper"), lines(right, **given))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ExchangeFile.objects.exists()


def pasted(right: Entitlement) -> str:
    person = right.disabled_person
    row = [person.last_name, person.first_name, person.middle_name, f"{person.birth_date:%d.%m.%Y}", person.snils or ""]
    return "\n".join(["Фамилия\tИмя", "\t".join([*row, "Умер", "12.09.2026"]), "Петров\tИван\t\t01.01.1950\t\tпропал"])


def test_shows_a_pasted_table_before_anything_of_it_is_kept(right: Entitlement) -> None:
    empty = {
        f"line-0-{name}": "" for name in ("last_name", "first_name", "middle_name", "birth_date", "snils", "told", "on")
    }
    given = lines(right, **empty, table=pasted(right))
    answer = specialist(right.recipient.office).post(reverse("pension-paper"), given)
    shown = text_of(answer)
    assert "Вставлено 2 строки" in shown
    assert right.disabled_person.last_name in shown
    assert "пропал" in shown
    assert not ExchangeFile.objects.exists()
    forms = answer.context["lines"].forms
    assert [form.data[f"{form.prefix}-told"] for form in forms[:2]] == ["died", "пропал"]
    assert (bool(forms[0].errors), bool(forms[1].errors)) == (False, True)


def test_does_not_ask_for_the_visas_while_a_table_is_only_looked_at(right: Entitlement) -> None:
    given = lines(right, handed_by="", handed_on="15.10.2026", table="Петров;Иван;;01.01.1950;;умер;12.09.2026")
    answer = specialist(right.recipient.office).post(reverse("pension-paper"), given)
    assert answer.status_code == 200
    assert "Укажите, кто передал" not in text_of(answer)
    assert answer.context["form"]["handed_on"].value() == "15.10.2026"
    assert not ExchangeFile.objects.exists()


def test_puts_a_pasted_table_after_the_lines_that_were_filled(right: Entitlement) -> None:
    answer = specialist(right.recipient.office).post(reverse("pension-paper"), lines(right, table="Петров;Иван"))
    forms = answer.context["lines"].forms
    assert [form.data[f"{form.prefix}-last_name"] for form in forms] == [right.disabled_person.last_name, "Петров"]
