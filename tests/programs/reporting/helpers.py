"""What several tests of reports need: an agency with a plan, a filled report, and what its pages send."""

import re
from datetime import date

from p2emas.models import Agency
from programs.models import ProgressReport, ReportLine
from tests.factories import (
    AgencyFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    OfficialFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)

TOKEN = "8f6c1f6e-6f44-4a9a-9a53-1f0e7f1f6a11"


def report_with_lines(count: int = 2, *, filled: bool = False, **fields) -> ProgressReport:
    """A report with ``count`` lines in villages of their own; ready to be sent when ``filled``."""
    report = ProgressReportFactory(**({"draft": True} | fields))
    for _line in range(count):
        plan_line = PlanLineFactory(plan=report.plan, target_location=TargetLocationFactory(), chain_link="SEED")
        figures = {} if filled else {"spent_to_date": None, "physical_to_date": None}
        ReportLineFactory(report=report, plan_line=plan_line, **figures)
    if filled:
        report.has_obstacles, report.supporting_factor = False, "Kelompok aktif."
        report.save()
        OfficialFactory(agency=report.agency)
    return report


def agency_with_work() -> Agency:
    """A member with a set plan for two villages, an indicator with a target, and somebody who signs."""
    agency = AgencyFactory(short_name="Distanbun")
    OfficialFactory(agency=agency)
    plan = WorkPlanFactory(agreed=True, agency=agency)
    for number, name in enumerate(("Pelatihan petani", "Gedung simpan hasil"), start=1):
        line = PlanLineFactory(
            plan=plan,
            activity__code=f"2.01.03.15.0{number}",
            activity__name=name,
            target_location=TargetLocationFactory(village__name=f"Ensaid {number}", village__slug=f"ensaid-{number}"),
        )
        PlanLineTargetFactory(plan_line=line)
    indicator = IndicatorFactory(activity=plan.lines.first().activity, name="Kelompok dilatih")
    IndicatorTargetFactory(indicator=indicator)
    return agency


def report_before(report: ProgressReport, number: int = 2, *, spent=41_500_000, physical=40) -> ProgressReport:
    """The approved report of an earlier quarter on the same plan lines."""
    earlier = ProgressReportFactory(
        approved=True,
        period=ReportingPeriodFactory(year=report.period.year, number=number),
        agency=report.agency,
        plan=report.plan,
    )
    for line in report.lines.all():
        ReportLineFactory(report=earlier, plan_line=line.plan_line, spent_to_date=spent, physical_to_date=physical)
    return earlier


def figures_data(report: ProgressReport, *rows: dict, **extra) -> dict:
    """What the figures page sends: one dict a line (money, physical, tetap, reason), then the buttons."""
    data = {"version": str(ProgressReport.objects.get(pk=report.pk).version), **extra}
    for line, row in zip(lines_of(report), rows, strict=False):
        data[f"b{line.pk}-spent_to_date"] = row.get("money", "")
        data[f"b{line.pk}-physical_to_date"] = row.get("physical", "")
        data[f"b{line.pk}-nil_reason"] = row.get("reason", "")
        if row.get("tetap"):
            data[f"b{line.pk}-unchanged"] = "on"
    return data


def lines_of(report: ProgressReport) -> list[ReportLine]:
    return list(report.lines.order_by("plan_line__activity__code", "plan_line", "pk"))


def send_data(report: ProgressReport, **changes) -> dict:
    """What the check page sends."""
    report.refresh_from_db()
    data = {
        "signer": str(report.agency.officials.first().pk),
        "letter_no": "050/12/2019",
        "letter_date": "04-10-2019",
        "declared": "on",
        "version": str(report.version),
        "seen": report.status,
        "client_token": TOKEN,
    }
    return data | changes


def text_of(response) -> str:
    """The words of a page without its markup, blanks folded."""
    body = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", body.replace("\u00a0", " "))


SENT_DAY = date(2019, 10, 4)
