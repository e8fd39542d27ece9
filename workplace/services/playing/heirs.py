"""Items 3.3.2 (д-ж): the family of somebody who died before being paid applies, and a decision is made."""

from django.db import transaction

from calculations.models import Accrual, CalculationRun
from housing.models import Residence
from offices.models import Office, Role
from offices.months import shift_month
from payments.models import HeirDecision
from payments.selectors.heirs import unreceived_accruals
from payments.services.decisions import confirm_heir_decision, prepare_heir_decision
from recipients.models import Application, DocumentKind, Person, Recipient
from recipients.services import applications
from recipients.services.admission import HandedDocument
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

PAPERS = (DocumentKind.DEATH, DocumentKind.KINSHIP, DocumentKind.JOINT_RESIDENCE)
RELATION = "член семьи"
ADULT = 18


def decide_for_heirs(*, scene: Scene) -> None:
    """Decide on what the dead were accrued for the month before and did not receive, in every office."""
    for office in scene.offices:
        for recipient in _dead(scene, office):
            decision = HeirDecision.objects.filter(recipient=recipient).first() or _prepare(scene, recipient)
            if decision is not None and decision.status == HeirDecision.Status.PREPARED:
                confirm_heir_decision(
                    decision_id=decision.pk,
                    by=scene.cast.of(office, Role.HEAD),
                    at=scene.timetable.at(Moment.HEIRS_CONFIRMED),
                )


def _dead(scene: Scene, office: Office) -> list[Recipient]:
    accruals = Accrual.objects.filter(
        office=office,
        month=shift_month(scene.month, -1),
        accrued__gt=0,
        run__status=CalculationRun.Status.APPROVED,
        recipient__person__death_date__isnull=False,
        recipient__person__death_date__lt=scene.month,
        payment_lines__isnull=True,
    )
    found = Recipient.objects.filter(pk__in=accruals.values("recipient")).select_related("person", "office")
    return list(found.order_by("person__snils", "pk"))


@transaction.atomic
def _prepare(scene: Scene, recipient: Recipient) -> HeirDecision | None:
    """Take the application of an adult who lived with the deceased and prepare the decision, if there is one."""
    claimant = _claimant(recipient)
    parts = [(one.accrual_id, one.left) for one in unreceived_accruals(recipient) if one.left > 0]
    if claimant is None or not parts:
        return None
    at = scene.timetable.at(Moment.HEIRS)
    application = applications.register_application(
        office=recipient.office,
        kind=Application.Kind.HEIR,
        way=Application.Way.IN_PERSON,
        received_on=at.date(),
        applicant=claimant,
        disabled_person=recipient.person,
        category=recipient.entitlements.order_by("-valid_from")[0].category,
        address=recipient.applications.order_by("pk")[0].address,
        is_place_of_stay=False,
        channel="через банк",
        documents=[HandedDocument(kind) for kind in PAPERS],
        by=scene.cast.of(recipient.office, Role.INTAKE),
        at=at,
    )
    return prepare_heir_decision(
        office=recipient.office,
        recipient_id=recipient.pk,
        application_id=application.pk,
        claimant=claimant,
        relation=RELATION,
        parts=parts,
        by=scene.cast.of(recipient.office, Role.CALCULATION),
        at=at,
    )


def _claimant(recipient: Recipient) -> Person | None:
    death = recipient.person.death_date
    assert death is not None, "only the dead are asked about"
    home = Residence.objects.valid_on(death).filter(person=recipient.person).order_by("pk").first()
    if home is None:
        return None
    others = (
        Residence.objects.valid_on(death)
        .filter(
            dwelling=home.dwelling_id,
            person__death_date__isnull=True,
            person__birth_date__lte=death.replace(year=death.year - ADULT, day=min(death.day, 28)),
        )
        .exclude(person=recipient.person)
        .select_related("person")
    )
    first = others.order_by("person__birth_date", "person__snils", "pk").first()
    return first.person if first else None
