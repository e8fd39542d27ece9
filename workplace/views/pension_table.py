"""The list of proposals, and the list of certificates that end: their tables, filters and views."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html

from exchange.models import ExchangeFile, PensionDifference
from offices.dated import last_valid_day
from offices.lists.columns import DayColumn, State, StateColumn, TextColumn
from offices.lists.filters import ChoiceFilter, ListFilter, TextFilter
from offices.lists.listing import BuiltInView, Empty, Listing
from offices.lists.tables import ListTable
from offices.templatetags import ui
from recipients.models import Category, Entitlement

Decision = PensionDifference.Decision
STATES = {
    Decision.OPEN: State("run", "не рассмотрено"),
    Decision.LATER: State("warn", "отложено"),
    Decision.ACCEPTED: State("ok", "принято"),
    Decision.REJECTED: State("idle", "отклонено"),
}
WAITING = "waiting"


class ProposalTable(ListTable):
    full_name = TextColumn("ФИО", sort="full_name")
    kind = TextColumn("Что сообщили", sort="kind", accessor="get_kind_display")
    ours = TextColumn("У нас")
    theirs = TextColumn("Прислано")
    sent = TextColumn("Кто прислал", accessor="file__get_kind_display", hidden=True)
    district = TextColumn(
        "Район", sort="office__district__name", nullable=True, regional=True, accessor="office__district__name"
    )
    state = StateColumn("Решение", sort="decision", accessor="decision")
    decided = TextColumn("Кто решил", accessor="decided_by__full_name")
    decided_on = DayColumn("Когда", sort="decided_at", nullable=True, accessor="decided_at", hidden=True)
    reason = TextColumn("Причина отказа", hidden=True)

    def address_of(self, record: PensionDifference) -> str:
        given = self.request.GET
        kept = {name: given[name] for name in ("kind", "state", "sent", "name") if given.get(name)}
        return self.to("pension-proposal", record.pk, **kept)

    def render_state(self, record: PensionDifference) -> str:
        state = STATES[Decision(record.decision)]
        return ui.status(state.kind, state.word)

    def value_state(self, value: Any, record: PensionDifference) -> str:
        return STATES[Decision(record.decision)].word

    def render_decided(self, record: PensionDifference) -> str:
        return ui.short_name(record.decided_by) if record.decided_by else ""

    def value_decided(self, value: Any, record: PensionDifference) -> str:
        return str(record.decided_by or "")

    def value_decided_on(self, value: Any, record: PensionDifference) -> Any:
        return record.decided_at.date() if record.decided_at else None


class ProposalFilter(ListFilter):
    kind = ChoiceFilter(label="Что сообщили", every="всё", choices=PensionDifference.Kind.choices)
    state = ChoiceFilter(
        label="Решение",
        every="любое",
        choices=[(WAITING, "ждут решения"), *((code, state.word) for code, state in STATES.items())],
        method="keep_state",
    )
    sent = ChoiceFilter(
        label="Источник",
        every="любой",
        choices=[(kind.value, kind.label) for kind in ExchangeFile.PEOPLE],
        method="keep_sent",
    )
    name = TextFilter(label="Фамилия", lookup_expr="istartswith", field_name="full_name")

    def keep_state(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        wanted = PensionDifference.UNDECIDED if value == WAITING else (value,)
        return rows.filter(decision__in=wanted)

    def keep_sent(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        told = PensionDifference.objects.filter(sources__record__file__kind=value).values("pk")
        return rows.filter(pk__in=told) | rows.filter(file__kind=value)


PROPOSALS = Listing(
    page="pension",
    title="Сведения СФР, ЗАГС и муниципалитетов",
    table=ProposalTable,
    order="full_name",
    filters=ProposalFilter,
    found="предложение,предложения,предложений",
    views=(BuiltInView("Ждут решения", "state=waiting"), BuiltInView("Умершие", "kind=died")),
    empty=Empty("В присланных сведениях нет отличий от карточек, или сведений ещё нет.", "pension-files", "К спискам"),
)


class CertificateTable(ListTable):
    name = TextColumn("Получатель", sort="recipient__person__name_key", accessor="recipient__person__full_name")
    disabled = TextColumn("Инвалид", accessor="disabled_person__full_name")
    category = TextColumn("Категория", sort="category", accessor="get_category_display")
    case_number = TextColumn("№ дела", accessor="recipient__case_number")
    certificate = TextColumn("Справка", accessor="certificate")
    valid_to = DayColumn("Действует по", sort="certificate_valid_to", accessor="certificate_valid_to")
    district = TextColumn("Район", accessor="recipient__office__district__name", hidden=True)
    phone = TextColumn("Телефон", accessor="recipient__person__phone")

    def address_of(self, record: Entitlement) -> str:
        return self.to("card-rights", record.recipient_id)

    def render_valid_to(self, record: Entitlement) -> str:
        return format_html("{}", ui.day(_last_day(record)))

    def value_valid_to(self, value: Any, record: Entitlement) -> Any:
        return _last_day(record)


class CertificateFilter(ListFilter):
    category = ChoiceFilter(label="Категория", every="любая", choices=Category.choices)
    name = TextFilter(label="Фамилия", lookup_expr="istartswith", field_name="recipient__person__last_name")


CERTIFICATES = Listing(
    page="certificates",
    title="Справки МСЭ, которые истекают",
    table=CertificateTable,
    order="valid_to",
    filters=CertificateFilter,
    found="справка,справки,справок",
    empty=Empty("В ближайшие два месяца справки не истекают."),
)


def _last_day(right: Entitlement) -> Any:
    return last_valid_day(right.certificate_valid_to) if right.certificate_valid_to else None
