"""The S-curve: its months, both deviations, what is critical, programmes, and whose it is."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from tests.factories import (
    MonthlyPlanFactory,
    MonthlyProgressFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)
from tests.p2emas.documents.pdf_text import text_of as pdf_text

pytestmark = pytest.mark.django_db
URL = "monthly:s-curve"


@pytest.fixture
def plan(db):
    """Two programmes of 200 and 300 rupiah; in August 40 + 150 were planned, 30 + 60 were spent."""
    plan = WorkPlanFactory(agreed=True)
    for programme, amount, planned, spent, physical in (("Pangan", 200, 40, 30, 50), ("Jalan", 300, 150, 60, 10)):
        line = PlanLineFactory(plan=plan, amount=amount, activity__programme_name=programme)
        MonthlyPlanFactory(line=line, month=8, money=planned, physical=60)
        MonthlyProgressFactory(line=line, month=8, money=spent, physical=physical)
    return plan


def page_of(client, **query):
    return client.get(reverse(URL), query).context["page"]


def test_last_month_has_both_deviations(client_as, plan):
    last = page_of(client_as("coordinator")).curve.last

    assert (last.month, last.planned, last.reached) == (8, 38, 18)
    assert last.points == -20
    assert last.relative == Fraction(20 * 100, 38)
    assert last.is_critical


def test_work_is_weighed_by_the_budget(client_as, plan):
    last = page_of(client_as("coordinator"), ukuran="fisik").curve.last

    assert (last.planned, last.reached) == (60, Fraction(200 * 50 + 300 * 10, 500))


def test_months_without_figures_are_gaps_and_not_zero(client_as, plan):
    page = client_as("coordinator").get(reverse(URL))

    curve = page.context["page"].curve
    assert [point.month for point in curve.points if point.reached is not None] == [8]
    assert [point.month for point in curve.points if point.planned is not None] == [8]
    assert str(curve.chart).count("<circle") == 4  # a lonely month on each line, and both ends of the difference
    assert "belum ada data" in page.content.decode()


def test_headline_says_how_far_and_whether_it_is_critical(client_as, plan):
    assert page_of(client_as("coordinator")).curve.headline == (
        "Keuangan tertinggal 20 poin dari rencana kas (RAK): kritis"
    )
    assert page_of(client_as("coordinator"), ukuran="fisik").curve.headline == (
        "Fisik tertinggal 34 poin dari rencana fisik: kritis"
    )


@pytest.mark.parametrize(
    ("planned", "spent", "headline"),
    [
        (50, 50, "Keuangan sesuai rencana kas (RAK)"),
        (50, 55, "Keuangan 5 poin di atas rencana kas (RAK)"),
        (50, 45, "Keuangan tertinggal 5 poin dari rencana kas (RAK)"),
        (80, 74, "Keuangan tertinggal 6 poin dari rencana kas (RAK): kritis"),
        (None, 45, "Keuangan 45% sampai Agustus; rencana belum ada data"),
        (50, None, "Keuangan: belum ada data"),
    ],
)
def test_headline_of_each_case(client_as, planned, spent, headline):
    line = PlanLineFactory(amount=100)
    MonthlyPlanFactory(line=line, month=8, money=planned)
    MonthlyProgressFactory(line=line, month=8, money=spent)

    assert page_of(client_as("coordinator")).curve.headline == headline


def test_month_with_silent_lines_says_of_how_many_it_is(client_as, plan):
    """Half of the programme says nothing: its delay is that of the other half, and whether it is critical is open."""
    line = PlanLineFactory(plan=plan, amount=300, activity__programme_name="Jalan")
    MonthlyPlanFactory(line=line, month=8, money=30)

    answer = client_as("coordinator").get(reverse(URL), {"program": "Jalan"})

    last = answer.context["page"].curve.last
    assert (last.planned, last.reached, last.points, last.is_critical) == (30, 20, -30, None)
    assert (last.told, last.status) == ("1 dari 2", "Belum pasti")
    assert "Keuangan tertinggal 30 poin dari rencana kas (RAK), dihitung dari 1 dari 2 baris" in answer.content.decode()


def test_programmes_come_with_the_furthest_behind_first(client_as, plan):
    rows = page_of(client_as("coordinator")).programmes

    assert [(row.name, row.amount, row.point.points) for row in rows] == [("Jalan", 300, -30), ("Pangan", 200, -5)]
    one = page_of(client_as("coordinator"), program="Pangan").curve.last
    assert (one.planned, one.reached) == (20, 15)


def test_programme_that_is_none_has_no_figures(client_as, plan):
    page = client_as("coordinator").get(reverse(URL), {"program": "<b>tidak ada</b>"})

    assert page.context["page"].curve.last is None
    assert "<b>tidak" not in page.content.decode()


def test_report_tells_the_last_month_of_a_quarter(client_as, plan):
    report = ProgressReportFactory(
        approved=True, agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=2019, number=3)
    )
    for line in plan.lines.all():
        ReportLineFactory(report=report, plan_line=line, spent_to_date=line.amount // 2, physical_to_date=50)

    last = page_of(client_as("coordinator")).curve.last

    assert (last.month, last.reached, last.planned, last.points, last.is_critical) == (9, 50, None, None, None)
    assert last.source == "laporan"


def test_village_money_is_no_part_of_the_curve(client_as, plan):
    village = PlanLineFactory(plan=plan, amount=1_000, fund="DD", activity__programme_name="Pangan")
    MonthlyProgressFactory(line=village, month=8, money=1_000, physical=Decimal("100"))

    assert page_of(client_as("coordinator")).curve.last.reached == 18


def test_agency_sees_its_own_curve_only(client_as, plan):
    other = WorkPlanFactory(agreed=True)
    client = client_as("agency_operator", at=plan.agency)

    asked = client.get(reverse(URL), {"skpd": other.agency.code})

    assert asked.context["page"].agency == plan.agency
    assert other.agency.short_name not in asked.content.decode()


def test_nothing_planned_is_said(client_as):
    page = client_as("coordinator").get(reverse(URL))

    assert page.status_code == 200
    assert "Belum ada rencana kerja yang ditetapkan" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [{"tahun": "x"}, {"tahun": "99999999999"}, {"ukuran": "emas"}, {"program": "x" * 5000}, {"skpd": "\x00"}],
)
def test_no_query_breaks_the_page(client_as, plan, query):
    assert client_as("coordinator").get(reverse(URL), query).status_code == 200


def test_page_takes_as_many_queries_for_many_lines(client_as, plan, django_assert_max_num_queries):
    client = client_as("coordinator")
    for number in range(6):
        MonthlyProgressFactory(line=PlanLineFactory(plan=plan, activity__programme_name=f"Program {number}"), month=8)
    client.get(reverse(URL))

    with django_assert_max_num_queries(20):
        client.get(reverse(URL))


# --- On paper ---------------------------------------------------------------------------------------------------------


def paper_of(client, **query):
    answer = client.get(reverse(URL), {**query, "format": "pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer, plain(pdf_text(answer.content))


def plain(text):
    return " ".join(text.replace("\u00a0", " ").replace("\u2212", "-").split())


def test_paper_says_what_the_page_says(client_as, plan):
    client = client_as("coordinator")
    page = page_of(client)
    answer, text = paper_of(client)

    august = next(point for point in page.curve.points if point.month == 8)
    assert "Agustus 500 38% 18% 2 dari 2 -20 poin 52,6% Kritis bulanan" in text
    assert (august.planned, august.reached, august.points) == (38, 18, -20)
    assert page.curve.headline in text and page.curve.rule in text
    assert "Deviasi kurva S (poin)" in text and "Deviasi RFK (% dari rencana)" in text
    assert "Januari 0 belum ada data belum ada data" in text or "Januari 500 belum ada data belum ada data" in text
    for row in page.programmes:
        assert f"{row.name} {row.amount} Agustus" in text
    assert f"Kepala {plan.agency.name}" in text and "Halaman 1 dari" in text
    assert answer["Content-Disposition"] == f'inline; filename="kurva-s-{plan.agency.code}-2019-keuangan.pdf"'


def test_paper_of_one_programme_of_work(client_as, plan):
    _answer, text = paper_of(client_as("coordinator"), ukuran="fisik", program="Jalan")

    assert "Kurva S fisik 2019" in text and "program Jalan" in text
    assert "Agustus 300 60% 10%" in text and "Per program" not in text


def test_invented_plans_are_marked_on_paper(client_as, plan):
    type(plan).objects.update(is_sample=True)

    assert "DATA CONTOH" in paper_of(client_as("coordinator"))[1]


def test_paper_is_asked_for_within_the_scope(client_as, plan):
    other = WorkPlanFactory(agreed=True)
    answer = client_as("agency_operator", at=other.agency).get(
        reverse(URL), {"skpd": plan.agency.code, "format": "pdf"}
    )

    assert plan.agency.code not in answer["Content-Disposition"]
