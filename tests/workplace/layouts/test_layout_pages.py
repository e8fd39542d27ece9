"""The pages of file layouts: found, read, built of a sample, proposed, confirmed by another or taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.layouts.definitions import preset_definition
from exchange.models import FileLayout, LayoutDraft
from offices.models import Office, Role
from tests import factories as make
from tests.exchange.layout_samples import KINDS, SAMPLE
from tests.factories import MONTH
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/exchange/layouts/"


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def specialist() -> Client:
    return browser_of(make.staff(Role.CALCULATION, office=make.office()))


def head() -> Client:
    return browser_of(make.staff(Role.HEAD, office=make.office()))


def uploaded(client: Client, name: str = "vodokanal.csv", content: bytes = SAMPLE):
    return client.post(f"{PAGE}new/", {"file": SimpleUploadedFile(name, content)})


def begun(client: Client) -> LayoutDraft:
    for code, kind in KINDS.items():
        make.service(code=code, kind=kind)
    answer = uploaded(client)
    draft = LayoutDraft.objects.get()
    assert answer.headers["Location"].startswith(reverse("layout-draft", args=[draft.pk]))
    return draft


def filled(client: Client, draft: LayoutDraft, **given: str) -> dict[str, str]:
    """What the page of a draft sends once it is filled in."""
    page = client.get(reverse("layout-draft", args=[draft.pk])).context
    sent = {
        "code": "vodokanal",
        "name": "Формат водоканала",
        "source": "соглашение № 5",
        "valid_from": "2026-12-01",
        "name_mask": "{район}_{поставщик}_{ГГГГ}{ММ}.csv",
        "key-1": "request_id",
        "key-2": "account",
    }
    for row in page["editor"].columns:
        role = {"№ запроса": "person.request_id", "Площадь": "row.total_area", "Человек": "row.residents"}
        sent |= {f"column-{row.index}": row.key, f"role-{row.index}": role.get(row.key, row.told.role)}
    for row in page["editor"].codes:
        sent |= {f"called-code-{row.index}": row.called, f"code-service-{row.index}": "10"}
    return sent | given


def test_builds_a_layout_of_a_sample_and_keeps_it_at_every_change() -> None:
    client = specialist()
    draft = begun(client)
    address = reverse("layout-draft", args=[draft.pk])
    shown = text_of(client.get(address))
    for words in ("CP1251", "уверенно: имя столбца — «Фамилия»", "Назовите формат", "00123456"):
        assert words in shown
    sent = filled(client, draft, name="")
    answer = client.post(address, sent, headers={"HX-Request": "true"})
    assert "Нужно исправить: 1" in text_of(answer)
    assert 'id="flaw-name" hx-swap-oob="true"><p>Назовите формат' in text_of(answer)
    shown = text_of(client.get(address))
    assert "начислено 262,10" in shown
    assert 'value="соглашение № 5"' in shown
    assert LayoutDraft.objects.get().told["name_mask"] == "{district}_{provider}_{YYYY}{MM}.csv"


def test_a_second_person_puts_a_proposed_layout_into_use() -> None:
    author, client = make.staff(Role.CALCULATION, office=make.office()), head()
    desk = browser_of(author)
    draft = begun(desk)
    desk.post(reverse("layout-draft", args=[draft.pk]), filled(desk, draft, act="propose"))
    row = FileLayout.objects.get()
    assert (row.entered_by, row.definition["matching"]) == (author, ["request_id", "account"])
    page = reverse("layout", args=[row.pk])
    assert "Версия ждёт второго человека" in text_of(desk.get(page))
    assert desk.post(reverse("layout-confirm", args=[row.pk])).status_code == 403
    assert "Подтвердить <kbd" in text_of(client.get(page))
    assert "Подтвердить «Формат водоканала, версия 1» с 01.12.2026?" in text_of(
        client.get(reverse("layout-confirm", args=[row.pk]))
    )
    client.post(reverse("layout-confirm", args=[row.pk]))
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_says_why_a_draft_is_not_proposed_and_a_sample_not_read() -> None:
    client = specialist()
    draft = begun(client)
    answer = client.post(reverse("layout-draft", args=[draft.pk]), {"act": "propose"})
    assert answer.status_code == 422
    assert "Формат ещё нельзя предложить" in text_of(answer)
    answer = uploaded(client, "x.bin", b"\x00\x01\x02")
    assert answer.status_code == 422
    assert "Образец не читается" in text_of(answer)


def test_a_version_is_changed_by_the_next_one_and_the_change_is_named() -> None:
    client, definition = specialist(), preset_definition("l3_capital_repair")
    make.service(code="03")
    before = make.layout(code=definition["code"], name=definition["name"], definition=definition, valid_from=MONTH)
    client.post(reverse("layout-change", args=[before.pk]))
    draft = LayoutDraft.objects.get()
    sent = {"valid_from": "2026-12-01", "debt_sign": "-1", "act": "propose"}
    client.post(reverse("layout-draft", args=[draft.pk]), sent)
    after = FileLayout.objects.get(version=2)
    shown = client.get(reverse("layout", args=[after.pk])).context["shown"]
    assert [(one.what, one.before, one.after) for one in shown.changes] == [
        ("Долг", "плюс — должен человек", "минус — должен человек")
    ]


def test_takes_a_version_back_with_a_reason_by_its_author_or_a_confirmer() -> None:
    author = make.staff(Role.CALCULATION, office=make.office())
    row = make.layout(confirmed_at=None, entered_by=author)
    address = reverse("layout-withdraw", args=[row.pk])
    assert specialist().post(address, {"reason": "чужой"}).status_code == 403
    assert "Напишите, почему" in text_of(browser_of(author).post(address, {"reason": " "}, follow=True))
    browser_of(author).post(address, {"reason": "поставщик передумал"})
    row.refresh_from_db()
    assert (row.withdrawn_because, row.withdrawn_by) == ("поставщик передумал", author)
    assert "поставщик передумал" in text_of(head().get(reverse("layout", args=[row.pk])))


def test_shows_a_draft_and_its_people_to_its_author_alone() -> None:
    draft = begun(specialist())
    for other in (specialist(), browser_of(make.staff(Role.VERIFIER, office=make.unit(Office.Kind.SUBSIDIES)))):
        assert other.get(reverse("layout-draft", args=[draft.pk])).status_code == 404
        assert other.post(reverse("layout-sample", args=[draft.pk])).status_code == 404
    assert head().get(reverse("layout-draft", args=[draft.pk])).status_code == 403
    assert browser_of(make.staff(Role.ADMINISTRATOR)).get(f"{PAGE}new/").status_code == 403


def test_leaves_a_draft_that_is_discarded() -> None:
    client = specialist()
    draft = begun(client)
    answer = client.post(reverse("layout-draft", args=[draft.pk]), {"act": "discard"}, follow=True)
    assert "Черновик отброшен" in text_of(answer)
    assert client.get(reverse("layout-draft", args=[draft.pk])).headers["Location"].startswith(PAGE)


def test_lists_versions_by_state_in_a_constant_number_of_queries() -> None:
    client = specialist()
    make.layout(name="Действующий")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert "действует" in text_of(client.get(PAGE))
    for _ in range(6):
        make.provider_layout(layout=make.layout(for_provider=make.provider()))
    make.layout(name="Ждущий", confirmed_at=None)
    with CaptureQueriesContext(connection) as many:
        shown = text_of(client.get(PAGE))
    assert len(many) == len(few) < 15
    assert "Ждущий" in shown
    only = text_of(client.get(f"{PAGE}?state=waiting"))
    assert ("Ждущий" in only, "Действующий" in only) == (True, False)
