"""Rehearsals: a month calculated once more under changed terms; nothing but these tables is written.

A rehearsal is asked for by a person, or for a row of a directory that waits for its confirmation.
"""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from calculations.models.parameters import Parameter
from offices.columns import MOST_ROUBLES, between, first_of_month, roubles
from offices.guards import append_only, never_deleted
from offices.models.jobs import Job
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.directories import ConsumptionNorm, Tariff
from providers.models.providers import Service
from recipients.models.persons import Recipient

WRITTEN_WHILE_IT_GOES = pgtrigger.Trigger(
    name="written_while_the_rehearsal_goes",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM calculations_rehearsal WHERE id = NEW.rehearsal_id AND finished_at IS NULL;"
        " IF NOT FOUND THEN"
        " RAISE EXCEPTION 'the rehearsal is finished' USING ERRCODE = 'restrict_violation';"
        " END IF; RETURN NEW;"
    ),
)
FINISHED_STAYS = pgtrigger.Trigger(
    name="a_finished_rehearsal_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__finished_at__isnull=False),
    func="RAISE EXCEPTION 'a finished rehearsal is never changed' USING ERRCODE = 'restrict_violation';",
)

_OF_PEOPLE = Q(tariff__isnull=True, norm__isnull=True, parameter__isnull=True)


class RehearsalQuerySet(OfficeQuerySet):
    """Rehearsals of the region, or of one district."""

    def of_people(self) -> "RehearsalQuerySet":
        """Leave out what was counted for a row of a directory."""
        return self.filter(_OF_PEOPLE)

    def of_rows(self) -> "RehearsalQuerySet":
        """Keep what was counted for a row of a directory."""
        return self.exclude(_OF_PEOPLE)


class Rehearsal(models.Model):
    """What would have been accrued for `month` up to `last_month` under other terms.

    `office` is None for the whole region. `changes` is what was changed, for the engine, and `told` the same in
    Russian. Sums are in roubles; `before` and `after` leave out the lines that cannot be calculated under the changed
    terms: what these were worth is `impossible`.
    """

    class Bills(models.TextChoices):
        AS_BILLED = "as_billed", "счета предприятий остаются как есть"
        REPRICED = "repriced", "счета пересчитываются по новому тарифу"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел", null=True, blank=True)
    month = models.DateField("месяц")
    last_month = models.DateField("последний месяц")
    changes = models.JSONField("изменения")
    told = models.CharField("что изменено", max_length=1000)
    bills = models.CharField("счета", max_length=10, choices=Bills.choices)
    tariff = models.ForeignKey(
        Tariff, on_delete=models.PROTECT, verbose_name="тариф", related_name="+", null=True, blank=True
    )
    norm = models.ForeignKey(
        ConsumptionNorm, on_delete=models.PROTECT, verbose_name="норматив", related_name="+", null=True, blank=True
    )
    parameter = models.ForeignKey(
        Parameter, on_delete=models.PROTECT, verbose_name="параметр", related_name="+", null=True, blank=True
    )
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто запросил", related_name="+")
    asked_at = models.DateTimeField("запрошено")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, verbose_name="работа", related_name="rehearsal")
    finished_at = models.DateTimeField("готово", null=True, blank=True)
    recipients = models.PositiveIntegerField("получателей", default=0)
    gaining = models.PositiveIntegerField("у кого больше", default=0)
    losing = models.PositiveIntegerField("у кого меньше", default=0)
    stopped = models.PositiveIntegerField("у кого не считается", default=0)
    drifted = models.PositiveIntegerField("у кого изменились сведения", default=0)
    by_volume = models.PositiveIntegerField("счетов по объёму", default=0)
    by_ratio = models.PositiveIntegerField("счетов по отношению тарифов", default=0)
    before = roubles("было, руб.", default=0)
    after = roubles("стало бы, руб.", default=0)
    impossible = roubles("не считается, руб.", default=0)

    objects = RehearsalQuerySet.as_manager()

    class Meta:
        verbose_name = "репетиция"
        verbose_name_plural = "репетиции"
        constraints = [
            first_of_month("rehearsal_month_is_a_first_day"),
            first_of_month("rehearsal_ends_with_a_first_day", "last_month"),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("month")),
                name="rehearsal_months_go_forward",
                violation_error_message="Последний месяц репетиции раньше первого.",
            ),
            models.CheckConstraint(
                condition=~Q(told=""),
                name="rehearsal_tells_what_was_changed",
                violation_error_message="Укажите, что изменено.",
            ),
            models.CheckConstraint(
                condition=Q(norm__isnull=True, parameter__isnull=True)
                | Q(tariff__isnull=True, parameter__isnull=True)
                | Q(tariff__isnull=True, norm__isnull=True),
                name="rehearsal_is_for_one_row",
                violation_error_message="Репетиция относится к одной строке справочника.",
            ),
        ]
        triggers = [FINISHED_STAYS, *never_deleted()]

    def __str__(self) -> str:
        return f"{self.told}, {self.month:%m.%Y}"

    @property
    def difference(self) -> Decimal:
        """How much more would be accrued, in roubles."""
        return Decimal(self.after - self.before)


