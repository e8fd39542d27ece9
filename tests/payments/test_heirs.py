"""What a dead recipient did not receive is shared among claimants to the kopeck, decided by two, printed."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from offices import files
from offices.models import JournalEntry
from payments.models import HeirPart, PaymentLine
from payments.selectors.heirs import unreceived_accruals
from payments.services import claims, decisions, lists, returns
from recipients.services.own_case import OwnCase
from tests import factories
from tests.calculations import made
from tests.payments import inheriting, paying
from tests.payments.test_heir_claims import AFTER, LAST_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


@pytest.fixture
def deceased(department, office):
    """A recipient who died on 20 October: 10.00 accrued for October, held from the list."""
    return inheriting.unpaid(department, office)


def parts_of(*made_decisions) -> list[Decimal]:
    return [HeirPart.objects.get(decision=decision).payable for decision in made_decisions]


def test_prepares_a_decision_on_what_was_held(deceased) -> None:
    inheriting.claimed(deceased)
    (decision,) = inheriting.shared(deceased)
    assert (decision.status, decision.total, decision.number) == ("prepared", Decimal("10.00"), "1/2027")
    assert decision.parts.get().accrual == paying.accrual_of(deceased)


def test_grants_the_application_files_its_papers_and_prints_the_decision(deceased, office) -> None:
    application = inheriting.claimed(deceased).application
    decision = inheriting.confirmed(inheriting.shared(deceased)[0])
    application.refresh_from_db()
    assert (decision.status, application.status) == ("confirmed", "granted")
    assert (application.recipient, application.decision_file) == (deceased, decision.document)
    assert deceased.inventory.count() >= 3
    events = JournalEntry.objects.filter(office=office, subject__contains="сумм умершего").order_by("pk")
    assert [entry.event for entry in events] == ["подготовлено решение", "утверждено решение"]


def test_writes_people_months_services_and_the_total_into_the_decision(department, office) -> None:
    recipient = paying.payee(office, death_date=inheriting.DEATH, last_name="Петренко", first_name="Иван", sex="m")
    run = made.run(office=office)
    accrual = made.accrual(
        run, recipient=recipient, entitlement=factories.entitlement(recipient=recipient), accrued=Decimal("1496.90")
    )
    for code, name, accrued in (("21", "отопление", "1000.00"), ("10", "холодная вода", "496.90")):
        service = factories.service(code=code, kind=f"kind{code}", name=name)
        charge = factories.charge(recipient=recipient, service=service, billed=Decimal("2000.00"))
        made.line(accrual, charge, accrued=Decimal(accrued))
    made.forward(run)
    claim = inheriting.claimed(recipient)
    inheriting.claimed(recipient, factories.person())
    first, _ = inheriting.shared(recipient)
    pages = PdfReader(io.BytesIO(files.read(inheriting.confirmed(first).document))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").split())
    for expected in (
        "Петренко Марии Ильиничне", "октябрь 2026", "отопление", "1 000,00", "холодная вода", "496,90", "1 496,90",
        "748,45 руб.", "(семьсот сорок восемь", "статьёй 1183", "20.10.2026", "22.02.2027", "М.П.",
        "Начальник отдела", "№ 1/2027", "жена", "живший", claim.requisites.get().account,
    ):  # fmt: skip
        assert expected in text, expected


def test_shares_equally_to_the_kopeck_among_several(deceased) -> None:
    for name in ("Анна", "Борис", "Вера"):
        inheriting.claimed(deceased, factories.person(first_name=name))
    made_decisions = inheriting.shared(deceased)
    assert parts_of(*made_decisions) == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]
    assert unreceived_accruals(deceased)[0].left == 0


def test_shares_anew_what_is_not_confirmed_when_another_claims(deceased) -> None:
    inheriting.claimed(deceased, factories.person(first_name="Анна"))
    (former,) = inheriting.shared(deceased)
    inheriting.claimed(deceased, factories.person(first_name="Борис"), kind="dependant")
    first, second = inheriting.shared(deceased)
    assert (first.pk, first.number) == (former.pk, former.number)
    assert parts_of(first, second) == [Decimal("5.00"), Decimal("5.00")]


def test_leaves_confirmed_decisions_and_shares_the_rest(deceased) -> None:
    for name in ("Анна", "Борис"):
        inheriting.claimed(deceased, factories.person(first_name=name))
    first, second = inheriting.shared(deceased)
    inheriting.confirmed(first)
    inheriting.claimed(deceased, factories.person(first_name="Вера"))
    again, third = inheriting.shared(deceased)
    assert again == second
    assert parts_of(first, second, third) == [Decimal("5.00"), Decimal("2.50"), Decimal("2.50")]


def test_decides_again_when_more_was_accrued_after_the_first_decision(department, office, deceased) -> None:
    inheriting.claimed(deceased)
    inheriting.confirmed(inheriting.shared(deceased)[0])
    inheriting.died(deceased, inheriting.DEATH.replace(month=11))
    paying.approved(office, [(deceased, "33.00")], month=paying.NEXT)
    (second,) = inheriting.shared(deceased)
    assert (second.total, second.number) == (Decimal("33.00"), "2/2027")
    assert inheriting.confirmed(second).status == "confirmed"


def test_pays_heirs_only_where_no_family_claimed_in_time(deceased) -> None:
    inheriting.claimed(deceased, factories.person(first_name="Анна"), kind="heir", received_on=AFTER)
    inheriting.claimed(deceased, factories.person(first_name="Борис"), received_on=LAST_DAY)
    (decision,) = inheriting.shared(deceased)
    assert decision.claimant.first_name == "Борис"


def test_asks_to_refuse_a_late_claim_before_sharing(deceased) -> None:
    inheriting.claimed(deceased, received_on=AFTER)
    with pytest.raises(decisions.NothingToShare, match=r"срок обращения истёк 22\.02\.2027"):
        inheriting.shared(deceased)


def test_refuses_its_author_as_confirmer(deceased) -> None:
    inheriting.claimed(deceased)
    (decision,) = inheriting.shared(deceased)
    with pytest.raises(decisions.DecisionNotYours):
        inheriting.confirmed(decision, by=decision.prepared_by)


def test_confirms_once(deceased) -> None:
    inheriting.claimed(deceased)
    decision = inheriting.confirmed(inheriting.shared(deceased)[0])
    again = inheriting.confirmed(decision)
    assert (again.confirmed_by, again.document) == (decision.confirmed_by, decision.document)


def test_lets_nobody_decide_a_case_of_his_own(deceased, office) -> None:
    widow = inheriting.claimed(deceased).claimant
    own = factories.staff(office=office, snils=widow.snils)
    with pytest.raises(OwnCase):
        inheriting.shared(deceased, by=own)
    (decision,) = inheriting.shared(deceased)
    with pytest.raises(OwnCase):
        inheriting.confirmed(decision, by=own)


def test_frees_the_parts_of_a_withdrawn_decision(deceased, office) -> None:
    claim = inheriting.claimed(deceased)
    (decision,) = inheriting.shared(deceased)
    by = factories.staff(office=office)
    withdrawn = decisions.withdraw_heir_decision(decision_id=decision.pk, by=by, at=inheriting.CONFIRMED_AT)
    assert (withdrawn.status, withdrawn.total, withdrawn.parts.count()) == ("withdrawn", 0, 0)
    factories.ground(code="О09")
    claims.refuse_claim(
        claim_id=claim.pk, ground_code="О09", facts="Справка о составе семьи выдана на другой адрес.", by=by,
        at=inheriting.CONFIRMED_AT,
    )  # fmt: skip
    with pytest.raises(decisions.DecisionMade, match="отозвано"):
        inheriting.confirmed(decision)


def test_shares_nothing_accrued_after_the_month_of_death(department, deceased, office) -> None:
    paying.approved(office, [(deceased, "33.00")], month=paying.NEXT)
    inheriting.claimed(deceased)
    (decision,) = inheriting.shared(deceased)
    assert decision.total == Decimal("10.00")


def test_shares_what_came_back_once_it_is_left_to_the_heirs(department, office) -> None:
    returned = paying.returned_line(department, office, reason="B05")
    recipient = returned.line.recipient
    inheriting.died(recipient)
    inheriting.claimed(recipient)
    with pytest.raises(decisions.NothingToShare, match="не осталось"):
        inheriting.shared(recipient)
    returns.clarify_return(
        returned_id=returned.pk,
        outcome="heirs",
        clarification="свидетельство о смерти",
        by=department.former,
        at=paying.CLARIFIED_AT,
    )
    (decision,) = inheriting.shared(recipient)
    assert decision.total == returned.line.payable


def test_shares_nothing_that_was_paid(department, office) -> None:
    recipient = paying.payee(office)
    paying.approved(office, [(recipient, "10.00")])
    paying.listed(department, office)
    inheriting.died(recipient)
    inheriting.claimed(recipient)
    assert PaymentLine.objects.get().recipient == recipient
    with pytest.raises(decisions.NothingToShare):
        inheriting.shared(recipient)


def test_lists_nothing_whole_that_heirs_were_given(department, deceased, office) -> None:
    inheriting.claimed(deceased)
    inheriting.shared(deceased)
    inheriting.died(deceased, None)
    with pytest.raises(lists.NothingToList):
        inheriting.supplementary(department, office)
