"""Questions about corrections of past months and about what providers recalculated: computed anew from the charges."""

from workplace.audit.questions import LINES, RUNS, Question

WITHOUT_MONTH = "recalculation_without_month"
CORRECTED = f"""
    SELECT l.*, e.disabled_person_id person FROM {LINES} l
    JOIN recipients_entitlement e ON e.id = (l.inputs -> 'correction' ->> 'right')::bigint
    WHERE l.month = %(month)s AND l.corrects_month IS NOT NULL AND l.run_id IN ({RUNS})"""
STANDING = """
    SELECT c.*, coalesce(c.billed_for, c.month) bills FROM providers_charge c
    WHERE NOT EXISTS (SELECT 1 FROM providers_charge later
                      WHERE later.month = c.month AND later.recipient_id = c.recipient_id
                        AND later.account_id = c.account_id AND later.service_id = c.service_id
                        AND later.billed_for IS NOT DISTINCT FROM c.billed_for AND later.number > c.number)"""
"""Charges that no further number of their month corrects."""

CORRECTIONS = [
    Question(
        "A09",
        "Исправление прошедшего месяца равно пересчитанному без начисленного прежде и указывает строку того месяца",
        f"SELECT count(*) FROM {LINES} WHERE month = %(month)s AND corrects_month IS NOT NULL AND run_id IN ({RUNS})",
        f"""
        SELECT 'строка ' || l.id || ', получатель ' || l.recipient_id || ', за ' || to_char(l.corrects_month, 'MM.YYYY'),
               'начислено прежде ' || coalesce(before.accrued, 0) || ', строка ' || coalesce(before.line::text, 'нет'),
               (l.inputs -> 'correction' ->> 'accrued') || ', строка ' || coalesce(l.corrects::text, 'нет')
        FROM ({CORRECTED}) l
        LEFT JOIN LATERAL (
            SELECT sum(p.accrued) accrued, max(p.id) FILTER (WHERE p.corrects_month IS NULL) line
            FROM {LINES} p JOIN calculations_accrual a ON a.id = p.accrual_id
            JOIN calculations_calculationrun r ON r.id = p.run_id AND r.status = 'approved'
            JOIN recipients_entitlement e
              ON e.id = coalesce((p.inputs -> 'correction' ->> 'right')::bigint, a.entitlement_id)
            WHERE p.recipient_id = l.recipient_id AND p.account_id = l.account_id AND p.service_id = l.service_id
              AND p.month < l.month AND coalesce(p.corrects_month, p.month) = l.corrects_month
              AND p.rule <> '{WITHOUT_MONTH}' AND e.disabled_person_id = l.person) before ON true
        WHERE l.corrects IS DISTINCT FROM before.line
           OR (l.inputs -> 'correction' ->> 'accrued')::numeric <> coalesce(before.accrued, 0)""",
    ),
    Question(
        "A11",
        "Опоздавшее начисление входит только в исправление своего месяца",
        "SELECT count(*) FROM providers_charge WHERE month = %(month)s AND billed_for IS NOT NULL",
        f"""
        SELECT 'строка ' || l.id || ', начисление предприятия ' || c.id, coalesce(c.billed_for::text, 'свой месяц'),
               coalesce(l.corrects_month::text, 'свой месяц')
        FROM {LINES} l JOIN providers_charge c ON c.month = l.month AND c.id = ANY (l.charge_ids)
        WHERE l.month = %(month)s AND l.run_id IN ({RUNS}) AND l.rule <> '{WITHOUT_MONTH}'
          AND c.billed_for IS DISTINCT FROM l.corrects_month
          AND (l.corrects_month IS NULL OR c.adjustment_month IS DISTINCT FROM l.corrects_month)""",
    ),
    Question(
        "A12",
        "Исправление считано с того, что предприятие начислило за тот месяц со всеми позднейшими перерасчётами",
        f"SELECT count(*) FROM {LINES} WHERE month = %(month)s AND run_id IN ({RUNS})"
        f" AND (corrects_month IS NOT NULL OR rule = '{WITHOUT_MONTH}')",
        f"""
        SELECT 'строка ' || l.id || ', получатель ' || l.recipient_id || ', за ' || to_char(l.corrects_month, 'MM.YYYY'),
               stands.roubles::text, l.billed::text
        FROM ({CORRECTED} AND l.rule <> 'taken_back' AND l.inputs -> 'correction' ? 'month') l
        JOIN LATERAL (
            SELECT sum(greatest(one.billed + one.told, 0)) roubles FROM (
                SELECT coalesce((SELECT c.billed FROM providers_charge c
                                 WHERE c.recipient_id = l.recipient_id AND c.account_id = l.account_id
                                   AND c.service_id = of.service_id AND c.month <= l.month
                                   AND coalesce(c.billed_for, c.month) = l.corrects_month
                                   AND (c.month < l.month OR c.office_id = l.office_id)
                                 ORDER BY c.month DESC, c.number DESC, c.id DESC LIMIT 1), 0) billed,
                       coalesce((SELECT sum(c.adjustment) FROM ({STANDING}) c
                                 WHERE c.recipient_id = l.recipient_id AND c.account_id = l.account_id
                                   AND c.service_id = of.service_id AND c.adjustment_month = l.corrects_month
                                   AND c.month > l.corrects_month AND c.month <= l.month
                                   AND (c.month < l.month OR c.office_id = l.office_id)), 0) told
                FROM (SELECT DISTINCT service_id FROM providers_charge c
                      WHERE c.id = ANY (l.charge_ids) AND c.recipient_id = l.recipient_id AND c.month <= l.month
                     ) of) one) stands ON true
        WHERE stands.roubles IS DISTINCT FROM l.billed
        UNION ALL
        SELECT 'строка ' || l.id || ', получатель ' || l.recipient_id || ', перерасчёт без месяца',
               coalesce(told.roubles, 0) || ', начислений ' || told.charges,
               l.billed || ' и ' || (l.inputs -> 'unmonthed' ->> 'roubles') || ', начислений ' || cardinality(l.charge_ids)
        FROM {LINES} l
        JOIN LATERAL (SELECT sum(c.adjustment) roubles, count(*) charges FROM ({STANDING}) c
                      WHERE c.id = ANY (l.charge_ids) AND c.month = l.month AND c.recipient_id = l.recipient_id
                        AND (c.adjustment_month IS NULL OR c.adjustment_month >= c.month)) told ON true
        WHERE l.month = %(month)s AND l.run_id IN ({RUNS}) AND l.rule = '{WITHOUT_MONTH}'
          AND (told.roubles IS DISTINCT FROM l.billed OR told.charges <> cardinality(l.charge_ids)
               OR (l.inputs -> 'unmonthed' ->> 'roubles')::numeric <> l.billed
               OR sign(l.accrued) <> sign(l.billed))""",
    ),
    Question(
        "A13",
        "Каждый перерасчёт предприятия учтён в строках расчёта или отмечен с причиной",
        "SELECT count(*) FROM providers_charge WHERE month = %(month)s AND adjustment <> 0",
        f"""
        SELECT 'начисление предприятия ' || c.id || ', получатель ' || c.recipient_id, 'строка или отметка — одно',
               'строк ' || used.lines || ', отметок ' || used.notes
        FROM ({STANDING}) c
        JOIN calculations_calculationrun r ON r.office_id = c.office_id AND r.month = c.month
         AND r.status IN ('calculated', 'submitted', 'approved')
        JOIN LATERAL (
            SELECT (SELECT count(*) FROM {LINES} l
                    WHERE l.month = c.month AND l.run_id = r.id AND l.recipient_id = c.recipient_id
                      AND (l.inputs @> jsonb_build_object('correction', jsonb_build_object(
                               'told', jsonb_build_array(jsonb_build_object('charge', c.id))))
                           OR l.rule = '{WITHOUT_MONTH}' AND c.id = ANY (l.charge_ids))) lines,
                   (SELECT count(*) FROM calculations_unappliedrecalculation u
                    WHERE u.run_id = r.id AND u.charge_id = c.id AND u.roubles = c.adjustment) notes) used ON true
        WHERE c.month = %(month)s AND c.adjustment <> 0 AND (used.lines > 0) = (used.notes > 0)""",
    ),
]
