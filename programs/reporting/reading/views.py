"""Reading reports: the list, and the page of one report (the hub while its agency fills it)."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.tables import log_export
from p2emas.drafts.page import UnsavedDrafts
from p2emas.exports.lists import LONGEST_FILE, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.imports.lanes.page import LaneBox
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.riwayat import short_timeline
from p2emas.workflow.views import riwayat_page, step_page
from programs.planning.versions import plan_in_force
from programs.reporting.filling.report_lane import REPORT_LANE
from programs.reporting.periods.plan_versions import version_choice
from programs.reporting.printing.services import lacks_letter
from programs.reporting.reading.corrections import Corrections
from programs.reporting.reading.forms import ReportFilterForm, period_choices
from programs.reporting.reading.rows import FIELDS, report_rows
from programs.reporting.reopening.services import reopening_links
from programs.reporting.reports.access import get_report
from programs.reporting.reports.deadlines import due_seen_on, mark_late, verified_by
from programs.reporting.reports.models import ProgressReport
from programs.reporting.sending.content import ReportContent
from programs.reporting.sending.tasks import ReportTasks
from programs.reporting.verification.desk import desk_links

COLUMNS = {
    "periode": ("period__year", "period__number"),
    "skpd": "agency__short_name",
    "status": "status",
    "jatuh-tempo": "due_on",
    "dikirim": "first_submitted_at",
}
SHORT_HISTORY = 4
PARTS = ("lines", "indicator_values", "attachments")  # whose edits belong to the history of a report


@require_safe
def report_list(request: UserRequest) -> HttpResponse:
    search, sort = _search(request.user, request.GET)
    found = search.apply(clock.today())
    if wanted := wanted_file(request):
        log_export(request.user, f"laporan.{wanted}")
        return REPORTS.answer(request, request.user, found.count)
    page = paginate(sort.apply(found), request.GET, fields=FIELDS)
    context = {
        "page": page,
        "rows": report_rows(page.rows, clock.today()),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "many": _has_many(request.user),
    }
    return render(request, "programs/reporting/report_list.html", context)


def _has_many(user: User) -> bool:
    return user.sees_everything or len(user.staff_agency_ids) > 1


def _search(user: User, query: QueryDict) -> tuple[ReportFilterForm, Sorting]:
    reports = ProgressReport.objects.for_user(user)
    search = ReportFilterForm(query, reports=reports, periods=period_choices(), many_agencies=_has_many(user))
    return search, Sorting(query, COLUMNS, default="-periode")


def _as_file(user: User, query: QueryDict) -> ListFile:
    search, sort = _search(user, query)
    reports = sort.apply(search.apply(clock.today()).for_table())[:LONGEST_FILE]
    header = ["Nomor", "Kode SKPD", "SKPD", "Periode", "Status", "Jatuh tempo", "Dikirim", "Terlambat"]
    header.append("Data contoh")
    rows = (
        (
            r.number,
            r.agency.code,
            r.agency,
            r.period.code,
            r.get_status_display(),
            r.due_on,
            r.first_submitted_at,
            r.late,
            r.is_sample,
        )
        for r in mark_late(reports)
    )
    return ListFile("laporan", "Daftar laporan triwulan", header, rows)


REPORTS = LongList("laporan", lambda user: True, _as_file)


@require_safe
def report_detail(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    today, filling = clock.today(), report.may_edit(request.user)
    context = {
        "report": report,
        "late": report.is_late(today),
        "due": due_seen_on(report.due_on, today) if report.status in ProgressReport.WITH_AGENCY else None,
        "unsaved": UnsavedDrafts.of(report, request.user, while_filling=filling),
        "history": short_timeline(report, parts=PARTS, limit=20)[:SHORT_HISTORY],
    }
    if filling:
        context["box"] = LaneBox.of(REPORT_LANE, report, request.user) if report.plan_id else None
        return render(request, "programs/reporting/hub.html", context | _to_fill(report))
    context |= {
        "verified_by": verified_by(report) if report.status in ProgressReport.ON_DESK else None,
        "content": ReportContent(report),
        "steps": [(name, step) for name, step in report.open_steps(request.user) if not step.own_page],
        **desk_links(request.user, report),
        **reopening_links(request.user, report),
        "lacks_letter": lacks_letter(report) and report.is_filled_by(request.user),
    }
    return render(request, "programs/reporting/read.html", context)


def _to_fill(report: ProgressReport) -> dict[str, object]:
    """The tasks of the agency, what BAPPEDA asked to correct, and the plan that a report without one may take over."""
    tasks = ReportTasks(report)
    return {
        "status": tasks,
        "corrections": Corrections(report, tasks.figures.remarks),
        "returned": report.last_change("return", "reopen") if report.is_returned else None,
        "choice": version_choice(report),
        "plan": None if report.plan_id else plan_in_force(report.agency_id, report.period.year, report.period.starts),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def report_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    return step_page(request, get_report(request, pk), name)


@require_safe
def report_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_report(request, pk), PARTS)
