"""Files that came in and went out: bytes, hash, rows, what was decided about them."""

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q

from exchange.models.layouts import FileLayout
from offices.columns import first_of_month, together
from offices.guards import closed_month_is_frozen
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.providers import Provider


class ExchangeFile(models.Model):
    """A file sent to a provider or received from one, or a list of people: of the fund, a registry office, a town."""

    class Kind(models.TextChoices):
        REQUEST = "request", "файл запроса"
        RETURN = "return", "ответный файл"
        LATE = "late", "опоздавший ответ"
        PENSION = "pension", "сведения Пенсионного фонда"
        REGISTRY = "registry", "сведения ЗАГС"
        COUNCIL = "council", "сведения муниципалитета"

    class Origin(models.TextChoices):
        FILE = "file", "файл"
        TYPED = "typed", "введено вручную"

    class Status(models.TextChoices):
        PREPARED = "prepared", "готов к сводному файлу"
        SENT = "sent", "отправлен"
        ACKNOWLEDGED = "acknowledged", "получение подтверждено"
        REFUSED = "refused", "не принят"
        RECEIVED = "received", "принят"
        VERIFIED = "verified", "проверен"
        LOADED = "loaded", "загружен"
        SUPERSEDED = "superseded", "заменён"

    PEOPLE = (Kind.PENSION, Kind.REGISTRY, Kind.COUNCIL)
    """Lists of people, not of charges; the kind says whose the list is (3.4, 3.5)."""
    ANSWERS = (Kind.RETURN, Kind.LATE)
    """What providers answer: in the month of the request, or late."""
    NOT_STANDING = (Status.REFUSED, Status.SUPERSEDED)
    """What counts for nothing any more: refused, or replaced by a corrected file."""

    kind = models.CharField("вид", max_length=8, choices=Kind.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие", null=True, blank=True)
    layout = models.ForeignKey(FileLayout, on_delete=models.PROTECT, verbose_name="формат", null=True, blank=True)
    request = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        verbose_name="на запрос",
        related_name="returns",
        null=True,
        blank=True,
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        verbose_name="вместо файла",
        related_name="replaced_by",
        null=True,
        blank=True,
    )
    late_month = models.DateField("месяц начислений опоздавшего ответа", null=True, blank=True)
    origin = models.CharField("откуда", max_length=5, choices=Origin.choices, default=Origin.FILE, db_default="file")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="файл")
    name = models.CharField("имя файла", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    status = models.CharField("состояние", max_length=12, choices=Status.choices)
    rows = models.PositiveIntegerField("строк", default=0)
    encoding = models.CharField("кодировка", max_length=20, blank=True)
    billed = models.DecimalField("начислено в файле, руб.", max_digits=16, decimal_places=6, null=True, blank=True)
    control_rows = models.PositiveIntegerField("контрольное число строк", null=True, blank=True)
    control_roubles = models.DecimalField("контрольная сумма", max_digits=16, decimal_places=6, null=True, blank=True)
    control_at = models.DateTimeField("письмо внесено", null=True, blank=True)
    control_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто внёс письмо",
        related_name="+",
        null=True,
        blank=True,
    )
    refusal_code = models.CharField("код отказа", max_length=20, blank=True)
    refusal_text = models.CharField("причина отказа", max_length=500, blank=True)
    at = models.DateTimeField("отправлен или получен")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто", related_name="+")
    acknowledged_at = models.DateTimeField("подтверждено", null=True, blank=True)
    acknowledged_by = models.CharField("кто подтвердил", max_length=150, blank=True)
    verified_at = models.DateTimeField("проверен", null=True, blank=True)
    verified_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто проверил",
        related_name="+",
        null=True,
        blank=True,
    )
    loaded_at = models.DateTimeField("загружен", null=True, blank=True)
    loaded_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто загрузил",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "файл обмена"
        verbose_name_plural = "файлы обмена"
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "kind", "office", "month", "provider"],
                condition=~Q(status="refused"),
                nulls_distinct=False,
                name="same_bytes_are_taken_once",
                violation_error_message="Этот файл уже принят.",
            ),
            models.UniqueConstraint(
                fields=["office", "month", "provider"],
                condition=Q(kind="request"),
                name="one_request_per_provider_office_and_month",
                violation_error_message="Файл запроса этому предприятию уже сформирован.",
            ),
            models.UniqueConstraint(
                fields=["office", "month", "provider"],
                condition=Q(kind="return") & ~Q(status__in=["refused", "superseded"]),
                name="one_accepted_return_per_request",
                violation_error_message="Ответный файл предприятия за этот месяц уже принят.",
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(kind="pension", origin="file") & ~Q(status__in=["refused", "superseded"]),
                name="one_pension_file_a_month",
                violation_error_message="Сведения фонда за этот месяц уже приняты.",
            ),
            models.UniqueConstraint(
                fields=["request", "month"],
                condition=Q(kind="late") & ~Q(status="superseded"),
                name="one_late_answer_per_request_and_month",
                violation_error_message="Опоздавший ответ на этот запрос в этом месяце уже принят.",
            ),
            first_of_month("exchange_file_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(status="refused") & ~Q(refusal_code="") & ~Q(refusal_text="")
                | ~Q(status="refused") & Q(refusal_code="", refusal_text=""),
                name="a_refused_file_has_its_reason",
                violation_error_message="У непринятого файла указывают причину.",
            ),
            models.CheckConstraint(
                condition=Q(kind="request", status__in=["prepared", "sent", "acknowledged"])
                | Q(kind__in=["pension", "registry", "council"], status__in=["received", "refused", "superseded"])
                | Q(kind="return") & ~Q(status__in=["prepared", "sent", "acknowledged"])
                | Q(kind="late", status__in=["received", "verified", "loaded", "superseded"]),
                name="exchange_file_status_fits_its_kind",
                violation_error_message="Такого состояния у файла этого вида не бывает.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["pension", "registry", "council"], provider__isnull=True)
                | Q(kind="request", provider__isnull=False, layout__isnull=False)
                | Q(kind="return", status="refused")
                | Q(kind__in=["return", "late"], provider__isnull=False, request__isnull=False),
                name="exchange_file_knows_its_provider",
                violation_error_message="Не указано предприятие файла.",
            ),
            models.CheckConstraint(
                condition=Q(status="acknowledged", acknowledged_at__isnull=False) & ~Q(acknowledged_by="")
                | ~Q(status="acknowledged") & ~Q(kind="request")
                | Q(status__in=["prepared", "sent"], acknowledged_at__isnull=True, acknowledged_by=""),
                name="acknowledgement_has_its_moment",
                violation_error_message="Подтверждение: время и кто подтвердил — вместе.",
            ),
            models.CheckConstraint(
                condition=Q(billed__isnull=True) | Q(kind__in=["return", "late"]) & ~Q(status="refused"),
                name="only_an_accepted_return_bills",
                violation_error_message="Сумма начислений есть только у принятого ответного файла.",
            ),
            together(
                "file_is_verified_by_someone",
                "verified_at",
                "verified_by",
                message="Проверка: время и сотрудник указываются вместе.",
            ),
            together(
                "file_is_loaded_by_someone",
                "loaded_at",
                "loaded_by",
                message="Загрузка: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["prepared", "sent", "acknowledged", "refused", "received", "superseded"])
                | Q(status="verified", verified_at__isnull=False, loaded_at__isnull=True)
                | Q(status="loaded", verified_at__isnull=False, loaded_at__isnull=False),
                name="exchange_file_status_fits_its_facts",
                violation_error_message="Состояние файла не соответствует отметкам.",
            ),
            models.CheckConstraint(
                condition=Q(kind="pension") | ~Q(verified_by=F("by")),
                name="file_is_not_verified_by_its_receiver",
                violation_error_message="Файл проверяет не тот, кто его принял.",
            ),
            models.CheckConstraint(
                condition=Q(kind="pension") | ~Q(loaded_by=F("verified_by")),
                name="file_is_not_loaded_by_its_verifier",
                violation_error_message="Файл загружает не тот, кто его проверил.",
            ),
            models.CheckConstraint(
                condition=~Q(status="loaded")
                | (Q(control_rows__isnull=True) | Q(control_rows=F("rows")))
                & (Q(control_roubles__isnull=True) | Q(control_roubles=F("billed"))),
                name="a_loaded_file_agrees_with_its_letter",
                violation_error_message="Итоги файла и сопроводительного письма разные.",
            ),
            together(
                "letter_is_entered_by_someone",
                "control_at",
                "control_by",
                message="Письмо: время и сотрудник указываются вместе.",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                name="a_file_is_replaced_once",
                violation_error_message="Этот файл уже заменён другим.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(kind__in=["return", "late", "pension"]) & ~Q(status="refused"),
                name="only_an_accepted_return_replaces",
                violation_error_message="Заменяет только принятый ответный файл или файл фонда.",
            ),
            models.CheckConstraint(
                condition=Q(origin="file")
                | Q(kind__in=["return", "pension", "registry", "council"]) & ~Q(status="refused"),
                name="only_an_accepted_return_is_typed",
                violation_error_message="Вручную вводится только ответ поставщика или список людей.",
            ),
            models.CheckConstraint(
                condition=Q(kind="late", late_month__isnull=False, late_month__lt=F("month"))
                | ~Q(kind="late") & Q(late_month__isnull=True),
                name="a_late_answer_knows_its_month",
                violation_error_message="У опоздавшего ответа указывают прошедший месяц начислений.",
            ),
            first_of_month("late_month_is_a_first_day", "late_month"),
        ]
        triggers = [
            closed_month_is_frozen(),
            pgtrigger.Trigger(
                name="replaces_what_is_superseded",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__replaces__isnull=False),
                func=(
                    "PERFORM 1 FROM exchange_exchangefile WHERE id = NEW.replaces_id"
                    " AND status = 'superseded' AND kind = NEW.kind AND month = NEW.month"
                    " AND request_id IS NOT DISTINCT FROM NEW.request_id;"
                    " IF NOT FOUND THEN RAISE EXCEPTION 'only a superseded answer to the same request is replaced'"
                    " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def billed_month(self) -> dt.date:
        """The month whose services the file bills: the past one of a late answer, otherwise its own."""
        return self.late_month or self.month
