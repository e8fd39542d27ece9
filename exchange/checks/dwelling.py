"""Check (б) of item 3.10.1: total area, family, and whether it is the person and account asked about."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from exchange.checks.expectations import Expected
from exchange.checks.findings import Code, Finding
from exchange.checks.worth import BY_AREA, bills_of, kind_of, total
from exchange.layouts.exchanged import ParsedRow
from offices.money import format_quantity

_ALIKE = str.maketrans({"ё": "е", "–": "-", "—": "-", "’": "'", "`": "'"})  # code pages lack the typographic ones


def check_dwelling(row: ParsedRow, *, expected: Expected) -> Iterator[Finding]:
    """Hold a row's area and number of registered persons against the card.

    Source: Regulation 369, item 3.10.1 (б).
    """
    if row.total_area is not None and abs(row.total_area - expected.total_area) > expected.tolerances.area:
        yield Finding(
            Code.AREA,
            f"Общая площадь: в карточке {format_quantity(expected.total_area)} м², "
            f"у предприятия {format_quantity(row.total_area)} м².",
            expected=format_quantity(expected.total_area),
            found=format_quantity(row.total_area),
            difference=_worth_of_area(row, expected),
        )
    if row.residents is not None and row.residents != expected.residents:
        yield Finding(
            Code.RESIDENTS,
            f"Зарегистрировано: в карточке {expected.residents}, у предприятия {row.residents}.",
            expected=str(expected.residents),
            found=str(row.residents),
            difference=_worth_of_residents(row, expected),
        )


def check_identity(row: ParsedRow, *, expected: Expected) -> Iterator[Finding]:
    """Say when a row matched by one key carries another account or another person, or the provider found neither."""
    if row.matched is False:
        yield Finding(
            Code.ACCOUNT,
            f"Предприятие не нашло у себя счёт {expected.account}: в строке стоит признак «не найден».",
            expected=expected.account,
            found="не найден",
        )
    if row.account and normal(row.account) not in {normal(one) for one in (expected.account, *expected.also)}:
        yield Finding(
            Code.ACCOUNT,
            f"Лицевой счёт: в карточке {expected.account}, у предприятия {row.account}.",
            expected=expected.account,
            found=row.account,
        )
    if row.snils and expected.snils and row.snils != expected.snils:
        yield Finding(
            Code.PERSON,
            "СНИЛС в строке не тот, что в карточке: это может быть другой человек.",
            expected=expected.snils,
            found=row.snils,
        )
    name = f"{row.last_name} {row.first_name} {row.middle_name}"
    differs = row.last_name and normal(name) != normal(expected.full_name)
    born = row.birth_date is not None and row.birth_date != expected.birth_date
    if differs or born:
        name = " ".join(name.split())
        theirs = f"{name}, {row.birth_date:%d.%m.%Y}" if row.birth_date else name
        ours = f"{expected.full_name}, {expected.birth_date:%d.%m.%Y}"
        yield Finding(
            Code.PERSON,
            f"Человек: в карточке {ours}, у предприятия {theirs}.",
            expected=ours,
            found=theirs,
        )


def normal(text: str) -> str:
    """Return a name or account as it is compared: no case, ё as е, dashes and apostrophes of one kind, single spaces."""
    if text.isascii() and text.isdigit():  # as most accounts are
        return text
    return " ".join(text.casefold().translate(_ALIKE).split())


def _worth_of_area(row: ParsedRow, expected: Expected) -> Decimal | None:
    """Weigh the area: what is billed by it, as it is and as it would be by ours."""
    if not row.total_area:
        return None
    by_area = [bill for bill in bills_of(row.lines, expected) if kind_of(bill.service) in BY_AREA]
    share = expected.total_area / row.total_area
    ours = [replace(bill, billed=bill.billed * share) for bill in by_area]
    return total(by_area, expected=expected) - total(ours, expected=expected)


def _worth_of_residents(row: ParsedRow, expected: Expected) -> Decimal | None:
    """Weigh the number of registered persons: the share and the norm by theirs less those by ours."""
    if not row.residents or row.residents < 0:
        return None
    bills = bills_of(row.lines, expected)
    return total(bills, expected=with_residents(expected, row.residents)) - total(bills, expected=expected)


def with_residents(expected: Expected, residents: int) -> Expected:
    """Return what would be expected of a family of so many; all of them are entitled where they are fewer."""
    share = replace(expected.share, residents=residents, entitled=min(expected.share.entitled, residents))
    return replace(expected, share=share)
