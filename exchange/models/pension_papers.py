"""Papers beside the lists of people: a delivery on paper with both visas, a notice of faults to the fund (3.4)."""

from django.db import models
from django.db.models import F, Q

from exchange.models.files import ExchangeFile
from offices.guards import append_only
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office


class PaperDelivery(models.Model):
    """Who handed a list over on paper and who received it: both visas of item 3.4.2 в."""

    file = models.OneToOneField(
        ExchangeFile, on_delete=models.PROTECT, verbose_name="список", related_name="paper_delivery"
    )
    handed_by = models.CharField("кто передал (должность, ФИО)", max_length=200)
    handed_on = models.DateField("передано")
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто получил", related_name="+")
    received_on = models.DateField("получено")

    class Meta:
        verbose_name = "передача списка на бумаге"
        verbose_name_plural = "передачи списков на бумаге"
        constraints = [
            models.CheckConstraint(
                condition=~Q(handed_by="") & Q(received_on__gte=F("handed_on")),
                name="paper_delivery_has_both_visas",
                violation_error_message="Укажите, кто и когда передал и получил список; получают не раньше передачи.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.file}: передал {self.handed_by}"


class FundNotice(models.Model):
    """A numbered letter that tells who sent a list what is wrong in it (3.4.4)."""

    file = models.OneToOneField(ExchangeFile, on_delete=models.PROTECT, verbose_name="файл", related_name="fund_notice")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    number = models.CharField("№ уведомления", max_length=20)
    faults = models.PositiveIntegerField("ошибок")
    made_at = models.DateTimeField("составлено")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составил", related_name="+")
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, verbose_name="уведомление (PDF)", related_name="+"
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление об ошибках в сведениях"
        verbose_name_plural = "уведомления об ошибках в сведениях"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="fund_notice_number_is_unique_in_its_office",
                violation_error_message="Уведомление с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(faults__gt=0),
                name="a_notice_tells_a_fault",
                violation_error_message="Уведомлять не о чем: ошибок в файле нет.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"уведомление № {self.number}"
