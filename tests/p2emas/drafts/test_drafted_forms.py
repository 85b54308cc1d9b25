"""The list of forms that never lose what is typed, and what each of them says of itself."""

import pytest
from django.apps import apps

from p2emas.privacy.register import personal
from p2emas.registry.contributions import drafted_forms

FORMS = {  # name: whether a field tells something about a person, so that no browser keeps a copy
    "realisasi": False,
    "indikator": False,
    "kendala": False,
    "foto": True,  # when and where a person took it
    "baris-rencana": False,
    "indikator-rencana": False,
    "lengkapi-rencana": False,
    "jawaban-rantai-nilai": False,
    "bulanan": False,
    "rencana-bulanan": False,
    "kendala-baru": False,
    "jawaban-kendala": False,
    "kunjungan": True,  # names those who went
    "pembahasan": False,
    "pilihan-lokasi": False,
    "pilihan-pelamar": True,
    "isi-keputusan": False,
    "naskah-keputusan": True,  # name and number of who signs
    "keputusan-baru": True,
    "berita-acara": True,  # names those who were there
    "catatan-rapat": True,
}


def test_list_of_drafted_forms_is_this():
    assert {form.name: form.personal for form in drafted_forms().values()} == FORMS


@pytest.mark.parametrize("name", FORMS)
def test_flag_follows_the_data_map(name):
    """What the map calls personal is never left in a browser."""
    form = drafted_forms()[name]
    told = [set(names.split()) & personal().get(model._meta.label, {}).keys() for model, names in form.writes.items()]

    assert form.personal is any(told)


@pytest.mark.parametrize("name", FORMS)
def test_written_fields_exist(name):
    for model, names in drafted_forms()[name].writes.items():
        assert apps.get_model(model._meta.label) is model
        assert {model._meta.get_field(field).name for field in names.split()} == set(names.split())
