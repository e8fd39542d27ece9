"""Bank and post registers and the documents with them (3.15.1)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from offices.columns import MOST_TURNOVER, between, first_of_month, together
from offices.guards import append_only, closed_month_is_frozen, never_deleted
from offices.models.journals import StoredFile
from offices.models.staff import Staff
from offices.models.units import Bank, Office
from payments.models.guards import HANDER_FORMS_NO_REGISTER, REGISTER_IS_ITS_ENTRIES
from payments.models.lists import PaymentLine


class PaymentRegister(models.Model):
    """The register of one bank, or of the post, for a month."""

    class Channel(models.TextChoices):
        BANK = "bank", "банк"
        POST = "post", "почта"

    class Status(models.TextChoices):
        FORMED = "formed", "сформирован"
        RELEASED = "released", "отправлен"
        ANSWERED = "answered", "ответ получен"

    channel = models.CharField("кому", max_length=4, choices=Channel.choices)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, verbose_name="банк", null=True, blank=True)
    month = models.DateField("месяц начислений")
    paid_month = models.DateField("месяц выплаты")
    number = models.PositiveSmallIntegerField("№ реестра")
    status = models.CharField("состояние", max_length=8, choices=Status.choices)
    rows = models.PositiveIntegerField("строк")
    total = models.DecimalField("сумма, руб.", max_digits=14, decimal_places=2)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="файл", related_name="+")
    formed_at = models.DateTimeField("сформирован")
    formed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто сформировал", related_name="+")
    released_at = models.DateTimeField("отправлен", null=True, blank=True)
    released_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто отправил",
        related_name="+",
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField("ответ получен", null=True, blank=True)
    answer_file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="файл ответа",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "реестр на выплату"
        verbose_name_plural = "реестры на выплату"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "channel", "bank", "number"],
                nulls_distinct=False,
                name="payment_register_number_is_given_once",
                violation_error_message="Реестр с этим номером уже есть.",
            ),
            first_of_month("payment_register_month_is_a_first_day"),
            between(
                "payment_register_total_is_a_number",
                "total",
                0,
                MOST_TURNOVER,
                "Итог вне допустимых границ.",
            ),
            models.CheckConstraint(
                condition=Q(channel="bank", bank__isnull=False) | Q(channel="post", bank__isnull=True),
                name="only_a_bank_register_has_a_bank",
                violation_error_message="Банк указывают у банковского реестра и только у него.",
            ),
            together(
                "register_is_released_by_someone",
                "released_at",
                "released_by",
                message="Отправка: время и сотрудник указываются вместе.",
            ),
            together(
                "register_answer_has_its_file",
                "answered_at",
                "answer_file",
                message="Ответ: время и файл указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status="formed", released_at__isnull=True, answered_at__isnull=True)
                | Q(status="released", released_at__isnull=False, answered_at__isnull=True)
                | Q(status="answered", released_at__isnull=False, answered_at__isnull=False),
                name="payment_register_status_fits_its_facts",
                violation_error_message="Состояние реестра не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(released_by=F("formed_by")),
                name="register_is_not_released_by_its_author",
                violation_error_message="Реестр отправляет не тот, кто его сформировал.",
            ),
        ]
        triggers = [
            closed_month_is_frozen(),
            *never_deleted(),
            REGISTER_IS_ITS_ENTRIES,
            HANDER_FORMS_NO_REGISTER,
        ]

    def __str__(self) -> str:
        return f"реестр № {self.number}, {self.bank or 'почта'}, {self.month:%m.%Y}"

    @property
    def subject(self) -> str:
        """The register's name in journals and balances; no other of the month has it."""
        to = f"БИК {self.bank_id}" if self.bank_id else "почта"
        return f"реестр № {self.number}, {to}"


class RegisterEntry(models.Model):
    """A payment line's row in a register."""

    register = models.ForeignKey(
        PaymentRegister, on_delete=models.PROTECT, verbose_name="реестр", related_name="entries"
    )
    row_number = models.PositiveIntegerField("№")
    line = models.OneToOneField(PaymentLine, on_delete=models.PROTECT, verbose_name="строка", related_name="entry")

    class Meta:
        verbose_name = "строка реестра на выплату"
        verbose_name_plural = "строки реестров на выплату"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "row_number"],
                name="register_entry_number_is_unique",
                violation_error_message="Номер строки реестра уже занят.",
            ),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="entries_join_a_register_not_released",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "PERFORM 1 FROM payments_paymentregister WHERE id = NEW.register_id"
                    " AND status = 'formed' FOR SHARE;"
                    " IF NOT FOUND THEN"
                    " RAISE EXCEPTION 'the register is released' USING ERRCODE = 'restrict_violation';"
                    " END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register}, строка {self.row_number}"


class PaymentDocument(models.Model):
    """A document made with a register: statements, lists, postal orders."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", "сводная ведомость"
        COVERING = "covering", "сопроводительная ведомость"
        LIST = "list", "список получателей"
        POSTAL_ORDERS = "postal_orders", "адресные поручения"

    register = models.ForeignKey(
        PaymentRegister, on_delete=models.PROTECT, verbose_name="реестр", related_name="documents"
    )
    kind = models.CharField("документ", max_length=14, choices=Kind.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="район", null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="файл")

    class Meta:
        verbose_name = "выплатной документ"
        verbose_name_plural = "выплатные документы"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "kind", "office"],
                nulls_distinct=False,
                name="payment_document_is_made_once",
                violation_error_message="Этот документ уже сформирован.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.register}"
