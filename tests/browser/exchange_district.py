"""A district that asked 28 providers, and the thirty files they bring: right ones, wrong ones, an archive, a copy."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import ExchangeFile, RequestRow
from offices import files
from offices.models import Office, Role
from providers.models import Provider
from tests import factories as make
from tests.exchange.answering import (
    SERVICES,
    Desk,
    answer,
    ask,
    billed,
    billed_household,
    desk,
    filled,
    provider,
    right_answers,
)
from tests.played_month import LOADED
from tests.rows.ground import start_numbering
from tests.workplace.month.playing import OCTOBER

DISTRICT, FIRST_NUMBER = "66290", 40_001
"""A district and numbers that the played region does not use."""
PEOPLE, PROVIDERS, FILES = 16, 28, 30
RIGHT = 20
DEARER = Decimal("300.00")
ONLY_AREA = 2
"""The row where nothing but the area is wrong; the others have two tariffs and the number of residents besides."""
WRONG_AREA = Decimal("64.50")
AFTER_NAME = ("принят", "Ждёт проверки")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it is chosen; what the page calls it and a part of its sentence, for each name it shows."""

    name: str
    content: bytes
    said: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ExchangeDistrict:
    """Who works in the district, the request that many rows of are wrong, and the other requests."""

    at: Desk
    main: ExchangeFile
    others: Sequence[ExchangeFile]


def exchange_district() -> ExchangeDistrict:
    """Make the district with its people and send the requests."""
    start_numbering(FIRST_NUMBER)
    made = desk(DISTRICT)
    at = replace(
        made,
        receiver=make.staff(Role.EXCHANGE, office=made.office, last_name="Приёмова"),
        checker=make.staff(Role.CHECKING, office=made.office, last_name="Проверкина"),
        loader=make.staff(Role.CALCULATION, office=made.office, last_name="Расчётова"),
    )
    asked = [_priced(provider(at.office)) for _ in range(PROVIDERS)]
    for _ in range(PEOPLE):
        billed_household(at.office, asked[0])
    for one in asked[1:]:
        billed_household(at.office, one)
    by_provider = {request.provider_id: request for request in ask(at.office)}
    main, *others = [by_provider[one.pk] for one in asked]
    return ExchangeDistrict(at, main, others)


def _priced(one: Provider) -> Provider:
    """Give the provider prices of its own: those of the region are not these."""
    for code in ("10", "14"):
        make.tariff(service=make.service(code=code), provider=one, price=Decimal(SERVICES[code][3]))
    return one


def wrong_row(row: int) -> ReturnedRow:
    if row == ONLY_AREA:
        return ReturnedRow(answer(billed("10"), billed("14"), total_area=WRONG_AREA), row_no=row)
    dearer = [billed(code, tariff=Decimal("30.00"), billed=DEARER) for code in ("10", "14")]
    return ReturnedRow(answer(*dearer, residents=2, total_area=WRONG_AREA), row_no=row)


def wrong_table(request: ExchangeFile) -> bytes:
    """The first answer to the main request: 61 discrepancies in 16 rows."""
    return filled(request, [wrong_row(row) for row in range(1, PEOPLE + 1)])


def corrected_table(request: ExchangeFile, *, right: Sequence[int], other_area: int) -> bytes:
    """The second answer: some rows are right, one has an area that is wrong anew, the rest stand as they were."""
    rows = [wrong_row(row) for row in range(1, PEOPLE + 1)]
    lines = [billed("10"), billed("14")]
    for row in right:
        rows[row - 1] = ReturnedRow(answer(*lines), row_no=row)
    rows[other_area - 1] = ReturnedRow(answer(*lines, total_area=Decimal("70.00")), row_no=other_area)
    return filled(request, rows)


def thirty_files(district: ExchangeDistrict) -> list[Sent]:
    """What 28 providers send, with what the page is to say of each."""
    requests = list(district.others)
    right, left = requests[:RIGHT], iter(requests[RIGHT:])
    sent = [Sent(district.main.name, wrong_table(district.main), (_taken(district.main),))]
    sent += [Sent(one.name, _right(one), (_taken(one),)) for one in right]
    sent += [_archive(next(left), next(left)), *_wrongly_named(left), *_repeated(right), *_broken(left), _foreign()]
    assert len(sent) == FILES
    return sent


def _right(request: ExchangeFile) -> bytes:
    return filled(request, right_answers(request))


def _taken(request: ExchangeFile) -> tuple[str, str, str]:
    return request.name, *AFTER_NAME


def _archive(first: ExchangeFile, second: ExchangeFile) -> Sent:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for one in (first, second):
            made.writestr(one.name, _right(one))
    return Sent("ответы.zip", packed.getvalue(), (_taken(first), _taken(second)))


def _wrongly_named(left: Iterator[ExchangeFile]) -> Iterator[Sent]:
    late, other, unknown = next(left), next(left), next(left)
    name = late.name.replace("202610", "202609")
    yield Sent(name, _right(late), ((name, "за другой месяц", "за 09.2026, а принимаются ответы за 10.2026"),))
    name = other.name[:3] + "99999" + other.name[8:]
    yield Sent(name, _right(other), ((name, "другой поставщик", "от предприятия с кодом 99999"),))
    name = "выгрузка.dbf"
    yield Sent(name, _right(unknown), ((name, "не распознан", "Файла запроса с именем «выгрузка.dbf»"),))


def _repeated(right: Sequence[ExchangeFile]) -> Iterator[Sent]:
    """The bytes of an accepted file under another name; its rows saved on another day."""
    yield Sent("копия.dbf", _right(right[0]), (("копия.dbf", "уже принят", f"под именем «{right[0].name}»"),))
    again = bytearray(_right(right[1]))
    again[3] = again[3] % 28 + 1
    yield Sent(right[1].name, bytes(again), ((right[1].name, "те же строки", "те же строки, что и в принятом"),))


def _broken(left: Iterator[ExchangeFile]) -> Iterator[Sent]:
    cut, text = next(left), next(left)
    yield Sent(cut.name, _right(cut)[:-40], ((cut.name, "обрезан", "целых в файле 0"),))
    yield Sent(text.name, "Начисления пришлём позже.".encode("cp866"), ((text.name, "не DBF", "DBF"),))


def _foreign() -> Sent:
    office = Office.objects.get(code=LOADED)
    theirs = ExchangeFile.objects.filter(kind="request", office=office, month=OCTOBER).order_by("pk")[0]
    said = (theirs.name, "чужой район", "отдел")
    return Sent(theirs.name, files.read(theirs.file), (said,))


def people_of(request: ExchangeFile) -> dict[int, int]:
    """Return the recipients of a request by the number of its row."""
    return dict(RequestRow.objects.filter(file=request).values_list("row_number", "recipient_id"))
