"""What of a register each provider is asked: persons by account, and why the rest is asked of nobody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from exchange.layouts.exchanged import RequestedPerson
from exchange.layouts.model import Layout
from exchange.register_content import RegisteredAccount, RegisteredPerson
from exchange.request_rows import request_id_of
from exchange.selectors.registers import Held
from exchange.selectors.requests import RegisteredRow, Respondents


@dataclass(frozen=True, slots=True)
class Asked:
    """One account of one recipient as a provider is asked about it."""

    register_row_id: int
    recipient_id: int
    account_id: int
    person: RequestedPerson


@dataclass(slots=True)
class Questions:
    """Who is asked about what, by provider, and the fate of every register row.

    A recipient with two rights stands in two register rows and is asked about once, by the first of them.
    """

    rows: dict[int, int] = field(default_factory=dict)
    by_provider: dict[int, list[Asked]] = field(default_factory=lambda: defaultdict(list))
    reasons: dict[int, list[Held]] = field(default_factory=lambda: defaultdict(list))
    asked: set[int] = field(default_factory=set)

    def held(self) -> dict[Held, int]:
        """Count the register rows whose recipient nobody is asked about, by the first reason met."""
        counted: dict[Held, int] = defaultdict(int)
        for recipient_id in self.rows.values():
            if recipient_id not in self.asked:
                reasons = self.reasons[recipient_id]
                counted[reasons[0] if reasons else Held.NO_ACCOUNT] += 1
        return dict(counted)

    def rows_asked(self) -> int:
        """Count the register rows whose recipient somebody is asked about."""
        return sum(1 for recipient_id in self.rows.values() if recipient_id in self.asked)


def ask(rows: Iterable[RegisteredRow], *, respondents: Respondents, layouts: Mapping[int, Layout]) -> Questions:
    """Sort the accounts of a register by provider; `layouts` are those of the providers that can be asked."""
    questions = Questions()
    carriers = {pk: _Carrier(layout) for pk, layout in layouts.items()}
    seen: set[int] = set()
    for row in rows:
        questions.rows[row.id] = row.recipient_id
        if row.recipient_id in seen:
            continue
        seen.add(row.recipient_id)
        for account in row.person.accounts:
            carrier = carriers.get(account.provider_id)
            if carrier is None:
                questions.reasons[row.recipient_id].append(respondents.why_not(account.provider_id))
                continue
            services = carrier.carried(account.services)
            address_code = row.person.address_code if carrier.needs_address_code else ""
            if not services or (carrier.needs_address_code and not address_code):
                questions.reasons[row.recipient_id].append(Held.DOES_NOT_FIT)
                continue
            questions.by_provider[account.provider_id].append(_asked(row, account, services, address_code))
    return questions


def settle(questions: Questions, *, asked: Sequence[Asked], unfit: Iterable[Asked]) -> None:
    """Record what came of one provider's questions: written into its file, or not fitting it."""
    questions.asked.update(one.recipient_id for one in asked)
    for one in unfit:
        questions.reasons[one.recipient_id].append(Held.DOES_NOT_FIT)


class _Carrier:
    """What a layout has room for, asked once for each set of services."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._carried: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.needs_address_code = any(column.role == "person.address_code" for column in layout.fields)

    def carried(self, services: tuple[str, ...]) -> tuple[str, ...]:
        if services not in self._carried:
            self._carried[services] = tuple(code for code in services if self._layout.carries(code))
        return self._carried[services]


def requested_person(
    register_row_id: int, person: RegisteredPerson, *, number: str, services: tuple[str, ...], address_code: str
) -> RequestedPerson:
    """Return a person of a register's row as a provider is asked about one account."""
    return RequestedPerson(
        request_id=request_id_of(register_row_id),
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
        birth_date=person.birth_date,
        snils=person.snils,
        settlement=person.settlement,
        street=person.street,
        house=person.house,
        building=person.building,
        flat=person.flat,
        room=person.room,
        rooms=person.rooms,
        account=number,
        total_area=person.total_area,
        heated_area=person.heated_area,
        residents=person.residents,
        address_code=address_code,
        right_from=person.right_from,
        right_to=person.last_day,
        services=services,
    )


def _asked(row: RegisteredRow, account: RegisteredAccount, services: tuple[str, ...], address_code: str) -> Asked:
    return Asked(
        register_row_id=row.id,
        recipient_id=row.recipient_id,
        account_id=account.account_id,
        person=requested_person(
            row.id, row.person, number=account.number, services=services, address_code=address_code
        ),
    )
