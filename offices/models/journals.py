"""What happened, written once: journals, balances of hand-overs, stored files."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from offices.columns import MOST_TURNOVER, between, first_of_month
from offices.guards import append_only
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office

# The held reasons of a balance add up to what it held; checked when the transaction ends.
HELD_ADDS_UP = pgtrigger.Trigger(
    name="held_reasons_add_up",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    declare=[("rows_of_reasons", "bigint"), ("roubles_of_reasons", "numeric")],
    func=(
        "SELECT coalesce(sum(rows), 0), coalesce(sum(roubles), 0)"
        " INTO rows_of_reasons, roubles_of_reasons"
        " FROM offices_heldamount WHERE balance_id = NEW.id;"
        " IF rows_of_reasons <> NEW.rows_held OR roubles_of_reasons <> NEW.roubles_held THEN"
        " RAISE EXCEPTION 'held reasons do not add up' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NULL;"
    ),
)
# The same from the other side: a reason written later would break a balance that stands.
REASONS_ADD_UP = pgtrigger.Trigger(
    name="reasons_add_up_to_their_balance",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    declare=[("rows_of_reasons", "bigint"), ("roubles_of_reasons", "numeric")],
    func=(
        "SELECT coalesce(sum(rows), 0), coalesce(sum(roubles), 0)"
        " INTO rows_of_reasons, roubles_of_reasons"
        " FROM offices_heldamount WHERE balance_id = NEW.balance_id;"
        " PERFORM 1 FROM offices_handoverbalance WHERE id = NEW.balance_id"
        " AND rows_held = rows_of_reasons AND roubles_held = roubles_of_reasons;"
        " IF NOT FOUND THEN"
        " RAISE EXCEPTION 'held reasons do not add up' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NULL;"
    ),
)


class StoredFile(models.Model):
    """Bytes that came in or went out, kept on disk under their SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64)
    name = models.CharField("имя файла", max_length=200)
    size = models.BigIntegerField("байт")
    media_type = models.CharField("тип", max_length=80)
    stored_at = models.DateTimeField("сохранён")
    stored_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кем", related_name="+")

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(size__gte=0),
                name="stored_file_has_a_hash_and_a_size",
                violation_error_message="У файла должны быть контрольная сумма и размер.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The last number given in one series of an office's year: journal, cases, decisions."""

    class Series(models.TextChoices):
        JOURNAL = "journal", "журнал регистрации"
        APPLICATION = "application", "заявления"
        CASE = "case", "личные дела"
        DECISION = "decision", "решения"
        PROTOCOL = "protocol", "протоколы"
        LETTER = "letter", "письма предприятиям"
        NOTICE = "notice", "уведомления об ошибках в сведениях"
        OVERPAYMENT = "overpayment", "переплаты"
        BANK_LETTER = "bank_letter", "письма банкам и почте"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    series = models.CharField("что нумеруется", max_length=12, choices=Series.choices)
    year = models.PositiveSmallIntegerField("год")
    last_number = models.PositiveIntegerField("последний номер")

    class Meta:
        verbose_name = "нумерация"
        verbose_name_plural = "нумерация"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "series", "year"],
                name="numbers_are_given_in_one_series",
                violation_error_message="Такая нумерация уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.get_series_display()}, {self.year}"


