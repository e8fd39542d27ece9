"""The rows of the table: one for every route that asks who comes."""

import datetime as dt

from django.utils import timezone

from calculations.models import CalculationRun
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, FileLayout, LayoutDraft
from exchange.services.layout_drafts import begin_with
from offices.models import Office, Staff
from providers.models import AccountTransfer, Agreement, Provider, ProviderInquiry
from tests.providers import written
from tests.workplace.month.playing import SEPTEMBER
from tests.workplace.routes import EVERYONE, HIDDEN, NEVER, SEEN, VISITORS, Arguments, Route, of

NEXT_YEAR = dt.date(2027, 1, 1)
OPEN = ("login", "favicon", "healthz", "example", "right", "questions", "acts", "leaflet", "sample")
"""Routes that ask nobody who they are."""

ANYWHERE = "404 404 200 200 404"  # a page of the month and the district, asked for a foreign district
NOBODY, NOBODY_ELSEWHERE = "403 403 403 403 403", "404 404 403 403 403"
NOBODY_ANYWHERE = "404 404 403 403 404"
CALCULATING, CALCULATING_ELSEWHERE = "200 200 200 403 403", "404 404 200 403 403"
REVIEWING = "403 403 200 403 403"
REGION, NO_WHOLE = "403 403 200 200 403", "403 403 404 404 403"
NO_SUCH = "404 404 404 404 403"
TABS = ("accruals", "person", "rights", "family", "home", "services", "papers", "payments", "history", "forms")
RUN = of("calculations.CalculationRun", month=SEPTEMBER, status="approved")
FILE = of("exchange.ExchangeFile", kind="return", status__in=["verified", "loaded"])
REQUEST = of("exchange.ExchangeFile", kind="request")
PERSON = of("recipients.Recipient")
PROTOCOL = of("exchange.DiscrepancyProtocol")
PROPOSAL = of("exchange.PensionDifference")
PEOPLE_LIST = of("exchange.ExchangeFile", kind="registry")
JOB = of("offices.Job", kind="calculate_run")


def provider(office: Office) -> tuple[object, ...]:
    """A provider that sends files to the office."""
    return (ExchangeFile.objects.filter(office=office, kind="return").order_by("-pk")[0].provider_id,)


def discrepancy(office: Office) -> tuple[object, ...]:
    found = Discrepancy.objects.filter(file__office=office, file__month=SEPTEMBER).order_by("-pk").first()
    assert found is not None
    return (found.file_id, found.pk)


def no_row(office: Office) -> tuple[object, ...]:
    """A row that is not there: the month played has none that a person matched."""
    return (0,)


def reviewed_row(office: Office) -> tuple[object, ...]:
    run = _run(office)
    return (run.pk, run.accruals.order_by("pk").values_list("pk", flat=True)[0])


def explained_person(office: Office) -> tuple[object, ...]:
    """Somebody of the office with a sum for the month played."""
    accruals = _run(office).accruals.filter(accrued__gt=0).order_by("pk")
    return (accruals.values_list("recipient_id", flat=True)[0],)


def accrual_file(office: Office) -> tuple[object, ...]:
    return (_run(office).accrual_file_id,)


def first_page(office: Office) -> tuple[object, ...]:
    protocol = DiscrepancyProtocol.objects.filter(office=office).order_by("-pk").first()
    assert protocol is not None
    return (protocol.document_id, 1)


def inquiry(office: Office) -> tuple[object, ...]:
    """A request for information of the office."""
    found = ProviderInquiry.objects.filter(office=office).first()
    return ((found or written.inquiry(office=office, provider_id=provider(office)[0])).pk,)


def agreement(office: Office) -> tuple[object, ...]:
    """A provider of the office with its agreement."""
    found = Agreement.objects.filter(office=office, provider=provider(office)[0]).order_by("pk")[0]
    return found.provider_id, found.pk


def transfer(office: Office) -> tuple[object, ...]:
    """A transfer of accounts of the office's provider."""
    one = Provider.objects.get(pk=provider(office)[0])
    found = AccountTransfer.objects.filter(provider=one).first()
    return ((found or written.transfer(provider=one)).pk,)


def layout(office: Office) -> tuple[object, ...]:
    """The layout with most columns."""
    return (FileLayout.objects.filter(code="l1_tula").order_by("version").values_list("pk", flat=True)[0],)


