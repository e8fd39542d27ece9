"""Bulk transfers of accounts from a day on: all of one provider to another, or to new numbers."""

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.columns import first_of_month
from offices.guards import never_deleted
from offices.models.journals import StoredFile
from offices.models.staff import Staff
from providers.models.providers import Provider, ServiceAccount


@pghistory.track()
class AccountTransfer(models.Model):
    """A table of accounts that become others from the first day of a month; entered by one, confirmed by another.

    A former number sent back by a provider is recognised until `known_until`, which is not included.
    """

    class Kind(models.TextChoices):
        MERGER = "merger", "передача другому предприятию"
        RENUMBERING = "renumbering", "перенумерация счетов"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "ждёт подтверждения"
        DONE = "done", "выполнено"
        WITHDRAWN = "withdrawn", "отозвано"

    kind = models.CharField("вид", max_length=12, choices=Kind.choices)
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.PROPOSED)
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="transfers"
    )
    successor = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="чьи счета станут", related_name="transfers_received"
    )
    valid_from = models.DateField("с какого дня")
    known_until = models.DateField("прежние номера узнаём до (не включая)")
    basis = models.CharField("основание", max_length=300)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="таблица", related_name="+", null=True, blank=True
    )
    digest = models.CharField("SHA-256 строк", max_length=64)
    rows = models.PositiveIntegerField("счетов")
    proposed_at = models.DateTimeField("составлено")
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составил", related_name="+")
    decided_at = models.DateTimeField("выполнено или отозвано", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто подтвердил или отозвал",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "перевод счетов"
        verbose_name_plural = "переводы счетов"
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="merger") & ~Q(successor=F("provider")))
                | Q(kind="renumbering", successor=F("provider")),
                name="transfer_goes_where_its_kind_says",
                violation_error_message="Счета передают другому предприятию, а перенумеровывают у того же.",
            ),
            first_of_month("transfer_begins_on_a_first_day", "valid_from"),
            models.CheckConstraint(
                condition=Q(known_until__gt=F("valid_from")),
                name="former_numbers_are_known_for_some_time",
                violation_error_message="Прежние номера узнают хотя бы день после перевода.",
            ),
            models.CheckConstraint(
                condition=Q(rows__gt=0) & ~Q(basis=""),
                name="transfer_has_accounts_and_a_basis",
                violation_error_message="Укажите основание и хотя бы один счёт.",
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at__isnull=True, decided_by__isnull=True)
                | Q(status__in=["done", "withdrawn"], decided_at__isnull=False, decided_by__isnull=False),
                name="transfer_status_fits_its_facts",
                violation_error_message="Состояние перевода не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | ~Q(decided_by=F("proposed_by")),
                name="transfer_is_not_confirmed_by_its_author",
                violation_error_message="Перевод счетов подтверждает не тот, кто его составил.",
            ),
            models.UniqueConstraint(
                fields=["provider", "successor", "valid_from", "digest"],
                condition=~Q(status="withdrawn"),
                name="same_transfer_is_entered_once",
                violation_error_message="Такой перевод счетов уже есть.",
            ),
        ]
        triggers = never_deleted()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.provider}, с {self.valid_from:%d.%m.%Y}"


class AccountTransferLine(models.Model):
    """One account of a transfer: what it was, what it becomes; `new_account` is there once the transfer is done."""

    transfer = models.ForeignKey(
        AccountTransfer, on_delete=models.PROTECT, verbose_name="перевод", related_name="lines"
    )
    old_account = models.ForeignKey(
        ServiceAccount, on_delete=models.PROTECT, verbose_name="прежний счёт", related_name="transfers_away"
    )
    old_number = models.CharField("прежний номер", max_length=24)
    new_number = models.CharField("новый номер", max_length=24)
    new_account = models.OneToOneField(
        ServiceAccount,
        on_delete=models.PROTECT,
        verbose_name="новый счёт",
        related_name="transfer_here",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "счёт перевода"
        verbose_name_plural = "счета перевода"
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "old_account"],
                name="account_is_in_a_transfer_once",
                violation_error_message="Этот счёт в переводе уже есть.",
            ),
            models.UniqueConstraint(
                fields=["transfer", "new_number"],
                name="new_number_is_given_once_in_a_transfer",
                violation_error_message="Этот новый номер в переводе уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(new_number="")
                & ~Q(old_number="")
                & (Q(new_account__isnull=True) | ~Q(new_account=F("old_account"))),
                name="transfer_line_leads_from_one_account_to_another",
                violation_error_message="Перевод ведёт с одного счёта на другой.",
            ),
        ]
        triggers = never_deleted()

    def __str__(self) -> str:
        return f"{self.old_number} → {self.new_number}"
