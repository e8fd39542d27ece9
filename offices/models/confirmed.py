"""Rows of directories that count once a second person has confirmed them."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from offices.dated import DatedRow
from offices.models.staff import Staff

NOT_REFUSED: Final = Q(refused_at__isnull=True)
"""A refused row holds no days: another may be entered for them."""


class ConfirmedRow(DatedRow):
    """A dated row entered by one person and confirmed, or refused with the reason, by another."""

    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто ввёл", related_name="+")
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто подтвердил",
        related_name="+",
        null=True,
        blank=True,
    )
    refused_at = models.DateTimeField("отклонено", null=True, blank=True)
    refused_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто отклонил",
        related_name="+",
        null=True,
        blank=True,
    )
    refusal_reason = models.CharField("почему отклонено", max_length=300, blank=True, default="", db_default="")

    class Meta:
        abstract = True


def refused_by_another(name: str) -> models.CheckConstraint:
    """Let a row that is not confirmed be refused, by another person than its author and with a reason."""
    standing = Q(refused_at__isnull=True, refused_by__isnull=True, refusal_reason="")
    refused = Q(refused_at__isnull=False, refused_by__isnull=False, confirmed_at__isnull=True) & ~Q(refusal_reason="")
    return models.CheckConstraint(
        condition=standing | (refused & ~Q(refused_by=F("entered_by"))),
        name=name,
        violation_error_message="Отклоняет неподтверждённую строку не тот, кто её ввёл, с указанием причины.",
    )
