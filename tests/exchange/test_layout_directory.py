"""Layouts in their directory: presets installed, confirmed by a second person, chosen for providers."""

import datetime as dt

import pytest

from exchange.layouts.definitions import PRESETS, preset, preset_definition
from exchange.models import FileLayout, ProviderLayout
from exchange.services import layouts
from exchange.services.layouts import ConfirmedByItsAuthor, LayoutConfirmed, LayoutNotUsable, LayoutTooEarly
from providers.succession import AlreadyEntered
from tests import factories as make
from tests.exchange import stored
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


def test_takes_the_confirmed_version_of_the_day() -> None:
    first = make.layout(code="odd", version=1, valid_to=MONTH)
    second = make.layout(code="odd", version=2, valid_from=MONTH)
    make.layout(code="odd", version=3, valid_from=MONTH, confirmed_at=None)
    assert layouts.confirmed_layout(code="odd", on=MONTH) == second
    assert layouts.confirmed_layout(code="odd", on=MONTH - dt.timedelta(days=1)) == first


def test_says_which_layout_is_not_there() -> None:
    with pytest.raises(LayoutNotUsable, match=r"«register» на 01\.10\.2026"):
        layouts.confirmed_layout(code="register", on=MONTH)


def changed_l3(**changes: object) -> dict[str, object]:
    make.service(code="03")
    return {**preset_definition("l3_capital_repair"), **changes}


def test_supersedes_the_version_before_from_a_day_on() -> None:
    install()
    first = FileLayout.objects.get(code="l3_capital_repair")
    follower = make.provider_layout(layout=first, valid_from=LONG_AGO)
    later = make.provider_layout(layout=first, valid_from=dt.date(2026, 12, 1))
    sent = stored.request(layout=first)
    second = layouts.propose_layout(definition=changed_l3(debt_sign=-1), valid_from=MONTH, by=make.staff(), at=AT)
    assert (second.version, second.confirmed_at) == (2, None)
    assert layouts.confirmed_layout(code="l3_capital_repair", on=MONTH) == first
    layouts.confirm_layout(layout_id=second.pk, by=make.staff(), at=AT)
    for row in (first, follower, later, sent):
        row.refresh_from_db()
    assert (first.valid_to, follower.valid_to, later.layout) == (MONTH, MONTH, second)
    assert ProviderLayout.objects.get(provider=follower.provider, valid_from=MONTH).layout == second
    assert layouts.confirmed_layout(code="l3_capital_repair", on=MONTH) == second
    assert (sent.layout, layouts.layout_of(sent.layout).debt_sign) == (first, 1)
    assert layouts.layout_of(second).debt_sign == -1


def test_proposes_a_layout_that_nobody_had_before() -> None:
    row = layouts.propose_layout(
        definition=changed_l3(code="fund", version=7), valid_from=MONTH, by=make.staff(), at=AT
    )
    assert (row.code, row.version, row.definition["version"]) == ("fund", 1, 1)


def test_refuses_a_proposal_with_everything_that_is_wrong_in_it() -> None:
    with pytest.raises(LayoutNotUsable) as caught:
        layouts.propose_layout(
            definition=changed_l3(kind="round", debt_sign=5), valid_from=MONTH, by=make.staff(), at=AT
        )
    assert "kind = round" in str(caught.value)
    assert "debt_sign" in str(caught.value)


def test_refuses_a_proposal_for_a_service_that_no_directory_knows() -> None:
    with pytest.raises(LayoutNotUsable, match=r"В справочнике услуг нет кодов: 97\."):
        layouts.propose_layout(
            definition=changed_l3(groups=[{"service": "97"}]), valid_from=MONTH, by=make.staff(), at=AT
        )


def test_refuses_a_version_that_begins_before_the_one_in_force() -> None:
    make.layout(code="l3_capital_repair", valid_from=MONTH)
    with pytest.raises(LayoutTooEarly, match=r"действует с 01\.10\.2026"):
        layouts.propose_layout(definition=changed_l3(), valid_from=MONTH, by=make.staff(), at=AT)


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
