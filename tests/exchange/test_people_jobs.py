"""A brought list of people is kept at once and taken by a worker, whole or not at all (3.4, 3.5)."""

import datetime as dt
from typing import Any

import pytest

from exchange.models import ExchangeFile, PensionDifference, PensionRecord
from exchange.services import layouts, pension_staging, people_jobs
from exchange.services.brought import FileEmpty
from exchange.services.pension_data import NotAList
from offices import files, jobs
from offices.models import HandoverBalance, Job, Office, StoredFile
from offices.services.months import MonthNotOpen
from recipients.models import Entitlement
from tests import factories as make
from tests.exchange.pension_files import agreeing, line, pension_file
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
DIED_ON = dt.date(2026, 9, 12)


@pytest.fixture(autouse=True)
def unit() -> Office:
    make.open_month()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    return make.unit()


@pytest.fixture
def right() -> Entitlement:
    return make.entitlement()


def asked(content: bytes, **given: Any) -> Job:
    facts = {"kind": "pension", "name": "PFR_202610.dbf", "month": MONTH, "by": make.staff(), "at": AT} | given
    facts["office"] = facts.get("office") or Office.objects.get(kind=Office.Kind.PAYMENTS)
    return people_jobs.request_taking(content=content, **facts)


def test_keeps_the_bytes_before_anything_is_read_and_tells_how_far_it_is(right: Entitlement) -> None:
    content = pension_file(
        agreeing(right, death_date=DIED_ON), line(make.person()), line(make.person(), snils="11223344596")
    )
    job = asked(content)
    assert not ExchangeFile.objects.exists()
    assert files.read(StoredFile.objects.get(pk=job.parameters["stored"])) == content
    assert asked(content) == job
    done = jobs.run_here(job)
    file = ExchangeFile.objects.get()
    assert (done.state, done.done, done.total, done.office) == ("done", 3, 3, None)
    assert (file.by, file.at, file.file.name) == (job.requested_by, AT, "PFR_202610.dbf")
    told = {name: done.result[name] for name in ("file", "outcome", "succeeded", "warnings", "errors")}
    assert told == {"file": file.pk, "outcome": "received", "succeeded": 1, "warnings": 1, "errors": 1}
    assert StoredFile.objects.filter(sha256=file.sha256).count() == 1


def test_leaves_nothing_of_a_list_whose_worker_was_lost_and_takes_it_whole_the_next_time(
    right: Entitlement, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(pension_file(agreeing(right, death_date=DIED_ON)))
    with monkeypatch.context() as lost:
        lost.setattr(pension_staging, "propose", _fail)
        with pytest.raises(OSError, match="power"):
            jobs.run_here(job)
    kinds = (ExchangeFile, PensionRecord, PensionDifference, HandoverBalance)
    assert [kind.objects.count() for kind in kinds] == [0, 0, 0, 0]
    Job.objects.filter(pk=job.pk).update(lease_until=AT)
    assert jobs.run_here(job).state == "done"
    assert [kind.objects.count() for kind in kinds] == [1, 1, 1, 1]


def _fail(**_: object) -> None:
    raise OSError("power")


def test_says_why_a_list_is_refused(right: Entitlement) -> None:
    done = jobs.run_here(asked(b"not a table"))
    assert (done.state, done.result["outcome"]) == ("done", "refused")
    assert done.result["sentence"] == ExchangeFile.objects.get(status="refused").refusal_text


def test_takes_a_list_of_a_district_for_that_district() -> None:
    office = make.office()
    done = jobs.run_here(asked(b"not a table", kind="registry", office=office))
    assert (done.office, ExchangeFile.objects.get().office) == (office, office)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"kind": "return"}, NotAList), ({"content": b""}, FileEmpty), ({"month": dt.date(2026, 9, 1)}, MonthNotOpen)],
    ids=["no list", "empty", "another month"],
)
def test_asks_for_nothing_that_cannot_be_taken(given: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        asked(**{"content": b"x"} | given)
    assert not Job.objects.exists()
