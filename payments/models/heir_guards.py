"""Triggers about what a deceased recipient was owed: claims, decisions, parts, their payment, what is cancelled."""

import pgtrigger

# The four months of article 1183 end on their last day or, where it is a day off, later.
CLAIM_FOLLOWS_A_DEATH = pgtrigger.Trigger(
    name="a_claim_follows_a_death",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("died_on", "date")],
    func=(
        "SELECT person.death_date INTO died_on FROM recipients_recipient recipient"
        " JOIN recipients_person person ON person.id = recipient.person_id"
        " WHERE recipient.id = NEW.recipient_id;"
        " IF died_on IS NULL OR NEW.claimed_on < died_on"
        " OR NEW.term_ends_on < (died_on + interval '4 months')::date THEN"
        " RAISE EXCEPTION 'a claim follows a death, and its term is four months'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

CONFIRMED_REQUISITES_STAND = pgtrigger.Trigger(
    name="confirmed_requisites_stand",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=(
        "IF OLD.confirmed_at IS NOT NULL"
        " OR (to_jsonb(NEW) - 'confirmed_at' - 'confirmed_by_id')"
        " <> (to_jsonb(OLD) - 'confirmed_at' - 'confirmed_by_id') THEN"
        " RAISE EXCEPTION 'requisites are only confirmed, once'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;"
    ),
)

DECISION_FOLLOWS_A_CLAIM = pgtrigger.Trigger(
    name="a_decision_follows_a_claim_in_its_term",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "IF NOT EXISTS (SELECT 1 FROM payments_heirclaim claim"
        " WHERE claim.application_id = NEW.application_id AND claim.office_id = NEW.office_id"
        " AND claim.recipient_id = NEW.recipient_id AND claim.claimant_id = NEW.claimant_id"
        " AND (claim.kind = 'heir') = (claim.claimed_on > claim.term_ends_on)) THEN"
        " RAISE EXCEPTION 'a decision follows a claim made in its term'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

DECISION_IS_ITS_PARTS = pgtrigger.Trigger(
    name="a_decision_is_confirmed_as_it_was_prepared",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("given", "numeric")],
    func=(
        "IF OLD.status <> 'prepared' THEN"
        " RAISE EXCEPTION 'the decision is confirmed or withdrawn' USING ERRCODE = 'restrict_violation'; END IF;"
        " SELECT coalesce(sum(payable), 0) INTO given FROM payments_heirpart WHERE decision_id = NEW.id;"
        " IF NEW.status <> 'prepared' AND given <> NEW.total THEN"
        " RAISE EXCEPTION 'a decision is the sum of its parts' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW;"
    ),
)

PARTS_OF_A_DECISION_STAND = pgtrigger.Trigger(
    name="parts_of_a_confirmed_decision_stand",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=(
        "PERFORM 1 FROM payments_heirdecision WHERE id IN (OLD.decision_id, NEW.decision_id)"
        " AND status <> 'prepared' FOR SHARE;"
        " IF FOUND THEN RAISE EXCEPTION 'the decision is confirmed or withdrawn'"
        " USING ERRCODE = 'restrict_violation'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
    ),
)

# What was withheld is not unpaid. The accrual is locked: two claimants' parts, or a part and a line, written at once wait for each other.
HEIRS_GET_WHAT_WAS_UNPAID = pgtrigger.Trigger(
    name="heirs_get_no_more_than_was_unpaid",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("given", "numeric"), ("accrued_sum", "numeric")],
    func=(
        "SELECT accrued - coalesce((SELECT sum(withheld) FROM payments_withholding WHERE accrual_id = NEW.accrual_id), 0)"
        " INTO accrued_sum FROM calculations_accrual WHERE id = NEW.accrual_id FOR UPDATE;"
        " SELECT sum(payable) INTO given FROM payments_heirpart"
        " WHERE accrual_id = NEW.accrual_id;"
        " IF given > accrued_sum OR EXISTS (SELECT 1 FROM payments_paymentline"
        " WHERE accrual_id = NEW.accrual_id AND heir_part_id IS NULL AND status <> 'returned')"
        " OR EXISTS (SELECT 1 FROM payments_cancelledaccrual WHERE accrual_id = NEW.accrual_id) THEN"
        " RAISE EXCEPTION 'the accrual is paid or given already'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)

# The accrual is locked first, so an heir's part written at the same moment is seen.
HEIRS_ARE_NOT_PAID_OVER = pgtrigger.Trigger(
    name="heirs_are_not_paid_over",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__heir_part__isnull=True),
    func=(
        "PERFORM 1 FROM calculations_accrual WHERE id = NEW.accrual_id FOR KEY SHARE;"
        " IF EXISTS (SELECT 1 FROM payments_heirpart WHERE accrual_id = NEW.accrual_id) THEN"
        " RAISE EXCEPTION 'the accrual is given to an heir'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

HEIRS_LINE_PAYS_ITS_PART = pgtrigger.Trigger(
    name="an_heirs_line_pays_its_part",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__heir_part__isnull=False),
    declare=[("accrued_sum", "numeric"), ("being_paid", "numeric")],
    func=(
        "SELECT accrued - coalesce((SELECT sum(withheld) FROM payments_withholding WHERE accrual_id = NEW.accrual_id), 0)"
        " INTO accrued_sum FROM calculations_accrual WHERE id = NEW.accrual_id FOR UPDATE;"
        " IF NOT EXISTS (SELECT 1 FROM payments_heirpart part"
        " JOIN payments_heirdecision decision ON decision.id = part.decision_id AND decision.status = 'confirmed'"
        " JOIN payments_heirrequisites requisites ON requisites.claim_id = decision.application_id"
        " WHERE part.id = NEW.heir_part_id AND part.accrual_id = NEW.accrual_id AND part.payable = NEW.payable"
        " AND decision.recipient_id = NEW.recipient_id AND decision.claimant_id = NEW.payee_id"
        " AND requisites.id = NEW.heir_requisites_id AND requisites.confirmed_at IS NOT NULL) THEN"
        " RAISE EXCEPTION 'an heir is paid the part of a confirmed decision, by confirmed requisites'"
        " USING ERRCODE = 'check_violation'; END IF;"
        " SELECT coalesce(sum(payable), 0) INTO being_paid FROM payments_paymentline"
        " WHERE accrual_id = NEW.accrual_id AND status <> 'returned';"
        " IF being_paid + NEW.payable > accrued_sum THEN"
        " RAISE EXCEPTION 'more is paid than was accrued' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW;"
    ),
)

# A cancellation stands as long as the death does: one recorded by mistake is taken back in the card.
WHAT_IS_CANCELLED_IS_NOT_PAID = pgtrigger.Trigger(
    name="what_is_cancelled_is_not_paid",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "PERFORM 1 FROM calculations_accrual WHERE id = NEW.accrual_id FOR KEY SHARE;"
        " IF EXISTS (SELECT 1 FROM payments_cancelledaccrual gone"
        " JOIN calculations_accrual accrual ON accrual.id = gone.accrual_id"
        " JOIN recipients_recipient recipient ON recipient.id = gone.recipient_id"
        " JOIN recipients_person person ON person.id = recipient.person_id"
        " WHERE gone.accrual_id = NEW.accrual_id AND person.death_date < accrual.month) THEN"
        " RAISE EXCEPTION 'the accrual is cancelled' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW;"
    ),
)

ONLY_WHAT_IS_UNPAID_AFTER_DEATH_IS_CANCELLED = pgtrigger.Trigger(
    name="only_what_is_unpaid_after_death_is_cancelled",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("accrued_for", "date"), ("died_on", "date")],
    func=(
        "SELECT month INTO accrued_for FROM calculations_accrual"
        " WHERE id = NEW.accrual_id AND recipient_id = NEW.recipient_id FOR UPDATE;"
        " SELECT person.death_date INTO died_on FROM recipients_recipient recipient"
        " JOIN recipients_person person ON person.id = recipient.person_id"
        " WHERE recipient.id = NEW.recipient_id;"
        " IF accrued_for IS NULL OR died_on IS NULL OR accrued_for <= died_on"
        " OR EXISTS (SELECT 1 FROM payments_paymentline"
        " WHERE accrual_id = NEW.accrual_id AND status <> 'returned') THEN"
        " RAISE EXCEPTION 'only what is unpaid and accrued after the death is cancelled'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

ASKED_BACK_AFTER_DEATH = pgtrigger.Trigger(
    name="only_what_was_paid_after_death_is_asked_back",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=(
        "IF NOT EXISTS (SELECT 1 FROM payments_paymentline line"
        " JOIN payments_returnnotice notice ON notice.id = NEW.notice_id"
        " JOIN calculations_accrual accrual ON accrual.id = line.accrual_id"
        " JOIN recipients_recipient recipient ON recipient.id = line.recipient_id"
        " JOIN recipients_person person ON person.id = recipient.person_id"
        " WHERE line.id = NEW.line_id AND line.status IN ('sent', 'paid') AND line.heir_part_id IS NULL"
        " AND accrual.month > person.death_date"
        " AND line.kind = notice.channel AND line.bank_id IS NOT DISTINCT FROM notice.bank_id) THEN"
        " RAISE EXCEPTION 'only what was paid for months after a death is asked back'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
    ),
)

# Asked when the transaction ends: the notice is written before its lines.
NOTICE_IS_ITS_LINES = pgtrigger.Trigger(
    name="a_return_notice_is_the_sum_of_its_lines",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    declare=[("lines_counted", "bigint"), ("lines_total", "numeric")],
    func=(
        "SELECT count(*), coalesce(sum(line.payable), 0) INTO lines_counted, lines_total"
        " FROM payments_returnnoticeline asked"
        " JOIN payments_paymentline line ON line.id = asked.line_id"
        " WHERE asked.notice_id = NEW.id;"
        " IF lines_counted <> NEW.rows OR lines_total <> NEW.total THEN"
        " RAISE EXCEPTION 'a notice is not the sum of its lines'"
        " USING ERRCODE = 'check_violation'; END IF; RETURN NULL;"
    ),
)
