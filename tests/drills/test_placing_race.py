"""Two heads act on one facilitator at the same moment: rights end as if one had acted after the other."""

from collections.abc import Callable
from datetime import date

import pytest

from districts.models import VillageScope
from facilitators.models import Placement
from facilitators.placements import integrity
from facilitators.placements.refusals import PlacementRefused
from facilitators.placements.services import end_placement, place_facilitator
from p2emas.models import Assignment
from tests import facilitator_factories as make
from tests.drills.racing import at_once
from tests.factories import TargetLocationFactory, UserFactory
from tests.people import lead_agency

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 30
STARTS, ENDS = date(2019, 10, 14), date(2019, 12, 31)


@pytest.fixture
def locations():
    lead_agency()
    return [TargetLocationFactory(valid_from=date(2019, 1, 1)) for _each in range(2)]


def placing(person, contract, location) -> Callable[[], bool]:
    def act() -> bool:
        try:
            place_facilitator(
                facilitator=person, contract=contract, target_location=location, starts=STARTS, ends=ENDS,
                untrained_reason="Sudah bekerja",
            )  # fmt: skip
        except PlacementRefused:
            return False
        return True

    return act


def somebody(*, account: bool = True):
    person = make.FacilitatorFactory(user=UserFactory() if account else None, email="" if account else mail())
    return person, make.ContractFactory(facilitator=person, starts=STARTS, ends=ENDS)


def mail() -> str:
    return f"p{make.FacilitatorFactory._meta.next_sequence()}@contoh.id"


def sound() -> list[str]:
    return [*integrity.assignments(), *integrity.roles(), *integrity.scopes()]


@pytest.mark.parametrize("most", [1, 2])
def test_two_villages_at_once(locations, settings, most):
    """With room for one village one of the two is refused; with room for two the role is still one."""
    settings.FACILITATOR_VILLAGE_CAP = most
    for _round in range(ROUNDS):
        person, contract = somebody()

        done = at_once(*(placing(person, contract, location) for location in locations))

        assert sum(done) == most
        assert Assignment.objects.filter(user=person.user).count() == 1
        assert VillageScope.objects.filter(user=person.user).count() == most
    assert sound() == []


def test_one_placement_twice_is_one(locations):
    """Of somebody without an account too: it is made once."""
    for _round in range(ROUNDS):
        person, contract = somebody(account=False)

        assert at_once(*[placing(person, contract, locations[0])] * 2) == [True, True]

        person.refresh_from_db()
        assert person.placements.count() == person.user.village_scopes.count() == person.user.assignments.count() == 1
    assert sound() == []


def test_placing_while_another_placement_ends(locations, settings):
    """The role outlives the placement that ends, and lasts as long as the new one."""
    settings.FACILITATOR_VILLAGE_CAP = 2
    for _round in range(ROUNDS):
        person, contract = somebody()
        assert placing(person, contract, locations[0])()
        first = Placement.objects.get(facilitator=person)

        def end(placement=first) -> bool:
            end_placement(
                placement=placement, ended_on=date(2019, 11, 15), reason="RESIGNED", handover="Di kantor desa"
            )
            return True

        assert at_once(end, placing(person, contract, locations[1])) == [True, True]

        held = Assignment.objects.get(user=person.user)
        assert (held.valid_from, held.valid_until) == (STARTS, ENDS)
        assert sorted(person.user.village_scopes.values_list("valid_until", flat=True)) == [date(2019, 11, 15), ENDS]
    assert sound() == []
