"""Rows of persons, applications, rights and ways of payment; all people are invented."""

import datetime as dt
from typing import Any

from offices.accounts import with_account_key
from offices.models import Bank
from recipients.models import (
    Application,
    EntitledPerson,
    Entitlement,
    Ground,
    LegalRepresentative,
    PaymentChannel,
    Person,
    Recipient,
)
from recipients.snils import control_number
from tests.rows.ground import AT, LONG_AGO, bank, decree, number, office, post_office, staff

LAST_NAMES = ("Соловьёва", "Петренко", "Иванова", "Кузнецова", "Белозёрова")


def snils() -> str:
    """A valid СНИЛС that no other row of the run has."""
    first_nine = f"{100_000_000 + number()}"
    return first_nine + control_number(first_nine)


def person(**given: Any) -> Person:
    n = number()
    return Person.objects.create(
        **{
            "last_name": LAST_NAMES[n % len(LAST_NAMES)],
            "first_name": "Любовь",
            "middle_name": "Ильинична",
            "sex": Person.Sex.FEMALE,
            "birth_date": dt.date(1951, 3, 14),
            "snils": snils(),
        }
        | given
    )


def recipient(**given: Any) -> Recipient:
    """A recipient with an open case; `person` and `office` are made unless given."""
    made = {"case_number": f"{number()}", "opened_on": LONG_AGO} | given
    made["office"] = made.get("office") or office()
    made["person"] = made.get("person") or person()
    made["created_by"] = made.get("created_by") or staff(office=made["office"])
    return Recipient.objects.create(**made)


def ground(kind: str = Ground.Kind.REFUSAL, **given: Any) -> Ground:
    n = number()
    made = {
        "kind": kind,
        "code": f"G{n}",
        "title": "основание",
        "article": "п. 2.5.1",
        "text": "Текст нормы.",
        "advice": "Представить недостающие документы.",
        "valid_from": LONG_AGO,
    } | given
    return Ground.objects.create(**made | {"decree": made.get("decree") or decree()})


def application(**given: Any) -> Application:
    """A registered application of an adult; nothing is decided yet."""
    made = {
        "kind": Application.Kind.EQUIVALENT,
        "way": Application.Way.IN_PERSON,
        "number": f"{number()}",
        "received_on": LONG_AGO,
        "registered_at": AT,
        "category": "2",
        "address": "214000, г. Смоленск, ул. Ленина, д. 1",
        "channel": "почта",
    } | given
    made["office"] = made.get("office") or office()
    made["applicant"] = made.get("applicant") or person()
    made["disabled_person"] = made.get("disabled_person") or made["applicant"]
    made["registered_by"] = made.get("registered_by") or staff(office=made["office"])
    return Application.objects.create(**made)


def entitlement(**given: Any) -> Entitlement:
    """The right of an adult, with the one person it covers (and a granted application behind it)."""
    made = {
        "holder": Entitlement.Holder.ADULT,
        "category": "2",
        "certificate": "МСЭ-2020 № 0001",
        "granted_at": AT,
        "valid_from": LONG_AGO,
    } | given
    made["recipient"] = made.get("recipient") or recipient()
    made["disabled_person"] = made.get("disabled_person") or made["recipient"].person
    office_of = made["recipient"].office
    made["granted_by"] = made.get("granted_by") or staff(office=office_of)
    made["application"] = made.get("application") or application(
        office=office_of,
        applicant=made["recipient"].person,
        disabled_person=made["disabled_person"],
        category=made["category"],
        status=Application.Status.GRANTED,
        recipient=made["recipient"],
        decided_at=AT,
        decided_by=made["granted_by"],
    )
    right = Entitlement.objects.create(**made)
    relation = "инвалид" if right.holder == Entitlement.Holder.ADULT else "ребёнок-инвалид"
    entitled_person(right, person=right.disabled_person, relation=relation)
    return right


def ended(right: Entitlement, on: dt.date) -> Entitlement:
    """The right with its cover, ended: `on` is the first day without them."""
    right.valid_to = on
    right.save(update_fields=["valid_to"])
    right.persons.update(valid_to=on)
    return right


def entitled_person(right: Entitlement, **given: Any) -> EntitledPerson:
    """One more person covered by the right, for the right's own period."""
    made = {"relation": "мать", "valid_from": right.valid_from, "valid_to": right.valid_to} | given
    return EntitledPerson.objects.create(entitlement=right, **made | {"person": made.get("person") or person()})


def account_at(chosen: Bank) -> str:
    """A personal account of twenty digits whose key fits the bank."""
    return with_account_key(chosen.bik, f"40817810000000{number():06d}")


def channel(**given: Any) -> PaymentChannel:
    """A confirmed way of payment to a bank account; kind "post" pays at a post office."""
    made = {"kind": PaymentChannel.Kind.BANK, "valid_from": LONG_AGO, "entered_at": AT, "confirmed_at": AT} | given
    made["recipient"] = made.get("recipient") or recipient()
    made["payee"] = made.get("payee") or made["recipient"].person
    made["entered_by"] = made.get("entered_by") or staff(office=made["recipient"].office)
    if made["confirmed_at"]:
        made["confirmed_by"] = made.get("confirmed_by") or staff(office=made["recipient"].office)
    if made["kind"] == PaymentChannel.Kind.BANK:
        made["bank"] = made.get("bank") or bank()
        made["account"] = made.get("account") or account_at(made["bank"])
    elif made["kind"] == PaymentChannel.Kind.POST:
        made["post_office"] = made.get("post_office") or post_office()
    return PaymentChannel.objects.create(**made)


def representative(**given: Any) -> LegalRepresentative:
    made = {
        "authority": LegalRepresentative.Authority.PARENT,
        "document": "свидетельство о рождении I-МП № 000001",
        "document_issued_on": LONG_AGO,
        "valid_from": LONG_AGO,
    } | given
    made["represented"] = made.get("represented") or person(birth_date=dt.date(2015, 5, 5))
    made["representative"] = made.get("representative") or person()
    return LegalRepresentative.objects.create(**made)
