"""In the month in progress some of the providers that are late were reminded by telephone."""

from exchange.models import ExchangeFile
from offices.models import Office, Role
from offices.months import month_name
from providers.models import Agreement, Provider, Reminder
from providers.services.reminders import Call, remind
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment

ITEM = "3.9"
EVERY = 2
"""One in so many was reminded: the others wait for somebody to do it."""


def call_some_silent(*, scene: Scene, office: Office) -> None:
    """Call one in two providers whose answer an office has not received; who was called before is left alone."""
    at = scene.timetable.at(Moment.REVIEW)
    text = f"Ответный файл за {month_name(scene.month)} не получен, срок по графику прошёл. Передайте файл сегодня."
    for provider in _silent(scene, office)[::EVERY]:
        if Reminder.objects.filter(office=office, provider=provider, month=scene.month, item=ITEM).exists():
            continue
        agreement = Agreement.objects.valid_on(at.date()).filter(office=office, provider=provider).first()
        call = Call(office=office, item=ITEM, text=text, provider=provider, told=agreement.contact if agreement else "")
        by = scene.cast.of(office, Role.EXCHANGE)
        remind(calls=[call], month=scene.month, way=Reminder.Way.PHONE, by=by, at=at)


def _silent(scene: Scene, office: Office) -> list[Provider]:
    files = ExchangeFile.objects.filter(office=office, month=scene.month)
    asked = files.filter(kind=ExchangeFile.Kind.REQUEST).values("provider")
    answered = files.filter(kind=ExchangeFile.Kind.RETURN).exclude(status__in=ExchangeFile.NOT_STANDING)
    silent = Provider.objects.filter(pk__in=asked).exclude(pk__in=answered.values("provider"))
    return list(silent.order_by("code"))
