"""Providers answer the request files they got: filled, spoiled, cut short, late or not at all (3.9)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from exchange.dbf.writing import write_dbf
from exchange.layouts.exchanged import ReturnedAnswer
from exchange.layouts.filling import fill_return
from exchange.layouts.model import Kind as LayoutKind
from exchange.layouts.model import Layout
from exchange.layouts.names import file_name, parse_name
from exchange.layouts.readable import Readable
from exchange.layouts.recognition import open_table
from offices.months import shift_month
from workplace.simulation.asked import AskedRow, asked_rows
from workplace.simulation.billing import Household, bill
from workplace.simulation.books import Account
from workplace.simulation.cells import Edit, edited
from workplace.simulation.drafts import Carried, Draft
from workplace.simulation.manners import Answer, Delivery, Kind, Manners, Planted, dice
from workplace.simulation.other_faults import spoil_otherwise
from workplace.simulation.row_faults import spoil
from workplace.simulation.season import in_season, is_seasonal
from workplace.simulation.spoiling import Around
from workplace.simulation.strangers import stranger

OTHER_CODE_PAGE = "cp1251"
CUT_SHORT_BY = 37
AGAIN_AFTER_DAYS, LATE_BY_DAYS = 2, 3


@dataclass(frozen=True, slots=True)
class Request:
    """A request file as a provider got it, and what the provider has in its books.

    `before` are the sums accepted the month before, by physical row and service.
    """

    name: str
    content: bytes
    layout: Layout
    provider_code: str
    provider_name: str
    office_code: str
    month: dt.date
    accounts: Mapping[str, Account]
    before: Mapping[tuple[int, str], Decimal]


def answer(request: Request, *, seed: int, manners: Manners) -> Answer:
    """Answer a request as this provider does in this month; the same dice give the same bytes."""
    throw = dice(seed, request.month, request.office_code, request.provider_code)
    if throw.random() < manners.silent:
        return Answer((), (Planted(Kind.SILENT, "no_answer", request.name),))
    table = open_table(request.layout, request.content)
    drafts, planted = _drafts(request, table, throw, seed, manners)
    return _delivered(request, table, drafts, planted, throw, manners)


def _drafts(
    request: Request, table: Readable, throw: Random, seed: int, manners: Manners
) -> tuple[list[Draft], tuple[Planted, ...]]:
    asked = list(asked_rows(request.layout, table))
    carried = Carried.by(request.layout)
    drafts: list[Draft] = []
    planted: list[Planted] = []
    others = dice(seed, request.month, request.office_code, request.provider_code, "other faults")
    for row in asked:
        around = Around(throw, request.month, carried)
        right = _right(row, request, seed, manners)
        if len(asked) > 1 and throw.random() < manners.missing:
            planted.append(Planted(Kind.MISSING, "E04", request.name, None, row.account, row.service))
            continue
        spoiled = spoil(right, around, manners) or spoil_otherwise(right, replace(around, throw=others), manners)
        drafts.append(right if spoiled is None else spoiled.draft)
        here = len(drafts)
        if spoiled is not None:
            planted.append(Planted(spoiled.kind, spoiled.code, request.name, here, row.account, spoiled.service))
        planted += [
            Planted(Kind.MIXED_TARIFF, "E13", request.name, here, row.account, service)
            for service in _mixed(drafts[-1], carried)
        ]
        if spoiled is None and throw.random() < manners.duplicate:
            drafts.append(right)
            planted.append(Planted(Kind.DUPLICATE, "E05", request.name, here + 1, row.account, row.service))
        if throw.random() < manners.stranger:
            drafts.append(_strange(right, request, throw))
            planted.append(Planted(Kind.STRANGER, "E03", request.name, len(drafts), drafts[-1].account))
    if not any(draft.person is None for draft in drafts):
        return [_right(row, request, seed, manners) for row in asked], ()
    return drafts, tuple(planted)


def _right(row: AskedRow, request: Request, seed: int, manners: Manners) -> Draft:
    """Bill what the books hold of the row's account, as the layout lets it be told."""
    account = request.accounts.get(row.account)
    if account is None:
        return Draft(row.account, ReturnedAnswer(matched=False), row_no=row.row_no)
    household = Household(row.area or account.household.area, row.residents or account.household.residents)
    services = {
        code: replace(service, billed_before=request.before.get((row.row_no, code)))
        for code, service in sorted(account.services.items())
        if request.layout.carries(code) and row.service in ("", code)
    }
    lines = tuple(
        replace(
            bill(*_dice_of(request, row.account, code, seed), service, household),
            provider_name=request.provider_name[:30],
        )
        for code, service in services.items()
    )
    if is_seasonal(request.provider_code, seed=seed, manners=manners):
        lines = tuple(in_season(line, month=request.month) for line in lines)
    told = ReturnedAnswer(
        residents=household.residents, living=household.residents, total_area=household.area, lines=lines
    )
    return Draft(row.account, told, dict(services), row_no=row.row_no)


