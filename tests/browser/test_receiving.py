"""Many files of providers brought at once, received by the worker with their progress to the end."""

from playwright.sync_api import expect

from exchange.models import ExchangeFile
from offices.models import Job, Office, Role, Staff
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.played_month import ASKED
from tests.workplace.month.playing import OCTOBER, scene
from workplace.services.playing.returns import answers_of
from workplace.simulation.books import Prices

LONGEST = 120_000  # milliseconds


def deliveries() -> list[dict[str, object]]:
    """What the providers of the district send back, with the faults they make."""
    office = Office.objects.get(code=ASKED)
    answers = answers_of(scene=scene(OCTOBER, offices=(ASKED,)), office=office, prices=Prices.of(OCTOBER))
    sent = [one for answer in answers for one in answer.deliveries]
    return [{"name": one.name, "mimeType": "application/x-dbf", "buffer": one.content} for one in sent]


def test_receives_every_file_brought_and_says_what_became_of_it(visit: Visit) -> None:
    brought = deliveries()
    assert len(brought) > 5
    clerk = Staff.objects.filter(office__code=ASKED, grants__role=Role.EXCHANGE).order_by("pk")[0]
    page = visit(clerk.username)
    page.goto("/exchange/receiving/", wait_until="networkidle")
    page.locator("input[type=file]").set_input_files(brought)
    send = page.locator("form:has(input[type=file]) button:not([type=button])").first
    if send.is_visible():
        Keyboard(page).go_to(send)
        page.keyboard.press("Enter")

    names = {str(one["name"]) for one in brought}
    for name in names:
        expect(page.get_by_text(name, exact=True).first).to_be_visible(timeout=LONGEST)
    expect(page.locator("main progress:visible")).to_have_count(0, timeout=LONGEST)
    jobs = Job.objects.filter(kind="receive_return", office__code=ASKED)
    assert {job.state for job in jobs} == {Job.State.DONE}
    came = ExchangeFile.objects.filter(kind="return", office__code=ASKED, month=OCTOBER)
    assert {file.name for file in came} == names
    states = [file.status for file in came]
    assert "received" in states
    assert set(states) <= {"received", "replaced", "refused"}
    assert all(file.rows for file in came if file.status == "received")
