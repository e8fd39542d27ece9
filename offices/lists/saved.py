"""Views of a list that a member of staff keeps: read by page, kept under a name, thrown away."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import QuerySet

from offices.models import SavedView, Staff
from offices.refusals import Refusal

NOT_KEPT = frozenset({"m", "r", "after", "before", "last", "xlsx"})
"""Month, district and page change every time; a view is the rest."""
MOST = 20
LONGEST_NAME = 60
LONGEST_QUERY = 1000


class ViewNotSaved(Refusal):
    """The view has no name, or there are too many of them, or it asks for too much."""


def views_of(*, staff: Staff, page: str) -> "QuerySet[SavedView]":
    """Return the views of a page kept by a member of staff, by name."""
    return SavedView.objects.filter(staff=staff, page=page).order_by("name", "pk")


@transaction.atomic
def save_view(*, staff: Staff, page: str, name: str, query: str) -> SavedView:
    """Keep a view under a name; the same name on the same page is written over.

    Raises ViewNotSaved.
    """
    called = " ".join(name.split())
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] not in NOT_KEPT])
    if not called or len(called) > LONGEST_NAME:
        raise ViewNotSaved(f"Назовите вид: от одного до {LONGEST_NAME} знаков, например «Мои новые».")
    if not page or len(kept) > LONGEST_QUERY:
        raise ViewNotSaved("Вид слишком длинный: уберите часть отборов и сохраните снова.")
    others = SavedView.objects.filter(staff=staff, page=page).exclude(name=called)
    if others.count() >= MOST:
        raise ViewNotSaved(f"На странице уже {MOST} ваших видов: удалите ненужный и сохраните снова.")
    view, _ = SavedView.objects.update_or_create(staff=staff, page=page, name=called, defaults={"query": kept})
    return view


@transaction.atomic
def delete_view(*, staff: Staff, view_id: int) -> str:
    """Throw away one's own view and return its page.

    Raises SavedView.DoesNotExist for a view of somebody else.
    """
    view: SavedView = SavedView.objects.select_for_update(of=("self",)).get(pk=view_id, staff=staff)
    view.delete()
    return view.page
