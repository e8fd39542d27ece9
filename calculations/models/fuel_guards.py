"""Triggers that keep a year's fuel as it was decided, its parts adding up to it, its lines made of its parts."""

import pgtrigger

# What was calculated stays; a decision is made once, then only its remaining parts are stopped.
FUEL_GOES_FORWARD = pgtrigger.Trigger(
    name="fuel_goes_forward",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=(
        "IF TG_OP = 'DELETE'"
        " OR (OLD.id, OLD.application_id, OLD.office_id, OLD.recipient_id, OLD.entitlement_id, OLD.dwelling_id,"
        " OLD.service_id, OLD.rule, OLD.rule_version, OLD.year, OLD.starts_on, OLD.months, OLD.cost, OLD.counted_cost,"
        " OLD.share, OLD.amount, OLD.inputs, OLD.prepared_at, OLD.prepared_by_id) IS DISTINCT FROM (NEW.id, NEW.application_id,"
        " NEW.office_id, NEW.recipient_id, NEW.entitlement_id, NEW.dwelling_id, NEW.service_id, NEW.rule,"
        " NEW.rule_version, NEW.year, NEW.starts_on, NEW.months, NEW.cost, NEW.counted_cost, NEW.share, NEW.amount, NEW.inputs, NEW.prepared_at,"
        " NEW.prepared_by_id)"
        " OR (OLD.decided_at IS NOT NULL AND (OLD.decided_at, OLD.decided_by_id, OLD.decision_file_id)"
        " IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.decision_file_id))"
        " OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN"
        " (('prepared', 'confirmed'), ('prepared', 'withdrawn'), ('confirmed', 'stopped')))"
        " OR (OLD.status IN ('withdrawn', 'stopped') AND OLD IS DISTINCT FROM NEW) THEN"
        " RAISE EXCEPTION 'a fuel assignment only goes forward' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW;"
    ),
)

# A confirmed assignment has all its parts, and they add up to its sum.
PARTS_ADD_UP = pgtrigger.Trigger(
    name="parts_of_fuel_add_up",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    declare=[("parts", "bigint"), ("total", "numeric")],
    func=(
        "IF NEW.status IN ('confirmed', 'stopped') THEN"
        " SELECT count(*), coalesce(sum(amount), 0) INTO parts, total FROM calculations_fuelpart"
        " WHERE assignment_id = NEW.id;"
        " IF (parts, total) IS DISTINCT FROM (NEW.months::bigint, NEW.amount) THEN"
        " RAISE EXCEPTION 'the parts of fuel add up to its sum' USING ERRCODE = 'restrict_violation'; END IF; END IF;"
        " RETURN NULL;"
    ),
)

# A part is a month of its assignment; together they are never more than its sum.
PART_IS_OF_ITS_YEAR = pgtrigger.Trigger(
    name="part_of_fuel_is_of_its_year",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("whole", "calculations_fuelassignment"), ("given", "numeric")],
    func=(
        "SELECT * INTO whole FROM calculations_fuelassignment WHERE id = NEW.assignment_id FOR UPDATE;"
        " SELECT coalesce(sum(amount), 0) INTO given FROM calculations_fuelpart WHERE assignment_id = NEW.assignment_id;"
        " IF whole.status = 'withdrawn' OR NEW.number > whole.months OR given + NEW.amount > whole.amount"
        " OR NEW.month <> whole.starts_on + make_interval(months => NEW.number - 1) THEN"
        " RAISE EXCEPTION 'a part of fuel is a month of its assignment' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW;"
    ),
)

# A fuel is entered while its assignment waits for a decision.
ITEM_IS_ENTERED_WITH_ITS_YEAR = pgtrigger.Trigger(
    name="fuel_is_entered_with_its_year",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM calculations_fuelassignment WHERE id = NEW.assignment_id AND status = 'prepared';"
        " IF NOT FOUND THEN RAISE EXCEPTION 'a fuel is entered before its assignment is decided'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# A line of fuel gives its part once, to the right it was assigned for, unless the parts were stopped before.
FUEL_LINE_IS_ITS_PART = pgtrigger.Trigger(
    name="fuel_line_is_its_part",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__fuel_part__isnull=False),
    func=(
        "PERFORM 1 FROM calculations_fuelpart p JOIN calculations_fuelassignment f ON f.id = p.assignment_id"
        " JOIN calculations_accrual a ON a.id = NEW.accrual_id AND a.entitlement_id = f.entitlement_id"
        " WHERE p.id = NEW.fuel_part_id AND f.recipient_id = NEW.recipient_id AND f.service_id = NEW.service_id"
        " AND p.month <= NEW.month AND p.amount = NEW.accrued AND (f.status = 'confirmed'"
        " OR (f.status = 'stopped' AND p.month < f.stopped_from))"
        " AND NOT EXISTS (SELECT 1 FROM calculations_accrualline l JOIN calculations_calculationrun r ON r.id = l.run_id"
        " WHERE l.fuel_part_id = p.id AND l.month < NEW.month AND r.status = 'approved');"
        " IF NOT FOUND THEN RAISE EXCEPTION 'a line of fuel gives its part once, to its right'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)
