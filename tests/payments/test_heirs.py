"""What a dead recipient did not receive is paid to the family: in time, by documents, never more than was unpaid."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from offices import files
from offices.models import CalendarDay, JournalEntry
from payments.models import HeirDecision, HeirPart, PaymentLine
from payments.selectors.heirs import last_day_to_claim, unreceived_accruals
from payments.services import decisions, lists, returns
from recipients.models import Application, ApplicationDocument
from tests import factories
from tests.calculations import made
from tests.payments import paying

pytestmark = pytest.mark.django_db

DEATH = dt.date(2026, 10, 20)
RECEIVED = dt.date(2026, 12, 2)
PREPARED_AT = dt.datetime(2026, 12, 3, 10, 0, tzinfo=factories.MOSCOW)
CONFIRMED_AT = dt.datetime(2026, 12, 4, 10, 0, tzinfo=factories.MOSCOW)


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


@pytest.fixture
def deceased(department, office):
    """A recipient who died on 20 October: 10.00 accrued for October, held from the list."""
    recipient = paying.payee(office, death_date=DEATH, last_name="Петренко", first_name="Иван", sex="m")
    paying.approved(office, [(recipient, "10.00")])
    paying.listed(department, office)
    return recipient


def claim(at_office, documents=("death", "kinship", "joint_residence"), **given) -> Application:
    widow = given.pop("applicant", None) or factories.person(last_name="Петренко", first_name="Мария")
    application = factories.application(
        **{"office": at_office, "kind": Application.Kind.HEIR, "applicant": widow, "received_on": RECEIVED} | given
    )
    for kind in documents:
        ApplicationDocument.objects.create(application=application, kind=kind, note=f"№ {kind}")
    return application


def prepare(deceased, application: Application, **given) -> HeirDecision:
    return decisions.prepare_heir_decision(
        **{
            "office": deceased.office,
            "recipient_id": deceased.pk,
            "application_id": application.pk,
            "claimant": application.applicant,
            "relation": "жена",
            "parts": [(paying.accrual_of(deceased).pk, Decimal("10.00"))],
            "by": factories.staff(office=deceased.office),
            "at": PREPARED_AT,
        }
        | given
    )


def confirm(decision: HeirDecision, **given) -> HeirDecision:
    by = factories.staff(office=decision.office, last_name="Начальников", position="Начальник отдела")
    return decisions.confirm_heir_decision(**{"decision_id": decision.pk, "by": by, "at": CONFIRMED_AT} | given)


def test_prepares_a_decision_on_what_was_held(deceased, office) -> None:
    decision = prepare(deceased, claim(office))
    assert (decision.status, decision.total, decision.number) == ("prepared", Decimal("10.00"), "1/2026")
    assert decision.parts.get().accrual == paying.accrual_of(deceased)


def test_grants_the_application_and_prints_the_decision(deceased, office) -> None:
    application = claim(office)
    decision = confirm(prepare(deceased, application))
    application.refresh_from_db()
    assert (decision.status, application.status) == ("confirmed", "granted")
    assert (application.recipient, application.decision_file) == (deceased, decision.document)
    events = JournalEntry.objects.filter(office=office, subject__contains="члену семьи").order_by("pk")
    assert [entry.event for entry in events] == ["подготовлено решение", "утверждено решение"]


def test_writes_people_months_services_and_the_total_into_the_decision(department, office) -> None:
    recipient = paying.payee(office, death_date=DEATH, last_name="Петренко", first_name="Иван", sex="m")
    run = made.run(office=office)
    accrual = made.accrual(
        run, recipient=recipient, entitlement=factories.entitlement(recipient=recipient), accrued=Decimal("1496.90")
    )
    for code, name, accrued in (("21", "отопление", "1000.00"), ("10", "холодная вода", "496.90")):
        service = factories.service(code=code, kind=f"kind{code}", name=name)
        charge = factories.charge(recipient=recipient, service=service, billed=Decimal("2000.00"))
        made.line(accrual, charge, accrued=Decimal(accrued))
    made.forward(run)
    application = claim(office)
    decision = confirm(prepare(recipient, application, parts=[(accrual.pk, Decimal("1000.45"))]))
    pages = PdfReader(io.BytesIO(files.read(decision.document))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").split())
    for expected in (
        "Петренко Марии Ильиничне", "октябрь 2026", "отопление", "1 000,00", "холодная вода", "496,90", "1 496,90",
        "1 000,45 руб.", "(одна тысяча", "статьёй 1183", "20.10.2026", "22.02.2027", "М.П.",
        "Начальник отдела", "№ 1/2026", "жена",
    ):  # fmt: skip
        assert expected in text, expected


def test_refuses_its_author_as_confirmer(deceased, office) -> None:
    decision = prepare(deceased, claim(office))
    with pytest.raises(decisions.DecisionNotYours):
        confirm(decision, by=decision.prepared_by)


def test_confirms_once(deceased, office) -> None:
    decision = confirm(prepare(deceased, claim(office)))
    again = confirm(decision)
    assert (again.confirmed_by, again.document) == (decision.confirmed_by, decision.document)


def test_lets_nobody_decide_a_case_of_his_own(deceased, office) -> None:
    application = claim(office)
    own = factories.staff(office=office, snils=application.applicant.snils)
    with pytest.raises(decisions.DecisionNotYours, match="Своё дело"):
        prepare(deceased, application, by=own)
    with pytest.raises(decisions.DecisionNotYours, match="Своё дело"):
        confirm(prepare(deceased, application), by=own)


@pytest.mark.parametrize("missing", ["death", "kinship", "joint_residence"])
def test_asks_for_every_document_of_2_5_4(deceased, office, missing: str) -> None:
    documents = {"death", "kinship", "joint_residence"} - {missing}
    with pytest.raises(decisions.ClaimNotPossible, match=r"2\.5\.4"):
        prepare(deceased, claim(office, documents=sorted(documents)))


@pytest.mark.parametrize(
    ("received_on", "is_in_time"),
    [
        pytest.param(dt.date(2027, 2, 22), True, id="last day, moved from a Saturday"),
        pytest.param(dt.date(2027, 2, 24), False, id="after the last day"),
    ],
)
def test_takes_claims_for_four_months(deceased, office, received_on: dt.date, is_in_time: bool) -> None:
    application = claim(office, received_on=received_on)
    if is_in_time:
        assert prepare(deceased, application).status == "prepared"
    else:
        with pytest.raises(decisions.ClaimNotPossible, match="Срок обращения истёк"):
            prepare(deceased, application)


@pytest.mark.parametrize(
    ("death", "last_day"),
    [
        pytest.param(dt.date(2026, 10, 19), dt.date(2027, 2, 19), id="a working day"),
        pytest.param(dt.date(2026, 10, 20), dt.date(2027, 2, 22), id="a Saturday goes over to Monday"),
        pytest.param(dt.date(2026, 10, 31), dt.date(2027, 3, 1), id="no 31 February: its last day, a Sunday"),
        pytest.param(dt.date(2026, 9, 1), dt.date(2027, 1, 11), id="a holiday of the production calendar"),
    ],
)
def test_ends_the_term_on_a_working_day(death: dt.date, last_day: dt.date) -> None:
    for day in range(1, 9):
        CalendarDay.objects.create(day=dt.date(2027, 1, day), is_working=False, note="каникулы")
    assert last_day_to_claim(death) == last_day


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"kind": Application.Kind.EQUIVALENT}, id="another kind of application"),
        pytest.param({"received_on": dt.date(2026, 10, 19)}, id="before the death"),
        pytest.param({"office": None}, id="another office"),
    ],
)
def test_refuses_an_application_that_is_not_the_claim(deceased, office, given) -> None:
    with pytest.raises(decisions.ClaimNotPossible):
        prepare(deceased, claim(office, **given))


def test_refuses_a_claimant_who_did_not_apply(deceased, office) -> None:
    with pytest.raises(decisions.ClaimNotPossible, match="не тот"):
        prepare(deceased, claim(office), claimant=factories.person())


def test_refuses_a_decision_while_the_recipient_lives(department, office) -> None:
    living = paying.payee(office)
    paying.approved(office, [(living, "10.00")])
    with pytest.raises(decisions.ClaimNotPossible, match="Смерть получателя не внесена"):
        prepare(living, claim(office))


def test_parts_the_sum_among_claimants_and_never_more(deceased, office) -> None:
    accrual = paying.accrual_of(deceased).pk
    prepare(deceased, claim(office), parts=[(accrual, Decimal("6.00"))])
    with pytest.raises(decisions.PartsNotPossible, match="осталось 4"):
        prepare(deceased, claim(office), parts=[(accrual, Decimal("4.01"))])
    prepare(deceased, claim(office), parts=[(accrual, Decimal("4.00"))])
    assert sum(HeirPart.objects.values_list("payable", flat=True)) == Decimal("10.00")
    assert unreceived_accruals(deceased)[0].left == 0


@pytest.mark.parametrize("payable", ["0.00", "-1.00", "1.005"])
def test_refuses_a_part_that_is_no_sum(deceased, office, payable: str) -> None:
    with pytest.raises(decisions.PartsNotPossible):
        prepare(deceased, claim(office), parts=[(paying.accrual_of(deceased).pk, Decimal(payable))])


def test_refuses_a_decision_without_parts_or_with_one_twice(deceased, office) -> None:
    part = (paying.accrual_of(deceased).pk, Decimal("1.00"))
    for parts in ([], [part, part]):
        with pytest.raises(decisions.PartsNotPossible, match="каждое один раз"):
            prepare(deceased, claim(office), parts=parts)


def test_pays_nothing_accrued_after_the_month_of_death(department, deceased, office) -> None:
    paying.approved(office, [(deceased, "33.00")], month=paying.NEXT)
    late = paying.accrual_of(deceased, month=paying.NEXT)
    with pytest.raises(decisions.PartsNotPossible):
        prepare(deceased, claim(office), parts=[(late.pk, Decimal("33.00"))])


def test_pays_what_came_back_once_it_is_left_to_the_heirs(department, office) -> None:
    returned = paying.returned_line(department, office, reason="B05")
    recipient = returned.line.recipient
    person = recipient.person
    person.death_date = DEATH
    person.save()
    parts = [(returned.line.accrual_id, returned.line.payable)]
    with pytest.raises(decisions.PartsNotPossible, match="разбирается"):
        prepare(recipient, claim(office), parts=parts)
    returns.clarify_return(
        returned_id=returned.pk,
        outcome="heirs",
        clarification="свидетельство о смерти",
        by=department.former,
        at=paying.CLARIFIED_AT,
    )
    assert prepare(recipient, claim(office), parts=parts).total == returned.line.payable


def test_refuses_what_was_paid(department, office) -> None:
    recipient = paying.payee(office)
    paying.approved(office, [(recipient, "10.00")])
    paying.listed(department, office)
    person = recipient.person
    person.death_date = DEATH
    person.save()
    assert PaymentLine.objects.get().recipient == recipient
    with pytest.raises(decisions.PartsNotPossible):
        prepare(recipient, claim(office))


def test_lists_nothing_that_heirs_were_given(department, deceased, office) -> None:
    prepare(deceased, claim(office))
    person = deceased.person
    person.death_date = None
    person.save()
    with pytest.raises(lists.NothingToList):
        lists.build_supplementary_list(
            office=office,
            month=paying.NEXT,
            by=department.former,
            at=dt.datetime(2026, 12, 5, 10, 0, tzinfo=factories.MOSCOW),
        )
