"""Items 3.14 and 3.15: lists, registers of banks and the post, their answers, and what came back."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from offices import files
from offices.models import Office, Role
from payments.models import PaymentList, PaymentRegister, ReturnedPayment
from payments.selectors.registers import banks_to_register, post_waits
from payments.services import lists, registers, returns
from payments.services.claims import confirm_requisites, give_requisites
from payments.services.lists import NothingToList
from recipients.models import PaymentChannel
from recipients.services import cards
from recipients.services.requisites import Requisites
from workplace.services.playing.heirs import account_brought
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.payers import ListSent, answer

ANSWERED_ON = dt.timedelta(days=2)
LISTS_BY, CONFIRMS_BY, CLARIFIES_BY = 0, 1, 0
CLARIFIED = "Получатель подтвердил реквизиты, выплату повторить."
CLARIFIED_ANEW = "Получатель представил новые реквизиты, выплату повторить по ним."


def make_lists(*, scene: Scene) -> None:
    """Play item 3.14: the list of every office whose run is approved."""
    by = scene.cast.one(Role.VERIFIER, place=LISTS_BY)
    for office in scene.offices:
        if not _lists(scene, office, PaymentList.Kind.REGULAR).exists():
            at = scene.timetable.at(Moment.LISTS)
            lists.build_payment_list(office=office, month=scene.month, by=by, at=at)


def add_what_came_back(*, scene: Scene) -> None:
    """Play the supplementary lists of item 3.15.4, before the month's first register is formed."""
    if PaymentRegister.objects.filter(month=scene.month).exists():
        return
    by = scene.cast.one(Role.PAYMENTS)
    for office in scene.offices:
        if _lists(scene, office, PaymentList.Kind.SUPPLEMENTARY).exists():
            continue
        try:
            at = scene.timetable.at(Moment.LISTS)
            lists.build_supplementary_list(office=office, month=scene.month, by=by, at=at)
        except NothingToList:
            continue


def hand_over_lists(*, scene: Scene) -> None:
    """Hand every list of the month over to the payments unit, by another person than its maker."""
    built = PaymentList.objects.filter(month=scene.month, office__in=scene.offices, status=PaymentList.Status.BUILT)
    by = scene.cast.one(Role.VERIFIER, place=CONFIRMS_BY)
    for made in built.order_by("office__name", "kind"):
        lists.hand_over_list(list_id=made.pk, by=by, at=scene.timetable.at(Moment.LISTS_HANDED))


def form_and_release(*, scene: Scene) -> None:
    """Play item 3.15.1: registers of every bank and the post, released by the head of the department."""
    by, at = scene.cast.one(Role.PAYMENTS), scene.timetable.at(Moment.PAYMENT_REGISTERS)
    for bik in banks_to_register(scene.month):
        registers.build_bank_register(bik=bik, month=scene.month, by=by, at=at)
    if post_waits(scene.month):
        registers.build_post_register(month=scene.month, by=by, at=at)
    formed = PaymentRegister.objects.filter(month=scene.month, status=PaymentRegister.Status.FORMED)
    head = scene.cast.one(Role.DEPARTMENT_HEAD)
    for register in formed.order_by("pk"):
        registers.release_register(register_id=register.pk, by=head, at=scene.timetable.at(Moment.RELEASE))


def record_answers(*, scene: Scene) -> None:
    """Play item 3.15.4: banks and the post answer, some payments come back and are cleared up."""
    at = scene.timetable.at(Moment.ANSWERS)
    sent = PaymentRegister.objects.filter(month=scene.month, status=PaymentRegister.Status.RELEASED)
    for register in sent.select_related("file").order_by("pk"):
        answered = answer(
            ListSent(files.read(register.file), register.bank_id or "", register.number, register.month),
            day=at.date() - ANSWERED_ON,
            seed=scene.seed,
            manners=scene.manners,
        )
        by = scene.cast.one(Role.PAYMENTS)
        returns.record_answer(register_id=register.pk, content=answered.content, name=answered.name, by=by, at=at)


def clear_up_returns(*, scene: Scene, only: Collection[int] | None = None) -> None:
    """Ask the recipients whose payment came back, or some of them; it goes into the next supplementary list."""
    opened = ReturnedPayment.objects.filter(line__list__month=scene.month, outcome=ReturnedPayment.Outcome.OPEN)
    related = opened.select_related(
        "reason", "office", "line__recipient", "line__payee", "line__channel", "line__heir_part__decision"
    )
    for returned in related.order_by("office__name", "line__payee_name", "pk"):
        if only is None or returned.pk in only:
            _clear_up(scene, returned)


@transaction.atomic
def _clear_up(scene: Scene, returned: ReturnedPayment) -> None:
    needs_new = returned.reason.needs_new_requisites
    if needs_new:
        _record_new_requisites(scene, returned)
    returns.clarify_return(
        returned_id=returned.pk,
        outcome=ReturnedPayment.Outcome.RELIST,
        clarification=CLARIFIED_ANEW if needs_new else CLARIFIED,
        by=scene.cast.one(Role.VERIFIER, place=CLARIFIES_BY),
        at=scene.timetable.at(Moment.CLARIFICATIONS),
    )


def _record_new_requisites(scene: Scene, returned: ReturnedPayment) -> None:
    """Record the requisites a payee brings; a recipient's serve every payment of theirs that came back."""
    brought = account_brought(scene=scene, person=returned.line.payee)
    if returned.line.heir_part is not None:
        _record_heirs_requisites(scene, returned, brought)
        return
    given = PaymentChannel.objects.filter(
        recipient=returned.line.recipient_id, valid_from=scene.timetable.on(Moment.NEW_REQUISITES)
    )
    if given.exists():
        return
    at = scene.timetable.at(Moment.NEW_REQUISITES)
    channel = cards.record_channel(
        recipient_id=returned.line.recipient_id,
        kind=brought.kind,
        payee=returned.line.payee,
        valid_from=scene.timetable.on(Moment.NEW_REQUISITES),
        bank=brought.bank,
        account=brought.account,
        by=scene.cast.of(returned.office, Role.INTAKE),
        at=at,
    )
    cards.confirm_channel(channel_id=channel.pk, by=scene.cast.of(returned.office, Role.HEAD), at=at)


def _record_heirs_requisites(scene: Scene, returned: ReturnedPayment, brought: Requisites) -> None:
    part = returned.line.heir_part
    assert part is not None, "the line is an heir's"
    at = scene.timetable.at(Moment.NEW_REQUISITES)
    by, head = scene.cast.of(returned.office, Role.INTAKE), scene.cast.of(returned.office, Role.HEAD)
    given = give_requisites(claim_id=part.decision.application_id, requisites=brought, by=by, at=at)
    confirm_requisites(requisites_id=given.pk, by=head, at=at)


def _lists(scene: Scene, office: Office, kind: str) -> "QuerySet[PaymentList]":
    return PaymentList.objects.filter(office=office, month=scene.month, kind=kind)