class RehearsalSum(models.Model):
    """A part of a rehearsal's sums of one district's service; parts of one service are added up when read."""

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, verbose_name="репетиция", related_name="sums")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name="услуга")
    lines = models.PositiveIntegerField("строк")
    changed = models.PositiveIntegerField("изменилось строк")
    before = roubles("было, руб.")
    after = roubles("стало бы, руб.")
    impossible = roubles("не считается, руб.")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "сумма репетиции"
        verbose_name_plural = "суммы репетиций"
        constraints = [
            first_of_month("rehearsed_sum_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(changed__lte=F("lines")),
                name="rehearsed_lines_are_among_all",
                violation_error_message="Изменившихся строк больше, чем всех.",
            ),
        ]
        triggers = [WRITTEN_WHILE_IT_GOES, *append_only()]

    def __str__(self) -> str:
        return f"{self.service_id} {self.month:%m.%Y}"


class RehearsalRow(models.Model):
    """A recipient whose sum of a month would change, or cannot be calculated: then `reason` says why.

    `services` holds the changed services only: code, account, before, after, what is impossible and why.
    """

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.PROTECT, verbose_name="репетиция", related_name="rows")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="+")
    before = roubles("было, руб.")
    after = roubles("стало бы, руб.")
    difference = roubles("разница, руб.")
    impossible = roubles("не считается, руб.")
    is_drifted = models.BooleanField("сведения изменились")
    services = models.JSONField("услуги")
    reason = models.CharField("почему не считается", max_length=500, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "получатель в репетиции"
        verbose_name_plural = "получатели в репетициях"
        constraints = [
            models.UniqueConstraint(
                fields=["rehearsal", "recipient", "month", "office"],
                name="recipient_is_rehearsed_once",
                violation_error_message="Получатель в репетиции уже есть.",
            ),
            first_of_month("rehearsed_row_is_of_a_month"),
            between("rehearsed_after_is_a_number", "after", 0, MOST_ROUBLES, "Сумма вне границ."),
            models.CheckConstraint(
                condition=Q(difference=F("after") - F("before")),
                name="rehearsed_difference_is_of_its_sums",
                violation_error_message="Разница не равна стало минус было.",
            ),
            models.CheckConstraint(
                condition=Q(impossible=0) | ~Q(reason=""),
                name="what_is_impossible_has_a_reason",
                violation_error_message="Укажите, почему сумма не считается.",
            ),
        ]
        triggers = [WRITTEN_WHILE_IT_GOES, *append_only()]

    def __str__(self) -> str:
        return f"{self.recipient_id}, {self.month:%m.%Y}"
