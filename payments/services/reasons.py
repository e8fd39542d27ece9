"""Item 3.15.4: the directory of coded reasons why a payment comes back."""

from django.db import transaction

from payments.models import ReturnReason

# Code, title, whether new requisites are needed, whether the payment is not repeated.
# There is no official list: the titles follow wordings of banks and the post's order of delivery.
REASONS = (
    ("P01", "умер", False, True),
    ("P02", "выбыл, переехал", True, False),
    ("P03", "не застали, срок хранения истёк", False, False),
    ("P04", "отказ от получения", True, False),
    ("P05", "адрес неверен или неполон", True, False),
    ("P06", "нет документа, удостоверяющего личность", False, False),
    ("P07", "ФИО не совпадает с документом", False, False),
    ("P08", "отозвано письмом Департамента", False, True),
    ("P09", "истёк срок доверенности", True, False),
    ("P10", "недееспособность, опека", True, False),
    ("P99", "прочее", False, False),
    ("B01", "счёт получателя закрыт", True, False),
    ("B02", "неверный счёт или контрольный ключ", True, False),
    ("B03", "наименование получателя не соответствует счёту", True, False),
    ("B04", "зачисление по счёту ограничено", True, False),
    ("B05", "смерть клиента", False, True),
    ("B06", "отделение банка изменено, лицензия отозвана", True, False),
    ("B99", "прочее", False, False),
)
CHANNELS = {"P": "post", "B": "bank"}


@transaction.atomic
def enter_return_reasons() -> int:
    """Enter the reasons that are not in the directory yet; tell how many were entered."""
    present = set(ReturnReason.objects.values_list("code", flat=True))
    missing = [
        ReturnReason(
            code=code,
            channel=CHANNELS[code[0]],
            title=title,
            needs_new_requisites=needs_new,
            stops_payment=stops,
        )
        for code, title, needs_new, stops in REASONS
        if code not in present
    ]
    ReturnReason.objects.bulk_create(missing)
    return len(missing)
