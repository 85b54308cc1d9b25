"""The findings that the database counts for the queue are those that the checks find line by line."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from p2emas.ui.fields import LARGEST_RUPIAH
from programs.models import Indicator, IndicatorValue, PlanLine, ProgressReport, ReportAttachment, ReportLine
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.reports.payments import paid_activities
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.reports.shortages import short_rows
from programs.reporting.reports.visited import visited_rows
from programs.reporting.verification.finding_counts import FindingCount, count_findings
from programs.reporting.verification.finding_words import SHORT, findings_in_words
from programs.reporting.verification.findings import assess
from tests.facilitator_factories import FieldReportFactory, VisitedLineFactory
from tests.factories import (
    AgencyFactory,
    AidPackageFactory,
    HolderStatementFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    TreasuryEntryFactory,
    VillageFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
AMOUNTS = (0, 7, 1_000_003, 99_999_999, LARGEST_RUPIAH)
PERCENTS = (None, "0", "0.01", "13.37", "33.33", "40", "45.5", "53.33", "66.67", "73.33", "100")
FILES = (None, None, ReportAttachment.Kind.PHOTO, ReportAttachment.Kind.MINUTES)
LINES = 30
LATE = date(2019, 12, 31)
VALUES = (None, 0, 0, "0.25", "0.75", "0.751", "2.5", "2.501", 5, 10, 15, 15, "15.001", 30, "30.001")


def read_line_by_line(reports: list[ProgressReport]) -> dict[int, Counter]:
    sheets = sheets_for(reports)
    return {
        report.pk: Counter(
            finding.code
            for finding in assess(
                sheets[report.pk],
                IndicatorTable(report).rows,
                paid_activities(sheets[report.pk]),
                visited_rows(sheets[report.pk]),
                short_rows(sheets[report.pk]),
            ).findings
        )
        for report in reports
    }


def counted(reports: list[ProgressReport]) -> dict[int, Counter]:
    return {pk: found.by_code for pk, found in count_findings(reports).items()}


def read_again() -> list[ProgressReport]:
    return list(ProgressReport.objects.awaiting_verification().select_related("period").order_by("pk"))


def spent_of(chance: random.Random, amount: int) -> int | None:
    """Nothing, something, the ceiling and one rupiah more, and just what is 53.33 % of it (20 points over 33.33)."""
    share = Decimal(chance.choice(PERCENTS[1:])) + chance.choice((0, 20))
    part = int(amount * share / 100)
    return chance.choice((None, 0, 1, amount, amount + 1, part, part + 1))


def percent_of_work(chance: random.Random) -> Decimal | None:
    value = chance.choice(PERCENTS)
    return None if value is None else Decimal(value)


def attach(lines: list[ReportLine], chance: random.Random) -> None:
    """No file, one or two of a line: photos, and papers that are none."""
    kinds = [(line, chance.choice(FILES)) for line in [*lines, *lines]]
    ReportAttachment.objects.bulk_create(
        ReportAttachment(
            report=line.report,
            line=line,
            kind=kind,
            file="ab/x",
            original_name="x.jpg",
            content_type="image/jpeg",
            size=10,
            sha256="0" * 64,
        )
        for line, kind in kinds
        if kind
    )


@pytest.fixture
def desk():
    """``desk(seed)``: every kind of report that can lie on the desk, with figures that are all different."""

    def make(seed: int) -> list[ProgressReport]:
        chance = random.Random(seed)
        locations = [TargetLocationFactory() for _ in range(5)]
        ended = TargetLocationFactory(decree=locations[0].decree, valid_from=date(2018, 1, 1))
        ended.valid_until, ended.closed_by = date(2019, 9, 30) - timedelta(days=seed % 2), ended.decree
        ended.save()
        later = TargetLocationFactory(valid_from=date(2019, 9, 30) + timedelta(days=seed % 2))
        places = {None: True, **dict.fromkeys(locations[:3], True)}  # whether there is work
        places |= dict.fromkeys((*locations[3:], ended, later), False)
        # quarters that an agency sent before the one that waits, and what it sent last
        for sent, drafted, waits in (((), (), (3,)), ((1,), (2,), (3,)), ((1, 2), (), (3,)), ((), (), (1, 2, 3))):
            _agency(chance, places, sent, drafted, waits)
        _visits(chance)
        _goods(chance)
        return read_again()

    return make


def _visits(chance: random.Random) -> None:
    """Of some lines one or two visits, near the quarter's end or long before, in which work had begun or had not."""
    for report in read_again():
        placed = report.lines.filter(plan_line__target_location__isnull=False, physical_to_date__isnull=False)
        for line in list(placed.order_by("pk")[:6]):
            for _ in range(chance.choice((1, 2))):
                visited_on = report.period.ends - timedelta(days=chance.choice((0, 3, 45, 46)))
                visit = FieldReportFactory(village=line.plan_line.village, visited_on=visited_on)
                VisitedLineFactory(report=visit, plan_line=line.plan_line, not_begun=chance.random() < 0.7)


