"""The forms of a report whose typed fields are kept before they are saved."""

from collections.abc import Callable

from django.http import QueryDict
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.models import AGENCY_STEP
from programs.obstacles.models import Obstacle
from programs.reporting.filling.conflicts import (
    Versions,
    versions_of_figures,
    versions_of_indicators,
    versions_of_obstacles,
    versions_of_photos,
)
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import IndicatorValue, ReportAttachment, ReportLine


def _may_fill(user: User, report: ProgressReport) -> bool:
    return bool(AGENCY_STEP & report.roles_of(user))


def _is_open(report: ProgressReport) -> bool:
    return report.is_editable and report.plan_id is not None


def _page(name: str) -> Callable[[ProgressReport, int | None], str]:
    return lambda report, part: reverse(f"reporting:{name}", args=[report.pk])


def _figures(report: ProgressReport, part: int | None, data: QueryDict) -> Versions:
    return versions_of_figures(FigureTable(report, targets=True), data)


def _indicators(report: ProgressReport, part: int | None, data: QueryDict) -> Versions:
    return versions_of_indicators(IndicatorTable(report), data)


def _obstacles(report: ProgressReport, part: int | None, data: QueryDict) -> Versions:
    return versions_of_obstacles(report, data)


def _photos(report: ProgressReport, part: int | None, data: QueryDict) -> Versions:
    return versions_of_photos(FigureTable(report), data)


FIGURES = DraftedForm(
    name="realisasi",
    label="Isi realisasi",
    model=ProgressReport,
    address=_page("report-figures"),
    may_fill=_may_fill,
    is_open=_is_open,
    compare=_figures,
    writes={ReportLine: "spent_to_date physical_to_date unchanged nil_reason correction correction_reason"},
    by_rows=True,
)
INDICATORS = DraftedForm(
    name="indikator",
    label="Isi nilai indikator",
    model=ProgressReport,
    address=_page("report-indicators"),
    may_fill=_may_fill,
    is_open=_is_open,
    compare=_indicators,
    writes={IndicatorValue: "value missing_reason source"},
    by_rows=True,
)
OBSTACLES = DraftedForm(
    name="kendala",
    label="Kendala dan tindak lanjut",
    model=ProgressReport,
    address=_page("report-obstacles"),
    may_fill=_may_fill,
    is_open=_is_open,
    compare=_obstacles,
    writes={
        ProgressReport: "has_obstacles supporting_factor hindering_factor next_step next_plan_step",
        Obstacle: "text kind village activity cause follow_up",
    },
)
PHOTOS = DraftedForm(
    name="foto",
    label="Kegiatan tiap foto",
    model=ProgressReport,
    address=_page("report-photos"),
    may_fill=_may_fill,
    is_open=_is_open,
    compare=_photos,
    writes={ReportAttachment: "line caption taken_at lat lng"},
    personal=True,
    by_rows=True,
)
