"""Whether the balances struck at the hand-overs are what the stored facts add up to."""

from workplace.audit.questions import Question

HANDOVERS: list[Question] = []
