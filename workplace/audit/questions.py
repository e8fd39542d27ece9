"""What the audit asks of the database: each question returns the rows that break an invariant.

Plain SQL over the stored facts, sharing no code with the services that wrote them. `looked_at`
counts what was examined; `broken` gives where, expected and got, as text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One invariant: how many rows it covers and which of them break it, for `%(month)s`."""

    code: str
    title: str
    looked_at: str
    broken: str


LINES = "calculations_accrualline"
RUNS = "SELECT id FROM calculations_calculationrun WHERE month = %(month)s"
DONE_RUNS = "SELECT id FROM calculations_calculationrun WHERE month = %(month)s AND status IN ('submitted', 'approved')"

ACCRUALS = [
    Question(
        "A01",
        "Начисление получателя равно сумме своих строк за вычетом удержанного",
        f"SELECT count(*) FROM calculations_accrual WHERE run_id IN ({RUNS})",
        f"""
        SELECT 'начисление ' || a.id || ', получатель ' || a.recipient_id,
               'сумма строк ' || coalesce(l.accrued, 0) || ', строк ' || coalesce(l.lines, 0),
               a.accrued || ' + удержано ' || a.carried_in || ' − осталось ' || a.carried_out || ', строк ' || a.lines
        FROM calculations_accrual a
        LEFT JOIN (SELECT accrual_id, sum(accrued) accrued, count(*) lines FROM {LINES}
                   WHERE month = %(month)s GROUP BY accrual_id) l ON l.accrual_id = a.id
        WHERE a.run_id IN ({RUNS})
          AND (a.accrued + a.carried_in - a.carried_out <> coalesce(l.accrued, 0) OR a.lines <> coalesce(l.lines, 0))""",
    ),
    Question(
        "A02",
        "Итог расчёта района равен сумме начислений",
        f"SELECT count(*) FROM ({DONE_RUNS}) r",
        f"""
        SELECT 'расчёт ' || r.id, coalesce(a.total, 0) || ', получателей ' || coalesce(a.n, 0),
               r.total || ', получателей ' || r.recipients
        FROM calculations_calculationrun r
        LEFT JOIN (SELECT run_id, sum(accrued) total, count(DISTINCT recipient_id) n FROM calculations_accrual
                   GROUP BY run_id) a ON a.run_id = r.id
        WHERE r.id IN ({DONE_RUNS}) AND (r.total <> coalesce(a.total, 0) OR r.recipients <> coalesce(a.n, 0))""",
    ),
    Question(
        "A03",
        "Строка начисления сходится с начислениями предприятия, из которых сделана",
        f"SELECT count(*) FROM {LINES} WHERE month = %(month)s AND run_id IN ({RUNS})",
        f"""
        SELECT 'строка ' || l.id || ', получатель ' || l.recipient_id,
               coalesce(sum(c.billed), 0)::text, l.billed::text
        FROM {LINES} l
        LEFT JOIN providers_charge c
          ON c.month = l.month AND c.id = ANY (l.charge_ids) AND c.recipient_id = l.recipient_id
        WHERE l.month = %(month)s AND l.run_id IN ({RUNS}) AND l.charge_id IS NOT NULL
        GROUP BY l.id, l.recipient_id, l.billed, l.charge_ids
        HAVING coalesce(sum(c.billed), 0) <> l.billed OR count(c.id) <> cardinality(l.charge_ids)""",
    ),
    Question(
        "A04",
        "Каждое начисление предприятия либо в строках расчёта, либо отложено с причиной",
        "SELECT count(*) FROM providers_charge WHERE month = %(month)s",
        f"""
        SELECT 'начисление предприятия ' || c.id || ', отдел ' || c.office_id, '1 раз', count(u.charge_id) || ' раз'
        FROM providers_charge c
        JOIN calculations_calculationrun r
          ON r.office_id = c.office_id AND r.month = c.month AND r.id IN ({DONE_RUNS})
        LEFT JOIN (
            SELECT DISTINCT run_id, unnest(charge_ids) charge_id, coalesce(corrects_month, month) counts_for
            FROM {LINES} WHERE month = %(month)s AND (charge_id IS NOT NULL OR corrects_month IS NOT NULL)
            UNION ALL SELECT run_id, charge_id, NULL FROM calculations_withheld WHERE month = %(month)s
        ) u ON u.charge_id = c.id AND u.run_id = r.id
           AND coalesce(u.counts_for, c.billed_for, c.month) = coalesce(c.billed_for, c.month)
        WHERE c.month = %(month)s GROUP BY c.id, c.office_id HAVING count(u.charge_id) <> 1""",
    ),
    Question(
        "A05",
        "За время после конца права и после месяца смерти ничего не начислено",
        f"SELECT count(*) FROM calculations_accrual WHERE run_id IN ({RUNS})",
        f"""
        SELECT 'начисление ' || a.id || ', получатель ' || a.recipient_id,
               'право до ' || coalesce(e.valid_to::text, '—') || ', смерть ' || coalesce(p.death_date::text, '—'),
               a.accrued::text
        FROM calculations_accrual a
        JOIN recipients_entitlement e ON e.id = a.entitlement_id
        JOIN recipients_person p ON p.id = e.disabled_person_id
        WHERE a.run_id IN ({RUNS}) AND a.accrued > 0
          AND (e.valid_to <= a.month OR p.death_date < a.month
               OR e.valid_from >= a.month + interval '1 month')
          AND NOT (EXISTS (SELECT 1 FROM {LINES} l WHERE l.month = a.month AND l.accrual_id = a.id
                           AND l.corrects_month IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM {LINES} l WHERE l.month = a.month AND l.accrual_id = a.id
                                   AND l.corrects_month IS NULL))""",
    ),
    Question(
        "A06",
        "Строка ссылается на существующие справочники, счёт и получателя своего отдела",
        f"SELECT count(*) FROM {LINES} WHERE month = %(month)s",
        f"""
        SELECT 'строка ' || l.id, 'все ссылки существуют',
               concat_ws(', ', CASE WHEN s.code IS NULL THEN 'нет услуги' END,
                               CASE WHEN a.id IS NULL AND l.fuel_part_id IS NULL THEN 'нет счёта' END,
                               CASE WHEN r.id IS NULL THEN 'нет получателя' END,
                               CASE WHEN l.tariff_id IS NOT NULL AND t.id IS NULL THEN 'нет тарифа' END,
                               CASE WHEN l.norm_id IS NOT NULL AND n.id IS NULL THEN 'нет норматива' END)
        FROM {LINES} l
        LEFT JOIN providers_service s ON s.code = l.service_id
        LEFT JOIN providers_serviceaccount a ON a.id = l.account_id
        LEFT JOIN recipients_recipient r ON r.id = l.recipient_id
        LEFT JOIN providers_tariff t ON t.id = l.tariff_id
        LEFT JOIN providers_consumptionnorm n ON n.id = l.norm_id
        WHERE l.month = %(month)s
          AND (s.code IS NULL OR (a.id IS NULL AND l.fuel_part_id IS NULL) OR r.id IS NULL
               OR (l.tariff_id IS NOT NULL AND t.id IS NULL) OR (l.norm_id IS NOT NULL AND n.id IS NULL))""",
    ),
    Question(
        "A07",
        "Имеющих право в жилье не больше, чем зарегистрированных, и никто не учтён дважды",
        "SELECT count(*) FROM recipients_entitledperson"
        " WHERE valid_from < %(month)s::date + interval '1 month' AND (valid_to IS NULL OR valid_to > %(month)s)",
        """
        SELECT 'человек ' || person_id, '1', count(*)::text FROM recipients_entitledperson
        WHERE valid_from <= %(month)s AND (valid_to IS NULL OR valid_to > %(month)s)
        GROUP BY person_id HAVING count(*) > 1
        UNION ALL
        SELECT 'жильё ' || d.dwelling_id, 'не больше ' || coalesce(r.n, 0), d.n::text
        FROM (SELECT sd.dwelling_id, count(DISTINCT ep.person_id) n
              FROM housing_supporteddwelling sd
              JOIN recipients_entitlement e ON e.recipient_id = sd.recipient_id
              JOIN recipients_entitledperson ep ON ep.entitlement_id = e.id
              WHERE sd.valid_from <= %(month)s AND (sd.valid_to IS NULL OR sd.valid_to > %(month)s)
                AND e.valid_from <= %(month)s AND (e.valid_to IS NULL OR e.valid_to > %(month)s)
                AND ep.valid_from <= %(month)s AND (ep.valid_to IS NULL OR ep.valid_to > %(month)s)
              GROUP BY sd.dwelling_id) d
        LEFT JOIN (SELECT dwelling_id, count(DISTINCT person_id) n FROM housing_residence
                   WHERE valid_from <= %(month)s AND (valid_to IS NULL OR valid_to > %(month)s)
                   GROUP BY dwelling_id) r ON r.dwelling_id = d.dwelling_id
        WHERE d.n > coalesce(r.n, 0)""",
    ),
    Question(
        "A10",
        "Что осталось удержать после прошлого расчёта получателя, удержано или перенесено дальше целиком",
        f"SELECT count(DISTINCT recipient_id) FROM calculations_accrual WHERE run_id IN ({DONE_RUNS})",
        f"""
        SELECT 'получатель ' || now.recipient_id, coalesce(former.owed, 0)::text, now.taken::text
        FROM (SELECT recipient_id, sum(carried_in) taken FROM calculations_accrual
              WHERE run_id IN ({DONE_RUNS}) GROUP BY recipient_id) now
        LEFT JOIN LATERAL (
            SELECT sum(a.carried_out) owed FROM calculations_accrual a
            JOIN calculations_calculationrun r ON r.id = a.run_id AND r.status = 'approved'
            WHERE a.recipient_id = now.recipient_id AND a.month < %(month)s
            GROUP BY a.month ORDER BY a.month DESC LIMIT 1) former ON true
        WHERE now.taken <> coalesce(former.owed, 0)""",
    ),
]

