"""Scopes of facilitators: one place each, in words, and beside the assignment on whose days they hold."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from districts.models import VillageScope
from districts.regions.scopes import villages_of
from tests.factories import AssignmentFactory, UserFactory, VillageFactory, VillageScopeFactory
from tests.markup import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"whole_regency": True}, "districts_villagescope_one_place"),
        ({"village": None}, "districts_villagescope_one_place"),
        ({"valid_until": date(1999, 1, 1)}, "districts_villagescope_dates"),
    ],
)
def test_bad_row_is_refused_by_the_database(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        VillageScopeFactory(**fields)


def test_place_reads_as_a_name(business_day):
    named = VillageScopeFactory(village=VillageFactory(name="Semuntai", slug="semuntai-sepauk"))

    assert [named.words, VillageScopeFactory(consultant=True).words] == ["Semuntai Sepauk", "seluruh kabupaten"]
    assert str(named) == f"{named.user}: Semuntai Sepauk"


def test_own_scopes_are_read_and_those_of_others_by_who_sees_everything(user_as):
    own, other = VillageScopeFactory(), VillageScopeFactory()

    assert list(VillageScope.objects.for_user(own.user)) == [own]
    assert set(VillageScope.objects.for_user(user_as("auditor"))) == {own, other}


def test_places_belong_to_the_assignment_on_whose_days_they_hold(django_assert_num_queries):
    user = UserFactory()
    first = AssignmentFactory(user=user, role="facilitator", valid_until=date(2018, 12, 31))
    second = AssignmentFactory(user=user, agency=first.agency, role="facilitator", valid_from=date(2019, 3, 1))
    other_role = AssignmentFactory(user=user, agency=first.agency, role="panelist")
    one = VillageScopeFactory(user=user, valid_until=date(2018, 12, 31)).village
    two = VillageScopeFactory(user=user, valid_from=date(2019, 3, 1)).village
    VillageScopeFactory(user=user, valid_from=date(2019, 4, 1), consultant=True)
    VillageScopeFactory(valid_from=date(2019, 3, 1))

    with django_assert_num_queries(1):
        found = villages_of([first, second, other_role])

    slugs = {pk: [place.slug for place in places] for pk, places in found.items()}
    assert slugs == {first.pk: [one.slug], second.pk: [two.slug, ""]}


def test_page_of_a_person_names_every_village_with_a_link(client_as):
    held = AssignmentFactory(role="facilitator")
    villages = [VillageScopeFactory(user=held.user).village for _each in range(2)]
    VillageScopeFactory(user=held.user, consultant=True)

    page = client_as("coordinator_head").get(reverse("staffing:user-detail", args=[held.user.pk]))

    for village in villages:
        assert f'href="{village.get_absolute_url()}"' in page.content.decode()
    assert "seluruh kabupaten" in words(page.content.decode())
