"""What the audit asks about fuel and gas: parts add up, each due one is accrued once and to its right."""

from workplace.audit.debts import STOPPED
from workplace.audit.questions import DONE_RUNS, LINES, RUNS, Question

_STOPPED = STOPPED.format(recipient="f.recipient_id", month="p.month", at="r.started_at")

FUEL = [
    Question(
        "A14",
        "Части топлива и газа складываются в назначенное, и каждая начислена не больше одного раза",
        "SELECT count(*) FROM calculations_fuelassignment WHERE status IN ('confirmed', 'stopped')",
        f"""
        SELECT 'назначение ' || f.id, f.amount || ' на ' || f.months || ' мес.', p.total || ' на ' || p.parts || ' мес.'
        FROM calculations_fuelassignment f
        JOIN LATERAL (SELECT coalesce(sum(amount), 0) total, count(*) parts FROM calculations_fuelpart
                      WHERE assignment_id = f.id) p ON true
        WHERE f.status IN ('confirmed', 'stopped') AND (p.total <> f.amount OR p.parts <> f.months)
        UNION ALL
        SELECT 'часть ' || l.fuel_part_id, '1 раз', count(*) || ' раз'
        FROM {LINES} l JOIN calculations_calculationrun r ON r.id = l.run_id AND r.status = 'approved'
        WHERE l.fuel_part_id IN (SELECT fuel_part_id FROM {LINES} WHERE month = %(month)s AND run_id IN ({RUNS}))
        GROUP BY l.fuel_part_id HAVING count(*) > 1""",
    ),
    Question(
        "A15",
        "Часть топлива или газа за месяц начислена, если право и жильё прежние, и не начислена, если нет",
        "SELECT count(*) FROM calculations_fuelpart WHERE month = %(month)s",
        f"""
        SELECT 'часть ' || p.id || ', получатель ' || f.recipient_id,
               CASE WHEN due.is_due THEN 'начислена' ELSE 'не начислена' END,
               CASE WHEN l.id IS NULL THEN 'не начислена' ELSE 'начислена' END
        FROM calculations_fuelpart p JOIN calculations_fuelassignment f ON f.id = p.assignment_id
        JOIN recipients_entitlement e ON e.id = f.entitlement_id
        JOIN recipients_person d ON d.id = e.disabled_person_id
        JOIN recipients_recipient c ON c.id = f.recipient_id JOIN recipients_person h ON h.id = c.person_id
        JOIN calculations_calculationrun r ON r.month = p.month AND r.office_id = c.office_id AND r.id IN ({DONE_RUNS})
        JOIN LATERAL (SELECT f.decided_at < r.started_at AND e.valid_from <= p.month
                             AND coalesce(e.valid_to > p.month, true) AND coalesce(d.death_date >= p.month, true)
                             AND coalesce(h.death_date >= p.month, true)
                             AND (f.stopped_from IS NULL OR p.month < f.stopped_from) AND NOT {_STOPPED}
                             AND EXISTS (SELECT 1 FROM housing_supporteddwelling s WHERE s.recipient_id = f.recipient_id
                                         AND s.dwelling_id = f.dwelling_id AND s.valid_from <= p.month
                                         AND (s.valid_to IS NULL OR s.valid_to > p.month)) is_due) due ON true
        LEFT JOIN {LINES} l ON l.fuel_part_id = p.id AND l.month = p.month AND l.run_id = r.id
        WHERE p.month = %(month)s AND f.status IN ('confirmed', 'stopped') AND f.decided_at < r.started_at
          AND due.is_due <> (l.id IS NOT NULL)""",
    ),
]
