"""Item 3.8 for a region-wide provider with one file."""

import pytest

from exchange.dbf.reading import read_dbf
from exchange.models import ExchangeFile, RegionFile
from exchange.selectors.awaited import awaited_files
from exchange.services import region_requests
from exchange.services.region_requests import DistrictsNotReady, NothingToSend, NotOneFile
from exchange.services.requests import NotARequest, acknowledge_request
from offices import files
from offices.models import HandoverBalance, JournalEntry
from tests import factories as make
from tests.exchange import answering
from tests.exchange.region_asking import region
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    return [row.values for row in read_dbf(content).rows()]


def test_joins_the_requests_of_all_districts_into_one_file() -> None:
    at = region()
    prepared = list(ExchangeFile.objects.filter(kind="request").order_by("office__code"))
    assert [request.status for request in prepared] == ["prepared"] * 3
    whole = at.send()
    assert whole.name == f"00_{at.provider.code}_202610.dbf"
    assert rows_of(files.read(whole.file)) == [row for one in prepared for row in rows_of(files.read(one.file))]
    parts = {part.file.office.code: part.row_numbers for part in whole.parts.all()}
    assert parts == {prepared[0].office.code: [1, 2], prepared[1].office.code: [3, 4], prepared[2].office.code: [5, 6]}
    assert set(ExchangeFile.objects.filter(kind="request").values_list("status", flat=True)) == {"sent"}
    balance = HandoverBalance.objects.get(stage=region_requests.STAGE)
    assert (balance.rows_in, balance.rows_on, balance.rows_held) == (6, 6, 0)
    told = JournalEntry.objects.filter(event="отправлено", item="3.8", counterpart=str(at.provider))
    assert {entry.office.kind for entry in told} == {"district", "payments"}
    assert told.get(office__kind="payments").rows == 6
    assert whole.sha256 in told.values_list("sha256", flat=True)


def test_waits_for_a_district_whose_register_is_not_frozen() -> None:
    at = region(asking=2)
    late = at.desks[2].office
    with pytest.raises(DistrictsNotReady, match=str(late)):
        at.send()
    assert not RegionFile.objects.exists()
    first = at.send(without=[late.code])
    assert first.rows == 4
    answering.ask(late)
    supplement = at.send()
    assert (supplement.number, supplement.rows, supplement.name) == (2, 2, f"00_{at.provider.code}_202610-2.dbf")
    with pytest.raises(NothingToSend):
        at.send()


def test_awaits_no_answer_before_the_whole_is_sent() -> None:
    at = region(people=1)
    offices = [desk.office for desk in at.desks]
    assert awaited_files(offices=offices, month=MONTH) == {}
    at.send()
    (awaited,) = awaited_files(offices=offices, month=MONTH).values()
    assert {one.office for one in awaited} == set(offices)


def test_does_not_send_without_a_district_that_has_become_ready() -> None:
    at = region()
    with pytest.raises(DistrictsNotReady, match="все готовы"):
        at.send(without=[at.desks[2].office.code])


def test_sends_each_district_its_own_file_without_the_setting() -> None:
    desk = answering.desk()
    one = answering.provider(desk.office, is_regional=True)
    answering.billed_household(desk.office, one)
    (request,) = answering.ask(desk.office)
    assert request.status == "sent"
    with pytest.raises(NotOneFile):
        region_requests.send_region_request(provider_id=one.pk, month=MONTH, by=make.staff(), at=AT)


def test_confirms_the_whole_with_every_part() -> None:
    at = region()
    waiting = ExchangeFile.objects.filter(kind="request").first()
    assert waiting is not None
    with pytest.raises(NotARequest, match="ещё не отправлен"):
        acknowledge_request(file_id=waiting.pk, who="Группа приёма", at=AT)
    whole = at.send()
    for _ in range(2):
        whole = region_requests.acknowledge_region_request(file_id=whole.pk, who="Группа приёма", at=AT)
    assert (whole.status, whole.acknowledged_by) == ("acknowledged", "Группа приёма")
    assert set(ExchangeFile.objects.filter(kind="request").values_list("status", flat=True)) == {"acknowledged"}
    assert JournalEntry.objects.filter(event="получение подтверждено").count() == 4
