"""What a refused file is called on screen, what the specialist does about it, what the provider is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.models import ExchangeFile
from offices.calendar import day_of
from offices.months import month_name


@dataclass(frozen=True, slots=True)
class Advice:
    """A refusal in words. `asks` completes «Просим …» in the letter; empty where the provider has done nothing wrong."""

    word: str
    advice: str
    asks: str = ""


_AGAIN = "сформировать файл заново и прислать его целиком"
_DAMAGED = Advice(
    "повреждён", "Файл испорчен при записи или передаче. Попросите поставщика прислать его заново.", _AGAIN
)
_LAYOUT = "прислать файл в согласованном формате, со всеми полями файла запроса"
_OTHER_LAYOUT = Advice("не тот формат", "Поля файла не те, о которых договорились. Верните файл поставщику.", _LAYOUT)
_DAMAGED_TEXT = Advice(
    "повреждён",
    "Текст или книга записаны с ошибкой. Попросите поставщика выгрузить файл заново своей программой.",
    _AGAIN,
)
_NOT_ITS_KIND = Advice(
    "не тот вид файла",
    "Файл не того вида, о котором договорились: книга, текст или таблица. Верните файл поставщику.",
    "прислать файл того вида, о котором договорились (как файл запроса)",
)
_OVERSIZED = Advice(
    "больше предела",
    "В файле больше строк, столбцов или байт, чем бывает в начислениях: скорее всего, выгружено лишнее.",
    "выгрузить только людей и лицевые счета из файла запроса",
)
_LETTER = Advice(
    "не сходится с письмом",
    "Итог файла и сопроводительного письма разный. Уточните у поставщика, что из них верно.",
    "сверить итог файла с сопроводительным письмом и прислать исправленный файл",
)

ADVICE: Mapping[str, Advice] = {
    "not_dbf": Advice(
        "не DBF",
        "Это не таблица DBF: возможно, архив, документ или файл другой программы. Попросите файл DBF.",
        "прислать ответ файлом DBF без архива, под именем файла запроса",
    ),
    "truncated": Advice(
        "обрезан", "Файл пришёл не целиком: конец потерян при передаче. Попросите прислать его ещё раз.", _AGAIN
    ),
    "no_fields": _DAMAGED,
    "unknown_version": _DAMAGED,
    "unknown_type": _DAMAGED,
    "field_width": _DAMAGED,
    "null_flags": _DAMAGED,
    "bad_header": _DAMAGED,
    "record_length": _DAMAGED,
    "strange_marks": _DAMAGED,
    "extra_bytes": _DAMAGED,
    "header_padding": _DAMAGED,
    "unreadable_file": _DAMAGED,
    "limits": Advice(
        "не таблица",
        "По заголовку в файле столько строк или полей без содержания, сколько в начислениях не бывает: он испорчен или "
        "собран не программой предприятия. Попросите сформировать его заново.",
        _AGAIN,
    ),
    "memo_shared": Advice(
        "примечания испорчены",
        "Длинные тексты строк лежат в файле не на своих местах. Попросите сохранить файл без полей примечаний.",
        "сформировать файл заново, без полей примечаний (тип M), и прислать его целиком",
    ),
    "memo": _OTHER_LAYOUT,
    "bad_quotes": _DAMAGED_TEXT,
    "endless_line": _DAMAGED_TEXT,
    "damaged_workbook": _DAMAGED_TEXT,
    "swollen_workbook": _OVERSIZED,
    "other_structure": _OTHER_LAYOUT,
    "not_text": _NOT_ITS_KIND,
    "not_workbook": _NOT_ITS_KIND,
    "old_workbook": Advice(
        "старая книга",
        "Это книга XLS или книга с паролем. Попросите сохранить её как XLSX без пароля.",
        "сохранить книгу как XLSX без пароля и прислать её снова",
    ),
    "empty": Advice("пустой", "В файле нет ни одного байта. Попросите поставщика прислать его ещё раз.", _AGAIN),
    "too_large": _OVERSIZED,
    "too_many_rows": _OVERSIZED,
    "too_many_columns": _OVERSIZED,
    "no_header": _OTHER_LAYOUT,
    "no_sheet": _OTHER_LAYOUT,
    "no_delimiter": Advice(
        "разделитель не ясен", "В формате поставщика не указано, чем разделены столбцы. Сообщите администратору."
    ),
    "missing_column": _OTHER_LAYOUT,
    "repeated_column": _OTHER_LAYOUT,
    "wrong_type": _OTHER_LAYOUT,
    "unknown_layout": _OTHER_LAYOUT,
    "ambiguous_layout": _OTHER_LAYOUT,
    "wrong_encoding": Advice(
        "другая кодировка",
        "Буквы записаны не в той кодировке, о которой договорились. Верните файл поставщику.",
        "сохранить файл в той же кодировке, что и файл запроса, и прислать его снова",
    ),
    "unknown_encoding": Advice(
        "другая кодировка", "Кодировка в формате этого поставщика указана неверно. Сообщите администратору."
    ),
    "wrong_month": Advice(
        "за другой месяц",
        "Файл не за тот месяц, который показан вверху. Если тот месяц открыт, выберите его стрелками и примите файл "
        "там. Закрытый месяц исправляют перерасчётом в следующем файле.",
        "прислать файл за указанный месяц, под именем файла запроса",
    ),
    "foreign_district": Advice(
        "чужой район",
        "Файл другого района: в наш расчёт он не попадёт. Передайте его тому отделу или верните поставщику.",
        "прислать ответ на запрос нашего отдела",
    ),
    "other_provider": Advice(
        "другой поставщик",
        "Файл не того поставщика, чьё имя на нём стоит. Если поставщик ошибся только в имени, выберите его в списке.",
        "прислать ответ на наш запрос под именем файла запроса",
    ),
    "unknown_name": Advice(
        "не распознан",
        "По имени файла не видно, чей он. Выберите поставщика в списке: остальные проверки файл пройдёт заново.",
        "называть ответный файл так же, как файл запроса",
    ),
    "foreign_rows": Advice(
        "другой список",
        "Ни одна строка не отвечает на наш запрос: поставщик выгрузил не тот список.",
        "прислать начисления по людям и лицевым счетам из файла запроса",
    ),
    "region_file": Advice(
        "ответ за всю область",
        "Поставщик отвечает одним файлом за все районы. Передайте файл отделу организации выплат: он разделит его, "
        "и ваша часть появится здесь.",
    ),
    "one_district": Advice(
        "ответ одного района",
        "Это ответ на запрос одного района. Передайте файл его отделу или попросите поставщика ответить одним файлом.",
        "прислать один файл за все районы под именем сводного запроса",
    ),
    "district_lost": Advice(
        "нет района",
        "В новом файле нет строк района, который в принятом был. Попросите прислать файл за все районы целиком.",
        "прислать исправленный файл целиком, со строками всех районов",
    ),
    "same_as_replaced": Advice(
        "прежние строки",
        "Поставщик вернул строки, которые сам исправил раньше. Уточните, какой файл верный.",
        "уточнить, какой из присланных файлов верный",
    ),
    "no_rows": Advice("без строк", "В файле есть только заголовок. Попросите поставщика выгрузить начисления.", _AGAIN),
    "same_rows": Advice("те же строки", "Содержание уже принято, хотя файл сохранён заново. Ничего делать не нужно."),
    "already_received": Advice(
        "новая версия прежнего файла",
        "Ответ этого поставщика за месяц уже загружен в расчёт. Исправленные суммы поставщик передаст "
        "перерасчётом в следующем месяце.",
        "передать исправленные начисления перерасчётом в файле следующего месяца",
    ),
    "control_rows": _LETTER,
    "control_roubles": _LETTER,
    "too_much": Advice(
        "невозможная сумма",
        "Сумма начислений больше возможной: скорее всего, сдвинуты поля или лишние нули.",
        "проверить суммы начислений и прислать исправленный файл",
    ),
}
ARCHIVE = Advice(
    "архив не открыт",
    "Архив не распакован, из него ничего не принято. Попросите обычный архив ZIP без пароля или сами файлы DBF.",
    "прислать файлы ответов обычным архивом ZIP без пароля и вложенных архивов",
)
UNNAMED = Advice("не принят", "Верните файл поставщику с указанной причиной.", _AGAIN)


def advice_for(code: str) -> Advice:
    """Return what to do about a file refused with the code."""
    return ADVICE.get(code, ARCHIVE if code.startswith("archive_") else UNNAMED)


def can_be_chosen_for(file: ExchangeFile, /) -> bool:
    """Tell whether a file was refused only because its name says nothing or another provider's code."""
    by_name = file.refusal_code in ("unknown_name", "other_provider")
    return file.status == ExchangeFile.Status.REFUSED and file.request_id is None and by_name


def letter_for(file: ExchangeFile, /) -> str:
    """Write what a provider is told of a refused file; empty where there is nothing to ask for.

    The file's office must be read with it.
    """
    asks = advice_for(file.refusal_code).asks
    if not asks:
        return ""
    return (
        f"Файл «{file.name}», полученный {day_of(file.at):%d.%m.%Y}, с начислениями за {month_name(file.month)} "
        f"не принят. Причина: {file.refusal_text} Просим {asks}. {file.office.name}"
        f"{f', тел. {file.office.phone}' if file.office.phone else ''}."
    )
