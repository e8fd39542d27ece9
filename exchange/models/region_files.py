"""Files a region-wide provider exchanges once for all districts: the setting, the whole files, their parts (3.8, 3.9)."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from exchange.models.files import ExchangeFile
from exchange.models.layouts import FileLayout
from offices.columns import first_of_month, received, together
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.guards import append_only, closed_month_is_frozen
from offices.models.journals import StoredFile
from offices.models.staff import Staff
from providers.models.providers import Provider


@pghistory.track()
class ProviderFileScope(DatedRow):
    """Whether a region-wide provider gets one file for the region or one for each district, from a month on.

    Entered by one person and put into use by another; without a row in use it is one for each district.
    """

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="file_scopes"
    )
    is_one_file = models.BooleanField("один файл на область")
    basis = models.CharField("основание", max_length=200)
    entered_at = models.DateTimeField("введено")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто ввёл", related_name="+")
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто подтвердил",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "порядок файлов предприятия"
        verbose_name_plural = "порядок файлов предприятий"
        constraints = [
            not_empty("file_scope_period_is_not_empty"),
            first_of_month("file_scope_begins_with_a_month", "valid_from"),
            no_overlap(
                "provider_has_one_file_scope_at_a_time",
                "provider",
                condition=Q(confirmed_at__isnull=False),
                message="На пересекающийся период порядок файлов уже указан.",
            ),
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(confirmed_at__isnull=True),
                name="one_file_scope_waits_for_a_provider",
                violation_error_message="У предприятия уже есть порядок файлов, который ждёт подтверждения.",
            ),
            together(
                "file_scope_is_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Подтверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")),
                name="file_scope_is_not_confirmed_by_its_author",
                violation_error_message="Порядок файлов подтверждает не тот, кто его ввёл.",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="file_scope_has_a_basis",
                violation_error_message="Укажите основание: соглашение, письмо предприятия.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {'один файл на область' if self.is_one_file else 'файл на каждый район'}"


class RegionFile(models.Model):
    """A whole file of a region-wide provider: a request joined of districts' requests, or the one answer to it.

    `number` tells a request's supplements from the first file. `stray_rows` are rows of an answer that belong to no
    district; every other row stands in one part.
    """

    class Kind(models.TextChoices):
        REQUEST = "request", "сводный запрос"
        RETURN = "return", "сводный ответ"

    class Status(models.TextChoices):
        SENT = "sent", "отправлен"
        ACKNOWLEDGED = "acknowledged", "получение подтверждено"
        RECEIVED = "received", "принят"
        REFUSED = "refused", "не принят"
        SUPERSEDED = "superseded", "заменён"

    kind = models.CharField("вид", max_length=8, choices=Kind.choices)
    month = models.DateField("месяц")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие", null=True, blank=True)
    layout = models.ForeignKey(FileLayout, on_delete=models.PROTECT, verbose_name="формат", null=True, blank=True)
    number = models.PositiveSmallIntegerField("№ за месяц", default=1)
    request = models.ForeignKey(
        "self", on_delete=models.PROTECT, verbose_name="на запрос", related_name="returns", null=True, blank=True
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, verbose_name="вместо файла", related_name="replaced_by", null=True, blank=True
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="файл", related_name="region_files")
    name = models.CharField("имя файла", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    status = models.CharField("состояние", max_length=12, choices=Status.choices)
    rows = models.PositiveIntegerField("строк", default=0)
    stray_rows = models.PositiveIntegerField("строк без района", default=0)
    encoding = models.CharField("кодировка", max_length=20, blank=True)
    billed = models.DecimalField("начислено в файле, руб.", max_digits=16, decimal_places=6, null=True, blank=True)
    control_rows = models.PositiveIntegerField("контрольное число строк", null=True, blank=True)
    control_roubles = models.DecimalField("контрольная сумма", max_digits=16, decimal_places=6, null=True, blank=True)
    refusal_code = models.CharField("код отказа", max_length=20, blank=True)
    refusal_text = models.CharField("причина отказа", max_length=500, blank=True)
    at = models.DateTimeField("отправлен или получен")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто", related_name="+")
    acknowledged_at = models.DateTimeField("подтверждено", null=True, blank=True)
    acknowledged_by = models.CharField("кто подтвердил", max_length=150, blank=True)

    class Meta:
        verbose_name = "сводный файл"
        verbose_name_plural = "сводные файлы"
        constraints = [
            first_of_month("region_file_month_is_a_first_day"),
            models.UniqueConstraint(
                fields=["provider", "month", "number"],
                condition=Q(kind="request"),
                name="region_request_number_is_given_once",
                violation_error_message="Сводный запрос с этим номером уже отправлен.",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(status="received"),
                name="one_region_answer_stands_for_a_request",
                violation_error_message="Сводный ответ на этот запрос уже принят.",
            ),
            models.UniqueConstraint(
                fields=["sha256", "request"],
                condition=Q(kind="return") & ~Q(status="refused"),
                name="same_region_bytes_are_taken_once",
                violation_error_message="Этот сводный файл уже принят.",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                name="a_region_file_is_replaced_once",
                violation_error_message="Этот сводный файл уже заменён другим.",
            ),
            models.CheckConstraint(
                condition=Q(kind="request", status__in=["sent", "acknowledged"], request__isnull=True)
                & Q(provider__isnull=False, layout__isnull=False, replaces__isnull=True, stray_rows=0)
                | Q(kind="return", status__in=["received", "superseded"], request__isnull=False)
                & Q(provider__isnull=False, billed__isnull=False)
                | Q(kind="return", status="refused", rows=0, stray_rows=0, billed__isnull=True, replaces__isnull=True),
                name="region_file_fits_its_kind",
                violation_error_message="Таких сведений у сводного файла этого вида не бывает.",
            ),
            models.CheckConstraint(
                condition=Q(status="refused") & ~Q(refusal_code="") & ~Q(refusal_text="")
                | ~Q(status="refused") & Q(refusal_code="", refusal_text=""),
                name="a_refused_region_file_has_its_reason",
                violation_error_message="У непринятого файла указывают причину.",
            ),
            models.CheckConstraint(
                condition=Q(status="acknowledged", acknowledged_at__isnull=False) & ~Q(acknowledged_by="")
                | ~Q(status="acknowledged") & Q(acknowledged_at__isnull=True, acknowledged_by=""),
                name="region_acknowledgement_has_its_moment",
                violation_error_message="Подтверждение: время и кто подтвердил — вместе.",
            ),
            models.CheckConstraint(
                condition=Q(status="refused")
                | (Q(control_rows__isnull=True) | Q(control_rows=F("rows")))
                & (Q(control_roubles__isnull=True) | Q(control_roubles=F("billed"))),
                name="a_region_file_agrees_with_its_letter",
                violation_error_message="Итоги файла и сопроводительного письма разные.",
            ),
            models.CheckConstraint(
                condition=Q(stray_rows__lte=F("rows")),
                name="stray_rows_are_rows_of_the_file",
                violation_error_message="Строк без района больше, чем строк в файле.",
            ),
        ]
        triggers = [closed_month_is_frozen()]

    def __str__(self) -> str:
        return self.name


class RegionPart(models.Model):
    """A district's part of a whole file: its file, and the number each of its rows has in the whole, in order."""

    whole = models.ForeignKey(RegionFile, on_delete=models.PROTECT, verbose_name="сводный файл", related_name="parts")
    file = models.OneToOneField(
        ExchangeFile, on_delete=models.PROTECT, verbose_name="файл района", related_name="region_part"
    )
    row_numbers = ArrayField(models.PositiveIntegerField(), verbose_name="номера строк в сводном файле")

    class Meta:
        verbose_name = "часть сводного файла"
        verbose_name_plural = "части сводных файлов"
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="part_is_of_its_whole",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "PERFORM 1 FROM exchange_regionfile w JOIN exchange_exchangefile f ON f.id = NEW.file_id"
                    " WHERE w.id = NEW.whole_id AND f.kind = w.kind AND f.month = w.month"
                    " AND f.provider_id = w.provider_id AND f.rows = cardinality(NEW.row_numbers);"
                    " IF NOT FOUND THEN RAISE EXCEPTION 'a part has the provider, month, kind and rows of its files'"
                    " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whole}: {self.file.office}"


class RegionStray(models.Model):
    """A row of a whole answer that belongs to no district, as it was sent, with the request rows it may mean."""

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", "никого похожего не запрашивали"
        SEVERAL = "several", "подходит нескольким районам"

    whole = models.ForeignKey(RegionFile, on_delete=models.PROTECT, verbose_name="сводный файл", related_name="strays")
    row_number = models.PositiveIntegerField("строка")
    reason = models.CharField("почему", max_length=8, choices=Reason.choices)
    content = models.JSONField("как прислано")
    billed = received("начислено")
    candidates = ArrayField(models.BigIntegerField(), verbose_name="похожие строки запросов")

    class Meta:
        verbose_name = "строка без района"
        verbose_name_plural = "строки без района"
        constraints = [
            models.UniqueConstraint(
                fields=["whole", "row_number"],
                name="a_row_is_stray_once",
                violation_error_message="Эта строка сводного файла уже записана.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.whole}, строка {self.row_number}"
