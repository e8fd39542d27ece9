"""Where the documents of a month stand: a fact for each, in the order of the regulation's items."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q, QuerySet

from calculations.models import CalculationRun, DebtRequest, FuelAssignment, Suspension
from exchange.models import (
    Acknowledgement,
    DiscrepancyProtocol,
    ExchangeFile,
    FundNotice,
    RecipientRegister,
    RegionFile,
    RequestedChanges,
)
from offices.models import Office, Staff, StoredFile
from offices.models.staff import BLIND_ROLES, DISTRICT_ROLES
from offices.months import next_month
from payments.models import HeirDecision, Overpayment, PaymentDocument, PaymentRegister, RegisterAnswer, ReturnNotice
from providers.models import ReminderLetter
from recipients.models import Application, Termination

POST: Final = "Почта России"


@dataclass(frozen=True, slots=True)
class Description:
    """A document in words: what it is, whose, and in what state the fact is."""

    title: str
    whose: str
    state: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of documents: `rows` are the facts with a file under `file`, `order` the column they are listed by."""

    code: str
    item: str
    title: str
    rows: QuerySet[Any]
    describe: Callable[[Any], Description]
    file: str
    order: str
    joined: tuple[str, ...]

    def named(self, text: str) -> "QuerySet[Any]":
        """Keep the facts whose file's name has the text in it."""
        return self.rows.filter(**{f"{self.file}__name__icontains": text}) if text else self.rows

    def file_of(self, row: Any) -> StoredFile:
        file: StoredFile = getattr(row, self.file)
        return file


def sees_payments(staff: Staff, on: dt.date) -> bool:
    """Say whether registers over all districts are shown: to the department's roles only."""
    return bool(staff.roles_on(on) - set(DISTRICT_ROLES) - set(BLIND_ROLES))


def facts_of_files(staff: Staff, on: dt.date) -> Iterator[tuple[QuerySet[Any], str]]:
    """Give every kind of fact `staff` may see with the name of its file's column."""
    yield RecipientRegister.objects.for_user(staff, on=on), "file"
    yield ExchangeFile.objects.for_user(staff, on=on), "file"
    yield FundNotice.objects.for_user(staff, on=on), "document"
    yield Acknowledgement.objects.for_user(staff, on=on), "document"
    for paper in ("document", "sheet", "table"):
        yield DiscrepancyProtocol.objects.for_user(staff, on=on), paper
    yield ReminderLetter.objects.for_user(staff, on=on), "document"
    yield CalculationRun.objects.for_user(staff, on=on), "accrual_file"
    yield Application.objects.for_user(staff, on=on), "decision_file"
    yield Termination.objects.for_user(staff, on=on), "decision_file"
    yield FuelAssignment.objects.for_user(staff, on=on), "decision_file"
    yield DebtRequest.objects.for_user(staff, on=on), "document"
    yield Suspension.objects.for_user(staff, on=on), "notice"
    yield HeirDecision.objects.for_user(staff, on=on), "document"
    for paper in ("notice", "consent_form"):
        yield Overpayment.objects.for_user(staff, on=on), paper
    if sees_payments(staff, on):
        yield RegionFile.objects.all(), "file"
        yield PaymentRegister.objects.all(), "file"
        yield PaymentDocument.objects.all(), "file"
        yield RegisterAnswer.objects.all(), "file"
        yield ReturnNotice.objects.all(), "document"


