"""Layouts in their directory: presets installed, confirmed by a second person, chosen for providers."""

import datetime as dt

import pytest

from exchange.layouts.definitions import PRESETS, preset
from exchange.models import FileLayout, ProviderLayout
from exchange.services import layouts
from exchange.services.layouts import ConfirmedByItsAuthor, LayoutConfirmed, LayoutNotUsable
from providers.succession import AlreadyEntered
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db


def install() -> list[FileLayout]:
    return layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)


def test_reads_every_stored_preset_back_as_it_was() -> None:
    assert [layouts.layout_of(row) for row in install()] == [preset(code) for code in PRESETS]


def test_leaves_installed_layouts_as_they_are() -> None:
    install()
    edited = FileLayout.objects.get(code="long")
    edited.name = "Формат, как договорились"
    edited.save()
    install()
    assert FileLayout.objects.count() == len(PRESETS)
    assert FileLayout.objects.get(code="long").name == edited.name


def test_refuses_to_install_by_one_person() -> None:
    one = make.staff()
    with pytest.raises(ConfirmedByItsAuthor):
        layouts.install_presets(by=one, confirmed_by=one, at=AT)


def waiting(**given: object) -> FileLayout:
    definition = install()[0].definition
    return make.layout(**{"definition": definition, "confirmed_at": None} | given)


def test_confirms_a_layout_by_a_second_person_once() -> None:
    row, second = waiting(), make.staff()
    assert layouts.confirm_layout(layout_id=row.pk, by=second, at=AT).confirmed_by == second
    with pytest.raises(LayoutConfirmed):
        layouts.confirm_layout(layout_id=row.pk, by=second, at=AT)


def test_refuses_a_confirmation_by_the_author() -> None:
    row = waiting()
    with pytest.raises(ConfirmedByItsAuthor):
        layouts.confirm_layout(layout_id=row.pk, by=row.entered_by, at=AT)


def test_does_not_confirm_a_description_that_is_no_layout() -> None:
    with pytest.raises(LayoutNotUsable, match="В описании формата нет"):
        layouts.confirm_layout(layout_id=waiting(definition={}).pk, by=make.staff(), at=AT)


def test_takes_the_newest_confirmed_version() -> None:
    make.layout(code="odd", version=1)
    second = make.layout(code="odd", version=2)
    make.layout(code="odd", version=3, confirmed_at=None)
    assert layouts.confirmed_layout(code="odd") == second


def test_says_which_layout_is_not_there() -> None:
    with pytest.raises(LayoutNotUsable, match="«register»"):
        layouts.confirmed_layout(code="register")


def test_ends_the_former_choice_where_the_new_one_begins() -> None:
    provider = make.provider()
    former = layouts.choose_layout(provider=provider, layout=make.layout(), valid_from=LONG_AGO)
    new = layouts.choose_layout(provider=provider, layout=make.layout(), valid_from=MONTH)
    former.refresh_from_db()
    assert (former.valid_to, new.valid_to) == (MONTH, None)


def test_refuses_a_choice_on_the_day_of_another() -> None:
    former = make.provider_layout(valid_from=MONTH)
    with pytest.raises(AlreadyEntered):
        layouts.choose_layout(provider=former.provider, layout=make.layout(), valid_from=MONTH)


def test_refuses_a_layout_that_nobody_confirmed() -> None:
    with pytest.raises(LayoutNotUsable):
        layouts.choose_layout(provider=make.provider(), layout=waiting(), valid_from=dt.date(2026, 1, 1))
    assert not ProviderLayout.objects.exists()
