"""Which screens are pictured: whose they are and how one gets to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen to picture: its file's name, its title, the login that opens it, and the way there.

    `links` are selectors of links followed from `path`, `presses` of what is then clicked.
    """

    name: str
    title: str
    login: str
    path: str
    links: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()


SPECIALIST, HEAD, VERIFIER, PAYMENTS, ADMINISTRATOR = (
    "smolensk-raschet", "smolensk-nachalnik", "lgoty-1", "vyplata", "admin",
)  # fmt: skip

SCREENS = (
    Screen("login", "Вход", "", "/login/"),
    Screen("work-specialist", "Моя работа: специалист района", SPECIALIST, "/"),
    Screen("work-head", "Моя работа: начальник отдела", HEAD, "/"),
    Screen("work-verifier", "Моя работа: проверяющий отдела субсидий", VERIFIER, "/"),
    Screen("work-payments", "Моя работа: отдел выплат", PAYMENTS, "/"),
    Screen("work-administrator", "Моя работа: администратор", ADMINISTRATOR, "/"),
)
