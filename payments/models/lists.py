"""Lists to pay by (3.14) and their lines: one open line per accrual, or one per part that an heir is given."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from calculations.models.runs import Accrual
from offices.columns import (
    MOST_ROUBLES,
    MOST_TURNOVER,
    between,
    first_of_month,
    roubles,
    together,
)
from offices.guards import closed_month_is_frozen, never_deleted
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Bank, Office, PostOffice
from offices.money import format_amount
from payments.models.guards import (
    CALCULATOR_MAKES_NO_LIST,
    LINES_JOIN_AN_OPEN_LIST,
    LIST_IS_ITS_LINES,
    TREATER_CONFIRMS_NO_LIST,
)
from payments.models.heir_guards import (
    HEIRS_ARE_NOT_PAID_OVER,
    HEIRS_LINE_PAYS_ITS_PART,
    WHAT_IS_CANCELLED_IS_NOT_PAID,
)
from payments.models.overpayment_guards import LINE_PAYS_WHAT_IS_NOT_WITHHELD
from recipients.models.channels import PaymentChannel
from recipients.models.persons import Person, Recipient


class PaymentList(models.Model):
    """The electronic list of a district's recipients for a month billed."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "основной"
        SUPPLEMENTARY = "supplementary", "дополнительный"

    class Status(models.TextChoices):
        BUILT = "built", "сформирован"
        HANDED_OVER = "handed_over", "передан в отдел выплат"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц начислений")
    paid_month = models.DateField("месяц выплаты")
    kind = models.CharField("вид", max_length=13, choices=Kind.choices)
    status = models.CharField("состояние", max_length=12, choices=Status.choices)
    rows = models.PositiveIntegerField("получателей")
    total = models.DecimalField("к выплате, руб.", max_digits=14, decimal_places=2)
    built_at = models.DateTimeField("сформирован")
    built_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто сформировал", related_name="+")
    handed_at = models.DateTimeField("передан", null=True, blank=True)
    handed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто передал",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "список на выплату"
        verbose_name_plural = "списки на выплату"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month", "kind"],
                name="district_has_one_list_of_a_kind_a_month",
                violation_error_message="Список района за этот месяц уже есть.",
            ),
            first_of_month("payment_list_month_is_a_first_day"),
            first_of_month("payment_list_paid_month_is_a_first_day", "paid_month"),
            between(
                "payment_list_total_is_a_number",
                "total",
                0,
                MOST_TURNOVER,
                "Итог вне допустимых границ.",
            ),
            models.CheckConstraint(
                condition=Q(paid_month__gte=F("month")),
                name="list_is_paid_no_earlier_than_billed",
                violation_error_message="Месяц выплаты раньше месяца начислений.",
            ),
            together(
                "payment_list_is_handed_over_by_someone",
                "handed_at",
                "handed_by",
                message="Передача: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status="built", handed_at__isnull=True) | Q(status="handed_over", handed_at__isnull=False),
                name="payment_list_status_fits_its_facts",
                violation_error_message="Состояние списка не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="supplementary", handed_by=F("built_by")),
                name="supplementary_list_is_confirmed_by_another",
                violation_error_message="Дополнительный список подтверждает не тот, кто его составил.",
            ),
        ]
        triggers = [
            closed_month_is_frozen(),
            *never_deleted(),
            LIST_IS_ITS_LINES,
            CALCULATOR_MAKES_NO_LIST,
            TREATER_CONFIRMS_NO_LIST,
        ]

    def __str__(self) -> str:
        return f"список {self.office}, {self.month:%m.%Y}"


