"""The list of recipients: its table, filters and views."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html

from offices.frame import Frame
from offices.lists.columns import DayColumn, DifferenceColumn, RoublesColumn, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, FlagFilter, ListFilter, RowFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.months import MONTHS, last_day, month_of, shift_month
from offices.templatetags import ui
from providers.models import Provider
from recipients.models import Category, PaymentChannel, Recipient
from workplace.selectors.people import facts, rows, search


def month_shown(frame: Frame) -> dt.date:
    """Return the month billed, or the calendar one while no month was opened."""
    return frame.month.month if frame.month else month_of(frame.on)


def day_shown(frame: Frame) -> dt.date:
    """Return the last day of the month shown that is not to come: dwellings and ways of payment are those of it."""
    return min(frame.on, last_day(month_shown(frame)))


def people_seen(frame: Frame) -> "QuerySet[Any]":
    """Return the recipients who look may see, of the district shown."""
    people: QuerySet[Any] = frame.seen(Recipient.objects.all())
    return people


class PeopleTable(ListTable):
    name = TextColumn("ФИО, дата рождения", sort="person__name_key")
    case_number = TextColumn("№ дела", sort="case_key", hidden=True)
    snils = TextColumn("СНИЛС", hidden=True)
    district = TextColumn("Район", sort="office__district__name", nullable=True, hidden=True)
    address = TextColumn("Адрес")
    category = TextColumn("Категория", sort="category", nullable=True)
    certificate_to = DayColumn("Справка до", sort="certificate_to", nullable=True, hidden=True)
    accrued = RoublesColumn("Начислено, ₽", sort="accrued", nullable=True, total=True)
    change = DifferenceColumn("К прошлому месяцу, ₽", sort="change", nullable=True, total=True)
    channel = TextColumn("Выплата", sort="channel", nullable=True)
    state = StateColumn("Состояние", accessor="state_word")

    def title_of(self, name: str) -> str:
        month = month_shown(self.request.frame)
        if name == "accrued":
            return f"{MONTHS[month.month - 1].capitalize()}, ₽"
        if name == "change":
            return f"К {_to_month(shift_month(month, -1))}, ₽"
        return super().title_of(name)

    def address_of(self, record: rows.PersonRow) -> str:
        return self.to("card", record.pk)

    def render_name(self, record: rows.PersonRow) -> str:
        return format_html(
            '<span title="{}">{}</span> <span class="born">{}</span>',
            record.name,
            record.short_name,
            ui.day(record.birth_date),
        )

    def value_name(self, record: rows.PersonRow, value: str) -> str:
        return f"{value}, {record.birth_date:%d.%m.%Y}"

    def render_state(self, record: rows.PersonRow) -> str:
        return record.state_word if record.state == "ok" else ui.status(record.state, record.state_word)


class PeopleFilter(ListFilter):
    q = TextFilter(label="Поиск", method="keep_found")
    state = ChoiceFilter(
        label="Состояние",
        every="любое",
        choices=[(code, word) for code, (_, word) in facts.WORDS.items() if code != facts.RETURNED],
        method="keep_state",
    )
    category = ChoiceFilter(label="Категория", every="любая", choices=Category.choices, method="keep_category")
    provider = RowFilter(
        label="Поставщик", every="любой", queryset=lambda request: _providers(request.frame), method="keep_provider"
    )
    channel = ChoiceFilter(label="Выплата", every="любая", choices=PaymentChannel.Kind.choices, method="keep_channel")
    new = FlagFilter(label="Новые", keep="keep_new")
    unpaid = FlagFilter(label="Не начислено", keep="keep_unpaid")
    expiring = FlagFilter(label="Справка истекает", keep="keep_expiring")
    returned = FlagFilter(label="Возврат", keep="keep_returned")

    def keep_found(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        frame = self.request.frame
        self.request.found = search.found(value, rows=people_seen(frame), on=day_shown(frame))
        return people.filter(self.request.found.condition)

    def keep_state(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return people.filter(facts.in_state(value, self._month))

    def keep_category(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return people.filter(facts.has_category(value, self._month))

    def keep_provider(self, people: QuerySet[Any], name: str, value: Provider) -> QuerySet[Any]:
        return people.filter(facts.is_billed_by(value, day_shown(self.request.frame)))

    def keep_channel(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return people.filter(facts.is_paid_by(value, day_shown(self.request.frame)))

    def keep_new(self, people: QuerySet[Any]) -> QuerySet[Any]:
        return people.filter(facts.has_right(self._month), ~facts.was_accrued_before(self._month))

    def keep_unpaid(self, people: QuerySet[Any]) -> QuerySet[Any]:
        return people.filter(facts.has_right(self._month), ~facts.has_accrual(self._month))

    def keep_expiring(self, people: QuerySet[Any]) -> QuerySet[Any]:
        return people.filter(facts.has_certificate_ending(self.request.frame.on))

    def keep_returned(self, people: QuerySet[Any]) -> QuerySet[Any]:
        return people.filter(facts.has_open_return())

    @property
    def _month(self) -> dt.date:
        return month_shown(self.request.frame)


PEOPLE = Listing(
    page="recipients",
    title="Получатели",
    table=PeopleTable,
    order="name",
    found="получатель,получателя,получателей",
    filters=PeopleFilter,
    views=(
        BuiltInView("Все", ""),
        BuiltInView("Новые", "new=1"),
        BuiltInView("Не начислено", "unpaid=1"),
        BuiltInView("Справка истекает", "expiring=1"),
        BuiltInView("Возврат", "returned=1"),
    ),
    empty=Empty("Получателей здесь пока нет: их вносят с назначением по заявлению."),
    nothing=Empty("Никого не нашли. Проверьте фамилию или отбор."),
    unseen=("q", "new", "unpaid", "expiring", "returned"),
)


def _providers(frame: Frame) -> "QuerySet[Provider]":
    providers = Provider.objects.order_by("short_name", "pk")
    if frame.office is None:
        return providers
    here = Provider.objects.filter(districts__district=frame.office.district_id).values("pk")
    return providers.filter(Q(pk__in=here) | Q(is_regional=True))


def _to_month(month: dt.date) -> str:
    """Put a month into the dative: «октябрю», «марту», «маю»."""
    name = MONTHS[month.month - 1]
    return f"{name}у" if name.endswith("т") else f"{name[:-1]}ю"
