"""What is said of a long action: by its kind, its state and its result."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import get_current_timezone

from offices.jobs import MOST_ATTEMPTS
from offices.models import Job
from offices.money import choose_form, format_number

Forms = tuple[str, str, str]
LONG_WAIT = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind of job is told: what is done («Проверено»), of what («строк»: genitive of 1, 2, 5), its next step.

    `goes_to` is the route that shows what the job was about and `link` its words; `named_by` is the fact of the
    result that the route takes, empty for a page of the month and district. `counted` is the fact of the result that
    tells how much succeeded where the job does not say so itself; `again` says what to do after a failure.
    """

    title: str
    verb: str
    units: Forms
    goes_to: str
    link: str
    named_by: str = ""
    counted: str = ""
    again: str = "Устраните причину и запустите работу снова: сделанное до остановки сохранено."


ROWS: Forms = ("строки", "строк", "строк")
WORDINGS: Mapping[str, Wording] = {
    "receive_return": Wording("Приём файла", "Прочитано", ROWS, "exchange-file", "Открыть файл", named_by="file"),
    "receive_region": Wording(
        "Приём сводного файла", "Прочитано", ROWS, "region-file", "Открыть сводный файл", named_by="file"
    ),
    "verify_return": Wording("Проверка файла", "Проверено", ROWS, "verification", "Открыть проверку", named_by="file"),
    "load_return": Wording(
        "Загрузка начислений",
        "Загружено",
        ("начисления", "начислений", "начислений"),
        "verification",
        "Открыть файл",
        named_by="file",
    ),
    "take_people": Wording("Приём списка людей", "Прочитано", ROWS, "pension-file", "Открыть список", named_by="file"),
    "calculate_run": Wording(
        "Расчёт района",
        "Рассчитано",
        ("назначения", "назначений", "назначений"),
        "run",
        "Открыть расчёт",
        counted="recipients",
    ),
    "rehearse": Wording(
        "Репетиция",
        "Пересчитано",
        ("получателя", "получателей", "получателей"),
        "rehearsal",
        "Открыть итог",
        named_by="rehearsal",
    ),
    "build_lists": Wording(
        "Списки на выплату",
        "Сформировано",
        ("списка", "списков", "списков"),
        "documents",
        "Открыть документы",
        counted="lists",
    ),
    "form_registers": Wording(
        "Реестры на выплату",
        "Сформировано",
        ("реестра", "реестров", "реестров"),
        "documents",
        "Открыть документы",
        counted="registers",
    ),
    "demo_region": Wording(
        "Учебная область",
        "Создано",
        ("получателя", "получателей", "получателей"),
        "home",
        "Открыть рабочее место",
        counted="rights",
    ),
}
UNKNOWN = Wording("Работа", "Сделано", ("части", "частей", "частей"), "home", "Открыть рабочее место")


def wording_of(kind: str) -> Wording:
    """Return how a kind is told; one that no page starts is told in general words."""
    return WORDINGS.get(kind, UNKNOWN)


def clock(moment: dt.datetime) -> str:
    """Write the time of a moment in the region's zone: «11:32»."""
    return f"{moment.astimezone(get_current_timezone()):%H:%M}"


def day_month(moment: dt.datetime) -> str:
    """Write the day of a moment in the region's zone: «18.11»."""
    return f"{moment.astimezone(get_current_timezone()):%d.%m}"


def how_far(done: int, total: int, wording: Wording, left: dt.timedelta | None) -> str:
    """«Проверено 812 из 1 248 строк, осталось около 6 секунд»."""
    if not total:
        return "Работа начата, считаем, сколько предстоит сделать."
    of = f"{format_number(total, places=0)} {choose_form(total, wording.units)}"
    said = f"{wording.verb} {format_number(done, places=0)} из {of}"
    if left is None:
        return f"{said}. Сколько осталось, станет видно через секунду-две."
    return f"{said}, осталось {span(left)}"


def span(left: dt.timedelta) -> str:
    """«около 6 секунд», «около 2 минут», «меньше секунды»."""
    seconds = round(left.total_seconds())
    if seconds < 1:
        return "меньше секунды"
    if seconds < 60:
        return f"около {seconds} {choose_form(seconds, ('секунды', 'секунд', 'секунд'))}"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"около {minutes} {choose_form(minutes, ('минуты', 'минут', 'минут'))}"
    hours = round(minutes / 60)
    return f"около {hours} {choose_form(hours, ('часа', 'часов', 'часов'))}"


def waiting(job: Job, now: dt.datetime) -> str:
    """Say of a queued job whether it waits as usual."""
    if now - job.requested_at < LONG_WAIT:
        return "В очереди. Начнётся, как только освободится обработчик: обычно это несколько секунд."
    return (
        f"Ждёт в очереди с {clock(job.requested_at)}, дольше обычного. Она не потеряется и начнётся сама; "
        "если через 10 минут не начнётся, сообщите администратору."
    )


def lost(job: Job) -> str:
    """Say of a job whose worker stopped answering what happens next."""
    since = clock(job.lease_until) if job.lease_until else clock(job.requested_at)
    return (
        f"Обработчик не отвечает с {since}. В течение минуты работу подхватит другой и продолжит с того же места "
        f"(попытка {job.attempts + 1}, без продвижения — не больше {MOST_ATTEMPTS})."
    )


def counts_of(result: Mapping[str, Any], wording: Wording) -> tuple[int, int, int]:
    """Return how much succeeded, warned and failed, as the job counted it."""
    succeeded = result.get("succeeded", result.get(wording.counted, 0) if wording.counted else 0)
    return int(succeeded), int(result.get("warnings", 0)), int(result.get("errors", 0))


def outcome(counts: tuple[int, int, int]) -> str:
    """«Готово. Успешно: 1 187. Предупреждений: 38. Ошибок: 23»."""
    succeeded, warnings, errors = (format_number(number, places=0) for number in counts)
    return f"Готово. Успешно: {succeeded}. Предупреждений: {warnings}. Ошибок: {errors}"
