"""What waits in the units of the department and for the administrator, by role."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Count, Q

from calculations.models import CalculationRun
from exchange.models import PensionDifference
from exchange.selectors.pension import has_pension_data
from offices.models import Job, Office, Role
from offices.money import count_with_noun
from payments.models import PaymentRegister, ReturnedPayment
from payments.selectors.lists import offices_without_list
from payments.selectors.registers import lines_to_register
from workplace.selectors.board import Board
from workplace.selectors.work.desk import Task

DISTRICTS = ("район", "района", "районов")
REGISTERS = ("реестр", "реестра", "реестров")
MOST_RUNS = 6
WAITING = {"state": "waiting"}
MOST_NAMES = 4
PAYING = frozenset({Role.RECEPTION, Role.REGISTRIES, Role.PAYMENTS})
RunStatus, RegisterStatus = CalculationRun.Status, PaymentRegister.Status
Due = Mapping[str, dt.date]


def tasks(
    *,
    roles: frozenset[str],
    office: Office | None,
    month: dt.date | None,
    on: dt.date,
    due: Due,
    board: Board | None,
) -> list[Task]:
    """Return the tasks of the department for the roles held, of one district where one is chosen."""
    found: list[Task] = []
    if roles & {Role.ADMINISTRATOR}:
        found += _broken_jobs()
    if month is None:
        return found
    if roles & {Role.VERIFIER}:
        found += _runs_to_review(office, month, due)
    if roles & {Role.VERIFIER, Role.DEPARTMENT_HEAD}:
        found += _returned_runs(office, month, due)
    if roles & PAYING:
        found += [*_pension(month, due), *_lists(month, due), *_unregistered(month, due)]
    if board and roles & PAYING:
        found += _registers_of_districts(board, due)
    if roles & (PAYING | {Role.ACCOUNTANT, Role.LEGAL}):
        found += _payment_registers(month, due)
    if roles & (PAYING | {Role.ACCOUNTANT}):
        found += _returns(office)
    if board and roles & {Role.DEPARTMENT_HEAD, Role.VERIFIER}:
        found += _late_districts(board, on)
    return found


def _runs_to_review(office: Office | None, month: dt.date, due: Due) -> Iterator[Task]:
    waiting = CalculationRun.objects.filter(month=month, status=RunStatus.SUBMITTED).select_related("office__district")
    if office:
        waiting = waiting.filter(office=office)
    runs = list(waiting.order_by("submitted_at", "pk"))
    for run in runs[:MOST_RUNS]:
        yield Task(f"Проверить начисления: {run.office.district}", f"расчёт № {run.number}", "3.13",
                   due.get("3.13"), "review-run", (run.pk,))  # fmt: skip
    if len(runs) > MOST_RUNS:
        rest = count_with_noun(len(runs) - MOST_RUNS, DISTRICTS)
        yield Task("Проверить остальные районы", f"ещё {rest} в очереди", "3.13", due.get("3.13"), "review")


def _returned_runs(office: Office | None, month: dt.date, due: Due) -> Iterator[Task]:
    returned = CalculationRun.objects.filter(month=month, status=RunStatus.RETURNED)
    again = CalculationRun.objects.filter(
        month=month, status__in=[RunStatus.CALCULATED, RunStatus.SUBMITTED, RunStatus.APPROVED]
    )
    waiting = returned.exclude(office__in=again.values("office"))
    if office:
        waiting = waiting.filter(office=office)
    names = sorted(set(waiting.values_list("office__district__name", flat=True)))
    if names:
        yield Task("Дождаться исправлений от районов", ", ".join(names), "3.13", due.get("3.13"), "review")


def _pension(month: dt.date, due: Due) -> Iterator[Task]:
    if not has_pension_data(month=month):
        yield Task("Принять сведения СФР", "файл за месяц ещё не принят", "3.4", due.get("3.4"), "pension-files")
        return
    waiting = PensionDifference.objects.filter(file__month=month, decision__in=PensionDifference.UNDECIDED).count()
    if waiting:
        number = count_with_noun(waiting, ("отличие", "отличия", "отличий"))
        yield Task(
            "Разобрать отличия сведений СФР", f"{number} от карточек", "3.4", due.get("3.4"), "pension", query=WAITING
        )


def _registers_of_districts(board: Board, due: Due) -> Iterator[Task]:
    handed = sum(row.cell("3.7").done_on is not None for row in board.rows)
    if handed < len(board.rows):
        fact = f"передано {handed} из {len(board.rows)}"
        yield Task("Сформировать и передать реестры районов", fact, "3.6", due.get("3.6"), "board")


def _lists(month: dt.date, due: Due) -> Iterator[Task]:
    waiting = offices_without_list(month)
    if waiting:
        fact = f"{count_with_noun(len(waiting), DISTRICTS)} утверждено, списка нет"
        yield Task("Сформировать списки на выплату", fact, "3.14", due.get("3.14"), "board")


def _unregistered(month: dt.date, due: Due) -> Iterator[Task]:
    waiting = lines_to_register(month).count()
    if waiting:
        number = count_with_noun(waiting, ("строка", "строки", "строк"))
        yield Task("Сформировать реестры в банк и на почту", f"{number} ждут реестра", "3.15", due.get("3.15"))


def _payment_registers(month: dt.date, due: Due) -> Iterator[Task]:
    told = PaymentRegister.objects.filter(month=month).aggregate(
        formed=Count("pk", filter=Q(status=RegisterStatus.FORMED)),
        released=Count("pk", filter=Q(status=RegisterStatus.RELEASED)),
    )
    if told["formed"]:
        fact = f"{count_with_noun(told['formed'], REGISTERS)} не отправлено"
        yield Task("Подписать и отправить реестры", fact, "3.15", due.get("3.15"), "documents")
    if told["released"]:
        fact = f"{count_with_noun(told['released'], REGISTERS)} без ответа"
        yield Task("Получить ответы банков и почты", fact, "3.15", due.get("3.15"), "documents")


def _returns(office: Office | None) -> Iterator[Task]:
    waiting = ReturnedPayment.objects.filter(outcome=ReturnedPayment.Outcome.OPEN)
    number = (waiting.filter(office=office) if office else waiting).count()
    if number:
        fact = count_with_noun(number, ("возврат ждёт решения", "возврата ждут решения", "возвратов ждут решения"))
        yield Task("Выяснить причины возвратов", fact, "3.15", route="recipients", query={"returned": "1"})


def _late_districts(board: Board, on: dt.date) -> Iterator[Task]:
    late = board.late
    if late:
        steps = count_with_noun(board.figures.late_steps, ("шаг", "шага", "шагов"))
        names = ", ".join(row.name for row in late[:MOST_NAMES]) + (" и другие" if len(late) > MOST_NAMES else "")
        fact = f"просрочено: {steps}, {count_with_noun(len(late), DISTRICTS)}: {names}"
        yield Task("Напомнить отстающим районам", fact, due_on=on, route="board")


def _broken_jobs() -> Iterator[Task]:
    broken = Job.objects.filter(state__in=[Job.State.FAILED, Job.State.QUARANTINED]).count()
    if broken:
        number = count_with_noun(broken, ("работа", "работы", "работ"))
        yield Task("Разобрать работы, которые не закончились", number, route="jobs")
