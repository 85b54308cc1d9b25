"""What the pages of an application weigh and ask, with all the villages of a regency to choose from."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facilitators.recruitment.apply.steps import PARTS
from tests import facilitator_factories as make
from tests.facilitator_factories import nik_of
from tests.facilitators.recruitment.applying import IDENTITY, address, fill, send_page
from tests.factories import DistrictFactory, VillageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
HTML, SCRIPT = 15_000, 6 * 1024
MOST = 20


@pytest.fixture
def record():
    record = make.RecruitmentRoundFactory(complete=True)
    for _ in range(14):
        make.PlaceFactory(round=record)
    for district in DistrictFactory.create_batch(14):
        VillageFactory.create_batch(28, district=district)
    return record


def test_every_page_is_light_and_asks_little(client, record):
    application = fill(client, record)
    urls = [
        "/rekrutmen/",
        f"/rekrutmen/{record.code}/",
        *(address(record, part.slug) for part in PARTS),
        "/rekrutmen/status/",
    ]
    found = {}

    for url in urls:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url)
        found[url] = page.status_code, len(gzip.compress(page.content)), len(asked)

    assert application.may_edit()
    assert {status for status, _, _ in found.values()} == {200}
    assert {url: size for url, (_, size, _) in found.items() if size > HTML} == {}
    assert {url: number for url, (_, _, number) in found.items() if number > MOST} == {}


def test_script_that_shrinks_photos_is_small():
    assert Path(finders.find("js/lamar.js")).stat().st_size <= SCRIPT


def test_starting_many_applications_from_one_address_ends(client, record):
    cache.clear()
    typed = {"nik": nik_of(1), **IDENTITY, "client_token": "0", "version": "0"}
    page = address(record, "identitas")

    def start(number: int) -> int:
        visitor = Client()
        return visitor.post(page, {**typed, "client_token": f"00000000-0000-4000-8000-{number:012d}"}).status_code

    statuses = [start(number) for number in range(61)]
    cache.clear()

    assert statuses == [302] * 60 + [429]
    assert send_page(Client(), page, **{"nik": nik_of(2), **IDENTITY}).status_code == 302
