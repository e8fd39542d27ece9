"""How far a directory row is that a second person confirms, as a cell of the administration."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from offices.models.confirmed import ConfirmedRow


def state_of(row: ConfirmedRow, kind: str) -> SafeString | str:
    """Say whether a row counts; one in waiting leads to the guard, where it is seen in roubles and decided."""
    if row.refused_at is not None:
        return f"отклонено: {row.refusal_reason}"
    if row.confirmed_at is not None:
        return "подтверждено"
    address = reverse("guard-row", args=[kind, row.pk])
    return format_html('<a href="{}">ждёт подтверждения: посчитать и решить</a>', address)
