"""The environment variables of before fill who we are once, with the tables; later `check` names them as idle."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from p2emas.models import Agency, Identity
from tests.factories import AgencyFactory

pytestmark = pytest.mark.whole

FIELDS = ("kind", "name", "province", "phones", "sender_name")
EMPTY = ("REGENCY", "", "", "", "")
OFFICE = "P2-EMAS <surat@example.go.id>"


def filled(settings, sender: str = "surat@example.go.id", **variables: str) -> Identity:
    """The row as the migration makes it where these variables are set."""
    settings.FORMER_IDENTITY, settings.DEFAULT_FROM_EMAIL = variables, sender
    Identity.objects.all().delete()
    import_module("p2emas.migrations.0007_fill_who_we_are").fill(apps, None)
    return Identity.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, EMPTY),
        ({"REGENCY_NAME": ""}, EMPTY),
        ({"REGENCY_NAME": "Kabupaten Kapuas Hulu"}, ("REGENCY", "Kapuas Hulu", "", "", "")),
        ({"REGENCY_NAME": " kota Singkawang "}, ("CITY", "Singkawang", "", "", "")),
        ({"REGENCY_NAME": "Kotawaringin Barat"}, ("REGENCY", "Kotawaringin Barat", "", "", "")),
        ({"REGENCY_NAME": "Kabupaten " + "x" * 90}, ("REGENCY", "x" * 60, "", "", "")),
        (
            {"PROVINCE_NAME": "Provinsi Nusa Tenggara Timur", "CONTACT_LINE": "(0386) 111, pagi"},
            ("REGENCY", "", "Nusa Tenggara Timur", "(0386) 111, pagi", ""),
        ),
        ({"sender": OFFICE}, ("REGENCY", "", "", "", "P2-EMAS")),
    ],
)
def test_what_the_variables_said_is_filled_in(settings, variables, expected):
    made = filled(settings, **variables)

    assert tuple(getattr(made, name) for name in FIELDS) == expected
    assert made.lead_agency is None


@pytest.mark.django_db
def test_lead_office_is_found_by_the_code_of_before(settings):
    AgencyFactory(code="bappeda")
    AgencyFactory(code="bapperida")

    assert filled(settings).lead_agency.code == "bappeda"
    assert filled(settings, LEAD_AGENCY_CODE="bapperida").lead_agency.code == "bapperida"
    assert filled(settings, LEAD_AGENCY_CODE="tidak-ada").lead_agency is None
    assert Agency.objects.count() == 2


@pytest.mark.django_db
def test_filled_row_is_left_alone(settings):
    filled(settings, REGENCY_NAME="Kabupaten Alor")
    settings.FORMER_IDENTITY = {"REGENCY_NAME": "Kota Bogor"}

    import_module("p2emas.migrations.0007_fill_who_we_are").fill(apps, None)

    assert str(Identity.objects.get()) == "Kabupaten Alor"


@pytest.mark.django_db
def test_check_names_each_variable_that_does_nothing_any_more(settings):
    settings.FORMER_IDENTITY = {"REGENCY_NAME": "Kota Bogor", "PROVINCE_NAME": "", "CONTACT_LINE": "0251"}
    said = StringIO()

    call_command("check", stdout=said, stderr=said)

    lines = [line for line in said.getvalue().splitlines() if "p2emas.W011" in line]
    assert {line.split()[2] for line in lines} == {"REGENCY_NAME", "CONTACT_LINE"}
    assert "HINT: Hapus variabel ini; isi dan ubah di halaman /identitas/." in said.getvalue()
    settings.FORMER_IDENTITY = dict.fromkeys(settings.FORMER_IDENTITY, "")
    said = StringIO()
    call_command("check", stdout=said, stderr=said)
    assert "W011" not in said.getvalue()
