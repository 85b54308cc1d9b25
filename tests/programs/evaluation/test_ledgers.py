"""Two ledgers side by side: where each figure is joined, what is red, and what is not shown. No two values are equal."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.evaluation.ledgers import Finding, ledgers_of_region, ledgers_of_village
from programs.evaluation.money import MoneyLedger, money_ledgers
from programs.evaluation.page import sign_of
from programs.evaluation.welfare import of_several
from programs.reporting.reading.welfare import village_results
from programs.reporting.reports.kept import KeptLine, KeptReport
from programs.reporting.reports.models import ProgressReport
from tests.factories import (
    ActivityFactory,
    DistrictFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 8)


def work(location, *, amount, spent, physical, target=(50, 40), fitting=True, report=None, quarter=3, **line):
    """One piece of work; ``target``: percent of work and of money at the quarter of its report."""
    plan = report.plan if report else WorkPlanFactory(agreed=True)
    if report is None:
        report = ProgressReportFactory(
            plan=plan, agency=plan.agency, approved=True, period=ReportingPeriodFactory(number=quarter)
        )
    commodity = location.core_competency.commodity if fitting else None
    made = PlanLineFactory(plan=plan, target_location=location, amount=amount, commodity=commodity, **line)
    if target is not None:
        PlanLineTargetFactory(plan_line=made, quarter=quarter, physical=target[0], money=amount * target[1] // 100)
    return ReportLineFactory(report=report, plan_line=made, spent_to_date=spent, physical_to_date=physical)


def measure(line, village, values, *, baseline, target=9999, **indicator):
    """A measure of welfare of ``village``; ``values`` by quarter, of reports of the line's agency."""
    indicator = {"ledger": "WELFARE", "formula": "end_value", "unit": "Rp ribu", "name": "Pendapatan"} | indicator
    made = IndicatorFactory(activity=ActivityFactory(agency=line.report.agency), **indicator)
    IndicatorTargetFactory(indicator=made, village=village, baseline=baseline, target=target)
    for quarter, value in values.items():
        report = line.report
        if quarter != report.period.number:
            period = ReportingPeriodFactory(number=quarter)
            report = ProgressReport.objects.filter(agency=report.agency, period=period).first() or (
                ProgressReportFactory(plan=report.plan, agency=report.agency, approved=True, period=period)
            )
        IndicatorValueFactory(report=report, indicator=made, village=village, value=value)
    return made


@pytest.fixture
def village():
    """One village: two pieces of work of two agencies, one more without a target, and village money beside."""
    location = TargetLocationFactory()
    first = work(location, amount=400, spent=180, physical="47.25")
    work(location, amount=300, spent=33, physical=20, target=None, report=first.report, fitting=False)
    other = work(location, amount=1000, spent=370, physical=55, target=(60, 35), quarter=2)
    work(location, amount=77, spent=76, physical=99, report=other.report, fund="DD")
    work(TargetLocationFactory(), amount=5000, spent=4999, physical=98)
    return SimpleNamespace(location=location, village=location.village, line=first)


def test_money_is_held_against_the_target_of_the_quarter_of_its_report(village):
    money = money_ledgers(2019, ON, village=village.village)[village.village.pk]

    assert (money.planned, money.works, money.fitting, money.agencies) == (1700, 3, 2, 2)
    assert (money.spent, money.reported, money.known, money.begun, money.quarter) == (583, 1700, 3, 2, 3)
    assert money.physical == Fraction(400 * Decimal("47.25") + 300 * 20 + 1000 * 55) / 1700
    assert money.absorption == Fraction(58300, 1700)
    # of the two with a target: 400 at 50 and 40 percent, 1000 at 60 and 35
    assert money.physical_target == Fraction(400 * 50 + 1000 * 60, 1400)
    assert money.money_target == Fraction((160 + 350) * 100, 1400)
    assert money.physical_points == Fraction(400 * Decimal("-2.75") + 1000 * -5) / 1400
    assert money.money_points == Fraction((180 + 370 - 160 - 350) * 100, 1400)


def test_one_village_reads_what_all_read(village):
    everywhere = money_ledgers(2019, ON)

    assert everywhere[village.village.pk] == money_ledgers(2019, ON, village=village.village)[village.village.pk]
    assert {ledger.spent for ledger in everywhere.values()} == {583, 4999}


def test_a_corrected_report_reads_as_it_was_approved(village):
    line = village.line
    KeptReport.objects.create(
        report=line.report, plan=line.report.plan, approved_at=line.report.decided_at, lines=1, values=0, spent=150
    )
    KeptLine.objects.create(report=line.report, plan_line=line.plan_line, spent_to_date=150, physical_to_date=41)
    ProgressReport.objects.filter(pk=line.report_id).update(status="RETURNED")

    money = money_ledgers(2019, ON, village=village.village)[village.village.pk]

    assert (money.spent, money.reported, money.begun) == (150 + 370, 1400, 2)


