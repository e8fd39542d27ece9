"""The pension fund's monthly file, staged and matched, never applied silently (3.4)."""

from django.db import models
from django.db.models import Q

from exchange.models.files import ExchangeFile
from offices.guards import append_only
from recipients.models.persons import Person, Recipient


class PensionRecord(models.Model):
    """A row of the pension fund's file and the person of ours it was matched to."""

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
    content = models.JSONField("данные фонда")
    match = models.CharField("сопоставление", max_length=10, choices=Match.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек", null=True, blank=True)

    class Meta:
        verbose_name = "сведения Пенсионного фонда"
        verbose_name_plural = "сведения Пенсионного фонда"
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
    """Something the pension fund's data say otherwise than the card, awaiting a decision."""

    class Kind(models.TextChoices):
        DISAPPEARED = "disappeared", "нет в файле фонда"
        DIED = "died", "умер по данным фонда"
        NAME = "name", "другое имя"
        BIRTH_DATE = "birth_date", "другая дата рождения"
        GROUP = "group", "другая группа"
        CERTIFICATE = "certificate", "другой срок справки"

    class Decision(models.TextChoices):
        OPEN = "open", "не рассмотрено"
        ACCEPTED = "accepted", "принято"
        REJECTED = "rejected", "отклонено"

    file = models.ForeignKey(
        ExchangeFile,
        on_delete=models.PROTECT,
        verbose_name="файл",
        related_name="pension_differences",
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="человек")
    kind = models.CharField("расхождение", max_length=12, choices=Kind.choices)
    ours = models.CharField("у нас", max_length=200, blank=True)
    theirs = models.CharField("у фонда", max_length=200, blank=True)
    decision = models.CharField("решение", max_length=8, choices=Decision.choices, default=Decision.OPEN)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        "offices.Staff",
        on_delete=models.PROTECT,
        verbose_name="кто решил",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "расхождение с Пенсионным фондом"
        verbose_name_plural = "расхождения с Пенсионным фондом"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "recipient", "person", "kind"],
                name="pension_difference_is_listed_once",
                violation_error_message="Это расхождение уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    decision__in=["accepted", "rejected"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="pension_difference_is_decided_as_a_whole",
                violation_error_message="Решение: время и сотрудник указываются вместе.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
