"""Triggers that hold lists and registers to their sums and keep duties apart."""

import pgtrigger

# Asked when the transaction ends: the list is written before its lines.
LIST_IS_ITS_LINES = pgtrigger.Trigger(
    name="a_list_is_the_sum_of_its_lines",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    declare=[("lines_counted", "bigint"), ("lines_total", "numeric")],
    func=(
        "SELECT count(*), coalesce(sum(payable), 0) INTO lines_counted, lines_total"
        " FROM payments_paymentline WHERE list_id = NEW.id;"
        " IF lines_counted <> NEW.rows OR lines_total <> NEW.total THEN"
        " RAISE EXCEPTION 'a payment list is not the sum of its lines'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)

# Four eyes: the district calculates, the department makes the list.
CALCULATOR_MAKES_NO_LIST = pgtrigger.Trigger(
    name="who_calculated_makes_no_list",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__kind="regular"),
    func=(
        "IF EXISTS (SELECT 1 FROM calculations_calculationrun"
        " WHERE office_id = NEW.office_id AND month = NEW.month AND status = 'approved'"
        " AND NEW.built_by_id IN (started_by_id, submitted_by_id)) THEN"
        " RAISE EXCEPTION 'who calculated the month makes no list of it'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# Four eyes: who treats a return does not confirm the list that pays it again.
TREATER_CONFIRMS_NO_LIST = pgtrigger.Trigger(
    name="who_treated_returns_confirms_no_list",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__handed_by__isnull=True, new__handed_by__isnull=False),
    func=(
        "IF EXISTS (SELECT 1 FROM payments_paymentline line"
        " JOIN payments_returnedpayment back ON back.line_id = line.replaces_id"
        " WHERE line.list_id = NEW.id"
        " AND NEW.handed_by_id IN (back.recorded_by_id, back.clarified_by_id)) THEN"
        " RAISE EXCEPTION 'who treated a return does not confirm its list'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

LINES_JOIN_AN_OPEN_LIST = pgtrigger.Trigger(
    name="lines_join_an_open_list",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM payments_paymentlist WHERE id = NEW.list_id"
        " AND status = 'built' FOR SHARE;"
        " IF NOT FOUND THEN"
        " RAISE EXCEPTION 'the list is handed over' USING ERRCODE = 'restrict_violation';"
        " END IF; RETURN NEW;"
    ),
)

# Asked when the transaction ends: the register is written before its entries.
REGISTER_IS_ITS_ENTRIES = pgtrigger.Trigger(
    name="a_register_is_the_sum_of_its_entries",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    declare=[("entries_counted", "bigint"), ("entries_total", "numeric")],
    func=(
        "SELECT count(*), coalesce(sum(line.payable), 0) INTO entries_counted, entries_total"
        " FROM payments_registerentry entry"
        " JOIN payments_paymentline line ON line.id = entry.line_id"
        " WHERE entry.register_id = NEW.id;"
        " IF entries_counted <> NEW.rows OR entries_total <> NEW.total THEN"
        " RAISE EXCEPTION 'a register is not the sum of its entries'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)

# Four eyes: the subsidies unit hands the lists over, the payments unit forms the register.
HANDER_FORMS_NO_REGISTER = pgtrigger.Trigger(
    name="who_hands_lists_over_forms_no_register",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func=(
        "IF EXISTS (SELECT 1 FROM payments_registerentry entry"
        " JOIN payments_paymentline line ON line.id = entry.line_id"
        " JOIN payments_paymentlist list ON list.id = line.list_id"
        " WHERE entry.register_id = NEW.id AND list.handed_by_id = NEW.formed_by_id) THEN"
        " RAISE EXCEPTION 'who handed the lists over forms no register of them'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;"
    ),
)