@pytest.mark.parametrize(
    ("behind", "green"), [(0, True), (10, True), (11, False)], ids=["at the target", "at the bound", "beyond it"]
)
def test_money_is_green_up_to_the_bound(behind, green):
    money = MoneyLedger(targeted=1000, aim=50 * 100 * 1000, aimed_done=(50 - behind) * 100 * 1000, aimed_spent=400)
    assert MoneyLedger(**vars(money) | {"aim_money": 400}).is_green is green
    assert MoneyLedger(**vars(money) | {"aim_money": 501}).is_green is False
    assert MoneyLedger(reported=1000, spent=1000, done=100_000_000).is_green is None


def test_baseline_target_and_value_are_not_mixed_up(village):
    """The target of the year is far above both: read at the place of the baseline it would be a fall."""
    measure(village.line, village.village, {1: 1111, 2: 1060, 3: None}, baseline=1000, target=7000)

    (row,) = ledgers_of_village(village.village, 2019, ON).welfare.rows

    assert (row.baseline, row.value, row.quarter, row.change, row.gain) == (1000, 1060, 2, 6, 6)
    assert sign_of(row) == ("watch", "Naik 6%")
    assert ledgers_of_village(village.village, 2019, ON).finding is Finding.REVIEW


@pytest.mark.parametrize(
    ("baseline", "value", "formula", "sign", "finding"),
    [
        (1000, 1100, "end_value", ("good", "Naik 10%"), Finding.GOOD),
        (1000, 1099, "end_value", ("watch", "Naik 10%"), Finding.REVIEW),
        (1000, 900, "decreasing", ("good", "Turun 10%"), Finding.GOOD),
        (1000, 1100, "decreasing", ("late", "Naik 10%"), Finding.REVIEW),
        (1000, 970, "end_value", ("late", "Turun 3%"), Finding.REVIEW),
        (1000, 1000, "end_value", ("none", "Tetap"), Finding.REVIEW),
        (None, 970, "end_value", ("none", "Nilai awal belum ada"), Finding.NO_WELFARE),
        (1000, None, "end_value", ("none", "Belum ada data"), Finding.NO_WELFARE),
        (0, 970, "end_value", ("none", "Mulai dari nol"), Finding.NO_WELFARE),
    ],
)
def test_a_measure_says_how_it_changed_and_what_is_unknown_is_never_red(
    village, baseline, value, formula, sign, finding
):
    measure(village.line, village.village, {3: value}, baseline=baseline, formula=formula)

    ledgers = ledgers_of_village(village.village, 2019, ON)

    assert [sign_of(row) for row in ledgers.welfare.rows] == [sign]
    assert ledgers.finding is finding


def test_red_needs_money_that_is_green(village):
    measure(village.line, village.village, {3: 1010}, baseline=1000)
    village.line.plan_line.targets.update(physical=100)

    assert ledgers_of_village(village.village, 2019, ON).finding is Finding.BOTH_LOW


def test_fewer_than_half_of_the_known_measures_are_flat(village):
    measure(village.line, village.village, {3: 1200}, baseline=1000)
    measure(village.line, village.village, {3: 60}, baseline=59, name="Produksi", unit="kg")
    measure(village.line, village.village, {3: None}, baseline=7, name="Tabungan", unit="Rp juta")
    assert ledgers_of_village(village.village, 2019, ON).welfare.is_flat is False

    measure(village.line, village.village, {3: 61}, baseline=58, name="Harga", unit="Rp")
    assert ledgers_of_village(village.village, 2019, ON).welfare.is_flat is True


def test_over_several_villages_persons_are_added_and_incomes_averaged(village):
    others = [TargetLocationFactory().village for _each in range(2)]
    for place, before, after in ((village.village, 900, 1000), (others[0], 400, 700), (others[1], 55, None)):
        measure(village.line, place, {3: after}, baseline=before)
    for place, before, after in ((village.village, 31, 28), (others[0], 11, 19)):
        measure(village.line, place, {3: after}, baseline=before, name="Anggota", unit="orang", counts_people=True)

    people, income = of_several(village_results(2019)).rows

    assert (people.baseline, people.value, people.villages, people.asked) == (42, 47, 2, 2)
    assert (income.baseline, income.value, income.villages, income.asked) == (650, 850, 2, 3)


