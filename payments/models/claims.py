"""Who claims what a deceased recipient was owed, in which quality, and how the claimant is paid (2.4.5, 2.5.4)."""

import pghistory
from django.db import models
from django.db.models import F, Q

from calculations.rules.inheritance import Claimant
from offices.columns import together
from offices.guards import append_only, never_deleted
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Bank, Office, PostOffice, account_fits_bank
from payments.models.heir_guards import CLAIM_FOLLOWS_A_DEATH, CONFIRMED_REQUISITES_STAND
from recipients.models.applications import Application
from recipients.models.persons import Person, Recipient


class HeirClaim(models.Model):
    """A claim of what a deceased recipient was accrued and did not receive, beside its application.

    What became of it is the application's: refused on a coded ground, or granted by a decision. `term_ends_on` is
    the last day, inclusive, on which family and dependants may claim; heirs come after it.
    """

    class Kind(models.TextChoices):
        FAMILY = Claimant.FAMILY.value, "член семьи, живший совместно"
        DEPENDANT = Claimant.DEPENDANT.value, "нетрудоспособный иждивенец"
        HEIR = Claimant.HEIR.value, "наследник по свидетельству"

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, verbose_name="заявление", related_name="heir_claim", primary_key=True
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="умерший получатель", related_name="heir_claims"
    )
    claimant = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="заявитель", related_name="+")
    kind = models.CharField("кто обратился", max_length=9, choices=Kind.choices)
    relation = models.CharField("кем приходился", max_length=60)
    claimed_on = models.DateField("дата обращения")
    term_ends_on = models.DateField("срок обращения по")
    entered_at = models.DateTimeField("внесено")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто внёс", related_name="+")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "требование о суммах умершего"
        verbose_name_plural = "требования о суммах умерших"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Claimant]) & ~Q(relation=""),
                name="heir_claim_says_who_claims",
                violation_error_message="Укажите, кто обратился и кем он приходился умершему.",
            ),
        ]
        indexes = [models.Index(fields=["recipient"], name="claims_of_the_deceased")]
        triggers = [*append_only(), CLAIM_FOLLOWS_A_DEATH]

    def __str__(self) -> str:
        return f"{self.claimant}, {self.relation}"

    @property
    def is_in_time(self) -> bool:
        """Say whether who claims came in time: family and dependants within the term, heirs after it."""
        return (self.claimed_on > self.term_ends_on) == (self.kind == self.Kind.HEIR)


@pghistory.track()
class HeirRequisites(models.Model):
    """How a claimant is paid: by one entered, by another confirmed. The last confirmed ones are paid by."""

    class Way(models.TextChoices):
        BANK = "bank", "банк"
        POST = "post", "почта"

    claim = models.ForeignKey(HeirClaim, on_delete=models.PROTECT, verbose_name="требование", related_name="requisites")
    kind = models.CharField("способ", max_length=4, choices=Way.choices)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, verbose_name="банк", null=True, blank=True)
    account = models.CharField("счёт", max_length=20, blank=True)
    post_office = models.ForeignKey(
        PostOffice, on_delete=models.PROTECT, verbose_name="почтовое отделение", null=True, blank=True
    )
    entered_at = models.DateTimeField("введено")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто ввёл", related_name="+")
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто подтвердил", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "реквизиты заявителя"
        verbose_name_plural = "реквизиты заявителей"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="bank",
                    bank__isnull=False,
                    account__regex=r"^\d{5}[0-9ABCEHKMPTX]\d{14}$",
                    post_office__isnull=True,
                )
                | Q(kind="post", bank__isnull=True, account="", post_office__isnull=False),
                name="heir_requisites_fit_the_way",
                violation_error_message="Банку нужны БИК и счёт из 20 знаков, почте — отделение.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="bank") | Q(account_fits_bank("bank", "account")),
                name="heir_account_key_fits_the_bank",
                violation_error_message="Контрольный ключ счёта не подходит к БИК банка.",
            ),
            together(
                "heir_requisites_are_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Подтверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")),
                name="heir_requisites_are_confirmed_by_another",
                violation_error_message="Реквизиты подтверждает не тот, кто их ввёл.",
            ),
        ]
        triggers = [CONFIRMED_REQUISITES_STAND, *never_deleted()]

    def __str__(self) -> str:
        where = f"счёт {self.account}, {self.bank}" if self.bank_id else f"отделение {self.post_office_id}"
        return f"{self.get_kind_display()}: {where}"
