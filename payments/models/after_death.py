"""What was accrued for months after a death: cancelled where unpaid, asked back where it was paid."""

from django.db import models
from django.db.models import Q

from calculations.models.runs import Accrual
from offices.columns import MOST_TURNOVER, between
from offices.guards import append_only
from offices.models.journals import JournalEntry, StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Bank, Office
from payments.models.heir_guards import (
    ASKED_BACK_AFTER_DEATH,
    NOTICE_IS_ITS_LINES,
    ONLY_WHAT_IS_UNPAID_AFTER_DEATH_IS_CANCELLED,
)
from payments.models.lists import PaymentLine
from payments.models.registers import PaymentRegister
from recipients.models.persons import Recipient


class CancelledAccrual(models.Model):
    """An accrual for a month after its recipient's death that was not paid and never will be."""

    accrual = models.OneToOneField(Accrual, on_delete=models.PROTECT, verbose_name="начисление", primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="умерший получатель", related_name="cancelled_accruals"
    )
    reason = models.CharField("причина", max_length=100)
    cancelled_at = models.DateTimeField("аннулировано")
    cancelled_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто аннулировал", related_name="+")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "аннулированное начисление"
        verbose_name_plural = "аннулированные начисления"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="accrual_is_cancelled_for_a_reason",
                violation_error_message="Укажите, почему начисление аннулировано.",
            ),
        ]
        triggers = [*append_only(), ONLY_WHAT_IS_UNPAID_AFTER_DEATH_IS_CANCELLED]

    def __str__(self) -> str:
        return f"начисление {self.accrual_id}: {self.reason}"


class ReturnNotice(models.Model):
    """A letter that asks a bank or the post to return what was paid for months after the deaths of recipients."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="кто просит")
    number = models.CharField("№ письма", max_length=20)
    channel = models.CharField("кому", max_length=4, choices=PaymentRegister.Channel.choices)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, verbose_name="банк", null=True, blank=True)
    rows = models.PositiveIntegerField("строк")
    total = models.DecimalField("сумма, руб.", max_digits=14, decimal_places=2)
    made_at = models.DateTimeField("составлено")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составил", related_name="+")
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="письмо (PDF)", related_name="+")
    entry = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, verbose_name="запись журнала", related_name="return_notice"
    )

    class Meta:
        verbose_name = "письмо о возврате выплат"
        verbose_name_plural = "письма о возврате выплат"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="return_notice_number_is_given_once",
                violation_error_message="Письмо с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(channel="bank", bank__isnull=False) | Q(channel="post", bank__isnull=True),
                name="only_a_notice_to_a_bank_has_a_bank",
                violation_error_message="Банк указывают у письма банку и только у него.",
            ),
            between("return_notice_total_is_a_number", "total", 0, MOST_TURNOVER, "Сумма вне допустимых границ."),
        ]
        triggers = [*append_only(), NOTICE_IS_ITS_LINES]

    def __str__(self) -> str:
        return f"письмо № {self.number}, {self.bank or 'почта'}"


class ReturnNoticeLine(models.Model):
    """A payment that a letter asks back, once."""

    notice = models.ForeignKey(ReturnNotice, on_delete=models.PROTECT, verbose_name="письмо", related_name="lines")
    line = models.OneToOneField(
        PaymentLine, on_delete=models.PROTECT, verbose_name="строка списка", related_name="asked_back"
    )

    class Meta:
        verbose_name = "выплата, которую просят вернуть"
        verbose_name_plural = "выплаты, которые просят вернуть"
        triggers = [*append_only(), ASKED_BACK_AFTER_DEATH]

    def __str__(self) -> str:
        return f"{self.notice}: {self.line}"
