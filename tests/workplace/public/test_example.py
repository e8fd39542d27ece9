"""The open page of the worked example: the dossier's families to the kopeck, by whoever comes."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calculations.inputs.invented import InventedBill, InventedHousehold
from calculations.models import Accrual, AccrualLine
from calculations.rules.kinds import Group
from housing.models import Dwelling
from offices.models import Office
from providers.in_force import Traits
from providers.models import Tariff
from recipients.models import Recipient
from tests import factories
from tests.calculations.town import BILLS_OF_EX_2, BILLS_OF_EX_3, directories
from workplace.selectors.public.example import ground_of, work_out

pytestmark = pytest.mark.django_db

ADDRESS = "/example/"
FLAT = {"kind": "flat", "stove": "gas", "water": "full"}


@pytest.fixture
def office() -> Office:
    directories()
    return factories.office()


def told(office: Office, bills: dict[str, tuple[str, str]], **household: str) -> dict[str, str]:
    """What the form sends for EX-2's household, with other figures where they are given."""
    return {
        "who": "2",
        "residents": "3",
        "entitled": "1",
        "stock": "private",
        "area": "54",
        "rooms": "2",
        **FLAT,
        "district": office.district.code,
        "month": f"{factories.MONTH:%Y-%m}",
        **{f"billed_{code}": billed for code, (_, billed) in bills.items()},
        **{f"quantity_{code}": quantity for code, (quantity, _) in bills.items()},
        **household,
    }


def plain(html: bytes) -> str:
    text = re.sub(r"<[^>]+>", " ", html.decode()).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Come in the month that the factories' directories are for."""
    monkeypatch.setattr("workplace.views.public.localdate", lambda: factories.MONTH.replace(day=20))


@pytest.mark.usefixtures("today")
def test_shows_everyone_an_empty_form(client: Client, office: Office) -> None:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Ничего из введённого не сохраняется" in plain(page.content)
    assert "Вам за" not in plain(page.content)


@pytest.mark.usefixtures("today")
def test_works_out_example_two(client: Client, office: Office) -> None:
    page = client.get(ADDRESS, told(office, BILLS_OF_EX_2))
    text = plain(page.content)
    assert page.status_code == 200
    assert "804,25 ₽ из 5 023,09 ₽" in text
    assert "Ваша доля: 1 из 3 зарегистрированных" in text
    assert "Посчитано на долю тех, у кого право: 1 из 3 зарегистрированных." in text
    assert "4,32" in text, "the norm is told"


@pytest.mark.usefixtures("today")
def test_tells_the_share_of_the_variant_it_counts_by(client: Client) -> None:
    directories(share_rule="all_family")
    text = plain(client.get(ADDRESS, told(factories.office(), {"10": BILLS_OF_EX_2["10"]})).content)
    assert "168,87 ₽ из 364,84 ₽" in text, "12.96 m³ at 26.06 for all three of the family"
    assert "Посчитано на всю вашу семью: 3 из 3 зарегистрированных." in text
    assert "Доля семьи получателя" in text
    assert "1 из 3" not in text
    asked = plain(client.get("/questions/").content)
    assert "Половина считается от платы всей вашей семьи" in asked
    assert "его часть — треть" not in asked


@pytest.mark.usefixtures("today")
def test_works_out_a_family_with_a_disabled_child(client: Client, office: Office) -> None:
    figures = told(
        office, BILLS_OF_EX_3, who="child", residents="4", entitled="4", stock="municipal", area="62,4", rooms="3"
    )
    assert "3 146,76 ₽ из 6 293,52 ₽" in plain(client.get(ADDRESS, figures).content)


@pytest.mark.usefixtures("today")
def test_keeps_nothing_of_what_was_typed(client: Client, office: Office) -> None:
    counted = (Recipient, Dwelling, Accrual, AccrualLine, Tariff)
    before = [model.objects.count() for model in counted]
    page = client.get(ADDRESS, told(office, BILLS_OF_EX_2))
    assert [model.objects.count() for model in counted] == before
    assert not page.cookies.get("sessionid")


