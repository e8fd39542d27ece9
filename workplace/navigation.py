"""The sections of the house, who sees which, and the pages inside a section."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from offices.administration import DIRECTORY_READERS
from offices.frame import DISTRICT, WORKERS, Frame, Roles
from offices.models import Role

EXCHANGERS: Roles = WORKERS - {Role.ACCOUNTANT, Role.LEGAL}
CALCULATING: Roles = DISTRICT | {Role.VERIFIER, Role.DEPARTMENT_HEAD, Role.AUDITOR}
REVIEWING: Roles = frozenset({Role.VERIFIER, Role.DEPARTMENT_HEAD, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the menu: its words, route, and whether the page shown belongs to it."""

    title: str
    route: str
    is_here: bool = False
    is_framed: bool = True


@dataclass(frozen=True, slots=True)
class _Section:
    code: str
    title: str
    route: str
    roles: Roles | None
    pages: tuple[tuple[str, str], ...] = ()


SECTIONS = (
    _Section("work", "Моя работа", "home", None),
    _Section(
        "board",
        "Ход месяца",
        "board",
        WORKERS,
        (("Доска месяца", "board"), ("Баланс передач", "balance"), ("График на полугодие", "schedule")),
    ),
    _Section(
        "recipients",
        "Получатели",
        "recipients",
        WORKERS,
        (
            ("Получатели", "recipients"),
            ("Переплаты", "overpayments"),
            ("Наследники", "heirs"),
            ("Задолженность", "arrears"),
        ),
    ),
    _Section(
        "exchange",
        "Обмен с ЖКХ",
        "receiving",
        EXCHANGERS,
        (
            ("Приём файлов", "receiving"),
            ("Проверка сведений", "verification-queue"),
            ("Протоколы", "protocols"),
            ("Поставщики", "providers"),
            ("Форматы файлов", "layouts"),
            ("Сведения СФР и ЗАГС", "pension"),
        ),
    ),
    _Section(
        "runs",
        "Расчёт",
        "run",
        CALCULATING,
        (
            ("Расчёт месяца", "run"),
            ("Топливо и газ", "fuel"),
            ("Перерасчёты", "recalculations"),
            ("Репетиция", "rehearsals"),
            ("Сторож справочников", "guard"),
        ),
    ),
    _Section("review", "Проверка", "review", REVIEWING),
    _Section("documents", "Документы", "documents", WORKERS),
    _Section("directories", "Справочники", "admin:index", DIRECTORY_READERS),
)


def around(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame of its page, the sections of the house and the pages beside it."""
    frame: Frame | None = getattr(request, "frame", None)
    if frame is None:
        return {}
    section = getattr(request, "section", "")
    route = request.resolver_match.view_name if request.resolver_match else ""
    return {"frame": frame, "sections": sections_of(frame, section), "beside": _beside(frame, section, route)}


def sections_of(frame: Frame, section: str = "") -> list[Place]:
    """List the sections that one of the roles opens, in the order of the road."""
    return [
        Place(one.title, one.route, one.code == section, is_framed=one.code != "directories")
        for one in SECTIONS
        if one.roles is None or frame.roles & one.roles
    ]


def _beside(frame: Frame, section: str, route: str) -> list[Place]:
    """List the pages of a section; whoever may see only one of them has nothing beside it."""
    found = next((one for one in SECTIONS if one.code == section), None)
    pages = found.pages if found and (found.roles is None or frame.roles & found.roles) else ()
    return [Place(title, name, name == route) for title, name in pages]
