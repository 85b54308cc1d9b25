"""/rekap/: who reads what, the address, and the files."""

from io import BytesIO

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from p2emas.documents.kinds import PDF
from p2emas.exports.lists import XLSX
from p2emas.models import ListRequest
from programs.recaps import whole
from programs.recaps.forms import RecapForm
from tests.factories import (
    ActivityFactory,
    IndicatorFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans():
    ReportingPeriodFactory(number=2)
    ReportingPeriodFactory(number=3)
    made = []
    for name in ("Dinas Satu", "Dinas Dua"):
        plan = WorkPlanFactory(agreed=True, agency__name=name, agency__short_name=name.split()[1])
        line = PlanLineFactory(plan=plan, activity=ActivityFactory(agency=plan.agency, name=f"Kerja {name}"))
        IndicatorFactory(activity=line.activity)
        made.append(plan)
    return made


def test_agency_reads_its_own_paper_only(plans, client_as):
    client = client_as("agency_operator", at=plans[1].agency)

    page = client.get("/rekap/", {"skpd": plans[0].agency.code}).content.decode()

    assert "Kerja Dinas Dua" in page
    assert "Kerja Dinas Satu" not in page
    assert "Semua SKPD" not in page


def test_address_says_paper_period_and_agency(plans, client_as):
    page = client_as("auditor").get("/rekap/", {"bentuk": "e81-17", "periode": "2019-T2", "skpd": plans[1].agency.code})

    assert page.context["page"].sheet.name == f"e81-17-{plans[1].agency.code}-2019-tw2"
    assert f"?bentuk=e81-17&amp;periode=2019-T2&amp;skpd={plans[1].agency.code}&amp;format=pdf" in page.content.decode()


@pytest.mark.parametrize("periode", ["2019-T9", "x", "2019-B1a", "2019-T", "-T3", "9999-T1", "2019-T²"])
def test_address_that_nobody_can_mean_gives_the_newest_quarter(plans, client_as, periode):
    page = client_as("auditor").get("/rekap/", {"periode": periode, "bentuk": "x", "skpd": "x"})

    assert page.context["page"].sheet.period == "Triwulan III 2019"


@pytest.mark.parametrize(
    ("bentuk", "periode", "period"),
    [("e81", "2019-B10", "Triwulan III 2019"), ("e81", "2019-B05", "Triwulan II 2019"),
     ("rfk", "2019-T4", "September 2019"), ("rfk", "2019-T2", "Juni 2019")],
)  # fmt: skip
def test_period_of_the_other_kind_is_the_same_on_screen_and_in_the_file(plans, client_as, bentuk, periode, period):
    """The fourth quarter is not opened yet and December has not begun: neither is offered."""
    if periode == "2019-T4":
        ReportingPeriodFactory(number=4)
    client = client_as("coordinator")

    page = client.get("/rekap/", {"bentuk": bentuk, "periode": periode})
    file = client.get(f"/rekap/{page.context['xlsx']}")

    assert page.context["page"].sheet.period == period
    assert load_workbook(BytesIO(file.content)).worksheets[0]["A3"].value.endswith(f" · {period}")


def test_before_the_first_quarter_the_page_says_so(client_as):
    assert "Belum ada periode" in client_as("leader").get("/rekap/").content.decode()


def test_workbook_is_f4_landscape_with_a_head_that_stays(plans, client_as):
    answer = client_as("agency_head", at=plans[0].agency).get("/rekap/", {"format": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("E10", "$7:$9")
    assert sheet.auto_filter.ref == "A9:Z11"


def test_all_agencies_are_made_by_the_worker_in_one_workbook(plans, client_as):
    client = client_as("coordinator")
    answer = client.get("/rekap/", {"format": "xlsx", "skpd": "semua"})

    made = ListRequest.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.total, made.done) == (2, 2)
    assert "Daftar 2 SKPD sudah siap." in client.get(answer.url).content.decode()
    assert load_workbook(BytesIO(made.content)).sheetnames == ["Satu", "Dua", "Keterangan"]


@pytest.mark.parametrize("wanted", ["pdf", "xlsx"])
def test_paper_of_many_rows_is_made_by_the_worker(plans, client_as, monkeypatch, wanted):
    monkeypatch.setattr(whole, "LONG_PAPER", 1)
    client = client_as("coordinator")

    answer = client.get("/rekap/", {"bentuk": "rkpd", "format": wanted})
    made = ListRequest.objects.get()
    file = client.get(f"{answer.url}berkas/")

    assert answer.url == made.get_absolute_url()
    assert made.name == f"rekap-rkpd-2019-t3-semua.{wanted}"
    assert file.content[:4] == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04"}[wanted]
    assert file["Content-Type"] == {"pdf": PDF, "xlsx": XLSX}[wanted]


@pytest.mark.parametrize(("bentuk", "ending"), [("e81", "xlsx"), ("e81-17", "xlsx"), ("rkpd", "xlsx"), ("rkpd", "pdf")])
def test_progress_of_a_paper_of_all_agencies_counts_them(plans, user_as, bentuk, ending):
    """Read one by one, a paper of the regency says the same as read at once."""
    search = RecapForm(QueryDict(f"bentuk={bentuk}&skpd=semua"), user=user_as("coordinator"), all_agencies=True)
    file, told = whole.file_of(search, ending), []

    file.as_file(QueryDict(""), told.append)

    assert told == [1, 2]
    assert list(file.each(told.append)) == file.sheets()


def test_long_factor_is_wrapped_over_the_columns_beside_its_label(plans, client_as):
    words = "Jalan ke kebun diaspal. " * 60
    ProgressReportFactory(
        agency=plans[0].agency, plan=plans[0], period__number=3, sent=True, supporting_factor=words.strip()
    )

    answer = client_as("agency_head", at=plans[0].agency).get("/rekap/", {"format": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    (label,) = (cell for cell in sheet["A"] if cell.value == "Faktor pendorong")
    assert sheet.cell(label.row, 5).value == words.strip()
    assert any(f"E{label.row}:Z{label.row}" == str(area) for area in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[label.row].height > 80


FORMULA = '=HYPERLINK("http://contoh.invalid";"x")'


@pytest.mark.parametrize("bentuk", ["e81", "e81-17", "rkpd", "rfk"])
def test_typed_text_that_looks_like_a_formula_stays_text(plans, client_as, bentuk):
    agency = plans[0].agency
    agency.name = agency.short_name = FORMULA
    agency.save()
    activity = plans[0].lines.get().activity
    activity.name = activity.programme_name = FORMULA
    activity.save()
    activity.indicators.update(name=FORMULA, unit="=1+1")
    ProgressReportFactory(agency=agency, plan=plans[0], period__number=3, sent=True, supporting_factor=FORMULA)

    asked = {"bentuk": bentuk, "format": "xlsx", "skpd": agency.code, "x": FORMULA}
    book = load_workbook(BytesIO(client_as("coordinator").get("/rekap/", asked).content))

    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "=" in str(cell.value)]
    formulas = {cell.value for cell in typed if cell.data_type == "f"}
    assert any(FORMULA in str(cell.value) for cell in typed)
    assert not any("HYPERLINK" in each or "1+1" in each for each in formulas)


def test_agency_may_be_named_as_the_sheet_about_the_workbook(plans, client_as):
    agency = plans[0].agency
    agency.short_name = "keterangan"
    agency.save()

    answer = client_as("agency_head", at=agency).get("/rekap/", {"format": "xlsx"})

    assert load_workbook(BytesIO(answer.content)).sheetnames == ["keterangan 2", "Keterangan"]
