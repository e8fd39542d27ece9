"""Parameters of the law as dated rows with their act (style guide, section 4)."""

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.columns import together
from offices.dated import DatedQuerySet, no_overlap, not_empty
from offices.models.confirmed import NOT_REFUSED, ConfirmedRow, refused_by_another
from offices.models.units import Decree


@pghistory.track()
class Parameter(ConfirmedRow):
    """A figure or choice the law fixes, from a day on."""

    class Code(models.TextChoices):
        DISCOUNT = "discount", "доля компенсации"
        LAG_MONTHS = "lag_months", "месяцев от начисления до выплаты"
        REPAIR_GROUPS = "repair_groups", "группы для взноса на капремонт (1, 2, 3, child через запятую)"
        CHANGE_RULE = "change_rule", "изменение состава семьи (first_of_next_month или daily)"
        MONTH_OF_DEATH = "month_of_death", "месяц смерти (full или days)"
        DEVIATION_PERCENT = "deviation_percent", "отклонение для проверки, %"
        SAMPLE_PERCENT = "sample_percent", "выборка для проверки, %"
        SHARE_RULE = "share_rule", "чья доля платы компенсируется (own_share или all_family)"
        NORM_CAP = "norm_cap", "норматив потребления (norm или none)"
        ARREARS_RULE = "arrears_rule", "учёт долга (none, agreement или court_act)"
        FUEL_SHARE = "fuel_share", "доля в стоимости твёрдого топлива (own_share или whole)"
        GAS_SHARE = "gas_share", "доля в стоимости баллонного газа (own_share или whole)"
        WITHHOLDING_PERCENT = "withholding_percent", "наибольшее удержание из выплаты, %"
        FIRST_MONTH = "first_month", "первый оплачиваемый месяц (same или next)"

    code = models.CharField("параметр", max_length=20, choices=Code.choices)
    value = models.CharField("значение", max_length=40)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, verbose_name="акт")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "параметр расчёта"
        verbose_name_plural = "параметры расчёта"
        constraints = [
            not_empty("parameter_period_is_not_empty"),
            no_overlap(
                "parameter_periods_do_not_overlap",
                "code",
                message="Параметр на пересекающийся период уже задан.",
                condition=NOT_REFUSED,
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")),
                name="parameter_is_not_confirmed_by_its_author",
                violation_error_message="Параметр подтверждает не тот, кто его ввёл.",
            ),
            together(
                "parameter_is_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Подтверждение: время и сотрудник указываются вместе.",
            ),
            refused_by_another("parameter_is_refused_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.value}"
