"""Whether the balances struck at the hand-overs are what the stored facts add up to."""

from workplace.audit.questions import Question

# The standing balances of an item, summed by office: what the services said at the hand-over.
SAID = """
    SELECT b.office_id, sum(b.rows_in) rows_in, sum(b.roubles_in) roubles_in,
           sum(b.rows_on) rows_on, sum(b.roubles_on) roubles_on
    FROM offices_handoverbalance b
    LEFT JOIN offices_handoverbalance later ON later.supersedes_id = b.id
    WHERE b.month = %(month)s AND b.item = '{item}' AND b.stage = '{stage}' AND later.id IS NULL
    GROUP BY b.office_id"""
# The last run of each district that went to the department; a returned one stands until the next is submitted.
LAST = """
    SELECT DISTINCT ON (office_id) id, office_id, status FROM calculations_calculationrun
    WHERE month = %(month)s AND status IN ({states}) ORDER BY office_id, number DESC"""
SUBMITTED = LAST.format(states="'submitted', 'approved', 'returned'")
REVIEWED = LAST.format(states="'approved', 'returned'")

# A line that stood the check: it waits, is loaded, or was turned away at the loading because its charge was there.
WENT_ON = """(l.status IN ('clean', 'loaded')
    OR l.status = 'rejected' AND r.request_row_id IS NOT NULL AND l.billed IS NOT NULL)"""


def _compared(code: str, title: str, *, item: str, stage: str, facts: str) -> Question:
    """Compare an item's balances with `facts`: office_id, rows_in, roubles_in, rows_on, roubles_on."""
    said = SAID.format(item=item, stage=stage)
    return Question(
        code,
        title,
        f"SELECT count(*) FROM ({said}) said",
        f"""
        SELECT 'отдел ' || coalesce(said.office_id, fact.office_id) || ', п. {item}',
               coalesce(fact.rows_in, 0) || ' на ' || coalesce(fact.roubles_in, 0) || ', дальше '
               || coalesce(fact.rows_on, 0) || ' на ' || coalesce(fact.roubles_on, 0),
               coalesce(said.rows_in, 0) || ' на ' || coalesce(said.roubles_in, 0) || ', дальше '
               || coalesce(said.rows_on, 0) || ' на ' || coalesce(said.roubles_on, 0)
        FROM ({said}) said
        FULL JOIN ({facts}) fact ON fact.office_id = said.office_id
        WHERE coalesce(said.rows_in, 0) <> coalesce(fact.rows_in, 0)
           OR coalesce(said.roubles_in, 0) <> coalesce(fact.roubles_in, 0)
           OR coalesce(said.rows_on, 0) <> coalesce(fact.rows_on, 0)
           OR coalesce(said.roubles_on, 0) <> coalesce(fact.roubles_on, 0)""",
    )


HANDOVERS = [
    _compared(
        "B06",
        "Баланс проверки равен принятым строкам файлов",
        item="3.10",
        stage="проверка начислений предприятий",
        facts=f"""
            SELECT f.office_id, count(*) rows_in, coalesce(sum(coalesce(l.billed, 0)), 0) roubles_in,
                   count(*) FILTER (WHERE {WENT_ON}) rows_on,
                   coalesce(sum(l.billed) FILTER (WHERE {WENT_ON}), 0) roubles_on
            FROM exchange_returnedline l JOIN exchange_returnedrow r ON r.id = l.row_id
            JOIN exchange_exchangefile f ON f.id = r.file_id
            WHERE f.month = %(month)s AND f.kind IN ('return', 'late') AND f.status IN ('verified', 'loaded')
            GROUP BY f.office_id""",
    ),
    _compared(
        "B07",
        "Баланс загрузки равен начислениям предприятий из файлов",
        item="3.11",
        stage="загрузка начислений",
        facts="""
            SELECT c.office_id, b.rows_in, b.roubles_in, count(*) rows_on, sum(c.billed) roubles_on
            FROM providers_charge c
            LEFT JOIN (SELECT office_id, sum(rows_in) rows_in, sum(roubles_in) roubles_in
                       FROM offices_handoverbalance WHERE month = %(month)s AND item = '3.11'
                       GROUP BY office_id) b ON b.office_id = c.office_id
            WHERE c.month = %(month)s AND c.source = 'file'
            GROUP BY c.office_id, b.rows_in, b.roubles_in""",
    ),
    _compared(
        "B08",
        "Баланс расчёта равен начислениям предприятий и строкам расчёта",
        item="3.12",
        stage="расчёт и передача начислений",
        facts=f"""
            SELECT r.office_id, c.rows_in, c.roubles_in, l.rows_on, l.roubles_on
            FROM ({SUBMITTED}) r
            LEFT JOIN (SELECT office_id, count(*) rows_in, sum(billed) roubles_in FROM providers_charge
                       WHERE month = %(month)s GROUP BY office_id) c ON c.office_id = r.office_id
            LEFT JOIN (SELECT u.run_id, count(*) rows_on, sum(ch.billed) roubles_on
                       FROM (SELECT DISTINCT run_id, unnest(charge_ids) charge_id,
                                    coalesce(corrects_month, month) counts_for
                             FROM calculations_accrualline WHERE month = %(month)s
                              AND (charge_id IS NOT NULL OR corrects_month IS NOT NULL)) u
                       JOIN providers_charge ch ON ch.id = u.charge_id AND ch.month = %(month)s
                        AND coalesce(ch.billed_for, ch.month) = u.counts_for
                       GROUP BY u.run_id) l ON l.run_id = r.id""",
    ),
    _compared(
        "B09",
        "Баланс проверки Департаментом равен утверждённым начислениям",
        item="3.13",
        stage="проверка начислений",
        facts=f"""
            SELECT r.office_id, count(a.id) rows_in, coalesce(sum(a.accrued), 0) roubles_in,
                   count(a.id) FILTER (WHERE r.status = 'approved') rows_on,
                   coalesce(sum(a.accrued) FILTER (WHERE r.status = 'approved'), 0) roubles_on
            FROM ({REVIEWED}) r LEFT JOIN calculations_accrual a ON a.run_id = r.id GROUP BY r.office_id""",
    ),
    _compared(
        "B10",
        "Баланс списков равен утверждённым начислениям и строкам на выплату",
        item="3.14",
        stage="списки на выплату",
        facts="""
            SELECT s.office_id, a.rows_in, a.roubles_in, s.rows rows_on, s.total roubles_on
            FROM payments_paymentlist s
            LEFT JOIN (SELECT r.office_id, count(*) rows_in, sum(x.accrued) roubles_in
                       FROM calculations_calculationrun r JOIN calculations_accrual x ON x.run_id = r.id
                       WHERE r.month = %(month)s AND r.status = 'approved' GROUP BY r.office_id) a
              ON a.office_id = s.office_id
            WHERE s.month = %(month)s AND s.kind = 'regular'""",
    ),
]
