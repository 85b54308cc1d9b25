"""Where an applicant lives: the kecamatan from a list, the village typed, because there are too many for one list."""

import re

import pytest

from districts.models import District
from facilitators.models import Application
from facilitators.recruitment.apply.forms import PersonalDetailsForm
from tests import facilitator_factories as make
from tests.facilitators.recruitment.applying import address, begin, send_page
from tests.factories import DistrictFactory, VillageFactory

pytestmark = pytest.mark.django_db

TYPED = {"version": "0", "name": "Pelamar", "address": "Jalan 1"}


@pytest.fixture
def record():
    return make.RecruitmentRoundFactory(complete=True)


@pytest.fixture
def twins():
    """Two villages of one name."""
    return [VillageFactory(name="Tanjung Hulu", district=DistrictFactory(name=name)) for name in ("Kelam", "Sepauk")]


def test_page_offers_every_kecamatan_and_no_long_list(client, record, twins):
    begin(client, record)

    page = client.get(address(record, "nama-alamat")).content.decode()

    select = re.search(r'<select[^>]* name="home"[^>]*>(.*?)</select>', page, re.DOTALL)[1]
    assert select.count("<option") == 2 + District.objects.count()
    assert "Tanjung Hulu, Sepauk" in page
    assert page.count("<select") == 1


def test_village_is_looked_for_in_its_kecamatan(client, record, twins):
    begin(client, record)
    send_page(
        client,
        address(record, "nama-alamat"),
        name="Pelamar",
        home=str(twins[1].district_id),
        village="tanjung hulu",
        address="Jalan 1",
    )

    stored = Application.objects.get()
    page = client.get(address(record, "nama-alamat")).content.decode()

    assert (stored.home_village, stored.home_district) == (twins[1], None)
    assert 'value="Tanjung Hulu, Sepauk"' in page
    assert f'<option value="{twins[1].district_id}" selected>' in page


@pytest.mark.parametrize(
    ("home", "village", "sentence"),
    [
        ("luar", "Tanjung Hulu, Kelam", "Kosongkan desa, atau pilih kecamatannya di Kabupaten Sintang."),
        ("{0.district_id}", "", "Isi desa tempat tinggal sekarang."),
        ("{0.district_id}", "Entah", "Desa “Entah” tidak ada dalam daftar. Periksa ejaannya, atau kosongkan."),
        ("{0.district_id}", "Tanjung Hulu, Sepauk", "Desa “Tanjung Hulu, Sepauk” tidak ada dalam daftar."),
        ("", "Tanjung Hulu", "Ada 2 desa bernama “Tanjung Hulu”."),
    ],
)
def test_what_does_not_fit_is_told_beside_the_village(record, twins, home, village, sentence):
    application = make.ApplicationFactory(round=record, status="DRAFT")

    form = PersonalDetailsForm({**TYPED, "home": home.format(*twins), "village": village}, application=application)

    assert form.errors["village"][0].startswith(sentence)
    assert form.values().get("home_village_id") is None


def test_outside_the_regency_there_is_neither(record, twins):
    application = make.ApplicationFactory(round=record, status="DRAFT", home_village=twins[0])

    form = PersonalDetailsForm({**TYPED, "home": "luar", "village": ""}, application=application)

    assert form.is_valid()
    assert {"home_village_id": None, "home_district_id": None}.items() <= form.values().items()


def test_stored_village_brings_its_kecamatan(record, twins):
    application = make.ApplicationFactory(round=record, status="DRAFT", home_village=twins[0], home_district=None)

    assert PersonalDetailsForm(application=application)["home"].value() == str(twins[0].district_id)
