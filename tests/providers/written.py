"""Rows of what is written to providers and of transfers of their accounts."""

import datetime as dt
from typing import Any

from offices import journal
from providers.models import (
    AbilityChange,
    AccountTransfer,
    AccountTransferLine,
    ProviderInquiry,
    ReminderLetter,
)
from tests import factories as make
from tests.exchange import stored
from tests.factories import AT, LONG_AGO, MONTH
from tests.rows.ground import number


def ability_change(**given: Any) -> AbilityChange:
    made = {"is_able": False, "reason": "ведёт на бумаге", "since": LONG_AGO, "at": AT} | given
    made["provider"] = made.get("provider") or make.provider()
    return AbilityChange.objects.create(by=make.staff(), **made)


def letter(**given: Any) -> ReminderLetter:
    made = {"month": MONTH, "number": f"{number()}/2026", "made_at": AT, "answer_due_on": MONTH} | given
    made["office"] = made.get("office") or make.office()
    made["provider"] = made.get("provider") or make.provider()
    return ReminderLetter.objects.create(made_by=make.staff(), document=stored.stored_file(), **made)


def inquiry(**given: Any) -> ProviderInquiry:
    made = {"way": "phone", "subject": "Тарифы", "text": "Просим прислать тарифы.", "asked_on": LONG_AGO} | given
    made["office"] = made.get("office") or make.office()
    if "provider_id" not in made:
        made["provider"] = made.get("provider") or make.provider()
    by = make.staff()
    paper = journal.Paper(subject="Тарифы", item="3.9")
    entry = journal.record(office=made["office"], event="направлен запрос", paper=paper, by=by, at=AT)
    return ProviderInquiry.objects.create(by=by, at=AT, entry=entry, **made)


def transfer(**given: Any) -> AccountTransfer:
    """A renumbering that waits for its second person."""
    made = {
        "kind": "renumbering",
        "valid_from": MONTH,
        "known_until": MONTH + dt.timedelta(days=92),
        "basis": "письмо № 7",
        "digest": f"{number():064d}",
        "rows": 1,
        "proposed_at": AT,
    } | given
    made["provider"] = made.get("provider") or make.provider()
    made["successor"] = made.get("successor") or made["provider"]
    return AccountTransfer.objects.create(proposed_by=make.staff(), **made)


def transfer_line(**given: Any) -> AccountTransferLine:
    made = {"new_number": f"N{number()}"} | given
    made["old_account"] = made.get("old_account") or make.account()
    made["transfer"] = made.get("transfer") or transfer(provider=made["old_account"].provider)
    return AccountTransferLine.objects.create(old_number=made["old_account"].number, **made)
