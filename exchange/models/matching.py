"""What a specialist matched by hand, remembered for the next files of the provider."""

import pghistory
from django.db import models
from django.db.models import Q

from exchange.models.rows import ReturnedRow
from offices.columns import together
from offices.dated import DatedRow, no_overlap, not_empty
from offices.guards import never_deleted
from offices.models.staff import DatedOfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.providers import Provider, ServiceAccount
from recipients.models.persons import Recipient


@pghistory.track()
class RememberedMatch(DatedRow):
    """Whom a provider means by an account (or address) and a name of its own, for months from a day on.

    `sent_account` and `sent_name` are written as `exchange.checks.matching.sent_key` compares them.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие")
    sent_account = models.CharField("счёт или адрес у предприятия", max_length=120, blank=True)
    sent_name = models.CharField("ФИО у предприятия", max_length=200, blank=True)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, verbose_name="наш лицевой счёт")
    row = models.ForeignKey(ReturnedRow, on_delete=models.PROTECT, verbose_name="строка ответа")
    reason = models.CharField("основание", max_length=300)
    entered_at = models.DateTimeField("введено")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто ввёл", related_name="+")
    ended_at = models.DateTimeField("прекращено", null=True, blank=True)
    ended_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто прекратил",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = DatedOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "запомненная связь"
        verbose_name_plural = "запомненные связи"
        constraints = [
            not_empty("remembered_match_period_is_not_empty"),
            no_overlap(
                "what_a_provider_sends_means_one_recipient",
                "office",
                "provider",
                "sent_account",
                "sent_name",
                message="Эта строка предприятия уже связана на пересекающийся период.",
            ),
            models.CheckConstraint(
                condition=~Q(sent_account="") | ~Q(sent_name=""),
                name="remembered_match_names_something",
                violation_error_message="Связь запоминают по счёту, адресу или ФИО.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="remembered_match_has_a_reason",
                violation_error_message="Укажите основание связи.",
            ),
            together(
                "remembered_match_is_ended_by_someone",
                "ended_at",
                "ended_by",
                message="Прекращение: время и сотрудник указываются вместе.",
            ),
        ]
        triggers = never_deleted()

    def __str__(self) -> str:
        return f"{self.sent_account} {self.sent_name}".strip()
