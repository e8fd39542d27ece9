"""File layouts as rows, and which provider uses which."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from offices.columns import FIRST_MONTH, together
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.staff import Staff
from providers.models.providers import Provider

_IS_REWRITTEN = pgtrigger.Q(old__confirmed_at__isnull=False) & (
    pgtrigger.Q(old__definition__df=pgtrigger.F("new__definition"))
    | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
    | pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
    | pgtrigger.Q(old__valid_from__df=pgtrigger.F("new__valid_from"))
    | pgtrigger.Q(old__confirmed_at__df=pgtrigger.F("new__confirmed_at"))
)


@pghistory.track()
class FileLayout(DatedRow):
    """A version of a file layout; `definition` is what `exchange.layouts` reads.

    The period is that of the version: the confirmed versions of a layout follow one another without overlap.
    """

    valid_from = models.DateField("действует с", default=FIRST_MONTH)
    code = models.CharField("код", max_length=40)
    version = models.PositiveSmallIntegerField("версия")
    name = models.CharField("название", max_length=150)
    source = models.CharField("источник", max_length=300)
    is_partial = models.BooleanField("опубликован не полностью", default=False)
    definition = models.JSONField("описание")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто ввёл", related_name="+")
    confirmed_at = models.DateTimeField("подтверждён", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто подтвердил",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "формат файла"
        verbose_name_plural = "форматы файлов"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="layout_version_is_unique",
                violation_error_message="Такая версия формата уже есть.",
            ),
            together(
                "layout_is_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Подтверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")),
                name="layout_is_not_confirmed_by_its_author",
                violation_error_message="Формат подтверждает не тот, кто его ввёл.",
            ),
            not_empty("layout_period_is_not_empty"),
            no_overlap(
                "confirmed_layout_versions_do_not_overlap",
                "code",
                condition=Q(confirmed_at__isnull=False),
                message="На пересекающийся период уже есть подтверждённая версия этого формата.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_layout_is_not_rewritten", operation=pgtrigger.Update, condition=_IS_REWRITTEN
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, версия {self.version}"


@pghistory.track()
class ProviderLayout(DatedRow):
    """The layout a provider's files follow."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="layouts")
    layout = models.ForeignKey(FileLayout, on_delete=models.PROTECT, verbose_name="формат")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "формат предприятия"
        verbose_name_plural = "форматы предприятий"
        constraints = [
            not_empty("provider_layout_period_is_not_empty"),
            no_overlap(
                "provider_has_one_layout_at_a_time",
                "provider",
                message="Формат предприятия на пересекающийся период уже указан.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.layout}"
