"""A decision of a specialist is there as a whole: what, when and by whom, or nothing of it."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q


def decided_as_a_whole(name: str, *, decided: Sequence[str]) -> models.CheckConstraint:
    """Require the moment and the person of a decision with each of the codes `decided`, and none with `open`."""
    return models.CheckConstraint(
        condition=Q(decision="open", decided_at__isnull=True, decided_by__isnull=True)
        | Q(decision__in=list(decided), decided_at__isnull=False, decided_by__isnull=False),
        name=name,
        violation_error_message="Решение: время и сотрудник указываются вместе.",
    )
