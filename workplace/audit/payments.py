"""What the audit asks of payments, balances, journals and jobs."""

from workplace.audit.questions import Question

LINES = "SELECT l.* FROM payments_paymentline l JOIN payments_paymentlist s ON s.id = l.list_id"

PAYMENTS = [
    Question(
        "P01",
        "Строка на выплату равна начислению без удержанного или части наследника, открытая строка у начисления одна",
        f"SELECT count(*) FROM ({LINES} WHERE s.month = %(month)s) l",
        """
        SELECT 'строка на выплату ' || l.id || ', начисление ' || a.id,
               a.accrued || ' без удержанного ' || w.withheld, l.payable::text
        FROM payments_paymentline l JOIN calculations_accrual a ON a.id = l.accrual_id
        JOIN payments_paymentlist s ON s.id = l.list_id
        LEFT JOIN payments_heirpart h ON h.id = l.heir_part_id
        JOIN LATERAL (SELECT coalesce(sum(withheld), 0) withheld FROM payments_withholding
                      WHERE accrual_id = a.id) w ON true
        WHERE s.month = %(month)s
          AND (l.payable <> coalesce(h.payable, a.accrued - w.withheld) OR l.recipient_id <> a.recipient_id)
        UNION ALL
        SELECT 'начисление ' || l.accrual_id, '1 открытая строка', count(*)::text
        FROM payments_paymentline l JOIN calculations_accrual a ON a.id = l.accrual_id
        WHERE a.month = %(month)s AND l.status <> 'returned'
        GROUP BY l.accrual_id, l.heir_part_id HAVING count(*) > 1""",
    ),
    Question(
        "P02",
        "К выплате идут только утверждённые начисления",
        f"SELECT count(*) FROM ({LINES} WHERE s.month = %(month)s) l",
        """
        SELECT 'строка на выплату ' || l.id, 'расчёт утверждён', r.status
        FROM payments_paymentline l JOIN payments_paymentlist s ON s.id = l.list_id
        JOIN calculations_accrual a ON a.id = l.accrual_id
        JOIN calculations_calculationrun r ON r.id = a.run_id
        WHERE s.month = %(month)s AND r.status <> 'approved'""",
    ),
    Question(
        "P03",
        "Итог списка на выплату равен сумме строк",
        "SELECT count(*) FROM payments_paymentlist WHERE month = %(month)s",
        """
        SELECT 'список ' || s.id, coalesce(sum(l.payable), 0) || ', строк ' || count(l.id), s.total || ', строк ' || s.rows
        FROM payments_paymentlist s LEFT JOIN payments_paymentline l ON l.list_id = s.id
        WHERE s.month = %(month)s GROUP BY s.id, s.total, s.rows
        HAVING coalesce(sum(l.payable), 0) <> s.total OR count(l.id) <> s.rows""",
    ),
    Question(
        "P04",
        "Итог реестра банка или почты равен сумме строк",
        "SELECT count(*) FROM payments_paymentregister WHERE month = %(month)s",
        """
        SELECT 'реестр ' || g.id, coalesce(sum(l.payable), 0) || ', строк ' || count(l.id), g.total || ', строк ' || g.rows
        FROM payments_paymentregister g
        LEFT JOIN payments_registerentry e ON e.register_id = g.id
        LEFT JOIN payments_paymentline l ON l.id = e.line_id
        WHERE g.month = %(month)s GROUP BY g.id, g.total, g.rows
        HAVING coalesce(sum(l.payable), 0) <> g.total OR count(l.id) <> g.rows""",
    ),
    Question(
        "P05",
        "Состояние строки подтверждено: отправлена реестром, выплачена или возвращена ответом",
        f"SELECT count(*) FROM ({LINES} WHERE s.month = %(month)s) l",
        """
        SELECT 'строка на выплату ' || l.id, 'состояние с подтверждением', l.status
        FROM payments_paymentline l JOIN payments_paymentlist s ON s.id = l.list_id
        LEFT JOIN payments_registerentry e ON e.line_id = l.id
        LEFT JOIN payments_paymentregister g ON g.id = e.register_id
        LEFT JOIN payments_returnedpayment b ON b.line_id = l.id
        WHERE s.month = %(month)s AND (
            (l.status = 'listed' AND e.id IS NOT NULL)
            OR (l.status = 'registered' AND g.status IS DISTINCT FROM 'formed')
            OR (l.status = 'sent' AND g.status IS DISTINCT FROM 'released' AND g.status IS DISTINCT FROM 'answered')
            OR (l.status = 'paid' AND g.status IS DISTINCT FROM 'answered')
            OR ((l.status = 'returned') <> (b.id IS NOT NULL)))""",
    ),
    Question(
        "P06",
        "Получателю не начислено и не выплачено дважды за месяц по одному праву",
        "SELECT count(DISTINCT recipient_id) FROM calculations_accrual WHERE month = %(month)s",
        """
        SELECT 'право ' || a.entitlement_id || ', получатель ' || a.recipient_id, '1', count(*)::text
        FROM calculations_accrual a JOIN calculations_calculationrun r ON r.id = a.run_id
        WHERE a.month = %(month)s AND r.status NOT IN ('returned', 'discarded')
        GROUP BY a.entitlement_id, a.recipient_id HAVING count(*) > 1
        UNION ALL
        SELECT 'начисление ' || x.accrual_id, 'строка на выплату или доля наследника',
               'выплата ' || x.paid || ', наследникам ' || x.given
        FROM (SELECT h.accrual_id, sum(h.payable) given,
                     (SELECT count(*) FROM payments_paymentline l
                      WHERE l.accrual_id = h.accrual_id AND l.status <> 'returned'
                        AND l.heir_part_id IS NULL) paid, a.accrued
              FROM payments_heirpart h JOIN calculations_accrual a ON a.id = h.accrual_id
              WHERE a.month = %(month)s GROUP BY h.accrual_id, a.accrued) x
        WHERE x.paid > 0 OR x.given > x.accrued""",
    ),
    Question(
        "P07",
        "Повторная строка заменяет возвращённую с той же суммой",
        "SELECT count(*) FROM payments_paymentline WHERE replaces_id IS NOT NULL",
        """
        SELECT 'строка на выплату ' || n.id, 'возвращена, ' || o.payable, o.status || ', ' || n.payable
        FROM payments_paymentline n JOIN payments_paymentline o ON o.id = n.replaces_id
        JOIN calculations_accrual a ON a.id = n.accrual_id
        WHERE a.month = %(month)s
          AND (o.status <> 'returned' OR o.payable <> n.payable OR o.accrual_id <> n.accrual_id)""",
    ),
    Question(
        "P08",
        "Удержано по согласию, не больше разрешённой доли выплаты, и остаток каждой переплаты сходится",
        "SELECT count(*) FROM payments_withholding w JOIN payments_paymentlist s ON s.id = w.list_id"
        " WHERE s.month = %(month)s",
        """
        SELECT 'удержание ' || w.id || ', переплата ' || o.number, 'согласие не больше ' || coalesce(o.percent, 0) || ' %%',
               w.withheld || ' из ' || w.due
        FROM payments_withholding w JOIN payments_overpayment o ON o.id = w.overpayment_id
        JOIN payments_paymentlist s ON s.id = w.list_id JOIN calculations_accrual a ON a.id = w.accrual_id
        WHERE s.month = %(month)s
          AND (o.consent_on IS NULL OR o.cause = 'authority' OR a.accrued <> w.due OR a.recipient_id <> o.recipient_id
               OR w.percent <> o.percent OR w.withheld * 100 > w.due * o.percent)
        UNION ALL
        SELECT 'начисление ' || w.accrual_id, 'не больше ' || max(greatest(o.percent, o.most_percent)) || ' %% вместе',
               sum(w.withheld) || ' из ' || max(w.due)
        FROM payments_withholding w JOIN payments_overpayment o ON o.id = w.overpayment_id
        JOIN payments_paymentlist s ON s.id = w.list_id
        WHERE s.month = %(month)s GROUP BY w.accrual_id
        HAVING sum(w.withheld) * 100 > max(w.due) * max(greatest(o.percent, o.most_percent))
        UNION ALL
        SELECT 'переплата ' || o.number, (o.total - w.withheld - r.repaid - coalesce(f.roubles, 0))::text, o.rest::text
        FROM payments_overpayment o LEFT JOIN payments_writeoff f ON f.overpayment_id = o.id
        JOIN LATERAL (SELECT coalesce(sum(withheld), 0) withheld FROM payments_withholding
                      WHERE overpayment_id = o.id) w ON true
        JOIN LATERAL (SELECT coalesce(sum(roubles), 0) repaid FROM payments_repayment
                      WHERE overpayment_id = o.id) r ON true
        WHERE EXISTS (SELECT 1 FROM payments_withholding own JOIN payments_paymentlist s ON s.id = own.list_id
                      WHERE own.overpayment_id = o.id AND s.month = %(month)s)
          AND o.rest <> o.total - w.withheld - r.repaid - coalesce(f.roubles, 0)""",
    ),
    Question(
        "P09",
        "Наследникам идут части утверждённых решений, не больше начисленного; аннулированное не выплачивается",
        f"SELECT count(*) FROM ({LINES} WHERE s.month = %(month)s AND l.heir_part_id IS NOT NULL) l",
        """
        SELECT 'строка на выплату ' || l.id || ', решение ' || d.id, 'утверждено, ' || h.payable || ', ' || d.claimant_id,
               d.status || ', ' || l.payable || ', ' || l.payee_id
        FROM payments_paymentline l JOIN payments_paymentlist s ON s.id = l.list_id
        JOIN payments_heirpart h ON h.id = l.heir_part_id
        JOIN payments_heirdecision d ON d.id = h.decision_id
        WHERE s.month = %(month)s
          AND (d.status <> 'confirmed' OR h.payable <> l.payable OR h.accrual_id <> l.accrual_id
               OR d.claimant_id <> l.payee_id)
        UNION ALL
        SELECT 'решение ' || d.id, d.total::text, coalesce(sum(h.payable), 0)::text
        FROM payments_heirdecision d LEFT JOIN payments_heirpart h ON h.decision_id = d.id
        WHERE d.prepared_at < %(month)s::date + interval '2 months'
        GROUP BY d.id, d.total HAVING d.total <> coalesce(sum(h.payable), 0)
        UNION ALL
        SELECT 'начисление ' || a.id, 'не больше ' || a.accrued, sum(l.payable)::text
        FROM payments_paymentline l JOIN calculations_accrual a ON a.id = l.accrual_id
        WHERE a.month = %(month)s AND l.status <> 'returned'
        GROUP BY a.id, a.accrued HAVING sum(l.payable) > a.accrued
        UNION ALL
        SELECT 'аннулированное начисление ' || c.accrual_id, 'не выплачивается', l.status
        FROM payments_cancelledaccrual c JOIN calculations_accrual a ON a.id = c.accrual_id
        JOIN payments_paymentline l ON l.accrual_id = c.accrual_id AND l.status <> 'returned'
        JOIN recipients_recipient r ON r.id = c.recipient_id JOIN recipients_person p ON p.id = r.person_id
        WHERE a.month = %(month)s AND p.death_date < a.month""",
    ),
]

