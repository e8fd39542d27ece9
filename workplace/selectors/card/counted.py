"""Who was counted in a month: how many are registered, whose the right is, on which days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from calculations.rules.inputs import Period
from offices.money import choose_form
from workplace.selectors.card.sources import Replayed


def people_counted(lines: Iterable[Replayed], persons: Mapping[str, str]) -> tuple[str, ...]:
    """Say each household that the bills of the month itself were shared among; most months have one."""
    told = [_sentence(period, persons) for period in _periods(lines)]
    return tuple(dict.fromkeys(told))


def _periods(lines: Iterable[Replayed]) -> Iterator[Period]:
    for one in lines:
        if one.stored is not None and one.line.is_of_its_month and one.line.fuel_part_id is None:
            yield from one.stored.inputs.periods


def _sentence(period: Period, persons: Mapping[str, str]) -> str:
    is_whole = period.days == period.days_in_month
    when = "Весь месяц" if is_whole else f"{period.days} из {period.days_in_month} дней месяца"
    count = choose_form(period.residents, ("человек", "человека", "человек"))
    told = f"{when}: {_are(period.residents)} {period.residents} {count}, право у {period.entitled}"
    entitled = _named(period.entitled_ids, persons)
    others = _named([pk for pk in period.resident_ids if pk not in period.entitled_ids], persons)
    whose = [f"право: {entitled}"] if entitled else []
    whose += [f"без права на меру: {others}"] if others else []
    return f"{told} ({'; '.join(whose)})." if whose else f"{told}."


def _are(count: int) -> str:
    return choose_form(count, ("зарегистрирован", "зарегистрированы", "зарегистрированы"))


def _named(ids: Sequence[str], persons: Mapping[str, str]) -> str:
    return ", ".join(persons[pk] for pk in ids if pk in persons)
