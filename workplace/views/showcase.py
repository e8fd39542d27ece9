"""What the living page of the design system shows: invented rows for every component in every state."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any

from django import forms
from django.contrib.messages import constants

from offices.fields import DayField, RoublesField
from workplace.selectors.jobs import JobShown, Link

ICONS = (
    "check", "circle-check", "loader", "alert-triangle", "clock", "circle-x", "circle-dashed", "hourglass", "search",
    "filter", "printer", "table-export", "send", "mail", "phone", "pencil", "upload", "download", "file-text",
    "building", "bell", "help", "user", "users", "lock", "trash", "plus", "external-link", "calendar", "logout",
)  # fmt: skip


JOB_STATES = ("queued", "running", "done", "failed")


class SampleForm(forms.Form):
    """A form with a hint, an optional field, a choice and faults."""

    snils = forms.CharField(label="СНИЛС", help_text="11 цифр, с дефисами или без. Пример: 112-233-445 95")
    area = forms.DecimalField(
        label="Общая площадь, м²",
        max_value=500,
        error_messages={"max_value": "Введите площадь больше 0 и меньше 500 м²."},
    )
    born = DayField(label="Дата рождения", help_text="Можно так: 14051958, 14.5.58, 14/05/1958")
    paid = RoublesField(label="Сумма, ₽", help_text="Можно так: 1496,9 или 1 496.90")
    way = forms.ChoiceField(label="Способ выплаты", choices=[("bank", "счёт в банке"), ("post", "почта")])
    note = forms.CharField(label="Примечание", required=False, widget=forms.Textarea)

    def clean_snils(self) -> str:
        raise forms.ValidationError("Проверьте СНИЛС: контрольные цифры не сходятся. Пример: 112-233-445 95.")


def showcase(*, on: dt.date, at: dt.datetime) -> dict[str, Any]:
    """Return the rows of the living page, as seen on the day `on` at the moment `at`."""
    wrong = SampleForm(
        {"snils": "112-233-445 96", "area": "5230", "born": "31.02.1958", "paid": "много", "way": "bank"},
        auto_id="wrong_%s",
    )
    return {
        "icons": ICONS,
        "statuses": [
            ("ok", "сделано"),
            ("run", "в работе"),
            ("warn", "внимание"),
            ("wait", "на проверке"),
            ("late", "просрочено"),
            ("error", "ошибка"),
            ("idle", "ещё рано"),
        ],
        "terms": [on - dt.timedelta(days=2), on, on + dt.timedelta(days=1), on + dt.timedelta(days=9)],
        "notes": [
            Row(level_tag=constants.DEFAULT_TAGS[constants.SUCCESS], text="Протокол № 31 сформирован: 4 строки."),
            Row(level_tag=constants.DEFAULT_TAGS[constants.INFO], text="Этот расчёт уже идёт: его начала Орлова Н. П."),
            Row(level_tag=constants.DEFAULT_TAGS[constants.WARNING], text="4 ноября — нерабочий день."),
            Row(level_tag=constants.DEFAULT_TAGS[constants.ERROR], text="Файл за октябрь 2026, а открыт ноябрь."),
        ],
        "boxes": [
            Row(title="Начислено по квитанциям", note="за октябрь", amount=Decimal("6015.68"), kind="sum"),
            Row(title="Половина (50 %)", note="от начисленного", amount=Decimal("3007.84"), kind="sum"),
            Row(title="Доля льготника:", note="1 из 2 человек", amount=Decimal("-1503.92"), kind="minus"),
            Row(title="Сверх норматива:", note="вода, 0,22 м³", amount=Decimal("-7.02"), kind="minus"),
            Row(title="К выплате", note="за октябрь", amount=Decimal("1496.90"), kind="pay"),
        ],
        "tabs": [
            Row(title="Человек", address="#tabs", is_here=False, count=None),
            Row(title="Семья", address="#tabs", is_here=False, count=2),
            Row(title="Начисления", address="#tabs", is_here=True, count=None),
        ],
        "jobs": [_job(state, at) for state in JOB_STATES],
        "empty_form": SampleForm(auto_id="blank_%s"),
        "wrong_form": wrong,
        "person": Row(last_name="Берёзкина", first_name="Анна", middle_name="Павловна"),
        "sums": [Decimal("1496.90"), Decimal(-1840), Decimal("26.68307"), None],
    }


def _job(state: str, at: dt.datetime) -> JobShown:
    kind, word, sentence, percent = {
        "queued": ("idle", "в очереди", "Работа ждёт своей очереди.", None),
        "running": ("run", "идёт", "Проверено 812 из 1 248 строк, осталось около 6 секунд", 65),
        "done": ("ok", "готово", "Готово. Успешно: 1 187. Предупреждений: 38. Ошибок: 23.", 100),
        "failed": ("error", "не вышло", "Расчёт не начат: нет тарифа на холодную воду с 01.10.2026.", 0),
    }[state]
    ended = state in {"done", "failed"}
    return JobShown(
        pk=JOB_STATES.index(state) + 1,
        title="Проверка файла TEPLO_3117_1126.DBF",
        about="Сафоновский район, октябрь 2026",
        state=state,
        state_kind=kind,
        state_word=word,
        is_live=not ended,
        done=812,
        total=1248,
        percent=percent,
        sentence=sentence,
        advice="Добавьте тариф в справочник и запустите расчёт снова." if state == "failed" else "",
        requested_by="Фролов Д. Е.",
        requested_at=at,
        started_at=at,
        finished_at=at if ended else None,
        attempts=1,
        link=Link(route="home", pk=None, month="", office="", words="Открыть расхождения") if state == "done" else None,
    )
