"""What a run leaves out, the proof that it left out nothing else, and the balance of its hand-over."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import connection
from django.db.models import Count, Sum

from calculations.models import CalculationRun, UnappliedRecalculation, Withheld
from calculations.services.corrections import RIGHT_ENDED
from offices.balances import Amount, Balance
from offices.models import HandoverBalance, Office
from offices.months import next_month
from offices.refusals import Refusal
from providers.models import Charge
from recipients.models import Entitlement

ZERO: Final = Decimal("0.00")
_WITHHOLD: Final = """
    INSERT INTO calculations_withheld (run_id, recipient_id, charge_id, month, billed, reason, text)
    SELECT %(run)s, charge.recipient_id, charge.id, charge.month, charge.billed,
           CASE WHEN charge.billed_for IS NULL THEN %(reason)s ELSE %(late_reason)s END,
           CASE WHEN charge.billed_for IS NULL THEN %(text)s ELSE %(late_text)s END
    FROM providers_charge charge
    WHERE charge.month = %(month)s AND charge.office_id = %(office)s
      AND NOT EXISTS (SELECT 1 FROM calculations_accrual accrual
                      WHERE accrual.run_id = %(run)s AND accrual.recipient_id = charge.recipient_id)
      AND NOT EXISTS (SELECT 1 FROM calculations_withheld held
                      WHERE held.run_id = %(run)s AND held.charge_id = charge.id)
"""
_FORGOTTEN: Final = """
    SELECT count(*) FROM providers_charge charge
    WHERE charge.month = %(month)s AND charge.office_id = %(office)s
      AND NOT EXISTS (SELECT 1 FROM calculations_accrualline line
                      WHERE line.month = %(month)s AND line.run_id = %(run)s AND line.recipient_id = charge.recipient_id
                        AND charge.id = ANY (line.charge_ids)
                        AND coalesce(line.corrects_month, line.month) = coalesce(charge.billed_for, charge.month)
                        AND (line.charge_id IS NOT NULL OR line.corrects_month IS NOT NULL))
      AND NOT EXISTS (SELECT 1 FROM calculations_withheld held
                      WHERE held.run_id = %(run)s AND held.charge_id = charge.id)
"""
"""A charge is used by a line of the month that it bills, not by one that takes a recalculation from it."""
_ACCRUED: Final = """
    SELECT count(*), coalesce(sum(charge.billed), 0) FROM providers_charge charge
    WHERE charge.month = %(month)s
      AND EXISTS (SELECT 1 FROM calculations_accrualline line
                  WHERE line.month = %(month)s AND line.run_id = %(run)s AND line.recipient_id = charge.recipient_id
                    AND charge.id = ANY (line.charge_ids)
                    AND coalesce(line.corrects_month, line.month) = coalesce(charge.billed_for, charge.month)
                    AND (line.charge_id IS NOT NULL OR line.corrects_month IS NOT NULL))
"""
_UNAPPLIED: Final = """
    INSERT INTO calculations_unappliedrecalculation
           (run_id, recipient_id, charge_id, month, counts_for, roubles, reason, text)
    SELECT %(run)s, charge.recipient_id, charge.id, charge.month,
           CASE WHEN charge.adjustment_month < charge.month THEN charge.adjustment_month END, charge.adjustment,
           %(reason)s, %(text)s
    FROM providers_charge charge
    WHERE charge.month = %(month)s AND charge.office_id = %(office)s AND charge.adjustment <> 0
      AND NOT EXISTS (SELECT 1 FROM calculations_accrual accrual
                      WHERE accrual.run_id = %(run)s AND accrual.recipient_id = charge.recipient_id)
      AND NOT EXISTS (SELECT 1 FROM providers_charge later
                      WHERE later.month = charge.month AND later.recipient_id = charge.recipient_id
                        AND later.account_id = charge.account_id AND later.service_id = charge.service_id
                        AND later.billed_for IS NOT DISTINCT FROM charge.billed_for AND later.number > charge.number)
