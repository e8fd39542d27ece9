"""Triggers that keep an order of recalculation and its months as they were approved."""

import pgtrigger

# What was asked stays; an order is decided once, then only taken by a run or replaced by a later order.
ORDER_GOES_FORWARD = pgtrigger.Trigger(
    name="recalculation_goes_forward",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=(
        "IF TG_OP = 'DELETE'"
        " OR (OLD.id, OLD.office_id, OLD.number, OLD.cause, OLD.changed_from, OLD.what, OLD.document, OLD.prepared_at,"
        " OLD.prepared_by_id) IS DISTINCT FROM (NEW.id, NEW.office_id, NEW.number, NEW.cause, NEW.changed_from,"
        " NEW.what, NEW.document, NEW.prepared_at, NEW.prepared_by_id)"
        " OR (OLD.decided_at IS NOT NULL AND (OLD.decided_at, OLD.decided_by_id, OLD.refusal_reason)"
        " IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.refusal_reason))"
        " OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (('prepared', 'approved'),"
        " ('prepared', 'refused'), ('prepared', 'replaced'), ('approved', 'replaced'), ('approved', 'done')))"
        " OR (OLD.status IN ('refused', 'replaced', 'done') AND OLD IS DISTINCT FROM NEW)"
        " OR (NEW.status = 'done' AND EXISTS (SELECT 1 FROM calculations_recalculationmonth m"
        " LEFT JOIN calculations_calculationrun r ON r.id = m.run_id AND r.status = 'approved'"
        " WHERE m.order_id = NEW.id AND r.id IS NULL AND m.ended_at IS NULL)) THEN"
        " RAISE EXCEPTION 'a recalculation only goes forward' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW;"
    ),
)

# The months of an order wait as long as the order is open, except those that ended without a run.
ORDER_CLOSES_ITS_MONTHS = pgtrigger.Trigger(
    name="recalculation_closes_its_months",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
    func=(
        "UPDATE calculations_recalculationmonth SET is_open = NEW.status IN ('prepared', 'approved')"
        " WHERE order_id = NEW.id AND ended_at IS NULL AND is_open <> (NEW.status IN ('prepared', 'approved'));"
        " RETURN NULL;"
    ),
)

# Months are listed while the order is prepared, of what its district accrued; later only a run takes them.
MONTH_KEEPS_ITS_ORDER = pgtrigger.Trigger(
    name="recalculated_month_keeps_its_order",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("of_order", "calculations_recalculation"), ("taking", "calculations_calculationrun")],
    func=(
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'months of a recalculation are never deleted'"
        " USING ERRCODE = 'restrict_violation'; END IF;"
        " SELECT * INTO of_order FROM calculations_recalculation WHERE id = NEW.order_id;"
        " IF NEW.is_open <> (of_order.status IN ('prepared', 'approved') AND NEW.ended_at IS NULL) THEN"
        " RAISE EXCEPTION 'a month waits as long as its recalculation' USING ERRCODE = 'restrict_violation'; END IF;"
        " IF TG_OP = 'INSERT' THEN"
        " IF of_order.status <> 'prepared' OR NEW.run_id IS NOT NULL OR NEW.ended_at IS NOT NULL OR NOT EXISTS (SELECT 1"
        " FROM calculations_calculationrun r WHERE r.office_id = of_order.office_id AND r.month = NEW.month"
        " AND r.status IN ('calculated', 'submitted', 'approved'))"
        " OR NOT EXISTS (SELECT 1 FROM recipients_recipient p"
        " WHERE p.id = NEW.recipient_id AND p.office_id = of_order.office_id) THEN"
        " RAISE EXCEPTION 'a recalculation lists accrued months of its own district'"
        " USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW; END IF;"
        " IF (OLD.id, OLD.order_id, OLD.recipient_id, OLD.month, OLD.accrued, OLD.recalculated, OLD.services)"
        " IS DISTINCT FROM (NEW.id, NEW.order_id, NEW.recipient_id, NEW.month, NEW.accrued, NEW.recalculated,"
        " NEW.services) THEN"
        " RAISE EXCEPTION 'months of a recalculation are never changed' USING ERRCODE = 'restrict_violation'; END IF;"
        " IF (OLD.ended_at, OLD.ended_by_id, OLD.ended_because) IS DISTINCT FROM"
        " (NEW.ended_at, NEW.ended_by_id, NEW.ended_because) AND (OLD.ended_at IS NOT NULL"
        " OR of_order.status <> 'approved' OR OLD.run_id IS DISTINCT FROM NEW.run_id"
        " OR EXISTS (SELECT 1 FROM calculations_calculationrun r WHERE r.id = OLD.run_id"
        " AND r.status NOT IN ('returned', 'discarded'))) THEN"
        " RAISE EXCEPTION 'an approved month that no run has taken ends once'"
        " USING ERRCODE = 'restrict_violation'; END IF;"
        " IF OLD.run_id IS DISTINCT FROM NEW.run_id THEN"
        " SELECT * INTO taking FROM calculations_calculationrun WHERE id = NEW.run_id;"
        " IF of_order.status <> 'approved' OR NEW.ended_at IS NOT NULL OR taking.id IS NULL OR taking.status <> 'draft'"
        " OR taking.office_id <> of_order.office_id OR taking.month <= NEW.month"
        " OR EXISTS (SELECT 1 FROM calculations_calculationrun r WHERE r.id = OLD.run_id"
        " AND r.status NOT IN ('returned', 'discarded')) THEN"
        " RAISE EXCEPTION 'an approved recalculation is taken by one later run'"
        " USING ERRCODE = 'restrict_violation'; END IF;"
        " END IF; RETURN NEW;"
    ),
)
