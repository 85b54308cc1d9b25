"""What somebody has agreed to never changes: a new text is a new version, and the one who answers is kept with it."""

import pytest

from facilitators.recruitment.apply import consent
from p2emas import clock, naming
from p2emas.naming import Names
from tests import facilitator_factories as make

FINGERPRINTS = {
    "2019-1": "5736d44e99674b599156c6766c87ecc6e190c2fadeb044ea0550b8024f873886",
    "2019-2": "a56affdaa46aade964f1550c2fbb350377479df14e1e1de388caa5872f4d464f",
}
BOGOR = Names(place="Bogor", office="Bappedalitbang", office_name="Badan Perencanaan dan Penelitian")


def test_no_version_was_edited():
    assert {version: each.fingerprint for version, each in consent.VERSIONS.items()} == FINGERPRINTS


def test_current_version_is_the_last_one():
    assert consent.CURRENT is list(consent.VERSIONS.values())[-1]


def test_text_names_who_asks_in_this_regency():
    with naming.held(BOGOR):
        shown = consent.CURRENT.shown()
        kept = consent.agreed(clock.now())

    assert shown.purpose.startswith("Badan Perencanaan dan Penelitian Kabupaten Bogor memakai data ini")
    assert "panitia seleksi Bappedalitbang." in shown.points[1]
    assert kept["consented_to"] == "Badan Perencanaan dan Penelitian Kabupaten Bogor"


@pytest.mark.django_db
def test_what_was_agreed_stays_when_the_office_is_renamed(client_as):
    application = make.ApplicationFactory(consented_to="Bappeda Kabupaten Bogor")
    with naming.held(BOGOR):
        page = client_as("coordinator").get(application.get_absolute_url()).content.decode()

    assert "Bappeda Kabupaten Bogor, versi 2019-2" in page


@pytest.mark.django_db
def test_privacy_page_shows_only_texts_that_somebody_agreed_to(client):
    assert "Versi 2019-1" not in client.get("/privasi/").content.decode()

    make.ApplicationFactory(consent_version="2019-1")

    assert "Versi 2019-1" in client.get("/privasi/").content.decode()
