"""Utility providers, their agreements, the services and the accounts they bill."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from housing.models.dwellings import Dwelling
from offices.dated import DatedQuerySet, DatedRow, no_overlap, not_empty
from offices.models.staff import DatedOfficeQuerySet
from offices.models.units import District, Office
from offices.searching import CodeKey


@pghistory.track()
class Provider(models.Model):
    """An enterprise that bills for housing or utilities."""

    class Kind(models.TextChoices):
        MANAGING = "managing", "управляющая организация"
        WATER = "water", "водоканал"
        HEAT = "heat", "теплоснабжение"
        ELECTRICITY = "electricity", "электроснабжение"
        GAS = "gas", "газоснабжение"
        WASTE = "waste", "обращение с отходами"
        CAPITAL_REPAIR = "capital_repair", "фонд капитального ремонта"
        SETTLEMENT_CENTER = "settlement_center", "расчётный центр"

    code = models.CharField("код", max_length=6, unique=True)
    name = models.CharField("название", max_length=200)
    short_name = models.CharField("краткое название", max_length=60)
    inn = models.CharField("ИНН", max_length=10, unique=True)
    kind = models.CharField("вид деятельности", max_length=20, choices=Kind.choices)
    address = models.CharField("адрес", max_length=250, blank=True)
    email = models.CharField("эл. почта", max_length=100, blank=True)
    is_regional = models.BooleanField("работает по всей области", default=False)
    is_technically_able = models.BooleanField("может передавать файлы", default=True)
    inability_reason = models.CharField("почему не может", max_length=200, blank=True)
    ability_since = models.DateField("может или не может с", null=True, blank=True)

    class Meta:
        verbose_name = "предприятие ЖКХ"
        verbose_name_plural = "предприятия ЖКХ"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{3,6}$") & Q(inn__regex=r"^\d{10}$"),
                name="provider_codes_are_digits",
                violation_error_message="Код — от трёх до шести цифр, ИНН — десять.",
            ),
            models.CheckConstraint(
                condition=Q(is_technically_able=True, inability_reason="")
                | (Q(is_technically_able=False) & ~Q(inability_reason="")),
                name="inability_has_a_reason",
                violation_error_message="Укажите, почему предприятие не может передавать файлы.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


@pghistory.track()
class Agreement(DatedRow):
    """An exchange agreement with a provider for a district (3.8.1)."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="agreements"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    number = models.CharField("№ соглашения", max_length=40)
    signed_on = models.DateField("подписано")
    contact = models.CharField("ответственный", max_length=150, blank=True)

    objects = DatedOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "соглашение об обмене"
        verbose_name_plural = "соглашения об обмене"
        constraints = [
            not_empty("agreement_period_is_not_empty"),
            no_overlap(
                "agreements_do_not_overlap",
                "provider",
                "office",
                message="Соглашение на пересекающийся период уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"соглашение № {self.number}"


@pghistory.track()
class Service(models.Model):
    """A kind of housing or utility payment; `kind` names the rule's word for it.

    Neither `kind` nor `is_supported` has days: once the service was billed they are never changed.
    """

    code = models.CharField("код", max_length=2, primary_key=True)
    kind = models.CharField("вид для правил", max_length=20, unique=True)
    name = models.CharField("услуга", max_length=100)
    unit = models.CharField("единица", max_length=10)
    is_supported = models.BooleanField("входит в меру", default=True)

    class Meta:
        verbose_name = "услуга"
        verbose_name_plural = "услуги"
        triggers = [
            pgtrigger.Trigger(
                name="a_billed_service_keeps_its_rule",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("kind", "is_supported"),
                condition=pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind"))
                | pgtrigger.Q(old__is_supported__df=pgtrigger.F("new__is_supported")),
                func=(
                    "IF EXISTS (SELECT 1 FROM providers_charge WHERE service_id = OLD.code) THEN"
                    " RAISE EXCEPTION 'what a service is counts for every month it was billed in'"
                    " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track(exclude=["number_key"])
class ServiceAccount(DatedRow):
    """A provider's personal account for a dwelling."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="accounts"
    )
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, verbose_name="жильё", related_name="accounts")
    number = models.CharField("лицевой счёт", max_length=24)
    number_key = models.GeneratedField(
        verbose_name="лицевой счёт для поиска",
        expression=CodeKey("number"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "лицевой счёт"
        verbose_name_plural = "лицевые счета"
        constraints = [
            not_empty("account_period_is_not_empty"),
            no_overlap(
                "account_number_is_one_dwelling_at_a_time",
                "provider",
                "number",
                message="Этот лицевой счёт предприятия уже открыт на другое жильё.",
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="account_has_a_number",
                violation_error_message="Номер лицевого счёта обязателен.",
            ),
        ]
        indexes = [
            models.Index(fields=["dwelling"], name="accounts_of_a_dwelling"),
            GinIndex(OpClass("number_key", "gin_trgm_ops"), name="account_by_part_of_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.provider})"


@pghistory.track()
class ConnectedService(DatedRow):
    """A service billed on an account, by meter or by norm."""

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, verbose_name="счёт", related_name="services")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name="услуга")
    is_metered = models.BooleanField("по прибору учёта", default=False)
    meter = models.CharField("прибор учёта", max_length=30, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "подключённая услуга"
        verbose_name_plural = "подключённые услуги"
        constraints = [
            not_empty("connected_service_period_is_not_empty"),
            no_overlap(
                "service_is_connected_once_to_an_account",
                "account",
                "service",
                message="Услуга на этом счёте в пересекающийся период уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.service}"


@pghistory.track()
class ProviderDistrict(DatedRow):
    """A provider working in a district."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="districts"
    )
    district = models.ForeignKey(District, on_delete=models.PROTECT, verbose_name="район")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "район предприятия"
        verbose_name_plural = "районы предприятий"
        constraints = [
            not_empty("provider_district_period_is_not_empty"),
            no_overlap(
                "provider_works_once_in_a_district",
                "provider",
                "district",
                message="Предприятие в этом районе уже указано.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.district}"
