"""What providers are asked about recipients' debts, what they answer, and court acts that confirm a debt."""

import datetime as dt
from typing import Final

from django.db import models
from django.db.models import F, Q

from calculations.models.debt_guards import ACT_IS_SETTLED_ONCE, ANSWER_IS_GIVEN_ONCE, ASKED_OF_ITS_DISTRICT
from offices.columns import MOST_ROUBLES, first_of_month, roubles
from offices.guards import append_only, no_truncate
from offices.models.journals import StoredFile
from offices.models.staff import OfficeQuerySet, Staff
from offices.models.units import Office
from providers.models.providers import Provider
from recipients.eligibility import MOST_MONTHS_OF_DEBT
from recipients.models.persons import Recipient

_A_DEBT: Final = Q(debt__isnull=False, owed_since__isnull=False, months__isnull=False) & Q(
    debt__gt=0, debt__lte=MOST_ROUBLES, months__gte=1
)
_NO_DEBT: Final = Q(debt__isnull=True, owed_since__isnull=True, months__isnull=True)


class DebtRequest(models.Model):
    """A letter of a district to a provider that asks which of the recipients named in it owe for housing."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="debt_requests"
    )
    number = models.CharField("№ запроса", max_length=20)
    sent_on = models.DateField("направлен")
    answer_due_on = models.DateField("ответить до")
    document = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, verbose_name="запрос (PDF)", related_name="debt_request"
    )
    made_at = models.DateTimeField("составлен")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто составил", related_name="+")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос о задолженности"
        verbose_name_plural = "запросы о задолженности"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="debt_request_number_is_unique_in_its_office",
                violation_error_message="Запрос с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on__gt=F("sent_on")),
                name="debt_request_waits_after_it_was_sent",
                violation_error_message="Срок ответа раньше запроса.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"запрос № {self.number}"


class DebtAnswerQuerySet(OfficeQuerySet):
    """Answers about debts."""

    office_path = "request__office"


class DebtAnswer(models.Model):
    """What a provider answered of one recipient: sum in roubles, first month and number of months of the debt.

    `silent` is recorded after the term without an answer and means that there is no debt.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "ждём ответа"
        NO_DEBT = "no_debt", "задолженности нет"
        DEBT = "debt", "есть долг, соглашения нет или оно не исполняется"
        AGREEMENT = "agreement", "есть долг, соглашение исполняется"
        SILENT = "silent", "ответа в срок нет: задолженности нет"

    request = models.ForeignKey(DebtRequest, on_delete=models.PROTECT, verbose_name="запрос", related_name="answers")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="debt_answers"
    )
    outcome = models.CharField("ответ", max_length=9, choices=Outcome.choices, default=Outcome.WAITING)
    debt = roubles("долг, руб.", null=True, blank=True)
    owed_since = models.DateField("долг с месяца", null=True, blank=True)
    months = models.PositiveSmallIntegerField("месяцев долга", null=True, blank=True)
    document = models.CharField("документ", max_length=200, blank=True)
    answered_on = models.DateField("ответ от", null=True, blank=True)
    recorded_at = models.DateTimeField("записан", null=True, blank=True)
    recorded_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+", null=True, blank=True
    )

    objects = DebtAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "ответ о задолженности"
        verbose_name_plural = "ответы о задолженности"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "recipient"],
                name="a_recipient_is_asked_about_once_in_a_request",
                violation_error_message="Об этом получателе в запросе уже спросили.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(outcome="waiting", answered_on__isnull=True, recorded_at__isnull=True, recorded_by__isnull=True)
                    & Q(document="")
                    & _NO_DEBT
                )
                | (
                    Q(outcome="silent", answered_on__isnull=False, recorded_at__isnull=False, recorded_by__isnull=True)
                    & _NO_DEBT
                )
                | (
                    Q(outcome="no_debt", answered_on__isnull=False, recorded_at__isnull=False)
                    & Q(recorded_by__isnull=False)
                    & _NO_DEBT
                )
                | (
                    Q(outcome__in=["debt", "agreement"], answered_on__isnull=False, recorded_at__isnull=False)
                    & Q(recorded_by__isnull=False)
                    & ~Q(document="")
                    & _A_DEBT
                ),
                name="debt_answer_is_given_as_a_whole",
                violation_error_message="Ответ: день, документ, сумма и период долга указываются вместе.",
            ),
            models.CheckConstraint(
                condition=Q(owed_since__isnull=True) | Q(owed_since__day=1),
                name="answered_debt_begins_with_a_month",
                violation_error_message="Месяц хранится первым числом.",
            ),
        ]
        triggers = [ASKED_OF_ITS_DISTRICT, ANSWER_IS_GIVEN_ONCE, no_truncate()]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_outcome_display()}"


class DebtCourtAct(models.Model):
    """A court act in force that confirms a recipient's debt for housing, of three years at most."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name="отдел")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, verbose_name="получатель", related_name="court_acts"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, verbose_name="предприятие", related_name="+")
    court = models.CharField("суд", max_length=150)
    number = models.CharField("№ акта", max_length=50)
    decided_on = models.DateField("принят")
    in_force_on = models.DateField("вступил в силу")
    debt = roubles("долг, руб.")
    owed_since = models.DateField("долг с месяца")
    months = models.PositiveSmallIntegerField("месяцев долга")
    entered_at = models.DateTimeField("записан")
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="кто записал", related_name="+")
    settled_on = models.DateField("долг погашен", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "судебный акт о задолженности"
        verbose_name_plural = "судебные акты о задолженности"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "court", "number"],
                name="a_court_act_is_entered_once",
                violation_error_message="Этот судебный акт уже записан.",
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=MOST_MONTHS_OF_DEBT),
                name="confirmed_debt_is_of_three_years_at_most",
                violation_error_message="Учитывается долг не более чем за три года.",
            ),
            models.CheckConstraint(
                condition=Q(debt__gt=0, debt__lte=MOST_ROUBLES),
                name="confirmed_debt_is_owed",
                violation_error_message="Долг больше нуля.",
            ),
            models.CheckConstraint(
                condition=~Q(court="") & ~Q(number=""),
                name="court_act_names_its_court",
                violation_error_message="Укажите суд и номер акта.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on__gte=F("decided_on")) & Q(owed_since__lt=F("decided_on")),
                name="court_act_comes_after_its_debt",
                violation_error_message="Долг возникает до акта, а в силу акт вступает после принятия.",
            ),
            first_of_month("confirmed_debt_begins_with_a_month", "owed_since"),
        ]
        triggers = [ACT_IS_SETTLED_ONCE, no_truncate()]

    def __str__(self) -> str:
        return f"{self.court}, № {self.number} от {self.decided_on:%d.%m.%Y}"

    def is_in_force_on(self, day: dt.date) -> bool:
        """Say whether the act is in force on the day and its debt not paid."""
        return self.in_force_on <= day and self.settled_on is None
