"""Lists of people beside the fund's file: registry offices, towns, paper; what replaces and confirms what (3.4, 3.5)."""

import datetime as dt
from typing import Any

import pytest

from exchange.layouts.definitions import preset
from exchange.layouts.flat import build_records
from exchange.models import ExchangeFile, FundNotice, PaperDelivery, PensionDecision, PensionDifference
from exchange.services import layouts, pension_data, pension_decisions, pension_notices, pension_paper
from exchange.services.pension_decisions import NotHarmless, ProposalsChanged, SourcesDisagree
from exchange.services.pension_notices import NothingToTell
from exchange.services.pension_paper import PaperFaulty, PaperLine, Visas, VisasMissing
from offices import files
from offices.models import HandoverBalance, JournalEntry, NumberSeries, Office
from offices.numbering import next_number
from recipients.models import Change, Entitlement, Person
from tests import factories as make
from tests.exchange.pension_files import agreeing, line, pension_file
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
DIED_ON, ANOTHER_DAY = dt.date(2026, 9, 12), dt.date(2026, 9, 13)
TODAY = AT.date()
VISAS = Visas("Петрова А. А., ведущий специалист", TODAY, TODAY)


@pytest.fixture(autouse=True)
def unit() -> Office:
    make.open_month()
    layouts.install_presets(by=make.staff(), confirmed_by=make.staff(), at=AT)
    return make.unit()


def receive(*lines: dict[str, Any], **given: Any) -> ExchangeFile:
    made = {"name": "PFR_202610.dbf", "month": MONTH, "by": make.staff(), "at": AT} | given
    return pension_data.receive_pension_file(content=pension_file(*lines), **made)


def listed(kind: str, layout: str, person: Person, **told: Any) -> ExchangeFile:
    record = {name: getattr(person, name) or "" for name in ("snils", "last_name", "first_name", "middle_name")}
    content = build_records(preset(layout), [record | {"birth_date": person.birth_date} | told])
    return pension_data.receive_people_list(
        kind=kind, office=make.office(), content=content, name="list.dbf", month=MONTH, by=make.staff(), at=AT
    )


def registry(person: Person, died_on: dt.date = DIED_ON) -> ExchangeFile:
    return listed("registry", "registry_office", person, death_date=died_on, act_number="17")


def accept(row: PensionDifference, **given: Any) -> PensionDifference:
    return pension_decisions.decide_difference(
        difference_id=row.pk, decision="accepted", by=make.staff(), at=AT, **given
    )


def test_makes_one_proposal_of_a_death_that_two_lists_tell() -> None:
    right = make.entitlement()
    receive(agreeing(right, death_date=DIED_ON))
    registry(right.disabled_person)
    death = PensionDifference.objects.get()
    assert (death.kind, death.theirs) == ("died", "12.09.2026")
    assert sorted(death.sources.values_list("record__file__kind", flat=True)) == ["pension", "registry"]
    accept(death)
    assert Change.objects.get().source == "ЗАГС, Отделение Пенсионного фонда"


def test_asks_which_of_two_days_of_a_death_is_right() -> None:
    right = make.entitlement()
    receive(agreeing(right, death_date=DIED_ON))
    registry(right.disabled_person, ANOTHER_DAY)
    death = PensionDifference.objects.get()
    with pytest.raises(SourcesDisagree, match=r"ЗАГС: 13\.09\.2026"):
        accept(death)
    accept(death, source_id=death.sources.get(record__file__kind="registry").pk)
    right.disabled_person.refresh_from_db()
    assert right.disabled_person.death_date == ANOTHER_DAY


def test_confirms_an_accepted_death_by_the_second_list() -> None:
    right = make.entitlement()
    receive(agreeing(right, death_date=DIED_ON))
    accept(PensionDifference.objects.get())
    registry(right.disabled_person)
    assert PensionDifference.objects.get().sources.count() == 2


def test_takes_nobody_for_disappeared_from_a_registry_list() -> None:
    right = make.entitlement()
    make.entitlement()
    registry(right.disabled_person)
    assert list(PensionDifference.objects.values_list("kind", "person")) == [("died", right.disabled_person_id)]


def test_turns_an_accepted_move_into_a_change() -> None:
    right = make.entitlement()
    where = {"new_settlement": "Брянск", "new_street": "Ленина", "new_house": "5"}
    listed("council", "municipality", right.disabled_person, moved_on=DIED_ON, **where)
    accept(PensionDifference.objects.get(kind="moved"))
    change = Change.objects.get()
    assert (change.kind, change.happened_on, change.source) == ("move", DIED_ON, "муниципалитет")
    assert "Брянск, Ленина, д. 5" in change.note


def test_proposes_a_person_new_to_us_once_until_the_fund_forgets_them() -> None:
    stranger = line(make.person())
    before = make.open_month(dt.date(2026, 9, 1)).month
    receive(stranger | {"file_month": before}, month=before, name="PFR_202609.dbf")
    receive(stranger, line(make.person(last_name="Новикова")))
    told = PensionDifference.objects.filter(kind="new", file__month=MONTH)
    assert [row.full_name.split()[0] for row in told] == ["Новикова"]
    assert Entitlement.objects.count() == 0
    assert accept(told[0]).decision == "accepted"


def test_proposes_another_address_but_not_another_spelling() -> None:
    dwelling = make.dwelling()
    right = make.entitlement()
    make.supported_dwelling(recipient=right.recipient, dwelling=dwelling)
    own = dwelling.address
    spelled = {"reg_settlement": f"г. {own.street.settlement.name}".upper(), "reg_street": f"ул {own.street.name}"}
    house = {"reg_house": own.house, "reg_building": own.building, "reg_flat": own.flat}
    first = receive(agreeing(right, **spelled, **house))
    assert not PensionDifference.objects.exists()
    receive(agreeing(right, **spelled, **house | {"reg_house": "77"}), replaces_id=first.pk)
    accept(PensionDifference.objects.get(kind="address"))
    assert Change.objects.get().kind == "move"


