"""The deployment's files and the code speak of the same environment."""

import re

import pytest

from config.embedded import ROOT
from config.servers import POSTGRES_SETTINGS

COMPOSE = (ROOT / "docker-compose.yml").read_text()
README = (ROOT / "README.md").read_text()
READ_BY_CODE = {
    name
    for path in [*(ROOT / "config").glob("*.py"), *(ROOT / "config" / "settings").glob("*.py")]
    for name in re.findall(r'(?:environ(?:\.get\(|\[)|flag\(|words\(|megabytes\()\s*"([A-Z_]+)"', path.read_text())
}
OF_IMAGES = {"POSTGRES_PASSWORD", "DATABASE_PASSWORD", "POSTGRES_INITDB_ARGS", "VALKEY_PASSWORD"}
OF_COMPOSE = {"PORT"}


def test_reads_every_variable_that_compose_passes() -> None:
    passed = set(re.findall(r"^ +([A-Z_]+): ", COMPOSE, re.MULTILINE))
    assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BIND"} <= passed
    assert passed - READ_BY_CODE - OF_IMAGES == set()


def test_asks_the_operator_only_for_what_it_uses() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    assert asked - READ_BY_CODE - OF_IMAGES - OF_COMPOSE == set()
    assert all(name in README for name in asked), "the README's table names each of them"


@pytest.mark.parametrize("name", sorted(READ_BY_CODE - {"DJANGO_SETTINGS_MODULE"}))
def test_tells_the_operator_of_every_variable(name: str) -> None:
    assert f"`{name}`" in README


def test_keeps_secrets_out_of_the_files() -> None:
    for name in ("POSTGRES_PASSWORD", "DATABASE_PASSWORD", "VALKEY_PASSWORD", "SECRET_KEY"):
        values = re.findall(rf"{name}: (.+)", COMPOSE)
        assert values
        assert all(value.startswith(f"${{{name}:?") for value in values)


def test_gives_the_application_a_role_that_is_no_superuser() -> None:
    assert "CREATE ROLE app LOGIN PASSWORD" in COMPOSE
    assert "POSTGRES_USER" not in COMPOSE, "the image makes that role a superuser"


def test_gives_the_server_the_same_silence_as_the_embedded_one() -> None:
    silent = [setting for setting in POSTGRES_SETTINGS if setting.startswith("log_")]
    assert len(silent) > 5
    assert all(f"- {setting}\n" in COMPOSE for setting in silent)


def test_copies_every_application_into_the_image() -> None:
    from django.apps import apps

    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    ours = {app.name for app in apps.get_app_configs() if ROOT in (ROOT / app.name).resolve().parents}
    ours = {name for name in ours if (ROOT / name).is_dir()}
    assert {"offices", "workplace"} <= ours
    assert {f"!{name}" for name in ours} <= set(ignored)


def test_starts_the_programs_that_the_command_up_starts() -> None:
    from workplace.management.commands.up import programs

    services = {name: " ".join(command[2:]) for name, command, _ in programs()}
    assert set(services) == {"web", "worker", "beat"}
    for name, command in services.items():
        block = COMPOSE.split(f"\n  {name}:\n")[1].split("healthcheck")[0]
        stated = re.search(r"command: \[(.+)\]", block)
        assert stated
        assert stated[1].replace(",", "") == command
