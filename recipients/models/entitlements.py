"""Rights to the measure, whom they cover, and how they end."""

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from recipients.models.applications import Application, Category, Ground
from recipients.models.entitlement_guards import COVER_FITS_ITS_RIGHT, RIGHT_HOLDS_ITS_COVER
from recipients.models.persons import Person, Recipient


@pghistory.track()
class Entitlement(DatedRow):
    """The right of a recipient to the measure, on the ground of one disabled person (2.4.1)."""

    class Holder(models.TextChoices):
        ADULT = "adult", "инвалид"
        FAMILY = "family", "семья с ребёнком-инвалидом"

    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="entitlements"
    )
    disabled_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, verbose_name="инвалид", related_name="entitlements"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="заявление", related_name="entitlements"
    )
    holder = models.CharField("чьё право", max_length=6, choices=Holder.choices)
    category = models.CharField("категория", max_length=5, choices=Category.choices)
    certificate = models.CharField("справка об инвалидности", max_length=60)
    certificate_valid_to = models.DateField("справка действует до (не включая)", null=True, blank=True)
    granted_at = models.DateTimeField("назначено")
    granted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто назначил", related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "право на меру"
        verbose_name_plural = "права на меру"
        constraints = [
            not_empty("entitlement_period_is_not_empty"),
            no_overlap(
                "disabled_person_grounds_one_right_at_a_time",
                "disabled_person",
                message="Этот инвалид уже является основанием другого действующего права.",
            ),
            models.CheckConstraint(
                condition=Q(holder="family", category="child") | Q(holder="adult", category__in=["1", "2", "3"]),
                name="holder_fits_the_category",
                violation_error_message="Право семьи бывает только по ребёнку-инвалиду.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__day=1),
                name="right_begins_with_a_month",
                violation_error_message="Право начинается с первого числа месяца (2.4.1).",
            ),
        ]
        triggers = [RIGHT_HOLDS_ITS_COVER]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_category_display()}"


@pghistory.track()
class EntitledPerson(DatedRow):
    """A person covered by a right: the disabled adult, or the child and the family members."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, verbose_name="право", related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек", related_name="covered_by")
    relation = models.CharField("кем приходится", max_length=60)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "имеющий право"
        verbose_name_plural = "имеющие право"
        constraints = [
            not_empty("entitled_period_is_not_empty"),
            no_overlap(
                "nobody_is_entitled_twice_at_once",
                "person",
                message="Этот человек уже учтён в другом праве в пересекающийся период.",
            ),
        ]
        triggers = [COVER_FITS_ITS_RIGHT]

    def __str__(self) -> str:
        return str(self.person)


@pghistory.track()
class Termination(models.Model):
    """A decision that a right ends (3.16, form of appendix 6)."""

    class Status(models.TextChoices):
        PREPARED = "prepared", "подготовлено"
        CONFIRMED = "confirmed", "утверждено"

    entitlement = models.ForeignKey(
        Entitlement, on_delete=models.PROTECT, verbose_name="право", related_name="terminations"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    number = models.CharField("№ решения", max_length=20)
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, verbose_name="основание")
    document = models.CharField("подтверждающий документ", max_length=250)
    happened_on = models.DateField("дата события")
    ends_on = models.DateField("право прекращено с")
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.PREPARED)
    prepared_at = models.DateTimeField("подготовлено")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="подготовил", related_name="+")
    confirmed_at = models.DateTimeField("утверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="утвердил",
        related_name="+",
        null=True,
        blank=True,
    )
    decision_file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="решение (PDF)",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "решение о прекращении"
        verbose_name_plural = "решения о прекращении"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="termination_number_is_unique_in_its_office",
                violation_error_message="Решение с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["entitlement"],
                name="right_is_terminated_once",
                violation_error_message="Решение о прекращении этого права уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(status="prepared", confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(status="confirmed", confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="termination_is_confirmed_as_a_whole",
                violation_error_message="Утверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("prepared_by")),
                name="termination_is_not_confirmed_by_its_author",
                violation_error_message="Решение утверждает не тот, кто его подготовил.",
            ),
        ]

    def __str__(self) -> str:
        return f"решение № {self.number}"
