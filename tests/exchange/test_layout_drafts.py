"""A layout put together step by step, proposed, confirmed by another, followed and read by; or taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.layouts.told import ColumnTold, Told, as_told
from exchange.models import ExchangeFile, FileLayout, LayoutDraft, ProviderLayout, ReturnedLine
from exchange.selectors.layout_drafts import DraftRead, open_drafts
from exchange.services import layout_drafts as drafts
from exchange.services import layouts
from exchange.services.layout_drafts import DraftFinished, DraftNotReady, SampleNotReadable
from exchange.services.layouts import LayoutConfirmed, LayoutWithdrawn, NoReasonGiven
from tests import factories as make
from tests.exchange import answering
from tests.exchange.layout_samples import COLUMNS, KINDS, SAMPLE
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db


def begun(**given: object) -> LayoutDraft:
    told = replace(Told(), **{"valid_from": "2026-12-01", **given})
    return drafts.begin_draft(content=SAMPLE, name="vodokanal.csv", told=told, by=make.staff(), at=AT)


def complete(draft: LayoutDraft, **given: object) -> Told:
    return replace(
        as_told(draft.told),
        **{
            "code": "vodokanal",
            "name": "Формат водоканала",
            "source": "соглашение № 5",
            "columns": {name: ColumnTold(role) for name, role in COLUMNS.items()},
            "codes": {"ХВ": "10", "ВО": "14"},
            "matching": ("request_id", "account"),
        }
        | given,
    )


def proposed(**given: object) -> FileLayout:
    for code, kind in KINDS.items():
        make.service(code=code, kind=kind)
    draft = begun()
    drafts.keep_told(draft_id=draft.pk, told=complete(draft, **given), at=AT)
    return drafts.propose_draft(draft_id=draft.pk, by=draft.author, at=AT)


def test_keeps_everything_told_and_shows_the_first_rows_by_it() -> None:
    make.service(code="10", name="Холодная вода")
    draft = begun()
    assert list(open_drafts(author_id=draft.author_id)) == [draft]
    told = complete(draft, columns={name: ColumnTold(role) for name, role in COLUMNS.items() if name != "Тариф"})
    drafts.keep_told(draft_id=draft.pk, told=told, at=AT)
    read = DraftRead(LayoutDraft.objects.get(pk=draft.pk))
    assert read.told == told
    assert read.flaws == []
    (row,) = read.preview.rows
    assert [cell.text for cell in row.cells][:3] == ["1", "00123456", "Ёлкина"]
    assert [(line.service, line.facts) for line in row.lines] == [("Холодная вода", "начислено 262,10, объём 10")]


def test_refuses_to_propose_what_is_not_complete() -> None:
    draft = begun()
    with pytest.raises(DraftNotReady, match="Код формата"):
        drafts.propose_draft(draft_id=draft.pk, by=draft.author, at=AT)
    assert not FileLayout.objects.exists()


def test_finds_a_code_taken_a_day_too_early_and_a_provider_that_is_not_there() -> None:
    make.layout(code="vodokanal", valid_from=MONTH)
    draft = begun()
    told = complete(draft, valid_from="2026-09-01", provider="999")
    drafts.keep_told(draft_id=draft.pk, told=told, at=AT)
    draft.refresh_from_db()
    assert [flaw.place for flaw in DraftRead(draft).flaws] == ["code", "provider", "valid_from"]


def test_refuses_a_sample_that_is_no_table() -> None:
    with pytest.raises(SampleNotReadable, match="Образец не читается"):
        drafts.begin_draft(content=b"\x00\x01\x02", name="x.bin", told=Told(), by=make.staff(), at=AT)


def test_takes_a_text_without_delimiters_for_one_of_fixed_width() -> None:
    content = b"".join(f"{n:<10}{'Petrov':<12}{'1,10':>7}\r\n".encode() for n in (100, 200))
    draft = drafts.begin_draft(content=content, name="x.txt", told=Told(), by=make.staff(), at=AT)
    told = as_told(draft.told)
    assert (told.widths.splitlines()[0], told.header_row) == ("Столбец1 10", 0)
    looked = drafts.look_anew(draft_id=draft.pk, told=replace(told, widths="Счёт 10\nФамилия 12\nНачислено 7"), at=AT)
    assert as_told(looked.told).role_of("Начислено") == "line.billed"


def test_proposes_a_version_once_and_nothing_of_its_draft_changes_then() -> None:
    row = proposed()
    draft = row.draft
    assert (row.version, row.entered_at, row.confirmed_at, draft.proposed) == (1, AT, None, row)
    for act in (
        lambda: drafts.keep_told(draft_id=draft.pk, told=Told(), at=AT),
        lambda: drafts.discard_draft(draft_id=draft.pk, at=AT),
        lambda: drafts.propose_draft(draft_id=draft.pk, by=draft.author, at=AT),
    ):
        with pytest.raises(DraftFinished):
            act()


def test_takes_a_proposed_version_back_for_a_reason_and_confirms_it_no_more() -> None:
    row = proposed()
    with pytest.raises(NoReasonGiven):
        layouts.withdraw_layout(layout_id=row.pk, reason="  ", by=row.entered_by, at=AT)
    layouts.withdraw_layout(layout_id=row.pk, reason="поставщик передумал", by=row.entered_by, at=AT)
    with pytest.raises(LayoutWithdrawn, match="поставщик передумал"):
        layouts.confirm_layout(layout_id=row.pk, by=make.staff(), at=AT)
    again = drafts.begin_with(layout=FileLayout.objects.get(pk=row.pk), valid_from=MONTH, by=make.staff(), at=AT)
    assert drafts.propose_draft(draft_id=again.pk, by=again.author, at=AT).version == 2


def test_does_not_withdraw_what_is_confirmed() -> None:
    with pytest.raises(LayoutConfirmed):
        layouts.withdraw_layout(layout_id=make.layout().pk, reason="поздно", by=make.staff(), at=AT)


def test_a_provider_follows_the_confirmed_layout_and_its_answer_is_read_by_it() -> None:
    desk = answering.desk()
    provider = answering.provider(desk.office, code="777")
    author = make.staff()
    told = replace(Told(), provider="777", valid_from=MONTH.isoformat())
    draft = drafts.begin_draft(content=SAMPLE, name="vodokanal.csv", told=told, by=author, at=AT)
    drafts.keep_told(draft_id=draft.pk, told=complete(draft), at=AT)
    row = drafts.propose_draft(draft_id=draft.pk, by=author, at=AT)
    assert not ProviderLayout.objects.filter(layout=row).exists()
    layouts.confirm_layout(layout_id=row.pk, by=make.staff(), at=AT)
    former = ProviderLayout.objects.get(provider=provider, layout__code="l1_tula")
    assert (former.valid_to, ProviderLayout.objects.get(layout=row).provider) == (MONTH, provider)
    answering.billed_household(desk.office, provider)
    (request,) = answering.ask(desk.office)
    assert request.layout == row
    assert request.name.endswith("_777_202610.csv")
    content = answering.filled(request, answering.right_answers(request))
    file = desk.receive(content, request.name)
    assert (file.status, file.rows, file.refusal_text) == (ExchangeFile.Status.RECEIVED, 2, "")
    billed = ReturnedLine.objects.order_by("service_id").values_list("service_id", "billed")
    assert list(billed) == [("10", Decimal("260.60")), ("14", Decimal("201.00"))]
