"""E.81 of one agency: what is in which column, and what counts as known."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from programs.models import IndicatorValue, ProgressReport, ReportLine
from programs.recaps.catalogue import OF_CODE
from programs.recaps.description import RecapQuestion, RecapSheet
from programs.reporting.reopening.keeping import keep_approved
from tests.factories import (
    ActivityFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    ProgressReportFactory,
    RenstraActivityFactory,
    RenstraTargetFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)
from tests.p2emas.documents.pdf_text import text_of as pdf_text
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


def period(number: int, year: int = 2019):
    return ReportingPeriodFactory(year=year, number=number)


def sheet_of(agency, code: str = "e81", *, quarter: int = 3) -> RecapSheet:
    paper = OF_CODE[code]
    return paper.make(RecapQuestion(paper, [agency], 2019, quarter))[0]


@pytest.fixture
def plan():
    return WorkPlanFactory(agreed=True)


def report(plan, number: int, **state) -> ProgressReport:
    return ProgressReportFactory(agency=plan.agency, plan=plan, period=period(number), **state)


def work(plan, *, amount: int = 100_000_000, formula: str = "increasing", target: int = 40, **fields):
    """A line of an activity with one indicator, both linked to the Renstra."""
    activity = ActivityFactory(agency=plan.agency, programme_name="Produksi", **fields)
    renstra = RenstraActivityFactory(agency=plan.agency, money=400_000_000, realised_money=60_000_000)
    activity.renstra = renstra
    activity.save()
    goal = RenstraTargetFactory(activity=renstra, formula=formula, target=200, realised=30)
    indicator = IndicatorFactory(activity=activity, formula=formula, renstra_target=goal)
    IndicatorTargetFactory(indicator=indicator, target=target)
    return PlanLineFactory(plan=plan, activity=activity, amount=amount), indicator


def says(made, line, indicator, *, spent, value) -> None:
    ReportLineFactory(report=made, plan_line=line, spent_to_date=spent)
    IndicatorValueFactory(report=made, indicator=indicator, value=value)


def test_quarters_add_up_and_the_renstra_is_before_and_now(plan):
    line, indicator = work(plan)
    says(report(plan, 1, approved=True), line, indicator, spent=10_000_000, value=5)
    says(report(plan, 2, approved=True), line, indicator, spent=35_000_000, value=7)

    cells = sheet_of(plan.agency, quarter=2).rows[1].cells

    assert [cells[f"q{n}_rp"] for n in (1, 2, 3, 4)] == [10_000_000, 25_000_000, None, None]
    assert [cells[f"q{n}_k"] for n in (1, 2, 3, 4)] == [5, 7, None, None]
    assert (cells["year_rp"], cells["year_k"]) == (35_000_000, 12)
    assert (cells["total_rp"], cells["total_k"]) == (95_000_000, 42)
    assert (cells["share_rp"], cells["share_k"]) == (23.75, 21)
    assert (cells["reached_rp"], cells["reached_k"]) == (35, 30)


@pytest.mark.parametrize(
    ("formula", "realised", "total", "reached", "share"),
    [("increasing", 24, 54, 60, 27), ("percentage", 16, 16, 40, 8), ("end_value", 16, 16, 40, 8),
     ("decreasing", 16, 16, 250, 1250)],
)  # fmt: skip
def test_each_type_of_formula_has_its_own_sum(plan, formula, realised, total, reached, share):
    line, indicator = work(plan, formula=formula)
    says(report(plan, 1, approved=True), line, indicator, spent=1, value=8)
    says(report(plan, 2, approved=True), line, indicator, spent=2, value=16)

    cells = sheet_of(plan.agency, quarter=2).rows[1].cells

    assert [cells[f"{key}_k"] for key in ("year", "total", "reached", "share")] == [realised, total, reached, share]


def test_a_draft_counts_nothing_and_a_sent_report_is_marked(plan):
    line, indicator = work(plan)
    says(report(plan, 1, approved=True), line, indicator, spent=10, value=1)
    says(report(plan, 2, sent=True), line, indicator, spent=20, value=2)
    says(report(plan, 3, draft=True), line, indicator, spent=30, value=4)

    sheet = sheet_of(plan.agency)
    cells = sheet.rows[1].cells

    assert [cells[f"q{n}_k"] for n in (1, 2, 3)] == [1, 2, None]
    assert {group.key: group.label for group in sheet.groups}["q2"] == "Realisasi TW II (belum diverifikasi)"
    assert "Angka TW II belum diverifikasi" in sheet.marks
    assert "Laporan TW III belum diterima" in sheet.marks


@pytest.mark.parametrize("status", ["RETURNED", "WAITING"])
def test_report_that_is_corrected_says_what_was_approved(plan, status):
    """Money, values, the version of the plan and the day are those of the copy; every figure is unequal."""
    line, indicator = work(plan)
    says(report(plan, 1, approved=True), line, indicator, spent=10_000_000, value=5)
    said = {"supporting_factor": "Disetujui", "hindering_factor": "Jalan rusak", "next_step": "Dua", "next_plan_step": "R",
            "signer_name": "Pejabat lama", "letter_date": date(2019, 7, 3)}  # fmt: skip
    made = report(plan, 2, approved=True, **said)
    says(made, line, indicator, spent=35_000_000, value=7)
    keep_approved(made)
    later = WorkPlanFactory(agreed=True, agency=plan.agency, kind="PERUBAHAN", sequence=2, supersedes=plan,
                            effective_on=date(2019, 4, 1))  # fmt: skip
    changed = PlanLineFactory(plan=later, activity=line.activity, continues=line, amount=130_000_000)
    typed = {name: "Belum disetujui" for name in said if name != "letter_date"} | {"letter_date": date(2019, 9, 9)}
    ProgressReport.objects.filter(pk=made.pk).update(status=status, plan=later, decided_at=None, **typed)
    ReportLine.objects.filter(report=made).update(plan_line=changed, spent_to_date=61_000_000)
    IndicatorValue.objects.filter(report=made).update(value=19)

    sheet = sheet_of(plan.agency, quarter=2)
    cells = sheet.rows[1].cells

    assert (cells["q1_rp"], cells["q2_rp"], cells["year_rp"]) == (10_000_000, 25_000_000, 35_000_000)
    assert (cells["q2_k"], cells["year_k"], cells["target_rp"]) == (7, 12, 100_000_000)
    assert "TW II sedang dikoreksi, angkanya yang disetujui" in sheet.marks
    assert not any("belum diverifikasi" in each for each in sheet.marks)
    assert sheet.signers[1].heading.endswith("7 Oktober 2019")
    assert [text for _label, text in sheet.factors] == ["Disetujui", "Jalan rusak", "Dua", "R"]
    assert (sheet.signers[0].name, sheet.signers[0].heading[-11:]) == ("Pejabat lama", "3 Juli 2019")
    regency = sheet_of(plan.agency, "rkpd", quarter=2)
    assert regency.rows[1].cells["q2_rp"] == 25_000_000
    assert f"TW II sedang dikoreksi, angkanya yang disetujui: {plan.agency.short_name}" in regency.marks


def test_village_money_is_outside_and_unknown_is_no_zero(plan):
    line, indicator = work(plan)
    village = PlanLineFactory(plan=plan, activity=line.activity, fund="DD", amount=7)
    made = report(plan, 1, approved=True)
    says(made, line, indicator, spent=None, value=None)
    ReportLineFactory(report=made, plan_line=village, spent_to_date=7)

    cells = sheet_of(plan.agency, quarter=1).rows[1].cells

    assert cells["target_rp"] == 100_000_000
    assert [cells[key] for key in ("q1_rp", "year_rp", "total_rp", "share_rp", "q1_k", "share_k")] == [None] * 6
    assert cells["remark"] == "1 baris belum ada data"


def test_money_of_an_activity_is_printed_once(plan):
    line, indicator = work(plan)
    IndicatorFactory(activity=line.activity)
    says(report(plan, 1, approved=True), line, indicator, spent=5, value=1)

    level, first, second = sheet_of(plan.agency, quarter=1).rows

    assert level.cells["q1_rp"] == first.cells["q1_rp"] == 5
    assert "q1_rp" not in second.cells
    assert second.cells["q1_k"] is None


def test_earlier_years_of_the_system_follow_what_the_renstra_says_of_those_before(plan):
    line, indicator = work(plan)
    before = WorkPlanFactory(agreed=True, agency=plan.agency, year=2018)
    activity = ActivityFactory(agency=plan.agency, year=2018, renstra=line.activity.renstra)
    same = IndicatorFactory(activity=activity, renstra_target=indicator.renstra_target)
    old = PlanLineFactory(plan=before, activity=activity)
    made = ProgressReportFactory(approved=True, agency=plan.agency, plan=before, period=period(4, 2018))
    says(made, old, same, spent=9_000_000, value=11)

    cells = sheet_of(plan.agency).rows[1].cells

    assert (cells["before_rp"], cells["before_k"]) == (69_000_000, Decimal(41))


def test_average_is_of_the_renja_and_the_predicate_of_the_unrounded_value(plan):
    made = report(plan, 1, approved=True)
    for value in (30, 31):  # 75 and 77.5 per cent: 76.25
        line, indicator = work(plan)
        says(made, line, indicator, spent=1, value=value)
    work(plan)  # not reported

    sheet = sheet_of(plan.agency, quarter=1)

    assert dict(sheet.foot) == {
        "Rata-rata capaian kinerja Renja (%)": "76,3 (2 dari 3 indikator; 1 belum ada data)",
        "Predikat kinerja Renja": "Tinggi",
        "Rata-rata capaian kinerja Renstra (%)": "30,3 (2 dari 3 indikator; 1 belum ada data)",
    }


def test_factors_and_signers_come_from_the_report(plan):
    made = report(plan, 1, approved=True, supporting_factor="Kelompok rajin", next_plan_step="Tambah alat", signer_name="Budi", signer_nip="1",
                  signer_title="Kepala Dinas", letter_date=date(2019, 4, 5))  # fmt: skip

    sheet = sheet_of(plan.agency, quarter=1)

    assert made.next_step == ""
    assert dict(sheet.factors)["Faktor pendorong"] == "Kelompok rajin"
    assert dict(sheet.factors)["Tindak lanjut triwulan berikutnya"] == "belum diisi"
    assert dict(sheet.factors)["Tindak lanjut Renja berikutnya"] == "Tambah alat"
    assert (sheet.signers[0].name, sheet.signers[0].title) == ("Budi", "Kepala Dinas")
    assert sheet.signers[0].heading.endswith("5 April 2019")


def test_quarter_that_fell_is_in_brackets_with_a_note(plan, client_as):
    line, indicator = work(plan)
    says(report(plan, 1, approved=True), line, indicator, spent=50_000_000, value=10)
    says(report(plan, 2, approved=True), line, indicator, spent=48_766_000, value=10)
    address = f"/rekap/?bentuk=e81&periode=2019-T2&skpd={plan.agency.code}"
    coordinator = client_as("coordinator")

    page = text_of(coordinator.get(address))
    paper = " ".join(pdf_text(coordinator.get(f"{address}&format=pdf").content).split())
    book = openpyxl.load_workbook(io.BytesIO(coordinator.get(f"{address}&format=xlsx").content))

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == -1_234_000]
    assert cells and {cell.number_format for cell in cells} == {"#,##0;(#,##0)"}
    for said in (page, paper, str([[cell.value for cell in row] for row in book.worksheets[0].iter_rows()])):
        assert "Angka dalam kurung turun dari triwulan sebelumnya" in said
    assert "(1.234.000)" in page and "(1.234.000)" in paper
    assert "dalam kurung" not in text_of(coordinator.get(address.replace("2019-T2", "2019-T1")))
