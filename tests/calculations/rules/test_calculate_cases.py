import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from django.core.management import call_command

from calculations.management.commands.calculate_cases import REFUSED

ROOT = Path(__file__).parents[3]
CASES = Path(__file__).parent.parent / "cases.csv"

COLD = {
    "case": "вода", "month": "2020-09", "holder": "adult", "group": "2", "residents": "3", "entitled": "1",
    "stock": "private", "area": "54", "service": "cold_water", "metered": "1", "quantity": "14", "tariff": "26.06",
    "norm": "4.32", "billed": "364.84", "days": "",
}  # fmt: skip
COLUMNS = list(COLD)
DAY = COLD | {"service": "electricity_day", "quantity": "140", "tariff": "4.67", "norm": "46", "billed": "653.80"}
NIGHT = DAY | {"service": "electricity_night", "quantity": "60", "tariff": "2.72", "billed": "163.20"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def table(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue()


def answer(folder: Path, text: str | bytes) -> tuple[int, str, str]:
    """Return the exit code, the answer file ('' when there is none) and what was said."""
    cases, out, said = folder / "cases.csv", folder / "answer.csv", io.StringIO()
    cases.write_bytes(text if isinstance(text, bytes) else text.encode())
    code = 0
    try:
        call_command("calculate_cases", str(cases), "--out", str(out), stdout=said, stderr=said)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return code, out.read_text(encoding="utf-8") if out.exists() else "", said.getvalue()


def test_answers_in_the_agreed_columns(folder: Path) -> None:
    code, text, said = answer(folder, table([COLD]))
    reason = "over_norm: учтено 337,74\xa0₽ из 364,84\xa0₽: сверх норматива не компенсируется"
    assert (code, said) == (0, "")
    assert text.splitlines() == [
        "case,service,base,share,cash_equivalent,rule,reason",
        f'вода,cold_water,337.74,1/3,56.29,utility_capped_per_person/1,"{reason}"',
        "вода,total,337.74,,56.29,,",
    ]


def test_prints_the_answer_where_no_file_is_named(folder: Path) -> None:
    cases, said = folder / "cases.csv", io.StringIO()
    cases.write_text(table([COLD]), encoding="utf-8")
    call_command("calculate_cases", str(cases), stdout=said)
    assert said.getvalue().splitlines()[-1] == "вода,total,337.74,,56.29,,"


def test_runs_without_any_database_server(folder: Path) -> None:
    out = folder / "answer.csv"
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, str(ROOT / "manage.py"), "calculate_cases", str(CASES), "--out", str(out)]
    finished = subprocess.run(
        command, cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True, timeout=120, check=False
    )
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "EX-3,total,6293.52,,3146.76,," in out.read_text(encoding="utf-8").splitlines()


def test_makes_one_line_of_the_zones(folder: Path) -> None:
    _, text, _ = answer(folder, table([DAY, COLD, NIGHT]))
    assert [line.split(",")[1:5] for line in text.splitlines()[1:]] == [
        ["electricity", "563.73", "1/3", "93.96"],
        ["cold_water", "337.74", "1/3", "56.29"],
        ["total", "901.47", "", "150.25"],
    ]


def test_joins_the_periods_of_a_line_from_rows_apart(folder: Path) -> None:
    first, second = (
        COLD | {"days": "15", "month": "2015-06"},
        COLD | {"days": "15", "month": "2015-06", "residents": "4"},
    )
    gas = first | {"service": "gas"}
    _, text, _ = answer(folder, table([first, gas, second]))
    assert text.splitlines()[1].startswith("вода,cold_water,364.84,1/3;1/4,53.21,")


def test_shows_the_base_of_the_full_month_beside_a_part_of_it(folder: Path) -> None:
    """The days stand in the sum and in the reason; periods of several bases are weighed by their days."""
    rows = [
        COLD | {"days": "10"},
        COLD | {"case": "двое", "residents": "1", "days": "10"},
        COLD | {"case": "двое", "residents": "2", "days": "5"},
        COLD | {"case": "никогда", "days": "0"},
    ]
    _, text, _ = answer(folder, table(rows))
    lines = [row for row in csv.reader(io.StringIO(text)) if row[1] == "cold_water"]
    assert [row[2:5] for row in lines] == [
        ["337.74", "1/3", "18.76"],
        ["150.11", "1/1;1/2", "28.14"],
        ["337.74", "1/3", "0.00"],
    ]
    assert lines[0][6] == (
        "over_norm: учтено 337,74\xa0₽ из 364,84\xa0₽: сверх норматива не компенсируется; "
        "право действовало 10 из 30 дней месяца"
    )
    assert lines[2][6] == "no_days: в этом месяце нет ни одного дня права"


def test_takes_a_regime_named_in_its_column(folder: Path) -> None:
    rows = [COLD | {"regime": name, "case": name or "по месяцу"} for name in ("REGULATION_2007", "federal_2016", "")]
    _, text, _ = answer(folder, table(rows, [*COLUMNS, "regime"]))
    assert [line.split(",")[4] for line in text.splitlines() if ",cold_water," in line] == ["60.81", "56.29", "56.29"]


def test_reads_a_table_with_a_byte_order_mark_and_windows_line_ends(folder: Path) -> None:
    code, text, _ = answer(folder, b"\xef\xbb\xbf" + table([COLD]).replace("\n", "\r\n").encode())
    assert (code, "56.29" in text) == (0, True)


def test_names_a_column_that_it_does_not_use(folder: Path) -> None:
    code, text, said = answer(folder, table([COLD | {"note": "проверка"}], [*COLUMNS, "note"]))
    assert (code, bool(text), said) == (0, True, "Столбцы не используются: note\n")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        pytest.param({"case": ""}, "case", id="no name"),
        pytest.param({"month": "2020-13"}, "month", id="no such month"),
        pytest.param({"month": "09.2020"}, "month", id="month written otherwise"),
        pytest.param({"holder": "child"}, "holder", id="unknown holder"),
        pytest.param({"group": "4"}, "group", id="unknown group"),
        pytest.param({"group": ""}, "group", id="no group"),
        pytest.param({"residents": "0"}, "residents", id="nobody lives there"),
        pytest.param({"residents": ""}, "residents", id="residents not given"),
        pytest.param({"residents": "2.5"}, "residents", id="half a person"),
        pytest.param({"entitled": "4"}, "entitled", id="more entitled than residents"),
        pytest.param({"entitled": "0"}, "entitled", id="nobody entitled"),
        pytest.param({"stock": "own"}, "stock", id="unknown stock"),
        pytest.param({"service": "antenna"}, "service", id="unknown service"),
        pytest.param({"metered": "да"}, "metered", id="flag in words"),
        pytest.param({"quantity": "много"}, "quantity", id="quantity in words"),
        pytest.param({"tariff": ""}, "tariff", id="no tariff"),
        pytest.param({"tariff": "0"}, "tariff", id="tariff of zero"),
        pytest.param({"tariff": "26,06"}, "tariff", id="decimal comma"),
        pytest.param({"norm": ""}, "norm", id="no norm"),
        pytest.param({"norm": "-4.32"}, "norm", id="negative norm"),
        pytest.param({"billed": ""}, "billed", id="no bill"),
        pytest.param({"billed": "-1"}, "billed", id="negative bill"),
        pytest.param({"billed": "1e3"}, "billed", id="exponent"),
        pytest.param({"billed": "NaN"}, "billed", id="no number"),
        pytest.param({"billed": "٣"}, "billed", id="foreign digit"),
        pytest.param({"days": "31"}, "days", id="31 days of September"),
        pytest.param({"days": "-1"}, "days", id="negative days"),
        pytest.param({"service": "heating", "area": ""}, "area", id="heating without an area"),
        pytest.param({"service": "capital_repair", "area": "0"}, "area", id="no area for capital repair"),
        pytest.param({"service": "electricity_day", "quantity": ""}, "quantity", id="zone without use"),
        pytest.param({"service": "electricity_day", "quantity": "0"}, "quantity", id="zone billed without use"),
    ],
)
def test_refuses_a_table_with_one_bad_cell(folder: Path, change: dict[str, str], column: str) -> None:
    code, text, said = answer(folder, table([COLD | {"case": "хорошая"}, COLD | change]))
    assert (code, text) == (REFUSED, "")
    assert said.startswith(f"Строка 3, столбец {column}: ")
    assert said.splitlines()[1:] == ["Ничего не посчитано, ошибок в таблице: 1"]


