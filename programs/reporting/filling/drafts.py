"""The forms of a report whose typed fields are kept before they are saved."""

from django.http import QueryDict

from p2emas.accounts.models import User
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.models import AGENCY_STEP
from programs.reporting.filling.conflicts import (
    Versions,
    versions_of_figures,
    versions_of_indicators,
    versions_of_obstacles,
)
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.reports.models import ProgressReport


def _may_fill(user: User, report: ProgressReport) -> bool:
    return bool(AGENCY_STEP & report.roles_of(user))


def _is_open(report: ProgressReport) -> bool:
    return report.is_editable and report.plan_id is not None


def _figures(report: ProgressReport, data: QueryDict) -> Versions:
    return versions_of_figures(FigureTable(report, targets=True), data)


def _indicators(report: ProgressReport, data: QueryDict) -> Versions:
    return versions_of_indicators(IndicatorTable(report), data)


FIGURES = DraftedForm(
    "realisasi", "Isi realisasi", ProgressReport, "reporting:report-figures", _may_fill, _is_open, _figures
)
INDICATORS = DraftedForm(
    "indikator",
    "Isi nilai indikator",
    ProgressReport,
    "reporting:report-indicators",
    _may_fill,
    _is_open,
    _indicators,
)
OBSTACLES = DraftedForm(
    "kendala",
    "Kendala dan tindak lanjut",
    ProgressReport,
    "reporting:report-obstacles",
    _may_fill,
    _is_open,
    versions_of_obstacles,
)
