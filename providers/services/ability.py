"""Whether a provider has the technical means to send files: said with its reason and day, kept for good."""

import datetime as dt

from django.db import transaction

from offices.calendar import day_of
from offices.models import Staff
from offices.refusals import Refusal
from providers.models import AbilityChange, Provider


class AbilityUnchanged(Refusal):
    """The provider's ability is already said to be so, for the same reason."""


class AbilityNotSaid(Refusal):
    """The reason is missing, or the day lies ahead."""


@transaction.atomic
def say_ability(
    *, provider_id: int, is_able: bool, reason: str = "", since: dt.date, by: Staff, at: dt.datetime
) -> AbilityChange:
    """Say from which day a provider can or cannot send files; requests and the 100 % target follow the flag.

    Raises AbilityUnchanged, AbilityNotSaid.
    """
    provider = Provider.objects.select_for_update(of=("self",)).get(pk=provider_id)
    reason = "" if is_able else " ".join(reason.split())
    if not is_able and not reason:
        raise AbilityNotSaid(f"Укажите, почему предприятие «{provider}» не может передавать файлы.")
    if since > day_of(at):
        raise AbilityNotSaid(f"День {since:%d.%m.%Y} ещё не наступил: запишите возможность в этот день.")
    if (provider.is_technically_able, provider.inability_reason) == (is_able, reason):
        raise AbilityUnchanged(f"У предприятия «{provider}» так и записано: менять нечего.")
    provider.is_technically_able, provider.inability_reason, provider.ability_since = is_able, reason, since
    provider.save(update_fields=["is_technically_able", "inability_reason", "ability_since"])
    return AbilityChange.objects.create(provider=provider, is_able=is_able, reason=reason, since=since, at=at, by=by)
