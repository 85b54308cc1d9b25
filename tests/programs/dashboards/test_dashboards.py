"""The six indicators, everybody's home, and the public's pages: figures by hand, scope, filters, constant queries."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from districts.competencies.models import CoreCompetency
from districts.locations.models import TargetLocation
from p2emas import clock
from programs.dashboards.answers import SHOWN, Shortened
from programs.dashboards.board import INDICATORS
from programs.dashboards.focus import focus_in_scope
from programs.dashboards.home import task
from programs.dashboards.home import waiting as home
from programs.dashboards.places import physical_by_district, physical_by_village, tiles_for
from programs.dashboards.portal import PublicHome
from programs.dashboards.scope import read_scope
from programs.framework.models import Activity
from programs.planning.measures import focus_by_agency
from programs.planning.spread import exceptions, spread_of_year
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from tests.facilitator_factories import FieldReportFactory, PlacementFactory, RecruitmentRoundFactory
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    CommodityFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    UserFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.markup import squeezed, tight

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 8)
KEYS = list(INDICATORS)


def scope_of(**query):
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data.update(query)
    return read_scope(data, today=TODAY)[0]


def answer(key, **query):
    return INDICATORS[key](scope_of(**query))


def reported(location, *, spent=60_000_000, physical=70, target=75, state="approved", **line):
    """A line on the core competency of ``location``, reported in TW III 2019."""
    plan_line = PlanLineFactory(target_location=location, commodity=location.core_competency.commodity, **line)
    PlanLineTargetFactory(plan_line=plan_line, quarter=3, physical=target)
    report = ProgressReport.objects.filter(plan=plan_line.plan).first() or ProgressReportFactory(
        plan=plan_line.plan, agency=plan_line.plan.agency, **{state: True}
    )
    return ReportLineFactory(report=report, plan_line=plan_line, spent_to_date=spent, physical_to_date=physical)


@pytest.fixture
def location():
    ReportingPeriodFactory()
    return TargetLocationFactory()


# --- Indicators --------------------------------------------------------------------------------------------------


def test_focus_is_rupiah_on_both_conditions_over_all(location):
    plan = WorkPlanFactory(agreed=True)
    reported(location, plan=plan, amount=300)
    PlanLineFactory(plan=plan, target_location=location, commodity=CommodityFactory(), amount=100)
    PlanLineFactory(plan=plan, amount=100)
    PlanLineFactory(plan=plan, target_location=location, amount=999, fund="DD")

    found = answer("fokus")

    assert found.value == "60%"
    assert found.rows[-1] == [2019, 500, 400, 300, 300, 60, 999]
    assert (found.sign, found.sign_label) == ("watch", "Di bawah target 80%")


def test_agencies_are_judged_each_by_its_own_plan(location):
    good = reported(location, amount=100).report.agency
    bad = PlanLineFactory(amount=100).plan.agency

    found = answer("skpd")

    shares = {row[0]: row[3] for row in found.rows}
    assert (shares[good.short_name], shares[bad.short_name]) == (100, 0)
    assert found.value == "1 dari 2"


def test_together_counts_villages_where_all_who_promised_began(location):
    reported(location)
    waiting = TargetLocationFactory()
    reported(waiting, spent=0, physical=0)
    TargetLocationFactory()

    found = answer("serempak")

    assert found.value == "1 dari 3"
    assert {row[1]: (row[-2], row[-1]) for row in found.rows}[waiting.village.name] == (0, 1)


def test_agency_with_a_plan_but_no_line_in_the_kecamatan_has_no_budget_there(client_as, location):
    reported(location)
    elsewhere = TargetLocationFactory()

    def bars(query):
        return client_as("leader").get(reverse("dashboards:indicator", args=["skpd"]) + query).text

    assert "tanpa pagu" in bars(f"?kecamatan={elsewhere.village.district.code}")
    AgencyFactory()
    assert "tanpa rencana" in bars("") and "tanpa pagu" not in bars("")


def test_together_of_one_agency_looks_where_it_promised(location):
    """A village that waits for nobody is no village without work."""
    agency = reported(location).report.agency
    reported(TargetLocationFactory())
    idle = AgencyFactory()

    found, nothing = answer("serempak", skpd=agency.code), answer("serempak", skpd=idle.code)

    assert (found.value, found.sign_label) == ("1 dari 1", "Tiap desa sudah ada kegiatan")
    assert found.finding == f"{agency} sudah mulai di semua lokasi sasaran yang direncanakannya"
    assert (nothing.value, nothing.finding) == ("–", f"{idle} tidak merencanakan kegiatan di lokasi sasaran mana pun")
    assert answer("fokus", skpd=idle.code).basis == "pagu belum ada data"


def test_unapproved_work_has_not_begun(location):
    reported(location, state="sent")

    assert answer("serempak").value == "0 dari 1"


def test_timely_counts_reports_of_the_period(location):
    reported(location, state="sent")
    ProgressReportFactory()

    found = answer("tepat-waktu")

    assert found.value == "1 dari 2"
    assert found.sign_label == "1 laporan belum masuk"


def test_visits_of_facilitators_stand_below_the_reports_of_agencies(location, client_as):
    """Months that are over alone, in the quarter of their first day; an agency alone owes none."""
    ReportingPeriodFactory(number=2)
    placement = PlacementFactory(facilitator__user=UserFactory(), target_location=location)
    for day in (date(2019, 5, 3), date(2019, 5, 4), date(2019, 9, 20), date(2019, 10, 2)):
        FieldReportFactory(placement=placement, visited_on=day)
    PlacementFactory(facilitator__user=UserFactory(), starts=date(2019, 8, 1))

    def shown(**query):
        return [(made.visited, made.expected) for made in answer("tepat-waktu", **query).drawing["visits"]]

    assert shown() == [(1, 3), (1, 5)]
    assert shown(kecamatan=location.village.district.code) == [(1, 3), (1, 3)]
    assert shown(skpd=AgencyFactory().code) == []
    html = client_as("leader").get(reverse("dashboards:dashboard")).content.decode()
    assert "Kunjungan pendamping" in html and "<td>1 dari 5</td>" in html


def test_a_quarter_before_its_date_blames_nobody(location):
    """When a quarter is opened early, its page must not call all agencies missing and worse than before."""
    old = ReportingPeriodFactory(number=2)
    ProgressReportFactory(period=old, approved=True)
    report = ProgressReportFactory(due_on=date(2019, 10, 14))

    found = answer("tepat-waktu")
    assert (found.value, found.sign) == ("0 dari 1", "none")
    assert found.sign_label == "1 laporan belum masuk, 1 belum jatuh tempo"
    assert found.change == ""

    ProgressReport.objects.among([report.pk]).update(due_on=date(2019, 10, 7))
    assert answer("tepat-waktu").sign == "watch"


def test_progress_weighs_by_ceiling_and_takes_approved_only(location):
    plan = WorkPlanFactory(agreed=True)
    reported(location, plan=plan, amount=300_000_000, spent=150_000_000, physical=50, target=80)
    reported(location, plan=plan, amount=100_000_000, spent=50_000_000, physical=90, target=60)
    reported(location, state="sent", amount=900_000_000)

    found = answer("realisasi")

    row = next(row for row in found.rows if row[0] == plan.agency.short_name)
    assert row[1:] == [400_000_000, 200_000_000, 60, 50, 75, -15]
    assert found.value == "60%"
    assert found.sign_label == "1 SKPD jauh tertinggal"


def test_points_compare_the_lines_that_have_a_target(location):
    """A line nobody set a target for is neither ahead nor behind, however far it is."""
    plan = WorkPlanFactory(agreed=True)
    reported(location, plan=plan, amount=100_000_000, physical=50, target=80)
    untargeted = reported(location, plan=plan, amount=100_000_000, physical=100)
    untargeted.plan_line.targets.update(physical=None)

    found = answer("realisasi")

    assert found.rows[0][3:] == [75, 60, 80, -30]
    assert found.sign_label == "1 SKPD jauh tertinggal"
    assert "hanya dari kegiatan yang punya target" in found.definition


def test_outcomes_compare_with_the_baseline_and_keep_missing_apart(location):
    line = reported(location)
    villages = [location.village, TargetLocationFactory().village]
    indicator = IndicatorFactory(
        activity=line.plan_line.activity, ledger="WELFARE", formula="end_value", unit="Rp ribu"
    )
    for village in villages:
        IndicatorTargetFactory(indicator=indicator, village=village, baseline=800)
    IndicatorValueFactory(report=line.report, indicator=indicator, village=villages[0], value=1000)

    found = answer("hasil")

    changes = {row[0]: row[7] for row in found.rows}
    assert (changes[villages[0].name], changes[villages[1].name]) == (25, None)
    assert found.value == "1 dari 2"
    assert found.sign_label == "1 belum ada data"


def test_filters_narrow_to_kecamatan_and_agency(location):
    line = reported(location, amount=100)
    reported(TargetLocationFactory(), amount=900)

    by_district = answer("fokus", kecamatan=location.village.district.code)
    by_agency = answer("fokus", skpd=line.report.agency.code)

    assert (by_district.rows[-1][1], by_agency.rows[-1][1]) == (100, 100)


def test_what_lies_outside_the_target_locations_follows_the_filters(location):
    """Else the page of one SKPD or kecamatan would lay the money of all others to its charge."""
    here = reported(location, amount=100)
    PlanLineFactory(plan=here.plan_line.plan, other_village=VillageFactory(), exception_reason="Binaan lama", amount=7)
    foreign = PlanLineFactory(other_village=VillageFactory(), exception_reason="Jalan usaha tani", amount=5)

    def outside(**query):
        return answer("fokus", **query).drawing["outside_sum"]

    assert outside() == 12
    assert outside(skpd=here.report.agency.code) == 7
    assert outside(kecamatan=foreign.other_village.district.code) == 5
    assert answer("fokus", kecamatan=foreign.other_village.district.code).drawing["spread"] is None


def test_year_or_agency_without_a_plan_is_unknown_and_not_zero(location):
    planned = reported(location, amount=100).report.agency
    unplanned = AgencyFactory()

    shares = {row[0]: row[1:] for row in answer("skpd").rows}

    assert shares[planned.short_name] == [100, 100, 100]
    assert shares[unplanned.short_name] == [None, None, None]
    assert answer("fokus").rows[0] == [2018, *[None] * 6]


def test_an_agency_counts_in_the_quarters_in_which_it_was_a_member(location):
    """Figures of a past quarter stay as they were when agencies join or leave later, and agree with /kepatuhan/."""
    left = reported(location).report.agency
    left.member_until = date(2019, 9, 30)
    left.save()
    joined = AgencyFactory(member_from=date(2019, 10, 1))

    listed = {key: {row[0] for row in answer(key).rows} for key in ("skpd", "tepat-waktu", "realisasi")}
    header = answer("serempak").header

    assert all(left.short_name in names and joined.short_name not in names for names in listed.values())
    assert left.short_name in header and joined.short_name not in header
    assert "1 dari 1 SKPD disetujui" in answer("realisasi").basis
    assert answer("tepat-waktu").value == "1 dari 1"


def test_progress_in_a_kecamatan_lists_who_has_work_there(location):
    """An agency that has none would be called "belum disetujui" although its report is approved."""
    here = reported(location).report.agency
    reported(TargetLocationFactory())

    found = answer("realisasi", kecamatan=location.village.district.code)

    assert [row[0] for row in found.rows] == [here.short_name]
    assert "1 dari 1 SKPD disetujui" in found.basis


def test_change_of_progress_compares_the_same_agencies(location):
    """An agency that is not approved yet is no leap of the others."""
    line = reported(location, amount=100, physical=70)
    period = ReportingPeriodFactory(number=2)
    earlier = ProgressReportFactory(period=period, agency=line.report.agency, plan=line.report.plan, approved=True)
    ReportLineFactory(report=earlier, plan_line=line.plan_line, spent_to_date=1, physical_to_date=60)
    slow = PlanLineFactory(target_location=location, amount=900)
    other = ProgressReportFactory(period=period, agency=slow.plan.agency, plan=slow.plan, approved=True)
    ReportLineFactory(report=other, plan_line=slow, spent_to_date=0, physical_to_date=0)

    assert answer("realisasi").change == "Naik 10 poin dari TW II 2019, 1 SKPD yang sama"


def reported_before(line, **figures):
    """The report of TW II 2019 of the same agency, approved, with the same plan line."""
    period = ReportingPeriod.objects.filter(year=2019, number=2).first() or ReportingPeriodFactory(number=2)
    report = line.report
    earlier = ProgressReport.objects.filter(period=period, agency=report.agency).first() or ProgressReportFactory(
        period=period, agency=report.agency, plan=report.plan, approved=True
    )
    return ReportLineFactory(report=earlier, plan_line=line.plan_line, **figures)


def test_change_of_the_agencies_on_target_compares_those_with_a_budget_in_both_quarters(location):
    ReportingPeriodFactory(number=2)
    reported(location, amount=100)
    turned = WorkPlanFactory(agreed=True)
    old = PlanLineFactory(plan=turned, amount=100)
    change = WorkPlanFactory(
        agreed=True,
        agency=turned.agency,
        sequence=2,
        kind="PERUBAHAN",
        supersedes=turned,
        effective_on=date(2019, 8, 1),
    )
    commodity = location.core_competency.commodity
    PlanLineFactory(plan=change, activity=old.activity, target_location=location, commodity=commodity, amount=100)

    found = answer("skpd")

    assert (found.value, found.change) == ("2 dari 2", "Naik 1 dari TW II 2019")
    assert "pada kedua triwulan" in found.definition
    assert answer("skpd", periode="2019-T2").change == ""


def test_quarter_before_is_held_against_the_competency_of_its_own_day(location):
    """Plans and locations stayed; what a kecamatan works on changed in between."""
    ReportingPeriodFactory(number=2)
    reported(location, amount=100)
    old = location.core_competency
    CoreCompetency.objects.filter(pk=old.pk).update(valid_until=date(2019, 7, 31), closed_by=DecreeFactory())
    CoreCompetencyFactory(district=old.district, valid_from=date(2019, 8, 1))

    found = answer("skpd")

    assert (found.value, found.change) == ("0 dari 1", "Turun 1 dari TW II 2019")


@pytest.mark.parametrize(("since", "change"), [("2019-01-02", "Sama dengan"), ("2019-08-01", "Turun 1 dari")])
def test_quarter_before_is_held_against_the_plan_of_its_own_day(location, since, change):
    """What a later version promises in the village was not waited for in the quarter before."""
    line = reported(location)
    reported_before(line, spent_to_date=1, physical_to_date=1)
    other = WorkPlanFactory(agreed=True)
    elsewhere = ReportLineFactory(
        report=ProgressReportFactory(plan=other, agency=other.agency, approved=True),
        plan_line=PlanLineFactory(plan=other),
    )
    reported_before(elsewhere, spent_to_date=1, physical_to_date=1)
    later = WorkPlanFactory(
        agreed=True, agency=other.agency, sequence=2, kind="PERUBAHAN", supersedes=other, effective_on=since
    )
    PlanLineFactory(plan=later, target_location=location)

    assert answer("serempak").change == f"{change} TW II 2019"


def test_rates_of_places_weigh_with_the_ceiling_and_leave_out_who_has_none(location):
    plan = WorkPlanFactory(agreed=True)
    reported(location, plan=plan, amount=10_000_001, physical=10)
    reported(location, plan=plan, amount=3, physical=Decimal("62.47"))
    reported(location, plan=plan, amount=500, physical=99, fund="DD")
    for unknown in ({"amount": 5, "physical": None}, {"amount": 0, "physical": 50}):
        reported(TargetLocationFactory(), plan=plan, **unknown)

    rate = (10_000_001 * 10 + 3 * Fraction("62.47")) / 10_000_004
    assert physical_by_district(2019) == {location.village.district_id: rate}
    assert physical_by_village(2019) == {location.village_id: rate}


def test_change_of_the_villages_that_began_compares_the_same_villages(location):
    line = reported(location)
    reported_before(line, spent_to_date=0, physical_to_date=0)
    assert answer("serempak").change == "Naik 1 dari TW II 2019"

    new = TargetLocationFactory(valid_from=date(2019, 8, 1))
    reported(new, plan=line.plan_line.plan)
    found = answer("serempak")

    assert (found.value, found.change) == ("2 dari 2", "Naik 1 dari TW II 2019, 1 desa yang sama")


def test_a_first_approved_report_is_no_leap_of_its_villages(location):
    """The agency may have begun long ago: nobody knows, so nothing is compared."""
    ReportingPeriodFactory(number=2)
    reported(location)

    assert (answer("serempak").value, answer("serempak").change) == ("1 dari 1", "")

    reported_before(reported(TargetLocationFactory()), spent_to_date=1, physical_to_date=1)
    assert answer("serempak").change == "Sama dengan TW II 2019, 1 desa yang sama"


def test_change_of_the_outcomes_compares_the_measures_known_in_both_quarters(location):
    line = reported(location)
    earlier = reported_before(line)
    indicator = IndicatorFactory(activity=line.plan_line.activity, ledger="WELFARE", formula="end_value")
    villages = [location.village, TargetLocationFactory().village]
    for village in villages:
        IndicatorTargetFactory(indicator=indicator, village=village, baseline=800)
        IndicatorValueFactory(report=line.report, indicator=indicator, village=village, value=1000)
    assert (answer("hasil").value, answer("hasil").change) == ("2 dari 2", "")

    IndicatorValueFactory(report=earlier.report, indicator=indicator, village=villages[0], value=700)
    assert answer("hasil").change == "Naik 1 dari TW II 2019, 1 ukuran yang sama"


@pytest.mark.parametrize("key", ["serempak", "hasil"])
def test_what_accumulates_is_not_compared_over_new_year(location, key):
    ReportingPeriodFactory(year=2018, number=4)
    first = ReportingPeriodFactory(number=1)
    ProgressReportFactory(period=first, approved=True)

    assert answer(key, periode="2019-T1").change == ""


def test_progress_is_a_sample_only_where_a_report_is(location):
    line = reported(location)

    assert not answer("realisasi").is_sample

    ProgressReport.objects.filter(pk=line.report.pk).update(is_sample=True)
    assert answer("realisasi").is_sample


def test_what_a_filter_does_not_narrow_says_so(location):
    agency, district = reported(location).report.agency.code, location.village.district.code

    assert answer("tepat-waktu", kecamatan=district).basis.endswith("tidak dibedakan menurut kecamatan")
    assert answer("hasil", skpd=agency).basis.endswith("tidak dibedakan menurut SKPD")
    assert tiles_for(scope_of(skpd=agency)).finding.endswith("menurut semua SKPD")
    assert "dibedakan" not in answer("tepat-waktu", skpd=agency).basis + answer("hasil", kecamatan=district).basis


def test_what_needs_attention_follows_the_kecamatan(client_as, location):
    far, empty = TargetLocationFactory(status="POSTPONED"), VillageFactory().district
    near = TargetLocationFactory(
        village=VillageFactory(district=location.village.district), core_competency=location.core_competency
    )
    TargetLocation.objects.filter(pk=near.pk).update(status="POSTPONED")
    TargetLocation.objects.filter(pk=location.pk).update(status="RUNNING")
    client = client_as("leader")

    def attention(district=None):
        return tiles_for(scope_of(**({"kecamatan": district.code} if district else {}))).attention

    assert set(attention()) == {far, near}
    assert attention(location.village.district) == [near]
    page = client.get(f"/dasbor/?kecamatan={empty.code}").text
    assert f"Perlu perhatian di Kecamatan {empty}" in page and "Belum ada lokasi sasaran." in page


@pytest.mark.parametrize("key", KEYS)
def test_csv_says_in_every_row_whether_it_is_a_sample(client_as, location, key):
    reported(location)
    Activity.objects.update(is_sample=True)
    ProgressReport.objects.update(is_sample=True)
    TargetLocation.objects.update(is_sample=True)

    text = client_as("leader").get(reverse("dashboards:indicator", args=[key]) + "?format=csv").text

    header, *rows = text.strip().split("\r\n")
    assert header.endswith(";Data contoh")
    assert all(row.endswith(";ya") for row in rows)


def test_progress_of_a_village_is_its_own_where_a_kecamatan_has_two(location):
    reported(location, physical=80)
    idle = TargetLocationFactory(
        village=VillageFactory(district=location.village.district), core_competency=location.core_competency
    )

    assert tiles_for(scope_of()).finding == "1 dari 2 lokasi sasaran punya kemajuan fisik yang disetujui"
    rates = {row.village: rate for row, rate in PublicHome.on(TODAY).locations}
    assert (rates[location.village], rates[idle.village]) == (80, None)


@pytest.mark.parametrize("key", KEYS)
def test_indicator_without_rows_says_so(client_as, key):
    ReportingPeriodFactory()

    response = client_as("coordinator").get(reverse("dashboards:indicator", args=[key]))

    assert response.status_code == 200
    assert answer(key).value in {"–", "0 dari 0"} or answer(key).rows


@pytest.mark.parametrize("key", KEYS)
def test_csv_holds_the_table_of_the_page(client_as, location, key):
    reported(location)

    text = client_as("leader").get(reverse("dashboards:indicator", args=[key]) + "?format=csv").content.decode()

    assert text.startswith("\ufeff")
    assert text.count("\r\n") == 1 + len(answer(key).rows)


def file_rows(client, key: str) -> list[dict[str, str]]:
    text = client.get(reverse("dashboards:indicator", args=[key]) + "?format=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("key", ["skpd", "tepat-waktu", "realisasi"])
def test_a_file_has_the_code_of_each_agency(client_as, location, key):
    agency = reported(location).report.agency

    codes = {row["SKPD"]: row["Kode SKPD"] for row in file_rows(client_as("leader"), key)}

    assert codes[agency.short_name] == agency.code


def test_files_have_the_codes_of_villages_and_of_agencies_at_the_top(client_as, location):
    line, leader, village = reported(location), client_as("leader"), location.village
    indicator = IndicatorFactory(activity=line.plan_line.activity, ledger="WELFARE", formula="end_value")
    IndicatorTargetFactory(indicator=indicator, village=village, baseline=800)

    (row,) = file_rows(leader, "serempak")

    assert (row["Kode kecamatan"], row["Kode desa"]) == (village.district.code, village.code)
    assert row[f"{line.report.agency.short_name} ({line.report.agency.code})"] == "mulai"
    assert [(row["Kode desa"], row["Desa"]) for row in file_rows(leader, "hasil")] == [(village.code, village.name)]


@pytest.mark.parametrize("key", KEYS)
def test_a_file_with_codes_asks_no_more_for_more_rows(client_as, location, key):
    leader, counts = client_as("leader"), []
    for place in (location, TargetLocationFactory()):
        line = reported(place)
        indicator = IndicatorFactory(activity=line.plan_line.activity, ledger="WELFARE", formula="end_value")
        IndicatorTargetFactory(indicator=indicator, village=place.village, baseline=800)
        with CaptureQueriesContext(connection) as seen:
            file_rows(leader, key)
        counts.append(len(seen))

    assert counts[1] <= counts[0]  # villages that nobody has begun in are asked for once, and first there is one


def test_dashboard_before_any_quarter(client_as):
    assert "Belum ada triwulan yang dibuka" in client_as("leader").get("/dasbor/").content.decode()


@pytest.mark.parametrize(
    "query", ["?periode=2019-T9", "?periode=%00", "?kecamatan=x&skpd=y", "?periode=2019-T3&periode=a"]
)
def test_dashboard_takes_any_query(client_as, location, query):
    assert client_as("leader").get("/dasbor/" + query).status_code == 200


def test_unknown_indicator_is_not_there(client_as):
    assert client_as("leader").get("/dasbor/tidak-ada/").status_code == 404


def test_lines_read_once_add_up_as_in_the_database(location):
    """The dashboard adds the lines itself; every other page lets the database do it."""
    for line in ({"fund": "DD"}, {"activity__is_sample": True}, {"amount": 7_000_000}):
        reported(location, **line)
    outside = {"target_location": None, "exception_reason": "Bantuan bencana", "amount": 3_000_000}
    PlanLineFactory(plan__agreed=True, other_village=VillageFactory(), commodity=CommodityFactory(), **outside)
    PlanLineFactory(plan__agreed=True, target_location=None)
    PlanLineFactory()  # of a draft
    scope = scope_of()

    assert focus_in_scope(scope, 2019, scope.on) == focus_by_agency(2019, on=scope.on)
    drawing = answer("fokus").drawing
    assert drawing["spread"] == spread_of_year(2019, on=scope.on)
    assert drawing["outside"] == list(exceptions(2019, on=scope.on))
    assert drawing["outside_sum"] == 3_000_000


@pytest.mark.parametrize("rows", [1, 3])
def test_dashboard_queries_do_not_grow(client_as, django_assert_max_num_queries, location, rows):
    for _ in range(rows):
        reported_before(reported(TargetLocationFactory()))
    client = client_as("coordinator")

    with django_assert_max_num_queries(DASHBOARD_QUERIES) as counted:
        client.get("/dasbor/")

    assert len(counted) == DASHBOARD_QUERIES


# one for figures that are being corrected, three for what can still begin, two for what is stuck
DASHBOARD_QUERIES = 27


# --- Home --------------------------------------------------------------------------------------------------------


def test_home_of_a_coordinator_counts_what_waits(client_as, location):
    reported(location, state="sent")
    ProgressReportFactory()

    text = client_as("coordinator").get("/beranda/").content.decode()

    assert "Laporan menunggu verifikasi" in text
    assert "Laporan lewat jatuh tempo" in text
    assert "Terlambat 1 hari" in text


def test_a_report_sent_back_after_coming_in_time_is_not_late(client_as, location):
    late = ProgressReportFactory.create_batch(4)
    back = ProgressReportFactory(sent=True)
    ProgressReport.objects.among([back.pk]).update(status=ProgressReport.Status.RETURNED)

    text = client_as("coordinator").get("/beranda/").text

    assert list(ProgressReport.objects.overdue(clock.today()).order_by("pk")) == late
    assert not ProgressReport.objects.get(pk=back.pk).is_overdue(clock.today())
    assert text.count("Terlambat 1 hari") == 4
    assert "; dan 1 SKPD lain." in text


def test_home_says_that_more_wait_than_it_counts(client_as, monkeypatch):
    for module in (home, task):
        monkeypatch.setattr(module, "MOST", 3)
    ProgressReportFactory.create_batch(3)
    coordinator = client_as("coordinator")

    few = coordinator.get("/beranda/").text
    ProgressReportFactory.create_batch(2)
    many = coordinator.get("/beranda/").text

    assert '<span class="big">3</span>' in few
    assert '<span class="big">3+</span>' in many
    assert "dan lebih dari 0 SKPD lain." in many


def test_every_task_of_the_home_shows_its_number(client_as):
    TargetLocationFactory.create_batch(2)  # nobody is placed there
    ProgressReportFactory(sent=True)

    text = squeezed(client_as("coordinator").get("/beranda/").text)

    shown = re.findall(r'<li class="wait"> <span class="big">(\d*)</span>.*?<a href="[^"]*">([^<]+)</a></h2>', text)
    assert len(shown) == text.count('class="wait"') > 1
    assert {title: number for number, title in shown}["Lokasi sasaran tanpa pendamping"] == "2"
    assert all(number for number, _title in shown)


def test_home_of_an_operator_agrees_with_the_matrix_on_what_came_back(client_as):
    back = ProgressReportFactory(sent=True)
    ProgressReport.objects.among([back.pk]).update(status=ProgressReport.Status.RETURNED)

    def home():
        return client_as("agency_operator", at=back.agency).get("/beranda/").text

    assert "tepat waktu." in home() and "terlambat" not in home()

    ProgressReport.objects.among([back.pk]).update(due_on=date(2019, 10, 1))
    assert "terlambat" in home()


def test_home_of_an_operator_leads_to_the_report_of_the_agency_only(client_as):
    own, foreign = ProgressReportFactory(draft=True), ProgressReportFactory(draft=True)

    text = client_as("agency_operator", at=own.agency).get("/beranda/").content.decode()

    assert own.get_absolute_url() in text
    assert foreign.get_absolute_url() not in text
    assert "terlambat 1 hari kerja" in text


@pytest.mark.parametrize("who", ["panelist", "facilitator", "district_admin", "agency_head"])
def test_home_without_work_says_so(client_as, who):
    assert "Tidak ada" in client_as(who).get("/beranda/").content.decode()


def test_home_of_a_facilitator_shows_the_village(client_as, location):
    text = client_as("facilitator", village=location.village).get("/beranda/").content.decode()

    assert location.get_absolute_url() in text


# --- Public ------------------------------------------------------------------------------------------------------


def test_public_front_page_and_budget_take_approved_figures_only(location):
    reported(location, amount=100_000_000, spent=40_000_000)
    reported(location, amount=100_000_000, spent=99_000_000, state="sent")

    front = Client().get("/").content.decode()
    budget = Client().get("/anggaran/?format=csv").content.decode()

    assert "Rp\xa0200\xa0juta" in front
    assert "40%" in front and "untuk 1 dari 2 kegiatan" in front
    assert ";100000000;40000000;40;" in budget
    assert "99000000" not in budget


def test_absorption_leaves_out_activities_without_a_figure(client, location):
    """A reason is no zero: what nobody knows is not unspent, and the dashboard counts the same."""
    plan = WorkPlanFactory(agreed=True)
    reported(location, plan=plan, amount=100_000_000, spent=40_000_000)
    reported(location, plan=plan, amount=300_000_000, spent=None, physical=None)
    PlanLineFactory(amount=600_000_000)

    page = squeezed(client.get("/anggaran/").text)
    rows = client.get("/anggaran/?format=csv").text

    assert f"{plan.agency.short_name};400000000;40000000;40;1;2;100000000;" in rows
    assert all(f"{cell}</td>" in tight(page) for cell in ("1 dari 2", "1 dari 3", "0 dari 1"))
    assert (
        "<b>40%</b> sudah dibelanjakan, Rp\xa040\xa0juta dari pagu Rp\xa0100\xa0juta kegiatan yang dilaporkan, "
        "menurut 1 dari 2 SKPD (1 dari 3 kegiatan berangka)." in page
    )
    assert answer("realisasi", skpd=plan.agency.code).rows[0][4] == 40


def test_budget_is_a_sample_where_a_report_is(client, location):
    line = reported(location)
    assert client.get("/anggaran/?format=csv").text.strip().endswith(";tidak")

    ProgressReport.objects.filter(pk=line.report.pk).update(is_sample=True)

    assert client.get("/anggaran/?format=csv").text.strip().endswith(";ya")
    assert "DATA CONTOH" in client.get("/anggaran/").text


def test_figures_on_an_earlier_version_count_for_the_lines_that_continue_it(client, location):
    """A change of the plan adds work that nobody has reported on yet: it is planned and has no figure."""
    first = WorkPlanFactory(agreed=True)
    old = reported(location, plan=first, amount=100_000_000, spent=40_000_000).plan_line
    change = WorkPlanFactory(
        agreed=True,
        agency=first.agency,
        sequence=2,
        kind="PERUBAHAN",
        supersedes=first,
        effective_on=date(2019, 8, 1),
    )
    PlanLineFactory(plan=change, activity=old.activity, target_location=location, amount=100_000_000, continues=old)
    PlanLineFactory(plan=change, activity=old.activity, target_location=location, amount=60_000_000)

    rows = client.get("/anggaran/?format=csv").text

    assert f"{first.agency.short_name};160000000;40000000;40;1;2;100000000;" in rows


def test_figures_are_divided_by_the_ceiling_they_were_reported_on_and_the_version_is_named(client, location):
    """Reported were 40 of 80 million; the change raised the ceiling to 320, of which nobody has reported anything."""
    first = WorkPlanFactory(agreed=True)
    old = reported(location, plan=first, amount=80_000_000, spent=40_000_000).plan_line
    changed = {"sequence": 2, "kind": "PERUBAHAN", "supersedes": first, "effective_on": date(2019, 8, 1)}
    change = WorkPlanFactory(agreed=True, agency=first.agency, **changed)
    PlanLineFactory(plan=change, activity=old.activity, target_location=location, amount=320_000_000, continues=old)

    addresses = ("/", "/anggaran/", location.get_absolute_url())
    front, page, village = (tight(client.get(url).text) for url in addresses)
    rows = client.get("/anggaran/?format=csv").text

    document = "nomor 1.05/2019, tanggal 28 Desember 2018"
    figures = ";320000000;40000000;50;1;1;80000000;Triwulan III 2019"
    assert f"{figures};DPPA {document};DPA {document};tidak" in rows
    assert ">50%<" in front and "dari pagu Rp\xa080\xa0juta kegiatan yang dilaporkan (menurut DPA)" in front
    assert f"DPPA {document}</span>" in page and f"DPA {document}</span>" in page and ">50%</td>" in page
    agency = first.agency  # its short name opens and tells which office it is
    assert f'<details><summary>{agency}</summary><span class="meta">{agency.name}</span></details>' in page
    assert "50%" in village and "Rp\xa080\xa0juta" in village and "menurut DPA" in village


@pytest.mark.parametrize("url", ["/", "/anggaran/", "/anggaran/?tahun=x", "/bantuan/", "/aksesibilitas/", "/privasi/"])
def test_public_page_works_without_data(client, url):
    assert client.get(url).status_code == 200


def test_public_front_page_names_rounds_that_take_applications_now(client):
    open_now = RecruitmentRoundFactory(name="Pendamping yang dicari")
    RecruitmentRoundFactory(name="Pendamping nanti", opens_at=datetime(2019, 10, 20, tzinfo=UTC))
    RecruitmentRoundFactory(name="Pendamping konsep", draft=True)

    with clock.at(datetime(2019, 10, 8, 3, 0, tzinfo=UTC)):
        page = client.get("/").content.decode()

    assert reverse("recruitment:vacancy", args=[open_now.code]) in page
    assert "Pendamping yang dicari" in page
    assert "Pendamping nanti" not in page and "Pendamping konsep" not in page


@pytest.mark.parametrize(("held_until", "told"), [(None, False), (date(2019, 10, 7), True)])
def test_home_tells_somebody_without_an_assignment_why_it_is_empty(client, held_until, told):
    person = AssignmentFactory(role="agency_head", valid_until=held_until).user
    client.force_login(person)

    page = client.get("/beranda/").content.decode()

    assert ("tidak punya penugasan yang berlaku hari ini" in page) == told


def test_front_page_of_an_empty_installation_shows_no_zero_for_what_is_unknown(client, db):
    page = " ".join(client.get("/").content.decode().split())

    assert "Belum ada data" in page
    assert "Rp\N{NO-BREAK SPACE}0" not in page and "0 SKPD" not in page and "0 kecamatan" not in page


def _further(location, number):
    shared = {"village__district": location.village.district, "core_competency": location.core_competency}
    return [TargetLocationFactory(**shared, decree=location.decree) for _ in range(number)]


def test_long_tables_are_shortened_and_say_how_many_others_there_are(client_as, location):
    """Fifteen agencies with work in fifteen villages: twelve rows each, the rest on the page of the indicator."""
    villages = [location, *_further(location, 14)]
    for each in villages:
        reported(each, spent=0, physical=0)
    client = client_as("leader")

    page = client.get("/dasbor/").text
    table = client.get("/dasbor/serempak/").text

    assert (
        "dan 3 desa lainnya" in page and re.findall(r"dan (\d+) SKPD lainnya", page) == ["4"] * 3
    )  # and the leader's own
    matrix = page.partition('id="i3"')[2].partition("</section>")[0]
    assert matrix.count("<tr>") == 1 + SHOWN
    assert all(each.village.name in table.partition('id="tabel"')[2] for each in villages)


def test_table_of_an_indicator_is_paged_after_a_hundred_rows(client_as, location):
    _further(location, 100)
    client = client_as("leader")

    first, second = (client.get(f"/dasbor/serempak/?halaman={number}").text for number in (1, 2))

    rows = [page.partition('id="tabel"')[2].partition("<tbody>")[2].count("<tr>") for page in (first, second)]
    assert rows == [100, 1]
    assert client.get("/dasbor/serempak/?format=csv").text.count("\r\n") == 102


def test_one_row_too_many_is_shown_rather_than_counted():
    assert (len(Shortened(range(13)).shown), Shortened(range(13)).rest) == (13, 0)
    assert (len(Shortened(range(14)).shown), Shortened(range(14)).rest) == (12, 2)


def test_front_page_shows_the_first_target_villages_and_leads_to_all(client, location):
    _further(location, 29)

    page = client.get("/").text

    assert page.partition('id="lokasi-sasaran"')[2].partition("<tbody>")[2].count("<tr>") == 25
    assert "30 lokasi sasaran" in page and "dan 5 desa lainnya" in page
