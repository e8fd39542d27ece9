"""The printed papers tell the lines' sums, people and places, and hold the longest names and addresses."""

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader

from config.pdf import RowDoesNotFit, Signature, render_slips
from offices import files
from offices.money import NBSP, format_sum, roubles_in_words
from payments.documents.contents import District, Payer, RegisterHead, RegisterRow
from payments.documents.orders import postal_orders
from payments.documents.papers import papers_of
from payments.models import PaymentDocument
from tests import factories
from tests.payments import paying

BANK = Payer("ПАО «Днепровский банк»", "044525225", "30101810400000000225", "117997, г. Москва, ул. Вавилова, д. 19")
LONG_NAME = ("Константинопольская-Преображенская", "Александра-Виктория", "Константиновна")


def text_of(content: bytes) -> str:
    """The text of a PDF with all white space as single spaces and words whole again."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return re.sub(r"\s+", " ", " ".join(pages).replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}", ""))


def money(amount: Decimal) -> str:
    return format_sum(amount).replace(NBSP, " ")


def head(payer: Payer = BANK) -> RegisterHead:
    return RegisterHead(
        number=3,
        month=dt.date(2026, 10, 1),
        paid_month=dt.date(2026, 11, 1),
        formed_on=dt.date(2026, 11, 9),
        payer=payer,
        unit="Отдел организации выплат",
        contacts="г. Смоленск, ул. Багратиона, д. 23",
        signatures=(Signature("Главный специалист", "М. А. Никитина"), Signature("Руководитель Департамента")),
        executor="Никитина Мария Александровна",
        phone="(4812) 00-00-00",
    )


def row(number: int, district: int = 1, **given: object) -> RegisterRow:
    made: dict[str, object] = {
        "number": number,
        "line_id": 1000 + number,
        "district": District(district, f"{district:02d}", f"{district}-й район"),
        "last_name": f"Получателева{number}",
        "first_name": "Анна",
        "middle_name": "Ильинична",
        "address": f"214000, г. Смоленск, ул. Ленина, д. {number}",
        "postal_address": f"214000, г. Смоленск, ул. Почтовая, д. {number}",
        "account": f"40817810{number:012d}",
        "post_index": f"2140{district:02d}",
        "post_address": f"г. Смоленск, ул. Связи, д. {district}",
        "accrued_for": dt.date(2026, 10, 1),
        "is_supplementary": False,
        "payable": Decimal("1496.90"),
    }
    return RegisterRow(**made | given)


def printed(payer: Payer, rows: list[RegisterRow]) -> dict[tuple[str, int | None], str]:
    return {(paper.kind, paper.office_id): text_of(paper.content) for paper in papers_of(head(payer), rows).printed()}


def test_names_the_bank_its_districts_and_sums_in_the_summary() -> None:
    rows = [row(1), row(2), row(3, district=2, payable=Decimal("0.05"))]
    text = printed(BANK, rows)[PaymentDocument.Kind.SUMMARY, None]
    for expected in ("ПАО «Днепровский банк», БИК 044525225", "г. Москва", "1-й район 2 2 993,80", "2-й район 1 0,05"):
        assert expected in text, expected
    assert "Всего 3 2 993,85" in text
    assert "Две тысячи девятьсот девяносто три рубля 85 копеек" in text.replace("- ", "")


def test_names_post_offices_by_index_and_address_in_the_summary_of_the_post() -> None:
    rows = [row(1), row(2, post_index="214099", post_address="с. Пригорское"), row(3, district=2)]
    text = printed(Payer(), rows)[PaymentDocument.Kind.SUMMARY, None]
    for expected in ("214001, г. Смоленск, ул. Связи, д. 1", "214099, с. Пригорское", "Итого: 1-й район 2 2 993,80"):
        assert expected in text, expected
    assert "Всего 3 4 490,70" in text


def test_names_an_index_once_where_the_address_begins_with_it() -> None:
    texts = printed(Payer(), [row(1, post_address="214001, г. Смоленск, ул. Связи, д. 1")])
    for text in texts.values():
        assert "214001, 214001" not in text
    assert "214001, г. Смоленск, ул. Связи, д. 1" in texts[PaymentDocument.Kind.SUMMARY, None]


def test_names_the_payment_and_every_district_in_the_covering_statement() -> None:
    text = printed(BANK, [row(1), row(2, district=2)])[PaymentDocument.Kind.COVERING, None]
    assert "по оплате жилого помещения и коммунальных услуг за октябрь 2026 года" in text.replace("- ", "")
    assert "1 1-й район 1 1 496,90" in text
    assert "2 2-й район 1 1 496,90" in text


def test_tells_supplementary_sums_apart() -> None:
    rows = [row(1), row(2, is_supplementary=True, accrued_for=dt.date(2026, 8, 1), payable=Decimal("10.00"))]
    papers = printed(BANK, rows)
    assert "Всего 2 1 506,90 1 10,00" in papers[PaymentDocument.Kind.COVERING, None]
    assert "08.2026" in papers[PaymentDocument.Kind.LIST, 1]
    assert "дополнительным" not in printed(BANK, [row(1)])[PaymentDocument.Kind.COVERING, None]


@pytest.mark.parametrize("payer", [pytest.param(BANK, id="bank"), pytest.param(Payer(), id="post")])
def test_lists_each_person_of_a_district_with_address_place_and_sum(payer: Payer) -> None:
    rows = [row(number, payable=Decimal(number)) for number in range(1, 301)]
    text = printed(payer, rows)[PaymentDocument.Kind.LIST, 1]
    for one in rows:
        assert one.full_name.split()[0] in text
        assert one.account in text or not payer.is_bank
    assert f"Всего по списку, выплат: 300 {money(Decimal(45150))}" in text
    assert roubles_in_words(Decimal(45150)) in text
    assert ("117997, г. Москва" in text) == payer.is_bank
    assert ("ул. Связи" in text) != payer.is_bank


def test_prints_an_order_for_each_row_with_the_sum_in_words() -> None:
    rows = [row(number, payable=Decimal(number) + Decimal("0.71")) for number in range(1, 8)]
    papers = papers_of(head(Payer()), rows)
    (_, document), *others = papers.orders
    assert not others
    content = render_slips(document)
    assert len(PdfReader(io.BytesIO(content)).pages) == 3
    text = text_of(content)
    for one in rows:
        for expected in (f"Адресное поручение № 3/{one.number} ", f"Корешок № 3/{one.number} ", one.postal_address):
            assert expected in text, expected
        assert roubles_in_words(one.payable) in text


def test_holds_the_longest_names_and_addresses() -> None:
    last, first, middle = LONG_NAME
    longest = row(
        1,
        last_name=last,
        first_name=first,
        middle_name=middle,
        address="214000, " + "с. Верхнеднепровское-Заречное, " * 9,
        postal_address=f"214000, с. {'Верхнеднепровское' * 5}, ул. {'Октябрьской Революции ' * 4}, д. 12а, корп. 2, кв. 5",
        post_address="пос. Верхнеднепровский, " * 10,
        payable=Decimal("9999999.99"),
    )
    for payer in (BANK, Payer()):
        texts = printed(payer, [longest])
        assert "9 999 999,99" in texts[PaymentDocument.Kind.LIST, 1]
        assert texts[PaymentDocument.Kind.LIST, 1].count("Верхнеднепровское-Заречное") >= 9


def test_refuses_an_order_that_no_slip_can_hold() -> None:
    endless = row(1, postal_address="дом " * 900)
    with pytest.raises(RowDoesNotFit):
        render_slips(postal_orders(head(Payer()), endless.district, [endless]))


def test_prints_the_same_bytes_for_the_same_rows() -> None:
    first, second = (list(papers_of(head(Payer()), [row(1)]).printed()) for _ in range(2))
    assert first == second


@pytest.mark.django_db
def test_tells_the_lines_sums_in_the_stored_papers() -> None:
    department, bank = paying.department(), factories.bank()
    offices = [factories.office() for _ in range(2)]
    for place, office in enumerate(offices, start=1):
        people = [(paying.payee(office, channel={"bank": bank}), f"{place}00.1{number}") for number in range(3)]
        paying.approved(office, people)
        paying.listed(department, office)
    register = paying.formed(department, bank=bank)
    texts = {
        (document.kind, document.office_id): text_of(files.read(document.file))
        for document in register.documents.select_related("file")
    }
    assert register.total == Decimal("900.66")
    for kind in ("summary", "covering"):
        assert f"Всего 6 {money(register.total)}" in texts[kind, None]
        assert register.file.sha256 in texts[kind, None]
    by_office = {office: sum(line.payable for line in office.paymentline_set.all()) for office in offices}
    for office, total in by_office.items():
        assert f"Всего по списку, выплат: 3 {money(total)}" in texts["list", office.pk]
    assert sum(by_office.values()) == register.total
