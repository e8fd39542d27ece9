"""What the bank and the post answered, what came back and why (3.15.4)."""

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.guards import append_only
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from payments.models.lists import PaymentLine
from payments.models.registers import PaymentRegister


class RegisterAnswer(models.Model):
    """A file in which the bank or the post tells what became of a register's rows.

    The first one is also the register's `answer_file`; later ones tell of rows not answered before
    and of payments that came back afterwards.
    """

    register = models.ForeignKey(
        PaymentRegister, on_delete=models.PROTECT, verbose_name="реестр", related_name="answers"
    )
    number = models.PositiveSmallIntegerField("№ ответа")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="файл", related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField("строк")
    paid = models.PositiveIntegerField("выплачено")
    returned = models.PositiveIntegerField("возвращено")
    recorded_at = models.DateTimeField("записан")
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")

    class Meta:
        verbose_name = "ответ на реестр"
        verbose_name_plural = "ответы на реестры"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "number"],
                name="register_answer_number_is_unique",
                violation_error_message="Ответ с этим номером уже записан.",
            ),
            models.UniqueConstraint(
                fields=["register", "sha256"],
                name="register_answer_is_recorded_once",
                violation_error_message="Этот файл ответа уже записан.",
            ),
            models.CheckConstraint(
                condition=Q(rows=F("paid") + F("returned"), rows__gt=0),
                name="register_answer_rows_are_paid_or_returned",
                violation_error_message="Строки ответа: выплачено и возвращено.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"ответ {self.number}: {self.register}"


@pghistory.track()
class ReturnReason(models.Model):
    """A coded reason why a bank or the post did not pay."""

    code = models.CharField("код", max_length=3, primary_key=True)
    channel = models.CharField("откуда", max_length=4, choices=PaymentRegister.Channel.choices)
    title = models.CharField("причина", max_length=150)
    needs_new_requisites = models.BooleanField("нужны новые реквизиты", default=False)
    stops_payment = models.BooleanField("повторно не включать", default=False)

    class Meta:
        verbose_name = "причина возврата"
        verbose_name_plural = "причины возвратов"

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@pghistory.track()
class ReturnedPayment(models.Model):
    """A payment that came back, its reason, and how it was cleared up (3.15.4)."""

    class Outcome(models.TextChoices):
        OPEN = "open", "выясняется"
        RELIST = "relist", "включить в дополнительный список"
        HEIRS = "heirs", "наследникам"
        CLOSED = "closed", "закрыто"

    line = models.OneToOneField(PaymentLine, on_delete=models.PROTECT, verbose_name="строка", related_name="returned")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    reason = models.ForeignKey(ReturnReason, on_delete=models.PROTECT, verbose_name="причина")
    returned_on = models.DateField("возвращено")
    recorded_at = models.DateTimeField("записано")
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")
    outcome = models.CharField("что делать", max_length=6, choices=Outcome.choices, default=Outcome.OPEN)
    clarification = models.CharField("что выяснено", max_length=300, blank=True)
    clarified_at = models.DateTimeField("выяснено", null=True, blank=True)
    clarified_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто выяснил",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "возврат выплаты"
        verbose_name_plural = "возвраты выплат"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome="open",
                    clarified_at__isnull=True,
                    clarified_by__isnull=True,
                    clarification="",
                )
                | (
                    ~Q(outcome="open")
                    & Q(clarified_at__isnull=False, clarified_by__isnull=False)
                    & ~Q(clarification="")
                ),
                name="return_is_clarified_as_a_whole",
                violation_error_message="Выяснение: что, кем и когда указывают вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(clarified_by=F("recorded_by")),
                name="return_is_not_clarified_by_its_recorder",
                violation_error_message="Причину выясняет не тот, кто записал возврат.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"