class PaymentLine(models.Model):
    """A sum to be paid to a recipient for an accrual, with the requisites by value."""

    class Status(models.TextChoices):
        LISTED = "listed", "в списке"
        REGISTERED = "registered", "в реестре"
        SENT = "sent", "отправлено"
        PAID = "paid", "выплачено"
        RETURNED = "returned", "возвращено"

    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, verbose_name="список", related_name="lines")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    accrual = models.ForeignKey(
        Accrual, on_delete=models.PROTECT, verbose_name="начисление", related_name="payment_lines"
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    payee = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="кому", related_name="+")
    channel = models.ForeignKey(
        PaymentChannel, on_delete=models.PROTECT, verbose_name="способ выплаты", null=True, blank=True
    )
    heir_part = models.ForeignKey(
        "payments.HeirPart",
        on_delete=models.PROTECT,
        verbose_name="часть наследника",
        related_name="lines",
        null=True,
        blank=True,
    )
    heir_requisites = models.ForeignKey(
        "payments.HeirRequisites",
        on_delete=models.PROTECT,
        verbose_name="реквизиты наследника",
        related_name="+",
        null=True,
        blank=True,
    )
    kind = models.CharField("способ", max_length=5, choices=PaymentChannel.Kind.choices)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, verbose_name="банк", null=True, blank=True)
    account = models.CharField("счёт", max_length=20, blank=True)
    post_office = models.ForeignKey(
        PostOffice, on_delete=models.PROTECT, verbose_name="отделение", null=True, blank=True
    )
    payee_name = models.CharField("ФИО", max_length=190)
    address = models.CharField("фактический адрес", max_length=300)
    postal_address = models.CharField("почтовый адрес", max_length=300)
    payable = roubles("к выплате, руб.")
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.LISTED)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        verbose_name="вместо возвращённой",
        related_name="replaced_by",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "строка списка на выплату"
        verbose_name_plural = "строки списков на выплату"
        constraints = [
            models.UniqueConstraint(
                fields=["accrual"],
                condition=~Q(status="returned") & Q(heir_part__isnull=True),
                name="an_accrual_is_paid_once",
                violation_error_message="Это начисление уже в списке на выплату.",
            ),
            models.UniqueConstraint(
                fields=["heir_part"],
                condition=~Q(status="returned") & Q(heir_part__isnull=False),
                name="an_heirs_part_is_paid_once",
                violation_error_message="Эта часть наследника уже в списке на выплату.",
            ),
            models.CheckConstraint(
                condition=Q(channel__isnull=False, heir_part__isnull=True, heir_requisites__isnull=True)
                | Q(channel__isnull=True, heir_part__isnull=False, heir_requisites__isnull=False),
                name="a_line_is_a_recipients_or_an_heirs",
                violation_error_message="Строка — или получателя с его способом выплаты, или наследника с его реквизитами.",
            ),
            between(
                "payable_is_positive",
                "payable",
                Decimal("0.01"),
                MOST_ROUBLES,
                "К выплате — от 0,01 рубля.",
            ),
            models.CheckConstraint(
                condition=Q(kind="bank", bank__isnull=False, post_office__isnull=True) & ~Q(account="")
                | Q(kind="post", bank__isnull=True, post_office__isnull=False, account="")
                | Q(kind="other", bank__isnull=True, post_office__isnull=True, account=""),
                name="payment_line_requisites_fit_its_channel",
                violation_error_message="Реквизиты строки не подходят к способу выплаты.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="a_line_does_not_replace_itself",
                violation_error_message="Строка не может заменять саму себя.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_the_status_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF (to_jsonb(NEW) - 'status') <> (to_jsonb(OLD) - 'status') THEN"
                    " RAISE EXCEPTION 'only the status of a payment line changes'"
                    " USING ERRCODE = 'restrict_violation'; END IF;"
                    " IF (OLD.status, NEW.status) NOT IN"
                    " (('listed','registered'), ('registered','sent'), ('sent','paid'),"
                    " ('sent','returned'), ('paid','returned')) AND OLD.status <> NEW.status THEN"
                    " RAISE EXCEPTION 'a payment line does not go from % to %',"
                    " OLD.status, NEW.status USING ERRCODE = 'restrict_violation'; END IF;"
                    " RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="a_replacement_repeats_a_returned_line",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__replaces__isnull=False),
                declare=[("old_line", "payments_paymentline")],
                func=(
                    "SELECT * INTO old_line FROM payments_paymentline"
                    " WHERE id = NEW.replaces_id;"
                    " IF old_line.status <> 'returned'"
                    " OR old_line.accrual_id <> NEW.accrual_id"
                    " OR old_line.payable <> NEW.payable"
                    " OR old_line.heir_part_id IS DISTINCT FROM NEW.heir_part_id THEN"
                    " RAISE EXCEPTION 'a replacement repeats a returned line'"
                    " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
                ),
            ),
            HEIRS_ARE_NOT_PAID_OVER,
            HEIRS_LINE_PAYS_ITS_PART,
            WHAT_IS_CANCELLED_IS_NOT_PAID,
            LINES_JOIN_AN_OPEN_LIST,
            LINE_PAYS_WHAT_IS_NOT_WITHHELD,
            *never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.payee_name}: {format_amount(self.payable)}"
