"""Persons, those who are paid, those who act for them."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.staff import OfficeQuerySet
from offices.models.units import Office, snils_is_valid
from offices.searching import CodeKey, Latin, TextKey


@pghistory.track(exclude=["name_key", "latin_key"])
class Person(models.Model):
    """A natural person: recipient, disabled person, family member, representative or payee."""

    class Sex(models.TextChoices):
        MALE = "m", "мужской"
        FEMALE = "f", "женский"

    last_name = models.CharField("фамилия", max_length=60)
    first_name = models.CharField("имя", max_length=60)
    middle_name = models.CharField("отчество", max_length=60, blank=True)
    sex = models.CharField("пол", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("дата рождения")
    death_date = models.DateField("дата смерти", null=True, blank=True)
    snils = models.CharField("СНИЛС", max_length=11, null=True, blank=True)
    pension_case = models.CharField("№ пенсионного дела", max_length=20, blank=True, db_default="")
    document_kind = models.CharField("вид документа", max_length=60, blank=True)
    document_series = models.CharField("серия", max_length=10, blank=True)
    document_number = models.CharField("номер", max_length=20, blank=True)
    document_issued_on = models.DateField("выдан", null=True, blank=True)
    document_issuer = models.CharField("кем выдан", max_length=200, blank=True)
    phone = models.CharField("телефон", max_length=30, blank=True)
    name_key = models.GeneratedField(
        verbose_name="имя для поиска",
        expression=TextKey("last_name", "first_name", "middle_name"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    latin_key = models.GeneratedField(
        verbose_name="имя для поиска с опечатками",
        expression=Latin(TextKey("last_name", "first_name", "middle_name")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        constraints = [
            models.UniqueConstraint(
                fields=["snils"],
                name="snils_belongs_to_one_person",
                violation_error_message="Этот СНИЛС уже есть у другого человека.",
            ),
            models.CheckConstraint(
                condition=Q(snils__isnull=True) | Q(snils_is_valid("snils")),
                name="person_snils_is_valid",
                violation_error_message="СНИЛС не проходит проверку контрольного числа.",
            ),
            models.CheckConstraint(
                condition=Q(death_date__isnull=True) | Q(death_date__gte=F("birth_date")),
                name="death_is_not_before_birth",
                violation_error_message="Дата смерти раньше даты рождения.",
            ),
            models.CheckConstraint(
                condition=~Q(last_name__regex=r"[\x00-\x1f]")
                & ~Q(first_name__regex=r"[\x00-\x1f]")
                & ~Q(middle_name__regex=r"[\x00-\x1f]")
                & ~Q(last_name="")
                & ~Q(first_name=""),
                name="person_has_a_readable_name",
                violation_error_message="Фамилия и имя обязательны и не содержат служебных знаков.",
            ),
        ]
        indexes = [
            models.Index(fields=["last_name", "first_name", "birth_date"], name="person_by_name"),
            models.Index(fields=["name_key"], name="person_by_name_key"),
            models.Index(fields=["birth_date"], name="person_by_birth_date"),
            GinIndex(OpClass("latin_key", "gin_trgm_ops"), name="person_by_trigrams"),
            GinIndex(OpClass("snils", "gin_trgm_ops"), name="person_by_part_of_snils"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))


@pghistory.track(exclude=["case_key"])
class Recipient(models.Model):
    """A person who is paid the equivalent, with the case kept by a district office."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    case_number = models.CharField("№ дела", max_length=20)
    shelf = models.CharField("место хранения дела", max_length=40, blank=True)
    opened_on = models.DateField("дело заведено")
    closed_on = models.DateField("дело закрыто", null=True, blank=True)
    created_by = models.ForeignKey(
        "offices.Staff", on_delete=models.PROTECT, verbose_name="кем заведено", related_name="+"
    )
    case_key = models.GeneratedField(
        verbose_name="№ дела для поиска",
        expression=CodeKey("case_number"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "получатель"
        verbose_name_plural = "получатели"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "case_number"],
                name="case_number_is_unique_in_its_office",
                violation_error_message="Дело с таким номером в отделе уже есть.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_on__isnull=True),
                name="person_has_one_open_case",
                violation_error_message="У этого человека уже есть открытое дело.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="case_closes_after_it_opens",
                violation_error_message="Дело закрыто раньше, чем заведено.",
            ),
        ]
        indexes = [GinIndex(OpClass("case_key", "gin_trgm_ops"), name="recipient_by_case_number")]

    def __str__(self) -> str:
        return f"{self.person}, дело {self.case_number}"


@pghistory.track()
class CaseDocument(models.Model):
    """A line of a case file's inventory (2.5.1, 3.2.2 в)."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="дело", related_name="inventory")
    number = models.PositiveSmallIntegerField("№ в описи")
    title = models.CharField("документ", max_length=250)
    sheets = models.PositiveSmallIntegerField("листов", default=1)
    filed_on = models.DateField("подшит")

    class Meta:
        verbose_name = "документ дела"
        verbose_name_plural = "опись дела"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "number"],
                name="inventory_number_is_unique_in_its_case",
                violation_error_message="Этот номер в описи уже занят.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@pghistory.track()
class LegalRepresentative(DatedRow):
    """Who acts for a recipient or a disabled child, by what authority, from when until when."""

    class Authority(models.TextChoices):
        PARENT = "parent", "родитель"
        ADOPTER = "adopter", "усыновитель"
        GUARDIAN = "guardian", "опекун"
        TRUSTEE = "trustee", "попечитель"
        PROXY = "proxy", "по доверенности"

    represented = models.ForeignKey(
        Person, on_delete=models.PROTECT, verbose_name="представляемый", related_name="represented"
    )
    representative = models.ForeignKey(
        Person, on_delete=models.PROTECT, verbose_name="представитель", related_name="represents"
    )
    authority = models.CharField("полномочие", max_length=10, choices=Authority.choices)
    document = models.CharField("документ", max_length=200)
    document_issued_on = models.DateField("дата документа")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "законный представитель"
        verbose_name_plural = "законные представители"
        constraints = [
            not_empty("representative_period_is_not_empty"),
            no_overlap(
                "representative_periods_do_not_overlap",
                "represented",
                "representative",
                message="Полномочия этого представителя уже указаны в пересекающийся период.",
            ),
            models.CheckConstraint(
                condition=~Q(represented=F("representative")),
                name="nobody_represents_oneself",
                violation_error_message="Человек не может быть своим представителем.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative} за {self.represented}"