HOUSE = [
    Question(
        "B01",
        "Баланс передачи: поступило = передано + удержано, причины складываются",
        "SELECT count(*) FROM offices_handoverbalance WHERE month = %(month)s",
        """
        SELECT b.item || ' ' || b.subject, b.rows_in || ' на ' || b.roubles_in,
               (b.rows_on + coalesce(h.rows, 0)) || ' на ' || (b.roubles_on + coalesce(h.roubles, 0))
        FROM offices_handoverbalance b
        LEFT JOIN (SELECT balance_id, sum(rows) rows, sum(roubles) roubles FROM offices_heldamount
                   GROUP BY balance_id) h ON h.balance_id = b.id
        WHERE b.month = %(month)s
          AND (b.rows_in <> b.rows_on + coalesce(h.rows, 0) OR b.rows_held <> coalesce(h.rows, 0)
               OR b.roubles_in <> b.roubles_on + coalesce(h.roubles, 0)
               OR b.roubles_held <> coalesce(h.roubles, 0))""",
    ),
    Question(
        "B02",
        "Номера журналов идут без пропусков",
        "SELECT count(*) FROM offices_journalentry",
        """
        SELECT 'журнал отдела ' || office_id || ' за ' || year, max(number)::text, count(*)::text
        FROM offices_journalentry GROUP BY office_id, year HAVING max(number) <> count(*) OR min(number) <> 1""",
    ),
    Question(
        "B03",
        "Передача записана в журналах обеих сторон",
        "SELECT count(DISTINCT handover) FROM offices_journalentry WHERE handover IS NOT NULL",
        """
        SELECT 'передача ' || handover, '2 записи', count(*)::text FROM offices_journalentry
        WHERE handover IS NOT NULL GROUP BY handover
        HAVING count(*) <> 2 OR count(DISTINCT office_id) <> 2""",
    ),
    Question(
        "B04",
        "Ни одна работа не осталась незаконченной",
        "SELECT count(*) FROM offices_job",
        """
        SELECT 'работа ' || id || ': ' || kind || ' ' || key, 'закончена', state FROM offices_job
        WHERE state IN ('running', 'failed', 'quarantined') AND key LIKE '%%' || to_char(%(month)s::date, 'YYYY-MM') || '%%'
          AND NOT EXISTS (SELECT 1 FROM offices_job later WHERE later.kind = offices_job.kind
                          AND later.key = offices_job.key AND later.id > offices_job.id)""",
    ),
    Question(
        "B05",
        "Никто не утверждал собственную работу",
        "SELECT (SELECT count(*) FROM calculations_calculationrun WHERE month = %(month)s)"
        " + (SELECT count(*) FROM payments_paymentregister WHERE month = %(month)s)"
        " + (SELECT count(*) FROM exchange_exchangefile WHERE month = %(month)s)",
        """
        SELECT 'расчёт ' || id, 'другой сотрудник', reviewed_by_id::text FROM calculations_calculationrun
        WHERE month = %(month)s AND reviewed_by_id IN (started_by_id, submitted_by_id)
        UNION ALL
        SELECT 'реестр ' || id, 'другой сотрудник', released_by_id::text FROM payments_paymentregister
        WHERE month = %(month)s AND released_by_id = formed_by_id
        UNION ALL
        SELECT 'файл ' || id, 'другой сотрудник', verified_by_id::text FROM exchange_exchangefile
        WHERE month = %(month)s AND kind IN ('return', 'late') AND (verified_by_id = by_id OR loaded_by_id = verified_by_id)
        UNION ALL
        SELECT 'списание переплаты ' || id, 'другой сотрудник', confirmed_by_id::text FROM payments_writeoff
        WHERE confirmed_by_id = prepared_by_id
        UNION ALL
        SELECT 'расчёт ' || r.id, 'рассчитал не тот, кто проверял файлы', r.started_by_id::text
        FROM calculations_calculationrun r
        WHERE r.month = %(month)s AND EXISTS (
            SELECT 1 FROM exchange_exchangefile f WHERE f.office_id = r.office_id AND f.month = r.month
            AND f.verified_by_id = r.started_by_id)""",
    ),
]
