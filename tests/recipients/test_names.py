import pytest

from recipients.names import (
    GrammaticalCase,
    PersonName,
    Sex,
    decline,
    full_name,
    initials_and_surname,
    sex_by_patronymic,
    surname_and_initials,
)


def test_writes_the_full_name() -> None:
    assert full_name(PersonName("Иванов", "Иван", "Иванович")) == "Иванов Иван Иванович"


def test_leaves_no_gap_where_there_is_no_patronymic() -> None:
    name = PersonName("Ким", "Анна")
    assert full_name(name) == "Ким Анна"
    assert surname_and_initials(name) == "Ким\xa0А."


@pytest.mark.parametrize(
    ("name", "after", "before"),
    [
        (PersonName("Иванов", "Иван", "Иванович"), "Иванов\xa0И.\xa0И.", "И.\xa0И.\xa0Иванов"),
        (PersonName("Ким", "Анна-Мария", "Ильинична"), "Ким\xa0А.-М.\xa0И.", "А.-М.\xa0И.\xa0Ким"),
        (PersonName("Гасанов", "Али", "Мамед оглы"), "Гасанов\xa0А.\xa0М.", "А.\xa0М.\xa0Гасанов"),
    ],
)
def test_shortens_a_name_to_initials(name: PersonName, after: str, before: str) -> None:
    assert surname_and_initials(name) == after
    assert initials_and_surname(name) == before


@pytest.mark.parametrize(
    ("name", "genitive", "dative"),
    [
        ("Иванов Иван Иванович", "Иванова Ивана Ивановича", "Иванову Ивану Ивановичу"),
        ("Петрова Мария Сергеевна", "Петровой Марии Сергеевны", "Петровой Марии Сергеевне"),
        ("Соловьёва Любовь Ильинична", "Соловьёвой Любови Ильиничны", "Соловьёвой Любови Ильиничне"),
        ("Шевченко Пётр Фомич", "Шевченко Петра Фомича", "Шевченко Петру Фомичу"),
        ("Черных Лев Никитич", "Черных Льва Никитича", "Черных Льву Никитичу"),
        ("Кузьмич Ольга Кузьминична", "Кузьмич Ольги Кузьминичны", "Кузьмич Ольге Кузьминичне"),
        ("Кузьмич Олег Павлович", "Кузьмича Олега Павловича", "Кузьмичу Олегу Павловичу"),
        ("Бонч-Бруевич Никита Ильич", "Бонч-Бруевича Никиты Ильича", "Бонч-Бруевичу Никите Ильичу"),
        ("Петрова-Водкина Анна-Мария Юрьевна", "Петровой-Водкиной Анны-Марии Юрьевны",
         "Петровой-Водкиной Анне-Марии Юрьевне"),
        ("СУХОЙ ПАВЕЛ ИГОРЕВИЧ", "СУХОГО ПАВЛА ИГОРЕВИЧА", "СУХОМУ ПАВЛУ ИГОРЕВИЧУ"),
    ],
)  # fmt: skip
def test_declines_names(name: str, genitive: str, dative: str) -> None:
    person = PersonName(*name.split())
    assert full_name(decline(person, GrammaticalCase.GENITIVE)) == genitive
    assert full_name(decline(person, GrammaticalCase.DATIVE)) == dative


@pytest.mark.parametrize(
    ("name", "declined"),
    [
        pytest.param(PersonName("Smith", "John", "Иванович"), "Smith John Ивановичу", id="foreign letters"),
        pytest.param(PersonName("Иванов", "И.", "И."), "Иванову И. И.", id="initials"),
        pytest.param(PersonName("Де Врис", "Павел"), "Де Врис Павлу", id="several words"),
        pytest.param(PersonName("Гасанов", "Мамед", "Али оглы"), "Гасанову Мамеду Али оглы", id="oglu"),
    ],
)
def test_leaves_unusual_parts_as_they_are(name: PersonName, declined: str) -> None:
    assert full_name(decline(name, GrammaticalCase.DATIVE, sex=Sex.MALE)) == declined


def test_leaves_a_name_alone_when_the_sex_is_unknown() -> None:
    name = PersonName("Ким", "Саша")
    assert decline(name, GrammaticalCase.DATIVE) == name


def test_lets_the_told_sex_decide() -> None:
    name = PersonName("Ким", "Женя")
    assert full_name(decline(name, GrammaticalCase.DATIVE, sex=Sex.MALE)) == "Киму Жене"
    assert full_name(decline(name, GrammaticalCase.DATIVE, sex=Sex.FEMALE)) == "Ким Жене"


@pytest.mark.parametrize(
    ("middle_name", "sex"),
    [
        ("Иванович", Sex.MALE),
        ("Фомич", Sex.MALE),
        ("Мамед оглы", Sex.MALE),
        ("Ивановна", Sex.FEMALE),
        ("Ильинична", Sex.FEMALE),
        ("Мамед кызы", Sex.FEMALE),
        ("", None),
        ("Ли", None),
    ],
)
def test_sees_the_sex_in_the_patronymic(middle_name: str, sex: Sex | None) -> None:
    assert sex_by_patronymic(middle_name) == sex
