"""Who has the right, from which month, until when: the regulation's rules, by table."""

import datetime as dt
from dataclasses import replace

import pytest

from recipients.eligibility import (
    ArrearsRule,
    Basis,
    Claim,
    Debt,
    Ending,
    FirstMonth,
    RefusalCode,
    RightEnd,
    SuspensionCode,
    came_of_age_on,
    end_of_right,
    first_day_of_right,
    first_day_of_suspension,
    first_day_without,
    is_child,
    refusals_of,
    suspension_of,
)

DAY = dt.date
WHOLE = Claim(
    is_disabled=True,
    is_registered=True,
    is_for_family=True,
    is_known_to_fund=False,
    is_first=True,
    papers={"certificate", "receipts", "residence", "identity", "family"},
)
ENDLESS = Basis(is_child=False, born_on=DAY(1960, 5, 5), certificate_valid_to=None, died_on=None, ends_on=None)


@pytest.mark.parametrize(
    ("received_on", "first_month", "first_day"),
    [
        (DAY(2026, 10, 1), FirstMonth.NEXT, DAY(2026, 11, 1)),
        (DAY(2026, 10, 31), FirstMonth.NEXT, DAY(2026, 11, 1)),
        (DAY(2026, 12, 5), FirstMonth.NEXT, DAY(2027, 1, 1)),
        (DAY(2028, 2, 29), FirstMonth.NEXT, DAY(2028, 3, 1)),
        (DAY(2026, 12, 31), FirstMonth.SAME, DAY(2026, 12, 1)),
    ],
)
def test_pays_from_the_month_that_the_parameter_names(
    received_on: dt.date, first_month: FirstMonth, first_day: dt.date
) -> None:
    assert first_day_of_right(received_on=received_on, first_month=first_month) == first_day


def test_has_nothing_against_a_whole_claim() -> None:
    assert list(refusals_of(WHOLE)) == []


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        (replace(WHOLE, is_disabled=False), ["О06"]),
        (replace(WHOLE, is_registered=False), ["О06"]),
        (replace(WHOLE, papers=WHOLE.papers - {"certificate"}), ["О03"]),
        (replace(WHOLE, papers=WHOLE.papers - {"certificate"}, is_known_to_fund=True), []),
        (replace(WHOLE, papers=WHOLE.papers - {"receipts"}), ["О04"]),
        (replace(WHOLE, papers=WHOLE.papers - {"receipts"}, is_first=False), []),
        (replace(WHOLE, papers=WHOLE.papers - {"residence"}), ["О05"]),
        (replace(WHOLE, papers=WHOLE.papers - {"family"}), ["О07"]),
        (replace(WHOLE, papers=WHOLE.papers - {"family"}, is_for_family=False), []),
        (replace(WHOLE, is_disabled=False, papers=set()), ["О06", "О03", "О04", "О05", "О07"]),
    ],
    ids=[
        "not disabled", "registered elsewhere", "no certificate", "certificate known to the fund", "no bills at first",
        "no bills later", "no paper of residence", "no kinship", "adult needs no kinship", "everything",
    ],
)  # fmt: skip
def test_names_every_coded_ground_against_a_claim(claim: Claim, codes: list[str]) -> None:
    assert list(refusals_of(claim)) == [RefusalCode(code) for code in codes]


@pytest.mark.parametrize(
    ("born_on", "birthday"),
    [
        (DAY(2008, 5, 5), DAY(2026, 5, 5)),
        (DAY(2008, 2, 29), DAY(2026, 3, 1)),
        (DAY(2010, 2, 28), DAY(2028, 2, 28)),
        (DAY(1984, 2, 29), DAY(2002, 3, 1)),
    ],
)
def test_counts_eighteen_years_to_the_day(born_on: dt.date, birthday: dt.date) -> None:
    assert came_of_age_on(born_on) == birthday
    assert is_child(born_on=born_on, on=birthday - dt.timedelta(days=1))
    assert not is_child(born_on=born_on, on=birthday)


