"""Districts, offices and units, banks and post offices, acts."""

import pghistory
from django.db import models
from django.db.models import Func, Q


@pghistory.track()
class District(models.Model):
    """An administrative district of the region."""

    code = models.CharField("код ОКАТО", max_length=5, unique=True)
    name = models.CharField("район", max_length=100, unique=True)
    oktmo = models.CharField("ОКТМО", max_length=8)

    class Meta:
        verbose_name = "район"
        verbose_name_plural = "районы"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{5}$") & Q(oktmo__regex=r"^\d{8}$"),
                name="district_codes_are_digits",
                violation_error_message="Код ОКАТО — пять цифр, ОКТМО — восемь.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Office(models.Model):
    """A district office of social protection or a unit of the department."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "районный отдел"
        SUBSIDIES = "subsidies", "отдел ЖК субсидий и льгот"
        PAYMENTS = "payments", "отдел организации выплат"
        ACCOUNTING = "accounting", "отдел бухгалтерского учёта"
        LEGAL = "legal", "отдел кадров и правового обеспечения"
        MANAGEMENT = "management", "руководство Департамента"
        ADMINISTRATION = "administration", "администрирование"

    kind = models.CharField("вид", max_length=20, choices=Kind.choices)
    code = models.CharField("код", max_length=20, unique=True)
    name = models.CharField("название", max_length=200, unique=True)
    district = models.OneToOneField(
        District,
        on_delete=models.PROTECT,
        verbose_name="район",
        related_name="office",
        null=True,
        blank=True,
    )
    address = models.CharField("адрес", max_length=250, blank=True)
    phone = models.CharField("телефон", max_length=50, blank=True)
    hours = models.CharField("часы приёма", max_length=200, blank=True)

    class Meta:
        verbose_name = "отдел"
        verbose_name_plural = "отделы"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="district", district__isnull=False) | (~Q(kind="district") & Q(district__isnull=True)),
                name="only_a_district_office_has_a_district",
                violation_error_message="Район указывают у районного отдела и только у него.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Bank(models.Model):
    """A bank, by its BIC."""

    bik = models.CharField("БИК", max_length=9, primary_key=True)
    name = models.CharField("банк", max_length=200)
    correspondent_account = models.CharField("корр. счёт", max_length=20)
    address = models.CharField("адрес", max_length=250)

    class Meta:
        verbose_name = "банк"
        verbose_name_plural = "банки"
        constraints = [
            models.CheckConstraint(
                condition=Q(bik__regex=r"^04\d{7}$"),
                name="bik_has_nine_digits",
                violation_error_message="БИК — девять цифр, первые две 04.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (БИК {self.bik})"


@pghistory.track()
class PostOffice(models.Model):
    """A post office, by its index."""

    index = models.CharField("индекс", max_length=6, primary_key=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, verbose_name="район")
    address = models.CharField("адрес", max_length=250)

    class Meta:
        verbose_name = "почтовое отделение"
        verbose_name_plural = "почтовые отделения"
        constraints = [
            models.CheckConstraint(
                condition=Q(index__regex=r"^\d{6}$"),
                name="post_index_has_six_digits",
                violation_error_message="Индекс — шесть цифр.",
            ),
        ]

    def __str__(self) -> str:
        return self.address if self.address.startswith(self.index) else f"{self.index}, {self.address}"


@pghistory.track()
class Decree(models.Model):
    """An act that a tariff, a norm, a parameter or a ground stands on."""

    title = models.CharField("акт", max_length=300)
    number = models.CharField("номер", max_length=50)
    issued_on = models.DateField("дата")
    issuer = models.CharField("кем издан", max_length=200)
    is_assumed = models.BooleanField("значение принято для демонстрации", default=False)
    note = models.CharField("примечание", max_length=300, blank=True)

    class Meta:
        verbose_name = "акт"
        verbose_name_plural = "акты"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issued_on", "issuer"],
                name="decree_is_listed_once",
                violation_error_message="Такой акт уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} от {self.issued_on:%d.%m.%Y} № {self.number}"


def account_fits_bank(bik: str, account: str) -> Func:
    """Ask PostgreSQL whether an account's control key fits the bank's BIC."""
    return Func(
        models.F(bik),
        models.F(account),
        function="account_key_is_valid",
        output_field=models.BooleanField(),
    )


def snils_is_valid(column: str) -> Func:
    """Ask PostgreSQL whether a СНИЛС of eleven digits carries the right control number."""
    return Func(models.F(column), function="snils_is_valid", output_field=models.BooleanField())
