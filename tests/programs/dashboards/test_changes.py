import tomllib
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.html import escape

from programs.dashboards.changes import HISTORY

pytestmark = pytest.mark.django_db


def test_everybody_reads_what_changed_newest_first(client):
    page = client.get("/apa-yang-berubah/").content.decode()

    places = [page.index(f"Versi {version.number}") for version in HISTORY]
    assert places == sorted(places)
    for version in HISTORY:
        for change in version.changes:
            assert all(escape(sentence) in page for sentence in change.sentences)


def test_newest_version_is_the_one_that_runs():
    about = tomllib.loads((Path(__file__).resolve().parents[3] / "pyproject.toml").read_text())

    assert HISTORY[0].number == about["project"]["version"]
    days = [version.released_on for version in HISTORY if version.released_on]
    assert days == sorted(days, reverse=True)


def test_help_and_every_page_lead_to_it(client):
    for address in (reverse("dashboards:help"), reverse("dashboards:public-home")):
        assert 'href="/apa-yang-berubah/"' in client.get(address).content.decode()
