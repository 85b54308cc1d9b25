"""While an approved report is corrected the public reads what was approved; every value is unequal to its correction."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from p2emas.documents.kinds import JPEG
from programs.dashboards.budget import agency_budgets
from programs.dashboards.places import physical_by_village
from programs.models import (
    IndicatorValue,
    KeptLine,
    KeptReport,
    KeptValue,
    ProgressReport,
    ReportAttachment,
    ReportLine,
    WorkPlan,
)
from programs.reporting import integrity
from programs.reporting.reading.approved import approved_lines
from programs.reporting.reading.welfare import village_results
from programs.reporting.reopening.services import open_for_correction
from programs.reporting.verification.deciding import Decision, decide, undo_decision
from tests.factories import (
    AgencyFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReopenRequestFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
S = ProgressReport.Status
CEILING = 100_000_000
DAY = date(2019, 10, 8)


@pytest.fixture
def work():
    location = TargetLocationFactory()
    line = PlanLineFactory(target_location=location, commodity=location.core_competency.commodity, amount=CEILING)
    for quarter in (1, 2, 3):
        PlanLineTargetFactory(plan_line=line, quarter=quarter, physical=80)
    indicator = IndicatorFactory(activity=line.activity, ledger="WELFARE", formula="end_value", unit="Rp ribu")
    IndicatorTargetFactory(indicator=indicator, village=location.village, baseline=800)
    return SimpleNamespace(line=line, village=location.village, indicator=indicator, agency=line.plan.agency)


def report_of(work, number: int, *, spent: int, physical: int, value: int) -> ProgressReport:
    period = ReportingPeriodFactory(number=number)
    report = ProgressReportFactory(approved=True, plan=work.line.plan, agency=work.agency, period=period)
    row = ReportLineFactory(report=report, plan_line=work.line, spent_to_date=spent, physical_to_date=physical)
    IndicatorValueFactory(report=report, indicator=work.indicator, village=work.village, value=value)
    ReportAttachment.objects.create(
        report=report,
        line=row,
        file=f"lampiran/foto{number}.jpg",
        content_type=JPEG,
        size=9,
        sha256="0" * 64,
        caption=f"Sebelum dikoreksi {number}",
        uploaded_at=datetime(2019, 10, 2, tzinfo=UTC),
    )
    return report


def reopen(report: ProgressReport, head) -> None:
    report.refresh_from_db()
    open_for_correction(ReopenRequestFactory(report=report), seen="ASKED", actor=head)
    report.refresh_from_db()


def correct(report: ProgressReport, *, spent: int, physical: int, value: int) -> None:
    """What the agency types while the report is open, and a new photo."""
    row = report.lines.get()
    ReportLine.objects.filter(pk=row.pk).update(spent_to_date=spent, physical_to_date=physical)
    IndicatorValue.objects.filter(report=report).update(value=value)
    ReportAttachment.objects.create(
        report=report,
        line=row,
        file="lampiran/baru.jpg",
        content_type=JPEG,
        size=9,
        sha256="1" * 64,
        caption="Foto susulan",
        uploaded_at=datetime(2019, 10, 9, tzinfo=UTC),
    )


def approve(report: ProgressReport, verifier) -> None:
    ProgressReport.objects.filter(pk=report.pk).update(status=S.VERIFYING, claimed_by=verifier)
    report.refresh_from_db()
    decide(report=report, actor=verifier, decision=Decision.APPROVE, seen=S.VERIFYING, version=report.version)
    report.refresh_from_db()


def pages_of(work) -> dict[str, str]:
    """Every public page and file that shows the figure, and what of it is shown there: money, progress, value."""
    slug, code = work.village.slug, work.village.district.code
    return {
        "/": "money",
        "/anggaran/?tahun=2019": "money",
        "/anggaran/?tahun=2019&format=csv": "rupiah",
        "/peta/": "physical",
        f"/desa/{slug}/": "money physical value",
        f"/desa/{slug}/kegiatan.csv": "rupiah",
        f"/desa/{slug}/dasar/": "physical",
        f"/kecamatan/{code}/": "money physical value",
        f"/kegiatan/{work.line.pk}/": "money physical value",
    }


def figures(spent: int, physical: int, value: int) -> dict[str, str]:
    return {
        "money": str(spent // 1_000_000),
        "rupiah": str(spent),
        "physical": f"{physical}%",
        "value": f"{value // 1000}.{value % 1000:03}" if value >= 1000 else str(value),
    }


def read(client, work) -> dict[str, str]:
    return {page: text_of(client.get(page)) for page in pages_of(work)}


@pytest.mark.parametrize("number", [1, 3])
def test_every_public_page_keeps_what_was_approved_until_the_correction_is(client, user_as, work, number):
    """Also in the first quarter of a year, which has no quarter before it."""
    if number > 1:
        report_of(work, number - 1, spent=23_000_000, physical=29, value=907)
    report = report_of(work, number, spent=61_000_000, physical=71, value=1013)
    before = read(client, work)
    for page, shown in pages_of(work).items():
        for kind in shown.split():
            assert figures(61_000_000, 71, 1013)[kind] in before[page], (page, kind)

    reopen(report, user_as("coordinator_head"))
    correct(report, spent=47_000_000, physical=53, value=941)
    during = read(client, work)

    for page, shown in pages_of(work).items():
        for kind in shown.split():
            assert figures(61_000_000, 71, 1013)[kind] in during[page], (page, kind)
        assert "53%" not in during[page] and "47000000" not in during[page] and "Foto susulan" not in during[page]
        if "csv" not in page:
            assert "sedang dikoreksi sejak 8 Oktober 2019" in during[page], page
    assert f"Sebelum dikoreksi {number}" in during[f"/kegiatan/{work.line.pk}/"]
    assert "disetujui, sedang dikoreksi" in during[f"/kegiatan/{work.line.pk}/"]
    assert "Dikembalikan" not in during[f"/kegiatan/{work.line.pk}/"]

    approve(report, user_as("coordinator"))
    after = read(client, work)

    for page, shown in pages_of(work).items():
        for kind in shown.split():
            assert figures(47_000_000, 53, 941)[kind] in after[page], (page, kind)
        assert "sedang dikoreksi" not in after[page] and "71%" not in after[page]


def test_what_is_said_of_a_photo_waits_for_approval_too(client, user_as, work):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    photo = report.attachments.get()
    reopen(report, user_as("coordinator_head"))
    KeptReport.objects.update(kept_at=datetime(2019, 10, 3, tzinfo=UTC))  # the clock of the tests does not run
    pages = (f"/kegiatan/{work.line.pk}/", f"/desa/{work.village.slug}/")
    assert all("Sebelum dikoreksi 3" in text_of(client.get(page)) for page in pages)

    photo.caption = "Belum dibaca siapa pun"
    photo.save(update_fields=["caption"])

    assert not any("Belum dibaca siapa pun" in text_of(client.get(page)) for page in pages)
    assert client.get(photo.get_absolute_url()).status_code in (302, 404)
    approve(report, user_as("coordinator"))
    assert all("Belum dibaca siapa pun" in text_of(client.get(page)) for page in pages)


def test_the_dashboard_keeps_it_too(client_as, user_as, work):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    reader = client_as("leader")
    pages = {"/dasbor/?periode=2019-T3": "physical", "/dasbor/realisasi/?periode=2019-T3": "physical money"}
    reopen(report, user_as("coordinator_head"))
    correct(report, spent=47_000_000, physical=53, value=941)

    for page, shown in pages.items():
        words = text_of(reader.get(page))
        for kind in shown.split():
            assert figures(61_000_000, 71, 1013)[kind] in words, (page, kind)
        assert "53%" not in words


def test_a_second_correction_keeps_what_the_first_one_approved(work, user_as):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    head, verifier = user_as("coordinator_head"), user_as("coordinator")
    reopen(report, head)
    correct(report, spent=47_000_000, physical=53, value=941)
    approve(report, verifier)

    reopen(report, head)
    correct(report, spent=31_000_000, physical=37, value=877)

    assert public_of(work) == (47_000_000, Decimal(53), 941)
    assert KeptReport.objects.count() == 1 and not list(integrity.kept_figures())
    approve(report, verifier)
    assert public_of(work) == (31_000_000, Decimal(37), 877)


def test_an_approval_that_is_undone_gives_the_figures_before_it_back(work, user_as):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    verifier = user_as("coordinator")
    reopen(report, user_as("coordinator_head"))
    correct(report, spent=47_000_000, physical=53, value=941)
    approve(report, verifier)

    undo_decision(report=report, actor=verifier, seen=S.APPROVED, version=report.version)

    assert public_of(work) == (61_000_000, Decimal(71), 1013)


def public_of(work) -> tuple[int | None, Decimal | None, int | None]:
    """The same three figures by the reads of other pages, which must agree."""
    (budget,) = (row for row in agency_budgets(2019, DAY).rows if row.agency == work.agency)
    (line,) = (line for lines in approved_lines(2019) for line in lines)
    (result,) = village_results(2019)
    assert budget.spent == line.spent_to_date
    assert physical_by_village(2019)[work.village.pk] == line.physical_to_date
    return budget.spent, line.physical_to_date, int(result.value or 0)


def test_the_copy_keeps_its_plan_while_the_report_takes_another_over(work, user_as):
    """A line that the new version dropped, and the version itself, are read as they were approved."""
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    reopen(report, user_as("coordinator_head"))
    changed = WorkPlanFactory(
        agreed=True, agency=work.agency, kind=WorkPlan.Kind.PERUBAHAN, sequence=2, supersedes=work.line.plan
    )
    ProgressReport.objects.filter(pk=report.pk).update(plan=changed)
    ReportLine.objects.filter(report=report).delete()

    (budget,) = (row for row in agency_budgets(2019, DAY).rows if row.agency == work.agency)

    assert (budget.spent, budget.reported, budget.reported_plan) == (61_000_000, CEILING, work.line.plan)


def test_a_later_quarter_is_read_as_it_is(work, user_as):
    earlier = report_of(work, 2, spent=23_000_000, physical=29, value=907)
    report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    reopen(earlier, user_as("coordinator_head"))
    correct(earlier, spent=19_000_000, physical=17, value=811)

    assert public_of(work) == (61_000_000, Decimal(71), 1013)
    assert [line.spent_to_date for lines in approved_lines(2019, 2) for line in lines] == [23_000_000]


def test_agencies_beside_it_are_counted_once(work, user_as):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    other = ProgressReportFactory(approved=True, period=report.period)
    ReportLineFactory(report=other, spent_to_date=5_000_000, physical_to_date=11)
    before = agency_budgets(2019, DAY)

    reopen(report, user_as("coordinator_head"))
    correct(report, spent=47_000_000, physical=53, value=941)
    during = agency_budgets(2019, DAY)

    assert (before.spent, before.known, before.reported) == (66_000_000, 2, 200_000_000)
    assert (during.spent, during.known, during.reported) == (66_000_000, 2, 200_000_000)


@pytest.mark.parametrize("lines", [1, 300])
def test_copying_costs_the_same_for_300_lines(work, user_as, lines, django_assert_max_num_queries):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    plan_lines = [PlanLineFactory.build(plan=work.line.plan, activity=work.line.activity) for _ in range(lines - 1)]
    type(work.line).objects.bulk_create(plan_lines)
    ReportLine.objects.bulk_create(
        ReportLine(report=report, plan_line=each, spent_to_date=number, physical_to_date=1)
        for number, each in enumerate(plan_lines, start=1)
    )
    asked, head = ReopenRequestFactory(report=report), user_as("coordinator_head")

    with django_assert_max_num_queries(45):
        open_for_correction(asked, seen="ASKED", actor=head)

    assert KeptLine.objects.count() == lines and not list(integrity.kept_figures())


def test_the_agency_itself_reads_its_report_as_it_is_now(client_as, user_as, work):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    reopen(report, user_as("coordinator_head"))
    correct(report, spent=47_000_000, physical=53, value=941)

    own = text_of(client_as("agency_operator", at=work.agency).get(f"/kegiatan/{work.line.pk}/"))
    foreign = text_of(client_as("agency_operator", at=AgencyFactory()).get(f"/kegiatan/{work.line.pk}/"))

    assert "53%" in own and "71%" not in own
    assert "71%" in foreign and "53%" not in foreign


def test_a_copy_that_lost_a_line_or_money_is_named(work, user_as):
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    reopen(report, user_as("coordinator_head"))
    assert not list(integrity.kept_figures())

    KeptLine.objects.update(spent_to_date=60_000_000)
    assert "tidak sama dengan yang disetujui" in next(integrity.kept_figures())
    KeptLine.objects.update(spent_to_date=61_000_000)
    KeptValue.objects.all().delete()
    assert "tidak sama dengan yang disetujui" in next(integrity.kept_figures())
    KeptReport.objects.all().delete()
    assert "tanpa salinan laporannya" in next(integrity.kept_figures())


def test_reports_that_were_opened_before_copies_were_kept_fall_back(client, user_as, work):
    report_of(work, 2, spent=23_000_000, physical=29, value=907)
    report = report_of(work, 3, spent=61_000_000, physical=71, value=1013)
    reopen(report, user_as("coordinator_head"))
    for model in (KeptReport, KeptLine, KeptValue):
        model.objects.all().delete()

    page = text_of(client.get("/anggaran/?tahun=2019"))

    assert "yang terlihat menurut laporan sebelumnya" in page and "23" in page
