"""Which screens are pictured: whose they are and how one gets to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen to picture: its file's name, its title, the login that opens it, and the way there.

    `links` are selectors of links followed from `path`, `presses` of what is then clicked.
    """

    name: str
    title: str
    login: str
    path: str
    links: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()


SPECIALIST, CHECKER, HEAD, VERIFIER, PAYMENTS, ADMINISTRATOR, LEADER = (
    "smolensk-raschet", "smolensk-proverka", "smolensk-nachalnik", "lgoty-1", "vyplata", "admin", "rukovoditel",
)  # fmt: skip
PERSON = 'main tbody a[href*="/recipients/"]'
FILE = 'main a[href*="/exchange/files/"][href*="/check/"]'
MONTH_BEFORE = '.period a[aria-label^="Предыдущий месяц"]'
RECEIVED = 'main tbody a[href*="/exchange/files/"]'
LOOSE = "main ul.loose a"
PROTOCOL = 'main tbody a[href*="/exchange/protocols/"]'
PROVIDER = 'main tbody a[href*="/exchange/providers/"]'
PROPOSAL = 'main tbody a[href*="/exchange/people/"]'
LIST = 'main tbody a[href*="/exchange/people/lists/"]'
GRID = 'main tbody a[href*="/exchange/typing/"]'
RUN = 'main a[href*="/runs/"]:not([href^="/runs/?"])'
REVIEW = 'main a[href*="/review/"]:not([href^="/review/?"])'
OVERPAYMENT = 'main tbody a[href*="/overpayments/"]'
DECEASED = 'main tbody a[href*="/heirs/"]'
ORDER = 'main tbody a[href*="/recalculations/"]'
ASSIGNMENT = 'main tbody a[href*="/runs/fuel/"]'
REHEARSAL = 'main tbody a[href*="/runs/rehearsals/"]'
GUARDED = 'main a[href*="/guard/tariff/"], main a[href*="/guard/norm/"], main a[href*="/guard/parameter/"]'
DEBT = 'main tbody a[href*="/arrears/"]'
CHANGE = 'main a[href*="/change/departure/"]'
TAB = "nav.tabs a:has-text('{}'), .tabs a:has-text('{}')"


def tab(title: str) -> str:
    return TAB.format(title, title)


