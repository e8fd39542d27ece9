"""A file is loaded at the moment its corrected one arrives: one of the two stands, and no charge of the other."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import ExchangeFile
from exchange.services.loading import FileNotVerified
from providers.models import Charge
from tests.exchange.answering import answer, asked, billed, desk, filled, right_answers

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 60


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let everybody act at the same moment; give what was returned or refused."""
    barrier, answers = threading.Barrier(len(acts), timeout=WAIT), []

    def act(one: Callable[[], object]) -> None:
        try:
            barrier.wait()
            answers.append(one())
        except FileNotVerified as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert len(answers) == len(acts), "a thread did not answer"
    return answers


def test_loads_a_file_or_replaces_it_but_never_both() -> None:
    at = desk()
    request = asked(at, codes=("10",))
    first = at.verify(at.receive(filled(request, right_answers(request)), request.name))
    corrected = filled(request, [ReturnedRow(answer(billed("10", "11")), row_no=1)])
    at_once(lambda: at.load(first), lambda: at.receive(corrected, request.name))
    first.refresh_from_db()
    second = (
        ExchangeFile.objects.get(kind="return", request=request, replaces=first) if first.status != "loaded" else None
    )
    charges = Charge.objects.filter(file_sha256=first.sha256).count()
    if second is None:
        refusal = ExchangeFile.objects.get(kind="return", request=request, status="refused")
        assert (refusal.refusal_code, charges) == ("already_received", 1)
    else:
        assert (first.status, second.status, charges) == ("superseded", "received", 0)
