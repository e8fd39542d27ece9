"""Item 3.10: providers are asked about recipients' debts and answer; a debt that a court confirmed suspends a payment."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Final

from calculations.models import DebtAnswer, DebtCourtAct, DebtRequest, Suspension
from calculations.services.debts import ask_about_debts, record_answer
from calculations.services.suspensions import confirm_suspension, enter_court_act, prepare_suspension
from housing.models import SupportedDwelling
from offices.models import Office, Role
from offices.months import shift_month
from providers.models import Provider, ServiceAccount
from recipients.models import Recipient
from workplace.services.playing.choosing import rights_on, some_offices
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.manners import dice

Outcome = DebtAnswer.Outcome
ASKED: Final = 4
ANSWERED: Final = (Outcome.DEBT, Outcome.NO_DEBT, Outcome.AGREEMENT)
"""The answers in their turn; about the last of those asked the provider keeps silent."""
OWED_MONTHS: Final = 6
AGO: Final = 9  # months before the one billed


def ask_and_suspend(*, scene: Scene) -> None:
    """Ask providers in some offices and write their answers down; in the first of them a court act suspends."""
    at = scene.timetable.at(Moment.DEBTS_ASKED)
    for place, office in enumerate(some_offices(scene=scene, what="debts")):
        request = ask(scene=scene, office=office, at=at)
        if request is not None:
            _answer(scene, request)
            if place == 0:
                _suspend(scene, request)


def ask(*, scene: Scene, office: Office, at: dt.datetime) -> DebtRequest | None:
    """Ask the provider with the most accounts about some recipients, unless it is asked; None where nobody has one."""
    known = DebtRequest.objects.filter(office=office, made_at=at).first()
    if known is not None:
        return known
    rights = rights_on(scene=scene, office=office, day=at.date(), what="debts")
    homes = dict(
        SupportedDwelling.objects.valid_on(at.date())
        .filter(recipient__in=[right.recipient_id for right in rights])
        .values_list("recipient_id", "dwelling_id")
    )
    accounts = ServiceAccount.objects.valid_on(at.date()).filter(dwelling__in=homes.values())
    pairs = set(accounts.values_list("provider__code", "dwelling_id"))
    most = Counter(code for code, _ in pairs)
    if not most:
        return None
    code = min(most, key=lambda one: (-most[one], one))
    people = [right.recipient_id for right in rights if (code, homes.get(right.recipient_id)) in pairs]
    return ask_about_debts(
        office=office,
        provider=Provider.objects.get(code=code),
        recipient_ids=people[:ASKED],
        by=scene.cast.of(office, Role.CALCULATION),
        at=at,
    )


def bring_court_act(*, scene: Scene, recipient: Recipient, provider: Provider, at: dt.datetime) -> DebtCourtAct:
    """Enter a court act about a debt at the provider, in force on the day, unless one is entered."""
    known = DebtCourtAct.objects.filter(recipient=recipient).first()
    if known is not None:
        return known
    throw = dice(scene.seed, scene.month, "court", recipient.case_number)
    in_force_on = at.date() - dt.timedelta(days=5)
    return enter_court_act(
        recipient_id=recipient.pk,
        provider_id=provider.pk,
        court=f"Мировой судья судебного участка № {throw.randint(1, 54)}",
        number=f"2-{throw.randint(200, 1900)}/{in_force_on.year}",
        decided_on=in_force_on - dt.timedelta(days=31),
        in_force_on=in_force_on,
        debt=_debt(scene, recipient),
        owed_since=shift_month(scene.month, -AGO),
        months=OWED_MONTHS,
        by=scene.cast.of(recipient.office, Role.CALCULATION),
        at=at,
    )


def _debt(scene: Scene, recipient: Recipient) -> Decimal:
    throw = dice(scene.seed, scene.month, "debt", recipient.case_number)
    return Decimal(throw.randint(600_000, 4_000_000)) / 100


def _answer(scene: Scene, request: DebtRequest) -> None:
    at = scene.timetable.at(Moment.DEBTS_ANSWERED)
    rows = request.answers.select_related("recipient__office").order_by("pk")
    for row, outcome in zip(rows, ANSWERED, strict=False):
        if row.outcome != Outcome.WAITING:
            continue
        owes = outcome != Outcome.NO_DEBT
        record_answer(
            answer_id=row.pk,
            outcome=outcome,
            answered_on=at.date(),
            document=f"письмо от {at:%d.%m.%Y} на запрос № {request.number}",
            debt=_debt(scene, row.recipient) if owes else None,
            owed_since=shift_month(scene.month, -AGO) if owes else None,
            months=OWED_MONTHS if owes else None,
            by=scene.cast.of(request.office, Role.CALCULATION),
            at=at,
        )


def _suspend(scene: Scene, request: DebtRequest) -> None:
    """Bring the court act about who owes and suspend the payment from the first of the next month."""
    owing = request.answers.filter(outcome=Outcome.DEBT).select_related("recipient__office").first()
    if owing is None:
        return
    at = scene.timetable.at(Moment.COURT_ACTS)
    act = bring_court_act(scene=scene, recipient=owing.recipient, provider=request.provider, at=at)
    made = Suspension.objects.filter(court_act=act).first()
    if made is None:
        by = scene.cast.of(request.office, Role.CALCULATION)
        made = prepare_suspension(recipient_id=owing.recipient_id, court_act_id=act.pk, by=by, at=at)
    if made.status == Suspension.Status.PREPARED:
        head, confirmed_at = scene.cast.of(request.office, Role.HEAD), scene.timetable.at(Moment.SUSPENSIONS_CONFIRMED)
        confirm_suspension(suspension_id=made.pk, by=head, at=confirmed_at)
