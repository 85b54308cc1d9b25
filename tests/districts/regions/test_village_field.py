"""A village is typed: with or without its kecamatan, by an old name, and with a hint when the spelling is off."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from districts.regions.fields import VillageField, settle_district
from p2emas.ui import controls
from tests.factories import DistrictFactory, VillageAliasFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def villages():
    sintang, sepauk = DistrictFactory(name="Sintang"), DistrictFactory(name="Sepauk")
    made = {
        "jaya": VillageFactory(name="Mekar Jaya", district=sintang),
        "twin": VillageFactory(name="Tanjung Hulu", district=sintang),
        "other twin": VillageFactory(name="Tanjung Hulu", district=sepauk),
        "gone": VillageFactory(name="Nanga Lama", district=sepauk, active=False),
    }
    VillageAliasFactory(village=made["jaya"], name="Mekar Baru")
    return made


def refusal(typed) -> str:
    with pytest.raises(ValidationError) as refused:
        VillageField(required=False).clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mekar Jaya", "jaya"),
        ("  desa  mekar  JAYA ", "jaya"),
        ("Mekar Jaya, Kec. Sintang", "jaya"),
        ("mekar baru", "jaya"),
        ("Tanjung Hulu, Sepauk", "other twin"),
        ("Nanga Lama", "gone"),
    ],
)
def test_names_as_people_write_them(villages, typed, name):
    assert VillageField().clean(typed) == villages[name]


def test_nothing_typed_is_no_village(villages):
    assert VillageField(required=False).clean("  ") is None


def test_two_of_one_name_are_told_apart_by_their_kecamatan(villages):
    assert refusal("Tanjung Hulu") == (
        "Ada 2 desa bernama “Tanjung Hulu”. Tulis dengan kecamatannya: Tanjung Hulu, Sepauk atau Tanjung Hulu, Sintang."
    )


def test_misspelt_name_is_answered_with_what_is_near(villages):
    assert refusal("Mekar Jaja") == "Desa “Mekar Jaja” tidak ada dalam daftar. Yang mirip: Mekar Jaya, Sintang."
    assert "Periksa ejaannya" in refusal("xyz")


def test_stored_village_is_shown_in_words_and_offered_are_only_those_that_exist(villages):
    form = type("Home", (forms.Form,), {"home": VillageField()})(initial={"home": villages["jaya"].pk})

    drawn = controls.control(form["home"])

    assert 'value="Mekar Jaya, Sintang"' in drawn
    assert drawn.count("<option") == 3 and "Nanga Lama" not in drawn
    assert 'list="id_home_names"' in drawn and '<datalist id="id_home_names">' in drawn


@pytest.mark.parametrize(("typed", "changed"), [("mekar jaya", False), ("Tanjung Hulu, Sepauk", True), ("?", True)])
def test_same_village_in_other_words_is_no_change(villages, typed, changed):
    assert VillageField().has_changed(villages["jaya"].pk, typed) is changed


def test_kecamatan_beside_a_village_is_not_kept_and_another_one_is_refused(villages):
    form = type("Home", (forms.Form,), {"district": forms.CharField()})({"district": "x"})
    form.full_clean()
    for sent in (None, villages["jaya"].district):
        data = {"village": villages["jaya"], "district": sent}
        settle_district(form, data, "village", "district")
        assert data == {"village": villages["jaya"], "district": None}
    data = {"village": None, "district": villages["jaya"].district}
    settle_district(form, data, "village", "district")
    assert data["district"] == villages["jaya"].district

    settle_district(form, {"village": villages["jaya"], "district": villages["gone"].district}, "village", "district")
    assert form.errors["district"] == ["Desa Mekar Jaya ada di Kecamatan Sintang."]