def test_tells_every_fault_in_the_order_of_rows_and_columns(folder: Path) -> None:
    rows = [
        COLD | {"billed": "x", "tariff": "", "month": "2020-09"},
        COLD | {"case": "вторая", "norm": "", "group": "0", "residents": "0"},
        COLD | {"case": "третья", "service": "heating", "area": "", "norm": "", "tariff": ""},
    ]
    code, text, said = answer(folder, table(rows))
    assert (code, text) == (REFUSED, "")
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        "Строка 2, столбец tariff",
        "Строка 2, столбец billed",
        "Строка 3, столбец group",
        "Строка 3, столбец residents",
        "Строка 3, столбец norm",
        "Строка 4, столбец area",
        "Строка 4, столбец tariff",
        "Строка 4, столбец norm",
        "Ничего не посчитано, ошибок в таблице",
    ]


def test_tells_the_faults_of_a_line_beside_those_of_its_rows(folder: Path) -> None:
    _, _, said = answer(folder, table([COLD | {"tariff": "x"}, COLD | {"billed": ""}, COLD | {"norm": "?"}, DAY]))
    assert [line.partition(":")[0] for line in said.splitlines()[:-1]] == [
        "Строка 2, столбец tariff",
        "Строка 3, столбец billed",
        "Строка 4, столбец norm",
    ]
    lost_zone = [part | {"days": "15"} for part in (DAY, NIGHT, DAY, NIGHT | {"service": "ночь"})]
    _, _, said = answer(folder, table(lost_zone))
    assert [line.partition(":")[0] for line in said.splitlines()[:-1]] == ["Строка 5, столбец service"]
    _, _, said = answer(folder, table([COLD | {"tariff": "x"}, COLD | {"billed": ""}]))
    assert said.splitlines()[2] == "Строка 3, столбец days: периоды строки вместе длиннее месяца"


