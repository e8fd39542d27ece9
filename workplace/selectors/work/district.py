"""What waits in a district office, by role."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Count, Min, Q

from calculations.models import CalculationRun
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, PensionDifference
from exchange.selectors.protocols import OPEN, UNSENT, overdue
from offices.models import Office, Role
from offices.money import count_with_noun
from providers.selectors import reminders_for
from recipients.models import Application, Termination
from recipients.selectors import certificates_warned_until, changes_to_send, rights_with_certificates_ending
from workplace.selectors.work.desk import Task

ONE_DAY = dt.timedelta(days=1)
WAITING = {"state": "waiting"}
MOST_REMINDERS = 3
UNDECIDED = [Discrepancy.Decision.OPEN, Discrepancy.Decision.LATER]
FILES = ("файл", "файла", "файлов")
PROTOCOLS = ("протокол", "протокола", "протоколов")
DISCREPANCIES = ("расхождение", "расхождения", "расхождений")
Due = Mapping[str, dt.date]


def tasks(
    *, roles: frozenset[str], office: Office, month: dt.date | None, on: dt.date, due: Due, done: frozenset[str]
) -> list[Task]:
    """Return the tasks of a district office for the roles held; items in `done` are not asked for again."""
    found: list[Task] = []
    if roles & {Role.INTAKE, Role.HEAD}:
        found += _applications(office)
    if roles & {Role.INTAKE, Role.CALCULATION}:
        found += [*_changes(office, due), *_proposals(office, due)]
    if Role.INTAKE in roles:
        found += _certificates(office, on)
    if month and roles & {Role.EXCHANGE, Role.CHECKING, Role.CALCULATION, Role.HEAD}:
        found += [*_files(office, month, due, done), *_discrepancies(office, month, due)]
    if Role.CHECKING in roles:
        found += _protocols(office, on)
    if month and "3.12" not in done and roles & {Role.CALCULATION, Role.HEAD}:
        found += _run(office, month, due)
    if roles & {Role.HEAD}:
        found += _to_sign(office)
    if month:
        found += _reminders(office, month, due)
    return found


def _applications(office: Office) -> Iterator[Task]:
    waiting = Application.objects.filter(office=office, status=Application.Status.REGISTERED)
    told = waiting.aggregate(count=Count("pk"), first=Min("registered_at"))
    if told["count"]:
        number = count_with_noun(told["count"], ("заявление", "заявления", "заявлений"))
        yield Task("Принять решения по заявлениям", f"{number}, самое раннее от {told['first']:%d.%m.%Y}", "3.2")


def _changes(office: Office, due: Due) -> Iterator[Task]:
    number = changes_to_send(office=office).count()
    if number:
        fact = count_with_noun(number, ("изменение не передано", "изменения не переданы", "изменений не передано"))
        yield Task("Сообщить об изменениях в отдел выплат", fact, "3.5", due.get("3.5"))


def _certificates(office: Office, on: dt.date) -> Iterator[Task]:
    until = certificates_warned_until(on)
    ending = rights_with_certificates_ending(office=office, start=on + ONE_DAY, end=until + 2 * ONE_DAY).count()
    if ending:
        number = count_with_noun(ending, ("справка", "справки", "справок"))
        fact = f"{number} об инвалидности до {until:%d.%m.%Y}"
        yield Task("Предупредить об истекающих справках", fact, route="certificates")


def _proposals(office: Office, due: Due) -> Iterator[Task]:
    waiting = PensionDifference.objects.filter(office=office, decision__in=PensionDifference.UNDECIDED).count()
    if waiting:
        fact = count_with_noun(waiting, ("предложение ждёт", "предложения ждут", "предложений ждут"))
        yield Task("Решить по сведениям СФР и ЗАГС", f"{fact} решения", "3.5", due.get("3.5"), "pension", query=WAITING)


def _files(office: Office, month: dt.date, due: Due, done: frozenset[str]) -> Iterator[Task]:
    sent = Q(kind=ExchangeFile.Kind.REQUEST)
    answered = Q(kind=ExchangeFile.Kind.RETURN) & ~Q(status__in=ExchangeFile.NOT_STANDING)
    told = ExchangeFile.objects.filter(office=office, month=month).aggregate(
        asked=Count("provider", filter=sent, distinct=True),
        came=Count("provider", filter=answered, distinct=True),
        ready=Count("pk", filter=answered & Q(status=ExchangeFile.Status.VERIFIED)),
    )
    if told["came"] < told["asked"] and "3.9" not in done:
        fact = f"получено {told['came']} из {told['asked']}"
        yield Task("Принять файлы поставщиков", fact, "3.9", due.get("3.9"), "receiving")
    if told["ready"]:
        fact = f"{count_with_noun(told['ready'], FILES)} проверено и не загружено"
        yield Task("Загрузить проверенные файлы в расчёт", fact, "3.11", due.get("3.11"), "verification-queue")


def _discrepancies(office: Office, month: dt.date, due: Due) -> Iterator[Task]:
    waiting = Discrepancy.objects.filter(
        file__office=office,
        file__month=month,
        file__kind=ExchangeFile.Kind.RETURN,
        file__status=ExchangeFile.Status.VERIFIED,
        decision__in=UNDECIDED,
    )
    files = list(
        waiting.order_by()
        .values("file", "file__provider__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "file")
        .values_list("file", "file__provider__name", "count")
    )
    if len(files) > 3:
        number = count_with_noun(sum(count for *_, count in files), DISCREPANCIES)
        fact = f"{number} в {len(files)} файлах"
        yield Task("Проверить сведения поставщиков", fact, "3.10", due.get("3.10"), "verification-queue")
        return
    for file, provider, count in files:
        fact = count_with_noun(count, DISCREPANCIES)
        yield Task(f"Проверить сведения: {provider}", fact, "3.10", due.get("3.10"), "verification", (file,))


def _protocols(office: Office, on: dt.date) -> Iterator[Task]:
    """Tell of protocols that were never sent, and of those not answered in time, by the earliest term."""
    made = DiscrepancyProtocol.objects.filter(OPEN, office=office)
    late = overdue(on)
    told = made.aggregate(
        unsent=Count("pk", filter=UNSENT), late=Count("pk", filter=late), first=Min("answer_due_on", filter=late)
    )
    if told["unsent"]:
        fact = count_with_noun(told["unsent"], PROTOCOLS)
        yield Task("Отправить протоколы поставщикам", fact, "3.10", route="protocols", query={"state": "unsent"})
    if told["late"]:
        fact = f"{count_with_noun(told['late'], PROTOCOLS)} без ответа в срок"
        yield Task("Напомнить поставщикам о протоколах", fact, "3.10", told["first"], "protocols", query={"late": "1"})


def _run(office: Office, month: dt.date, due: Due) -> Iterator[Task]:
    runs = CalculationRun.objects.filter(office=office, month=month).exclude(status=CalculationRun.Status.DISCARDED)
    run = runs.order_by("-number").first()
    term = due.get("3.12")
    if run is None:
        yield Task("Рассчитать район и передать начисления", "расчёт ещё не запускали", "3.12", term, "run")
    elif run.status == CalculationRun.Status.CALCULATED:
        fact = f"расчёт № {run.number} готов"
        yield Task("Передать начисления в Департамент", fact, "3.12", term, "run-result", (run.pk,))
    elif run.status == CalculationRun.Status.RETURNED:
        fact = f"расчёт № {run.number} возвращён с замечаниями"
        yield Task("Исправить замечания Департамента", fact, "3.13", term, "run-result", (run.pk,))


def _to_sign(office: Office) -> Iterator[Task]:
    waiting = Termination.objects.filter(office=office, status=Termination.Status.PREPARED).count()
    if waiting:
        number = count_with_noun(waiting, ("решение", "решения", "решений"))
        yield Task("Подписать решения о прекращении выплаты", number, "3.16")


def _reminders(office: Office, month: dt.date, due: Due) -> Iterator[Task]:
    for reminder in reminders_for(office=office, month=month)[:MOST_REMINDERS]:
        fact = f"{reminder.day:%d.%m.%Y}, {reminder.by.full_name}: {reminder.text}"
        yield Task("Напоминание Департамента", fact, reminder.item, due.get(reminder.item), "board")
