"""Lines and villages that say nothing: they are in no share, and take nothing back from a quarter."""

import pytest

from tests.factories import (
    IndicatorTargetFactory,
    IndicatorValueFactory,
    NomenclatureEntryFactory,
    PlanLineFactory,
    ReportLineFactory,
    VillageFactory,
    WorkPlanFactory,
)

from .test_e81 import report, says, sheet_of, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return WorkPlanFactory(agreed=True)


def with_two_lines(plan, spent: list[tuple]) -> dict:
    """Lines of 100 and 300 million; what each says in the quarters. The cells of their activity."""
    line, indicator = work(plan)
    other = PlanLineFactory(plan=plan, activity=line.activity, amount=300_000_000)
    for number, (first, second) in enumerate(spent, 1):
        made = report(plan, number, approved=True)
        says(made, line, indicator, spent=first, value=10)
        ReportLineFactory(report=made, plan_line=other, spent_to_date=second)
    sheet = sheet_of(plan.agency, "e81-17", quarter=len(spent))
    assert sheet.rows[0].cells["reached_rp"] == sheet.rows[1].cells["reached_rp"]  # the programme has no other work
    assert sheet.rows[0].cells["share_rp"] == sheet.rows[1].cells["share_rp"]
    return sheet.rows[1]


def test_line_without_a_figure_is_in_neither_side(plan):
    row = with_two_lines(plan, [(20_000_000, None)])

    assert (row.cells["target_rp"], row.cells["year_rp"], row.cells["reached_rp"]) == (400_000_000, 20_000_000, 20)
    assert row.cells["share_rp"] is None  # the money of five years is not divided by lines
    assert row.cells["remark"] == "1 baris belum ada data; keuangan dari 1 dari 2 baris"
    assert "reached_rp" not in row.formulas


def test_line_that_falls_silent_takes_nothing_back(plan):
    row = with_two_lines(plan, [(20_000_000, 60_000_000), (30_000_000, None)])

    assert [row.cells[f"q{n}_rp"] for n in (1, 2)] == [80_000_000, 10_000_000]
    assert (row.cells["year_rp"], row.cells["reached_rp"]) == (90_000_000, 22.5)
    assert row.cells["share_rp"] == 37.5
    assert row.cells["remark"] == "1 baris belum ada data"
    assert "reached_rp" in row.formulas


def test_line_that_speaks_later_has_cost_all_of_it_in_that_quarter(plan):
    row = with_two_lines(plan, [(20_000_000, None), (30_000_000, 60_000_000)])

    assert [row.cells[f"q{n}_rp"] for n in (1, 2)] == [20_000_000, 70_000_000]
    assert row.cells["remark"] == ""


def test_village_without_a_value_is_in_neither_side(plan):
    line, indicator = work(plan)
    indicator.targets.all().delete()
    told, silent = VillageFactory(), VillageFactory()
    for village, target in ((told, 10), (silent, 30)):
        IndicatorTargetFactory(indicator=indicator, village=village, target=target)
    made = report(plan, 1, approved=True)
    ReportLineFactory(report=made, plan_line=line, spent_to_date=1)
    IndicatorValueFactory(report=made, indicator=indicator, village=told, value=8)
    IndicatorValueFactory(report=made, indicator=indicator, village=silent, value=None)

    row = sheet_of(plan.agency, "e81-17", quarter=1).rows[1]

    assert (row.cells["target_k"], row.cells["year_k"], row.cells["reached_k"]) == (40, 8, 80)
    assert row.cells["share_k"] is None
    assert row.cells["remark"] == "kinerja tanpa 1 desa yang belum ada data"
    assert "reached_k" not in row.formulas and "year_k" in row.formulas


def test_levels_of_the_regency_add_the_work_of_all_agencies(plan):
    other = WorkPlanFactory(agreed=True)
    NomenclatureEntryFactory(version__code="13/2006", level="URUSAN", code="1", parent_code="", name="URUSAN WAJIB")
    for each, code, spent in ((plan, "1.15.01.15.01", 5), (other, "1.15.01.15.02", 7), (other, "2.01.01.15.01", 9)):
        line, indicator = work(each, code=code)
        made = report(each, 1, approved=True) if not each.reports.exists() else each.reports.get()
        says(made, line, indicator, spent=spent, value=1)
    work(plan, code="tanpa pola")

    papers = sheet_of_both(plan, other)

    levels = [(row.cells["code"], row.cells["name"], row.cells["year_rp"]) for row in papers if not row.cells.get("no")]
    assert [level for level in levels if level[0] in ("", "1", "1.15", "2", "2.01")] == [
        ("1", "URUSAN WAJIB", 12),
        ("1.15", "Bidang urusan 1.15 (nama belum ada di daftar)", 12),
        ("2", "Urusan 2 (nama belum ada di daftar)", 9),
        ("2.01", "Bidang urusan 2.01 (nama belum ada di daftar)", 9),
        ("", "Tanpa kode urusan", None),
    ]
    numbers = [row.cells["no"] for row in papers if row.is_level and row.cells.get("no")]
    assert numbers == ["1", "2", "3", "4"]


def sheet_of_both(*plans):
    from programs.recaps.catalogue import OF_CODE
    from programs.recaps.description import RecapQuestion

    paper = OF_CODE["rkpd"]
    return paper.make(RecapQuestion(paper, [plan.agency for plan in plans], 2019, 1))[0].rows
