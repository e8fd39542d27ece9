import datetime as dt
import hashlib
import time
from collections import Counter
from decimal import Decimal
from itertools import islice

import pytest

from offices.accounts import account_key_is_valid, is_personal_account
from recipients.snils import snils_is_valid
from workplace.demo.identities import SNILS_BLOCK
from workplace.demo.places import district, districts
from workplace.demo.population import population
from workplace.demo.providers import providers, providers_in
from workplace.demo.records import DemoFamily, DemoPerson

MONTH = dt.date(2026, 10, 1)
RECIPIENTS = 2000


@pytest.fixture(scope="module")
def families() -> list[DemoFamily]:
    return list(population(recipients=RECIPIENTS, seed=7, month=MONTH))


def people(families: list[DemoFamily]) -> list[DemoPerson]:
    found = {each.person.key: each.person for family in families for each in family.residents}
    for family in families:
        for right in family.entitlements:
            if right.representative:
                found[right.representative.person.key] = right.representative.person
    return list(found.values())


def fingerprint(*, recipients: int, seed: int) -> str:
    digest = hashlib.sha256()
    for family in population(recipients=recipients, seed=seed, month=MONTH):
        digest.update(repr(family).encode())
    return digest.hexdigest()


def test_is_the_same_for_the_same_seed() -> None:
    assert fingerprint(recipients=400, seed=7) == fingerprint(recipients=400, seed=7)
    assert fingerprint(recipients=400, seed=7) != fingerprint(recipients=400, seed=8)


def test_begins_a_longer_stream_with_the_shorter_one() -> None:
    short = list(population(recipients=300, seed=7, month=MONTH))
    longer = list(islice(population(recipients=900, seed=7, month=MONTH), len(short)))
    assert longer[:-1] == short[:-1]


@pytest.mark.parametrize("recipients", [1, 2, 57, RECIPIENTS])
def test_holds_exactly_the_rights_asked_for(recipients: int) -> None:
    stream = population(recipients=recipients, seed=3, month=MONTH)
    assert sum(len(family.entitlements) for family in stream) == recipients


def test_gives_everybody_a_valid_number_of_the_agreed_block(families: list[DemoFamily]) -> None:
    everybody = people(families)
    assert len({person.snils for person in everybody}) == len(everybody)
    for person in everybody:
        assert snils_is_valid(person.snils)
        assert int(person.snils[:9]) >= SNILS_BLOCK


def test_gives_every_payee_of_a_bank_an_account_that_fits(families: list[DemoFamily]) -> None:
    channels = [right.channel for family in families for right in family.entitlements]
    at_banks = [each for each in channels if each.kind == "bank"]
    assert 0.55 < len(at_banks) / len(channels) < 0.70
    for channel in at_banks:
        assert account_key_is_valid(channel.bik, channel.account)
        assert is_personal_account(channel.account)
    payees = {(channel.bik, channel.account): channel.payee_key for channel in at_banks}
    assert all(payees[channel.bik, channel.account] == channel.payee_key for channel in at_banks)


def test_sends_the_post_to_an_office_of_the_district(families: list[DemoFamily]) -> None:
    for family in families:
        indexes = {each.index for each in district(family.district_code).post_offices}
        for right in family.entitlements:
            assert (right.channel.post_index in indexes) == (right.channel.kind == "post")


def test_lets_no_two_dwellings_share_an_address_or_an_account(families: list[DemoFamily]) -> None:
    assert len({family.dwelling.address for family in families}) == len(families)
    numbers = Counter(
        (account.provider_code, account.number) for family in families for account in family.dwelling.accounts
    )
    assert max(numbers.values()) == 1
    assert all(len(number) <= 9 for _, number in numbers)


def test_writes_addresses_that_fit_the_narrowest_file(families: list[DemoFamily]) -> None:
    for address in (family.dwelling.address for family in families):
        assert len(address.house) <= 4
        assert len(address.flat) <= 3
        settlement = next(
            each for each in district(address.district_code).settlements if each.code == address.settlement_code
        )
        assert address.street_code in {street.code for street in settlement.streets}


def test_covers_nobody_twice_and_only_residents(families: list[DemoFamily]) -> None:
    for family in families:
        registered = {each.person.key for each in family.residents}
        covered = [each.person_key for right in family.entitlements for each in right.covered]
        assert len(set(covered)) == len(covered)
        assert set(covered) <= registered
        assert len(covered) <= len(registered)
        assert {right.disabled_key for right in family.entitlements} <= set(covered)
        assert {right.recipient_key for right in family.entitlements} <= registered


def test_grounds_each_right_on_a_possible_person_and_day(families: list[DemoFamily]) -> None:
    for family in families:
        residents = {each.person.key: each for each in family.residents}
        for right in family.entitlements:
            disabled = residents[right.disabled_key]
            age = (MONTH - disabled.person.birth_date).days // 365
            assert (right.category == "child") == (right.holder == "family")
            assert age < 18 if right.category == "child" else age >= 18
            assert right.valid_from.day == 1
            assert right.applied_on < right.valid_from <= MONTH
            assert disabled.valid_from < right.applied_on
            assert residents[right.recipient_key].valid_from < right.applied_on
            assert right.certificate_valid_to is None or right.certificate_valid_to > MONTH
            assert (right.basis == "temporary") == (disabled.permanent_address is not None)