SCREENS = (
    Screen("login", "Вход", "", "/login/"),
    Screen("work-specialist", "Моя работа: специалист района", SPECIALIST, "/"),
    Screen("work-head", "Моя работа: начальник отдела", HEAD, "/"),
    Screen("work-verifier", "Моя работа: проверяющий отдела субсидий", VERIFIER, "/"),
    Screen("work-payments", "Моя работа: отдел выплат", PAYMENTS, "/"),
    Screen("work-administrator", "Моя работа: администратор", ADMINISTRATOR, "/"),
    Screen("board", "Ход месяца: доска", LEADER, "/board/"),
    Screen("board-panel", "Ход месяца: кто держит месяц", LEADER, "/board/", links=("#panel ol a, #mx a.c",)),
    Screen("schedule", "График на полугодие", LEADER, "/board/schedule/"),
    Screen("recipients", "Получатели", VERIFIER, "/recipients/"),
    Screen(
        "card-accruals",
        "Карточка: начисления",
        SPECIALIST,
        "/recipients/",
        (PERSON, tab("Начисления")),
        ("button.tgl",),
    ),
    Screen("card-person", "Карточка: человек", SPECIALIST, "/recipients/", (PERSON, tab("Человек"))),
    Screen("card-services", "Карточка: услуги и лицевые счета", SPECIALIST, "/recipients/", (PERSON, tab("Услуги"))),
    Screen("card-history", "Карточка: история", SPECIALIST, "/recipients/", (PERSON, tab("История"))),
    Screen("card-payments", "Карточка: выплаты", SPECIALIST, "/recipients/", (PERSON, tab("Выплаты"))),
    Screen("change", "Карточка: кто-то выбыл", SPECIALIST, "/recipients/", (PERSON, tab("Семья"), CHANGE)),
    Screen("overpayments", "Переплаты", SPECIALIST, "/overpayments/"),
    Screen("overpayment", "Переплата: план удержаний", SPECIALIST, "/overpayments/", (OVERPAYMENT,)),
    Screen("heirs", "Умершие получатели", SPECIALIST, "/recipients/heirs/"),
    Screen(
        "heirs-case", "Умерший получатель: что не получено, кому и сколько", HEAD, "/recipients/heirs/", (DECEASED,)
    ),
    Screen("heirs-returns", "Выплаты за месяцы после смерти", PAYMENTS, "/recipients/heirs/returns/"),
    Screen("arrears", "Задолженность", SPECIALIST, "/arrears/"),
    Screen("arrears-case", "Задолженность получателя", SPECIALIST, "/arrears/", (DEBT,)),
    Screen("fuel", "Топливо и газ", SPECIALIST, "/runs/fuel/"),
    Screen("fuel-assignment", "Топливо и газ: как посчитано", HEAD, "/runs/fuel/", (ASSIGNMENT,)),
    Screen("recalculations", "Перерасчёты", HEAD, "/recalculations/"),
    Screen("recalculation", "Перерасчёт: разница по месяцам и услугам", HEAD, "/recalculations/", (ORDER,)),
    Screen("rehearsals", "Репетиции", LEADER, "/runs/rehearsals/"),
    Screen("rehearsal", "Репетиция: кто выиграет, кто потеряет", LEADER, "/runs/rehearsals/", (REHEARSAL,)),
    Screen("guard", "Сторож справочников", LEADER, "/runs/guard/"),
    Screen("guard-row", "Сторож справочников: кого касается строка", LEADER, "/runs/guard/", (GUARDED,)),
    Screen("directory-gaps", "Пробелы и пересечения справочников", LEADER, "/runs/guard/gaps/"),
    Screen("providers", "Поставщики: монитор двенадцати месяцев", VERIFIER, "/exchange/providers/"),
    Screen("provider", "Поставщик", SPECIALIST, "/exchange/providers/", (PROVIDER,)),
    Screen("provider-letters", "Поставщики: письма опоздавшим", SPECIALIST, "/exchange/providers/letters/"),
    Screen("provider-inquiries", "Поставщики: запросы и звонки", SPECIALIST, "/exchange/providers/inquiries/"),
    Screen("receiving", "Приём файлов", SPECIALIST, "/exchange/receiving/"),
    Screen("receiving-region", "Приём файлов по районам", VERIFIER, "/exchange/receiving/"),
    Screen("file", "Присланный файл: итоги письма, связь с запросом", SPECIALIST, "/exchange/receiving/", (RECEIVED,)),
    Screen("file-loose", "Присланный файл: строки без пары", SPECIALIST, "/exchange/receiving/", (RECEIVED, LOOSE)),
    Screen("typing", "Начисления вручную: поставщики", SPECIALIST, "/exchange/typing/"),
    Screen("typing-grid", "Начисления вручную: таблица", SPECIALIST, "/exchange/typing/", (GRID,)),
    Screen("late-answers", "Опоздавшие файлы", SPECIALIST, "/exchange/late/"),
    Screen("remembered-matches", "Запомненные связи", SPECIALIST, "/exchange/matches/"),
    Screen("verification-queue", "Проверка сведений: файлы", CHECKER, "/exchange/checks/"),
    Screen("verification", "Проверка сведений: расхождения файла", CHECKER, "/exchange/checks/", (FILE,)),
    Screen("protocols", "Протоколы несоответствий", CHECKER, "/exchange/protocols/"),
    Screen("protocol", "Протокол несоответствий", CHECKER, "/exchange/protocols/", (PROTOCOL,)),
    Screen("people-lists", "Сведения СФР, ЗАГС и муниципалитетов", CHECKER, "/exchange/people/"),
    Screen("people-proposal", "Сведения СФР: предложение", SPECIALIST, "/exchange/people/", (PROPOSAL,)),
    Screen("people-file", "Присланный список людей", PAYMENTS, "/exchange/people/lists/", (LIST,)),
    Screen("people-paper", "Список людей с бумаги", SPECIALIST, "/exchange/people/paper/"),
    Screen("certificates", "Истекающие справки", SPECIALIST, "/exchange/people/certificates/"),
    Screen("run-region", "Расчёт районов", VERIFIER, "/runs/"),
    Screen("run", "Расчёт района: готовность", SPECIALIST, "/runs/"),
    Screen("run-result", "Расчёт района: итог", SPECIALIST, "/runs/", (MONTH_BEFORE, RUN)),
    Screen("run-deviations", "Расчёт района: отклонения", SPECIALIST, "/runs/", (MONTH_BEFORE, RUN, tab("Отклонения"))),
    Screen("review", "Проверка начислений районов", VERIFIER, "/review/"),
    Screen("review-run", "Проверка начислений: строки", VERIFIER, "/review/", (REVIEW,)),
    Screen("documents", "Документы месяца", PAYMENTS, "/documents/"),
    Screen("jobs", "Работы", SPECIALIST, "/jobs/"),
    Screen("design", "Составные части экранов", VERIFIER, "/design/"),
    Screen("example", "Гражданам: пример расчёта", "", "/example/"),
    Screen("right", "Гражданам: есть ли у меня право", "", "/right/"),
    Screen("questions", "Гражданам: вопросы и ответы", "", "/questions/"),
    Screen("acts", "Гражданам: законы и адреса", "", "/acts/"),
    Screen("nothing", "Страницы нет", SPECIALIST, "/nothing/here/"),
)
