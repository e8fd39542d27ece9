"""One box finds people by name, birth, СНИЛС, address, account and case number."""

import datetime as dt
from typing import Any

import pytest

from offices.models import Office
from recipients.finding import edits
from recipients.models import Recipient
from recipients.snils import format_snils
from tests import factories as make
from tests.workplace.people.neighbours import neighbour, settled
from workplace.selectors.people.search import found, question_of

ON = dt.date(2026, 10, 15)


@pytest.fixture
def office(db: Any) -> Office:
    return make.office()


def asked(text: str, office: Office) -> set[int]:
    rows = Recipient.objects.filter(office=office)
    return set(rows.filter(found(text, rows=rows, on=ON).condition).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Берёзкина", id="the surname"),
        pytest.param("берез", id="its beginning in small letters"),
        pytest.param("БЕРЁЗКИНА", id="in capitals"),
        pytest.param("Анна Берёзкина", id="the first name first"),
        pytest.param("петровна анна березкина", id="all three backwards, е for ё"),
        pytest.param("Берёзкина А. П.", id="with initials"),
        pytest.param("Берёзкина А.П.", id="with initials without spaces"),
        pytest.param("берёзкина 1958", id="with the year of birth"),
        pytest.param("Берёзкина 14.05.1958", id="with the day of birth"),
        pytest.param("14.05.1958", id="by the day of birth alone"),
        pytest.param("Бирёзкина", id="a letter mistaken"),
        pytest.param("Березкна", id="a letter missing"),
        pytest.param("Беррезкина", id="a letter too many"),
        pytest.param("Береккина Анна", id="a letter mistaken beside a right name"),
        pytest.param("Березикна", id="neighbours exchanged"),
    ],
)
def test_finds_a_person_by(text: str, office: Office) -> None:
    wanted = neighbour(office, "Берёзкина", birth_date=dt.date(1958, 5, 14))
    neighbour(office, "Соколова", "Мария", "Ивановна", birth_date=dt.date(1971, 1, 2))
    assert asked(text, office) == {wanted.pk}


@pytest.mark.parametrize("text", ["Седая", "соловьева-седая", "Соловьёва Седая", "ольга седая"])
def test_finds_both_halves_of_a_double_surname(text: str, office: Office) -> None:
    wanted = neighbour(office, "Соловьёва-Седая", "Ольга", "Юрьевна")
    neighbour(office, "Ольгина", "Анна")
    assert asked(text, office) == {wanted.pk}


def test_takes_a_surname_before_a_patronymic(office: Office) -> None:
    surname = neighbour(office, "Иванов", "Олег", "Юрьевич")
    patronymic = neighbour(office, "Белов", "Олег", "Иванович")
    assert asked("иванов", office) == {surname.pk}
    assert asked("иванович", office) == {patronymic.pk}


def test_takes_names_written_so_before_those_nearly_so(office: Office) -> None:
    exact, near = neighbour(office, "Петров"), neighbour(office, "Петрова")
    other = neighbour(office, "Питров")
    assert asked("петров", office) == {exact.pk, near.pk}
    assert asked("питров", office) == {other.pk}


def test_says_whether_the_name_is_only_nearly_so(office: Office) -> None:
    neighbour(office, "Берёзкина")
    rows = Recipient.objects.all()
    assert not found("Берёзкина", rows=rows, on=ON).is_nearly
    assert found("Бирёзкина", rows=rows, on=ON).is_nearly


@pytest.mark.parametrize("text", ["ъъъъ", "%", "_", "'; --", "—", "  "])
def test_finds_nobody_by_what_nobody_is_called(text: str, office: Office) -> None:
    neighbour(office, "Берёзкина")
    assert asked(text, office) == set()


def test_finds_by_snils_however_it_is_typed(office: Office) -> None:
    wanted, _ = neighbour(office, "Берёзкина"), neighbour(office, "Соколова")
    digits = wanted.person.snils
    spellings = [digits, format_snils(digits), f"СНИЛС {digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"]
    assert [asked(text, office) for text in spellings] == [{wanted.pk}] * 3


def test_finds_by_a_part_of_the_snils(office: Office) -> None:
    wanted = neighbour(office, "Берёзкина", snils="11223344595")
    assert asked("2233445", office) == {wanted.pk}


