"""How a recipient is paid, changes of the data, and their passing on to the payments unit."""

import pghistory
from django.db import models
from django.db.models import F, Q

from offices.columns import first_of_month, together
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Bank, Office, PostOffice, account_fits_bank
from recipients.models.persons import Person, Recipient


@pghistory.track()
class PaymentChannel(DatedRow):
    """The way of payment a recipient chose, and who receives the money (2.4.1)."""

    class Kind(models.TextChoices):
        BANK = "bank", "банк"
        POST = "post", "почта"
        OTHER = "other", "иной способ"

    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="channels"
    )
    payee = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="кому выплачивается", related_name="+")
    kind = models.CharField("способ", max_length=5, choices=Kind.choices)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, verbose_name="банк", null=True, blank=True)
    account = models.CharField("счёт", max_length=20, blank=True)
    post_office = models.ForeignKey(
        PostOffice,
        on_delete=models.PROTECT,
        verbose_name="почтовое отделение",
        null=True,
        blank=True,
    )
    other = models.CharField("иной способ", max_length=200, blank=True)
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
        verbose_name = "способ выплаты"
        verbose_name_plural = "способы выплаты"
        constraints = [
            not_empty("channel_period_is_not_empty"),
            no_overlap(
                "recipient_has_one_channel_at_a_time",
                "recipient",
                message="Способ выплаты на этот период уже указан.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="bank",
                    bank__isnull=False,
                    account__regex=r"^\d{5}[0-9ABCEHKMPTX]\d{14}$",
                    post_office__isnull=True,
                    other="",
                )
                | Q(kind="post", bank__isnull=True, account="", post_office__isnull=False, other="")
                | (Q(kind="other", bank__isnull=True, account="", post_office__isnull=True) & ~Q(other="")),
                name="requisites_fit_the_channel",
                violation_error_message=(
                    "Реквизиты не подходят к способу: банку нужны БИК и счёт из 20 знаков, "
                    "почте — отделение, иному способу — описание."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="bank") | Q(account_fits_bank("bank", "account")),
                name="account_key_fits_the_bank",
                violation_error_message="Контрольный ключ счёта не подходит к БИК банка.",
            ),
            together(
                "channel_is_confirmed_by_someone",
                "confirmed_at",
                "confirmed_by",
                message="Подтверждение: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")),
                name="channel_is_not_confirmed_by_its_author",
                violation_error_message="Реквизиты подтверждает не тот, кто их ввёл.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_kind_display()}"


class CardHandover(models.Model):
    """New cards and requisites of an office passed on to the payments unit (3.3.2 з)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    number = models.PositiveSmallIntegerField("№ передачи")
    handed_at = models.DateTimeField("передано")
    handed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто передал", related_name="+")
    accepted_at = models.DateTimeField("принято", null=True, blank=True)
    accepted_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто принял",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "передача карточек"
        verbose_name_plural = "передачи карточек"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month", "number"],
                name="card_handover_is_numbered_once",
                violation_error_message="Передача с этим номером уже есть.",
            ),
            first_of_month("card_handover_month_is_a_first_day"),
            together(
                "card_handover_is_accepted_by_someone",
                "accepted_at",
                "accepted_by",
                message="Приём: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(accepted_by=F("handed_by")),
                name="card_handover_is_not_accepted_by_its_sender",
                violation_error_message="Передачу принимает не тот, кто передал.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.month:%m.%Y}, передача {self.number}"


class HandedCard(models.Model):
    """A channel of a recipient in a hand-over of cards."""

    handover = models.ForeignKey(CardHandover, on_delete=models.PROTECT, verbose_name="передача", related_name="cards")
    channel = models.OneToOneField(PaymentChannel, on_delete=models.PROTECT, verbose_name="способ выплаты")

    class Meta:
        verbose_name = "переданная карточка"
        verbose_name_plural = "переданные карточки"

    def __str__(self) -> str:
        return str(self.channel)


class ChangeBatch(models.Model):
    """Changes an office sent to the payments unit by the schedule (3.5)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    month = models.DateField("месяц")
    sent_at = models.DateTimeField("отправлено")
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто отправил", related_name="+")
    accepted_at = models.DateTimeField("принято", null=True, blank=True)
    accepted_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        verbose_name="кто принял",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "сообщение об изменениях"
        verbose_name_plural = "сообщения об изменениях"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                name="changes_of_a_month_are_sent_once",
                violation_error_message="Изменения этого месяца уже отправлены.",
            ),
            first_of_month("change_batch_month_is_a_first_day"),
            together(
                "changes_are_accepted_by_someone",
                "accepted_at",
                "accepted_by",
                message="Приём: время и сотрудник указываются вместе.",
            ),
            models.CheckConstraint(
                condition=~Q(accepted_by=F("sent_by")),
                name="changes_are_not_accepted_by_their_sender",
                violation_error_message="Изменения принимает не тот, кто их отправил.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.month:%m.%Y}"


@pghistory.track()
class Change(models.Model):
    """Something that happened to a recipient and touches the right: a death, a move (3.5.1)."""

    class Kind(models.TextChoices):
        DEATH = "death", "смерть"
        MOVE = "move", "переезд"
        HOUSEHOLD = "household", "состав семьи"
        OTHER = "other", "прочее"

    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="changes"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    kind = models.CharField("что изменилось", max_length=10, choices=Kind.choices)
    happened_on = models.DateField("когда")
    source = models.CharField("источник", max_length=200)
    document = models.CharField("документ", max_length=200)
    note = models.CharField("пояснение", max_length=300, blank=True)
    reported_at = models.DateTimeField("внесено")
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто внёс", related_name="+")
    batch = models.ForeignKey(
        ChangeBatch,
        on_delete=models.PROTECT,
        verbose_name="сообщение",
        related_name="changes",
        null=True,
        blank=True,
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "изменение"
        verbose_name_plural = "изменения"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "happened_on"],
                name="change_is_reported_once",
                violation_error_message="Это изменение уже внесено.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_kind_display()}"
