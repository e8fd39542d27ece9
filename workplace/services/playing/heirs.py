"""Items 3.3.2 (д-ж): the family of somebody who died before being paid applies, and a decision is made."""

import datetime as dt

from django.db import transaction

from calculations.models import Accrual, CalculationRun
from housing.models import Residence
from offices.models import Bank, Office, Role
from offices.months import shift_month
from payments.models import HeirClaim, HeirDecision
from payments.selectors.claims import DOCUMENT_KINDS
from payments.selectors.heirs import unreceived_accruals
from payments.services.claims import ClaimFacts, register_claim
from payments.services.decisions import confirm_heir_decision, share_among_claimants
from recipients.models import Application, Person, Recipient
from recipients.services.admission import HandedDocument
from recipients.services.requisites import Requisites
from workplace.demo.identities import account_of
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import dice

FAMILY = "family"
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
    at = scene.timetable.at(Moment.HEIRS)
    if not _claim(scene, recipient, at):
        return None
    made = share_among_claimants(recipient_id=recipient.pk, by=scene.cast.of(recipient.office, Role.CALCULATION), at=at)
    return made[0]


def leave_claim(*, scene: Scene, at: dt.datetime) -> None:
    """Take a claim that nobody has decided about, unless one is taken: of the family of who died last."""
    if HeirClaim.objects.filter(entered_at=at).exists():
        return
    dead = Recipient.objects.filter(
        office__in=scene.offices, person__death_date__isnull=False, heir_claims__isnull=True
    ).select_related("person", "office")
    for recipient in dead.order_by("-person__death_date", "person__snils", "pk"):
        if _claim(scene, recipient, at):
            return


def _claim(scene: Scene, recipient: Recipient, at: dt.datetime) -> bool:
    """See to it that the family has claimed what is left; False where nothing is left or nobody is there to claim."""
    if not any(one.left for one in unreceived_accruals(recipient)):
        return False
    if HeirClaim.objects.filter(recipient=recipient).exists():
        return True
    claimant = _claimant(recipient)
    if claimant is None:
        return False
    register_claim(
        recipient_id=recipient.pk,
        claimant=claimant,
        facts=ClaimFacts(
            kind=FAMILY,
            relation=RELATION,
            received_on=at.date(),
            way=Application.Way.IN_PERSON,
            address=recipient.applications.order_by("pk")[0].address,
            documents=[HandedDocument(kind) for kind in DOCUMENT_KINDS[FAMILY]],
            requisites=account_brought(scene=scene, person=claimant),
        ),
        by=scene.cast.of(recipient.office, Role.INTAKE),
        at=at,
    )
    return True


def account_brought(*, scene: Scene, person: Person) -> Requisites:
    """Give the account a person brings, the same whenever the month is played."""
    throw = dice(scene.seed, scene.month, "requisites", person.snils or person.full_name)
    bank = throw.choice(list(Bank.objects.order_by("bik")))
    return Requisites("bank", bank, account_of(throw.randrange(9_000_000, 10_000_000), bik=bank.bik))


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
