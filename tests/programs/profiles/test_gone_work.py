"""Money spent on work that the plan no longer has: every page and sum counts it, and none gives it a ceiling."""

from datetime import date
from fractions import Fraction

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.dashboards.budget import agency_budgets
from programs.dashboards.places import physical_by_village
from programs.dashboards.progress import progress_by_agency
from programs.dashboards.scope import read_scope
from programs.models import PlanLine, ReportLine, WorkPlan
from programs.profiles.works import total_of, works_of
from programs.reporting import integrity
from programs.reporting.reports.sheets import sheets_for
from tests.factories import (
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2019, 12, 20)
RUPIAH = st.integers(min_value=1, max_value=10**12)


def versions(plan: WorkPlan) -> WorkPlan:
    return WorkPlanFactory(
        agreed=True,
        agency=plan.agency,
        kind=WorkPlan.Kind.PERUBAHAN,
        sequence=2,
        supersedes=plan,
        effective_on=date(2019, 9, 20),
    )


def works_in(location):
    return works_of(PlanLine.objects.in_village(location.village_id), year=2019, on=TODAY)


def scope():
    return read_scope(QueryDict("periode=2019-T4"), today=TODAY)[0]


@pytest.fixture
def location():
    return TargetLocationFactory()


@pytest.fixture
def fourth():
    return ReportingPeriodFactory(number=4, starts=date(2019, 10, 1), ends=date(2019, 12, 31))


