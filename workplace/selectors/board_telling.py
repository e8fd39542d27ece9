"""What each item of a district's month says in words: how far it is, what is missing, what that costs."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from calculations.models import CalculationRun, ReviewDecision
from exchange.models import RecipientRegister
from exchange.selectors.verified_files import held_in_month
from offices.models import HeldAmount, Office
from offices.money import choose_form, count_with_noun, format_roubles
from offices.months import month_name
from recipients.selectors import changes_to_send
from workplace.selectors.board import ITEM_BY_CODE, Row
from workplace.selectors.board_missing import (
    Missing,
    Stakes,
    stakes_of,
    stakes_of_office,
    without_acknowledgement,
    without_answer,
    without_check,
    without_loading,
)
from workplace.wording import reason_in_words

RECIPIENTS = ("получатель", "получателя", "получателей")


@dataclass(frozen=True, slots=True)
class Told:
    """What one item of a district's month says: the figure, the bar, the sentences, the providers it waits for."""

    headline: str = ""
    done: int = 0
    total: int = 0
    sentences: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    is_of_providers: bool = False


def told_of(*, row: Row, item: str, month: dt.date) -> Told:
    """Say how far an item of the row's district is and what it waits for; few queries, whatever the files."""
    return TELLERS[item](row, month)


def _changes(row: Row, month: dt.date) -> Told:
    if row.facts.changes_sent_at:
        return Told("Изменения отправлены")
    waiting = changes_to_send(office=row.office).count()
    waits = (
        f"Внесено и ждёт отправки: {waiting}." if waiting else "Внесённых изменений нет, но сообщить нужно и об этом."
    )
    return Told("Изменения не отправлены", sentences=(waits, *_at_stake(_stakes_of_district(row, month))))


def _register(row: Row, month: dt.date) -> Told:
    facts = row.facts
    if facts.register_status == "rejected":
        return Told("Реестр отклонён", sentences=_rejection(row.office, month))
    if facts.register_built_at:
        return Told(f"В реестре {count_with_noun(facts.register_rows, RECIPIENTS)}")
    return Told("Реестра ещё нет", sentences=_at_stake(_stakes_of_district(row, month)))


def _handed(row: Row, month: dt.date) -> Told:
    facts = row.facts
    if facts.register_status == "rejected":
        return Told("Реестр отклонён", sentences=_rejection(row.office, month))
    if facts.register_status == "handed_over":
        return Told("Реестр передан, отдел его не принял", sentences=("Реестр принимает или отклоняет отдел района.",))
    if facts.register_status == "accepted":
        return Told(f"Принято: {count_with_noun(facts.register_rows, RECIPIENTS)}")
    return Told("Реестр не передан", sentences=_at_stake(_stakes_of_district(row, month)))


def _requests(row: Row, month: dt.date) -> Told:
    files = row.facts.files
    if row.facts.requests_sent_at is None:
        return Told("Файлы поставщикам не выгружены", sentences=_at_stake(_stakes_of_district(row, month)))
    silent = tuple(without_acknowledgement(office=row.office, month=month))
    held = HeldAmount.objects.filter(balance__office=row.office, balance__month=month, balance__item="3.8")
    left_out = [f"{reason_in_words(reason)} — {rows}" for reason, rows in held.values_list("reason", "rows")]
    sentences = (f"Не запрошены: {', '.join(left_out)}.",) if left_out else ()
    if silent:
        sentences = (f"Получение не подтвердили: {len(silent)} из {files.asked}.", *sentences)
    headline = f"Выгружено {count_with_noun(files.asked, ('файл', 'файла', 'файлов'))}"
    return Told(headline, files.asked - len(silent), files.asked, sentences, silent, is_of_providers=bool(silent))


def _answers(row: Row, month: dt.date) -> Told:
    files = row.facts.files
    if row.facts.requests_sent_at is None:
        return Told("Запросы ещё не отправлены")
    missing = tuple(without_answer(office=row.office, month=month))
    word = choose_form(files.asked, ("файла", "файлов", "файлов"))
    return Told(
        f"{files.taken} из {files.asked} {word}",
        files.taken,
        files.asked,
        _lost(row, month, missing, "Без этих файлов"),
        missing,
        is_of_providers=bool(missing),
    )


def _verified(row: Row, month: dt.date) -> Told:
    files = row.facts.files
    missing = tuple(without_check(office=row.office, month=month))
    questions = sum(one.questions for one in missing)
    forms = ("расхождение не решено", "расхождения не решены", "расхождений не решено")
    asked = (f"{count_with_noun(questions, forms).capitalize()}.",) if questions else ()
    lost = _lost(row, month, missing, "Без проверки")
    said = (*asked, *_held_back(row, month), *lost)
    return Told(f"Проверено {files.verified} из {files.taken}", files.verified, files.taken, said, missing)


