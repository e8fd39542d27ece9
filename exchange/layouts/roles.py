"""What roles of columns, keys and forms are called in Russian: for pages that build a layout and for its faults."""

from __future__ import annotations

from collections.abc import Mapping

from exchange.layouts.model import MatchKey

PERSON: Mapping[str, str] = {
    "person.last_name": "фамилия",
    "person.first_name": "имя",
    "person.middle_name": "отчество",
    "person.birth_date": "дата рождения",
    "person.snils": "СНИЛС",
    "person.account": "лицевой счёт",
    "person.request_id": "номер строки запроса",
    "person.settlement": "населённый пункт",
    "person.street": "улица",
    "person.house": "дом",
    "person.building": "корпус",
    "person.flat": "квартира",
    "person.room": "комната",
    "person.address_code": "код адреса",
    "person.rooms": "число комнат",
    "person.total_area": "общая площадь по нашим данным",
    "person.heated_area": "отапливаемая площадь по нашим данным",
    "person.residents": "зарегистрировано по нашим данным",
    "person.right_from": "право с",
    "person.right_to": "право по",
}
ROW: Mapping[str, str] = {
    "row.residents": "зарегистрировано",
    "row.living": "проживает",
    "row.total_area": "общая площадь",
    "row.heated_area": "отапливаемая площадь",
    "row.matched": "строка найдена у предприятия",
    "row.account_changed": "лицевой счёт изменён",
    "row.no_consumption": "услуга не потреблялась",
    "row.housing_stock": "вид жилищного фонда",
    "row.is_privatised": "жильё приватизировано",
}
LINE: Mapping[str, str] = {
    "line.service": "код услуги",
    "line.service_name": "название услуги",
    "line.billed": "начислено",
    "line.tariff": "тариф",
    "line.quantity": "объём",
    "line.norm": "норматив",
    "line.adjustment": "перерасчёт",
    "line.adjustment_month": "месяц перерасчёта",
    "line.debt": "долг",
    "line.debt_months": "месяцев долга",
    "line.debt_status": "состояние долга",
    "line.agreed_debt": "долг по соглашению",
    "line.in_debt": "есть долг",
    "line.paid": "оплачено",
    "line.benefit": "сумма льготы",
    "line.metered": "по прибору учёта",
    "line.undersupply": "доля недопоставки",
    "line.provider_name": "название предприятия",
    "line.account": "лицевой счёт по услуге",
    "line.residents": "зарегистрировано, по услуге",
}
FILE: Mapping[str, str] = {
    "file.month": "месяц начислений",
    "file.year": "год начислений",
    "file.month_number": "номер месяца начислений",
}
_FLAT: Mapping[str, str] = {
    "account": "лицевой счёт или счёт в банке", "accrued": "начислено эквивалента", "act_date": "дата акта",
    "act_issuer": "кем составлен акт", "act_number": "номер акта", "amount": "сумма", "billed": "начислено предприятием",
    "birth_date": "дата рождения", "building": "корпус", "case_number": "номер дела", "category_code": "код категории",
    "change": "что изменилось", "day": "день", "death_date": "дата смерти", "delivery": "способ доставки",
    "disability_from": "инвалидность с", "disability_group": "группа инвалидности", "disability_to": "инвалидность по",
    "district_code": "код района", "document": "документ", "document_date": "дата документа",
    "document_issuer": "кем выдан документ", "document_number": "номер документа", "document_series": "серия документа",
    "document_type": "вид документа", "entitled": "имеют право", "file_month": "месяц файла", "first_name": "имя",
    "flat": "квартира", "for_month": "за месяц", "house": "дом", "is_owned": "в собственности",
    "is_temporary": "временная регистрация", "last_name": "фамилия", "middle_name": "отчество", "month": "месяц",
    "moved_on": "дата выбытия", "new_building": "новый корпус", "new_district": "новый район", "new_flat": "новая квартира",
    "new_house": "новый дом", "new_region": "новый регион", "new_settlement": "новый населённый пункт",
    "new_street": "новая улица", "office_index": "индекс почтового отделения", "pension_case_no": "номер пенсионного дела",
    "post_office": "почтовое отделение", "postal_index": "индекс", "provider_code": "код предприятия",
    "reason_code": "код причины возврата", "reexam_date": "дата переосвидетельствования",
    "reg_building": "корпус регистрации", "reg_district": "район регистрации", "reg_flat": "квартира регистрации",
    "reg_house": "дом регистрации", "reg_postal_index": "индекс регистрации", "reg_region": "регион регистрации",
    "reg_settlement": "населённый пункт регистрации", "reg_street": "улица регистрации", "region": "регион",
    "registered_from": "зарегистрирован с", "registered_to": "зарегистрирован по", "removed_flag": "снят с учёта",
    "residents": "зарегистрировано", "result": "результат", "right_from": "право с", "right_to": "право по",
    "room": "комната", "row_id": "номер строки у нас", "row_number": "номер по порядку", "service": "код услуги",
    "settlement": "населённый пункт", "sex": "пол", "snils": "СНИЛС", "stay_building": "корпус пребывания",
    "stay_district": "район пребывания", "stay_flat": "квартира пребывания", "stay_house": "дом пребывания",
    "stay_postal_index": "индекс пребывания", "stay_region": "регион пребывания",
    "stay_settlement": "населённый пункт пребывания", "stay_street": "улица пребывания", "street": "улица",
    "total_area": "общая площадь",
}  # fmt: skip
GROUPS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Человек и адрес", PERSON),
    ("Жильё и ответ", ROW),
    ("Услуга", LINE),
    ("Месяц файла", FILE),
)
"""Roles as they stand in a list to choose from, under their headings."""
_TITLES = {**PERSON, **ROW, **LINE, **FILE, **_FLAT}
KEYS: Mapping[MatchKey, str] = {
    MatchKey.REQUEST_ID: "номер строки запроса",
    MatchKey.ACCOUNT: "лицевой счёт",
    MatchKey.SNILS: "СНИЛС",
    MatchKey.NAME: "ФИО и дата рождения",
    MatchKey.ADDRESS_CODE: "код адреса и ФИО",
}
FLAGS = frozenset(
    {
        "row.matched",
        "row.account_changed",
        "row.no_consumption",
        "row.is_privatised",
        "line.in_debt",
        "line.metered",
    }
)
"""Roles whose cells mean yes or no."""
_FORMS = {
    "integer": "целое число",
    "code": "код числом, без дробной части",
    "snils": "СНИЛС, 11 цифр с дефисами или без",
    "month": "месяц, любым его днём",
    "one_minus": "единица минус доля",
}
_MASKED = {"date": "дата вида", "month": "месяц вида", "month_after": "следующий месяц вида"}


def role_title(role: str, /) -> str:
    """Return a role in Russian; a role that is not known stands as it is."""
    return _TITLES.get(role, role)


def form_title(form: str, /) -> str:
    """Return in Russian how a value stands in a cell; an empty text for a plain one."""
    kind, _, rest = form.partition(":")
    if kind in _MASKED and rest:
        return f"{_MASKED[kind]} {masked(rest)}"
    if kind == "decimal":
        return "число с запятой" if rest == "," else "число с точкой"
    if kind == "percent":
        return f"{rest} % суммы"
    return _FORMS.get(form, form)


def masked(mask: str, /) -> str:
    """Return the mask of a date in Russian letters: ДД.ММ.ГГГГ."""
    return mask.replace("YYYY", "ГГГГ").replace("DD", "ДД").replace("MM", "ММ")
