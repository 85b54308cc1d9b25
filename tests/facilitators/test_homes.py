"""Where applicants and facilitators live: the village says the kecamatan, which is stored only where it is unknown."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from facilitators.models import Application, Facilitator
from facilitators.recruitment.privacy.own_data import correct_application, own_data
from tests import facilitator_factories as make
from tests.factories import DistrictFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return VillageFactory(name="Baning Rimba", district=DistrictFactory(name="Kelam Hulu"))


@pytest.mark.parametrize("factory", [make.ApplicationFactory, make.FacilitatorFactory])
def test_kecamatan_beside_a_village_is_refused_by_the_database(factory, village):
    with pytest.raises(IntegrityError, match="_one_home"), transaction.atomic():
        factory(home_village=village, home_district=village.district)


@pytest.mark.parametrize("factory", [make.ApplicationFactory, make.FacilitatorFactory])
def test_kecamatan_of_a_home_is_known_either_way(factory, village):
    rows = [
        factory(home_village=village, home_district=None),
        factory(home_village=None, home_district=village.district),
        factory(home_village=None, home_district=None),
    ]

    assert [row.district_of_home for row in rows] == [village.district, village.district, None]


def test_page_of_a_facilitator_shows_the_kecamatan_of_the_village_and_stores_it_once(client_as, village):
    person = make.FacilitatorFactory(home_village=village, phone="0812-0000-0000")
    client, url = client_as("coordinator"), reverse("placements:facilitator-edit", args=[person.pk])
    form = client.get(url).context["form"]
    assert form["home_district"].value() == village.district_id
    sent = {name: form[name].value() or "" for name in form.fields if name != "skills"}

    answer = client.post(url, sent | {"home_village": "Baning Rimba, Kelam Hulu", "languages": "Dayak Desa"})

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.home_village, person.home_district, person.languages) == (village, None, "Dayak Desa")


def test_copy_of_ones_data_names_village_and_kecamatan(village):
    found = own_data(make.ApplicationFactory(home_village=village))

    assert (found["desa domisili"], found["kecamatan domisili"]) == ("Baning Rimba", "Kelam Hulu")


def correct(row: Application, **values) -> list[str]:
    return correct_application(application=row, values=values, seen=row.version, reason="Salah ketik di formulir")


def test_correction_names_what_is_another_place(village):
    row = make.ApplicationFactory(home_village=village)
    near, far = VillageFactory(district=village.district), VillageFactory()

    told = [
        correct(row, home_village=near, home_district=None),
        correct(row, home_village=far, home_district=None),
        correct(row, home_village=None, home_district=far.district),
        correct(row, home_village=None, home_district=far.district),
    ]

    village_only = ["desa domisili"]
    assert told == [village_only, [*village_only, "kecamatan domisili"], village_only, []]


def test_correction_reaches_a_facilitator_of_whom_the_office_knew_more(village):
    """Of the facilitator only a kecamatan was noted: it must not stay beside the village of the correction."""
    row = make.ApplicationFactory(home_village=None, home_district=village.district)
    person = make.FacilitatorFactory(application=row, home_district=DistrictFactory())

    correct(row, home_village=village, home_district=None)

    person.refresh_from_db()
    assert (person.home_village, person.home_district) == (village, None)
    assert Facilitator.objects.count() == 1
