"""«Вопросы и ответы»: what citizens ask, each with an example that the engine works out when the page is shown."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.inputs.invented import InventedBill, InventedHousehold
from calculations.rules.kinds import Group
from calculations.rules.money import to_kopecks
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from offices.models import District
from providers.in_force import Place, Traits
from workplace.selectors.public.example import Example, MonthGround, ground_of, work_out

AREA: Final = Decimal(54)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer and the household that shows it.

    `bills` are (service, roubles, quantity): where the region has a tariff, the roubles are the quantity by today's.
    `of_family` and `uncapped` are the answers where the region counts shares of whole families, or caps nothing by norms.
    """

    key: str
    title: str
    answer: str
    who: str
    group: Group
    residents: int
    entitled: int
    bills: tuple[tuple[str, str, str], ...]
    stock: str = "private"
    article: str = ""
    of_family: str = ""
    uncapped: str = ""

    def answered_by(self, parameters: Parameters) -> str:
        """Return the answer that the month's variant gives: of shares of whole families, or without a cap."""
        if self.of_family and parameters.share_rule is ShareRule.ALL_FAMILY:
            return self.of_family
        if self.uncapped and parameters.norm_cap is NormCap.NONE:
            return self.uncapped
        return self.answer


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer and worked example: whether whole families count, whether norms cap, in that month."""

    question: Question
    answer: str
    is_of_family: bool
    is_capped: bool
    example: Example


QUESTIONS: Final = (
    Question(
        key="share",
        title="Почему мне вернули не половину квитанции?",
        answer=(
            "Половина считается от той части платы, которая приходится на людей с правом на меру. Если "
            "зарегистрированы трое, а инвалид один, его часть — треть, и возвращают половину трети."
        ),
        of_family=(
            "Половина считается от платы всей вашей семьи, но только за то, что входит в меру. "
            "Если в квартире зарегистрирована ещё одна семья с таким же правом, её людей считают ей."
        ),
        who="Инвалид II группы, зарегистрированы трое, своя квартира 54 м²",
        group=Group.SECOND,
        residents=3,
        entitled=1,
        bills=(("21", "1658.56", "0.999"), ("14", "390.72", "22")),
        article="ст. 17 Закона от 24.11.1995 № 181-ФЗ; п. 2.4.2 Регламента",
    ),
    Question(
        key="norm",
        title="Почему учли не всю воду и не весь свет?",
        answer=(
            "Коммунальные услуги компенсируют в пределах норматива потребления на всех зарегистрированных. Что "
            "израсходовано сверх норматива, семья оплачивает сама. Если израсходовали меньше, считают от квитанции."
        ),
        uncapped="Учли всё: норматив потребления сейчас не ограничивает меру, считают от всей суммы квитанции.",
        who="Инвалид I группы живёт один, своя квартира 54 м²",
        group=Group.FIRST,
        residents=1,
        entitled=1,
        bills=(("10", "234.54", "9"), ("15", "812.00", "200")),
        article="ст. 17 Закона от 24.11.1995 № 181-ФЗ",
    ),
    Question(
        key="child",
        title="У нас ребёнок-инвалид. На кого считают?",
        answer=(
            "На ребёнка и на членов семьи, которые зарегистрированы вместе с ним. Если это вся семья, доля полная."
        ),
        of_family="На всю семью, которая зарегистрирована вместе с ребёнком: доля семьи полная.",
        who="Семья из четырёх человек с ребёнком-инвалидом, муниципальная квартира 54 м²",
        group=Group.CHILD,
        residents=4,
        entitled=4,
        bills=(("23", "374.52", ""), ("02", "999.00", ""), ("10", "312.72", "12")),
        stock="municipal",
        article="п. 2.3 Регламента",
    ),
    Question(
        key="two",
        title="В квартире два инвалида. Складывают ли их доли?",
        answer=(
            "Нет, каждому считают отдельно и каждому начисляют свою сумму. Вот расчёт одного из двоих; второму "
            "начислят столько же."
        ),
        of_family=(
            "Нет, каждому считают отдельно, и одного человека дважды не считают. Чьё право началось раньше, тому считают "
            "и тех, у кого права нет; второму — только его самого. Вот расчёт, если бы право было у одного."
        ),
        who="Два инвалида II группы, зарегистрированы трое, своя квартира 54 м²",
        group=Group.SECOND,
        residents=3,
        entitled=1,
        bills=(("11", "1256.00", "8"), ("23", "280.89", "")),
        article="ст. 17 Закона от 24.11.1995 № 181-ФЗ",
    ),
    Question(
        key="housing",
        title="Почему не вернули за содержание жилья?",
        answer=(
            "Плату за наём и содержание компенсируют только в государственном и муниципальном жилье. В своей "
            "квартире компенсируют коммунальные услуги, ресурсы на общее имущество и, инвалидам I и II групп и "
            "детям-инвалидам, взнос на капитальный ремонт."
        ),
        who="Инвалид II группы живёт один, своя квартира 54 м²",
        group=Group.SECOND,
        residents=1,
        entitled=1,
        bills=(("02", "999.00", ""), ("32", "40.53", "")),
        article="ст. 17 Закона от 24.11.1995 № 181-ФЗ",
    ),
    Question(
        key="third",
        title="У меня III группа. Почему нет капитального ремонта?",
        answer="Взнос на капитальный ремонт компенсируют инвалидам I и II групп, детям-инвалидам и их семьям.",
        who="Инвалид III группы живёт один, своя квартира 54 м²",
        group=Group.THIRD,
        residents=1,
        entitled=1,
        bills=(("03", "341.28", ""), ("23", "93.63", "")),
        article="ст. 17 Закона от 24.11.1995 № 181-ФЗ",
    ),
)


LEAFLET: Final = Question(
    key="leaflet",
    title="Как считается денежный эквивалент",
    answer="",
    who="Инвалид II группы, зарегистрированы трое, своя квартира 54 м²",
    group=Group.SECOND,
    residents=3,
    entitled=1,
    bills=(
        ("02", "999.00", ""),
        ("10", "364.84", "14"),
        ("14", "390.72", "22"),
        ("15", "730.80", "180"),
        ("21", "1658.56", "0.999"),
        ("23", "280.89", ""),
    ),
)


def answered(month: dt.date, questions: Sequence[Question] = QUESTIONS) -> tuple[Answered, ...]:
    """Work out the examples of all questions by the directories of a month.

    The district is the first one: norms of the region hold in it. Raises ParameterMissing.
    """
    ground = ground_of(month)
    district = District.objects.order_by("code").values_list("pk", flat=True).first() or 0
    return tuple(_answered(question, ground, district) for question in questions)


def _answered(question: Question, ground: MonthGround, district: int) -> Answered:
    traits = Traits(stock=question.stock, kind="flat", stove="gas", rooms=2, amenities="full")
    household = InventedHousehold(
        group=question.group,
        residents=question.residents,
        entitled=question.entitled,
        area=AREA,
        traits=traits,
        district_id=district,
    )
    bills = [_bill(*bill, ground=ground, place=Place(district_id=district), traits=traits) for bill in question.bills]
    rules = ground.parameters.rules
    return Answered(
        question=question,
        answer=question.answered_by(rules),
        is_of_family=rules.share_rule is ShareRule.ALL_FAMILY,
        is_capped=rules.norm_cap is NormCap.NORM,
        example=work_out(household, bills, ground=ground),
    )


def _bill(
    service: str, roubles: str, quantity: str, *, ground: MonthGround, place: Place, traits: Traits
) -> InventedBill:
    if not quantity:
        return InventedBill(service, Decimal(roubles))
    used = Decimal(quantity)
    tariffs = ground.directories.tariffs.find(service, place=place, traits=traits)
    billed = to_kopecks(tariffs[-1].price * used) if tariffs else Decimal(roubles)
    return InventedBill(service, billed, used, is_metered=True)