def _loaded(row: Row, month: dt.date) -> Told:
    files = row.facts.files
    missing = tuple(without_loading(office=row.office, month=month))
    lost = _lost(row, month, missing, "Без загрузки")
    said = (*_held_back(row, month), *lost)
    return Told(f"Загружено {files.loaded} из {files.taken}", files.loaded, files.taken, said, missing)


def _run(row: Row, month: dt.date) -> Told:
    facts = row.facts
    headlines = {
        "draft": "Расчёт выполняется",
        "calculated": "Рассчитано, не передано",
        "submitted": "Передано в Департамент",
        "approved": "Передано в Департамент",
        "returned": "Возвращено: рассчитать заново",
    }
    sentences = _return_reason(row.office, month) if facts.run_status == "returned" else ()
    if facts.run_status in {"calculated", "submitted", "approved"}:
        people = count_with_noun(facts.accrued_to, RECIPIENTS)
        sentences = (f"{people}, {format_roubles(facts.accrued)}.",)
    else:
        sentences = (*sentences, *_held_up(row), *_at_stake(_stakes_of_district(row, month)))
    return Told(headlines.get(facts.run_status, "Расчёта ещё нет"), sentences=sentences)


def _review(row: Row, month: dt.date) -> Told:
    facts = row.facts
    if facts.run_status == "returned":
        return Told("Расчёт возвращён району", sentences=_return_reason(row.office, month))
    if facts.run_status not in {"submitted", "approved"}:
        return Told("Район ещё не передал начисления", sentences=_held_up(row))
    people = f"{count_with_noun(facts.accrued_to, RECIPIENTS)}, {format_roubles(facts.accrued)}."
    verdicts = ReviewDecision.objects.filter(accrual__run__office=row.office, accrual__run__month=month)
    wrong = verdicts.filter(verdict=ReviewDecision.Verdict.WRONG, accrual__run__status="submitted").count()
    remarks = (f"Замечаний: {wrong}.",) if wrong else ()
    headline = "Принято" if facts.run_status == "approved" else f"Проверено начислений: {facts.reviewed}"
    return Told(headline, sentences=(people, *remarks))


TELLERS: dict[str, Callable[[Row, dt.date], Told]] = {
    "3.5": _changes,
    "3.6": _register,
    "3.7": _handed,
    "3.8": _requests,
    "3.9": _answers,
    "3.10": _verified,
    "3.11": _loaded,
    "3.12": _run,
    "3.13": _review,
}


def _stakes_of_district(row: Row, month: dt.date) -> Stakes:
    return stakes_of_office(office=row.office, month=month, recipients=row.facts.register_rows)


def _held_back(row: Row, month: dt.date) -> tuple[str, ...]:
    """Say what discrepancies keep from being loaded, whatever became of the rest of their files."""
    held = held_in_month(office=row.office, month=month)
    if not held.rows:
        return ()
    lines = count_with_noun(held.rows, ("начисление", "начисления", "начислений"))
    return (f"Удержано протоколом: {lines} на {format_roubles(held.roubles)}.",)


def _lost(row: Row, month: dt.date, missing: Sequence[Missing], lead: str) -> tuple[str, ...]:
    if not missing:
        return ()
    stakes = stakes_of(office=row.office, month=month, providers=[one.provider for one in missing])
    people = count_with_noun(stakes.recipients, ("получателю", "получателям", "получателям"))
    return (f"{lead} {people} не начислим эквивалент по этим счетам.", *_money(stakes, "по этим же счетам"))


def _at_stake(stakes: Stakes) -> tuple[str, ...]:
    if not stakes.recipients:
        return ()
    people = count_with_noun(stakes.recipients, ("получателя", "получателей", "получателей"))
    return (f"Это задерживает выплату для {people} района.", *_money(stakes, "району"))


def _money(stakes: Stakes, whose: str) -> tuple[str, ...]:
    if stakes.roubles is None:
        return ()
    return (f"За {month_name(stakes.month)} {whose} начислено {format_roubles(stakes.roubles)}.",)


def _held_up(row: Row) -> tuple[str, ...]:
    """Name the first item before the run that is not done: the run waits for it."""
    before = next((cell for cell in row.cells if cell.done_on is None and cell.item not in {"3.12", "3.13"}), None)
    if before is None:
        return ()
    item = ITEM_BY_CODE[before.item]
    fact = f": {before.fact}" if before.fact else ""
    return (f"Не закончено раньше: п. {item.code} «{item.title}»{fact}.",)


def _rejection(office: Office, month: dt.date) -> tuple[str, ...]:
    found = RecipientRegister.objects.filter(office=office, month=month, status="rejected").order_by("-number").first()
    return (f"Причина: {found.rejection_reason}",) if found else ()


def _return_reason(office: Office, month: dt.date) -> tuple[str, ...]:
    found = CalculationRun.objects.filter(office=office, month=month, status="returned").order_by("-number").first()
    return (f"Причина возврата: {found.return_reason}",) if found else ()
