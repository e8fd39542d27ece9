"""Rows of request and return files, and the lines in them that become charges."""

from django.db import models
from django.db.models import Q

from exchange.models.files import ExchangeFile
from exchange.models.registers import RegisterRow
from offices.columns import received
from offices.guards import append_only
from providers.models.charges import Charge
from providers.models.providers import Service, ServiceAccount
from recipients.models.persons import Recipient


class RequestRow(models.Model):
    """A recipient and account asked about in a request file, one per physical row."""

    file = models.ForeignKey(ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="request_rows")
    row_number = models.PositiveIntegerField("строка")
    register_row = models.ForeignKey(RegisterRow, on_delete=models.PROTECT, verbose_name="строка реестра")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, verbose_name="получатель")
    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, verbose_name="лицевой счёт")
    services = models.JSONField("коды услуг строки")

    class Meta:
        verbose_name = "строка запроса"
        verbose_name_plural = "строки запросов"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "row_number"],
                name="request_row_number_is_unique",
                violation_error_message="Номер строки запроса уже занят.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.file}, строка {self.row_number}"


class ReturnedRow(models.Model):
    """A physical row of a returned file and the request row it answers."""

    class Match(models.TextChoices):
        REQUEST_ID = "request_id", "по номеру запроса"
        BY_HAND = "by_hand", "вручную"
        REMEMBERED = "remembered", "по памяти"
        ACCOUNT = "account", "по лицевому счёту"
        SNILS = "snils", "по СНИЛС"
        NAME = "name", "по ФИО, дате рождения и адресу"
        UNKNOWN = "unknown", "не из запроса"
        AMBIGUOUS = "ambiguous", "подходит несколько"
        DUPLICATE = "duplicate", "повтор строки"

    # The unique constraints begin with these keys: an index of their own would only be written.
    file = models.ForeignKey(
        ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="returned_rows", db_index=False
    )
    row_number = models.PositiveIntegerField("строка")
    match = models.CharField("сопоставление", max_length=10, choices=Match.choices)
    request_row = models.ForeignKey(
        RequestRow,
        on_delete=models.PROTECT,
        verbose_name="строка запроса",
        related_name="answers",
        null=True,
        blank=True,
        db_index=False,
    )
    content = models.JSONField("как прислано")
    residents = models.IntegerField("зарегистрировано", null=True, blank=True)
    total_area = received("площадь", null=True, blank=True)

    class Meta:
        verbose_name = "строка ответа"
        verbose_name_plural = "строки ответов"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "row_number"],
                name="returned_row_is_staged_once",
                violation_error_message="Эта строка файла уже принята.",
            ),
            models.UniqueConstraint(
                fields=["request_row", "file"],
                name="request_row_is_answered_once_in_a_file",
                violation_error_message="На эту строку запроса в файле уже есть ответ.",
            ),
            models.CheckConstraint(
                condition=Q(
                    match__in=["request_id", "by_hand", "remembered", "account", "snils", "name"],
                    request_row__isnull=False,
                )
                | Q(match__in=["unknown", "ambiguous", "duplicate"], request_row__isnull=True),
                name="a_matched_row_has_its_request",
                violation_error_message="У сопоставленной строки указывают строку запроса.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}, строка {self.row_number}"


class ReturnedLine(models.Model):
    """One service of a returned row; ends loaded as a charge, held or rejected."""

    class Status(models.TextChoices):
        STAGED = "staged", "принята"
        CLEAN = "clean", "без расхождений"
        HELD = "held", "удержана протоколом"
        REJECTED = "rejected", "отклонена"
        LOADED = "loaded", "загружена"

    row = models.ForeignKey(
        ReturnedRow, on_delete=models.PROTECT, verbose_name="строка", related_name="lines", db_index=False
    )
    position = models.PositiveSmallIntegerField("№ услуги в строке")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, verbose_name="услуга", null=True, blank=True, db_index=False
    )
    billed = received("начислено", null=True, blank=True)
    adjustment = received("перерасчёт", default=0)
    adjustment_month = models.DateField("перерасчёт за месяц", null=True, blank=True)
    tariff = received("тариф", null=True, blank=True)
    quantity = received("объём", null=True, blank=True)
    norm = received("норматив", null=True, blank=True)
    is_metered = models.BooleanField("по прибору", null=True, blank=True)
    debt = received("задолженность", null=True, blank=True)
    status = models.CharField("состояние", max_length=8, choices=Status.choices, default=Status.STAGED)
    charge = models.ForeignKey(
        Charge,
        on_delete=models.PROTECT,
        verbose_name="начисление",
        related_name="+",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )
    charge_month = models.DateField("месяц начисления", null=True, blank=True)

    class Meta:
        verbose_name = "услуга в ответе"
        verbose_name_plural = "услуги в ответах"
        constraints = [
            models.UniqueConstraint(
                fields=["row", "position"],
                name="returned_line_is_staged_once",
                violation_error_message="Эта услуга строки уже принята.",
            ),
            models.CheckConstraint(
                condition=Q(status="loaded", charge__isnull=False, charge_month__isnull=False)
                | ~Q(status="loaded") & Q(charge__isnull=True, charge_month__isnull=True),
                name="only_a_loaded_line_has_a_charge",
                violation_error_message="Начисление есть у загруженной строки и только у неё.",
            ),
            models.UniqueConstraint(
                fields=["charge", "charge_month"],
                name="a_charge_comes_from_one_line",
                violation_error_message="Это начисление уже связано со строкой файла.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}, {self.service_id or '?'}"
