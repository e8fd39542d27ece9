"""Applications and the grounds on which they are refused or a right ends."""

import pghistory
from django.db import models
from django.db.models import Q

from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Decree, Office
from recipients.models.persons import Person, Recipient


class Category(models.TextChoices):
    """The ground of the right; the group decides capital repair."""

    GROUP_1 = "1", "инвалид I группы"
    GROUP_2 = "2", "инвалид II группы"
    GROUP_3 = "3", "инвалид III группы"
    CHILD = "child", "ребёнок-инвалид"


class DocumentKind(models.TextChoices):
    """What an applicant may be asked for, and nothing else (2.5.1, 2.5.4, 2.5.5; Civil Code, article 1183)."""

    CERTIFICATE = "certificate", "копия справки об установлении инвалидности"
    RECEIPTS = "receipts", "копии квитанций об оплате жилья и услуг"
    IDENTITY = "identity", "копия документа, удостоверяющего личность"
    RESIDENCE = "residence", "справка с места жительства (места пребывания)"
    FAMILY = "family", "копии документов о членах семьи ребёнка-инвалида"
    DEATH = "death", "копия свидетельства о смерти получателя"
    KINSHIP = "kinship", "документ о родстве с умершим получателем"
    JOINT_RESIDENCE = "joint_residence", "справка о составе семьи и совместном проживании"
    DEPENDENCY = "dependency", "документ о нахождении на иждивении умершего"
    INABILITY = "inability", "документ о нетрудоспособности заявителя"
    INHERITANCE = "inheritance", "свидетельство о праве на наследство"


@pghistory.track()
class Ground(DatedRow):
    """A coded ground of refusal, termination or suspension with the article's text in force."""

    class Kind(models.TextChoices):
        REFUSAL = "refusal", "отказ"
        TERMINATION = "termination", "прекращение"
        SUSPENSION = "suspension", "приостановление"

    class Ends(models.TextChoices):
        NEXT_DAY = "next_day", "со дня после события"
        NEXT_MONTH = "next_month", "с первого числа следующего месяца"

    kind = models.CharField("вид", max_length=12, choices=Kind.choices)
    code = models.CharField("код", max_length=12)
    title = models.CharField("основание", max_length=200)
    article = models.CharField("пункт акта", max_length=60)
    text = models.TextField("текст нормы")
    advice = models.TextField("что делать заявителю", blank=True)
    ends = models.CharField("когда прекращается право", max_length=10, choices=Ends.choices, default=Ends.NEXT_MONTH)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, verbose_name="акт")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "основание отказа или прекращения"
        verbose_name_plural = "основания отказа и прекращения"
        constraints = [
            not_empty("ground_period_is_not_empty"),
            no_overlap(
                "ground_periods_do_not_overlap",
                "code",
                message="Основание с этим кодом уже действует в пересекающийся период.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["refusal", "termination", "suspension"], ends__in=["next_day", "next_month"]),
                name="ground_says_what_it_grounds",
                violation_error_message="Укажите вид основания и когда прекращается право.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@pghistory.track()
class Application(models.Model):
    """An application for the equivalent, as it was received and decided (2.5, 3.2)."""

    class Kind(models.TextChoices):
        EQUIVALENT = "equivalent", "начисление и выплата (приложение 2)"
        FUEL = "fuel", "твёрдое топливо (приложение 3)"
        BOTTLED_GAS = "bottled_gas", "баллонный газ (приложение 3)"
        HEIR = "heir", "недополученные суммы умершего"

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "лично"
        POST = "post", "почтой"
        MFC = "mfc", "через МФЦ"

    class Status(models.TextChoices):
        REGISTERED = "registered", "зарегистрировано"
        REFUSED = "refused", "отказано"
        GRANTED = "granted", "назначено"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    kind = models.CharField("вид", max_length=12, choices=Kind.choices)
    way = models.CharField("способ подачи", max_length=10, choices=Way.choices)
    number = models.CharField("рег. №", max_length=20)
    received_on = models.DateField("дата обращения")
    registered_at = models.DateTimeField("зарегистрировано")
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто принял", related_name="+")
    applicant = models.ForeignKey(
        Person, on_delete=models.PROTECT, verbose_name="заявитель", related_name="applications"
    )
    disabled_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, verbose_name="инвалид (ребёнок-инвалид)", related_name="+"
    )
    category = models.CharField("категория", max_length=5, choices=Category.choices)
    address = models.CharField("адрес", max_length=300)
    is_place_of_stay = models.BooleanField("по месту пребывания", default=False)
    channel = models.CharField("способ выплаты по заявлению", max_length=200)
    status = models.CharField("решение", max_length=10, choices=Status.choices, default=Status.REGISTERED)
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, verbose_name="основание отказа", null=True, blank=True)
    facts = models.TextField("установленные факты", blank=True)
    recipient = models.ForeignKey(
        Recipient,
        on_delete=models.PROTECT,
        verbose_name="получатель",
        related_name="applications",
        null=True,
        blank=True,
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто решил",
        related_name="+",
        null=True,
        blank=True,
    )
    decision_file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="решение (PDF)",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "заявление"
        verbose_name_plural = "заявления"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="application_number_is_unique_in_its_office",
                violation_error_message="Заявление с этим номером уже зарегистрировано.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="registered",
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    ground__isnull=True,
                    recipient__isnull=True,
                )
                | Q(
                    status="refused",
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    ground__isnull=False,
                    recipient__isnull=True,
                )
                & ~Q(facts="")
                | Q(
                    status="granted",
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    ground__isnull=True,
                    recipient__isnull=False,
                ),
                name="application_is_decided_as_a_whole",
                violation_error_message=(
                    "Решение по заявлению неполное: отказ требует основания и фактов, назначение — получателя."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"заявление № {self.number} от {self.received_on:%d.%m.%Y}"


@pghistory.track()
class ApplicationDocument(models.Model):
    """A document handed in with an application."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="заявление", related_name="documents"
    )
    kind = models.CharField("документ", max_length=16, choices=DocumentKind.choices)
    sheets = models.PositiveSmallIntegerField("листов", default=1)
    note = models.CharField("реквизиты", max_length=200, blank=True)

    class Meta:
        verbose_name = "документ к заявлению"
        verbose_name_plural = "документы к заявлению"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values),
                name="only_documents_of_the_regulation_are_taken",
                violation_error_message="Документы, не названные в пунктах 2.5.1–2.5.4 и статье 1183 ГК, не требуют.",
            ),
            models.UniqueConstraint(
                fields=["application", "kind"],
                name="document_kind_is_listed_once",
                violation_error_message="Этот документ в заявлении уже указан.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
