"""The decision on an application of appendix 3, with the calculation and the table of monthly parts."""

from calculations.models import FuelAssignment
from calculations.rules.captions import describe
from calculations.rules.stored import replay
from calculations.rules.trace import Recording, StepCode
from offices.money import format_sum, roubles_in_words
from offices.months import month_name
from recipients.documents.decisions import name_in, print_decision, snils_of
from recipients.names import GrammaticalCase

_NOT_PRINTED = (StepCode.RULE, StepCode.ROUNDED)


def print_assignment(assignment: FuelAssignment) -> bytes:
    """Print an assignment whose moment and author of decision are set."""
    assert assignment.decided_at is not None
    trace = Recording()
    replay(assignment.rule, assignment.rule_version, assignment.inputs, trace)
    person = assignment.recipient.person
    return print_decision(
        "pdf/fuel.html",
        office=assignment.office,
        number=assignment.application.number,
        at=assignment.decided_at,
        by=assignment.prepared_by,
        signed_by=assignment.decided_by,
        facts={
            "kind": "Решение",
            "subject": "о назначении денежного эквивалента по заявлению приложения 3",
            "assignment": assignment,
            "application": assignment.application,
            "person": person,
            "in_genitive": name_in(GrammaticalCase.GENITIVE, person),
            "snils": snils_of(person),
            "steps": [describe(step) for step in trace.steps if step.code not in _NOT_PRINTED],
            "amount": format_sum(assignment.amount),
            "in_words": roubles_in_words(assignment.amount),
            "parts": [
                (month_name(part.month), format_sum(part.amount)) for part in assignment.parts.order_by("number")
            ],
        },
    )