@pytest.mark.parametrize(
    ("happened_on", "ends_next_day", "day"),
    [
        (DAY(2026, 10, 18), True, DAY(2026, 10, 19)),
        (DAY(2026, 12, 31), True, DAY(2027, 1, 1)),
        (DAY(2026, 10, 1), False, DAY(2026, 11, 1)),
        (DAY(2026, 12, 31), False, DAY(2027, 1, 1)),
    ],
)
def test_ends_after_the_event_or_after_its_month(happened_on: dt.date, ends_next_day: bool, day: dt.date) -> None:
    assert first_day_without(happened_on=happened_on, ends_next_day=ends_next_day) == day


@pytest.mark.parametrize(
    ("basis", "end"),
    [
        (ENDLESS, None),
        (replace(ENDLESS, certificate_valid_to=DAY(2026, 11, 1)), RightEnd(DAY(2026, 11, 1), Ending.CERTIFICATE)),
        (replace(ENDLESS, certificate_valid_to=DAY(2026, 11, 2)), RightEnd(DAY(2026, 12, 1), Ending.CERTIFICATE)),
        (replace(ENDLESS, is_child=True, born_on=DAY(2008, 11, 1)), RightEnd(DAY(2026, 11, 1), Ending.CAME_OF_AGE)),
        (replace(ENDLESS, is_child=True, born_on=DAY(2008, 11, 16)), RightEnd(DAY(2026, 12, 1), Ending.CAME_OF_AGE)),
        (replace(ENDLESS, died_on=DAY(2026, 10, 18)), RightEnd(DAY(2026, 10, 19), Ending.DEATH)),
        (
            replace(ENDLESS, ends_on=DAY(2026, 9, 1), certificate_valid_to=DAY(2026, 11, 1)),
            RightEnd(DAY(2026, 9, 1), Ending.DECISION),
        ),
    ],
    ids=["for life", "month's last day", "a day of the next", "birthday on the first", "birthday", "death", "decision"],
)
def test_ends_with_what_ends_first(basis: Basis, end: RightEnd | None) -> None:
    assert end_of_right(basis) == end


@pytest.mark.parametrize(
    ("debt", "rule", "code"),
    [
        (Debt(is_told=True, is_agreed=False, court_act_months=36), ArrearsRule.NONE, None),
        (Debt(is_told=True, is_agreed=False, court_act_months=None), ArrearsRule.COURT_ACT, None),
        (Debt(is_told=False, is_agreed=False, court_act_months=1), ArrearsRule.COURT_ACT, SuspensionCode.COURT_ACT),
        (Debt(is_told=False, is_agreed=False, court_act_months=36), ArrearsRule.COURT_ACT, SuspensionCode.COURT_ACT),
        (Debt(is_told=True, is_agreed=False, court_act_months=37), ArrearsRule.COURT_ACT, None),
        (Debt(is_told=True, is_agreed=False, court_act_months=0), ArrearsRule.COURT_ACT, None),
        (
            Debt(is_told=True, is_agreed=False, court_act_months=None),
            ArrearsRule.AGREEMENT,
            SuspensionCode.NO_AGREEMENT,
        ),
        (Debt(is_told=True, is_agreed=True, court_act_months=None), ArrearsRule.AGREEMENT, None),
        (Debt(is_told=False, is_agreed=False, court_act_months=12), ArrearsRule.AGREEMENT, None),
    ],
)
def test_suspends_by_the_rule_of_the_month(debt: Debt, rule: ArrearsRule, code: SuspensionCode | None) -> None:
    assert suspension_of(debt, rule=rule) is code


@pytest.mark.parametrize(
    ("decided_on", "first_day"), [(DAY(2026, 10, 1), DAY(2026, 11, 1)), (DAY(2026, 12, 31), DAY(2027, 1, 1))]
)
def test_pays_the_month_of_the_decision_to_suspend(decided_on: dt.date, first_day: dt.date) -> None:
    assert first_day_of_suspension(decided_on=decided_on) == first_day
