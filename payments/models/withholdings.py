"""What is withheld of overpayments, line by line, when a list to pay by is made."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from calculations.models.runs import Accrual
from offices.columns import MOST_ROUBLES, between, roubles
from offices.guards import append_only
from offices.money import format_amount
from payments.models.guards import LINES_JOIN_AN_OPEN_LIST
from payments.models.lists import PaymentList
from payments.models.overpayment_guards import (
    WITHHELD_BEFORE_LISTED,
    WITHHELD_BY_CONSENT,
    WITHHELD_OF_A_LISTED_SUM,
    WITHHELD_TOGETHER_WITHIN_THE_LIMIT,
    WITHHOLDINGS_ARE_A_CHAIN,
    parent_rest_is_what_is_left,
)
from payments.models.overpayments import Overpayment


class Withholding(models.Model):
    """What an overpayment took of one accrual when it was listed; `balance` is what was still owed after it."""

    overpayment = models.ForeignKey(
        Overpayment, on_delete=models.PROTECT, verbose_name="переплата", related_name="withholdings"
    )
    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, verbose_name="список", related_name="withholdings")
    accrual = models.ForeignKey(
        Accrual, on_delete=models.PROTECT, verbose_name="начисление", related_name="withholdings"
    )
    due = roubles("причиталось, руб.")
    percent = models.DecimalField("не больше, % выплаты", max_digits=5, decimal_places=2)
    withheld = roubles("удержано, руб.")
    balance = roubles("осталось, руб.")

    class Meta:
        verbose_name = "удержание"
        verbose_name_plural = "удержания"
        constraints = [
            models.UniqueConstraint(
                fields=["overpayment", "accrual"],
                name="overpayment_is_withheld_of_an_accrual_once",
                violation_error_message="По этой переплате из этого начисления уже удержано.",
            ),
            between("withheld_is_positive", "withheld", Decimal("0.01"), MOST_ROUBLES, "Удержание — от 0,01 рубля."),
            models.CheckConstraint(
                condition=Q(withheld__lte=F("due") * F("percent") / 100),
                name="withheld_is_within_its_percent",
                violation_error_message="Удержание больше согласованной доли выплаты.",
            ),
            between("withholding_balance_is_not_negative", "balance", 0, MOST_ROUBLES, "Остаток — не меньше нуля."),
        ]
        triggers = [
            LINES_JOIN_AN_OPEN_LIST,
            WITHHELD_BY_CONSENT,
            WITHHELD_BEFORE_LISTED,
            WITHHELD_TOGETHER_WITHIN_THE_LIMIT,
            WITHHOLDINGS_ARE_A_CHAIN,
            WITHHELD_OF_A_LISTED_SUM,
            parent_rest_is_what_is_left("a_withholding_lessens_the_rest"),
            *append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.overpayment}: удержано {format_amount(self.withheld)}"
