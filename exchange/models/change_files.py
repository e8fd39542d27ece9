"""Requests that tell only what changed: which provider gets them, and what each of them told (3.8, layout L6)."""

import pghistory
from django.db import models
from django.db.models import Q

from exchange.models.files import ExchangeFile
from exchange.models.layouts import FileLayout
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.guards import append_only
from providers.models.providers import Provider


@pghistory.track()
class ProviderRequestLayout(DatedRow):
    """The layout a provider's requests are written in where its answers follow another one: a file of changes."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="request_layouts"
    )
    layout = models.ForeignKey(FileLayout, on_delete=models.PROTECT, verbose_name="формат запросов")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "формат запросов предприятия"
        verbose_name_plural = "форматы запросов предприятий"
        constraints = [
            not_empty("request_layout_period_is_not_empty"),
            no_overlap(
                "provider_has_one_request_layout_at_a_time",
                "provider",
                message="Формат запросов предприятия на пересекающийся период уже указан.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.layout}"


class RequestedChanges(models.Model):
    """What a request of changes told: persons new, changed and ended `since` the request before, all as new without one.

    The request asks about everybody of its request rows all the same; only its file is shorter.
    """

    file = models.OneToOneField(
        ExchangeFile, on_delete=models.PROTECT, verbose_name="файл запроса", related_name="changes"
    )
    layout = models.ForeignKey(FileLayout, on_delete=models.PROTECT, verbose_name="формат", related_name="+")
    since = models.ForeignKey(
        ExchangeFile,
        on_delete=models.PROTECT,
        verbose_name="после запроса",
        related_name="followed_by_changes",
        null=True,
        blank=True,
    )
    new = models.PositiveIntegerField("новых")
    changed = models.PositiveIntegerField("изменившихся")
    ended = models.PositiveIntegerField("выбывших")

    class Meta:
        verbose_name = "файл изменений"
        verbose_name_plural = "файлы изменений"
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=False) | Q(changed=0, ended=0),
                name="the_first_file_of_changes_has_only_new_persons",
                violation_error_message="В первом файле изменений все люди новые.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.file}: новых {self.new}, изменилось {self.changed}, выбыло {self.ended}"