@pytest.mark.parametrize("text", ["03-1127", "дело 03-1127", "031127", "дело № 03-1127", "1127"])
def test_finds_by_case_number(text: str, office: Office) -> None:
    wanted = neighbour(office, "Берёзкина", case_number="03-1127")
    neighbour(office, "Соколова", case_number="03-9999")
    assert asked(text, office) == {wanted.pk}


def test_finds_by_a_case_number_with_a_letter(office: Office) -> None:
    wanted = neighbour(office, "Берёзкина", case_number="Э-000160")
    neighbour(office, "Соколова", case_number="Э-000161")
    assert [asked(text, office) for text in ("Э-000160", "э000160", "000160", "160")] == [{wanted.pk}] * 4


@pytest.mark.parametrize("text", ["00123-456", "л/с 00123456", "00123456", "лицевой счёт 00123 456", "123456"])
def test_finds_by_an_account_of_the_dwelling(text: str, office: Office) -> None:
    wanted = neighbour(office, "Берёзкина", snils=None)
    make.account(dwelling=settled(wanted, street="ул. Полевая", house="12"), number="00123456")
    other = neighbour(office, "Соколова", snils=None)
    make.account(dwelling=settled(other, street="ул. Полевая", house="14"), number="00999999")
    assert asked(text, office) == {wanted.pk}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Полевая 12 34", id="street, house and flat"),
        pytest.param("полевая 12-34", id="with a dash"),
        pytest.param("ул. Полевая, д. 12, кв. 34", id="as on an envelope"),
        pytest.param("Сафоново Полевая 12 34", id="with the town"),
        pytest.param("Берёзкина Полевая", id="with the surname"),
        pytest.param("Берёзкина Полевая 12", id="with the surname and the house"),
    ],
)
def test_finds_by_address(text: str, office: Office) -> None:
    wanted, beside = neighbour(office, "Берёзкина"), neighbour(office, "Соколова")
    settled(wanted, street="ул. Полевая", house="12", flat="34")
    settled(beside, street="ул. Полевая", house="12", flat="35")
    assert asked(text, office) == {wanted.pk}


def test_finds_everyone_of_a_street_and_of_a_house_with_a_letter(office: Office) -> None:
    first, second, far = (neighbour(office, name) for name in ("Берёзкина", "Соколова", "Орлова"))
    settled(first, street="ул. Полевая", house="12А", flat="1")
    settled(second, street="ул. Полевая", house="14")
    settled(far, street="пер. Школьный", house="12")
    assert asked("полевая", office) == {first.pk, second.pk}
    assert [asked(text, office) for text in ("полевая 12а", "полевая 12 а")] == [{first.pk}] * 2


def test_forgets_a_dwelling_left_before_the_day(office: Office) -> None:
    moved = neighbour(office, "Берёзкина")
    home = settled(moved, street="ул. Полевая", house="12")
    moved.dwellings.filter(dwelling=home).update(valid_to=dt.date(2026, 10, 1))
    assert asked("полевая", office) == set()


def test_looks_only_among_the_rows_it_is_given(office: Office) -> None:
    neighbour(office, "Берёзкина")
    other = make.office()
    assert asked("Берёзкина", other) == set()
    assert asked("Бирёзкина", other) == set()


def test_answers_any_question_in_two_queries(office: Office, django_assert_max_num_queries: Any) -> None:
    neighbour(office, "Берёзкина")
    rows = Recipient.objects.filter(office=office)
    for text in ("Берёзкина", "Бирёзкина Анна", "Полевая 12-34", "00123", "14.05.1958"):
        with django_assert_max_num_queries(2):
            found(text, rows=rows, on=ON)


def test_parts_a_question_into_words_numbers_and_a_day() -> None:
    question = question_of("Берёзкина, ул. Полевая, 12 а, кв. 34; 14.05.1958")
    assert question.words == ("березкина", "ул", "полевая", "кв")
    assert question.numbers == ("12а", "34")
    assert question.born == dt.date(1958, 5, 14)
    assert question_of("45.15.1958").born is None


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("иванов", "иванов", 0), ("ивонов", "иванов", 1), ("иавнов", "иванов", 1), ("ванов", "иванов", 1),
     ("ивановв", "иванов", 1), ("", "кот", 3), ("кит", "", 3), ("петров", "иванов", 4)],
)  # fmt: skip
def test_counts_slips_of_the_pen(one: str, other: str, count: int) -> None:
    assert edits(one, other) == edits(other, one) == count
