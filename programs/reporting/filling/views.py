"""The pages on which an agency fills its report."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.ui import formats
from p2emas.workflow.editing import EditConflict
from programs.reporting.filling import conflicts, undoing
from programs.reporting.filling.drafts import FIGURES, INDICATORS, OBSTACLES
from programs.reporting.filling.figure_forms import FiguresForm
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.filling.notebook import NotebookBeside
from programs.reporting.filling.obstacle_forms import ObstaclesForm, report_with_texts_before
from programs.reporting.filling.paid import SHOW, TAKE, PaidBeside
from programs.reporting.filling.saving import last_saved_at, save_figures, save_indicators, save_obstacles
from programs.reporting.filling.undoing import TAKE_BACK, SavedTable, last_saving, remember_saving, take_back_saving
from programs.reporting.reports.access import for_filling, seen_version
from programs.reporting.reports.models import ProgressReport

NAMED = 10  # rows that a message names
COPY = "salin"  # in the address of the page of obstacles: with the texts of the quarter before
CONTINUE = "lanjut"  # the button that leads to the next part; the other one only saves


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_figures(request: UserRequest, report: ProgressReport) -> HttpResponse:
    if TAKE_BACK in request.POST:
        return _taken_back(report, request, undoing.FIGURES, "report-figures")
    posted, table = request.method == "POST", FigureTable(report, targets=True)
    drafts = DraftedPage(request, FIGURES, report, report.version)
    if drafts.is_older:
        return conflicts.of_figures(request, report, drafts.typed)
    paid, typed = _with_paid(table, drafts.typed, request)
    form, following = FiguresForm(table, typed, continuing=CONTINUE in request.POST), after_figures(report)
    if posted:
        try:
            save_figures(report=report, form=form, version=seen_version(request), actor=request.user)
        except EditConflict:
            drafts.keep_typed()
            return conflicts.of_figures(request, report, drafts.typed)
        remember_saving(request, report, form)
        if form.is_valid():
            drafts.was_saved()
            _say_what_exceeds(table, paid, request)
            return _saved(report, request, here="report-figures", following=following)
        form.show_what_was_saved()
        drafts.keep_typed(version=report.version)
    drafts.offer(lambda typed: conflicts.versions_of_figures(table, typed))
    context = {"report": report, "table": table, "figures": form, "errors": form.errors, "following": following}
    context |= {"saved_at": last_saved_at(report), "drafts": drafts, "undo": last_saving(request, report)}
    return render(request, "programs/reporting/figures.html", context | _sums(paid, form))


def _taken_back(report: ProgressReport, request: UserRequest, table: SavedTable, page: str) -> HttpResponse:
    if refusal := take_back_saving(request, report, table):
        messages.warning(request, refusal)
    else:
        messages.success(request, "Penyimpanan terakhir dibatalkan: angkanya kembali seperti sebelumnya.")
    return redirect(f"reporting:{page}", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_indicators(request: UserRequest, report: ProgressReport) -> HttpResponse:
    if TAKE_BACK in request.POST:
        return _taken_back(report, request, undoing.INDICATORS, "report-indicators")
    drafts, table = DraftedPage(request, INDICATORS, report, report.version), IndicatorTable(report)
    if drafts.is_older:
        return conflicts.of_indicators(request, report, drafts.typed)
    notebook = NotebookBeside(table)
    form = notebook.form(request.POST, drafts.typed, continuing=CONTINUE in request.POST)
    if request.method == "POST":
        try:
            save_indicators(report=report, form=form, version=seen_version(request), actor=request.user)
        except EditConflict:
            drafts.keep_typed()
            return conflicts.of_indicators(request, report, drafts.typed)
        remember_saving(request, report, form, undoing.INDICATORS, notebook.typed_before(request.POST))
        notebook.say_what_was_taken(request)
        if form.is_valid():
            drafts.was_saved()
            return _saved(report, request, here="report-indicators", following="report-obstacles")
        drafts.keep_typed(version=report.version)
    drafts.offer(lambda typed: conflicts.versions_of_indicators(table, typed))
    context = {"report": report, "indicators": form, "errors": form.errors, "drafts": drafts, "notebook": notebook}
    context["undo"] = last_saving(request, report, undoing.INDICATORS)
    return render(request, "programs/reporting/indicators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_obstacles(request: UserRequest, report: ProgressReport) -> HttpResponse:
    drafts = DraftedPage(request, OBSTACLES, report, report.version)
    if drafts.is_older:
        return conflicts.of_obstacles(request, report, drafts.typed)
    before = report_with_texts_before(report)
    copied = before if COPY in request.GET else None
    form = ObstaclesForm(report, drafts.typed, continuing=CONTINUE in request.POST, copied=copied)
    if request.method == "POST":
        try:
            save_obstacles(report=report, form=form, version=seen_version(request), actor=request.user)
        except EditConflict:
            drafts.keep_typed()
            return conflicts.of_obstacles(request, report, drafts.typed)
        if form.is_valid():
            drafts.was_saved()
            return _saved(report, request, here="report-obstacles", following="report-files")
        form = form.without_what_was_saved()
        drafts.keep_typed(form.data, version=report.version)
    drafts.offer(lambda typed: conflicts.versions_of_obstacles(report, typed))
    context = {"report": report, "obstacles": form, "errors": form.errors, "drafts": drafts}
    context |= {"before": None if copied else before, "copied": copied}
    return render(request, "programs/reporting/obstacles.html", context)


def after_figures(report: ProgressReport) -> str:
    """A returned report needs no second walk through all its parts."""
    if report.status == ProgressReport.Status.RETURNED:
        return "report-files" if FigureTable(report).photos_asked else "report-check"
    return "report-indicators" if IndicatorTable(report).has_rows() else "report-obstacles"


def _with_paid(
    table: FigureTable, typed: QueryDict | None, request: UserRequest
) -> tuple[PaidBeside | None, QueryDict | None]:
    """What the treasury paid, where the page shows it, and what was typed with it where the button asked for that."""
    if not _wants_paid(request.POST if request.method == "POST" else request.GET):
        return None, typed
    paid = PaidBeside(table)
    return paid, paid.filled(request.POST) if TAKE in request.POST else typed


def _sums(paid: PaidBeside | None, form: FiguresForm) -> dict[str, object]:
    """For the page: what was paid, and the rows with the sums above them, where any SP2D is known."""
    return {"paid": paid, "drawn": paid.drawn(form)} if paid and paid.is_known else {"paid": None}


def _wants_paid(sent: QueryDict) -> bool:
    return TAKE in sent or sent.get(SHOW) == TAKE


def _say_what_exceeds(table: FigureTable, paid: PaidBeside | None, request: UserRequest) -> None:
    """A user who continues with the next part does not see the field again; the figure is saved all the same."""
    if paid and TAKE in request.POST:
        paid.say_what_was_taken(request)
    rows = table.over_budget
    if rows and CONTINUE in request.POST:
        numbers = ", ".join(str(row.number) for row in rows[:NAMED]) + ("…" if len(rows) > NAMED else "")
        messages.warning(request, f"Realisasi di atas pagu pada baris {numbers}. Periksa lagi sebelum mengirim.")


def _saved(report: ProgressReport, request: UserRequest, *, here: str, following: str) -> HttpResponse:
    messages.success(request, f"Tersimpan pukul {formats.clock_time(clock.now())}.")
    target = following if CONTINUE in request.POST else here
    with_sums = f"?{SHOW}={TAKE}" if target == "report-figures" and _wants_paid(request.POST) else ""
    return redirect(reverse(f"reporting:{target}", args=[report.pk]) + with_sums)