def sexes(village, women, men, whole=None):
    """Members of both sexes; ``women`` and ``men`` are baseline and value."""
    kept = {"unit": "orang", "counts_people": True}
    whole = whole or tuple(a + b for a, b in zip(women, men, strict=True))
    for name, of_sex, (before, after) in (("", "", whole), (" P", "FEMALE", women), (" L", "MALE", men)):
        kept["name"] = f"Anggota aktif{name}"
        measure(village.line, village.village, {3: after}, baseline=before, of_sex=of_sex, **kept)


def shown(village):
    rows = ledgers_of_village(village.village, 2019, ON).welfare.rows
    return [(row.name, row.baseline, row.value, sign_of(row)[1]) for row in rows]


def test_persons_are_shown_by_sex_and_counted_once(village):
    sexes(village, (9, 11), (22, 17))

    assert shown(village) == [
        ("Anggota aktif", 31, 28, "Turun 3"), ("Anggota aktif L", 22, 17, "Turun 5"), ("Anggota aktif P", 9, 11, "Naik 2"),
    ]  # fmt: skip
    assert len(ledgers_of_village(village.village, 2019, ON).welfare.judged) == 1
    assert len(village_results(2019)) == 1


@pytest.mark.parametrize("women", [(4, 11), (9, 4)], ids=["baseline", "value"])
def test_few_persons_hide_both_parts_and_leave_the_whole(village, women):
    sexes(village, women, (22, 17))
    few = "Kurang dari 5 orang"
    whole = (22 + women[0], 17 + women[1])

    assert [row[1:3] for row in shown(village)] == [whole, (None, None), (None, None)]
    assert [row[3] for row in shown(village)[1:]] == [few, few]


def test_a_whole_of_few_persons_hides_everything_on_every_page(village, client):
    sexes(village, (3, 0), (0, 4), whole=(3, 4))

    assert [row[1:3] for row in shown(village)] == [(None, None)] * 3
    assert [(row.baseline, row.value) for row in village_results(2019, exact=True)] == [(3, 4)]
    page = client.get(village.village.get_absolute_url()).text
    assert "Terlalu sedikit orang untuk ditampilkan" in page
    rows = client.get(reverse("evaluation:result-village", args=[village.village.slug]), {"format": "csv"}).text
    assert "Anggota aktif;orang;;;;tidak" in rows.replace("Tidak", "tidak")


def test_only_what_counts_persons_has_a_sex():
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorFactory(of_sex="FEMALE", counts_people=False)


def test_the_pages_ask_the_same_number_of_queries_for_any_number_of_villages(village, django_assert_num_queries):
    measure(village.line, village.village, {3: 1010}, baseline=1000)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ledgers_of_region(2019, ON)
    for number in range(5):
        line = work(TargetLocationFactory(), amount=100 + number, spent=number, physical=number)
        measure(line, line.plan_line.target_location.village, {3: 500 + number}, baseline=450)
    with django_assert_num_queries(len(few)):
        ledgers_of_region(2019, ON)


def test_pages_put_what_is_red_first_and_narrow_to_a_kecamatan(village, client):
    measure(village.line, village.village, {3: 1010}, baseline=1000)
    line = work(TargetLocationFactory(), amount=100, spent=60, physical=70)
    better = line.plan_line.target_location.village
    measure(line, better, {3: 1500}, baseline=1000)
    empty = TargetLocationFactory().village

    region = ledgers_of_region(2019, ON)
    page = client.get(reverse("evaluation:result-overview")).text
    here = client.get(reverse("evaluation:result-district", args=[better.district.code]))

    assert [row.finding for row in region.rows][:2] == [Finding.REVIEW, Finding.GOOD]
    assert {row.village for row in region.rows} >= {village.village, better, empty}
    assert "1 dari 4 desa: uang terpakai, hidup belum membaik" in page
    assert [row.village for row in here.context["region"].rows] == [better]
    assert client.get(reverse("evaluation:result-district", args=[DistrictFactory().code])).status_code == 200


def test_the_page_of_a_village_says_both_in_one_sentence(village, client):
    measure(village.line, village.village, {3: 1009}, baseline=1040, name="Pendapatan anggota")
    address = reverse("evaluation:result-village", args=[village.village.slug])

    page = client.get(address).text

    assert f"{village.village}: uang terpakai, hidup belum membaik" in page
    assert "keuangan 34%, tetapi pendapatan anggota turun 3% sejak 2017." in page
    assert 'class="judged red"' in page
    assert client.get(address, {"tahun": "2031"}).status_code == 200
    assert client.get(reverse("evaluation:result-village", args=[VillageFactory(active=False).slug])).status_code == 404