@pytest.mark.usefixtures("today")
def test_asks_as_many_questions_of_the_database_for_one_service_as_for_seven(client: Client, office: Office) -> None:
    asked = []
    for bills in ({"10": BILLS_OF_EX_2["10"]}, BILLS_OF_EX_2):
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS, told(office, bills))
        asked.append(len(queries))
    assert asked[0] == asked[1] < 10


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"entitled": "4"}, "С правом 4, а зарегистрировано 3: так не бывает."),
        ({"entitled": "2"}, "Инвалиду считают только его долю: введите 1"),
        ({"residents": ""}, "Введите, сколько человек зарегистрировано."),
        ({"area": "0"}, "Введите число больше 0 и меньше 500"),
        ({"area": "NaN"}, "Введите число больше 0"),
        ({"area": "1e999"}, "Введите число больше 0"),
        ({"quantity_10": "9" * 5000}, "Введите число больше 0 и меньше 100000"),
        ({"residents": "0"}, "Введите целое число от 1 до 20."),
        ({"residents": "9" * 5000}, "Введите целое число от 1 до 20."),
        ({"billed_10": "1e999"}, "Введите сумму в рублях"),
        ({"billed_10": "-1"}, "введите сумму от 0"),
        ({"district": "\x00"}, "Исправьте"),
        ({"billed_10": "сто"}, "сумм"),
        ({"month": "1990-01"}, "Выберите месяц из списка."),
        ({"who": "4"}, "Выберите, у кого право."),
        ({"billed_16": "10", "quantity_16": "5"}, "либо одну сумму, либо день и ночь отдельно"),
    ],
)
def test_says_what_is_wrong_in_a_figure(client: Client, office: Office, figures: dict[str, str], said: str) -> None:
    page = client.get(ADDRESS, told(office, BILLS_OF_EX_2, **figures))
    text = plain(page.content)
    assert page.status_code == 422
    assert said in text
    assert "Исправьте, пожалуйста" in text


@pytest.mark.usefixtures("today")
def test_asks_for_a_sum_where_none_was_typed(client: Client, office: Office) -> None:
    assert "Введите сумму хотя бы одной услуги" in plain(client.get(ADDRESS, told(office, {})).content)


def household(office: Office, *, stock: str = "private") -> InventedHousehold:
    traits = Traits(stock=stock, kind="flat", stove="gas", rooms=2, amenities="full")
    return InventedHousehold(Group.SECOND, 3, 1, Decimal(54), traits, office.district_id)


def test_takes_the_price_of_the_bill_where_the_region_has_none(office: Office) -> None:
    Tariff.objects.filter(service="10").update(confirmed_at=None, confirmed_by=None)
    bill = InventedBill("10", Decimal("364.84"), Decimal(14))
    worked = work_out(household(office), [bill], ground=ground_of(factories.MONTH))
    assert worked.cash_equivalent == Decimal("56.29"), "EX-2: 12.96 of 14 m³"
    assert any("тариф по квитанции" in act for act in worked.acts)


def test_names_what_is_missing_and_counts_the_rest(office: Office) -> None:
    Tariff.objects.filter(service="10").update(confirmed_at=None, confirmed_by=None)
    bills = [InventedBill("10", Decimal("364.84")), InventedBill("23", Decimal("280.89"))]
    worked = work_out(household(office), bills, ground=ground_of(factories.MONTH))
    water, waste = worked.lines
    assert not worked.is_whole
    assert "тариф" in water.fault
    assert (waste.cash_equivalent, worked.cash_equivalent) == (Decimal("46.82"), Decimal("46.82"))


def test_boxes_add_up_from_half_to_the_sum(office: Office) -> None:
    bills = [
        InventedBill(code, Decimal(billed), Decimal(quantity)) for code, (quantity, billed) in BILLS_OF_EX_2.items()
    ]
    bills.append(InventedBill("02", Decimal("817.31")))
    boxes = work_out(household(office), bills, ground=ground_of(factories.MONTH)).boxes
    assert boxes[-1].amount == sum(box.amount for box in boxes[1:-1])
    assert "Не входит в меру:" in {box.title for box in boxes}