def layout_draft(office: Office) -> tuple[object, ...]:
    """A draft of the first visitor, of the next version of that layout."""
    author = Staff.objects.get(username=VISITORS[0])
    row = FileLayout.objects.get(pk=layout(office)[0])
    found = LayoutDraft.objects.filter(author=author, base=row).order_by("pk").first()
    return ((found or begin_with(layout=row, valid_from=NEXT_YEAR, by=author, at=timezone.now())).pk,)


def _run(office: Office) -> CalculationRun:
    return CalculationRun.objects.get(pk=RUN(office)[0])


def decided(name: str, own: str, foreign: str, arguments: Arguments, **given: object) -> Route:
    """A route that only takes POST."""
    return Route(name, own=NEVER, foreign=NEVER, post=own, post_foreign=foreign, arguments=arguments, **given)


def kept(name: str, arguments: Arguments) -> Route:
    """A page on which the department changes what is known of a provider."""
    statuses = "403 403 200 200 403"
    return Route(name, own=statuses, foreign=statuses, post=statuses, post_foreign=statuses, arguments=arguments)


def of_layout(name: str, *, get: str, post: str, arguments: Arguments = layout) -> Route:
    """A page of the directory of layouts: the same for every district."""
    return Route(name, own=get, foreign=get, post=post, post_foreign=post, arguments=arguments)


