"""A sample of a provider's own table, and what its columns mean."""

HEAD = "№ запроса;Лицевой счёт;Фамилия;Имя;Отчество;Код услуги;Тариф;Объём;Начислено;Площадь;Человек\r\n"
ROW = "{};{};Ёлкина;Анна;Львовна;{};{};{};{};54,00;1\r\n"
SAMPLE = (HEAD + ROW.format("1", "00123456", "ХВ", "26,21", "10", "262,10")).encode("cp1251")
KINDS = {"10": "cold_water", "14": "sewerage"}
"""Our services that the sample bills."""
COLUMNS = {
    "№ запроса": "person.request_id",
    "Лицевой счёт": "person.account",
    "Фамилия": "person.last_name",
    "Имя": "person.first_name",
    "Отчество": "person.middle_name",
    "Код услуги": "line.service",
    "Тариф": "line.tariff",
    "Объём": "line.quantity",
    "Начислено": "line.billed",
    "Площадь": "row.total_area",
    "Человек": "row.residents",
}
