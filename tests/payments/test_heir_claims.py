"""What a dead recipient did not receive is claimed in time, by documents, by those whom article 1183 names."""

import datetime as dt

import pytest

from offices.models import CalendarDay
from payments.models import HeirRequisites
from payments.selectors.claims import LATE, NOT_PROVED, TOO_EARLY, last_day_to_claim, obstacle_of
from payments.services import claims, decisions
from recipients.services.own_case import OwnCase
from tests import factories
from tests.payments import inheriting, paying

pytestmark = pytest.mark.django_db

LAST_DAY, AFTER = dt.date(2027, 2, 22), dt.date(2027, 2, 24)


@pytest.fixture
def office():
    return factories.office()


@pytest.fixture
def deceased(office):
    """A recipient who died on 20 October; the four months end on Saturday 20 February, so on Monday the 22nd."""
    recipient = paying.payee(office, death_date=inheriting.DEATH, last_name="Петренко")
    factories.entitlement(recipient=recipient)
    return recipient


def test_keeps_who_claims_when_and_how_he_is_paid(deceased) -> None:
    claim = inheriting.claimed(deceased)
    assert (claim.claimed_on, claim.term_ends_on, claim.is_in_time) == (inheriting.RECEIVED, LAST_DAY, True)
    assert (claim.application.kind, claim.application.status) == ("heir", "registered")
    requisites = HeirRequisites.objects.get(claim=claim)
    assert requisites.confirmed_at is None
    assert obstacle_of(claim) == ("", "")


@pytest.mark.parametrize(
    ("death", "last_day"),
    [
        pytest.param(dt.date(2026, 10, 18), dt.date(2027, 2, 18), id="EX-12: a working day"),
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
    ("kind", "received_on", "ground"),
    [
        pytest.param("family", LAST_DAY, "", id="family on the last day"),
        pytest.param("family", AFTER, LATE, id="family after it"),
        pytest.param("dependant", AFTER, LATE, id="a dependant after it"),
        pytest.param("heir", LAST_DAY, TOO_EARLY, id="an heir on the last day"),
        pytest.param("heir", AFTER, "", id="an heir after it"),
    ],
)
def test_tells_who_came_when_he_may(deceased, kind: str, received_on: dt.date, ground: str) -> None:
    assert obstacle_of(inheriting.claimed(deceased, kind=kind, received_on=received_on))[0] == ground


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("family", "kinship"), ("family", "joint_residence"), ("dependant", "inability"), ("heir", "inheritance")],
)
def test_asks_for_every_document_of_the_claimants_kind(deceased, kind: str, missing: str) -> None:
    received_on = AFTER if kind == "heir" else inheriting.RECEIVED
    claim = inheriting.claimed(deceased, kind=kind, but=[missing], received_on=received_on)
    ground, why = obstacle_of(claim)
    assert ground == NOT_PROVED
    assert "статье 1183" in why


def test_takes_no_document_of_another_kind_of_claimant(deceased) -> None:
    with pytest.raises(claims.ClaimNotPossible, match="не требуют"):
        inheriting.claimed(deceased, documents=inheriting.facts("heir").documents)


def test_refuses_a_late_claim_by_letter_on_its_ground(deceased) -> None:
    claim = inheriting.claimed(deceased, received_on=AFTER)
    factories.ground(code=LATE, article="пункт 2 статьи 1183 ГК РФ")
    code, why = obstacle_of(claim)
    by = factories.staff(office=deceased.office)
    application = claims.refuse_claim(claim_id=claim.pk, ground_code=code, facts=why, by=by, at=inheriting.PREPARED_AT)
    assert (application.status, application.ground.code) == ("refused", LATE)
    assert application.decision_file is not None
    with pytest.raises(decisions.NothingToShare, match="Никто не обращался"):
        inheriting.shared(deceased)


def test_refuses_no_claim_that_a_decision_answers(department_and_deceased) -> None:
    _, deceased = department_and_deceased
    claim = inheriting.claimed(deceased)
    inheriting.shared(deceased)
    by = factories.staff(office=deceased.office)
    with pytest.raises(claims.ClaimNotPossible, match="отзовите"):
        claims.refuse_claim(claim_id=claim.pk, ground_code=LATE, facts="—", by=by, at=inheriting.PREPARED_AT)


@pytest.fixture
def department_and_deceased(office):
    department = paying.department()
    return department, inheriting.unpaid(department, office)


def test_takes_one_claim_of_a_person_at_a_time(deceased) -> None:
    widow = factories.person()
    inheriting.claimed(deceased, widow)
    with pytest.raises(claims.ClaimNotPossible, match="уже обращался"):
        inheriting.claimed(deceased, widow)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param({"received_on": dt.date(2026, 10, 19)}, "раньше смерти", id="before the death"),
        pytest.param({"relation": " "}, "кем он приходился", id="nobody in particular"),
    ],
)
def test_refuses_to_register_what_is_no_claim(deceased, given, why: str) -> None:
    with pytest.raises(claims.ClaimNotPossible, match=why):
        inheriting.claimed(deceased, **given)


def test_registers_nothing_while_the_recipient_lives(office) -> None:
    with pytest.raises(claims.ClaimNotPossible, match="Смерть получателя не внесена"):
        inheriting.claimed(paying.payee(office))


def test_lets_nobody_claim_or_confirm_for_himself(deceased) -> None:
    widow = factories.person()
    own = factories.staff(office=deceased.office, snils=widow.snils)
    claim = inheriting.claimed(deceased, widow)
    with pytest.raises(OwnCase):
        claims.confirm_requisites(requisites_id=claim.requisites.get().pk, by=own, at=inheriting.PREPARED_AT)


def test_has_requisites_confirmed_once_and_by_another(deceased) -> None:
    row = inheriting.claimed(deceased).requisites.get()
    with pytest.raises(claims.RequisitesNotYours, match="не тот"):
        claims.confirm_requisites(requisites_id=row.pk, by=row.entered_by, at=inheriting.PREPARED_AT)
    by = factories.staff(office=deceased.office)
    claims.confirm_requisites(requisites_id=row.pk, by=by, at=inheriting.PREPARED_AT)
    with pytest.raises(claims.RequisitesNotYours, match="уже подтверждены"):
        claims.confirm_requisites(requisites_id=row.pk, by=by, at=inheriting.PREPARED_AT)
