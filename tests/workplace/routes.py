"""Every route of the pages: how to get there, and what five people see in their own district and in a foreign one.

The tests hold the table against the URLconf: a route without a row fails, and so does a row without a route.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from offices.models import Office
from tests.played_month import CHECKED, SUBMITTED

VISITORS = ("smolensk-raschet", "smolensk-nachalnik", "lgoty-1", "vyplata", "admin")
"""A specialist of a district, its head, a verifier of the subsidies unit, the payments unit, the administrator."""
OWN, FOREIGN = CHECKED, SUBMITTED
"""The district of the first two visitors, and another one."""

Arguments = Callable[[Office], tuple[object, ...]]

SEEN = "200 200 200 200 403"  # whoever works with people and sums, in the district's own part
HIDDEN = "404 404 200 200 403"  # the same, in a foreign district
EVERYONE = "200 200 200 200 200"
NEVER = "405 405 405 405 405"


@dataclass(frozen=True, slots=True)
class Route:
    """A route and its statuses for the five visitors, with the district's own object and with a foreign one.

    `post` and `post_foreign` are the statuses of a POST with `data`; without them the route takes none.
    `is_page` tells a whole page from a fragment or a file. `takes_get` is False for a route that only takes POST.
    """

    name: str
    own: str = SEEN
    foreign: str = HIDDEN
    post: str = NEVER
    post_foreign: str = NEVER
    arguments: Arguments | None = None
    query: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_page: bool = True

    def address(self, office: Office) -> str:
        """Return the address of the route with an object of the office; without objects, in the office's frame."""
        path = reverse(self.name, args=self.arguments(office) if self.arguments else ())
        chosen = f"r={office.code}" if self.arguments is None and office.code != OWN else ""
        query = "&".join(filter(None, [self.query, chosen]))
        return f"{path}?{query}" if query else path

    def status(self, visitor: str, *, is_own: bool) -> int:
        """Return the status of a GET."""
        return int((self.own if is_own else self.foreign).split()[VISITORS.index(visitor)])

    def post_status(self, visitor: str, *, is_own: bool) -> int:
        """Return the status of a POST."""
        return int((self.post if is_own else self.post_foreign).split()[VISITORS.index(visitor)])


def of(label: str, *, more: tuple[object, ...] = (), **wanted: object) -> Arguments:
    """Name an object by its model: the newest of the office that has the wanted values."""
    model = apps.get_model(label)
    path = getattr(model.objects.all(), "office_path", "office")

    def newest(office: Office) -> tuple[object, ...]:
        rows = model.objects.filter(**{path: office}, **wanted)
        found = rows.order_by("-pk").first()
        assert found is not None, f"{office}: no {label}"
        return (found.pk, *more)

    return newest


def page_routes() -> set[str]:
    """Name the routes of the URLconf; the administration has tests of its own."""

    def walk(resolver: URLResolver) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if not isinstance(pattern, URLResolver):
                yield pattern.name
            elif pattern.namespace != "admin":
                yield from walk(pattern)

    return set(walk(get_resolver()))