@pytest.mark.parametrize("carried", ["OWN", "BEFORE"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(RUPIAH, min_size=3, max_size=3, unique=True), spent=st.tuples(RUPIAH, RUPIAH), done=st.booleans()
)
def test_all_pages_agree_on_what_was_spent(location, fourth, carried, amounts, spent, done):
    plan = WorkPlanFactory(agreed=True)
    gone = PlanLineFactory(plan=plan, target_location=location, amount=amounts[0])
    kept = PlanLineFactory(plan=plan, target_location=location, amount=amounts[1])
    changed = versions(plan)
    follows = PlanLineFactory(
        plan=changed, activity=kept.activity, target_location=location, amount=amounts[2], continues=kept
    )
    report = ProgressReportFactory(approved=True, plan=changed, agency=plan.agency, period=fourth)
    ReportLineFactory(report=report, plan_line=follows, spent_to_date=spent[0], physical_to_date=37)
    ReportLineFactory(
        report=report,
        plan_line=gone,
        spent_to_date=spent[1],
        physical_to_date=91 if done else None,
        carried=carried,
    )

    sheet = sheets_for([report])[report.pk].total
    budget = next(row for row in agency_budgets(2019, TODAY).rows if row.agency == plan.agency)
    progress = progress_by_agency(scope(), fourth)[plan.agency_id]
    works = [work for work in works_in(location) if work.line.plan.agency_id == plan.agency_id]
    village = total_of(works)

    assert {sheet.spent, int(budget.spent), progress.spent, village.spent} == {sum(spent)}
    assert {sheet.amount, int(budget.reported), progress.amount, village.reported} == {amounts[2]}
    rate = Fraction(sum(spent) * 100, amounts[2])
    assert {sheet.absorption, budget.absorption, progress.absorption, village.absorption} == {rate}
    assert (village.planned, budget.planned, village.works, village.known) == (amounts[2], amounts[2], 1, 1)
    assert {sheet.physical, progress.physical_percent, village.physical} == {37}
    assert [(work.ended, work.planned, work.spent) for work in works] == [
        (False, amounts[2], spent[0]),
        (True, 0, spent[1]),
    ]
    assert not [said for said in integrity.carried_lines() if str(report) in said]


def test_work_of_the_reported_version_that_the_plan_in_force_lacks_stays_on_the_village(location):
    plan = WorkPlanFactory(agreed=True)
    gone = PlanLineFactory(plan=plan, target_location=location, amount=700)
    versions(plan)
    report = ProgressReportFactory(approved=True, plan=plan, agency=plan.agency)
    ReportLineFactory(report=report, plan_line=gone, spent_to_date=350, physical_to_date=40)

    works, budget = works_in(location), agency_budgets(2019, TODAY)

    assert [(work.line, work.ended, work.planned, work.ceiling, work.spent) for work in works] == [
        (gone, True, 0, 700, 350)
    ]
    total = total_of(works)
    assert (total.spent, total.reported, total.works, total.physical) == (350, 700, 0, 40)
    assert [(row.planned, row.spent, row.reported) for row in budget.rows] == [(0, 350, 700)]


def test_work_that_went_to_another_village_is_not_shown_twice(location):
    other = TargetLocationFactory()
    plan = WorkPlanFactory(agreed=True)
    line = PlanLineFactory(plan=plan, target_location=location)
    changed = versions(plan)
    PlanLineFactory(plan=changed, activity=line.activity, target_location=other, continues=line)
    report = ProgressReportFactory(approved=True, plan=plan, agency=plan.agency)
    ReportLineFactory(report=report, plan_line=line, spent_to_date=350)

    assert works_in(location) == []
    assert [(work.spent, work.ended) for work in works_in(other)] == [(350, False)]


def test_carried_work_weighs_nothing_in_the_progress_of_its_village(location, fourth):
    plan = WorkPlanFactory(agreed=True)
    gone = PlanLineFactory(plan=plan, target_location=location, amount=900)
    changed = versions(plan)
    new = PlanLineFactory(plan=changed, target_location=location, amount=100)
    report = ProgressReportFactory(approved=True, plan=changed, agency=plan.agency, period=fourth)
    ReportLineFactory(report=report, plan_line=gone, carried="BEFORE", physical_to_date=90)
    ReportLineFactory(report=report, plan_line=new, physical_to_date=30)

    assert physical_by_village(2019) == {location.village_id: 30}


def test_the_village_page_and_its_file_say_that_the_work_is_gone(client, location, fourth):
    plan = WorkPlanFactory(agreed=True)
    gone = PlanLineFactory(plan=plan, target_location=location, activity__name="Bibit pala", amount=900_000_000)
    changed = versions(plan)
    PlanLineFactory(plan=changed, target_location=location)
    report = ProgressReportFactory(approved=True, plan=changed, agency=plan.agency, period=fourth)
    ReportLineFactory(report=report, plan_line=gone, carried="BEFORE", spent_to_date=12_400_000)

    page = client.get(f"/desa/{location.village.slug}/?tahun=2019").content.decode()
    file = client.get(f"/desa/{location.village.slug}/kegiatan.csv?tahun=2019").content.decode()

    assert "tidak ada lagi dalam rencana" in page and "pagu 0" in page
    assert any("Bibit pala" in row and ";0;12400000;" in row.replace(",", ";") for row in file.splitlines())


def test_the_page_of_the_work_says_that_it_is_carried_and_why_it_fell(client, client_as, location, fourth):
    plan = WorkPlanFactory(agreed=True)
    gone = PlanLineFactory(plan=plan, target_location=location, amount=900_000_000)
    changed = versions(plan)
    PlanLineFactory(plan=changed, target_location=location)
    report = ProgressReportFactory(approved=True, plan=changed, agency=plan.agency, period=fourth)
    ReportLineFactory(
        report=report, plan_line=gone, carried="OWN", correction="REFUND", correction_reason="Sisa honor dikembalikan"
    )

    public = text_of(client.get(f"/kegiatan/{gone.pk}/"))
    inside = text_of(client_as("coordinator").get(f"/kegiatan/{gone.pk}/"))

    assert "dibawa, pagu 0" in public and "tidak ada lagi dalam rencana" in public
    assert "Sisa honor" not in public and "Pengembalian ke kas daerah: Sisa honor dikembalikan" in inside


def test_integrity_names_lines_and_versions_that_do_not_fit(location, fourth):
    plan = WorkPlanFactory(agreed=True)
    line = PlanLineFactory(plan=plan, target_location=location)
    changed = versions(plan)
    PlanLineFactory(plan=changed, activity=line.activity, continues=line)
    third = ProgressReportFactory(draft=True, plan=changed, agency=plan.agency)
    last = ProgressReportFactory(draft=True, plan=plan, agency=plan.agency, period=fourth)
    kept = ReportLineFactory(report=third, plan_line=line, carried="OWN")
    ReportLineFactory(report=last, plan_line=PlanLineFactory(plan=changed))

    assert [said.partition(":")[0] for said in integrity.plan_versions()] == [str(third)]
    assert {said.partition(":")[0] for said in integrity.carried_lines()} == {str(third), str(last)}
    ReportLine.objects.filter(pk=kept.pk).delete()
    assert {said.partition(":")[0] for said in integrity.carried_lines()} == {str(last)}
