"""Items 3.4 and 3.5: the pension fund's file and the registry offices' lists come; the payments unit decides."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q

from exchange.models import ExchangeFile, PensionDifference
from exchange.register_content import district_number
from exchange.services.pension_data import receive_pension_file, receive_people_list
from exchange.services.pension_decisions import decide_difference
from offices.models import Office, Role
from recipients.models import Entitlement
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.lives import events
from workplace.simulation.manners import Planted, dice
from workplace.simulation.pension import InsuredPerson, pension_file
from workplace.simulation.registry_office import DeadPerson, registry_list

Kind = PensionDifference.Kind
Decision = PensionDifference.Decision
# What the unit takes from the fund and passes on; a change of the card itself is the office's own act, and why
# somebody disappeared has to be found out first.
DECIDED = {
    Kind.DIED: Decision.ACCEPTED,
    Kind.GROUP: Decision.ACCEPTED,
    Kind.CERTIFICATE: Decision.ACCEPTED,
    Kind.NEW: Decision.LATER,
    Kind.DISAPPEARED: Decision.LATER,
}
CARD_IS_RIGHT = "Карточка верна: сверено с документами личного дела."
ONE_DAY = dt.timedelta(days=1)


def receive(*, scene: Scene) -> list[Planted]:
    """Play item 3.4 once for the region; tell what the fund planted in the file of this call."""
    taken = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.PENSION, month=scene.month)
    planted: list[Planted] = []
    by = scene.cast.one(Role.RECEPTION)
    if not taken.exclude(status=ExchangeFile.Status.REFUSED).exists():
        file = pension_file(list(_insured(scene)), month=scene.month, seed=scene.seed, manners=scene.manners)
        at = scene.timetable.at(Moment.PENSION_FILE)
        receive_pension_file(content=file.content, name=file.name, month=scene.month, by=by, at=at)
        planted += file.planted
    _receive_from_registries(scene)
    undecided = PensionDifference.objects.filter(file__month=scene.month, decision=Decision.OPEN)
    for difference in undecided.order_by("pk"):
        decision = DECIDED.get(Kind(difference.kind), Decision.REJECTED)
        reason = CARD_IS_RIGHT if decision == Decision.REJECTED else ""
        at = scene.timetable.at(Moment.PENSION_DECISIONS)
        decide_difference(difference_id=difference.pk, decision=decision, reason=reason, by=by, at=at)
    return planted


def _insured(scene: Scene) -> Iterator[InsuredPerson]:
    """Give every disabled person with a right in force on the first day, as the fund knows them."""
    start = scene.month
    rights = (
        Entitlement.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=start),
            Q(disabled_person__death_date__isnull=True) | Q(disabled_person__death_date__gte=start),
            valid_from__lte=start,
            recipient__office__kind=Office.Kind.DISTRICT,
        )
        .select_related("disabled_person", "recipient__office__district")
        .order_by("disabled_person__snils", "pk")
    )
    found = list(rights)
    told = _deaths_told(scene, found)
    for right in found:
        person = right.disabled_person
        office = right.recipient.office
        end = right.certificate_valid_to
        yield InsuredPerson(
            snils=person.snils or "",
            last_name=person.last_name,
            first_name=person.first_name,
            middle_name=person.middle_name,
            birth_date=person.birth_date,
            sex=person.sex,
            group=right.category,
            certificate_to=None if end is None else end - ONE_DAY,
            district=district_number(office.district.code) if office.district else "",
            died_on=told.get(person.snils or ""),
        )


def _receive_from_registries(scene: Scene) -> None:
    """Play the list of each district's registry office: its dead whom the fund tells of too, and strangers."""
    listed = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REGISTRY, month=scene.month)
    done = set(listed.values_list("office_id", flat=True))
    deaths = PensionDifference.objects.filter(file__month=scene.month, kind=Kind.DIED).select_related("person", "file")
    for office in scene.offices:
        if office.pk in done:
            continue
        told = [
            DeadPerson(
                snils=person.snils or "",
                last_name=person.last_name,
                first_name=person.first_name,
                middle_name=person.middle_name,
                birth_date=person.birth_date,
                died_on=dt.date.fromisoformat(death.sources.get().record.content["death_date"]),
            )
            for death in deaths.filter(office=office).order_by("pk")
            if (person := death.person) is not None
        ]
        file = registry_list(told, office=office.code, month=scene.month, seed=scene.seed)
        receive_people_list(
            kind=ExchangeFile.Kind.REGISTRY,
            office=office,
            content=file.content,
            name=file.name,
            month=scene.month,
            by=scene.cast.of(office, Role.INTAKE),
            at=scene.timetable.at(Moment.REGISTRY_LISTS),
        )


def _deaths_told(scene: Scene, rights: list[Entitlement]) -> dict[str, dt.date]:
    adults = [
        right.disabled_person.snils or ""
        for right in rights
        if right.recipient.person_id == right.disabled_person_id and right.recipient.office in scene.offices
    ]
    happened = events(sorted(adults), month=scene.month, seed=scene.seed, manners=scene.manners)
    return {
        event.snils: event.day
        for event in happened
        if event.is_death and dice(scene.seed, scene.month, "told", event.snils).random() < scene.manners.died
    }
