"""What a placement lets its facilitator see, day by day: villages by scopes, the role by one assignment."""

from datetime import date, timedelta

import pytest

from districts.models import Village, VillageScope
from facilitators.models import Placement
from facilitators.placements import integrity, services
from p2emas import clock
from p2emas.models import Assignment, User
from programs.dashboards.home.page import _own_locations
from tests import facilitator_factories as make
from tests.factories import AssignmentFactory, TargetLocationFactory, UserFactory, VillageScopeFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIRST, LAST = date(2019, 10, 14), date(2019, 12, 31)


@pytest.fixture(autouse=True)
def two_villages_at_a_time(settings):
    settings.FACILITATOR_VILLAGE_CAP = 2


@pytest.fixture
def location(bappeda):
    return TargetLocationFactory(valid_from=date(2019, 1, 1))


@pytest.fixture
def other(bappeda):
    return TargetLocationFactory(valid_from=date(2019, 1, 1))


@pytest.fixture
def person(bappeda):
    return make.FacilitatorFactory(user=UserFactory())


def place(person, location=None, starts=FIRST, ends=LAST) -> Placement:
    contract = make.ContractFactory(facilitator=person, starts=starts, ends=max(ends, LAST))
    return services.place_facilitator(
        facilitator=person, contract=contract, target_location=location, starts=starts, ends=ends,
        untrained_reason="Sudah bekerja",
    )  # fmt: skip


def end(placement: Placement, on: date) -> Placement:
    return services.end_placement(placement=placement, ended_on=on, reason="RESIGNED", handover="Di kantor desa")


def rights(person, on: date) -> tuple[bool, set[str]]:
    """Whether the role holds on that day, and the villages."""
    with clock.at(on):
        user = User.objects.get(pk=person.user_id)
        return user.has_role("facilitator"), set(Village.objects.for_user(user).values_list("slug", flat=True))


def slugs(*locations) -> set[str]:
    return {each.village.slug for each in locations}


def sound() -> bool:
    return not [*integrity.assignments(), *integrity.roles(), *integrity.scopes()]


def test_placement_gives_its_village_from_its_first_day_to_its_last(person, location, other):
    place(person, location)

    days = {on: rights(person, on) for on in (FIRST - DAY, FIRST, LAST, LAST + DAY)}

    nothing, there = (False, set()), (True, slugs(location))
    assert days == {FIRST - DAY: nothing, FIRST: there, LAST: there, LAST + DAY: nothing}


def test_two_villages_are_one_role_and_each_ends_by_itself(person, location, other):
    one = place(person, location)
    two = place(person, other, starts=date(2019, 11, 1))
    assert Assignment.objects.count() == 1 and VillageScope.objects.count() == 2
    assert rights(person, date(2019, 11, 1)) == (True, slugs(location, other))

    end(one, date(2019, 11, 15))

    assert rights(person, date(2019, 11, 15)) == (True, slugs(location, other))
    assert rights(person, date(2019, 11, 16)) == (True, slugs(other))
    two.refresh_from_db()
    assert two.assignment.valid_until == LAST and sound()


def test_days_between_two_placements_belong_to_nobody(person, location, other):
    """The first is ended early, so that one run of days falls apart; the later one begins on its date."""
    one = place(person, location)
    place(person, other, starts=date(2019, 12, 1))
    assert Assignment.objects.count() == 1

    end(one, date(2019, 11, 10))

    assert [rights(person, date(2019, 11, day)) for day in (10, 11, 30)] == [
        (True, slugs(location)), (False, set()), (False, set()),
    ]  # fmt: skip
    assert rights(person, date(2019, 12, 1)) == (True, slugs(other))
    days = Assignment.objects.order_by("valid_from").values_list("valid_from", "valid_until")
    assert list(days) == [(FIRST, date(2019, 11, 10)), (date(2019, 12, 1), LAST)] and sound()


def test_two_runs_that_come_to_touch_become_one_role(person, location, other):
    one = place(person, location, ends=date(2019, 11, 15))
    place(person, other, starts=date(2019, 12, 1))
    assert Assignment.objects.count() == 2
    services.appraise_placement(placement=one, appraised_on=FIRST, score=80, findings="Baik", advice="EXTEND")

    services.extend_placement(placement=one, ends=date(2019, 12, 5))

    assert list(Assignment.objects.values_list("valid_from", "valid_until")) == [(FIRST, LAST)]
    assert rights(person, date(2019, 12, 5)) == (True, slugs(location, other))
    assert rights(person, date(2019, 12, 6)) == (True, slugs(other)) and sound()


def test_placement_that_never_began_leaves_no_right(person, location, other):
    place(person, location)
    end(place(person, other, starts=date(2019, 11, 1)), date(2019, 10, 31))

    assert VillageScope.objects.count() == Assignment.objects.count() == 1
    assert rights(person, date(2019, 11, 1)) == (True, slugs(location)) and sound()


def test_the_last_one_that_never_began_takes_the_role_along(person, location):
    placement = end(place(person, location), FIRST - DAY)

    assert (placement.scope, placement.assignment) == (None, None)
    assert not VillageScope.objects.exists() and not Assignment.objects.exists() and sound()


def test_consultant_sees_every_village_and_no_home_locations(person, location, other):
    place(person)
    place(person, location)

    assert rights(person, FIRST) == (True, set(Village.objects.values_list("slug", flat=True)))
    with clock.at(FIRST):
        assert list(_own_locations(User.objects.get(pk=person.user_id), FIRST)) == []


def test_home_lists_the_target_locations_of_a_facilitator(person, location, other):
    place(person, location)
    place(person, other, starts=date(2019, 11, 1))

    user = User.objects.get(pk=person.user_id)
    with clock.at(FIRST):
        assert list(_own_locations(user, FIRST)) == [location]


def test_scope_without_the_role_opens_nothing(person, location):
    """A row that somebody wrote past the services, or whose role a superuser ended."""
    VillageScopeFactory(user=person.user, consultant=True)
    AssignmentFactory(user=person.user, role="panelist")

    assert rights(person, FIRST) == (False, set())


def test_role_alone_opens_no_village(person, location):
    AssignmentFactory(user=person.user, role="facilitator")

    assert rights(person, FIRST) == (True, set())


def test_inactive_account_sees_nothing(person, location):
    place(person, location)
    User.objects.filter(pk=person.user_id).update(is_active=False)

    assert rights(person, FIRST) == (False, set())


def test_other_facilitators_gain_and_lose_nothing(person, location, other):
    colleague = make.FacilitatorFactory(user=UserFactory())
    place(colleague, other)
    end(place(person, location), date(2019, 11, 10))

    assert rights(colleague, date(2019, 11, 11)) == (True, slugs(other))


def test_role_at_the_office_before_is_not_lengthened_by_a_placement_of_the_new_one(person, location, other, bappeda):
    """The lead office changed: the old placement keeps its assignment, the new one gets its own."""
    from p2emas import naming
    from p2emas.models import Identity
    from tests.factories import AgencyFactory

    one = place(person, location, ends=date(2019, 11, 15))
    Identity.objects.update(lead_agency=AgencyFactory(kind="BADAN"))
    naming.forget()
    place(person, other, starts=date(2019, 11, 1))

    held = Assignment.objects.filter(role="facilitator").order_by("pk").values_list("agency", "valid_until")
    assert list(held) == [(bappeda.pk, date(2019, 11, 15)), (Identity.objects.get().lead_agency_id, LAST)]
    end(one, date(2019, 11, 10))
    assert rights(person, date(2019, 11, 11)) == (True, slugs(other)) and sound()