class JournalEntry(models.Model):
    """A line of an office's registration journal (3.2.2 б, 3.4.4, 3.7.2 в, 3.8.2, 3.12.1 г)."""

    class Way(models.TextChoices):
        ELECTRONIC = "electronic", "электронно"
        MEDIUM = "medium", "на носителе"
        PAPER = "paper", "на бумаге"
        PHONE = "phone", "по телефону"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    year = models.PositiveSmallIntegerField("год")
    number = models.PositiveIntegerField("№ записи")
    at = models.DateTimeField("время")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто", related_name="+")
    event = models.CharField("событие", max_length=60)
    item = models.CharField("пункт регламента", max_length=5)
    subject = models.CharField("предмет", max_length=300)
    counterpart = models.CharField("с кем", max_length=200, blank=True)
    way = models.CharField("способ", max_length=12, choices=Way.choices, default=Way.ELECTRONIC)
    month = models.DateField("месяц", null=True, blank=True)
    file_name = models.CharField("файл", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rows = models.PositiveIntegerField("записей", null=True, blank=True)
    roubles = models.DecimalField("рублей", max_digits=14, decimal_places=2, null=True, blank=True)
    handover = models.UUIDField("передача", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал регистрации"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "number"],
                name="journal_number_is_given_once",
                violation_error_message="Этот номер в журнале уже занят.",
            ),
            models.UniqueConstraint(
                fields=["handover", "office"],
                name="handover_has_one_entry_per_office",
                violation_error_message="Передача в журнале отдела уже записана.",
            ),
        ]
        indexes = [models.Index(fields=["month", "event"], name="journal_by_month_and_event")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"№ {self.number} от {self.at:%d.%m.%Y}"


class HandoverBalance(models.Model):
    """What came in, went on and was held at one stage of a month, for one hand-over.

    The unit is the stage's input unit: persons with 0.00 roubles before charges exist, charges and
    billed roubles up to 3.12, accruals and accrued roubles from 3.13.
    """

    month = models.DateField("месяц")
    item = models.CharField("пункт регламента", max_length=5)
    stage = models.CharField("этап", max_length=60)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    subject = models.CharField("предмет", max_length=200)
    rows_in = models.PositiveIntegerField("поступило записей")
    rows_on = models.PositiveIntegerField("передано записей")
    rows_held = models.PositiveIntegerField("удержано записей")
    roubles_in = models.DecimalField("поступило, руб.", max_digits=16, decimal_places=6)
    roubles_on = models.DecimalField("передано, руб.", max_digits=16, decimal_places=6)
    roubles_held = models.DecimalField("удержано, руб.", max_digits=16, decimal_places=6)
    at = models.DateTimeField("время")
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        verbose_name="вместо баланса",
        related_name="superseded_by",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "баланс передачи"
        verbose_name_plural = "балансы передач"
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_in=F("rows_on") + F("rows_held")),
                name="handover_rows_balance",
                violation_error_message="Записи не сходятся: поступило ≠ передано + удержано.",
            ),
            models.CheckConstraint(
                condition=Q(roubles_in=F("roubles_on") + F("roubles_held")),
                name="handover_roubles_balance",
                violation_error_message="Рубли не сходятся: поступило ≠ передано + удержано.",
            ),
            models.UniqueConstraint(
                fields=["month", "item", "stage", "office", "subject"],
                name="handover_balance_is_struck_once",
                violation_error_message="Баланс этой передачи уже подведён.",
            ),
            first_of_month("handover_balance_month_is_a_first_day"),
            between(
                "handover_balance_roubles_are_numbers",
                "roubles_in",
                -MOST_TURNOVER,
                MOST_TURNOVER,
                "Сумма вне допустимых границ.",
            ),
        ]
        triggers = [*append_only(), HELD_ADDS_UP]

    def __str__(self) -> str:
        return f"{self.item} {self.subject}"


class HeldAmount(models.Model):
    """The part of a balance held for one reason."""

    balance = models.ForeignKey(HandoverBalance, on_delete=models.PROTECT, verbose_name="баланс", related_name="held")
    reason = models.CharField("причина", max_length=40)
    rows = models.PositiveIntegerField("записей")
    roubles = models.DecimalField("рублей", max_digits=16, decimal_places=6)

    class Meta:
        verbose_name = "удержано по причине"
        verbose_name_plural = "удержано по причинам"
        constraints = [
            models.UniqueConstraint(
                fields=["balance", "reason"],
                name="held_reason_is_counted_once",
                violation_error_message="Причина в балансе уже есть.",
            ),
        ]
        triggers = [*append_only(), REASONS_ADD_UP]

    def __str__(self) -> str:
        return self.reason
