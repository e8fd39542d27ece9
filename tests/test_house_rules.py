"""What the style guide asks of every floor, read from the models and the source."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.db import models
from django.db.models.constraints import BaseConstraint

from config.embedded import ROOT

FLOORS = [
    {"offices"}, {"recipients"}, {"housing"}, {"providers"}, {"calculations", "exchange"}, {"payments"}, {"workplace"},
]  # fmt: skip
APPS = set().union(*FLOORS)
LONGEST_FILE = 400
LONGEST_TASKS = 60
OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]
DOMAIN = [model for model in OURS if not issubclass(model, pghistory.models.Event) and not model._meta.auto_created]
SOURCES = sorted(
    path
    for directory in [*APPS, "config", "tests", "benchmarks"]
    for path in (ROOT / directory).rglob("*.py")
    if "migrations" not in path.parts
)
APP_SOURCES = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in APPS]
DOCUMENTED = [
    path
    for path in APP_SOURCES
    if {"services", "selectors", "rules"} & {*path.parts, path.stem} and path.name != "__init__.py"
]
BELOW_PAGES = [path for path in APP_SOURCES if {"services", "selectors", "models", "rules"} & {*path.parts, path.stem}]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names


def name_of(value: object) -> str:
    if isinstance(value, Path):
        return str(value.relative_to(ROOT))
    return getattr(value, "__name__", str(value))


def floor(app: str) -> int:
    return next(number for number, on_it in enumerate(FLOORS) if app in on_it)


def foreign_keys(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.model is model:
            yield field


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, timeout=20)
    if listed.returncode:  # an archive without history
        return [*SOURCES, ROOT / "README.md", ROOT / "run", ROOT / "pyproject.toml", ROOT / "docker-compose.yml"]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_reads_a_house_that_is_there() -> None:
    assert len(DOMAIN) > 20
    assert len(APP_SOURCES) > 50
    assert any(pghistory.models.Event in model.__mro__ for model in OURS)


@pytest.mark.parametrize("model", DOMAIN, ids=name_of)
def test_protects_what_a_row_refers_to(model: type[models.Model]) -> None:
    for field in foreign_keys(model):
        assert field.remote_field.on_delete is models.PROTECT, field.name


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_refers_only_to_rows_of_floors_below(model: type[models.Model]) -> None:
    app = model._meta.app_label
    for field in foreign_keys(model):
        target = field.remote_field.model._meta.app_label
        if target in APPS and target != app:
            assert floor(target) < floor(app), f"{field.name} -> {target}"


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_keeps_no_number_as_a_float(model: type[models.Model]) -> None:
    assert not [field.name for field in model._meta.fields if isinstance(field, models.FloatField)]


@pytest.mark.parametrize("model", DOMAIN, ids=name_of)
def test_names_its_constraints_by_sentences_and_explains_them_in_russian(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+){2,}", constraint.name), constraint.name
        message = str(constraint.violation_error_message)
        assert message != str(BaseConstraint.default_violation_error_message), constraint.name
        assert re.search("[а-яё]", message), constraint.name


@pytest.mark.parametrize("model", DOMAIN, ids=name_of)
def test_orders_saves_and_deletes_nothing_behind_the_scenes(model: type[models.Model]) -> None:
    assert not model._meta.ordering
    assert not {"save", "delete"} & set(vars(model))


@pytest.mark.parametrize("model", DOMAIN, ids=name_of)
def test_speaks_russian_to_a_specialist(model: type[models.Model]) -> None:
    for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
        assert re.search("[а-яё]", str(name)), name
    for field in model._meta.fields:
        assert field.primary_key or field.verbose_name != field.name.replace("_", " "), field.name


@pytest.mark.parametrize("path", APP_SOURCES, ids=name_of)
def test_sends_no_signals(path: Path) -> None:
    assert not {"django.db.models.signals", "django.dispatch"} & imported(path)


@pytest.mark.parametrize("path", BELOW_PAGES, ids=name_of)
def test_knows_no_pages_below_the_interfaces(path: Path) -> None:
    of_pages = re.compile(r"django\.(http|shortcuts|template|urls|views|forms)\b")
    assert not [name for name in imported(path) if of_pages.match(name)]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_keeps_files_readable(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= (LONGEST_TASKS if path.name == "tasks.py" else LONGEST_FILE)


@pytest.mark.parametrize("path", DOCUMENTED, ids=name_of)
def test_documents_every_rule_service_and_selector(path: Path) -> None:
    bare = [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


@pytest.mark.parametrize("path", [path for path in APP_SOURCES if {"services"} & {*path.parts, path.stem}], ids=name_of)
def test_calls_services_by_keywords(path: Path) -> None:
    positional = [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args
    ]
    assert positional == []


def test_names_no_module_after_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "misc", "tools"}
    assert [name_of(path) for path in APP_SOURCES if drawers & {path.stem, *path.parts[len(ROOT.parts) :]}] == []


def test_names_no_class_after_nothing() -> None:
    empty = re.compile(r"(Manager|Helper|Handler|Processor|Base)$|^Base[A-Z]")
    classes = [
        f"{name_of(path)}: {node.name}"
        for path in APP_SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and empty.search(node.name)
    ]
    assert classes == []


def test_uses_every_template() -> None:
    templates = [path for path in ROOT.glob("**/templates/**/*.*") if not {".venv", "var"} & set(path.parts)]
    texts = [path.read_text() for path in [*APP_SOURCES, *(ROOT / "config").rglob("*.py"), *templates]]
    django_finds = re.compile(r"^(registration/|admin/|django/|\d{3}\.html$)")
    unused = []
    for template in templates:
        name = str(template).rpartition("templates/")[2]
        known_as = (name, f'"{template.name}"')  # a page is named from the root, a neighbour by itself
        if not django_finds.match(name) and not any(called in text for text in texts for called in known_as):
            unused.append(name)
    assert unused == []


def test_tells_no_machine_or_registry() -> None:
    told = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "py" + "pi", "pythonhos" + "ted", "index-" + "url"]))
    found = []
    for path in tracked_files():
        if path.suffix in {".py", ".md", ".toml", ".lock", ".yml", ".html", ".txt", ""} and path.is_file():
            found += [f"{name_of(path)}: {hit}" for hit in told.findall(path.read_text(errors="replace"))]
    assert found == []
