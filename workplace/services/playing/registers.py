"""Items 3.6 to 3.8: registers are built, handed over and answered; providers get their request files."""

from exchange.models import ExchangeFile, RecipientRegister
from exchange.selectors.registers import standing_register
from exchange.services import registers
from exchange.services.requests import acknowledge_request, export_request_files
from offices.models import HandoverBalance, Office, Role
from workplace.services.playing import region_files
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

Status = RecipientRegister.Status
REJECTION = "Файл реестра на носителе не читается. Передайте реестр ещё раз."


def build(*, scene: Scene) -> None:
    """Play item 3.6: a register for every office, a second one where the first was rejected."""
    for office in scene.offices:
        if standing_register(office=office, month=scene.month) is None:
            _build(scene, office)


def hand_over(*, scene: Scene) -> None:
    """Play item 3.7: registers go to the offices; one office rejects its first and accepts the second."""
    for office in scene.offices:
        _hand_over(scene, office)
        _answer(scene, office)
        if standing_register(office=office, month=scene.month) is None:
            _build(scene, office)
            _hand_over(scene, office)
            _answer(scene, office)


def send_requests(*, scene: Scene) -> None:
    """Play item 3.8: request files go out and every provider says that it got its own."""
    for office in scene.offices:
        clerk = scene.cast.of(office, Role.EXCHANGE)
        if not HandoverBalance.objects.filter(office=office, month=scene.month, item="3.8").exists():
            sent_at = scene.timetable.at(Moment.REQUESTS)
            export_request_files(office=office, month=scene.month, by=clerk, at=sent_at)
        sent = ExchangeFile.objects.filter(
            kind=ExchangeFile.Kind.REQUEST, office=office, month=scene.month, status=ExchangeFile.Status.SENT
        )
        for request in sent.select_related("provider").order_by("provider__code"):
            who = f"{request.provider}, группа приёма"[:150]
            acknowledge_request(file_id=request.pk, who=who, at=scene.timetable.at(Moment.ACKNOWLEDGED))
    region_files.send(scene=scene)


def _is_second(scene: Scene, office: Office) -> bool:
    rejected = RecipientRegister.objects.filter(office=office, month=scene.month, status=Status.REJECTED)
    return rejected.exists()


def _build(scene: Scene, office: Office) -> None:
    moment = Moment.REGISTERS_AGAIN if _is_second(scene, office) else Moment.REGISTERS
    by = scene.cast.one(Role.REGISTRIES)
    registers.build_register(office=office, month=scene.month, by=by, at=scene.timetable.at(moment))


def _hand_over(scene: Scene, office: Office) -> None:
    register = standing_register(office=office, month=scene.month)
    if register is None or register.status != Status.FROZEN:
        return
    moment = Moment.REGISTERS_HANDED_AGAIN if _is_second(scene, office) else Moment.REGISTERS_HANDED
    by = scene.cast.one(Role.REGISTRIES)
    registers.hand_over_register(register_id=register.pk, by=by, at=scene.timetable.at(moment))


def _answer(scene: Scene, office: Office) -> None:
    register = standing_register(office=office, month=scene.month)
    if register is None or register.status != Status.HANDED_OVER:
        return
    by = scene.cast.of(office, Role.EXCHANGE)
    if office == scene.chosen and not _is_second(scene, office):
        at = scene.timetable.at(Moment.REGISTERS_ANSWERED)
        registers.reject_register(register_id=register.pk, reason=REJECTION, by=by, at=at)
        return
    moment = Moment.REGISTERS_ANSWERED_AGAIN if _is_second(scene, office) else Moment.REGISTERS_ANSWERED
    registers.accept_register(register_id=register.pk, by=by, at=scene.timetable.at(moment))
