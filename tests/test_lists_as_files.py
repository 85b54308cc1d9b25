"""Every list that leaves as CSV leaves as Excel too: the same columns and rows, by the same filter and rights."""

import csv
import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from p2emas.documents.tables import csv_cell
from tests.facilitator_factories import PlacementFactory
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    AidCheckFactory,
    AidPackageFactory,
    MeetingFactory,
    ObstacleFactory,
    PlanLineFactory,
    ProductionFigureFactory,
    ProgressReportFactory,
    TreasuryEntryFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.programs.planning.conftest import add_line
from tests.source_tree import ROOT, python_files

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
WRITES_CSV = {"p2emas/documents/tables.py", "p2emas/exports/lists.py", "p2emas/imports/views.py"}
LISTS = {
    "/rencana/": "Kode SKPD",
    "/rencana/baris/": "Kode desa",
    "/rencana/fokus/": "Kode SKPD",
    "/laporan/": "Kode SKPD",
    "/kepatuhan/": "Kode SKPD",
    "/sp2d/": "Kode SKPD",
    "/kendala/": "Kode desa",
    "/paket/": "Kode desa",
    "/rakor/": "",
    "/tindak-lanjut/": "Kode",
    "/bukti/": "Kode kecamatan",
    "/anggaran/": "Kode SKPD",
    "/desa/": "Kode",
    "/kecamatan/": "Kode",
    "/ringkasan/desa/": "Kode desa",
    "/ringkasan/keputusan/": "",
    "/dasbor/fokus/": "",
    "/dasbor/skpd/": "Kode SKPD",
    "/dasbor/serempak/": "Kode desa",
    "/dasbor/tepat-waktu/": "Kode SKPD",
    "/dasbor/realisasi/": "Kode SKPD",
    "/dasbor/hasil/": "Kode desa",
    "/dasbor/kesiapan/": "Kode desa",
    "/pendamping/": "Kode desa",
    "/hasil/": "Kode kecamatan",
}


@pytest.fixture
def rows():
    line = add_line(WorkPlanFactory(agreed=True), amount=40_000_000)
    PlanLineFactory(plan=line.plan, amount=7_000_000)
    ProgressReportFactory(plan=line.plan, agency=line.plan.agency)
    TreasuryEntryFactory(text="=1+1", amount=-5)
    ObstacleFactory(text="=1+1", village=VillageFactory(), due_on=date(2019, 11, 1))
    AidCheckFactory(package__item="=1+1", package__quantity="12.5")
    AidPackageFactory(item="=1+1")
    ActionItemFactory(text="=1+1", meeting=MeetingFactory(held=True, subject="=1+1"))
    ProductionFigureFactory(value="12.5")
    ProductionFigureFactory(value=None, is_sample=True)


def csv_rows(client, address: str) -> list[list[str]]:
    text = client.get(address, {"format": "csv"}).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def xlsx_rows(client, address: str) -> list[list[str]]:
    """The cells of the first sheet as CSV would write them."""
    answer = client.get(address, {"format": "xlsx"})
    assert answer["Content-Disposition"].endswith('.xlsx"'), address
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [[as_csv(cell) for cell in row] for row in sheet.iter_rows()]


def as_csv(cell) -> str:
    if isinstance(cell.value, datetime):
        return f"{cell.value:%d-%m-%Y %H.%M}" if "hh" in cell.number_format else f"{cell.value:%d-%m-%Y}"
    return csv_cell(cell.value)


def plain(rows: list[list[str]]) -> list[list[str]]:
    return [[re.sub(r",?0+$", "", cell) if re.fullmatch(r"\d+,\d+", cell) else cell for cell in row] for row in rows]


@pytest.mark.parametrize("address", LISTS)
def test_excel_holds_what_csv_holds(client_as, rows, address):
    client = client_as("coordinator")

    by_csv, by_excel = csv_rows(client, address), xlsx_rows(client, address)

    assert LISTS[address] in by_csv[0] or not LISTS[address]
    assert plain(by_excel) == plain(by_csv)


@pytest.mark.parametrize("address", ["/rencana/", "/laporan/", "/sp2d/", "/kendala/", "/rakor/", "/tindak-lanjut/"])
def test_an_agency_gets_its_own_rows_in_both(client_as, rows, address):
    client = client_as("agency_operator", at=AgencyFactory())

    assert xlsx_rows(client, address) == csv_rows(client, address)
    assert len(csv_rows(client, address)) == 1


@pytest.mark.parametrize("address", ["/bukti/", "/pendamping/", "/dasbor/fokus/"])
def test_who_may_not_read_a_list_gets_no_file(client_as, rows, address):
    assert client_as("agency_operator", at=AgencyFactory()).get(address, {"format": "xlsx"}).status_code == 403


@pytest.mark.parametrize("address", LISTS)
def test_a_page_with_a_csv_offers_excel(client_as, rows, address):
    page = client_as("coordinator").get(address).content.decode()

    assert page.count("format=xlsx") == page.count("format=csv") > 0


def test_no_list_writes_its_own_csv():
    found = {
        str(path.relative_to(ROOT))
        for path in python_files(ROOT)
        if "csv_response" in path.read_text("utf-8") and "tests" not in path.parts
    }

    assert found == WRITES_CSV


@pytest.mark.parametrize(
    "address",
    [
        "/rencana/",
        "/rencana/baris/",
        "/laporan/",
        "/sp2d/",
        "/kepatuhan/",
        "/kendala/",
        "/rakor/",
        "/tindak-lanjut/",
        "/bukti/",
        "/pendamping/",
        *(f"/dasbor/{key}/" for key in ("skpd", "tepat-waktu", "realisasi")),
    ],
)
def test_a_file_asks_the_same_number_of_queries_for_more_rows(client_as, rows, address):
    client, counts = client_as("coordinator"), []
    for more in (1, 2):
        for _each in range(more):
            line = add_line(WorkPlanFactory(agreed=True))
            ProgressReportFactory(plan=line.plan, agency=line.plan.agency)
            ObstacleFactory(village=VillageFactory(), responsible=AgencyFactory())
            ProductionFigureFactory()
            PlacementFactory()
            TreasuryEntryFactory()
        with CaptureQueriesContext(connection) as seen:
            client.get(address, {"format": "xlsx"})
        counts.append(len(seen))

    assert counts[0] == counts[1]
