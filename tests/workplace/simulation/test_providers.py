import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.checks.expectations import Expected, ExpectedService, Share
from exchange.checks.findings import NOTES, Code
from exchange.checks.matching import AskedRow, Outcome, match_rows
from exchange.checks.rows import check_row
from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import RequestedPerson, compose_address_code
from exchange.layouts.model import Kind as LayoutKind
from exchange.layouts.names import file_name
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.returns import parse_return
from recipients.snils import control_number
from workplace.simulation.billing import BilledService, Household
from workplace.simulation.books import Account
from workplace.simulation.manners import GOOD, Kind, Manners
from workplace.simulation.providers import Request, answer

MONTH = dt.date(2026, 10, 1)
SEED = 7
PEOPLE = 60
SERVICES = {
    "l1_tula": ("02", "10", "21"),
    "long": ("15", "23"),
    "l3_capital_repair": ("03",),
}
TARIFFS = {"02": "20.72", "10": "31.36", "21": "3032.61", "15": "4.91", "23": "1030.47", "03": "6.32"}
NORMS = {"10": "4.32", "21": "0.0185", "15": "75", "23": "0.151657"}
WILD = Manners(
    silent=0, late=0, wrong_month=0, wrong_code_page=0, truncated=0, tariff=0.08, area=0.08, residents=0.08,
    missing=0.08, stranger=0.08, duplicate=0.1, product=0.08, negative=0.08, foreign_service=0.08, arrears=0.08,
    recalculation=0.08, recalculation_without_month=0.08, recalculation_too_large=0.08, unreadable=0.06,
    other_month=0.06, other_account=0.06, not_found=0.06, other_person=0.06, norm=0.06, mixed_tariff=0.06, volume=0.06,
    undersupply=0.06, metering=0.06, before_right=0.06, absent_service=0.06, jump=0.06, stopped=0.06,
)  # fmt: skip


def person(number: int, code: str) -> RequestedPerson:
    snils = f"99{number:07d}"
    return RequestedPerson(
        request_id=f"{number:010d}",
        last_name=f"Иванов{'аейо'[number % 4]}",
        first_name="Пётр",
        middle_name="Ильич",
        birth_date=dt.date(1960, 1, 1) + dt.timedelta(days=number),
        snils=snils + control_number(snils),
        settlement="г. Вязьма",
        street="Ленина",
        house=str(number),
        flat="1",
        rooms=2,
        account=f"{number:09d}",
        total_area=Decimal("45.30"),
        residents=1 + number % 4,
        address_code=compose_address_code(
            district="203", settlement="00001", street="00001", house=str(number), flat="1"
        ),
        right_from=dt.date(2020, 1, 1),
        services=SERVICES[code],
    )


def request_in(code: str) -> tuple[Request, list[RequestedPerson]]:
    layout = preset(code)
    persons = [person(number, code) for number in range(1, PEOPLE + 1)]
    accounts = {
        one.account: Account(
            one.account,
            Household(Decimal("45.30"), one.residents),
            {
                service: BilledService(
                    service,
                    Decimal(TARIFFS[service]),
                    Decimal(NORMS[service]) if service in NORMS else None,
                    is_metered=service == "15",
                )
                for service in SERVICES[code]
            },
        )
        for one in persons
    }
    built = build_request(layout, persons, month=MONTH)
    before = {(row.row_no, service): Decimal("100.00") for row in built.rows for service in row.services}
    name = file_name(layout, month=MONTH, district="03", provider="5031")
    return Request(name, built.content, layout, "5031", "Домком", "66203", MONTH, accounts, before), persons


def volume_by_norm(service: str, residents: int) -> Decimal | None:
    """What the norm makes for a household of 45.30 m²; heat is measured per square metre."""
    base = Decimal("45.30") if service == "21" else Decimal(residents)
    return Decimal(NORMS[service]) * base if service in NORMS else None


