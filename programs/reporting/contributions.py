"""What periods and progress reports contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, SIGNER, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.reporting import integrity, search_kinds, suspects
from programs.reporting.dates import DATES
from programs.reporting.filling import (
    drafts,
    report_lane,  # noqa: F401 - registers the workbook of a report
)
from programs.reporting.notices import NOTICES
from programs.reporting.reopening import telling
from programs.reporting.reports.kept import KeptLine, KeptReport
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import DueDateChange, IndicatorValue, ReportAttachment, ReportComment, ReportLine
from programs.reporting.reports.reopening import ReopenRequest
from programs.reporting.sending import completeness  # noqa: F401 - provides what a report lacks

REPORTS = MenuEntry("Laporan", "reporting:report-list")
VERIFICATION = MenuEntry("Verifikasi", "reporting:verification-queue", claims=r"/laporan/\d+/verifikasi/")
COMPLIANCE = MenuEntry("Kepatuhan", "reporting:compliance")
PERIODS = MenuEntry("Periode", "reporting:period-list")

OF_REPORTS = Looks(
    "report",
    {
        ProgressReport.Status.NOT_STARTED: Look("open", "circle"),
        ProgressReport.Status.DRAFT: Look("", "half"),
        ProgressReport.Status.WAITING: Look("blue", "clock"),
        ProgressReport.Status.VERIFYING: Look("violet", "half"),
        ProgressReport.Status.RETURNED: Look("yellow", "back"),
        ProgressReport.Status.APPROVED: Look("green", "check"),
        ProgressReport.Status.LOCKED: Look("", "lock"),
    },
    ProgressReport,
)
OF_PERIODS = Looks(
    "period",
    {ReportingPeriod.Status.OPEN: Look("blue", "dot"), ReportingPeriod.Status.LOCKED: Look("", "lock")},
    ReportingPeriod,
)
OF_REQUESTS = Looks(
    "reopening",
    {
        ReopenRequest.Status.ASKED: Look("yellow", "clock"),
        ReopenRequest.Status.OPENED: Look("blue", "back"),
        ReopenRequest.Status.REFUSED: Look("", "lock"),
        ReopenRequest.Status.WITHDRAWN: Look("", "circle"),
    },
    ReopenRequest,
)

CONTRIBUTIONS = Contributions(
    search_kinds=(search_kinds.REPORTS,),
    menu_entries=(REPORTS, VERIFICATION, COMPLIANCE, PERIODS),
    looks=(OF_REPORTS, OF_PERIODS, OF_REQUESTS),
    checks={
        "Kendala laporan": integrity.obstacles,
        "Versi rencana laporan": integrity.plan_versions,
        "Baris laporan yang dibawa": integrity.carried_lines,
        "Salinan laporan yang dikoreksi": integrity.kept_figures,
    },
    suspects={"Baris yang dibawa": suspects.carried_apart_lines},
    drafted_forms=(drafts.FIGURES, drafts.INDICATORS, drafts.OBSTACLES, drafts.PHOTOS),
    notices=(*NOTICES, *telling.NOTICES),
    dates=DATES,
    personal=(
        PersonalFields(ReportingPeriod, "opened_by opened_at", TRACE),
        PersonalFields(
            ProgressReport, "claimed_by submitted_by submitted_at first_submitted_at decided_by decided_at", TRACE
        ),
        PersonalFields(ProgressReport, "signer_name signer_nip signer_rank signer_title", SIGNER),
        PersonalFields(DueDateChange, "by at", TRACE),
        PersonalFields(ReopenRequest, "asked_by asked_at decided_by decided_at", TRACE),
        PersonalFields(KeptReport, "approved_at kept_at submitted_at", TRACE),
        PersonalFields(KeptReport, "signer_name signer_nip signer_rank signer_title", SIGNER),
        PersonalFields(ReportComment, "author text at resolved_at", TRACE),
        PersonalFields(ReportAttachment, OF_A_FILE, UPLOAD),
        PersonalFields(IndicatorValue, "entered_by", TRACE),
    ),
    not_personal={
        ReportingPeriod: "kind starts ends due_on status",
        ProgressReport: "due_on status letter_no letter_date supporting_factor hindering_factor next_step "
        "next_plan_step",
        DueDateChange: "old new reason",
        ReopenRequest: "reason status",
        ReportLine: "started_on nil_reason over_budget_reason correction correction_reason carried video_url",
        KeptLine: "nil_reason carried video_url",
        KeptReport: "letter_date supporting_factor hindering_factor next_step next_plan_step",
        ReportComment: "finding",
        ReportAttachment: f"{ABOUT_A_FILE} kind",
        IndicatorValue: "missing_reason source",
    },
)
