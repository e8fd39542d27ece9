"""An exchange specialist at the page of receiving, and the worker's part done in this process."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.models import ExchangeFile
from offices import jobs
from offices.models import Job, Office, Role, Staff
from tests import factories as make
from tests.exchange.answering import Desk, filled, right_answers
from tests.workplace.visiting import browser_of
from workplace.selectors.brought_files import FileRow

ADDRESS = "/exchange/receiving/?m=2026-10"


def clerk(office: Office, role: str = Role.EXCHANGE) -> Client:
    return browser_of(specialist(office, role))


def specialist(office: Office, role: str = Role.EXCHANGE) -> Staff:
    return make.staff(role, office=office)


def brought(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def bring(browser: Client, *files: tuple[str, bytes], **headers: str) -> Any:
    return browser.post(ADDRESS, {"files": [brought(*one) for one in files]}, headers=headers)


def work() -> list[Job]:
    """Do every job that waits, as a worker would."""
    return [jobs.run_here(job) for job in Job.objects.unfinished().order_by("pk")]


def rows(browser: Client) -> tuple[FileRow, ...]:
    answer = browser.get(ADDRESS)
    assert answer.status_code == 200
    return answer.context["receiving"].rows


def the_row(browser: Client) -> FileRow:
    (row,) = rows(browser)
    return row


def right(request: ExchangeFile) -> bytes:
    return filled(request, right_answers(request))


def taken(at: Desk, browser: Client, request: ExchangeFile) -> ExchangeFile:
    """The right answer to a request, brought through the page and received."""
    bring(browser, (request.name, right(request)))
    work()
    return ExchangeFile.objects.get(kind="return", status="received", request=request)