def test_asks_no_norm_of_a_row_whose_right_is_unknown(folder: Path) -> None:
    repair = COLD | {"service": "capital_repair", "norm": "", "group": "4"}
    _, _, said = answer(folder, table([repair]))
    assert [line.partition(":")[0] for line in said.splitlines()[:-1]] == ["Строка 2, столбец group"]


@pytest.mark.parametrize(
    ("rows", "said_first"),
    [
        pytest.param([COLD, COLD], "Строка 3, столбец days: периоды строки вместе длиннее месяца", id="row twice"),
        pytest.param(
            [COLD | {"days": "10"}, COLD | {"days": "10", "month": "2020-08"}],
            "Строка 3, столбец month: не тот месяц, что в строке 2 этого же случая и услуги",
            id="two months in one line",
        ),
        pytest.param(
            [DAY, NIGHT | {"norm": "50"}],
            "Строка 3, столбец norm: у зон одного периода норматив один, его повторяют в каждой строке",
            id="two norms of one period",
        ),
        pytest.param(
            [DAY, DAY | {"service": "electricity"}],
            "Строка 3, столбец days: периоды строки вместе длиннее месяца",
            id="a zone beside the whole",
        ),
        pytest.param(
            [part | {"days": "15"} for part in (DAY, NIGHT, DAY)],
            "Строка 4, столбец service: в периоде нет зоны «ночь»: "
            "зоны повторяют в каждом периоде с теми же жильцами, днями и нормативом",
            id="a zone twice",
        ),
        pytest.param(
            [DAY | {"days": "15"}, NIGHT | {"days": "15", "norm": "50"}],
            "Строка 2, столбец service: в периоде нет зоны «ночь»: "
            "зоны повторяют в каждом периоде с теми же жильцами, днями и нормативом",
            id="two norms of half a month",
        ),
        pytest.param(
            [COLD | {"tariff": "x"}, COLD],
            "Строка 2, столбец tariff: нужно неотрицательное число с точкой, а здесь «x»",
            id="a line at fault beside its row",
        ),
    ],
)
def test_refuses_rows_that_do_not_make_a_line(folder: Path, rows: list[dict[str, str]], said_first: str) -> None:
    code, text, said = answer(folder, table(rows))
    assert (code, text, said.splitlines()[0]) == (REFUSED, "", said_first)


def test_refuses_two_regimes_in_one_line(folder: Path) -> None:
    rows = [COLD | {"days": "10"}, COLD | {"days": "10", "regime": "regulation_2007"}]
    code, _, said = answer(folder, table(rows, [*COLUMNS, "regime"]))
    assert (code, said.partition(":")[0]) == (REFUSED, "Строка 3, столбец regime")


@pytest.mark.parametrize(
    ("text", "said_first"),
    [
        pytest.param("", "Строка 1, столбец case: такого столбца нет", id="empty file"),
        pytest.param(table([]), "Строка 1: под заголовком нет ни одной строки", id="heading only"),
        pytest.param(
            table([COLD]).replace("tariff", "tarif", 1), "Строка 1, столбец tariff: такого столбца нет", id="misspelt"
        ),
        pytest.param(
            table([COLD]).replace("tariff", "norm", 1), "Строка 1, столбец tariff: такого столбца нет", id="named twice"
        ),
        pytest.param(
            table([COLD]) + "вода,2020-09\n", "Строка 3, столбец holder: ячеек 2, а столбцов 15", id="short row"
        ),
    ],
)
def test_refuses_a_table_of_another_shape(folder: Path, text: str, said_first: str) -> None:
    code, written, said = answer(folder, text)
    assert (code, written, said.splitlines()[0]) == (REFUSED, "", said_first)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(table([COLD]).encode("cp1251"), "не в кодировке UTF-8", id="another code page"),
        pytest.param(table([COLD]).encode() + b'"unclosed', "не похож на CSV", id="open quote"),
    ],
)
def test_refuses_a_file_that_is_no_table(folder: Path, content: bytes, sentence: str) -> None:
    code, text, said = answer(folder, content)
    assert (code, text) == (REFUSED, "")
    assert sentence in said


def test_refuses_a_file_that_is_not_there(folder: Path) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("calculate_cases", str(folder / "none.csv"), stderr=said)
    assert stopped.value.code == REFUSED
    assert "не прочитан" in said.getvalue()


def test_leaves_an_earlier_answer_alone_when_it_refuses(folder: Path) -> None:
    answer(folder, table([COLD]))
    _, text, _ = answer(folder, table([COLD | {"norm": ""}]))
    assert "56.29" in text


def test_refuses_to_write_where_it_cannot(folder: Path) -> None:
    cases, said = folder / "cases.csv", io.StringIO()
    cases.write_text(table([COLD]), encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("calculate_cases", str(cases), "--out", str(folder / "none" / "answer.csv"), stderr=said)
    assert stopped.value.code == REFUSED
    assert "не записан" in said.getvalue()
