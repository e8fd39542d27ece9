"""What the audit asks about suspended payments: a run accrued nothing for their months, and stopped nobody else."""

from workplace.audit.questions import DONE_RUNS, LINES, Question

STOPPED = """
    EXISTS (SELECT 1 FROM calculations_suspension s
            JOIN calculations_parameter rule ON rule.code = 'arrears_rule' AND rule.value = s.rule
             AND rule.confirmed_at IS NOT NULL AND rule.valid_from <= {month} AND coalesce(rule.valid_to > {month}, true)
            WHERE s.recipient_id = {recipient} AND s.starts_on <= {month} AND s.confirmed_at < {at}
              AND s.status IN ('confirmed', 'resumed') AND coalesce(s.resumed_at > {at}, true))
"""
"""True where the payment of a recipient for a month stood suspended at a moment; all three are expressions of SQL."""
_HELD = STOPPED.format(recipient="w.recipient_id", month="coalesce(c.billed_for, c.month)", at="r.started_at")
_LINE = STOPPED.format(recipient="l.recipient_id", month="l.month", at="r.started_at")

DEBTS = [
    Question(
        "A16",
        "Пока выплата приостановлена, за эти месяцы не начислено ничего, а остальным из-за долга не отказано",
        f"SELECT count(*) FROM calculations_withheld WHERE reason = 'suspended' AND run_id IN ({DONE_RUNS})",
        f"""
        SELECT 'строка ' || l.id || ', получатель ' || l.recipient_id, 'приостановлено', l.accrued::text
        FROM {LINES} l JOIN calculations_calculationrun r ON r.id = l.run_id
        WHERE l.month = %(month)s AND r.id IN ({DONE_RUNS}) AND l.corrects_month IS NULL AND l.fuel_part_id IS NULL
          AND {_LINE}
        UNION ALL
        SELECT 'отложено ' || w.id || ', получатель ' || w.recipient_id, 'решение о приостановлении', 'его нет'
        FROM calculations_withheld w JOIN calculations_calculationrun r ON r.id = w.run_id
        JOIN providers_charge c ON c.id = w.charge_id AND c.month = w.month
        WHERE w.reason = 'suspended' AND r.id IN ({DONE_RUNS}) AND NOT {_HELD}""",
    ),
]
