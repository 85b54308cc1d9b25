"""What the panel reads of a dossier: answers, with names, places and contacts covered."""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitators.models import Application
from facilitators.recruitment.panel.blind import (
    BLACK,
    BlindDossier,
    address_places,
    blackout,
    language_words,
    name_words,
    ordinals,
    telling_parts,
)
from tests.facilitator_factories import ApplicationFactory, PlaceChoiceFactory
from tests.factories import VillageFactory


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Saya Siti Aminah, petani.", "Saya ███, petani."),
        ("SITI dan siti, Sítí juga", "███ dan ███, ███ juga"),
        ("Aminahnya tani, amin", "███ tani, amin"),
        ("siti_aminah / SitiAminah", "███ / ███"),
        ("Situ, sitiran, kasiti", "Situ, sitiran, kasiti"),
        ("Telepon 0812-3456 7890 atau +62 (812) 345678", "Telepon ███ atau ███"),
        ("NIK 6105196012340001", "NIK ███"),
        ("6105 1960 1234 0001.", "███."),
        ("Lahir 17-03-1994", "Lahir ███"),
        ("Tahun 2014-2016 dan 2017", "Tahun 2014-2016 dan 2017"),
        ("surel siti@contoh.id ya", "surel ███ ya"),
        ("https://contoh.id/siti dan www.contoh.com dan wa.me/62812", "███ dan ███ dan ███"),
        ("S\u200biti", "███"),
        ("", ""),
    ],
)
def test_blackout_covers_who_it_is(text, shown):
    assert blackout(text, name_words("Siti Aminah")) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Saya dari Nanga Tempunak Hulu.", "Saya dari ███."),
        ("Desa TEMPUNAK", "Desa ███"),
        ("di hulu sungai", "di hulu sungai"),
    ],
)
def test_blackout_covers_places_but_not_words_that_many_share(text, shown):
    assert blackout(text, telling_parts("Nanga Tempunak Hulu")) == shown


LETTERS = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=3, max_size=12)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(
    name=st.lists(LETTERS, min_size=1, max_size=3),
    before=TEXT,
    after=TEXT,
    turned=st.sampled_from([str.upper, str.lower, str.title, str]),
)
def test_no_part_of_a_name_is_left_standing(name, before, after, turned):
    text = f"{before} {turned(' '.join(name))} {after}"

    shown = blackout(text, name_words(" ".join(name)))

    for part in name:
        assert not re.search(rf"(?<![^\W\d_]){re.escape(part)}(?![^\W\d_])", shown, re.IGNORECASE), (shown, part)


@given(
    digits=st.lists(st.sampled_from("0123456789"), min_size=8, max_size=18),
    gap=st.sampled_from(["", " ", "-", ".", " - "]),
)
def test_no_number_of_eight_digits_is_left_standing(digits, gap):
    number = gap.join(digits)
    text = f"Hubungi {number} segera"

    shown = blackout(text, [])

    assert shown == f"Hubungi {BLACK} segera" or re.fullmatch(r"(?:19|20)\d\d\s*-\s*(?:19|20)\d\d", number)


@given(text=TEXT)
def test_text_without_anything_to_cover_stays(text):
    plain = re.sub(r"[^a-z ]", "", text)

    assert blackout(plain, ["Q" * 50]) == plain


@given(name=TEXT, text=TEXT)
def test_blackout_takes_any_name_and_text(name, text):
    assert blackout(blackout(text, name_words(name)), name_words(name)).count(BLACK) >= 0


def test_dossier_holds_the_allowed_answers_only():
    names = {field.name for field in dataclasses.fields(BlindDossier)}

    assert names == {
        "ordinal", "education", "skills", "experience", "motivation", "languages", "is_opened",
    }  # fmt: skip


@pytest.mark.django_db
def test_dossier_covers_home_and_wishes(business_day):
    home = VillageFactory(name="Baning Rimba")
    application = ApplicationFactory(
        name="Rukmini Sari",
        home_village=home,
        motivation=f"Saya Rukmini dari Baning, Kecamatan {home.district.name}.",
        status="PASSED_FILES",
    )
    wish = PlaceChoiceFactory(application=application)
    village = wish.place.target_location.village
    village.name = "Kelam Permai"
    village.save()
    application.experience = "Membina kelompok di kelam permai dua tahun"
    application.save()

    dossier = BlindDossier.of(Application.objects.with_places().get(pk=application.pk), 7)

    assert dossier.motivation == "Saya ███ dari ███, Kecamatan ███."
    assert dossier.experience == "Membina kelompok di ███ dua tahun"


@pytest.mark.parametrize(
    ("address", "outside", "places"),
    [
        ("Jl. Merdeka 2, Desa Semuntak, Kab. Sanggau", True, ["Semuntak", "Sanggau"]),
        ("Jalan Merdeka RT 2 desa Semuntak kec. Parindu kabupaten Sanggau", True, ["Semuntak", "Parindu", "Sanggau"]),
        ("Gang Mawar 3, Semuntak, Sanggau", True, ["Semuntak", "Sanggau"]),
        ("Gang Mawar 3, Dusun Ensiling, belakang pasar", False, ["Ensiling"]),
        ("Jl. Kota Baru 5", False, []),
        ("Jl. Merdeka RT 2", True, []),
        ("", True, []),
    ],
)
def test_address_tells_places_that_stand_in_no_list(address, outside, places):
    assert address_places(address, outside=outside) == places


@pytest.mark.django_db
def test_dossier_covers_the_village_of_who_lives_outside_the_regency(business_day):
    application = ApplicationFactory(
        name="Rukmini Sari",
        home_village=None,
        home_district=None,
        address="Jl. Merdeka 2, Desa Semuntak, Kab. Sanggau",
        experience="Saya dari Desa Semuntak di Sanggau, mendampingi petani di Sekadau.",
        status="PASSED_FILES",
    )

    dossier = BlindDossier.of(Application.objects.with_places().get(pk=application.pk), 7)

    assert dossier.experience == "Saya dari Desa ███ di ███, mendampingi petani di Sekadau."


def test_numbers_of_the_panel_do_not_follow_the_sending():
    rows = [(pk, f"KODE{pk}") for pk in range(1, 60)]

    numbers = ordinals(rows)

    assert sorted(numbers.values()) == list(range(1, 60))
    assert [numbers[pk] for pk in range(1, 60)] != list(range(1, 60))
    assert ordinals(reversed(rows)) == numbers


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        ("Dayak Desa, Melayu Sintang", {"Dayak Desa", "Dayak", "Melayu Sintang", "Melayu", "Sintang"}),
        ("Bahasa Indonesia dan sedikit Jawa", {"Jawa"}),
        ("bahasa daerah", set()),
        ("Inggris; Iban (aktif)", {"Iban"}),
        ("", set()),
    ],
)
def test_names_of_languages_are_covered_but_not_those_that_everybody_speaks(languages, words):
    assert set(language_words(languages)) == words


@pytest.mark.django_db
def test_language_tells_the_ethnic_group_and_stays_out_of_the_blind_dossier():
    row = ApplicationFactory(
        languages="Dayak Desa, Melayu", experience="Mengajar dalam bahasa Dayak Desa dan Indonesia."
    )
    found = Application.objects.with_places().get(pk=row.pk)

    blind, opened = BlindDossier.of(found, 1), BlindDossier.opened(found, 1)

    assert blind.languages == "" and not blind.is_opened
    assert blind.experience == f"Mengajar dalam bahasa {BLACK} dan Indonesia."
    assert (opened.languages, opened.is_opened) == ("Dayak Desa, Melayu", True)
