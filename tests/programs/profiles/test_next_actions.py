"""What a page shows most prominently: where the programme works, and what is to be done next; an end never."""

import re

import pytest

from tests.factories import CommunityGroupFactory, DecreeFactory, TargetLocationFactory, VillageFactory

pytestmark = pytest.mark.django_db


def main_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().partition("<main")[2])


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_village_without_programme_names_the_target_locations_of_its_kecamatan(client):
    location = TargetLocationFactory(is_sample=True)
    village = VillageFactory(district=location.village.district)
    TargetLocationFactory()  # of another kecamatan

    page = main_of(client, village.get_absolute_url())

    sentence = f"{village} bukan lokasi sasaran; di {village.district}: {location.village}."
    assert sentence in words_of(page)
    assert f'href="{location.village.get_absolute_url()}"' in page
    assert 'class="empty"' not in page
    assert "rekaan" not in page and "Apa hasilnya" not in page


def test_village_of_a_kecamatan_without_programme_says_so(client):
    village = VillageFactory()

    page = words_of(main_of(client, village.get_absolute_url()))

    assert f"{village} bukan lokasi sasaran, dan Kecamatan {village.district} belum punya lokasi sasaran." in page


def test_target_location_keeps_its_sections_and_no_such_sentence(client):
    location = TargetLocationFactory()

    page = main_of(client, location.village.get_absolute_url())

    assert "bukan lokasi sasaran" not in page.lower()
    assert page.count('class="empty"') == 3


def test_invented_group_still_marks_the_page_of_a_village_without_programme(client):
    location = TargetLocationFactory()
    village = VillageFactory(district=location.village.district)
    CommunityGroupFactory(village=village, commodity=location.core_competency.commodity, is_sample=True)

    assert "DATA CONTOH" in main_of(client, village.get_absolute_url())


def test_decree_in_force_offers_the_amendment_loudly_and_the_end_quietly(client_as):
    decree = DecreeFactory()

    page = main_of(client_as("coordinator_head"), decree.get_absolute_url())

    assert re.search(r'<a class="btn btn-primary" href="[^"]*perubahan/">Buat perubahan</a>', page)
    assert re.search(r'<a href="[^"]*/revoke/">Cabut</a>', page)
    assert "btn-danger" not in page and page.count("btn-primary") == 1


def test_page_that_revokes_still_has_the_red_button(client_as):
    decree = DecreeFactory()

    assert "btn-danger" in main_of(client_as("coordinator_head"), f"{decree.get_absolute_url()}langkah/revoke/")
