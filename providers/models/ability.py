"""Who can send files and who cannot, as it was said day by day (road map 2020, measures 4 and 5)."""

from django.db import models
from django.db.models import Q

from offices.guards import append_only
from offices.models.staff import Staff
from providers.models.providers import Provider


class AbilityChange(models.Model):
    """What a person of the department said about a provider's technical means; the last one is the provider's flag.

    `since` is the day from which it is so.
    """

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="ability_changes"
    )
    is_able = models.BooleanField("может передавать файлы")
    reason = models.CharField("почему не может", max_length=200, blank=True)
    since = models.DateField("с какого дня")
    at = models.DateTimeField("записано")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")

    class Meta:
        verbose_name = "техническая возможность"
        verbose_name_plural = "технические возможности"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_able=True, reason="") | (Q(is_able=False) & ~Q(reason="")),
                name="ability_change_has_a_reason",
                violation_error_message="Укажите, почему предприятие не может передавать файлы.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.provider}: {'может' if self.is_able else 'не может'} с {self.since:%d.%m.%Y}"
