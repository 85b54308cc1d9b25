"""The back office refuses in our own sentences; Django's Indonesian catalogue says nothing to its people."""

import gettext
import re
from pathlib import Path

import django
import pytest
from django.contrib import admin
from django.urls import reverse

from districts.models import AreaFigure, CommunityGroup, Village
from programs.models import Activity, Indicator, Program
from tests.factories import VillageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

SITE = admin.site
MODELS = sorted(SITE._registry, key=lambda model: model._meta.label)
WILD = ("", "bukan \x00 angka", "9" * 400, "-7", "!!! ???")


@pytest.fixture(scope="module")
def of_django() -> list[re.Pattern]:
    """What Django's catalogue may say of a field, as patterns with room for what it fills in."""
    folder = Path(django.__file__).parent / "conf" / "locale"
    catalogue = gettext.translation("django", folder, languages=["id"])._catalog
    said = [text for text in catalogue.values() if isinstance(text, str) and text.count(" ") >= 2]
    return [re.compile(re.sub(r"%(\\\()?\w*(\\\))?s|%d", ".*", re.escape(text)) + "$") for text in said]


def errors_of(page) -> list[str]:
    found = [str(each) for errors in page.context["adminform"].form.errors.values() for each in errors]
    for inline in page.context["inline_admin_formsets"]:
        found += [str(each) for each in inline.formset.non_form_errors()]
        found += [str(e) for form in inline.formset.errors for errors in form.values() for e in errors]
    return found


def test_patterns_know_what_django_says(of_django):
    for said in ("Bidang ini tidak boleh kosong.", "Pastikan nilai ini lebih besar dari atau sama dengan 0."):
        assert any(pattern.match(said) for pattern in of_django), said


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_wrong_input_is_answered_in_our_words(client_as, of_django, model):
    client = client_as("coordinator_head")
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = client.get(url)
    if page.status_code == 403:
        pytest.skip("nobody adds one here")
    forms = [page.context["adminform"].form]
    data = {}
    for inline in page.context["inline_admin_formsets"]:
        data |= {
            inline.formset.management_form.add_prefix(k): v for k, v in inline.formset.management_form.initial.items()
        }
        forms += inline.formset.forms
    fields = [form.add_prefix(name) for form in forms for name in form.fields]

    for text in WILD:
        answer = client.post(url, data | dict.fromkeys(fields, text))

        assert answer.status_code == 200, text
        errors = errors_of(answer)
        assert errors, text
        assert [each for each in errors if any(pattern.match(each) for pattern in of_django)] == [], text
        assert [each for each in errors if "%(" in each or "%s" in each] == [], text


def test_second_of_its_kind_names_the_field(client_as):
    village = VillageFactory(code="61.05.19.2005")
    client = client_as("coordinator")
    page = client.get(reverse("admin:districts_village_change", args=[VillageFactory(district=village.district).pk]))
    data = {name: page.context["adminform"].form[name].value() or "" for name in page.context["adminform"].form.fields}
    for inline in page.context["inline_admin_formsets"]:
        form = inline.formset.management_form
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}

    answer = client.post(page.wsgi_request.path, data | {"code": village.code, "lat": "95"})

    assert answer.status_code == 200
    assert sorted(errors_of(answer)) == ["Isi paling besar 90.", "Kode ini sudah dipakai desa atau kelurahan lain."]


def test_forged_count_of_rows_is_answered_in_our_words(client_as):
    village = VillageFactory()
    client = client_as("coordinator")
    page = client.get(reverse("admin:districts_village_change", args=[village.pk]))
    data = {name: page.context["adminform"].form[name].value() or "" for name in page.context["adminform"].form.fields}

    answer = client.post(page.wsgi_request.path, data)  # without the counts of rows

    said = [str(each) for i in answer.context["inline_admin_formsets"] for each in i.formset.non_form_errors()]
    assert said and set(said) == {"Isian baris tidak lengkap sampai. Muat ulang halaman ini, lalu isi lagi."}


YEARS = {  # page -> its fields that name a year, and how far ahead each may lie on 8 October 2019
    CommunityGroup: {"active_since": 2019},
    Village: {"aliases-0-until_year": 2019, "figures-0-year": 2019},
    AreaFigure: {"year": 2019},
    Program: {"starts": 2029, "ends": 2029},
    Activity: {"year": 2029},
    Indicator: {"targets-0-year": 2029, "targets-0-baseline_year": 2019},
}


@pytest.mark.parametrize("model", YEARS)
def test_year_that_cannot_be_is_refused_with_the_last_one_that_can(client_as, model):
    client = client_as("coordinator_head")
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = client.get(url)
    data = {}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {management.add_prefix(name): management[name].value() for name in management.fields}
        data[management.add_prefix("TOTAL_FORMS")] = 1

    answer = client.post(url, data | dict.fromkeys(YEARS[model], "2100"))

    found = dict(answer.context["adminform"].form.errors)
    for inline in answer.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): errors for name, errors in form.errors.items()}
    for name, latest in YEARS[model].items():
        assert found[name] == [f"Isi tahun sampai {latest}."]