def found_in(code: str, content: bytes, persons: list[RequestedPerson]) -> dict[int, list[tuple[str, str]]]:
    """Check the rows as the department does; give the codes with their services by physical row."""
    layout = preset(code)
    is_long = layout.kind is LayoutKind.LONG
    asked, expected = [], {}
    for one in persons:
        for service_group in [(service,) for service in one.services] if is_long else [one.services]:
            key = len(asked) + 1
            asked.append(
                AskedRow(
                    key, one.request_id if is_long else "", one.account, one.snils,
                    f"{one.last_name} {one.first_name} {one.middle_name}", one.birth_date, one.address_code,
                    service_group,
                )
            )  # fmt: skip
            expected[key] = Expected(
                account=one.account,
                full_name=f"{one.last_name} {one.first_name} {one.middle_name}",
                birth_date=one.birth_date,
                snils=one.snils,
                residents=one.residents,
                total_area=Decimal("45.30"),
                right_from=dt.date(2020, 1, 1),
                share=Share(1, one.residents, Decimal("0.5")),
                services={
                    service: ExpectedService(
                        service,
                        service,
                        (Decimal(TARIFFS[service]),),
                        Decimal(NORMS[service]) if service in NORMS else None,
                        Decimal("100.00"),
                        norm_volume=volume_by_norm(service, one.residents),
                        is_metered=service == "15",
                    )
                    for service in service_group
                },
                month=MONTH,
                sum_includes_recalculation=layout.sum_includes_adjustment,
            )
    rows = list(parse_return(layout, open_table(layout, content)))
    found: dict[int, list[tuple[str, str]]] = {}
    answered = set()
    for one in match_rows(rows, asked, matching=layout.matching, is_long=is_long):
        if one.key is None:
            found[one.row.row_no] = [("E05" if one.outcome is Outcome.DUPLICATE else "E03", "")]
            continue
        answered.add(one.key)
        services = {line.position: line.service for line in one.row.lines}
        found[one.row.row_no] = [
            (finding.code.value, services.get(finding.position, ""))
            for finding in check_row(one.row, expected=expected[one.key])
        ]
    found[0] = [("E04", asked[key - 1].account) for key in expected.keys() - answered]
    return found


@pytest.mark.parametrize("code", SERVICES)
def test_sends_the_same_bytes_again(code: str) -> None:
    request, _ = request_in(code)
    assert answer(request, seed=SEED, manners=WILD) == answer(request, seed=SEED, manners=WILD)
    assert answer(request, seed=SEED + 1, manners=WILD) != answer(request, seed=SEED, manners=WILD)


@pytest.mark.parametrize("code", SERVICES)
def test_gives_a_well_mannered_file_in_which_nothing_is_found(code: str) -> None:
    request, persons = request_in(code)
    answered = answer(request, seed=SEED, manners=GOOD)
    assert not answered.planted
    assert [one.name for one in answered.deliveries] == [request.name]
    found = found_in(code, answered.deliveries[0].content, persons)
    assert len(found) == 1 + PEOPLE * (len(SERVICES[code]) if code == "long" else 1)
    # 100.00 a month before is invented, so the sums may jump from it; nothing else is even told.
    assert {one[0] for codes in found.values() for one in codes} <= {"E50"}
    billed = [
        line.billed
        for row in parse_return(request.layout, open_table(request.layout, answered.deliveries[0].content))
        for line in row.lines
    ]
    assert len(billed) == PEOPLE * len(SERVICES[code])
    assert min(billed) > 0


@pytest.mark.parametrize("code", SERVICES)
def test_plants_faults_that_are_all_found_and_nothing_else(code: str) -> None:
    request, persons = request_in(code)
    planted, found = Counter[str](), Counter[str]()
    for seed in range(12):
        answered = answer(request, seed=seed, manners=WILD)
        (delivery,) = answered.deliveries
        rows = found_in(code, delivery.content, persons)
        expected_blocking = Counter[tuple[int, str]]()
        for one in answered.planted:
            planted[one.kind] += 1
            if one.code == "":
                continue
            where = 0 if one.row is None else one.row
            assert one.code in {code for code, _ in rows[where]}, one
            found[one.kind] += 1
            if Code(one.code) not in NOTES:
                expected_blocking[where, one.code] += 1
        got = Counter((row, code) for row, codes in rows.items() for code, _ in codes if Code(code) not in NOTES)
        assert got == expected_blocking
    assert planted.keys() >= KINDS[code]
    assert found