def kinds_of(month: dt.date, *, staff: Staff, on: dt.date, office: Office | None = None) -> Iterator[Kind]:
    """Give the kinds of a month's documents `staff` may see; of one district where `office` is given.

    Decisions stand by their day: an end of a right in the month billed, an heir's payment in the month of payment.
    """
    mine = Q(office=office) if office else Q()

    def of(code: str, item: str, title: str, model: Any, describe: Any, file: str, *joined: str, **only: Any) -> Kind:
        rows = model.objects.for_user(staff, on=on).filter(mine, **{f"{file}__isnull": False}, **only)
        return Kind(code, item, title, rows, describe, file, "office__name", ("office__district", *joined))

    month_of, paid = {"month": month}, next_month(month)
    yield of(
        "refusals", "3.2", "Решения об отказе", Application, _refusal, "decision_file", **_in("decided_at", month)
    )  # fmt: skip
    yield of(
        "fuel", "3.2", "Решения о топливе и газе", FuelAssignment, _fuel, "decision_file", "application",
        **_in("decided_at", month),
    )  # fmt: skip
    yield of(
        "heirs", "3.3", "Решения о выплате сумм умерших", HeirDecision, _decision, "document",
        **_in("confirmed_at", paid),
    )  # fmt: skip
    yield of(
        "suspensions", "3.3", "Уведомления о приостановлении", Suspension, _suspension, "notice",
        **_in("confirmed_at", month),
    )  # fmt: skip
    yield of(
        "pension", "3.4", "Сведения Пенсионного фонда", ExchangeFile, _exchange, "file", kind="pension", **month_of
    )
    yield of(
        "notices", "3.4", "Уведомления об ошибках в сведениях", FundNotice, _notice, "document", "file", **month_of
    )
    yield of(
        "people", "3.5", "Списки ЗАГС и муниципалитетов", ExchangeFile, _exchange, "file",
        kind__in=["registry", "council"], **month_of,
    )  # fmt: skip
    yield of("registers", "3.7", "Реестры получателей", RecipientRegister, _register, "file", **month_of)
    yield of(
        "requests", "3.8", "Файлы запросов", ExchangeFile, _request, "file", "provider", "changes", kind="request",
        **month_of,
    )  # fmt: skip
    yield of("returns", "3.9", "Ответные файлы", ExchangeFile, _exchange, "file", "provider", kind="return", **month_of)
    if sees_payments(staff, on) and office is None:
        wholes = RegionFile.objects.filter(month=month)
        yield Kind(
            "region-files", "3.9", "Сводные файлы за область", wholes, _region_file, "file", "provider__code", ("provider",)
        )  # fmt: skip
    yield of(
        "confirmations", "3.9", "Подтверждения приёма", Acknowledgement, _confirmation, "document", "file__provider",
        **month_of,
    )  # fmt: skip
    yield of(
        "letters", "3.9", "Письма предприятиям", ReminderLetter, _letter, "document", "provider", **month_of
    )  # fmt: skip
    yield of(
        "protocols", "3.10", "Протоколы несоответствий", DiscrepancyProtocol, _protocol, "document", "file__provider",
        **month_of,
    )  # fmt: skip
    yield of(
        "debt-requests", "3.10", "Запросы о задолженности", DebtRequest, _debt_request, "document", "provider",
        **_in("made_at", month),
    )  # fmt: skip
    yield of("accruals", "3.12", "Файлы начислений", CalculationRun, _run, "accrual_file", **month_of)
    if sees_payments(staff, on):
        yield from _payments(month, office)
    yield of(
        "overpayments", "3.15", "Уведомления о переплате", Overpayment, _overpayment, "notice",
        **_in("recorded_at", paid),
    )  # fmt: skip
    yield of(
        "endings", "3.16", "Решения о прекращении", Termination, _decision, "decision_file",
        **_in("confirmed_at", month),
    )  # fmt: skip


def _in(moment: str, month: dt.date) -> dict[str, dt.date]:
    return {f"{moment}__date__gte": month, f"{moment}__date__lt": next_month(month)}


def _payments(month: dt.date, office: Office | None) -> Iterator[Kind]:
    """Give what is made over all districts; of one district only the papers made for it."""
    papers = PaymentDocument.objects.filter(register__month=month)
    if office is None:
        registers = PaymentRegister.objects.filter(month=month)
        yield Kind(
            "bank-registers", "3.15", "Реестры в банк и на почту", registers, _payment_register, "file", "channel", ("bank",)
        )  # fmt: skip
        answers = RegisterAnswer.objects.filter(register__month=month)
        yield Kind(
            "answers", "3.15", "Ответы банков и почты", answers, _answer, "file", "register__channel", ("register__bank",)
        )  # fmt: skip
        asked = ReturnNotice.objects.filter(**_in("made_at", next_month(month)))
        yield Kind(
            "return-notices", "3.15", "Письма о возврате выплат", asked, _asked, "document", "channel", ("bank",)
        )  # fmt: skip
    else:
        papers = papers.filter(office=office)
    yield Kind(
        "papers", "3.15", "Ведомости, списки и поручения", papers, _paper, "file", "register_id",
        ("register__bank", "office__district"),
    )  # fmt: skip


