"""What a decree sets and a rule takes from outside."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from calculations.rules.kinds import Group


class ShareRule(StrEnum):
    """Whose part of a bill is compensated: the entitled people's, or the holder's whole family's."""

    OWN_SHARE = "own_share"
    ALL_FAMILY = "all_family"


class NormCap(StrEnum):
    """Whether a utility is compensated within its norm of consumption or as billed."""

    NORM = "norm"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Parameters:
    """Dated values of a regime, read from the directory for the month billed.

    `discount` is a fraction: Decimal("0.5") is 50 %. `decree` names the act that sets it. `share_rule` and `norm_cap`
    are where regions differ (dossier 1.1); left out, they are what every line was calculated by before they were
    dated rows. The Regulation's months know no cap whatever `norm_cap` says.
    """

    discount: Decimal
    capital_repair_groups: frozenset[Group]
    decree: str
    share_rule: ShareRule = ShareRule.OWN_SHARE
    norm_cap: NormCap = NormCap.NORM