ROUTES = (
    Route("home", own=EVERYONE, foreign=ANYWHERE),
    Route("balance", foreign=ANYWHERE),
    Route("logout", own=NEVER, foreign=NEVER, post="302 302 302 302 302", post_foreign="302 302 302 302 302"),
    Route("design", own=EVERYONE, foreign=ANYWHERE),
    # --- long work
    Route("jobs", own=EVERYONE, foreign=ANYWHERE),
    Route("jobs-running", own=EVERYONE, foreign=ANYWHERE, is_page=False),
    Route("job", own=EVERYONE, foreign="404 404 200 200 200", arguments=JOB),
    Route("job-progress", own=EVERYONE, foreign="404 404 200 200 200", arguments=JOB, is_page=False),
    # --- the board
    Route("board", foreign=ANYWHERE),
    Route("board-excel", foreign=ANYWHERE, is_page=False),
    Route("schedule", foreign=ANYWHERE),
    Route(
        "board-remind",
        own="405 405 405 405 405",
        foreign="405 405 405 405 405",
        is_page=False,
        post="404 404 404 404 403",
        post_foreign="404 404 404 404 404",
    ),
    Route(
        "board-remind-late",
        own="403 403 200 200 403",
        foreign=ANYWHERE,
        post="403 403 302 302 403",
        post_foreign="404 404 302 302 404",
    ),
    # --- layouts
    Route("layouts", own=EVERYONE, foreign=ANYWHERE),
    Route(
        "layout-new",
        own="200 403 200 200 403",
        foreign=ANYWHERE,
        post="422 403 422 422 403",
        post_foreign="404 404 422 422 404",
    ),
    of_layout("layout", get=EVERYONE, post=NEVER),
    of_layout("layout-change", get=NEVER, post="302 403 302 302 403"),
    of_layout("layout-confirm", get="403 200 200 403 403", post="403 302 302 403 403"),
    of_layout("layout-withdraw", get="200 200 200 403 403", post="302 302 302 403 403"),
    of_layout("layout-draft", get="200 403 404 404 403", post="302 403 404 404 403", arguments=layout_draft),
    of_layout("layout-sample", get=NEVER, post="302 403 404 404 403", arguments=layout_draft),
    # --- people
    Route("recipients", foreign=ANYWHERE),
    Route("recipient-suggestions", foreign=ANYWHERE, query="q=иван", is_page=False),
    Route(
        "saved-views",
        own=NEVER,
        foreign=NEVER,
        post="302 302 302 302 403",
        post_foreign="404 404 302 302 404",
        data={"next": "/recipients/", "page": "recipients", "name": "Мои"},
    ),
    decided(
        "saved-view-delete",
        "404 404 404 404 403",
        "404 404 404 404 403",
        lambda office: (0,),
        data={"next": "/recipients/"},
    ),
    Route("card", own="302 302 302 302 403", foreign="404 404 302 302 403", arguments=PERSON),
    *(Route(f"card-{tab}", arguments=PERSON) for tab in TABS),
    Route("card-explanation", arguments=explained_person, query=f"m={SEPTEMBER:%Y-%m}", is_page=False),
    # --- providers
    Route("providers", foreign=ANYWHERE),
    Route("provider", arguments=provider),
    Route("provider-remind", arguments=provider, post=SEEN, post_foreign=HIDDEN),
    Route("provider-letters", foreign=ANYWHERE, post="302 302 302 302 403", post_foreign="404 404 302 302 404"),
    Route("provider-inquiries", foreign=ANYWHERE),
    Route("provider-inquiry-new", arguments=provider, post=SEEN, post_foreign=HIDDEN),
    Route("provider-inquiry", arguments=inquiry, post=SEEN, post_foreign=HIDDEN),
    kept("provider-ability", provider),
    kept("provider-agreement-new", provider),
    kept("provider-agreement", agreement),
    kept("provider-files", provider),
    kept("provider-transfer-new", provider),
    Route(
        "provider-transfer",
        arguments=transfer,
        post="403 403 302 302 403",
        post_foreign="404 404 302 302 403",
        data={"act": "withdraw"},
    ),
    # --- receiving
    Route("receiving", foreign=ANYWHERE, post="302 403 403 403 403", post_foreign=NOBODY_ANYWHERE),
    Route("receiving-files", own="200 200 404 404 403", foreign=ANYWHERE, is_page=False),
    Route("verify-files", own=NEVER, foreign=NEVER, post=NOBODY, post_foreign=NOBODY_ANYWHERE),
    Route(
        "receiving-close",
        own="200 403 403 403 403",
        foreign=NOBODY_ANYWHERE,
        post="404 403 403 403 403",
        post_foreign=NOBODY_ANYWHERE,
    ),
    # --- files for the whole region
    Route("region-files", own=REGION, foreign="404 404 200 200 404", post=NOBODY, post_foreign=NOBODY_ANYWHERE),
    Route(
        "region-file",
        own=NO_WHOLE,
        foreign=NO_WHOLE,
        post=NO_WHOLE,
        post_foreign=NO_WHOLE,
        arguments=no_row,
        is_page=False,
    ),
    Route(
        "region-file-send",
        own=NOBODY,
        foreign=NOBODY,
        post=NOBODY,
        post_foreign=NOBODY,
        arguments=no_row,
    ),
    Route("exchange-file", arguments=FILE),
    decided("choose-provider", "302 403 403 403 403", "404 403 403 403 403", FILE),
    decided("verify-file", NOBODY, NOBODY, FILE),
    decided("file-letter", "302 403 403 403 403", "404 403 403 403 403", FILE),
    *(Route(f"file-{which}", arguments=FILE) for which in ("unanswered", "foreign", "ambiguous", "confirmed")),
    Route("remembered-matches", foreign=ANYWHERE),
    *(
        Route(name, own=NO_SUCH, foreign=NO_SUCH, post=NO_SUCH, post_foreign=NO_SUCH, arguments=no_row, is_page=False)
        for name in ("match-row", "remembered-match")
    ),
    Route("typing", own="200 403 403 403 403", foreign=NOBODY_ANYWHERE),
    Route("typing-paper", own=NEVER, foreign=NEVER, post="302 403 403 403 403", post_foreign=NOBODY_ANYWHERE),
    Route(
        "typing-grid",
        own="200 403 403 403 403",
        foreign="404 403 403 403 403",
        post="200 403 403 403 403",
        post_foreign="404 403 403 403 403",
        arguments=REQUEST,
    ),
    decided("take-late", "404 403 403 403 403", "404 403 403 403 403", FILE),
    Route("late-answers", foreign=ANYWHERE),
    Route("late-answer", own=NO_SUCH, foreign=NO_SUCH, arguments=no_row, is_page=False),
    decided("match-row-back", "404 403 403 403 403", "404 403 403 403 403", no_row),
    # --- verification
    Route("verification-queue", foreign=ANYWHERE),
    Route("verification", arguments=FILE, post=NOBODY, post_foreign=NOBODY_ELSEWHERE),
    Route("verification-more", arguments=FILE, is_page=False),
    Route("verification-sheet", arguments=FILE, is_page=False),
    Route(
        "discrepancy", own="302 302 302 302 403", foreign="404 404 302 302 403", arguments=discrepancy, is_page=False
    ),
    decided("discrepancy-decide", NOBODY, NOBODY_ELSEWHERE, discrepancy),
    Route(
        "verification-alike",
        own=NOBODY,
        foreign=NOBODY_ELSEWHERE,
        arguments=FILE,
        post=NOBODY,
        post_foreign=NOBODY_ELSEWHERE,
    ),
    Route(
        "verification-load",
        own="200 403 403 403 403",
        foreign=NOBODY_ELSEWHERE,
        arguments=FILE,
        post="404 403 403 403 403",
        post_foreign=NOBODY_ELSEWHERE,
    ),
    Route(
        "protocol-form",
        own=NOBODY,
        foreign=NOBODY_ELSEWHERE,
        arguments=FILE,
        post=NOBODY,
        post_foreign=NOBODY_ELSEWHERE,
    ),
    Route("protocols", foreign=ANYWHERE),
    Route("protocol", arguments=PROTOCOL),
    *(
        Route(
            name, own=NOBODY, foreign=NOBODY_ELSEWHERE, arguments=PROTOCOL, post=NOBODY, post_foreign=NOBODY_ELSEWHERE
        )
        for name in ("protocol-send", "protocol-answer", "protocol-close")
    ),
    decided("protocol-answer-file", NOBODY, NOBODY_ELSEWHERE, PROTOCOL),
    decided("protocol-remind", NOBODY, NOBODY_ELSEWHERE, PROTOCOL),
    # --- lists of people
    Route("pension", foreign=ANYWHERE),
    Route("pension-proposal", arguments=PROPOSAL),
    decided("pension-decide", "404 403 403 403 403", NOBODY_ELSEWHERE, PROPOSAL),
    Route(
        "pension-alike",
        own="200 403 403 403 403",
        foreign=NOBODY_ANYWHERE,
        query="kind=case&decision=accepted",
        post="404 403 403 403 403",
        post_foreign=NOBODY_ANYWHERE,
    ),
    Route("pension-files", foreign=ANYWHERE, post="422 403 403 403 403", post_foreign=NOBODY_ANYWHERE),
    Route("pension-file", arguments=PEOPLE_LIST),
    decided("pension-notice", "302 403 403 403 403", NOBODY_ELSEWHERE, PEOPLE_LIST),
    Route(
        "pension-paper",
        own="200 403 403 403 403",
        foreign=NOBODY_ANYWHERE,
        post="422 403 403 403 403",
        post_foreign=NOBODY_ANYWHERE,
    ),
    Route("certificates", foreign=ANYWHERE),
    # --- calculation and review
    Route(
        "run", own=CALCULATING, foreign="404 404 200 403 404", post="302 403 403 403 403", post_foreign=NOBODY_ANYWHERE
    ),
    Route("run-result", own=CALCULATING, foreign=CALCULATING_ELSEWHERE, arguments=RUN, query="m=2026-09"),
    Route(
        "run-submission",
        own="403 302 403 403 403",
        foreign=NOBODY_ELSEWHERE,
        arguments=RUN,
        query="m=2026-09",
        post="403 302 403 403 403",
        post_foreign=NOBODY_ELSEWHERE,
        is_page=False,
    ),
    Route(
        "run-discard",
        own="200 200 403 403 403",
        foreign=NOBODY_ELSEWHERE,
        arguments=RUN,
        query="m=2026-09",
        post="200 200 403 403 403",
        post_foreign=NOBODY_ELSEWHERE,
    ),
    Route("review", own=REVIEWING, foreign="404 404 200 403 404"),
    Route("review-run", own=REVIEWING, foreign=REVIEWING, arguments=RUN, query="m=2026-09"),
    Route(
        "review-row",
        own=REVIEWING,
        foreign=REVIEWING,
        arguments=reviewed_row,
        query="m=2026-09",
        post=REVIEWING,
        post_foreign=REVIEWING,
    ),
    Route(
        "review-approval",
        own=REVIEWING,
        foreign=REVIEWING,
        arguments=RUN,
        query="m=2026-09",
        post=REVIEWING,
        post_foreign=REVIEWING,
    ),
    Route(
        "review-return",
        own=REVIEWING,
        foreign=REVIEWING,
        arguments=RUN,
        query="m=2026-09",
        post=REVIEWING,
        post_foreign=REVIEWING,
    ),
    # --- documents
    Route("documents", foreign=ANYWHERE),
    Route("document", arguments=accrual_file, is_page=False),
    Route("document-pane", arguments=accrual_file, is_page=False),
    Route("document-preview", arguments=first_page, is_page=False),
)
