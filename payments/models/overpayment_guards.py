"""Triggers that hold overpayments to their sums and withholdings to consent, limit and balance."""

import pgtrigger

_LEFT = (
    "SELECT o.total"
    " - coalesce((SELECT sum(withheld) FROM payments_withholding WHERE overpayment_id = o.id), 0)"
    " - coalesce((SELECT sum(roubles) FROM payments_repayment WHERE overpayment_id = o.id), 0)"
    " - coalesce((SELECT sum(roubles) FROM payments_writeoff WHERE overpayment_id = o.id), 0)"
)


def _rest_is_what_is_left(name: str, key: str) -> pgtrigger.Trigger:
    """Ask, when the transaction ends, that the rest is the total less what was withheld, paid back and written off."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        declare=[("owed", "numeric"), ("kept", "numeric")],
        func=(
            f"{_LEFT}, o.rest INTO owed, kept FROM payments_overpayment o WHERE o.id = NEW.{key};"
            f" IF owed <> kept THEN RAISE EXCEPTION 'the rest is not what is left'"
            f" USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
        ),
    )


def parent_rest_is_what_is_left(name: str) -> pgtrigger.Trigger:
    """Hold the rest of the overpayment that a row of `overpayment_id` lessens."""
    return _rest_is_what_is_left(name, "overpayment_id")


REST_IS_WHAT_IS_LEFT = _rest_is_what_is_left("the_rest_is_what_is_left", "id")


def _parts_add_up(name: str, key: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        declare=[("whole", "numeric"), ("parts", "numeric")],
        func=(
            f"SELECT total INTO whole FROM payments_overpayment WHERE id = NEW.{key};"  # noqa: S608
            " SELECT coalesce(sum(roubles), 0) INTO parts FROM payments_overpaymentpart"
            f" WHERE overpayment_id = NEW.{key};"
            " IF whole <> parts THEN RAISE EXCEPTION 'an overpayment is not the sum of its months'"
            f" USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
        ),
    )


PARTS_ADD_UP = _parts_add_up("an_overpayment_is_its_months", "id")
PART_JOINS_ITS_TOTAL = _parts_add_up("a_month_joins_its_overpayment", "overpayment_id")

# The accrual is locked first, so that two overpayments of one month see each other.
PARTS_ARE_OF_PAID_SUMS = pgtrigger.Trigger(
    name="no_more_is_overpaid_than_was_accrued",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    declare=[("of_accrual", "calculations_accrual"), ("overpaid", "numeric")],
    func=(
        "SELECT * INTO of_accrual FROM calculations_accrual WHERE id = NEW.accrual_id FOR UPDATE;"
        " SELECT sum(roubles) INTO overpaid FROM payments_overpaymentpart WHERE accrual_id = NEW.accrual_id;"
        " IF overpaid > of_accrual.accrued OR of_accrual.recipient_id <>"
        " (SELECT recipient_id FROM payments_overpayment WHERE id = NEW.overpayment_id) THEN "
        "RAISE EXCEPTION 'the month is not the recipient''s, or more is overpaid than was accrued'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)

_CHANGING = "'rest', 'status', 'claimed_on', 'claim_document'"
_OF_CONSENT = (
    "'consent_on', 'consent_document', 'percent', 'most_percent', 'is_more_agreed', 'consent_recorded_at',"
    " 'consent_recorded_by_id'"
)
_OF_WITHDRAWAL = "'withdrawn_on', 'withdrawal_document', 'withdrawal_recorded_at', 'withdrawal_recorded_by_id'"


def _differ(columns: str) -> str:
    """Say in SQL that a row changes beyond the columns named."""
    return f"to_jsonb(NEW) - ARRAY[{columns}] <> to_jsonb(OLD) - ARRAY[{columns}]"


# What was found, agreed to and withdrawn stays; what is settled or written off stays so.
FOUND_FACTS_ARE_KEPT = pgtrigger.Trigger(
    name="what_was_found_and_agreed_is_kept",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=(
        "IF OLD.status IN ('settled', 'written_off')"
        f" OR (OLD.consent_on IS NULL AND {_differ(f'{_CHANGING}, {_OF_CONSENT}')})"
        f" OR (OLD.consent_on IS NOT NULL AND OLD.withdrawn_on IS NULL AND {_differ(f'{_CHANGING}, {_OF_WITHDRAWAL}')})"
        f" OR (OLD.withdrawn_on IS NOT NULL AND {_differ(_CHANGING)}) THEN "
        "RAISE EXCEPTION 'what was found and agreed of an overpayment is kept'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

WRITE_OFF_IS_KEPT = pgtrigger.Trigger(
    name="a_confirmed_write_off_is_kept",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__confirmed_at__isnull=False),
    func="RAISE EXCEPTION 'a confirmed write-off is kept' USING ERRCODE = 'restrict_violation';",
)

WITHHELD_BY_CONSENT = pgtrigger.Trigger(
    name="nothing_is_withheld_without_consent",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM payments_overpayment o JOIN calculations_accrual a ON a.recipient_id = o.recipient_id"
        " WHERE o.id = NEW.overpayment_id AND a.id = NEW.accrual_id AND o.status IN ('agreed', 'withheld')"
        " AND o.consent_on IS NOT NULL AND o.cause <> 'authority'"
        " AND o.percent = NEW.percent AND a.accrued = NEW.due;"
        " IF NOT FOUND THEN RAISE EXCEPTION 'nothing is withheld without consent'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

# A payment that came back was withheld from when it was first listed: never twice. The accrual is locked first, so that
# a part given to heirs at the same moment is seen.
WITHHELD_BEFORE_LISTED = pgtrigger.Trigger(
    name="a_listed_sum_is_not_withheld_from",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM calculations_accrual WHERE id = NEW.accrual_id FOR KEY SHARE;"
        " IF EXISTS (SELECT 1 FROM payments_paymentline WHERE accrual_id = NEW.accrual_id)"
        " OR EXISTS (SELECT 1 FROM payments_heirpart WHERE accrual_id = NEW.accrual_id) THEN "
        "RAISE EXCEPTION 'the accrual is listed or given to heirs already'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

WITHHELD_TOGETHER_WITHIN_THE_LIMIT = pgtrigger.Trigger(
    name="overpayments_share_one_limit",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    declare=[("taken", "numeric"), ("highest", "numeric")],
    func=(
        "SELECT sum(w.withheld), max(greatest(o.percent, o.most_percent)) INTO taken, highest"
        " FROM payments_withholding w JOIN payments_overpayment o ON o.id = w.overpayment_id"
        " WHERE w.accrual_id = NEW.accrual_id;"
        " IF taken * 100 > NEW.due * highest THEN RAISE EXCEPTION 'together more is withheld than is allowed'"
        " USING ERRCODE = 'check_violation'; END IF;"
        " RETURN NULL;"
    ),
)

# The overpayment is locked first, so that nothing else lessens it meanwhile.
WITHHOLDINGS_ARE_A_CHAIN = pgtrigger.Trigger(
    name="a_balance_follows_the_former_one",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("owed", "numeric")],
    func=(
        "PERFORM 1 FROM payments_overpayment WHERE id = NEW.overpayment_id FOR UPDATE;"
        f" {_LEFT} INTO owed FROM payments_overpayment o WHERE o.id = NEW.overpayment_id;"
        f" IF owed - NEW.withheld <> NEW.balance THEN RAISE EXCEPTION 'the balance is not what is left'"
        f" USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

# Asked when the transaction ends: withholdings are written before the lines they lessen.
WITHHELD_OF_A_LISTED_SUM = pgtrigger.Trigger(
    name="what_is_withheld_from_is_listed",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func=(
        "IF NOT EXISTS (SELECT 1 FROM payments_paymentline WHERE accrual_id = NEW.accrual_id AND list_id = NEW.list_id)"
        " AND NEW.due <> (SELECT sum(withheld) FROM payments_withholding WHERE accrual_id = NEW.accrual_id) THEN "
        "RAISE EXCEPTION 'withheld from a sum that is not in the list'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)

# Asked when the transaction ends. A part of a sum that heirs are paid has its own guards.
LINE_PAYS_WHAT_IS_NOT_WITHHELD = pgtrigger.Trigger(
    name="a_line_pays_what_is_not_withheld",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    declare=[("due", "numeric")],
    func=(
        "SELECT a.accrued - coalesce((SELECT sum(withheld) FROM payments_withholding WHERE accrual_id = a.id), 0)"
        " INTO due FROM calculations_accrual a WHERE a.id = NEW.accrual_id;"
        " IF due <> NEW.payable AND (to_jsonb(NEW) ->> 'heir_part_id') IS NULL THEN "
        "RAISE EXCEPTION 'a line pays what is accrued less what is withheld'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)
