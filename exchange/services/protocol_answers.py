"""What comes after a protocol was sent: the provider's answer, a reminder, the end of every row (3.10.4)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile
from exchange.selectors.protocol_outcomes import corrected_files, outcomes_of
from exchange.services import file_lines
from exchange.services.protocol_journal import ITEM, lock_protocol, write_into_journal
from offices.calendar import day_of
from offices.models import Staff
from offices.months import month_name
from offices.refusals import Refusal
from providers.models import Reminder
from providers.services.reminders import Call, remind

MOST_LETTERS = 500
Answer = Discrepancy.Reply


class ProtocolNotSent(Refusal):
    """The protocol has not gone to the provider, so nothing can be answered or closed."""


class ProtocolIsClosed(Refusal):
    """The protocol is closed with an outcome of every row."""


class ProtocolAnswered(Refusal):
    """The provider has answered: there is nothing to remind of."""


class NotACorrectedFile(Refusal):
    """The file does not answer the protocol, or is not checked yet."""


class ReplyIncomplete(Refusal):
    """A reply names no row of the protocol, or an explanation says nothing."""


class OutcomesChanged(Refusal):
    """The outcomes are not those that were confirmed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the provider said of one row: agreed, disagreed or explained, with its words."""

    answer: str
    text: str = ""


@transaction.atomic
def answer_by_file(*, protocol_id: int, file_id: int, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    """Link the corrected file that answers a protocol; another one may be linked until the protocol is closed.

    Raises ProtocolNotSent, ProtocolIsClosed, NotACorrectedFile.
    """
    protocol = _to_answer(protocol_id)
    file = corrected_files(protocol).filter(pk=file_id).first()
    if file is None:
        raise NotACorrectedFile(
            f"Этот файл не отвечает на протокол № {protocol.number}: выберите файл того же предприятия, принятый "
            "после отправки протокола."
        )
    is_first = protocol.answered_at is None
    protocol.answer_file = file
    _answered(protocol, by, at, also=["answer_file"])
    if is_first:
        write_into_journal(protocol, "получен ответ файлом", by=by, at=at)
    return protocol


@transaction.atomic
def answer_by_hand(
    *, protocol_id: int, replies: Mapping[int, Reply], by: Staff, at: dt.datetime
) -> DiscrepancyProtocol:
    """Write down what the provider answered by phone or letter, by the discrepancy's key; what was said before stays.

    Raises ProtocolNotSent, ProtocolIsClosed, ReplyIncomplete.
    """
    protocol = _to_answer(protocol_id)
    told = {one.pk: one for one in protocol.discrepancies.select_related("row")}
    if not replies or not replies.keys() <= told.keys():
        raise ReplyIncomplete(f"Отметьте ответ предприятия хотя бы в одной строке протокола № {protocol.number}.")
    for pk, reply in replies.items():
        one, text = told[pk], " ".join(reply.text.split())
        if reply.answer not in Answer.values or (reply.answer == Answer.EXPLAINED and not text):
            where = f"строка {one.row.row_number}" if one.row else "строка без ответа"
            raise ReplyIncomplete(f"Протокол № {protocol.number}, {where}: напишите, что пояснило предприятие.")
        if len(text) > MOST_LETTERS:
            raise ReplyIncomplete(f"Сократите пояснение до {MOST_LETTERS} знаков, сейчас {len(text)}.")
        one.reply, one.reply_text = Answer(reply.answer), text
    Discrepancy.objects.bulk_update([told[pk] for pk in replies], ["reply", "reply_text"], batch_size=500)
    is_first = protocol.answered_at is None
    _answered(protocol, by, at, also=[])
    if is_first:
        write_into_journal(protocol, "получен ответ", by=by, at=at)
    return protocol


@transaction.atomic
def close_protocol(*, protocol_id: int, expected: Mapping[str, int], by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    """Close a protocol with the outcome of every row; `expected` is how many of each outcome were confirmed.

    A protocol that was never answered may be closed: its held rows are not charged.

    Nobody decides about the file's rows meanwhile. Raises ProtocolNotSent, ProtocolIsClosed, OutcomesChanged.
    """
    file_lines.lock_file(DiscrepancyProtocol.objects.values_list("file_id", flat=True).get(pk=protocol_id))
    protocol = _to_answer(protocol_id)
    found = outcomes_of(protocol)
    counted = {outcome: sum(one == outcome for one in found.values()) for outcome in set(found.values())}
    if counted != {outcome: rows for outcome, rows in expected.items() if rows}:
        raise OutcomesChanged(f"Пока вы проверяли, итоги протокола № {protocol.number} изменились. Проверьте ещё раз.")
    for outcome in counted:
        keys = [pk for pk, one in found.items() if one == outcome]
        Discrepancy.objects.filter(pk__in=keys).update(outcome=outcome)
    protocol.closed_at, protocol.closed_by = at, by
    protocol.save(update_fields=["closed_at", "closed_by"])
    write_into_journal(protocol, "протокол закрыт", by=by, at=at)
    return protocol


@transaction.atomic
def remind_of_protocol(*, protocol_id: int, way: str, by: Staff, at: dt.datetime) -> Reminder:
    """Remind the provider of a protocol it has not answered; once a day in one way.

    Raises ProtocolNotSent, ProtocolIsClosed, ProtocolAnswered, RemindedToday.
    """
    protocol = _to_answer(protocol_id)
    assert protocol.sent_at is not None, "only a sent protocol is to be answered"
    if protocol.answered_at is not None:
        raise ProtocolAnswered(
            f"На протокол № {protocol.number} ответ получен {day_of(protocol.answered_at):%d.%m.%Y}."
        )
    text = (
        f"Протокол несоответствий № {protocol.number} за {month_name(protocol.month)} отправлен "
        f"{day_of(protocol.sent_at):%d.%m.%Y}, ответ ждали до {protocol.answer_due_on:%d.%m.%Y}. Просим ответить."
    )
    call = Call(office=protocol.office, item=ITEM, text=text, provider=protocol.file.provider, told=protocol.sent_to)
    (reminder,) = remind(calls=[call], month=protocol.month, way=way, by=by, at=at)
    return reminder


def link_corrected(file: ExchangeFile, /, *, at: dt.datetime) -> list[DiscrepancyProtocol]:
    """Let a checked corrected file answer the open protocols of the file it replaces that wait for an answer."""
    assert file.verified_by is not None, "a corrected file is linked once it is checked"
    waiting = DiscrepancyProtocol.objects.filter(
        file=file.replaces_id, sent_at__isnull=False, sent_at__lte=at, answered_at__isnull=True, closed_at__isnull=True
    )
    keys = waiting.order_by("pk").values_list("pk", flat=True)
    return [answer_by_file(protocol_id=pk, file_id=file.pk, by=file.verified_by, at=at) for pk in keys]


def _to_answer(protocol_id: int) -> DiscrepancyProtocol:
    protocol = lock_protocol(protocol_id)
    if protocol.sent_at is None:
        raise ProtocolNotSent(f"Протокол № {protocol.number} ещё не отправлен предприятию: сначала отправьте его.")
    if protocol.closed_at is not None:
        raise ProtocolIsClosed(f"Протокол № {protocol.number} закрыт {day_of(protocol.closed_at):%d.%m.%Y}.")
    return protocol


def _answered(protocol: DiscrepancyProtocol, by: Staff, at: dt.datetime, *, also: list[str]) -> None:
    """Mark the protocol as answered at the first answer; a later one adds to it."""
    if protocol.answered_at is None:
        protocol.answered_at, protocol.answered_by = at, by
    protocol.save(update_fields=["answered_at", "answered_by", *also])