def _mixed(draft: Draft, carried: Carried) -> list[str]:
    """Return the services that the row bills by the tariff of the books, mixed by a change inside the month."""
    told = draft.answer.lines if "line.tariff" in carried.roles else ()
    of_books = [(line, draft.services.get(line.service)) for line in told if line.billed is not None]
    return [line.service for line, books in of_books if books and books.is_mixed and line.tariff == books.tariff]


def _dice_of(request: Request, account: str, code: str, seed: int) -> tuple[Random, Random]:
    """Give the habit of a household, the same every month, and the month's own throw; one for all who share it."""
    names = (request.provider_code, account, code)
    return dice(seed, dt.date.min, *names), dice(seed, request.month, *names)


def _strange(like: Draft, request: Request, throw: Random) -> Draft:
    lines = like.answer.lines[:1]
    person = stranger(throw, services=tuple(line.service for line in lines) or ("02",))
    if request.layout.kind is LayoutKind.SINGLE:
        person = replace(person, account=person.account[:9])
    told = replace(like.answer, lines=lines)
    return Draft(person.account, told, dict(like.services), person=person)


def _delivered(
    request: Request,
    table: Readable,
    drafts: Sequence[Draft],
    planted: tuple[Planted, ...],
    throw: Random,
    manners: Manners,
) -> Answer:
    spoilings = (
        (manners.wrong_month, _of_wrong_month),
        (manners.wrong_code_page, _in_wrong_code_page),
        (manners.truncated, _cut_short),
        (manners.late, _late),
    )
    rows = [draft.row for draft in drafts]
    content = fill_return(request.layout, table, rows, month=request.month)
    right = Delivery(request.name, edited(content, request.layout, _edits(drafts)))
    chance, again = throw.random(), throw.random() < manners.sent_again
    for rate, spoiling in spoilings:
        if chance < rate:
            return spoiling(_Filled(request, table, drafts, right, planted, again=again))
        chance -= rate
    return Answer((right,), planted)


def _edits(drafts: Sequence[Draft]) -> list[Edit]:
    return [Edit(row, *cell) for row, draft in enumerate(drafts, start=1) for cell in draft.cells]


@dataclass(frozen=True, slots=True)
class _Filled:
    request: Request
    table: Readable
    drafts: Sequence[Draft]
    right: Delivery
    planted: tuple[Planted, ...]
    again: bool


def _of_wrong_month(filled: _Filled) -> Answer:
    """Send last month's file: by its name where the rows do not tell the month, by its rows where they do."""
    request, before = filled.request, shift_month(filled.request.month, -1)
    layout = request.layout
    if any(field.subject == "file" for field in layout.fields):
        rows = [draft.row for draft in filled.drafts]
        wrong = Delivery(request.name, fill_return(layout, filled.table, rows, month=before))
    else:
        wrong = Delivery(_name_of(layout, request.name, before), filled.right.content)
    return Answer((wrong,), (Planted(Kind.WRONG_MONTH, "wrong_month", wrong.name),))


def _name_of(layout: Layout, name: str, month: dt.date) -> str:
    parts = parse_name(layout, name)
    assert parts is not None, "a request is named by its layout's mask"
    return file_name(layout, month=month, district=parts.district or "", provider=parts.provider or "")


def _in_wrong_code_page(filled: _Filled) -> Answer:
    """Save the file in another code page; where the layout accepts any, nothing is wrong."""
    layout = filled.request.layout
    table = open_table(layout, filled.right.content)
    rows = (row.values for row in table.rows())
    other = write_dbf(table.fields, rows, encoding=OTHER_CODE_PAGE, version=layout.dbase)
    wrong = Delivery(filled.right.name, edited(other, layout, _edits(filled.drafts)))
    if layout.encoding == "auto":
        return Answer((wrong,), filled.planted)
    return _sent_again(filled, wrong, Planted(Kind.WRONG_CODE_PAGE, "wrong_encoding", wrong.name))


def _cut_short(filled: _Filled) -> Answer:
    wrong = Delivery(filled.right.name, filled.right.content[:-CUT_SHORT_BY])
    return _sent_again(filled, wrong, Planted(Kind.TRUNCATED, "truncated", wrong.name))


def _late(filled: _Filled) -> Answer:
    late = replace(filled.right, days_later=LATE_BY_DAYS)
    return Answer((late,), (*filled.planted, Planted(Kind.LATE, "", late.name)))


def _sent_again(filled: _Filled, wrong: Delivery, refused: Planted) -> Answer:
    if not filled.again:
        return Answer((wrong,), (refused,))
    return Answer((wrong, replace(filled.right, days_later=AGAIN_AFTER_DAYS)), (refused, *filled.planted))


def planted_in(answers: Sequence[Answer]) -> Iterator[Planted]:
    """Give everything planted in the answers."""
    for one in answers:
        yield from one.planted