def _refusal(row: Application) -> Description:
    return Description(f"Отказ по заявлению № {row.number}", _district(row.office), "")


def _fuel(row: FuelAssignment) -> Description:
    title = f"Решение по заявлению № {row.application.number}"
    return Description(title, _district(row.office), f"{row.get_rule_display()} на {row.year} год")


def _debt_request(row: DebtRequest) -> Description:
    return Description(f"Запрос № {row.number}: {row.provider.short_name}", _district(row.office), "")


def _suspension(row: Suspension) -> Description:
    return Description(f"Уведомление к решению № {row.number}", _district(row.office), row.get_status_display())


def _exchange(row: ExchangeFile) -> Description:
    title = row.provider.short_name if row.provider else row.get_kind_display().capitalize()
    return Description(title, _district(row.office), row.get_status_display())


def _region_file(row: RegionFile) -> Description:
    title = row.provider.short_name if row.provider else "Поставщик не распознан"
    return Description(title, "вся область", f"{row.get_kind_display()}, {row.get_status_display()}")


def _request(row: ExchangeFile) -> Description:
    """Tell a request; one that is a file of changes asks about more people than it names."""
    told = _exchange(row)
    changes: RequestedChanges | None = getattr(row, "changes", None)
    if changes is None:
        return told
    counted = f"новых {changes.new}, изменилось {changes.changed}, выбыло {changes.ended}"
    return replace(told, state=f"{told.state}; файл изменений: {counted}; запрошено строк: {row.rows}")


def _confirmation(row: Acknowledgement) -> Description:
    provider = row.file.provider.short_name if row.file.provider else ""
    title = "Наш ответ на файл" if row.file.kind == ExchangeFile.Kind.RETURN else "Получение запроса"
    return Description(f"{title}: {provider}", _district(row.office), f"строк {row.rows}, сопоставлено {row.matched}")


def _notice(row: FundNotice) -> Description:
    return Description(f"Уведомление № {row.number}", _district(row.office), f"файл {row.file}")


def _register(row: RecipientRegister) -> Description:
    return Description(f"Реестр № {row.number}", _district(row.office), row.get_status_display())


def _protocol(row: DiscrepancyProtocol) -> Description:
    provider = row.file.provider.short_name if row.file.provider else ""
    return Description(f"Протокол № {row.number}: {provider}", _district(row.office), "")


def _letter(row: ReminderLetter) -> Description:
    return Description(f"Письмо № {row.number}: {row.provider.short_name}", _district(row.office), "")


def _run(row: CalculationRun) -> Description:
    return Description(f"Расчёт № {row.number}", _district(row.office), row.get_status_display())


def _payment_register(row: PaymentRegister) -> Description:
    return Description(f"Реестр № {row.number}", _paid_through(row), row.get_status_display())


def _paper(row: PaymentDocument) -> Description:
    district = f", {_district(row.office)}" if row.office else ""
    return Description(f"{row.get_kind_display().capitalize()}{district}", _paid_through(row.register), "")


def _answer(row: RegisterAnswer) -> Description:
    title = f"Ответ {row.number} на реестр № {row.register.number}"
    return Description(title, _paid_through(row.register), f"возвращено: {row.returned}" if row.returned else "")


def _asked(row: ReturnNotice) -> Description:
    return Description(f"Письмо № {row.number}", row.bank.name if row.bank else POST, f"выплат: {row.rows}")


def _overpayment(row: Overpayment) -> Description:
    return Description(f"Переплата № {row.number}", _district(row.office), row.get_status_display())


def _decision(row: Termination | HeirDecision) -> Description:
    return Description(f"Решение № {row.number}", _district(row.office), "")


def _paid_through(register: PaymentRegister) -> str:
    return register.bank.name if register.bank else POST


def _district(office: Office) -> str:
    return office.district.name if office.district else office.name
