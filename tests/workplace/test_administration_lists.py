"""Every list and page of the administration: readable, searched, cheap, and never a list of everybody."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.db import connection, models
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from offices.administration import SHORT_DIRECTORIES
from offices.models import Role
from tests import factories as make
from tests.workplace.administered import REGISTERED, ROWS, name_of, page
from tests.workplace.visiting import visitor

SHORT = {*SHORT_DIRECTORIES, "payments.returnreason", "recipients.ground", "offices.bank"}
FEW, MANY = 2, 7
FILTERED = re.compile(r'href="(\?[^"]*(?:__exact|month|item|code|kind|regime|rule|media_type)=[^"]+)"')
# codes and logins of our own that a specialist knows by sight
LATIN = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
KNOWN_BY_CODE = {"exchange.FileLayout": {"accrual_file"}}
UNSEARCHED = {
    "offices.BillingMonth", "offices.ExchangeSchedule", "offices.ForbiddenRolePair", "offices.NumberSeries",
    "recipients.ChangeBatch", "recipients.CardHandover",
}  # fmt: skip


@pytest.fixture
def auditor(db: None) -> Client:
    return visitor(Role.AUDITOR)


def asked_by(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def text_of(answer) -> str:
    body = answer.content.decode()
    body = body[body.index('<main id="content-start"') :]
    return re.sub(r"<(script|style|option|svg).*?</\1>|<[^>]*>", " ", body, flags=re.DOTALL)


def test_makes_a_row_of_every_table() -> None:
    assert set(ROWS) == set(REGISTERED)


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_asks_the_same_for_a_long_list_as_for_a_short_one(model: type[models.Model], auditor: Client) -> None:
    for _ in range(FEW):
        ROWS[model]()
    asked_by(auditor, page(model))
    few = asked_by(auditor, page(model))
    for _ in range(MANY - FEW):
        ROWS[model]()
    assert asked_by(auditor, page(model)) <= few
    assert few < 20


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_opens_every_row_and_its_history(model: type[models.Model], auditor: Client) -> None:
    ROWS[model]()
    row = model._default_manager.order_by("-pk")[0]
    opened = auditor.get(page(model, "change", row.pk))
    assert opened.status_code == 200
    assert "<select" not in opened.content.decode()
    assert auditor.get(page(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_shows_words_and_no_codes_of_the_program(model: type[models.Model], auditor: Client) -> None:
    ROWS[model]()
    row = model._default_manager.order_by("-pk")[0]
    for address in (page(model), page(model, "change", row.pk)):
        found = set(LATIN.findall(text_of(auditor.get(address))))
        assert found <= KNOWN_BY_CODE.get(name_of(model), set()), address


@pytest.mark.parametrize("model", [m for m in REGISTERED if name_of(m) not in UNSEARCHED], ids=name_of)
def test_searches_every_long_table(model: type[models.Model], auditor: Client) -> None:
    assert admin.site._registry[model].search_fields
    ROWS[model]()
    for text in ("1", "Иванова Анна", "%", "'"):
        assert auditor.get(page(model), {"q": text}).status_code == 200


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_orders_every_list(model: type[models.Model]) -> None:
    assert admin.site._registry[model].ordering


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_filters_by_short_directories_only(model: type[models.Model]) -> None:
    for given in admin.site._registry[model].list_filter:
        path = given[0] if isinstance(given, tuple) else given
        if isinstance(given, tuple) and given[1] is admin.EmptyFieldListFilter:
            continue
        field = None
        of = model
        for part in path.split("__"):
            field = of._meta.get_field(part)
            of = field.related_model or of
        if field.related_model is not None:
            label = field.related_model._meta.label_lower
            assert label in SHORT or label == "offices.district", path


@pytest.mark.django_db
@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_draws_no_list_of_a_long_table_in_a_form(model: type[models.Model]) -> None:
    for role in (Role.ADMINISTRATOR, Role.CALCULATION, Role.DEPARTMENT_HEAD):
        request = RequestFactory().get("/")
        request.user = make.staff(role)
        table = admin.site._registry[model]
        forms = [table.get_form(request)] if table.has_add_permission(request) else []
        forms += [inline.get_formset(request).form for inline in table.get_inline_instances(request) if forms]
        for form in forms:
            for name, field in form.base_fields.items():
                if not hasattr(field, "queryset"):
                    continue
                widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
                label = field.queryset.model._meta.label_lower
                assert isinstance(widget, AutocompleteMixin) or label in SHORT_DIRECTORIES, name


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_filters_by_what_a_month_or_a_code_means(model: type[models.Model], auditor: Client) -> None:
    make.open_month()
    ROWS[model]()
    shown = auditor.get(page(model)).content.decode()
    for link in set(re.findall(FILTERED, shown)):
        assert auditor.get(page(model) + link.replace("&amp;", "&")).status_code == 200, link
