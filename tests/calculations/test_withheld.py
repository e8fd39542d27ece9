"""A charge that cannot become a line is withheld once, with its reason; nothing is left out and nothing is zero by chance."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import Accrual, AccrualLine, Withheld
from calculations.services import runs
from offices import jobs
from offices.models import Job, Office
from providers.models import ConsumptionNorm, Service, Tariff
from tests import factories
from tests.calculations import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    factories.open_month()
    town.directories()
    return factories.office()


def reasons(office: Office) -> dict[int, str]:
    return dict(Withheld.objects.filter(run=town.calculate(office)).values_list("charge_id", "reason"))


def test_withholds_the_charge_of_a_recipient_without_a_right(office) -> None:
    ended = town.family(office, valid_to=factories.MONTH)
    charge = town.bill(ended, "10", "364.84")
    assert reasons(office) == {charge.pk: "no_right"}
    assert not Accrual.objects.exists()


def test_withholds_a_service_that_is_not_in_the_measure(office) -> None:
    family = town.family(office)
    fuel = town.bill(family, "22", "5000.00")
    Service.objects.filter(code="23").update(is_supported=False)
    waste = town.bill(family, "23", "280.89")
    assert reasons(office) == {fuel.pk: "not_in_measure", waste.pk: "not_in_measure"}


def test_withholds_water_without_a_tariff_and_says_so(office) -> None:
    Tariff.objects.filter(service="10").update(valid_to=factories.MONTH)
    charge = town.bill(town.family(office), "10", "364.84")
    assert reasons(office) == {charge.pk: "no_tariff"}
    assert Withheld.objects.get().text == "Нет тарифа, без него норматив не перевести в рубли."


def test_withholds_a_tariff_that_ends_inside_the_month(office) -> None:
    Tariff.objects.filter(service="10").update(valid_to=dt.date(2026, 10, 20))
    charge = town.bill(town.family(office), "10", "364.84")
    assert reasons(office) == {charge.pk: "no_tariff"}


def test_withholds_water_without_a_norm(office) -> None:
    ConsumptionNorm.objects.filter(service="10").update(confirmed_at=None, confirmed_by=None)
    charge = town.bill(town.family(office), "10", "364.84")
    assert reasons(office) == {charge.pk: "no_norm"}


def test_withholds_capital_repair_without_its_minimum_contribution(office) -> None:
    Tariff.objects.filter(service="03").update(valid_to=factories.MONTH)
    charge = town.bill(town.family(office), "03", "341.28")
    assert reasons(office) == {charge.pk: "no_norm"}


def test_withholds_heating_normed_per_person_instead_of_per_meter(office) -> None:
    ConsumptionNorm.objects.filter(service="21").update(basis=ConsumptionNorm.Basis.PER_PERSON)
    charge = town.bill(town.family(office), "21", "1658.56")
    assert reasons(office) == {charge.pk: "no_norm"}


def test_withholds_a_charge_shared_among_nobody(office) -> None:
    family = town.family(office)
    family.account.dwelling.residences.all().delete()
    charge = town.bill(family, "23", "280.89")
    assert reasons(office) == {charge.pk: "no_residents"}


def test_withholds_the_charge_of_a_covered_person_registered_elsewhere(office) -> None:
    family = town.family(office)
    family.account.dwelling.residences.filter(person=family.recipient.person).delete()
    charge = town.bill(family, "23", "280.89")
    assert reasons(office) == {charge.pk: "no_residents"}


def test_withholds_zones_billed_without_any_use(office) -> None:
    family = town.family(office)
    charges = [town.bill(family, "16", "653.80", "0"), town.bill(family, "17", "163.20", "0")]
    assert reasons(office) == {charge.pk: "no_quantity" for charge in charges}


def test_withholds_electricity_billed_both_whole_and_by_zones(office) -> None:
    family = town.family(office)
    charges = [town.bill(family, "15", "730.80", "180"), town.bill(family, "16", "653.80", "140")]
    assert reasons(office) == {charge.pk: "wrong_charge" for charge in charges}


def test_withholds_a_charge_for_another_dwelling_than_the_supported_one(office) -> None:
    family = town.family(office)
    account = factories.account()
    charge = town.bill(town.Family(family.recipient, family.right, (), account), "10", "364.84")
    assert reasons(office) == {charge.pk: "no_dwelling"}


def test_withholds_a_charge_for_a_dwelling_without_facts(office) -> None:
    family = town.family(office)
    family.account.dwelling.facts.all().delete()
    charge = town.bill(family, "10", "364.84")
    assert reasons(office) == {charge.pk: "no_dwelling"}


def test_counts_only_the_last_correction_of_a_charge(office) -> None:
    family = town.family(office)
    wrong = town.bill(family, "23", "999.00")
    town.bill(family, "23", "280.89", number=1)
    run = town.calculate(office)
    assert town.sums(family, run) == {"23": Decimal("46.82")}
    assert list(run.withheld.values_list("charge_id", "reason")) == [(wrong.pk, "superseded")]


def test_withholds_a_charge_from_both_rights_of_a_recipient_when_one_cannot_be_calculated(office) -> None:
    Tariff.objects.filter(service="03").update(valid_to=factories.MONTH)
    family = town.family(office, category="3")
    child = factories.person(birth_date=dt.date(2015, 5, 5))
    factories.residence(person=child, dwelling=family.account.dwelling)
    factories.entitlement(recipient=family.recipient, holder="family", category="child", disabled_person=child)
    charge = town.bill(family, "03", "341.28")
    assert reasons(office) == {charge.pk: "no_norm"}
    assert Accrual.objects.count() == 2
    assert not AccrualLine.objects.exists()


def test_gives_each_right_of_a_recipient_its_own_line_of_a_charge(office) -> None:
    family = town.family(office, category="3")
    child = factories.person(birth_date=dt.date(2015, 5, 5))
    factories.residence(person=child, dwelling=family.account.dwelling)
    factories.entitlement(recipient=family.recipient, holder="family", category="child", disabled_person=child)
    charge = town.bill(family, "23", "374.52")
    run = town.calculate(office)
    lines = AccrualLine.objects.filter(run=run).order_by("pk")
    assert [(line.share, line.accrued, line.charge_ids) for line in lines] == [
        ("1/4", Decimal("46.82"), [charge.pk]),
        ("1/4", Decimal("46.82"), [charge.pk]),
    ]
    assert (run.recipients, run.lines) == (1, 2)


def test_refuses_to_finish_when_a_charge_came_after_its_recipient_was_done(office) -> None:
    first, second = town.family(office), town.family(office)
    town.bill(first, "10", "364.84")
    job = town.request(office)

    def late(taken: Job) -> jobs.Progress:
        progress = runs.calculate_chunk(taken)
        if not progress.is_finished:
            town.bill(second, "10", "364.84")
        return progress

    done = jobs.work(job.pk, late)
    assert (done.state, "начислений — 1" in done.error) == (Job.State.FAILED, True)