def _goods(chance: random.Random) -> None:
    """Of some lines, with a village or without, goods that came whole or short, before the quarter's end or later."""
    for report in read_again():
        for line in list(report.lines.order_by("pk")[: LINES // 2]):
            handed_on = report.period.ends + timedelta(days=chance.choice((-9, 0, 1)))
            package = AidPackageFactory(plan_line=line.plan_line, handed_on=handed_on)
            arrived, condition = chance.choice(((12, "GOOD"), (11, "GOOD"), (12, "REFUSED"), (0, "BAD")))
            HolderStatementFactory(package=package, arrived=arrived, condition=condition, counts=chance.random() < 0.8)


def _agency(chance: random.Random, places, sent, drafted, waits) -> None:
    agency = AgencyFactory()
    plan = WorkPlanFactory(agreed=True, agency=agency)
    versions = [_versions(chance, plan, places) for _ in range(LINES)]
    traits = {**dict.fromkeys(sent, "approved"), **dict.fromkeys(drafted, "draft"), **dict.fromkeys(waits, "verifying")}
    for number, trait in sorted(traits.items()):
        period = ReportingPeriodFactory(number=number)
        report = ProgressReportFactory(period=period, agency=agency, plan=plan, **{trait: True})
        newest = number == max(traits)
        lines = ReportLine.objects.bulk_create(
            ReportLine(
                report=report,
                plan_line=chain[-1] if newest else chain[0],
                spent_to_date=spent_of(chance, chain[0].amount) if places[chain[0].target_location] else 0,
                physical_to_date=percent_of_work(chance) if places[chain[0].target_location] else None,
                nil_reason=chance.choice(("", "", "Menunggu SP2D")),
            )
            for chain in versions
            if newest or chance.random() < 0.8  # work that the report before did not have
        )
        attach(lines, chance)
        if newest:
            _carry_some(chance, lines)
            _measure(chance, report)
            if sent:  # of the other agencies no SP2D is known
                _pay(chance, report)


def _carry_some(chance: random.Random, lines: list[ReportLine]) -> None:
    """Some of the work that began is gone from the plan: nothing is to be found in what is carried."""
    for line in lines:
        if (line.spent_to_date or line.physical_to_date) and chance.random() < 0.15:
            ReportLine.objects.filter(pk=line.pk).update(carried=chance.choice(("OWN", "BEFORE")))


def _pay(chance: random.Random, report: ProgressReport) -> None:
    """SP2D of most activities: what is reported, a little or much else, some of it after the quarter's end."""
    others = list(report.lines.select_related("plan_line")[LINES // 2 : LINES // 2 + 6])
    for first, second in zip(others[::2], others[1::2], strict=True):  # two lines of one activity
        PlanLine.objects.filter(pk=second.plan_line_id).update(activity=first.plan_line.activity_id)
    for line in report.lines.select_related("plan_line__activity"):
        if chance.random() < 0.2:
            continue
        amount = min(line.spent_to_date or 0, LARGEST_RUPIAH) + chance.choice((0, 0, 1000, -1000, 1001, 5_000_000))
        ends = report.period.ends
        for day, part in ((ends, amount // 3), (ends - timedelta(days=9), amount - amount // 3), (LATE, 7)):
            TreasuryEntryFactory(activity=line.plan_line.activity, paid_on=day, amount=part)


def _measure(chance: random.Random, report: ProgressReport) -> None:
    """Indicators of half of the work of the last report, with values in it and in what was sent before."""
    sent = ProgressReport.objects.filter(agency=report.agency).order_by("period__number")
    rows = []
    for line in report.lines.select_related("plan_line__activity", "plan_line__target_location")[: LINES // 2]:
        village = line.plan_line.village if chance.random() < 0.6 else None
        measured = {"activity": line.plan_line.activity}
        if chance.random() < 0.2:
            measured = {"activity": None, "outcome": line.plan_line.activity.outcome, "ledger": "WELFARE"}
        indicator = IndicatorFactory(
            formula=chance.choice(Indicator.Formula.values),
            largest_change=chance.choice((None, 0, "2.5", 20)),
            **measured,
        )
        if chance.random() < 0.8:
            target, baseline = chance.choice((None, 0, "0.5", 10, 20)), chance.choice((None, 0, 5))
            year = chance.choice((2018, 2019, 2019, 2019, 2019))
            IndicatorTargetFactory(indicator=indicator, village=village, target=target, baseline=baseline, year=year)
        stray = chance.random() < 0.1  # a value of a village that has no target
        village = VillageFactory() if stray else village
        rows += [
            IndicatorValue(report=each, indicator=indicator, village=village, value=chance.choice(VALUES))
            for each in sent
        ]
    IndicatorValue.objects.bulk_create(rows)
    for physical, value in ((100, 0), (100, 2), (0, 2)):  # finished without output, far ahead of it, output alone
        line = ReportLineFactory(report=report, physical_to_date=physical)
        indicator = IndicatorFactory(activity=line.plan_line.activity)
        IndicatorTargetFactory(indicator=indicator)
        IndicatorValueFactory(report=report, indicator=indicator, value=value)


def _versions(chance: random.Random, plan, places) -> list[PlanLine]:
    """A plan line and up to three versions that continue each other."""
    shared = {
        "target_location": chance.choice(list(places)),
        "start_month": chance.choice((1, 9, 10)),
        "fund": chance.choice(("DAU", "DD")),
        "chain_link": chance.choice(PlanLine.ChainLink.values),
    }
    chain = [PlanLineFactory(plan=plan, amount=chance.choice(AMOUNTS), **shared)]
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        chain.append(PlanLineFactory(plan=plan, amount=chance.choice(AMOUNTS), continues=chain[-1], **shared))
    return chain


@pytest.mark.parametrize(
    "seed", [0, pytest.param(1, marks=pytest.mark.whole), pytest.param(2, marks=pytest.mark.whole)]
)
def test_database_counts_what_the_checks_find(desk, seed):
    reports = desk(seed)

    expected = read_line_by_line(reports)

    assert counted(reports) == expected
    assert set().union(*expected.values()) == set(SHORT)  # every kind occurs
    assert len(expected) == 6


def test_every_limit_is_met_exactly_and_passed_by_the_least(django_assert_num_queries):
    """Beside each other: as far as it may go, and a hundredth or a rupiah beyond."""
    plan = WorkPlanFactory(agreed=True)
    shared = {"agency": plan.agency, "plan": plan}
    before = ProgressReportFactory(approved=True, period=ReportingPeriodFactory(number=2), **shared)
    report = ProgressReportFactory(verifying=True, period=ReportingPeriodFactory(number=3), **shared)
    cases = [
        # ceiling, spent before, physical before, spent, physical
        (10_000, 0, "30.33", 5_000, "70.33"),  # 40 points
        (10_000, 0, "30.33", 5_000, "70.34"),
        (100_000_000_000_003, 0, "33.33", 53_330_000_000_001, "33.33"),  # 20 points and less than a rupiah under it
        (100_000_000_000_003, 0, "33.33", 53_330_000_000_002, "33.33"),
        (900_000_000_000_000, 0, "80", 900_000_000_000_000, "80"),
        (900_000_000_000_000, 0, "79.99", 900_000_000_000_000, "79.99"),
        (9 * 10**18, 0, "1", 9 * 10**18, "1"),  # more than any form takes: still no error of the database
        (7, 7, "100", 7, "100"),
        (7, 7, "100", 6, "99.99"),
        (7, 7, "100", 8, "100"),
        (0, None, None, 0, "0"),
        (0, None, "0.01", 0, "0.01"),
        (0, None, None, 0, "0.01"),
        (5, None, None, None, None),
        (5, 3, "3", None, "3"),
    ]
    for amount, spent_before, physical_before, spent, physical in cases:
        line = PlanLineFactory(plan=plan, amount=amount, chain_link=PlanLine.ChainLink.SEED)
        ReportLineFactory(report=before, plan_line=line, spent_to_date=spent_before, physical_to_date=physical_before)
        ReportLineFactory(report=report, plan_line=line, spent_to_date=spent, physical_to_date=physical)
    (read,) = read_again()

    assert counted([read]) == read_line_by_line([read])
    with django_assert_num_queries(7):
        found = count_findings([read])[read.pk]
    assert found.by_code == {
        "over_budget": 1,
        "money_falls": 1,
        "physical_falls": 1,
        "money_ahead": 3,
        "physical_jump": 1,
        "no_photo": 3,
        "no_value": 2,
    }
    assert found.total == 12


def test_versions_of_a_plan_line_in_a_ring_end():
    plan = WorkPlanFactory(agreed=True)
    shared = {"agency": plan.agency, "plan": plan}
    ReportLineFactory(
        report=ProgressReportFactory(approved=True, period=ReportingPeriodFactory(number=2), **shared),
        plan_line=PlanLineFactory(plan=plan),
    )
    a = PlanLineFactory(plan=plan, chain_link=PlanLine.ChainLink.SEED)
    b = PlanLineFactory(plan=plan, continues=a)
    PlanLine.objects.filter(pk=a.pk).update(continues=b)
    report = ProgressReportFactory(verifying=True, period=ReportingPeriodFactory(number=3), **shared)
    ReportLineFactory(report=report, plan_line=a, spent_to_date=1, physical_to_date=1)

    assert counted(read_again()) == {report.pk: {"no_photo": 1}}


def test_no_report_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_findings([]) == {}


def test_report_without_lines_has_no_findings():
    report = ProgressReportFactory(verifying=True)

    assert count_findings(read_again()) == {report.pk: FindingCount()}


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({}, "Tidak ada"),
        ({"no_photo": 300, "physical_falls": 1}, "2: fisik turun, foto kosong"),
        ({"idle_location": 2, "over_budget": 1}, "2: serapan di atas pagu, desa tanpa kegiatan"),
    ],
)
def test_findings_are_summed_up_by_kind_the_gravest_first(codes, words):
    assert findings_in_words(codes) == words
    assert FindingCount(Counter(codes)).summary == words
