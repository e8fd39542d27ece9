"""The department reviews all that is new, what deviates and a sample, by another person, and approves or returns (3.13)."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import Accrual, CalculationRun, ReviewDecision
from calculations.selectors import deviations, review_queue
from calculations.services import review, runs
from calculations.services.review import ReviewedAccrual
from offices import files
from offices.models import HandoverBalance, JournalEntry, Office, Role, Staff, StoredFile
from tests import factories
from tests.calculations import made, town

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.date(2026, 9, 1)


@pytest.fixture
def office() -> Office:
    factories.open_month()
    town.directories()
    factories.unit(Office.Kind.SUBSIDIES)
    return factories.office()


def submitted(office: Office, *billed: str, by: Staff | None = None) -> CalculationRun:
    """Run October for as many families as there are bills for waste, and submit it."""
    for one in billed:
        town.bill(town.family(office, residents=1), "23", one)
    run = town.calculate(office, by=by)
    return runs.submit_run(run_id=run.pk, accrual_file=b"file", by=town.specialist(office), at=factories.AT)


def in_september(office: Office, *accrued: str) -> list[town.Family]:
    """Families of the office whose rights were accrued these sums in an approved run of September."""
    run = made.run(office=office, month=SEPTEMBER)
    families = [town.family(office, residents=1) for _ in accrued]
    for family, value in zip(families, accrued, strict=True):
        made.accrual(run, recipient=family.recipient, entitlement=family.right, accrued=Decimal(value))
    made.forward(run)
    return families


def review_all(run: CalculationRun, verifier: Staff) -> None:
    verdicts = [ReviewedAccrual(item.accrual_id) for item in review_queue(run.pk)]
    review.record_reviews(run_id=run.pk, verdicts=verdicts, by=verifier, at=factories.AT)


def test_reviews_every_first_accrual_of_a_right(office) -> None:
    run = submitted(office, "100.00", "0.00")
    assert [(item.cause, item.previous) for item in review_queue(run.pk)] == [("new", None), ("new", None)]


def test_reviews_what_deviates_beyond_the_parameter(office) -> None:
    families = in_september(office, "50.00", "50.00", "50.00")
    for family, billed in zip(families, ["120.00", "120.02", "79.98"], strict=True):
        town.bill(family, "23", billed)
    run = submitted(office)
    found = {item.recipient_id: (item.cause, item.accrued, item.previous) for item in deviations(run.pk)}
    assert found == {
        families[1].recipient.pk: ("deviation", Decimal("60.01"), Decimal("50.00")),
        families[2].recipient.pk: ("deviation", Decimal("39.99"), Decimal("50.00")),
    }


def test_reviews_a_right_that_was_skipped_in_the_month_before(office) -> None:
    families = in_september(office, "0.00")
    town.bill(families[0], "23", "10.00")
    assert [item.cause for item in review_queue(submitted(office).pk)] == ["deviation"]


def test_draws_the_same_sample_for_everyone_who_asks(office) -> None:
    families = in_september(office, *["50.00"] * 11)
    for family in families:
        town.bill(family, "23", "100.00")
    run = submitted(office)
    drawn = review_queue(run.pk)
    assert [item.cause for item in drawn] == ["sample", "sample"]
    assert review_queue(run.pk) == drawn


def test_draws_another_sample_for_another_file(office) -> None:
    families = in_september(office, *["50.00"] * 30)
    for family in families:
        town.bill(family, "23", "100.00")
    run = town.calculate(office)
    samples = set()
    for content in (b"one", b"two", b"three"):
        CalculationRun.objects.filter(pk=run.pk).update(accrual_file=stored(content))
        samples.add(tuple(item.accrual_id for item in review_queue(run.pk)))
    assert len(samples) > 1


def stored(content: bytes) -> StoredFile:
    return files.store(content=content, name="f", media_type=files.DBF, by=factories.staff(), at=factories.AT)


def test_approves_a_run_whose_queue_is_reviewed_as_correct(office) -> None:
    run = submitted(office, "100.00", "200.00")
    verifier = made.verifier()
    review_all(run, verifier)
    approved = review.approve_run(run_id=run.pk, by=verifier, at=factories.AT)
    assert (approved.status, approved.reviewed_by) == ("approved", verifier)
    balance = HandoverBalance.objects.get(item="3.13")
    assert (balance.rows_in, balance.rows_on, balance.roubles_on) == (2, 2, Decimal("150.00"))
    assert JournalEntry.objects.filter(item="3.13", event="утверждено").exists()


def test_does_not_approve_while_an_accrual_of_the_queue_waits(office) -> None:
    run = submitted(office, "100.00", "200.00")
    verifier = made.verifier()
    first = review_queue(run.pk)[0]
    review.record_review(accrual_id=first.accrual_id, verdict="correct", note="", by=verifier, at=factories.AT)
    with pytest.raises(review.QueueNotReviewed, match="1 из 2"):
        review.approve_run(run_id=run.pk, by=verifier, at=factories.AT)


def test_does_not_approve_a_run_with_a_wrong_accrual(office) -> None:
    run = submitted(office, "100.00")
    verifier = made.verifier()
    accrual = review_queue(run.pk)[0].accrual_id
    review.record_review(accrual_id=accrual, verdict="wrong", note="не тот тариф", by=verifier, at=factories.AT)
    with pytest.raises(review.RunHasWrongAccruals):
        review.approve_run(run_id=run.pk, by=verifier, at=factories.AT)


def test_returns_a_run_and_takes_its_next_number_in_its_place(office) -> None:
    first = submitted(office, "100.00")
    verifier = made.verifier()
    review.return_run(run_id=first.pk, reason="проверьте тариф", by=verifier, at=factories.AT)
    returned = HandoverBalance.objects.get(item="3.13")
    assert (returned.rows_on, list(returned.held.values_list("reason", "roubles"))) == (
        0,
        [("returned", Decimal("50.00"))],
    )
    second = submitted(office)
    review_all(second, verifier)
    review.approve_run(run_id=second.pk, by=verifier, at=factories.AT)
    assert second.number == 2
    for item in ("3.12", "3.13"):
        standing = HandoverBalance.objects.get(item=item, superseded_by__isnull=True)
        assert (standing.subject, standing.supersedes.subject) == ("расчёт № 2", "расчёт № 1")


def test_does_not_return_without_a_reason(office) -> None:
    with pytest.raises(review.ReturnReasonMissing):
        review.return_run(run_id=submitted(office).pk, reason=" ", by=made.verifier(), at=factories.AT)


def test_is_reviewed_by_a_verifier_only(office) -> None:
    run = submitted(office, "100.00")
    with pytest.raises(review.NotVerifier):
        review_all(run, factories.staff(Role.PAYMENTS))


def test_is_not_reviewed_by_who_calculated_it(office) -> None:
    author = factories.staff(Role.VERIFIER, office=office)
    run = submitted(office, "100.00", by=author)
    with pytest.raises(review.OwnRun):
        review_all(run, author)


def test_is_not_reviewed_before_it_is_submitted(office) -> None:
    town.bill(town.family(office), "23", "100.00")
    run = town.calculate(office)
    with pytest.raises(review.RunNotSubmitted):
        review.approve_run(run_id=run.pk, by=made.verifier(), at=factories.AT)


def test_gives_an_accrual_one_verdict(office) -> None:
    run = submitted(office, "100.00")
    verifier = made.verifier()
    review_all(run, verifier)
    with pytest.raises(review.AlreadyReviewed):
        review_all(run, verifier)
    assert ReviewDecision.objects.count() == 1


def test_asks_a_wrong_verdict_for_its_note(office) -> None:
    run = submitted(office, "100.00")
    with pytest.raises(review.NoteMissing):
        review.record_review(
            accrual_id=review_queue(run.pk)[0].accrual_id,
            verdict="wrong",
            note=" ",
            by=made.verifier(),
            at=factories.AT,
        )


def test_takes_no_verdict_on_an_accrual_outside_the_queue(office) -> None:
    families = in_september(office, *["50.00"] * 3)
    for family in families:
        town.bill(family, "23", "100.00")
    run = submitted(office)
    queued = {item.accrual_id for item in review_queue(run.pk)}
    other = Accrual.objects.filter(run=run).exclude(pk__in=queued).first()
    with pytest.raises(review.NotInQueue):
        review.record_review(accrual_id=other.pk, verdict="correct", note="", by=made.verifier(), at=factories.AT)


def test_asks_as_many_questions_about_a_long_queue_as_about_a_short_one(office, django_assert_num_queries) -> None:
    run = submitted(office, *["100.00"] * 12)
    with django_assert_num_queries(3):
        assert len(review_queue(run.pk)) == 12
