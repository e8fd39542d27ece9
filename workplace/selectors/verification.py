"""Who decides about a file and who loads it, in words, for the page of the check (3.10, 3.11)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from calculations.models import CalculationRun
from calculations.selectors import HANDED_OVER
from exchange.models import Discrepancy, ExchangeFile
from offices.calendar import day_of
from offices.frame import Frame
from offices.models import Role, RoleGrant
from offices.months import month_name

DECIDERS = frozenset({Role.CHECKING})
"""Who decides about discrepancies and forms protocols."""
LOADERS = frozenset({Role.CALCULATION})
"""Who loads what stood the check into the month."""
Status = ExchangeFile.Status


@dataclass(frozen=True, slots=True)
class Rights:
    """What who looks may do with a file; `no_decision` and `no_loading` say why not and who may, or nothing."""

    no_decision: str
    no_loading: str

    @property
    def decides(self) -> bool:
        return not self.no_decision

    @property
    def loads(self) -> bool:
        return not self.no_loading


def rights_of(frame: Frame, file: ExchangeFile, /) -> Rights:
    """Say what who looks may do with the file now, in two queries at most."""
    people = _people(file, frame.on)
    closed = _closed(frame, file)
    return Rights(
        no_decision=closed or _no_decision(frame, file, people),
        no_loading=closed or _no_loading(frame, file, people) or handed_over(file),
    )


def _no_decision(frame: Frame, file: ExchangeFile, people: dict[str, list[str]]) -> str:
    if file.status == Status.SUPERSEDED:
        return "Файл заменён исправленным: решения принимают по новому файлу."
    if file.status not in {Status.VERIFIED, Status.LOADED}:
        return f"Решать ещё нечего: файл {file.get_status_display()}, сведения не проверены."
    checking = ", ".join(people[Role.CHECKING]) or "никто не назначен"
    if not frame.roles & DECIDERS:
        return f"Решения принимает специалист по проверке района: {checking}. Вам показано для сведения."
    if file.by_id == frame.staff.pk:
        others = ", ".join(name for name in people[Role.CHECKING] if name != frame.staff.full_name)
        return f"Вы приняли этот файл, поэтому решает другой специалист: {others or 'никто не назначен'}."
    return ""


def _no_loading(frame: Frame, file: ExchangeFile, people: dict[str, list[str]]) -> str:
    if file.status == Status.LOADED:
        assert file.loaded_at is not None, "a loaded file has its moment"
        return f"Файл загружен {day_of(file.loaded_at):%d.%m.%Y}."
    if file.status == Status.SUPERSEDED:
        return "Файл заменён исправленным: загружают новый файл."
    if file.status != Status.VERIFIED:
        return "Загружать ещё нечего: сведения не проверены."
    loading = ", ".join(people[Role.CALCULATION]) or "никто не назначен"
    if not frame.roles & LOADERS:
        return f"Загружает специалист по расчёту: {loading}."
    accepted = Discrepancy.objects.filter(file=file, decision=Discrepancy.Decision.ACCEPT, is_blocking=True)
    if file.verified_by_id == frame.staff.pk or accepted.filter(decided_by=frame.staff).exists():
        others = ", ".join(name for name in people[Role.CALCULATION] if name != frame.staff.full_name)
        return f"Вы проверяли этот файл, поэтому загружает другой специалист: {others or 'никто не назначен'}."
    return ""


def handed_over(file: ExchangeFile, /) -> str:
    """Say why nothing is loaded once the district's run of the month lies with the department; empty before."""
    if file.status != Status.VERIFIED:
        return ""
    run = CalculationRun.objects.filter(office=file.office_id, month=file.month, status__in=HANDED_OVER).first()
    if run is None:
        return ""
    return (
        f"Расчёт за {month_name(file.month)} передан в Департамент: загруженное в него уже не войдёт. "
        f"{'Примите файл в следующем открытом месяце.' if file.late_month else 'Попросите вернуть расчёт.'}"
    )


def _closed(frame: Frame, file: ExchangeFile) -> str:
    month = next((row for row in frame.months if row.month == file.month), None)
    if month is None or month.closed_at is None:
        return ""
    return (
        f"{month_name(file.month).capitalize()} закрыт {day_of(month.closed_at):%d.%m.%Y}, решения и загрузка "
        "невозможны. Исправления делайте перерасчётом в открытом месяце."
    )


def _people(file: ExchangeFile, on: dt.date) -> dict[str, list[str]]:
    grants = RoleGrant.objects.valid_on(on).filter(role__in=DECIDERS | LOADERS, staff__office=file.office_id)
    found: dict[str, list[str]] = defaultdict(list)
    for grant in grants.filter(staff__is_active=True).select_related("staff").order_by("staff__last_name", "pk"):
        found[grant.role].append(grant.staff.full_name)
    return found
