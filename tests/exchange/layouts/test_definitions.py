"""A definition that administrators write: everything wrong with it is named, in words, at once."""

from typing import Any

import pytest

from exchange.layouts.definitions import BadLayout, layout_from, preset_definition


def faults_of(definition: Any) -> tuple[str, ...]:
    with pytest.raises(BadLayout) as caught:
        layout_from(definition)
    assert all(fault.endswith(".") for fault in caught.value.faults)
    return caught.value.faults


def l3(**changes: Any) -> dict[str, Any]:
    return {**preset_definition("l3_capital_repair"), **changes}


def l3_with(name: str, **changes: Any) -> dict[str, Any]:
    definition = l3()
    next(field for field in definition["fields"] if field["name"] == name).update(changes)
    return definition


def test_names_every_fault_of_a_definition_at_once() -> None:
    definition = l3(kind="round", direction="up", debt_sign="minus", encodng="cp866", matching=["number"])
    del definition["version"]
    definition["fields"][0]["length"] = "three"
    del definition["fields"][1]["type"]
    assert set(faults_of(definition)) >= {
        "В описании формата недопустимое значение «kind = round»: возможны wide, repeated, long, single, flat.",
        "В описании формата недопустимое значение «direction = up»: возможны request_and_return, in, out.",
        "В описании формата нет «version».",
        "В описании формата «debt_sign» — целое число, а указано «minus».",
        "В описании формата есть неизвестная настройка «encodng».",
        "Поле KOD_POST: «length» — целое число, а указано «three».",
        "Поле FAMIL: нет «type».",
    }


def test_names_what_contradicts_itself_at_once() -> None:
    definition = l3(encoding="koi9", debt_sign=0, name_mask="LGT-{GGGG}.dbf", completed_by_us=["TWIN"])
    definition["fields"][1] |= {"name": "ФАМИЛИЯ", "form": "date:DD.MM"}
    definition["fields"][2] |= {"role": "person.shoe_size", "values": "sizes"}
    definition["fields"][3] |= {"name": "KOD_POST"}
    definition["fields"][12] |= {"type": "D", "decimals": 0}
    assert set(faults_of(definition)) == {
        "Имена полей в формате повторяются: KOD_POST.",
        "Дополненными нами названы поля, которых в формате нет: TWIN.",
        "Поле ФАМИЛИЯ: имя поля DBF — до 10 латинских букв и цифр, первая — буква.",
        "Поле ФАМИЛИЯ: вид значения «дата вида ДД.ММ» неизвестен.",
        "Поле IMJA: нет таблицы значений «sizes».",
        "Поле IMJA: смысл «person.shoe_size» неизвестен.",
        "Поле ROPL: ширина поля типа D — 8, а указано 12.",
        "Поле ROPL: смысл «общая площадь» — число, а поле читается иначе: исправьте вид значения.",
        "Знак долга — 1 или -1.",
        "Кодировка «koi9» неизвестна, обычные — cp866, cp1251, utf-8 или auto.",
        (
            "Имя файла: неизвестны подстановки {GGGG}, возможны "
            "{ГГ}, {ГГГГ}, {ММ}, {банк}, {номер}, {поставщик}, {район}."
        ),
    }


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        pytest.param(3, "В описании формата нужны пары «название = значение».", id="not a table"),
        pytest.param(l3(fields=[]), "В описании формата нет ни одного поля.", id="no columns"),
        pytest.param(l3(fields=3), "В описании формата «fields» — список, а указано «3».", id="columns not a list"),
        pytest.param(l3(groups=[]), "В описании формата у формата single нужны «groups»: какая услуга в какой группе полей.", id="no service"),
        pytest.param(l3(matching=["snils"]), "Сопоставлять по «СНИЛС» нельзя: в формате нет полей со смыслом «СНИЛС».", id="key without a column"),
        pytest.param(l3(matching=[]), "Не указано, по чему сопоставлять строки ответа.", id="no key"),
        pytest.param(l3_with("LSA", type="Q"), "Поле LSA: типа «Q» не бывает, возможны C, N, F, D, L.", id="unknown type"),
        pytest.param(l3_with("SUML1", decimals=11), "Поле SUML1: 11 знаков после точки не поместятся в N шириной 12.", id="decimals"),
        pytest.param(l3_with("SUML1", role=""), "В формате нет поля с начисленной суммой.", id="no sum"),
        pytest.param(l3_with("DOLG", role="line.billed", values=""), "Один смысл у нескольких полей: начислено.", id="one role twice"),
        pytest.param(l3_with("ROPL", role="row.residents"), "Поле ROPL: смысл «зарегистрировано» — целое число, а поле читается иначе: исправьте вид значения.", id="number of people with kopecks"),
        pytest.param(l3_with("DOLG", values=""), "Поле DOLG: смысл «есть долг» — да или нет, а поле читается иначе: исправьте вид значения.", id="flag without values"),
        pytest.param(l3_with("LSA", form="percent:50"), "Поле LSA: вид значения «50 % суммы» не бывает у поля типа C.", id="form of another type"),
        pytest.param(l3_with("LSA", part=[3, 1]), "Поле LSA: «part»: первое число меньше второго и не меньше нуля.", id="part backwards"),
        pytest.param(l3_with("LSA", colour="red"), "Поле LSA: есть неизвестная настройка «colour».", id="unknown setting"),
        pytest.param(l3(tolerances={"roubles": 0.02}), "Раздел «tolerances»: «roubles» — число в кавычках, например \"0.02\", а указано «0.02».", id="a float"),
        pytest.param(l3(values={"mark": {}}), "В описании формата таблица значений «mark» — непустые пары «знак в файле = значение».", id="empty values"),
        pytest.param(l3(limits={"rows": 0}), "Раздел «limits»: «rows» — от 1 до 2000000, а указано 0.", id="limit of nothing"),
        pytest.param(l3(acknowledgement={"reply": "text", "name_mask": "{file}.txt"}), "Подтверждение текстом: нужны и текст, и имя файла.", id="reply without text"),
        pytest.param(l3(acknowledgement={"reply": "text", "name_mask": "{file}.txt", "text": "{sum}"}), "Текст подтверждения: неизвестны подстановки {sum}, возможны {замечания}, {имя файла}, {месяц}, {не сопоставлено}, {получен}, {принял}, {сопоставлено}, {список}, {строк}, {файл}.", id="reply of unknown facts"),
    ],
)  # fmt: skip
def test_says_in_words_what_is_wrong(definition: Any, fault: str) -> None:
    assert fault in faults_of(definition)


def test_refuses_groups_that_a_file_cannot_count() -> None:
    definition = preset_definition("l2_gubkin") | {"container": "csv", "writing": {"header_row": 0}}
    fault = "Число групп узнаётся по именам столбцов, а строки с именами в этом формате нет."
    assert fault in faults_of(definition)
    nameless = preset_definition("l2_gubkin")
    nameless["group_fields"][0]["name"] = "KGKYSL"
    assert "Поле KGKYSL: в имени поля группы нужен номер {n}." in faults_of(nameless)
