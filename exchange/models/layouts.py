"""File layouts as rows, which provider uses which, and layouts still being put together."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from offices.columns import FIRST_MONTH, together
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.journals import StoredFile
from offices.models.staff import Staff
from providers.models.providers import Provider

_IS_REWRITTEN = (
    pgtrigger.Q(old__definition__df=pgtrigger.F("new__definition"))
    | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
    | pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
    | pgtrigger.Q(old__valid_from__df=pgtrigger.F("new__valid_from"))
    | pgtrigger.Q(old__entered_by__df=pgtrigger.F("new__entered_by"))
    | pgtrigger.Q(old__for_provider__df=pgtrigger.F("new__for_provider"))
    | (
        pgtrigger.Q(old__confirmed_at__isnull=False)
        & pgtrigger.Q(old__confirmed_at__df=pgtrigger.F("new__confirmed_at"))
    )
)
_IS_WITHDRAWN = Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")
_IS_STANDING = Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
_IS_FINISHED = pgtrigger.Q(old__proposed__isnull=False) | pgtrigger.Q(old__discarded_at__isnull=False)


@pghistory.track()
class FileLayout(DatedRow):
    """A version of a file layout; `definition` is what `exchange.layouts` reads.

    The period is that of the version: the confirmed versions of a layout follow one another without overlap. What was
    entered is not rewritten: a second person confirms it, or it is withdrawn with a reason and stays. `for_provider`
    follows the version from its first day on, once it is confirmed.
    """

    valid_from = models.DateField("действует с", default=FIRST_MONTH)
    code = models.CharField("код", max_length=40)
    version = models.PositiveSmallIntegerField("версия")
    name = models.CharField("название", max_length=150)
    source = models.CharField("источник", max_length=300)
    is_partial = models.BooleanField("опубликован не полностью", default=False)
    definition = models.JSONField("описание")
    for_provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        verbose_name="для предприятия",
        related_name="+",
        null=True,
        blank=True,
    )
    entered_at = models.DateTimeField("введён", null=True, blank=True)
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
    withdrawn_at = models.DateTimeField("отозван", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто отозвал",
        related_name="+",
        null=True,
        blank=True,
    )
    withdrawn_because = models.CharField("почему отозван", max_length=300, blank=True)

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
            models.CheckConstraint(
                condition=_IS_WITHDRAWN | _IS_STANDING,
                name="layout_is_withdrawn_by_someone_for_a_reason",
                violation_error_message="Отзыв формата: время, сотрудник и причина указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="confirmed_layout_is_not_withdrawn",
                violation_error_message="Подтверждённый формат не отзывают, отозванный не подтверждают.",
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
            pgtrigger.Protect(name="layout_is_not_rewritten", operation=pgtrigger.Update, condition=_IS_REWRITTEN),
            pgtrigger.Protect(
                name="withdrawn_layout_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
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


class LayoutDraft(models.Model):
    """A layout that its author is putting together: what was told so far, kept at every change.

    It begins with a sample of the file or with a version that is there, and ends as a proposed version or discarded.
    `told` is what `exchange.layouts.told` reads. The sample holds people's data: only the author sees it here.
    """

    author = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составляет", related_name="+")
    sample = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="образец файла", related_name="+", null=True, blank=True
    )
    base = models.ForeignKey(
        FileLayout, on_delete=models.PROTECT, verbose_name="прежняя версия", related_name="+", null=True, blank=True
    )
    told = models.JSONField("что указано", default=dict)
    begun_at = models.DateTimeField("начат")
    changed_at = models.DateTimeField("изменён")
    proposed = models.OneToOneField(
        FileLayout, on_delete=models.PROTECT, verbose_name="версия", related_name="draft", null=True, blank=True
    )
    discarded_at = models.DateTimeField("отброшен", null=True, blank=True)

    class Meta:
        verbose_name = "черновик формата"
        verbose_name_plural = "черновики форматов"
        constraints = [
            models.CheckConstraint(
                condition=Q(sample__isnull=False) | Q(base__isnull=False),
                name="layout_draft_begins_with_something",
                violation_error_message="Черновик начинают с образца файла или с прежней версии.",
            ),
            models.CheckConstraint(
                condition=Q(proposed__isnull=True) | Q(discarded_at__isnull=True),
                name="layout_draft_ends_once",
                violation_error_message="Черновик либо стал версией, либо отброшен.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="finished_layout_draft_is_not_rewritten", operation=pgtrigger.Update, condition=_IS_FINISHED
            )
        ]

    def __str__(self) -> str:
        return str(self.told.get("name") or self.base or self.sample)