FILES = [
    Question(
        "F01",
        "Все строки принятых файлов приняты в обработку",
        "SELECT coalesce(sum(rows), 0) FROM exchange_exchangefile"
        " WHERE month = %(month)s AND kind IN ('return', 'late') AND status <> 'refused'",
        """
        SELECT 'файл ' || f.name || ' (' || f.id || ')', f.rows::text, count(r.id)::text
        FROM exchange_exchangefile f LEFT JOIN exchange_returnedrow r ON r.file_id = f.id
        WHERE f.month = %(month)s AND f.kind IN ('return', 'late') AND f.status <> 'refused'
        GROUP BY f.id, f.name, f.rows HAVING count(r.id) <> f.rows""",
    ),
    Question(
        "F02",
        "Начисление предприятия равно строке файла, из которой загружено",
        "SELECT count(*) FROM providers_charge WHERE month = %(month)s AND source = 'file'",
        """
        SELECT 'начисление предприятия ' || c.id, coalesce(l.billed::text, 'нет строки файла'), c.billed::text
        FROM providers_charge c
        LEFT JOIN exchange_returnedline l ON l.charge_id = c.id AND l.charge_month = c.month
        LEFT JOIN exchange_returnedrow r ON r.id = l.row_id
        LEFT JOIN exchange_exchangefile f ON f.id = r.file_id
        WHERE c.month = %(month)s AND c.source = 'file'
          AND (l.id IS NULL OR l.billed <> c.billed OR l.service_id <> c.service_id
               OR f.sha256 <> c.file_sha256 OR r.row_number <> c.row_number)""",
    ),
    Question(
        "F03",
        "Строки загруженных файлов загружены, удержаны или отклонены — четвёртого нет",
        "SELECT count(*) FROM exchange_returnedline l JOIN exchange_returnedrow r ON r.id = l.row_id"
        " JOIN exchange_exchangefile f ON f.id = r.file_id WHERE f.month = %(month)s AND f.status = 'loaded'",
        """
        SELECT 'файл ' || f.id || ', строка ' || r.row_number || ', услуга ' || l.position,
               'загружена, удержана или отклонена', l.status
        FROM exchange_returnedline l JOIN exchange_returnedrow r ON r.id = l.row_id
        JOIN exchange_exchangefile f ON f.id = r.file_id
        WHERE f.month = %(month)s AND f.status = 'loaded' AND l.status NOT IN ('loaded', 'held', 'rejected')""",
    ),
    Question(
        "F04",
        "У каждой удержанной строки есть несоответствие, протоколы — о своих файлах, в закрытом месяце — обо всём",
        "SELECT count(*) FROM exchange_discrepancy d JOIN exchange_exchangefile f ON f.id = d.file_id"
        " WHERE f.month = %(month)s",
        """
        SELECT 'строка файла ' || l.id, 'несоответствие', 'нет'
        FROM exchange_returnedline l JOIN exchange_returnedrow r ON r.id = l.row_id
        JOIN exchange_exchangefile f ON f.id = r.file_id
        WHERE f.month = %(month)s AND l.status = 'held'
          AND NOT EXISTS (SELECT 1 FROM exchange_discrepancy d
                          WHERE d.line_id = l.id OR (d.row_id = r.id AND d.line_id IS NULL))
        UNION ALL
        SELECT 'несоответствие ' || d.id, 'протокол файла ' || d.file_id, 'протокол файла ' || p.file_id
        FROM exchange_discrepancy d JOIN exchange_discrepancyprotocol p ON p.id = d.protocol_id
        JOIN exchange_exchangefile f ON f.id = d.file_id
        WHERE f.month = %(month)s AND p.file_id <> d.file_id
        UNION ALL
        SELECT 'файл ' || f.name || ' (' || f.id || ')', 'протокол', 'нет'
        FROM exchange_exchangefile f JOIN offices_billingmonth m ON m.month = f.month
        WHERE f.month = %(month)s AND m.closed_at IS NOT NULL
          AND EXISTS (SELECT 1 FROM exchange_discrepancy d
                      WHERE d.file_id = f.id AND d.decision <> 'accept' AND d.protocol_id IS NULL)""",
    ),
    Question(
        "F05",
        "Строки запроса взяты из принятого реестра района",
        "SELECT count(*) FROM exchange_requestrow q JOIN exchange_exchangefile f ON f.id = q.file_id"
        " WHERE f.month = %(month)s",
        """
        SELECT 'строка запроса ' || q.id, 'реестр района за месяц файла', 'реестр ' || g.id || ', ' || g.status
        FROM exchange_requestrow q JOIN exchange_exchangefile f ON f.id = q.file_id
        JOIN exchange_registerrow rr ON rr.id = q.register_row_id
        JOIN exchange_recipientregister g ON g.id = rr.register_id
        WHERE f.month = %(month)s
          AND (g.month <> f.month OR g.office_id <> f.office_id OR g.status <> 'accepted'
               OR rr.recipient_id <> q.recipient_id)""",
    ),
]
