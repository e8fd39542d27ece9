"""The small words of the screens: icons, statuses, deadlines, sums, days, names, addresses that keep the month."""

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from offices import icons, months
from offices.money import MINUS, NBSP, choose_form, format_amount, format_number, format_quantity

register = template.Library()

STATUSES = {
    "ok": ("ok", "check"),
    "run": ("info", "loader"),
    "warn": ("warn", "alert-triangle"),
    "late": ("err", "clock"),
    "error": ("err", "circle-x"),
    "idle": ("", "circle-dashed"),
    "wait": ("warn", "hourglass"),
}
"""Kind of a status: the tag's colour and the icon; the word always stands beside them."""
SHORT_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    return icons.icon(name, kind)


@register.simple_tag
def status(kind: str, word: object) -> SafeString:
    """Show a state by colour, icon and word."""
    colour, drawn = STATUSES[kind]
    return format_html('<span class="tag {}">{}{}</span>', colour, icons.icon(drawn), word)


@register.simple_tag(takes_context=True)
def to(context: Any, route: str, *args: Any, **query: Any) -> str:
    """Return the address of a route that keeps the month and district shown, with more of the query if given."""
    frame = getattr(context.get("request"), "frame", None)
    kept = dict(frame.query) if frame else {}
    kept |= {name: value for name, value in query.items() if value not in (None, "")}
    address = reverse(route, args=args)
    return f"{address}?{urlencode(kept)}" if kept else address


@register.simple_tag(takes_context=True)
def task_address(context: Any, task: Any) -> str:
    """Return the address of a task's page; it has `route`, `args` and `query`."""
    return to(context, task.route, *task.args, **task.query)


@register.simple_tag(takes_context=True)
def deadline(context: Any, due_on: dt.date | None, *, done: bool = False) -> SafeString | str:
    """Show a deadline against the day of the page: «до 20.11», «сегодня», «просрочено 2 дня»."""
    if due_on is None:
        return ""
    shown = f"{due_on:%d.%m.%Y}"
    if done:
        return format_html('<span class="muted">срок {}</span>', shown)
    left = (due_on - context["request"].frame.on).days
    if left < 0:
        late = f"просрочено {-left}{NBSP}{choose_form(-left, ('день', 'дня', 'дней'))}"
        return format_html('<span class="tag err" title="срок {}">{}{}</span>', shown, icons.icon("clock"), late)
    if left <= 1:
        word = "сегодня" if left == 0 else "завтра"
        return format_html('<span class="tag warn" title="срок {}">{}{}</span>', shown, icons.icon("clock"), word)
    return format_html('<span class="muted nowrap">до {}</span>', shown)


@register.filter
def roubles(value: Decimal | None) -> str:
    """«1 496,90 ₽»; nothing known is a dash."""
    return "—" if value is None else f"{format_amount(value)}{NBSP}₽"


@register.filter
def amount(value: Decimal | None) -> str:
    """«1 496,90»: for columns whose head names the unit."""
    return "—" if value is None else format_amount(value)


@register.filter
def signed(value: Decimal | None) -> str:
    """«+690,15», «−7,02», a dash for no difference."""
    if value is None or value == 0:
        return "—"
    return f"{'+' if value > 0 else MINUS}{format_amount(abs(value))}"


@register.filter
def quantity(value: Decimal | None) -> str:
    """A volume, area, norm or tariff without trailing zeros."""
    return "—" if value is None else format_quantity(value)


@register.filter
def count(value: int | None) -> str:
    return "—" if value is None else format_number(value, places=0)


@register.filter
def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded down so that 100 means all; of nothing everything is done."""
    return 100 if not whole else part * 100 // whole


@register.filter
def plural(number: int, forms: str) -> str:
    """«412 получателей»: the number with the form of the noun that goes with it."""
    one, few, many = forms.split(",")
    return f"{format_number(number, places=0)}{NBSP}{choose_form(number, (one, few, many))}"


@register.filter
def form(number: int, forms: str) -> str:
    """The noun's form alone, where the number stands elsewhere."""
    one, few, many = forms.split(",")
    return choose_form(number, (one, few, many))


@register.filter(expects_localtime=True)
def day(value: dt.date | dt.datetime | None) -> str:
    return date_format(value, "d.m.Y") if value else "—"


@register.filter(expects_localtime=True)
def day_month(value: dt.date | dt.datetime | None) -> str:
    """«5 ноя»: for narrow cells."""
    if not value:
        return "—"
    number, _, month = date_format(value, "j n").partition(" ")
    return f"{number}{NBSP}{SHORT_MONTHS[int(month) - 1]}"


@register.filter(expects_localtime=True)
def moment(value: dt.datetime | None) -> str:
    """«11.11.2026 15:12» by the region's clock, of a moment of any zone; cells of tables call it themselves."""
    return date_format(value.astimezone(timezone.get_current_timezone()), "d.m.Y H:i") if value else "—"


@register.filter
def month_name(value: dt.date | None) -> str:
    return months.month_name(value).replace(" ", NBSP) if value else "—"


@register.filter
def short_name(person: Any) -> str:
    """«Берёзкина А. П.» of anyone with a last, first and middle name."""
    initials = [f"{part[0]}." for part in (person.first_name, person.middle_name) if part]
    return NBSP.join([person.last_name, *initials])


@register.filter
def snils(digits: str) -> str:
    """«112-233-445 95»."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]}{NBSP}{digits[9:]}" if len(digits) == 11 else digits or "—"
