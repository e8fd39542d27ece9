"""What the monitor of providers and the page of one say in words: agreements, what repeats, inquiries."""

from exchange.checks.findings import TITLES, Code
from exchange.selectors.monitor_facts import REPEATS_MONTHS, Covered
from exchange.selectors.monitor_rows import ProviderRow
from offices.frame import Frame
from offices.lists.columns import State
from offices.money import count_with_noun
from providers.models import ProviderInquiry

MONTH_NOUN, FILE_NOUN = ("месяц", "месяца", "месяцев"), ("файл", "файла", "файлов")


def covered_word(row: ProviderRow) -> str:
    """Say whether an agreement is in force and until when."""
    ends = row.agreed.ends_on
    return f"{row.covered} {ends:%d.%m.%Y}" if row.covered is Covered.ENDING and ends else str(row.covered)


def repeated_words(row: ProviderRow) -> list[str]:
    """Say what repeats at a provider: silence, the same discrepancies, files that could not be taken."""
    words = [
        f"{code} «{TITLES[Code(code)]}»: {count_with_noun(months, MONTH_NOUN)} из {REPEATS_MONTHS}"
        for code, months in row.repeated.codes
    ]
    if row.silent > 1:
        words.insert(0, f"молчит {count_with_noun(row.silent, MONTH_NOUN)} подряд")
    if row.repeated.refused > 1:
        words.append(f"не принято за год: {count_with_noun(row.repeated.refused, FILE_NOUN)}")
    return words


def inquiry_state(inquiry: ProviderInquiry, frame: Frame) -> State:
    """Say whether an inquiry is answered, waits or is overdue."""
    if inquiry.answered_on:
        return State("ok", f"получен {inquiry.answered_on:%d.%m.%Y}")
    if inquiry.answer_due_on is None:
        return State("idle", "без срока")
    return State("late", "просрочен") if inquiry.is_overdue_on(frame.on) else State("run", "ждём")
