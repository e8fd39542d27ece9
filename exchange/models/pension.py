"""Lists of people from outside, staged and matched, never applied silently (3.4, 3.5)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from exchange.models.decided import decided_as_a_whole
from exchange.models.files import ExchangeFile
from offices.guards import append_only, never_deleted
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from recipients.models.persons import Person, Recipient


class PensionRecord(models.Model):
    """A row of a list of people and the person of ours it was matched to."""

    class Match(models.TextChoices):
        SNILS = "snils", "по СНИЛС"
        NAME = "name", "по ФИО и дате рождения"
        UNKNOWN = "unknown", "не найден"
        AMBIGUOUS = "ambiguous", "найдено несколько"
        FAULTY = "faulty", "строка с ошибкой"

    file = models.ForeignKey(
        ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="pension_records"
    )
    row_number = models.PositiveIntegerField("строка")
    content = models.JSONField("что прислано")
    match = models.CharField("сопоставление", max_length=10, choices=Match.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек", null=True, blank=True)

    class Meta:
        verbose_name = "строка сведений о людях"
        verbose_name_plural = "строки сведений о людях"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "row_number"],
                name="pension_row_is_staged_once",
                violation_error_message="Эта строка файла уже принята.",
            ),
            models.CheckConstraint(
                condition=Q(match__in=["snils", "name"], person__isnull=False)
                | Q(match__in=["unknown", "ambiguous", "faulty"], person__isnull=True),
                name="a_matched_pension_row_has_its_person",
                violation_error_message="У сопоставленной строки указывают человека.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.file}, строка {self.row_number}"


class PensionDifference(models.Model):
    """A proposal: something a list of people says otherwise than the card, awaiting a decision.

    `file` is the first that said it; every row that says so is a `DifferenceSource`. A person without a case of ours
    (`new`) has neither recipient nor person; `office` is the district that decides. The decisions taken are told by
    `PensionDecision`; here stands the last of them.
    """

    class Kind(models.TextChoices):
        NEW = "new", "новый в сведениях фонда"
        DISAPPEARED = "disappeared", "нет в файле фонда"
        DIED = "died", "умер по присланным данным"
        MOVED = "moved", "выбыл или переехал"
        NAME = "name", "другое имя"
        BIRTH_DATE = "birth_date", "другая дата рождения"
        ADDRESS = "address", "другой адрес"
        GROUP = "group", "другая группа"
        ENDED = "ended", "группа закончилась"
        CERTIFICATE = "certificate", "другой срок справки"
        CASE = "case", "другое пенсионное дело"

    class Decision(models.TextChoices):
        OPEN = "open", "не рассмотрено"
        LATER = "later", "отложено"
        ACCEPTED = "accepted", "принято"
        REJECTED = "rejected", "отклонено"
        REPLACED = "replaced", "снято исправленным файлом"

    UNDECIDED = (Decision.OPEN, Decision.LATER)

    file = models.ForeignKey(
        ExchangeFile,
        on_delete=models.PROTECT,
        verbose_name="файл",
        related_name="pension_differences",
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель", null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек", null=True, blank=True)
    full_name = models.CharField("ФИО в списке", max_length=190)
    kind = models.CharField("расхождение", max_length=12, choices=Kind.choices)
    ours = models.CharField("у нас", max_length=200, blank=True)
    theirs = models.CharField("прислано", max_length=200, blank=True)
    decision = models.CharField("решение", max_length=8, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField("причина", max_length=300, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто решил", related_name="+", null=True, blank=True
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "предложение по сведениям о людях"
        verbose_name_plural = "предложения по сведениям о людях"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "recipient", "person", "kind"],
                name="pension_difference_is_listed_once",
                violation_error_message="Это расхождение уже есть.",
            ),
            models.UniqueConstraint(
                fields=["recipient", "person"],
                condition=Q(kind="died", decision__in=["open", "later"]),
                name="a_death_is_proposed_once",
                violation_error_message="О смерти этого человека уже есть нерешённое предложение.",
            ),
            models.CheckConstraint(
                condition=Q(kind="new", recipient__isnull=True, person__isnull=True)
                | ~Q(kind="new") & Q(recipient__isnull=False, person__isnull=False),
                name="pension_difference_names_its_person",
                violation_error_message="Получателя и человека указывают у всех, кроме новых в сведениях фонда.",
            ),
            decided_as_a_whole(
                "pension_difference_is_decided_as_a_whole", decided=["later", "accepted", "rejected", "replaced"]
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["rejected", "replaced"]) | ~Q(reason=""),
                name="a_declined_proposal_has_its_reason",
                violation_error_message="Отклоняя предложение, укажите причину.",
            ),
        ]
        triggers = [
            *never_deleted(),
            pgtrigger.Trigger(
                name="is_decided_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decision__in=["accepted", "rejected", "replaced"]),
                func="RAISE EXCEPTION 'the proposal is decided' USING ERRCODE = 'restrict_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}: {self.get_kind_display()}"

    @property
    def is_undecided(self) -> bool:
        return self.decision in self.UNDECIDED


class DifferenceSource(models.Model):
    """A row of a list that says what is proposed; one proposal may stand on rows of several lists."""

    difference = models.ForeignKey(
        PensionDifference, on_delete=models.PROTECT, verbose_name="предложение", related_name="sources"
    )
    record = models.ForeignKey(
        PensionRecord, on_delete=models.PROTECT, verbose_name="строка", related_name="differences"
    )
    says = models.CharField("что сказано", max_length=200, blank=True)

    class Meta:
        verbose_name = "источник предложения"
        verbose_name_plural = "источники предложений"
        constraints = [
            models.UniqueConstraint(
                fields=["difference", "record"],
                name="a_row_is_a_source_once",
                violation_error_message="Эта строка уже источник предложения.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.record}: {self.says}"


class PensionDecision(models.Model):
    """A decision about a proposal as it was taken, never changed."""

    difference = models.ForeignKey(
        PensionDifference, on_delete=models.PROTECT, verbose_name="предложение", related_name="decisions"
    )
    decision = models.CharField("решение", max_length=8, choices=PensionDifference.Decision.choices)
    reason = models.CharField("причина", max_length=300, blank=True)
    at = models.DateTimeField("время")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто", related_name="+")

    class Meta:
        verbose_name = "решение по предложению"
        verbose_name_plural = "решения по предложениям"
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="open") & (~Q(decision__in=["rejected", "replaced"]) | ~Q(reason="")),
                name="a_decision_says_what_and_why",
                violation_error_message="Решение: что решено, а при отказе — почему.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.difference}: {self.get_decision_display()}"
