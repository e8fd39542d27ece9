import datetime as dt

from exchange.layouts.acknowledgements import Received, confirmation
from exchange.layouts.definitions import preset

RECEIVED = Received(
    file_name="01_101_202610.dbf",
    month=dt.date(2026, 10, 1),
    received_on=dt.date(2026, 11, 9),
    by="Петрова А. В.",
    rows=3,
    unmatched=("Ёлкина Анна Львовна, 03.02.1950, л/с 00123456, ул. {Багратиона}, д. 12а",),
)


def test_fills_the_text_that_the_published_program_answers_with() -> None:
    made = confirmation(preset("l1_tula"), RECEIVED)
    assert made is not None
    assert made.name == "01_101_202610_protokol.txt"
    assert "Строк в файле: 3, сопоставлено: 2, не сопоставлено: 1" in made.text
    assert RECEIVED.unmatched[0] in made.text
    assert made.text.endswith("Замечания:\nнет\n")


def test_sends_no_text_where_the_layout_asks_for_none() -> None:
    assert confirmation(preset("long"), RECEIVED) is None
