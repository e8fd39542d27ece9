"""The letter of refusal: reasons, article, what to do, how to appeal (3.2.3; road map, measure 10)."""

from offices.calendar import day_of
from offices.letterhead import head_of
from recipients.documents.decisions import name_in, print_decision, snils_of
from recipients.models import Application
from recipients.names import GrammaticalCase

SUBJECT_OF = {
    Application.Kind.EQUIVALENT: "о начислении и выплате денежного эквивалента",
    Application.Kind.FUEL: "о выплате денежного эквивалента по оплате твёрдого топлива",
    Application.Kind.BOTTLED_GAS: "о выплате денежного эквивалента по оплате баллонного газа",
    Application.Kind.HEIR: "о выплате сумм, не полученных умершим получателем",
}


def print_refusal(*, application: Application, number: str) -> bytes:
    """Print the refusal of an application whose ground, facts, moment and author are set."""
    assert application.ground is not None
    assert application.decided_at is not None
    assert application.decided_by is not None
    return print_decision(
        "pdf/application_refusal.html",
        office=application.office,
        number=number,
        at=application.decided_at,
        by=application.decided_by,
        signed_by=head_of(application.office, on=day_of(application.decided_at)),
        facts={
            "kind": "Отказ в приёме заявления",
            "subject": SUBJECT_OF[Application.Kind(application.kind)],
            "application": application,
            "ground": application.ground,
            "decree": application.ground.decree,
            "paragraphs": [line for line in application.facts.splitlines() if line.strip()],
            "addressee": name_in(GrammaticalCase.DATIVE, application.applicant),
            "snils": snils_of(application.applicant),
            "documents": list(application.documents.order_by("pk")),
        },
    )
