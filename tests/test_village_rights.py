"""Which villages each person of the world works on, in full: more for nobody, fewer for nobody."""

from collections.abc import Iterator

import pytest

from districts.models import Village
from p2emas import clock
from p2emas.models import User
from programs.dashboards.home.page import _own_locations
from tests import worlds

pytestmark = pytest.mark.whole

EVERYTHING = {"coordinator", "coordinator_head", "leader", "auditor", "admin"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    with worlds.standing(django_db_blocker) as standing, clock.at(worlds.TODAY):
        yield standing


def seen_by(user: User) -> set[str]:
    return set(Village.objects.for_user(User.objects.get(pk=user.pk)).values_list("slug", flat=True))


def test_each_role_sees_its_villages_and_no_other(world):
    every = set(Village.objects.values_list("slug", flat=True))
    ours = set(world.sides["ours"].district.villages.values_list("slug", flat=True))
    expected = {role: every if role in EVERYTHING else set() for role in worlds.SIGNED_IN}
    expected |= {"district_admin": ours, "facilitator": {world.lead.placed.slug}}

    assert {role: seen_by(world.people[role]) for role in worlds.SIGNED_IN} == expected
    assert ours > {world.lead.placed.slug}


def test_who_holds_another_role_sees_none_but_the_clerks_of_a_kecamatan(world):
    known = {person.pk for person in world.people.values()}
    offices = {side.district.office_id: side.district for side in world.sides.values()}
    seen = {user: seen_by(user) for user in User.objects.exclude(pk__in=known)}
    clerks = {user: offices[office] for user in seen for office in user.agency_ids("district_admin")}

    assert len(clerks) == 2
    for user, slugs in seen.items():
        expected = clerks[user].villages.values_list("slug", flat=True) if user in clerks else []
        assert slugs == set(expected)


def test_home_shows_target_locations_of_these_villages_to_facilitators_alone(world):
    """The placed village of the world is no target location; that of the placement is not theirs."""
    homes = {role: list(_own_locations(world.people[role], worlds.TODAY)) for role in worlds.SIGNED_IN}

    assert set(map(tuple, homes.values())) == {()}
