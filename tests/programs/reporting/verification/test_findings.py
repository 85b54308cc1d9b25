"""The figures beside the quarter before, and what the checks find in them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from programs.models import PlanLine, ProgressReport, ReportAttachment
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.verification.finding_list import LISTED, FindingList
from programs.reporting.verification.finding_words import words_of_finding
from programs.reporting.verification.findings import assess
from tests.factories import (
    AgencyFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
MONEY_AHEAD_POINTS, PHYSICAL_JUMP_POINTS = 20, 40
NEVER_SENT = {"submitted_by": None, "submitted_at": None}


def attach(line, kind=ReportAttachment.Kind.PHOTO):
    return ReportAttachment.objects.create(
        report=line.report,
        line=line,
        kind=kind,
        file="ab/x",
        original_name="x.jpg",
        content_type="image/jpeg",
        size=10,
        sha256="0" * 64,
    )


@pytest.fixture
def quarter():
    """``quarter(number, spent, physical, ...)``: the report of that quarter on one and the same plan line."""
    agency = AgencyFactory()
    plan = WorkPlanFactory(agreed=True, agency=agency)
    first = PlanLineFactory(plan=plan, amount=100_000_000, chain_link=PlanLine.ChainLink.SEED)

    def make(number, spent=50_000_000, physical=50, photo=True, plan_line=first, trait="verifying", **fields):
        period = ReportingPeriodFactory(number=number)
        report = ProgressReport.objects.filter(period=period, agency=agency).first() or ProgressReportFactory(
            period=period, agency=agency, plan=plan, **{trait: True}
        )
        line = ReportLineFactory(
            report=report, plan_line=plan_line, spent_to_date=spent, physical_to_date=physical, **fields
        )
        if photo:
            attach(line)
        return report

    make.plan_line = first
    return make


def sheet_of(report):
    return sheets_for([ProgressReport.objects.select_related("period").get(pk=report.pk)])[report.pk]


def found(report):
    return [
        (finding.code, finding.row.number if finding.row else None) for finding in assess(sheet_of(report)).findings
    ]


# --- The sheet --------------------------------------------------------------------------------


def test_row_is_compared_with_the_quarter_before_and_the_target(quarter):
    quarter(2, 20_000_000, 30)
    PlanLineTargetFactory(plan_line=quarter.plan_line, quarter=2, money=1)
    PlanLineTargetFactory(plan_line=quarter.plan_line, quarter=3, money=75_000_000)

    sheet = sheet_of(quarter(3, 50_000_000, Decimal("45.5")))

    (row,) = sheet.rows
    assert (row.spent_before, row.spent_change, row.physical_before, row.physical_change) == (
        20_000_000,
        30_000_000,
        30,
        Decimal("15.50"),
    )
    assert (row.absorption, row.money_lead, row.target.money, row.photos) == (50, Fraction(9, 2), 75_000_000, 1)
    assert sheet.previous.period.number == 2


def test_first_quarter_has_nothing_before_it(quarter):
    ReportLineFactory(
        report=ProgressReportFactory(verifying=True, period=ReportingPeriodFactory(year=2018, number=4)),
        plan_line=quarter.plan_line,
    )

    (row,) = sheet_of(quarter(1)).rows

    assert (row.before, row.spent_before, row.spent_change, row.physical_change) == (None, None, None, None)


def test_quarter_that_was_never_sent_is_passed_over(quarter):
    quarter(1, 10_000_000, 10)
    quarter(2, 90_000_000, 90, trait="draft")

    sheet = sheet_of(quarter(3))

    assert (sheet.previous.period.number, sheet.rows[0].spent_before) == (1, 10_000_000)


def test_same_work_is_found_through_two_budget_changes(quarter):
    quarter(2, 20_000_000, 30)
    shifted = PlanLineFactory(plan=quarter.plan_line.plan, continues=quarter.plan_line)
    changed = PlanLineFactory(plan=quarter.plan_line.plan, continues=shifted)
    new = PlanLineFactory(plan=quarter.plan_line.plan)
    quarter(3, plan_line=changed)

    rows = {row.plan_line: row for row in sheet_of(quarter(3, plan_line=new)).rows}

    assert (rows[changed].spent_before, rows[new].spent_before) == (20_000_000, None)


def test_plan_lines_that_continue_each_other_in_a_ring_end(quarter):
    quarter(2)
    a = PlanLineFactory(plan=quarter.plan_line.plan)
    b = PlanLineFactory(plan=quarter.plan_line.plan, continues=a)
    a.continues = b
    a.save()

    (row,) = sheet_of(quarter(3, plan_line=a)).rows

    assert row.before is None


def test_total_weighs_by_ceiling_and_keeps_village_money_apart(quarter):
    plan = quarter.plan_line.plan
    quarter(2, 10_000_000, 10)
    quarter(3, 50_000_000, 50)
    quarter(3, 300_000_000, 90, plan_line=PlanLineFactory(plan=plan, amount=300_000_000))
    report = quarter(3, 7, 7, plan_line=PlanLineFactory(plan=plan, amount=70, fund="DD"))

    sheet = sheet_of(report)

    total = sheet.total
    assert (total.amount, total.spent, total.spent_before, total.missing) == (400_000_000, 350_000_000, 10_000_000, 0)
    assert (total.absorption, total.physical, total.physical_before, total.physical_change) == (
        Fraction(175, 2),
        80,
        10,
        40,
    )
    assert (sheet.village_total.amount, sheet.village_total.spent) == (70, 7)
    assert [row.is_village_money for row in sheet.rows] == [False, False, True]


def test_total_of_unknown_figures_is_unknown_not_zero(quarter):
    total = sheet_of(quarter(3, None, None)).total

    assert (total.spent, total.physical, total.absorption, total.missing) == (None, None, None, 1)


def test_absorption_of_a_line_without_ceiling_is_unknown(quarter):
    report = quarter(3, 0, 0, plan_line=PlanLineFactory(plan=quarter.plan_line.plan, amount=0))

    (row,) = sheet_of(report).rows

    assert (row.absorption, row.money_lead) == (None, None)


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_cost_the_same_for_one_report_and_three(count, django_assert_num_queries):
    for _ in range(count):
        plan = WorkPlanFactory(agreed=True)
        for number in (2, 3):
            report = ProgressReportFactory(
                verifying=True, agency=plan.agency, plan=plan, period=ReportingPeriodFactory(number=number)
            )
            for _line in range(count):
                ReportLineFactory(report=report)
    reports = list(ProgressReport.objects.filter(period__number=3).select_related("period"))

    with django_assert_num_queries(4):  # lines, reports before, their lines, targets
        sheets = sheets_for(reports)
        [str(row.plan_line.activity) + str(row.plan_line.village) for s in sheets.values() for row in s.rows]

    assert {pk: len(sheet.rows) for pk, sheet in sheets.items()} == {report.pk: count for report in reports}


# --- The findings -----------------------------------------------------------------------------


def test_ordinary_report_has_no_findings(quarter):
    quarter(2, 20_000_000, 30)
    report = quarter(3)

    assessment = assess(sheet_of(report))

    assert assessment.findings == []
    assert (assessment.within_budget, assessment.checked_rows) == (True, 1)


def test_spending_up_to_the_ceiling_is_fine_and_one_rupiah_more_is_not(quarter):
    other = PlanLineFactory(plan=quarter.plan_line.plan, amount=100)
    quarter(3, 100_000_000, 100)

    assessment = assess(sheet_of(quarter(3, 101, 100, plan_line=other)))

    assert [(finding.code, finding.row.number) for finding in assessment.findings] == [("over_budget", 2)]
    assert not assessment.within_budget
    assert words_of_finding(assessment.findings[0]).detail == "Rp\u00a0101 dari pagu Rp\u00a0100."


def test_nothing_is_said_of_the_budget_without_figures(quarter):
    assert not assess(sheet_of(quarter(3, None, 5))).within_budget


def test_cumulative_money_that_falls(quarter):
    quarter(2, 60_000_000, 50)

    assert found(quarter(3, 59_999_999, 50)) == [("money_falls", 1)]


def test_cumulative_work_that_falls(quarter):
    quarter(2, 50_000_000, 62)

    assessment = assess(sheet_of(quarter(3, 50_000_000, 60)))

    assert [words_of_finding(finding).title for finding in assessment.findings] == ["Fisik turun di baris 1"]
    assert words_of_finding(assessment.findings[0]).detail == "Dari 62% menjadi 60% dalam satu triwulan."


@pytest.mark.parametrize(("over", "codes"), [(0, []), (1, [("money_ahead", 1)])])
def test_money_ahead_of_the_work_by_more_than_the_limit(quarter, over, codes):
    assert found(quarter(3, (50 + MONEY_AHEAD_POINTS + over) * 1_000_000, 50)) == codes


@pytest.mark.parametrize(("over", "codes"), [(0, []), (1, [("physical_jump", 1)])])
def test_work_that_jumps_by_more_than_the_limit_in_a_quarter(quarter, over, codes):
    quarter(2, 20_000_000, 30)

    assert found(quarter(3, 50_000_000, 30 + PHYSICAL_JUMP_POINTS + over)) == codes


def test_work_without_a_photo(quarter):
    report = quarter(3, photo=False)
    attach(report.lines.get(), ReportAttachment.Kind.MINUTES)

    assert found(report) == [("no_photo", 1)]


@pytest.mark.parametrize("link", PlanLine.ChainLink)
def test_photo_is_asked_of_physical_work_alone(quarter, link):
    line = PlanLineFactory(plan=quarter.plan_line.plan, chain_link=link)

    asked = link in (PlanLine.ChainLink.SEED, PlanLine.ChainLink.TOOLS, PlanLine.ChainLink.PRODUCTION)
    assert found(quarter(3, photo=False, plan_line=line)) == [("no_photo", 1)] * asked


def test_no_photo_is_asked_where_nothing_moved(quarter):
    quarter(2)

    assert found(quarter(3, photo=False)) == []
    assert found(quarter(1, 0, 0, photo=False)) == []


@pytest.mark.parametrize(
    ("spent", "physical", "words"),
    [
        (None, 5, "Realisasi keuangan kosong tanpa alasan."),
        (5, None, "Realisasi fisik kosong tanpa alasan."),
        (None, None, "Realisasi keuangan dan fisik kosong tanpa alasan."),
    ],
)
def test_missing_value_without_a_reason(quarter, spent, physical, words):
    report = quarter(3, spent, physical)

    findings = assess(sheet_of(report)).findings

    assert [(finding.code, words_of_finding(finding).detail) for finding in findings] == [("no_value", words)]


def test_missing_value_with_a_reason_is_fine(quarter):
    assert found(quarter(3, None, None, nil_reason="Menunggu SP2D")) == []


# --- Target locations without work ---------------------------------------------------------------


@pytest.fixture
def located(quarter):
    """``located(spent, physical, ...)``: a third-quarter report on a line in a target location of its own."""

    def make(spent=0, physical=0, start_month=3, location=None, **fields):
        location = location or TargetLocationFactory()
        line = PlanLineFactory(plan=quarter.plan_line.plan, target_location=location, start_month=start_month)
        return quarter(3, spent, physical, plan_line=line, **fields)

    return make


def test_target_location_without_any_work(located):
    location = TargetLocationFactory()

    assessment = assess(sheet_of(located(location=location)))

    (finding,) = assessment.findings
    assert (finding.code, finding.row, words_of_finding(finding).title) == (
        "idle_location",
        None,
        f"Belum ada kegiatan di {location.village}",
    )


@pytest.mark.parametrize(
    "fields",
    [{"spent": 5_000_000, "physical": 5}, {"start_month": 10}],
    ids=["work", "starts later"],
)
def test_target_location_with_work_or_later_start_is_fine(located, fields):
    assert found(located(**fields)) == []


def test_target_location_without_work_is_found_with_its_reason_too(located):
    """Zeros are only sent with a reason: left out, no report that reaches the desk would ever show this."""
    location = TargetLocationFactory()
    located(location=location, nil_reason="Menunggu bibit")

    (finding,) = assess(sheet_of(located(location=location, nil_reason="Menunggu bibit"))).findings

    assert finding.code == "idle_location"
    assert (
        words_of_finding(finding).detail
        == "2 baris rencana di lokasi sasaran ini belum berjalan. Alasan: Menunggu bibit"
    )


def test_work_on_one_line_of_a_location_is_enough(located):
    location = TargetLocationFactory()
    located(5_000_000, 5, location=location)

    assert found(located(location=location)) == []


def test_location_that_is_no_longer_in_force_is_not_asked_for(located):
    location = TargetLocationFactory()
    location.valid_until, location.closed_by = date(2019, 6, 30), location.decree
    location.save()

    assert found(located(location=location)) == []


def test_findings_of_a_kind_are_one_entry_with_a_letter(quarter):
    seed = {"plan": quarter.plan_line.plan, "chain_link": PlanLine.ChainLink.SEED}
    quarter(3, photo=False)
    quarter(3, plan_line=PlanLineFactory(**seed))
    over = PlanLineFactory(amount=100_000_000, **seed)
    assessment = assess(sheet_of(quarter(3, 200_000_000, 50, photo=False, plan_line=over)))
    first, fine, second = assessment.sheet.rows
    shown = FindingList(assessment)

    assert [(group.letter, group.title) for group in shown.groups] == [
        ("A", "Serapan melebihi pagu di baris 3"),
        ("B", "Keuangan jauh di atas fisik di baris 3"),
        ("C", "Foto belum ada pada 2 dari 3 kegiatan fisik"),
    ]
    assert shown.headline == "3 temuan pada 2 dari 3 kegiatan"
    assert [shown.letters_of(row) for row in (first, fine, second)] == [["C"], [], ["A", "B", "C"]]
    assert assessment.has(second, "over_budget")
    assert not assessment.has(first, "over_budget", "physical_falls")
    assert "fisik turun" in shown.silent
    assert "foto kosong" not in shown.silent


def test_carried_lines_are_among_no_activities(quarter):
    seed = {"plan": quarter.plan_line.plan, "chain_link": PlanLine.ChainLink.SEED}
    gone = PlanLineFactory(amount=100_000_000, **seed)
    quarter(3, 200_000_000, 50, photo=False, plan_line=PlanLineFactory(amount=100_000_000, **seed))
    quarter(3, 200_000_000, 50, photo=False, plan_line=PlanLineFactory(amount=100_000_000, **seed))
    quarter(3, photo=False, plan_line=gone, carried="OWN")
    assessment = assess(sheet_of(quarter(3)))
    shown = FindingList(assessment)

    assert len(assessment.sheet.rows) == 4
    assert [group.title for group in shown.groups] == [
        "Serapan melebihi pagu pada 2 dari 3 kegiatan",
        "Keuangan jauh di atas fisik pada 2 dari 3 kegiatan",
        "Foto belum ada pada 2 dari 3 kegiatan fisik",
    ]
    assert shown.headline == "3 temuan pada 2 dari 3 kegiatan"
    assert assessment.checked_rows == 3


def test_of_many_findings_of_a_kind_the_entry_names_the_first(quarter):
    seed = {"plan": quarter.plan_line.plan, "chain_link": PlanLine.ChainLink.SEED}
    for _ in range(LISTED + 2):
        report = quarter(3, photo=False, plan_line=PlanLineFactory(**seed))

    (group,) = FindingList(assess(sheet_of(report))).groups

    assert (len(group.listed), group.lines, group.unlisted) == (LISTED, list(range(1, LISTED + 1)), 2)
    assert len(group.requests) == LISTED + 2


def test_places_without_work_are_one_entry(located):
    for _ in range(3):
        report = located()

    (group,) = FindingList(assess(sheet_of(report))).groups

    assert (group.title, len(group.listed)) == ("Belum ada kegiatan di 3 lokasi sasaran", 3)
