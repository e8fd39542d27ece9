"""A small set of documents in the look of `templates/pdf/base.html`; all people are invented."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.template import engines

from config.pdf import Signature
from offices.money import format_sum, roubles_in_words

DEPARTMENT = "Департамент Смоленской области по социальному развитию"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DAY = dt.date(2026, 11, 5)

TERMINATION = """{% extends "pdf/base.html" %}
{% block body %}
<p style="margin-top:6mm">Рассмотрев сведения о получателе денежного эквивалента и руководствуясь подпунктом «а»
пункта 3.16.1 Административного регламента, утверждённого постановлением Администрации Смоленской области
от 30.10.2007 № 369,</p>
<p class="resolved">РЕШЕНО:</p>
<p>прекратить начисление и выплату денежного эквивалента с 01.11.2026.</p>
<table class="facts">
<tr><th scope="row">Получатель</th><td>Соловьёва Любовь Ильинична, 14.03.1951 г. р.</td></tr>
<tr><th scope="row">СНИЛС</th><td>112-233-445&nbsp;95</td></tr>
<tr><th scope="row">Адрес</th><td>214000, г. Смоленск, ул. Октябрьской Революции, д. 14, корп. 2, кв. 117</td></tr>
<tr><th scope="row">Основание</th><td>смерть получателя: свидетельство I-МП № 600001 от 20.10.2026</td></tr>
<tr><th scope="row">Последний месяц начисления</th><td>октябрь 2026 г.</td></tr>
<tr><th scope="row">Излишне выплачено</th><td>{{ overpaid }} руб.</td></tr>
</table>
<p class="in-words">Излишне выплаченная сумма прописью: {{ overpaid_in_words }}.</p>
{% endblock %}
{% block after %}<div class="delivery">Копия решения направлена <span class="blank">&nbsp;</span>
способ <span class="blank">&nbsp;</span> подпись <span class="blank">&nbsp;</span></div>{% endblock %}
"""

STATEMENT = """{% extends "pdf/base.html" %}
{% block body %}
<table class="grid" style="margin-top:6mm">
<thead><tr><th>№ п/п</th><th>Район</th><th>Получателей</th><th>Сумма, руб.</th></tr></thead>
<tbody>
{% for row in rows %}<tr><td class="mid">{{ forloop.counter }}</td><td>{{ row.district }}</td>
<td class="mid">{{ row.people }}</td><td class="sum">{{ row.payable }}</td></tr>{% endfor %}
<tr class="total"><th colspan="2">Итого</th><td class="mid">{{ people }}</td><td class="sum">{{ payable }}</td></tr>
</tbody></table>
<p class="in-words">{{ payable_in_words }}.</p>
{% endblock %}
"""

PROTOCOL = """{% extends "pdf/base.html" %}
{% block body_attributes %} class="wide"{% endblock %}
{% block body %}
<table class="grid dense" style="margin-top:5mm">
<thead><tr><th>№</th><th>Лицевой счёт</th><th>Фамилия, имя, отчество</th><th>Адрес</th><th>Услуга</th>
<th>Показатель</th><th>Данные отдела</th><th>Данные предприятия</th><th>Разница</th><th>Замечание</th>
<th>Ответ предприятия</th></tr></thead>
<tbody>{% for n in numbers %}<tr><td class="mid">{{ n }}</td><td class="nowrap">6701{{ n }}00045</td>
<td>Константинопольская Александра Владимировна</td><td>г. Вязьма, ул. Ленина, д. {{ n }}, кв. 3</td>
<td>Холодное водоснабжение</td><td>тариф, руб./м³</td><td class="sum">26,06</td><td class="sum">31,40</td>
<td class="sum">5,34</td><td>тариф не утверждён на месяц начисления</td><td></td></tr>{% endfor %}</tbody></table>
{% endblock %}
"""


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """One line of the sample statement, already written as text."""

    district: str
    people: str
    payable: str


def print_sample(source: str, **facts: object) -> str:
    """Return the sample's HTML with the facts every sample shares."""
    shared = {
        "department": DEPARTMENT,
        "office": "Отдел социальной защиты населения в Вяземском районе",
        "contacts": "215110, г. Вязьма, ул. Комсомольская, д. 1 · тел. (48131) 0-00-00",
        "issued_on": DAY,
        "place": "г. Вязьма",
        "signatures": [
            Signature("Специалист, осуществляющий расчёт", "А. В. Никитина"),
            Signature("Начальник отдела социальной защиты населения", "И. И. Иванов-Константинопольский"),
        ],
        "executor": "Никитина А. В.",
        "phone": "(48131) 0-00-00",
        "file_sha256": HASH,
    }
    return str(engines["django"].from_string(source).render({**shared, **facts}))


def samples() -> dict[str, str]:
    """Return each sample's HTML by name."""
    payable = Decimal("1234567.89")
    return {
        "termination": print_sample(
            TERMINATION,
            kind="Решение",
            subject="о прекращении начисления и выплаты денежного эквивалента",
            number="05-17/2026",
            overpaid=format_sum(Decimal("1496.90")),
            overpaid_in_words=roubles_in_words(Decimal("1496.90")),
        ),
        "statement": print_sample(
            STATEMENT,
            kind="Сводная ведомость",
            subject="на выплату денежного эквивалента за октябрь 2026 года через ПАО «Днепровский банк»",
            number="СВ-10/2026",
            rows=[DistrictRow(f"Район {n}", "1\xa0204", format_sum(Decimal(n) * 45000)) for n in range(1, 28)],
            people="32\xa0508",
            payable=format_sum(payable),
            payable_in_words=roubles_in_words(payable),
        ),
        "protocol": print_sample(
            PROTOCOL, kind="Протокол несоответствий", subject="за октябрь 2026 года", number="112", numbers=range(1, 61)
        ),
    }
