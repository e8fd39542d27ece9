"""Which services are in the measure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calculations.rules.kinds import ServiceKind, UnknownServiceKind


@dataclass(frozen=True, slots=True)
class ServiceBook:
    """The services of the measure: the kind of each code, and the code of each kind."""

    kinds: Mapping[str, ServiceKind]
    codes: Mapping[ServiceKind, str]

    @classmethod
    def of(cls, services: Iterable[tuple[str, str, bool]]) -> "ServiceBook":
        """Arrange (code, kind, is supported); what the rules do not know is not in the measure."""
        kinds: dict[str, ServiceKind] = {}
        for code, kind, is_supported in services:
            try:
                named = ServiceKind.named(kind)
            except UnknownServiceKind:
                continue
            if is_supported:
                kinds[code] = named
        return cls(kinds=kinds, codes={kind: code for code, kind in kinds.items()})