KINDS = {
    "l1_tula": {
        Kind.TARIFF, Kind.AREA, Kind.RESIDENTS, Kind.MISSING, Kind.STRANGER, Kind.DUPLICATE, Kind.PRODUCT,
        Kind.NEGATIVE, Kind.FOREIGN_SERVICE, Kind.ARREARS, Kind.RECALCULATION, Kind.UNREADABLE, Kind.OTHER_ACCOUNT,
        Kind.NOT_FOUND, Kind.OTHER_PERSON, Kind.NORM, Kind.MIXED_TARIFF, Kind.VOLUME, Kind.UNDERSUPPLY, Kind.METERING,
        Kind.ABSENT_SERVICE, Kind.STOPPED,
    },
    "long": {
        Kind.TARIFF, Kind.AREA, Kind.RESIDENTS, Kind.MISSING, Kind.STRANGER, Kind.DUPLICATE, Kind.PRODUCT,
        Kind.NEGATIVE, Kind.ARREARS, Kind.RECALCULATION, Kind.RECALCULATION_WITHOUT_MONTH,
        Kind.RECALCULATION_TOO_LARGE, Kind.UNREADABLE, Kind.OTHER_MONTH, Kind.OTHER_ACCOUNT, Kind.NOT_FOUND,
        Kind.OTHER_PERSON, Kind.NORM, Kind.VOLUME, Kind.METERING, Kind.BEFORE_RIGHT, Kind.ABSENT_SERVICE, Kind.JUMP,
        Kind.STOPPED,
    },
    "l3_capital_repair": {
        Kind.AREA, Kind.MISSING, Kind.STRANGER, Kind.DUPLICATE, Kind.ARREARS, Kind.UNREADABLE, Kind.STOPPED,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "code", "refusal"),
    [
        ("truncated", "l1_tula", "truncated"),
        ("truncated", "l3_capital_repair", "truncated"),
        ("truncated", "long", "truncated"),
        ("wrong_code_page", "l1_tula", "wrong_encoding"),
        ("wrong_code_page", "l3_capital_repair", "wrong_encoding"),
    ],
)
def test_sends_a_file_that_is_refused_and_then_a_right_one(rate: str, code: str, refusal: str) -> None:
    request, persons = request_in(code)
    answered = answer(request, seed=SEED, manners=replace(GOOD, **{rate: 1.0, "sent_again": 1.0}))
    wrong, right = answered.deliveries
    with pytest.raises(Refused) as caught:
        open_table(request.layout, wrong.content)
    assert caught.value.code == refusal
    assert [one.code for one in answered.planted] == [refusal]
    assert right.days_later > wrong.days_later
    found = found_in(code, right.content, persons)
    assert {one for codes in found.values() for one in codes if Code(one[0]) not in NOTES} == set()


@pytest.mark.parametrize("code", SERVICES)
def test_sends_last_months_file_and_no_other(code: str) -> None:
    request, _ = request_in(code)
    answered = answer(request, seed=SEED, manners=replace(GOOD, wrong_month=1.0))
    (wrong,) = answered.deliveries
    months = {row.month for row in parse_return(request.layout, open_table(request.layout, wrong.content))}
    assert wrong.name != request.name or months == {dt.date(2026, 9, 1)}
    assert [one.kind for one in answered.planted] == [Kind.WRONG_MONTH]


def test_is_silent_or_late() -> None:
    request, _ = request_in("long")
    silent = answer(request, seed=SEED, manners=replace(GOOD, silent=1.0))
    assert silent.deliveries == ()
    assert [one.code for one in silent.planted] == ["no_answer"]
    late = answer(request, seed=SEED, manners=replace(GOOD, late=1.0))
    assert late.deliveries[0].days_later > 0


def test_bills_both_recipients_of_a_dwelling_the_same() -> None:
    request, persons = request_in("long")
    shared = [persons[0], replace(persons[1], account=persons[0].account, residents=persons[0].residents)]
    content = build_request(request.layout, shared, month=MONTH).content
    answered = answer(replace(request, content=content, before={}), seed=SEED, manners=GOOD)
    rows = list(parse_return(request.layout, open_table(request.layout, answered.deliveries[0].content)))
    billed = {(row.request_id, line.service): line.quantity for row in rows for line in row.lines}
    assert billed[persons[0].request_id, "15"] == billed[persons[1].request_id, "15"] > 0
    assert len(rows) == 4
