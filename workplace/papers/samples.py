"""Samples of applications for citizens (regulation, items 2.1 and 2.5): what to write where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string

from offices.letterhead import DEPARTMENT
from recipients.models import Application, DocumentKind
from recipients.services.admission import DOCUMENTS_OF
from workplace.papers.printing import printed


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to fill in: what stands there and, in grey, what is written into it."""

    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of one kind of application; `item` names its source, `asks` begins the request."""

    kind: Application.Kind
    title: str
    item: str
    asks: str
    blanks: tuple[Blank, ...]
    notes: tuple[str, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The papers that go with it, and no others may be asked for (2.5.5)."""
        return tuple(str(kind.label) for kind in DocumentKind if kind in DOCUMENTS_OF[self.kind])


_APPLICANT: Final = (
    Blank("Фамилия, имя, отчество заявителя", "Образцова Анна Петровна"),
    Blank("Дата рождения", "01.02.1960"),
    Blank("СНИЛС", "000-000-000 00"),
    Blank("Паспорт: серия, номер, кем и когда выдан", "00 00 № 000000, выдан 05.03.2005 отделом внутренних дел"),
    Blank("Адрес места жительства (места пребывания)", "г. Смоленск, ул. Образцовая, д. 1, кв. 1"),
    Blank("Телефон", "+7 000 000-00-00"),
)
_PAID: Final = Blank("Способ выплаты", "на счёт в банке: БИК и номер счёта — или почтой: номер почтового отделения")
_PERSONAL: Final = "Заявитель или его законный представитель подписывает заявление сам и ставит дату (пункт 2.6.3)."
_CORRECTIONS: Final = "Исправления заверяют своей подписью, подчистки не допускаются (пункт 2.6.3)."

SAMPLES: Final[Mapping[str, Sample]] = {
    "equivalent": Sample(
        kind=Application.Kind.EQUIVALENT,
        title="Заявление о начислении и выплате денежного эквивалента",
        item="приложение № 2, пункт 2.5.1",
        asks="Прошу начислять и выплачивать мне денежный эквивалент мер социальной поддержки по оплате жилого помещения и коммунальных услуг.",
        blanks=(
            *_APPLICANT,
            Blank("Категория", "инвалид II группы (или: семья с ребёнком-инвалидом — фамилия, имя и дата рождения ребёнка)"),
            Blank("Справка об инвалидности: номер, дата, срок", "МСЭ-0000 № 000000 от 10.01.2020, бессрочно"),
            Blank("Кто зарегистрирован вместе с заявителем", "Образцов Пётр Ильич, муж"),
            Blank("Жильё: чьё, площадь, комнат, отопление", "муниципальное, 48,6 м², 2 комнаты, центральное отопление"),
            _PAID,
        ),
        notes=(
            "Копия справки об инвалидности нужна, только если ваших сведений нет в базе Социального фонда (пункт 2.5.1).",
            "Квитанции нужны при первом обращении (пункт 3.2.2).",
            "Копии документов о членах семьи прикладывают по ребёнку-инвалиду.",
            _PERSONAL,
            _CORRECTIONS,
        ),
    ),
    "fuel": Sample(
        kind=Application.Kind.FUEL,
        title="Заявление о твёрдом топливе или баллонном газе",
        item="приложение № 3, пункты 2.5.2 и 2.5.3",
        asks="Прошу начислить и выплатить мне денежный эквивалент по оплате твёрдого топлива (баллонного газа).",
        blanks=(
            *_APPLICANT,
            Blank("Вид топлива (дрова по этому заявлению не компенсируют)", "уголь"),
            Blank("Сколько нужно на год", "3 т"),
            Blank("Баллонный газ: сколько баллонов и цена", "4 баллона"),
            Blank("Площадь дома и отопление", "46 м², печное, центрального отопления нет"),
            _PAID,
        ),
        notes=(
            "Цену топлива берут на день обращения (пункт 2.4.3); отдел возьмёт её из справочника.",
            "Других документов по этому заявлению требовать не вправе (пункт 2.5.5).",
            _PERSONAL,
            _CORRECTIONS,
        ),
    ),
    "heir": Sample(
        kind=Application.Kind.HEIR,
        title="Заявление члена семьи умершего получателя",
        item="пункт 2.5.4; статья 1183 Гражданского кодекса",
        asks="Прошу выплатить мне суммы денежного эквивалента, начисленные умершему получателю и не полученные им при жизни.",
        blanks=(
            *_APPLICANT,
            Blank("Умерший получатель: фамилия, имя, отчество", "Образцов Пётр Ильич"),
            Blank("Дата смерти", "18.10.2026"),
            Blank("Кем приходитесь умершему", "жена, проживала совместно"),
            _PAID,
        ),
        notes=(
            "Обратиться нужно в течение четырёх месяцев со дня смерти; потом — к нотариусу, как к наследству.",
            _PERSONAL,
            _CORRECTIONS,
        ),
    ),
}  # fmt: skip


def sample_pdf(sample: Sample) -> bytes:
    """Print a sample."""
    return printed(sample_html(sample))


def sample_html(sample: Sample) -> str:
    """Write a sample as HTML for the printer."""
    facts = {
        "department": DEPARTMENT,
        "kind": "Образец",
        "subject": sample.title,
        "about": sample.title.removeprefix("Заявление "),
        "sample": sample,
    }
    return render_to_string("pdf/application_sample.html", facts)
