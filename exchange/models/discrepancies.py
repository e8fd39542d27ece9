"""What a returned file says otherwise than we do, what was decided and answered about it, the protocols that tell it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from exchange.models.decided import decided_as_a_whole
from exchange.models.files import ExchangeFile
from exchange.models.rows import RequestRow, ReturnedLine, ReturnedRow
from offices.columns import roubles, together
from offices.guards import append_only
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office

_NO_OUTCOME = (
    "IF NEW.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM exchange_discrepancy told"
    " WHERE told.protocol_id = NEW.id AND told.outcome = '') THEN"
    " RAISE EXCEPTION 'a protocol is closed with an outcome of every row' USING ERRCODE = 'restrict_violation';"
    " END IF; RETURN NEW;"
)


class DiscrepancyProtocol(models.Model):
    """A protocol of discrepancies sent to a provider (3.10.4): the rows marked for it, no others.

    Made, then sent, then perhaps answered, then closed with an outcome of every row.
    """

    class Way(models.TextChoices):
        EMAIL = "email", "по электронной почте"
        EXCHANGE = "exchange", "через систему обмена"
        PAPER = "paper", "на бумаге"

    file = models.ForeignKey(ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="protocols")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    number = models.CharField("№ протокола", max_length=20)
    made_at = models.DateTimeField("составлен")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составил", related_name="+")
    answer_due_on = models.DateField("ответить до")
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="протокол (PDF)")
    sheet = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="протокол (XLSX)", related_name="+", null=True, blank=True
    )
    table = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="строки в формате предприятия",
        related_name="+",
        null=True,
        blank=True,
    )
    sent_at = models.DateTimeField("отправлен", null=True, blank=True)
    sent_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто отправил", related_name="+", null=True, blank=True
    )
    sent_way = models.CharField("как отправлен", max_length=8, choices=Way.choices, blank=True, default="")
    sent_to = models.CharField("кому отправлен", max_length=150, blank=True, default="")
    answered_at = models.DateTimeField("ответ получен", null=True, blank=True)
    answered_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто внёс ответ", related_name="+", null=True, blank=True
    )
    answer_file = models.ForeignKey(
        ExchangeFile,
        on_delete=models.PROTECT,
        verbose_name="исправленный файл",
        related_name="answered_protocols",
        null=True,
        blank=True,
    )
    closed_at = models.DateTimeField("закрыт", null=True, blank=True)
    closed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто закрыл", related_name="+", null=True, blank=True
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "протокол несоответствий"
        verbose_name_plural = "протоколы несоответствий"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="protocol_number_is_unique_in_its_office",
                violation_error_message="Протокол с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True, sent_way="", sent_to="")
                | Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(sent_way="") & ~Q(sent_to=""),
                name="protocol_is_sent_as_a_whole",
                violation_error_message="Отправка: когда, кто, как и кому указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("made_at")),
                name="protocol_is_sent_after_it_is_made",
                violation_error_message="Протокол отправляют после того, как он составлен.",
            ),
            together(
                "protocol_answer_is_entered_by_someone",
                "answered_at",
                "answered_by",
                message="Ответ: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(sent_at__isnull=False, answered_at__gte=F("sent_at")),
                name="only_a_sent_protocol_is_answered",
                violation_error_message="Ответ бывает только на отправленный протокол.",
            ),
            models.CheckConstraint(
                condition=Q(answer_file__isnull=True) | Q(answered_at__isnull=False) & ~Q(answer_file=F("file")),
                name="a_corrected_file_is_an_answer",
                violation_error_message="Исправленный файл — ответ на протокол, и это другой файл.",
            ),
            together(
                "protocol_is_closed_by_someone",
                "closed_at",
                "closed_by",
                message="Закрытие: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(sent_at__isnull=False, closed_at__gte=F("sent_at"))
                & (Q(answered_at__isnull=True) | Q(closed_at__gte=F("answered_at"))),
                name="only_a_sent_protocol_is_closed",
                violation_error_message="Закрывают отправленный протокол, после ответа.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_closed_with_outcomes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NO_OUTCOME,
            )
        ]

    def __str__(self) -> str:
        return f"протокол № {self.number}"


class Discrepancy(models.Model):
    """What a returned file says otherwise than the directories or the card (3.10.1).

    `carried_from` is the same discrepancy of an earlier file of the provider, whose decision this one keeps.
    """

    class Decision(models.TextChoices):
        OPEN = "open", "не рассмотрено"
        ACCEPT = "accept", "принять данные предприятия"
        HOLD = "hold", "не принимать до исправления"
        LATER = "later", "отложено"

    class Reply(models.TextChoices):
        AGREED = "agreed", "согласно"
        DISAGREED = "disagreed", "не согласно"
        EXPLAINED = "explained", "дало пояснение"

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", "исправлено предприятием"
        ACCEPTED = "accepted", "принято как прислано"
        NOT_CHARGED = "not_charged", "не начислено"
        NOTED = "noted", "принято к сведению"

    file = models.ForeignKey(ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="discrepancies")
    row = models.ForeignKey(
        ReturnedRow,
        on_delete=models.PROTECT,
        verbose_name="строка ответа",
        related_name="discrepancies",
        null=True,
        blank=True,
    )
    line = models.ForeignKey(
        ReturnedLine,
        on_delete=models.PROTECT,
        verbose_name="услуга",
        related_name="discrepancies",
        null=True,
        blank=True,
    )
    request_row = models.ForeignKey(
        RequestRow,
        on_delete=models.PROTECT,
        verbose_name="строка запроса",
        related_name="discrepancies",
        null=True,
        blank=True,
    )
    code = models.CharField("код", max_length=3)
    is_blocking = models.BooleanField("не загружать до решения")
    expected = models.CharField("данные отдела", max_length=120, blank=True)
    found = models.CharField("данные предприятия", max_length=120, blank=True)
    difference = roubles("разница эквивалента, руб.", null=True, blank=True)
    text = models.CharField("замечание", max_length=300)
    protocol = models.ForeignKey(
        DiscrepancyProtocol,
        on_delete=models.PROTECT,
        verbose_name="протокол",
        related_name="discrepancies",
        null=True,
        blank=True,
    )
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        verbose_name="решение перенесено из прежнего файла",
        related_name="carried_to",
        null=True,
        blank=True,
    )
    decision = models.CharField("решение", max_length=6, choices=Decision.choices, default=Decision.OPEN)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто решил",
        related_name="+",
        null=True,
        blank=True,
    )
    reply = models.CharField(
        "ответ предприятия", max_length=9, choices=Reply.choices, blank=True, default="", db_default=""
    )
    reply_text = models.CharField("пояснение предприятия", max_length=500, blank=True, default="", db_default="")
    outcome = models.CharField("итог", max_length=11, choices=Outcome.choices, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "несоответствие"
        verbose_name_plural = "несоответствия"
        indexes = [models.Index(fields=["file", "id"], name="discrepancies_of_a_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^E\d{2}$"),
                name="discrepancy_has_a_code",
                violation_error_message="Код несоответствия — E и две цифры.",
            ),
            models.CheckConstraint(
                condition=Q(row__isnull=False) | Q(request_row__isnull=False),
                name="discrepancy_is_about_a_row",
                violation_error_message="Несоответствие относится к строке.",
            ),
            decided_as_a_whole("discrepancy_is_decided_as_a_whole", decided=["accept", "hold", "later"]),
            models.CheckConstraint(
                condition=Q(protocol__isnull=True) | Q(decision__in=["accept", "hold"]),
                name="what_a_protocol_tells_is_decided",
                violation_error_message="В протоколе стоят только решённые строки.",
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True) | ~Q(decision="open") & Q(protocol__isnull=True),
                name="what_is_carried_is_a_decision",
                violation_error_message="Переносят решение, и в новый протокол такая строка не входит.",
            ),
            models.CheckConstraint(
                condition=Q(reply="", reply_text="")
                | Q(reply__in=["agreed", "disagreed"], protocol__isnull=False)
                | Q(reply="explained", protocol__isnull=False) & ~Q(reply_text=""),
                name="a_reply_is_about_a_told_row",
                violation_error_message="Ответ бывает на строку протокола, пояснение — словами.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(outcome="accepted", decision="accept", protocol__isnull=False)
                | Q(outcome__in=["corrected", "not_charged", "noted"], decision="hold", protocol__isnull=False),
                name="outcome_fits_the_decision",
                violation_error_message="Итог строки протокола не соответствует решению.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_never_deleted",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=("RAISE EXCEPTION 'a discrepancy is never deleted' USING ERRCODE = 'restrict_violation';"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def told_in(self) -> DiscrepancyProtocol | None:
        """The protocol that told the provider of it, of this file or of the one its decision was carried from."""
        return self.protocol or (self.carried_from.protocol if self.carried_from else None)


class DiscrepancyDecision(models.Model):
    """One decision about a discrepancy as it was taken, taken back (`open`) or carried over: the history of it."""

    discrepancy = models.ForeignKey(
        Discrepancy, on_delete=models.PROTECT, verbose_name="несоответствие", related_name="decisions"
    )
    decision = models.CharField("решение", max_length=6, choices=Discrepancy.Decision.choices)
    at = models.DateTimeField("когда")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто", related_name="+")

    class Meta:
        verbose_name = "решение по несоответствию"
        verbose_name_plural = "решения по несоответствиям"
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.discrepancy}"
