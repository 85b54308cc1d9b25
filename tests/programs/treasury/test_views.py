"""The list of SP2D: filters, totals, files, and who reads which rows."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActivityFactory, AgencyFactory, TreasuryEntryFactory
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
LIST = reverse("treasury:payment-list")


@pytest.fixture
def rows():
    agency = AgencyFactory(short_name="Dinas Pangan", code="pangan")
    seed = ActivityFactory(agency=agency, code="2.01.01", name="Bibit lada")
    fair = ActivityFactory(agency=agency, code="3.01.01", name="Pameran")
    old = ActivityFactory(agency=agency, code="2.01.01", year=2018)
    return agency, [
        TreasuryEntryFactory(activity=seed, sp2d_no="A-001", amount=100),
        TreasuryEntryFactory(activity=seed, sp2d_no="A-002", amount=-30),
        TreasuryEntryFactory(activity=fair, sp2d_no="B-003", amount=5),
        TreasuryEntryFactory(activity=old, sp2d_no="C-004", amount=7, paid_on=date(2018, 6, 1)),
        TreasuryEntryFactory(sp2d_no="D-005", amount=1_000),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"A-001", "A-002", "B-003", "D-005"}),
        ({"tahun": 2018}, {"C-004"}),
        ({"skpd": "pangan"}, {"A-001", "A-002", "B-003"}),
        ({"kegiatan": "2.01"}, {"A-001", "A-002", "D-005"}),
        ({"kegiatan": "lada"}, {"A-001", "A-002"}),
        ({"nomor": "b-0"}, {"B-003"}),
        ({"nomor": "tidak ada"}, set()),
        ({"tahun": "entah", "skpd": "entah"}, {"A-001", "A-002", "B-003", "D-005"}),
    ],
)
def test_filters_choose_rows(client_as, rows, query, shown):
    page = text_of(client_as("coordinator").get(LIST, query))

    assert {number for number in ("A-001", "A-002", "B-003", "C-004", "D-005") if number in page} == shown


def test_totals_are_those_of_the_filter_with_what_came_back(client_as, rows):
    page = text_of(client_as("auditor").get(LIST, {"skpd": "pangan"})).replace("\xa0", " ")

    assert "Rp 75 dalam 3 baris tahun 2019: Rp 105 dibayar, -Rp 30 pengembalian" in page.replace("\N{MINUS SIGN}", "-")


def test_an_agency_sees_its_own_rows_and_no_choice_of_agencies(client_as, rows):
    agency, _entries = rows
    page = client_as("agency_operator", at=agency).get(LIST).content.decode()

    assert "A-001" in page and "D-005" not in page
    assert 'name="skpd"' not in page and "Impor SP2D" in page


def test_who_only_reads_is_not_sent_to_the_import(client_as, rows):
    assert "Impor SP2D" not in text_of(client_as("auditor").get(LIST))


def test_invented_rows_are_marked(client_as, rows):
    _agency, entries = rows
    entries[0].is_sample = True
    entries[0].save()

    page = text_of(client_as("coordinator").get(LIST))

    assert "DATA CONTOH" in page and "A-001 *" in page
