"""Triggers that keep what a run wrote together with the run's state."""

import pgtrigger


def written_with_its_draft(name: str) -> pgtrigger.Trigger:
    """Let rows of a run be written and deleted while it is a draft, and never be changed."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("state", "text"), ("of_run", "bigint")],
        func=(
            "IF TG_OP = 'INSERT' THEN of_run := NEW.run_id;"
            " ELSE of_run := OLD.run_id; END IF;"
            " SELECT status INTO state FROM calculations_calculationrun"
            " WHERE id = of_run;"
            " IF TG_OP = 'UPDATE' OR state <> 'draft' THEN"
            " RAISE EXCEPTION 'lines of a finished run are never changed'"
            " USING ERRCODE = 'restrict_violation'; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


# A run goes forward only, and what an earlier state fixed stays.
RUN_GOES_FORWARD = pgtrigger.Trigger(
    name="run_goes_forward",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=(
        "IF TG_OP = 'DELETE' OR (OLD.id, OLD.office_id, OLD.month, OLD.number, OLD.started_at, OLD.started_by_id)"
        " IS DISTINCT FROM (NEW.id, NEW.office_id, NEW.month, NEW.number, NEW.started_at, NEW.started_by_id)"
        " OR (OLD.status <> 'draft' AND (OLD.recipients, OLD.lines, OLD.total, OLD.calculated_at)"
        " IS DISTINCT FROM (NEW.recipients, NEW.lines, NEW.total, NEW.calculated_at))"
        " OR (OLD.submitted_at IS NOT NULL AND (OLD.accrual_file_id, OLD.submitted_at, OLD.submitted_by_id)"
        " IS DISTINCT FROM (NEW.accrual_file_id, NEW.submitted_at, NEW.submitted_by_id))"
        " OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN"
        " (('draft', 'calculated'), ('draft', 'discarded'), ('calculated', 'discarded'),"
        " ('calculated', 'submitted'), ('submitted', 'approved'), ('submitted', 'returned')))"
        " OR (OLD.status IN ('approved', 'returned', 'discarded') AND OLD IS DISTINCT FROM NEW) THEN"
        " RAISE EXCEPTION 'a run only goes forward' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# What a run accrues anew is the rest of what approved runs of earlier months accrued: where another one was approved
# meanwhile, the same part of fuel or the same recalculation would be paid twice. The district is locked first, so that
# two of its months approved at the same moment see each other.
NOTHING_IS_ACCRUED_TWICE = pgtrigger.Trigger(
    name="nothing_is_accrued_twice",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status__df="approved") & pgtrigger.Q(new__status="approved"),
    func=(
        "PERFORM 1 FROM offices_office WHERE id = NEW.office_id FOR NO KEY UPDATE;"
        " IF EXISTS (SELECT 1 FROM calculations_calculationrun later WHERE later.office_id = NEW.office_id"
        " AND later.month > NEW.month AND later.status = 'approved')"
        " OR EXISTS (SELECT 1 FROM calculations_accrualline now"
        " JOIN calculations_accrualline other ON other.fuel_part_id = now.fuel_part_id AND other.run_id <> now.run_id"
        " JOIN calculations_calculationrun former ON former.id = other.run_id AND former.status = 'approved'"
        " WHERE now.run_id = NEW.id AND now.month = NEW.month AND now.fuel_part_id IS NOT NULL)"
        " OR EXISTS (SELECT 1 FROM calculations_accrualline now"
        " JOIN recipients_entitlement of_now ON of_now.id = (now.inputs -> 'correction' ->> 'right')::bigint"
        " WHERE now.run_id = NEW.id AND now.month = NEW.month AND now.corrects_month IS NOT NULL"
        " AND (now.inputs -> 'correction' ->> 'accrued')::numeric <> coalesce((SELECT sum(before.accrued)"
        " FROM calculations_accrualline before JOIN calculations_accrual whole ON whole.id = before.accrual_id"
        " JOIN calculations_calculationrun former ON former.id = before.run_id AND former.status = 'approved'"
        " JOIN recipients_entitlement of_before"
        " ON of_before.id = coalesce((before.inputs -> 'correction' ->> 'right')::bigint, whole.entitlement_id)"
        " WHERE before.recipient_id = now.recipient_id AND before.account_id = now.account_id"
        " AND before.service_id = now.service_id AND before.month < now.month"
        " AND coalesce(before.corrects_month, before.month) = now.corrects_month"
        " AND before.rule <> 'recalculation_without_month'"
        " AND of_before.disabled_person_id = of_now.disabled_person_id), 0)) THEN"
        " RAISE EXCEPTION 'what was approved meanwhile would be accrued twice' USING ERRCODE = 'restrict_violation';"
        " END IF; RETURN NEW;"
    ),
)

# Four eyes: neither who calculated nor who submitted reviews, and only what lies with the department.
REVIEWED_BY_ANOTHER = pgtrigger.Trigger(
    name="review_is_another_persons",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("run", "calculations_calculationrun")],
    func=(
        "SELECT r.* INTO run FROM calculations_calculationrun r"
        " JOIN calculations_accrual a ON a.run_id = r.id WHERE a.id = NEW.accrual_id;"
        " IF run.status <> 'submitted' OR NEW.reviewed_by_id IN (run.started_by_id, run.submitted_by_id) THEN"
        " RAISE EXCEPTION 'an accrual is reviewed by another person, after submission'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# Only what the recipient's last approved month carried over is taken back, never more.
CARRIED_FROM_BEFORE = pgtrigger.Trigger(
    name="carried_in_was_carried_out",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__carried_in__gt=0),
    func=(
        "IF NEW.carried_in > coalesce((SELECT sum(a.carried_out) FROM calculations_accrual a"
        " JOIN calculations_calculationrun r ON r.id = a.run_id AND r.status = 'approved'"
        " WHERE a.recipient_id = NEW.recipient_id AND a.month < NEW.month"
        " GROUP BY a.month ORDER BY a.month DESC LIMIT 1), 0) THEN"
        " RAISE EXCEPTION 'only what was carried over is taken back'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# A correction names a line of the month it counts for, of the same recipient, account and service.
CORRECTS_ITS_OWN = pgtrigger.Trigger(
    name="correction_is_of_its_line",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__corrects__isnull=False),
    func=(
        "PERFORM 1 FROM calculations_accrualline WHERE id = NEW.corrects AND month = NEW.corrects_month"
        " AND recipient_id = NEW.recipient_id AND account_id = NEW.account_id AND service_id = NEW.service_id"
        " AND corrects_month IS NULL;"
        " IF NOT FOUND THEN RAISE EXCEPTION 'a correction names the line of its month'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# A line without a charge of its own month is made of stored charges of its recipient that bill or recalculate its month.
MADE_OF_STORED_CHARGES = pgtrigger.Trigger(
    name="correction_is_of_stored_charges",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__charge__isnull=True),
    func=(
        "PERFORM 1 FROM unnest(NEW.charge_ids) AS one(id) WHERE NOT EXISTS (SELECT 1 FROM providers_charge c"
        " WHERE c.id = one.id AND c.recipient_id = NEW.recipient_id AND c.account_id = NEW.account_id"
        " AND c.month <= NEW.month AND c.month >= coalesce(NEW.corrects_month, NEW.month)"
        " AND (coalesce(c.billed_for, c.month) = NEW.corrects_month OR c.adjustment_month = NEW.corrects_month"
        " OR (NEW.corrects_month IS NULL AND c.adjustment <> 0)));"
        " IF FOUND THEN RAISE EXCEPTION 'a correction is made of the charges of its month'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)
