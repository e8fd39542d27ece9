import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records, parse_records
from exchange.layouts.recognition import open_table
from payments.services.reasons import REASONS
from workplace.simulation.manners import GOOD
from workplace.simulation.payers import ListSent, answer

MONTH = dt.date(2026, 10, 1)
DAY = dt.date(2026, 11, 20)
BIK = "046614901"


def sent(bik: str, rows: int = 200) -> ListSent:
    requisites = {"account": "40817810000000000001"} if bik else {"post_office": "214000"}
    content = build_records(
        preset("bank_list" if bik else "post_list"),
        (
            {
                "row_number": number,
                "row_id": f"{number:08d}",
                "district_code": "01",
                "last_name": "Петрова",
                "first_name": "Анна",
                "amount": Decimal(number) / 100,
                "month": MONTH,
                **requisites,
            }
            for number in range(1, rows + 1)
        ),
    )
    return ListSent(content, bik, 1, MONTH)


@pytest.mark.parametrize("bik", [BIK, ""], ids=["bank", "post"])
def test_answers_every_row_once_and_returns_some_with_known_reasons(bik: str) -> None:
    told = answer(sent(bik), day=DAY, seed=7, manners=replace(GOOD, returned=0.2))
    layout = preset("bank_answer" if bik else "post_answer")
    rows = [row.values for row in parse_records(layout, open_table(layout, told.content))]
    assert [row["row_id"] for row in rows] == [f"{number:08d}" for number in range(1, 201)]
    assert [row["amount"] for row in rows] == [Decimal(number) / 100 for number in range(1, 201)]
    assert {row["day"] for row in rows} == {DAY}
    back = {row["row_id"]: row["reason_code"] for row in rows if row["result"] == "returned"}
    assert back == dict(told.returned)
    assert 20 < len(back) < 65
    assert set(back.values()) < {code for code, *_ in REASONS}
    assert {code[0] for code in back.values()} == {"B" if bik else "P"}
    assert not {row["reason_code"] for row in rows if row["result"] == "paid"} - {""}


def test_pays_everything_when_well_mannered_and_the_same_way_again() -> None:
    told = answer(sent(BIK), day=DAY, seed=7, manners=GOOD)
    assert dict(told.returned) == {}
    assert told == answer(sent(BIK), day=DAY, seed=7, manners=GOOD)
    assert told.name == "BANKANS_046614901_202610_1.dbf"
