"""Funds: which money counts in the absorption is asked of the table, in the query that sums."""

import pytest
from django.db import IntegrityError, transaction

from programs.nomenclature.funds import Fund, fill_funds, forget_funds, fund_choices, fund_label, funds
from programs.planning.models import PlanLine, WorkPlan
from programs.profiles.works import total_of, works_of
from programs.reporting.reports.sheets import sheets_for
from tests.factories import FundFactory, PlanLineFactory, ProgressReportFactory, ReportLineFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def remembered():
    fill_funds()
    forget_funds()
    yield
    forget_funds()


@pytest.fixture
def plan():
    """A plan with three amounts that no sum confuses."""
    plan = WorkPlanFactory(agreed=True)
    for fund, amount in (("DAU", 100), ("DD", 20), ("DAK", 3)):
        PlanLineFactory(plan=plan, fund=fund, amount=amount)
    return plan


def budgets(plan):
    lines = PlanLine.objects.filter(plan=plan)
    total = lines.totals_by_year()[0]
    of_works = total_of(works_of(lines, year=plan.year, on=plan.effective_on))
    return {
        WorkPlan.objects.for_table().get(pk=plan.pk).budget,
        total["budget"],
        sum(line.amount for line in lines.in_program_budget()),
        sum(line.amount for line in lines.for_table() if not line.is_village_money),
        of_works.planned,
    }


def test_village_money_is_beside_the_budget_until_the_flag_says_otherwise(plan):
    assert budgets(plan) == {103}

    Fund.objects.filter(code="DD").update(counts_in_absorption=True)

    assert budgets(plan) == {123}  # this process was not told, its queries ask the table

    Fund.objects.filter(code="DAU").update(counts_in_absorption=False)

    assert budgets(plan) == {23}


def test_sheet_of_a_report_asks_the_same_table(plan):
    report = ProgressReportFactory(agency=plan.agency, plan=plan)
    for line in plan.lines.all():
        ReportLineFactory(report=report, plan_line=line)
    Fund.objects.filter(code="DAK").update(counts_in_absorption=False)

    sheet = sheets_for([report])[report.pk]

    assert {row.plan_line.fund: row.is_village_money for row in sheet.rows} == {"DAU": False, "DD": True, "DAK": True}
    assert sheet.total.amount == 100


def test_stored_dak_keeps_its_code_and_says_that_it_is_old():
    line = PlanLineFactory(fund="DAK")

    assert line.get_fund_display() == "DAK (lama, tanpa rincian)"
    assert not line.is_village_money


def offered(year, kept=""):
    return {code for _group, rows in fund_choices(funds(), year, kept) for code, _label in rows}


def test_funds_are_offered_in_their_years():
    assert {"DAK_FISIK", "DAK_NFISIK", "DID"} <= offered(2019)
    assert not {"DAK", "INSENTIF", "DBH_SAWIT", "DAU_TENTU"} & offered(2019)
    assert {"INSENTIF", "DBH_SAWIT", "DAU_TENTU"} <= offered(2023)
    assert "DID" not in offered(2023)


def test_line_keeps_a_fund_that_is_no_longer_offered():
    assert "DAK" in offered(2019, "DAK")
    assert "GONE" in offered(2019, "GONE")


def test_word_of_a_fund_that_another_process_added():
    FundFactory(code="BANKEU", label="Bantuan keuangan")

    assert fund_label("BANKEU") == "Bantuan keuangan"
    assert fund_label("NEVER") == "NEVER"


def test_saving_a_fund_is_spoken_at_once(client_as, django_capture_on_commit_callbacks):
    fund = Fund.objects.get(code="CSR")
    with django_capture_on_commit_callbacks(execute=True):
        client_as("coordinator").post(
            f"/kelola/programs/fund/{fund.pk}/change/",
            {
                "label": "CSR perusahaan",
                "group": fund.group,
                "counts_in_absorption": "on",
                "active": "on",
                "position": 1,
            },
        )

    assert fund_label("CSR") == "CSR perusahaan"
    assert Fund.history.filter(code="CSR").latest().label == "CSR perusahaan"


def test_years_of_a_fund_do_not_end_before_they_begin():
    with pytest.raises(IntegrityError), transaction.atomic():
        FundFactory(first_year=2023, last_year=2022)
