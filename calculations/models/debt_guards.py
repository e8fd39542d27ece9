"""Triggers that keep what was asked and answered about debts, and let no payment be suspended without its ground."""

import pgtrigger

# An answer is given once, the silence of a provider counts only after its term; what was asked stays.
ANSWER_IS_GIVEN_ONCE = pgtrigger.Trigger(
    name="debt_answer_is_given_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    declare=[("due", "date")],
    func=(
        "IF TG_OP = 'DELETE' OR OLD.outcome <> 'waiting'"
        " OR (OLD.id, OLD.request_id, OLD.recipient_id) IS DISTINCT FROM (NEW.id, NEW.request_id, NEW.recipient_id) THEN"
        " RAISE EXCEPTION 'an answer about a debt is given once' USING ERRCODE = 'restrict_violation'; END IF;"
        " SELECT answer_due_on INTO due FROM calculations_debtrequest WHERE id = NEW.request_id;"
        " IF NEW.outcome = 'silent' AND NEW.answered_on <= due THEN"
        " RAISE EXCEPTION 'silence is an answer only after its term' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW;"
    ),
)

# A person of the district that asks is asked about, and no answer is known before.
ASKED_OF_ITS_DISTRICT = pgtrigger.Trigger(
    name="debt_is_asked_by_its_district",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM calculations_debtrequest request JOIN recipients_recipient recipient"
        " ON recipient.office_id = request.office_id WHERE request.id = NEW.request_id AND recipient.id = NEW.recipient_id;"
        " IF NOT FOUND OR NEW.outcome <> 'waiting' THEN"
        " RAISE EXCEPTION 'a debt is asked about by the district of the recipient'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

# A court act stays as it was entered; the day on which its debt was paid is noted once.
ACT_IS_SETTLED_ONCE = pgtrigger.Trigger(
    name="court_act_is_settled_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=(
        "IF TG_OP = 'DELETE' OR OLD.settled_on IS NOT NULL"
        " OR (to_jsonb(OLD) - 'settled_on') IS DISTINCT FROM (to_jsonb(NEW) - 'settled_on') THEN"
        " RAISE EXCEPTION 'a court act stays as it was entered' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW;"
    ),
)

# What was prepared stays; it is confirmed or withdrawn once, and resumed once.
SUSPENSION_GOES_FORWARD = pgtrigger.Trigger(
    name="suspension_goes_forward",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=(
        "IF TG_OP = 'INSERT' AND NEW.status = 'prepared' THEN RETURN NEW; END IF;"
        " IF TG_OP <> 'UPDATE'"
        " OR (OLD.id, OLD.office_id, OLD.recipient_id, OLD.number, OLD.rule, OLD.ground_id, OLD.court_act_id,"
        " OLD.answer_id, OLD.prepared_at, OLD.prepared_by_id) IS DISTINCT FROM (NEW.id, NEW.office_id, NEW.recipient_id,"
        " NEW.number, NEW.rule, NEW.ground_id, NEW.court_act_id, NEW.answer_id, NEW.prepared_at, NEW.prepared_by_id)"
        " OR (OLD.status <> 'prepared' AND (OLD.starts_on, OLD.confirmed_at, OLD.confirmed_by_id, OLD.notice_id)"
        " IS DISTINCT FROM (NEW.starts_on, NEW.confirmed_at, NEW.confirmed_by_id, NEW.notice_id))"
        " OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN"
        " (('prepared', 'confirmed'), ('prepared', 'withdrawn'), ('confirmed', 'resumed')))"
        " OR (OLD.status IN ('withdrawn', 'resumed') AND OLD IS DISTINCT FROM NEW) THEN"
        " RAISE EXCEPTION 'a suspension only goes forward' USING ERRCODE = 'restrict_violation'; END IF;"
        " RETURN NEW;"
    ),
)

# A payment is suspended only by the rule in force in its first month: by a court act in force whose debt is not paid,
# or by the last answer of a provider, which tells a debt and no agreement that is kept; where the rule is none, never.
SUSPENSION_HAS_ITS_GROUND = pgtrigger.Trigger(
    name="suspension_has_its_ground",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__status__in=["prepared", "confirmed"]),
    declare=[("in_force", "text"), ("grounded", "boolean")],
    func=(
        "SELECT btrim(value) INTO in_force FROM calculations_parameter WHERE code = 'arrears_rule'"
        " AND confirmed_at IS NOT NULL AND valid_from <= NEW.starts_on"
        " AND (valid_to IS NULL OR valid_to > NEW.starts_on);"
        " IF NEW.rule = 'court_act' THEN"
        " SELECT EXISTS (SELECT 1 FROM calculations_debtcourtact act WHERE act.id = NEW.court_act_id"
        " AND act.recipient_id = NEW.recipient_id AND act.in_force_on < NEW.starts_on AND act.settled_on IS NULL)"
        " INTO grounded;"
        " ELSE"
        " SELECT EXISTS (SELECT 1 FROM calculations_debtanswer told"
        " JOIN calculations_debtrequest request ON request.id = told.request_id"
        " WHERE told.id = NEW.answer_id AND told.recipient_id = NEW.recipient_id AND told.outcome = 'debt'"
        " AND NOT EXISTS (SELECT 1 FROM calculations_debtanswer later"
        " JOIN calculations_debtrequest again ON again.id = later.request_id"
        " WHERE later.recipient_id = told.recipient_id AND again.provider_id = request.provider_id"
        " AND later.id > told.id AND later.outcome <> 'waiting')) INTO grounded; END IF;"
        " IF in_force IS DISTINCT FROM NEW.rule OR NOT grounded THEN"
        " RAISE EXCEPTION 'a payment is suspended by the rule of its month and with its ground'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)