"""
_CARRIED_OTHERWISE: Final = """
    SELECT count(*) FROM (SELECT recipient_id, sum(carried_in) taken FROM calculations_accrual
                          WHERE run_id = %(run)s GROUP BY recipient_id) now
    LEFT JOIN LATERAL (SELECT sum(accrual.carried_out) owed FROM calculations_accrual accrual
                       JOIN calculations_calculationrun run ON run.id = accrual.run_id AND run.status = 'approved'
                       WHERE accrual.recipient_id = now.recipient_id AND accrual.month < %(month)s
                       GROUP BY accrual.month ORDER BY accrual.month DESC LIMIT 1) former ON true
    WHERE now.taken <> coalesce(former.owed, 0)
"""


class RunOutOfDate(Refusal):
    """Charges or rights came after the run had passed them by."""


class NoSubsidiesUnit(Refusal):
    """The department has no unit that takes the accrual files."""


def withhold_without_right(*, run: CalculationRun) -> None:
    """Withhold every charge accepted in the office's month whose recipient has no right in it.

    What these charges tell of other months is kept as a recalculation that changes nothing.
    """
    values: dict[str, int | str | dt.date] = {
        **_of(run),
        "reason": Withheld.Reason.NO_RIGHT.value,
        "text": "В этом месяце у получателя нет права.",
        "late_reason": Withheld.Reason.RIGHT_ENDED.value,
        "late_text": RIGHT_ENDED,
    }
    unapplied = {
        **_of(run),
        "reason": UnappliedRecalculation.Reason.RIGHT_ENDED.value,
        "text": "Перерасчёт пришёл, когда права у получателя нет.",
    }
    with connection.cursor() as cursor:
        cursor.execute(_WITHHOLD, values)
        cursor.execute(_UNAPPLIED, unapplied)


def require_complete(*, run: CalculationRun) -> None:
    """Prove that each charge is in a line or withheld and each right has its accrual.

    What the recipients' last approved month carried over is taken in whole. Raises RunOutOfDate.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGOTTEN, _of(run))
        charges = cursor.fetchone()[0]
        cursor.execute(_CARRIED_OTHERWISE, _of(run))
        carried = cursor.fetchone()[0]
    rights = (
        Entitlement.objects.filter(recipient__office=run.office)
        .touching(run.month, next_month(run.month))
        .exclude(pk__in=run.accruals.values("entitlement"))
        .count()
    )
    if charges or rights or carried:
        raise RunOutOfDate(
            f"{run}: после начала расчёта появились данные (начислений — {charges}, прав — {rights}, остатков "
            f"к удержанию — {carried}). "
            "Отмените расчёт и выполните его заново."
        )


def balance_of_submission(*, run: CalculationRun) -> Balance:
    """Count the office's charges of the month: in lines, or withheld by reason. In billed roubles."""
    taken = Charge.objects.filter(month=run.month, office=run.office).aggregate(
        rows=Count("pk"), roubles=Sum("billed", default=ZERO)
    )
    with connection.cursor() as cursor:
        cursor.execute(_ACCRUED, _of(run))
        rows, roubles = cursor.fetchone()
    held = run.withheld.values("reason").annotate(rows=Count("pk"), roubles=Sum("billed")).order_by("reason")
    return Balance(
        taken=Amount(taken["rows"], taken["roubles"]),
        handed_on=Amount(rows, roubles),
        held={row["reason"]: Amount(row["rows"], row["roubles"]) for row in held},
    )


def standing_balance(*, run: CalculationRun, item: str) -> HandoverBalance | None:
    """Return the balance of an earlier run of the district's month that nothing superseded yet."""
    standing: HandoverBalance | None = HandoverBalance.objects.filter(
        month=run.month, item=item, office=run.office, superseded_by__isnull=True
    ).first()
    return standing


def subsidies_unit() -> Office:
    """Return the unit of the department that takes and reviews the accrual files. Raises NoSubsidiesUnit."""
    unit: Office | None = Office.objects.filter(kind=Office.Kind.SUBSIDIES).order_by("pk").first()
    if unit is None:
        raise NoSubsidiesUnit("В справочнике нет отдела ЖК субсидий и льгот, которому передают начисления.")
    return unit


def _of(run: CalculationRun) -> dict[str, int | dt.date]:
    return {"run": run.pk, "month": run.month, "office": run.office_id}