def test_keeps_decisions_on_what_a_corrected_file_repeats() -> None:
    declined, undecided, corrected = (make.entitlement() for _ in range(3))
    died = {"death_date": DIED_ON}
    first = receive(agreeing(declined, **died), agreeing(undecided, **died), agreeing(corrected, **died))
    rows = {row.person_id: row for row in PensionDifference.objects.all()}
    pension_decisions.decide_difference(
        difference_id=rows[declined.disabled_person_id].pk,
        decision="rejected",
        reason="Жив, был на приёме",
        by=make.staff(),
        at=AT,
    )
    second = receive(agreeing(declined, **died), agreeing(undecided, **died), agreeing(corrected), replaces_id=first.pk)
    first.refresh_from_db()
    assert (first.status, second.replaces_id) == ("superseded", first.pk)
    states = dict(PensionDifference.objects.values_list("person", "decision"))
    assert states == {
        declined.disabled_person_id: "rejected",
        undecided.disabled_person_id: "open",
        corrected.disabled_person_id: "replaced",
    }
    assert PensionDecision.objects.filter(decision="replaced").get().reason
    assert HandoverBalance.objects.filter(item="3.4").count() == 2


def test_tells_the_fund_of_its_faults_by_a_numbered_letter() -> None:
    right = make.entitlement()
    file = receive(agreeing(right), agreeing(make.entitlement()) | {"snils": "11223344596"})
    next_number(office=file.office, series=NumberSeries.Series.LETTER, year=AT.year)
    notice = pension_notices.make_notice(file_id=file.pk, by=make.staff(), at=AT)
    assert (notice.number, notice.faults, notice.office) == ("1/2026", 1, file.office)
    assert files.read(notice.document).startswith(b"%PDF")
    entry = JournalEntry.objects.get(event="составлено уведомление")
    assert (entry.sha256, entry.counterpart) == (notice.document.sha256, "Отделение Пенсионного фонда")
    assert pension_notices.make_notice(file_id=file.pk, by=make.staff(), at=AT) == notice
    assert FundNotice.objects.count() == 1


def test_writes_no_letter_without_a_fault() -> None:
    file = receive(agreeing(make.entitlement()))
    with pytest.raises(NothingToTell):
        pension_notices.make_notice(file_id=file.pk, by=make.staff(), at=AT)


def paper_line(right: Entitlement, told: str = "died", **given: Any) -> PaperLine:
    who = right.disabled_person
    names = {name: getattr(who, name) or "" for name in ("snils", "last_name", "first_name", "middle_name")}
    made = {"birth_date": who.birth_date, "told": told, "on": DIED_ON, "group": ""} | names | given
    return PaperLine(**made)


def enter(*lines: PaperLine, kind: str = "pension", visas: Visas = VISAS) -> ExchangeFile:
    return pension_paper.enter_paper_list(
        kind=kind, office=make.office(), month=MONTH, lines=lines, visas=visas, by=make.staff(), at=AT
    )


def test_proposes_what_a_list_on_paper_tells_and_nothing_else() -> None:
    dead, changed, silent = (make.entitlement() for _ in range(3))
    file = enter(paper_line(dead), paper_line(changed, "group", on=None, group="3"))
    found = set(PensionDifference.objects.values_list("kind", "person"))
    assert found == {("died", dead.disabled_person_id), ("group", changed.disabled_person_id)}
    assert silent.disabled_person_id not in {person for _, person in found}
    delivery = PaperDelivery.objects.get(file=file)
    assert (file.origin, delivery.handed_by, delivery.received_by) == ("typed", VISAS.handed_by, file.by)
    assert JournalEntry.objects.get(event="получено").way == "paper"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"on": None}, "строка 1: укажите дату", id="no day"),
        pytest.param({"told": "moved"}, "такого изменения", id="not told by this list"),
        pytest.param({"snils": "11223344596"}, "Контрольное число", id="СНИЛС"),
    ],
)
def test_takes_nothing_of_a_faulty_list_on_paper(given: dict[str, Any], said: str) -> None:
    right = make.entitlement()
    with pytest.raises(PaperFaulty, match=said):
        enter(paper_line(right), paper_line(right, **given)) if "on" not in given else enter(paper_line(right, **given))
    assert not ExchangeFile.objects.exists()


@pytest.mark.parametrize(
    "visas",
    [Visas(" ", TODAY, TODAY), Visas("Петрова", TODAY, TODAY - dt.timedelta(days=1))],
    ids=["nobody", "received before it was handed over"],
)
def test_takes_no_list_on_paper_without_both_visas(visas: Visas) -> None:
    with pytest.raises(VisasMissing):
        enter(paper_line(make.entitlement()), visas=visas)


def test_decides_alike_only_what_changes_no_right() -> None:
    rights = [make.entitlement() for _ in range(3)]
    receive(*(agreeing(right, pension_case_no=f"067-{n}") for n, right in enumerate(rights)))
    keys = list(PensionDifference.objects.values_list("pk", flat=True))
    given = {"difference_ids": keys, "decision": "accepted", "by": make.staff(), "at": AT}
    with pytest.raises(NotHarmless):
        pension_decisions.decide_alike(kind="died", expected=3, **given)
    with pytest.raises(ProposalsChanged):
        pension_decisions.decide_alike(kind="case", expected=2, **given)
    assert pension_decisions.decide_alike(kind="case", expected=3, **given).done == 3
    assert Person.objects.exclude(pension_case="").count() == 3
