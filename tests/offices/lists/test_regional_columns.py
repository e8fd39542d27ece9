"""A column that tells districts apart is not shown to who sees one district, until it is chosen."""

import datetime as dt

from django.http import QueryDict

from offices.lists.columns import TextColumn
from offices.lists.wanted import asked_in
from offices.templatetags import ui

COLUMNS = {"name": TextColumn("Файл", sort="name"), "office": TextColumn("Район", regional=True)}


def names(query: str, *, is_district: bool) -> tuple[str, ...]:
    return asked_in(QueryDict(query), COLUMNS, order="name", per=50, is_district=is_district).names


def test_shows_the_district_to_who_sees_several() -> None:
    assert names("", is_district=False) == ("name", "office")


def test_leaves_the_district_out_for_who_sees_one_until_it_is_chosen() -> None:
    assert names("", is_district=True) == ("name",)
    assert names("col=name&col=office", is_district=True) == ("name", "office")


def test_tells_a_moment_by_the_regions_clock_in_cells_too() -> None:
    assert ui.moment(dt.datetime(2026, 11, 11, 12, 12, tzinfo=dt.UTC)) == "11.11.2026 15:12"