def test_gives_a_child_a_grown_up_representative(families: list[DemoFamily]) -> None:
    children = [right for family in families for right in family.entitlements if right.category == "child"]
    assert children
    for right in children:
        assert right.representative is not None
        assert right.representative.person.key == right.recipient_key == right.channel.payee_key
        assert (MONTH - right.representative.person.birth_date).days // 365 >= 18


def test_dates_documents_between_birth_and_the_first_month(families: list[DemoFamily]) -> None:
    for person in people(families):
        assert person.birth_date < person.document_issued_on < MONTH
        assert person.document_series[:2] in ("99", "I-")


def test_bills_only_what_a_provider_of_the_district_bills(families: list[DemoFamily]) -> None:
    by_code = {each.code: each for each in providers()}
    for family in families:
        for account in family.dwelling.accounts:
            provider = by_code[account.provider_code]
            assert family.district_code in provider.district_codes
            assert {each.service_code for each in account.services} <= set(provider.service_codes)
            assert all(bool(each.meter) == each.is_metered for each in account.services)


def test_bills_no_service_twice(families: list[DemoFamily]) -> None:
    for family in families:
        codes = [each.service_code for account in family.dwelling.accounts for each in account.services]
        assert len(set(codes)) == len(codes)
        assert {"15", "16"} & set(codes)
        assert "23" in codes
        assert ("01" in codes) == (family.dwelling.stock != "private" and family.dwelling.kind != "house")
        assert ("21" in codes) == family.dwelling.has_central_heating
        assert ("19" in codes) == (family.dwelling.stove == "gas")


def test_draws_possible_dwellings(families: list[DemoFamily]) -> None:
    for dwelling in (family.dwelling for family in families):
        assert Decimal(0) < dwelling.living_area <= dwelling.total_area < 120
        assert 1 <= dwelling.rooms <= 4
        assert dwelling.kind != "house" or not dwelling.has_central_heating
        assert dwelling.amenities != "full" or dwelling.has_central_heating


def test_mixes_the_region_as_it_is(families: list[DemoFamily]) -> None:
    categories = Counter(right.category for family in families for right in family.entitlements)
    assert 0.30 < categories["2"] / RECIPIENTS < 0.50
    assert categories["2"] > categories["3"] > categories["1"]
    assert 0.09 < categories["child"] / RECIPIENTS < 0.18
    stocks = Counter(family.dwelling.stock for family in families)
    assert 0.66 < stocks["private"] / len(families) < 0.76
    sizes = Counter(len(family.residents) for family in families)
    assert set(sizes) == {1, 2, 3, 4, 5, 6}
    assert 0.06 < sum(len(family.entitlements) == 2 for family in families) / len(families) < 0.18
    stays = sum(right.basis == "temporary" for family in families for right in family.entitlements)
    assert 0.02 < stays / RECIPIENTS < 0.09
    zones = Counter(family.dwelling.electricity_zones for family in families)
    assert zones[1] > zones[2] > zones[3] > 0
    assert {family.dwelling.stove for family in families} == {"gas", "electric", "solid"}
    assert len({family.district_code for family in families}) == 27
    adults_represented = [
        right
        for family in families
        for right in family.entitlements
        if right.holder == "adult" and right.representative
    ]
    assert adults_represented
    late = [each for family in families for each in family.residents if each.valid_from > MONTH]
    assert late


def test_meets_names_that_programs_stumble_over(families: list[DemoFamily]) -> None:
    everybody = people(families)
    assert any(not person.middle_name for person in everybody)
    assert any("ё" in person.last_name.lower() for person in everybody)
    assert any("-" in person.last_name for person in everybody)


def test_streams_many_people_quickly() -> None:
    started = time.perf_counter()
    count = sum(len(family.entitlements) for family in population(recipients=5000, seed=1, month=MONTH))
    assert count == 5000
    assert time.perf_counter() - started < 15


def test_knows_the_city_from_the_nuclear_town() -> None:
    assert {each.code for each in providers_in("66401")["water"]} == {"203"}
    for family in population(recipients=300, seed=5, month=MONTH):
        if family.district_code == "66410":
            assert family.dwelling.stove == "electric"


def test_writes_names_and_addresses_that_every_code_page_knows(families: list[DemoFamily]) -> None:
    texts = {part for person in people(families) for part in (person.last_name, person.first_name, person.middle_name)}
    for place in districts():
        for settlement in place.settlements:
            texts |= {place.name, settlement.kind, settlement.name, *(street.name for street in settlement.streets)}
    for text in texts:
        for code_page in ("cp866", "cp1251"):
            assert text.encode(code_page).decode(code_page) == text
        assert len(text) <= 50
