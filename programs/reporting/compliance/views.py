"""/kepatuhan/: agencies x quarters in words, for a year; as CSV too."""

from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.forms import field_of
from p2emas.ui.links import with_query
from programs.fieldwork.months import Month, VisitedMonth, visits_of_month
from programs.reporting.compliance.measures import Matrix, compliance_matrix, reporting_agencies
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.verification.desk import is_verifier


class YearForm(forms.Form):
    """Which year: only years with an open or locked quarter are offered; the latest when nothing is asked."""

    tahun = forms.ChoiceField(label="Tahun", required=False)

    def __init__(self, data: QueryDict) -> None:
        self.years = ReportingPeriod.objects.years()
        super().__init__(data)
        offered = [(str(year), str(year)) for year in self.years]
        field_of(self, "tahun", forms.ChoiceField).choices = [("", "Tahun terakhir"), *offered]
        self.fields["tahun"].error_messages["invalid_choice"] = "Belum ada periode pada tahun %(value)s"

    @property
    def year(self) -> int | None:
        self.is_valid()
        chosen = self.cleaned_data.get("tahun")
        return int(chosen) if chosen else max(self.years, default=None)


def may_read_compliance(user: User) -> bool:
    return user.sees_everything or bool(user.staff_agency_ids)


@require_safe
def compliance(request: UserRequest) -> HttpResponse:
    if not may_read_compliance(request.user):
        raise PermissionDenied
    today, search = clock.today(), YearForm(request.GET)
    year = search.year
    periods = list(ReportingPeriod.objects.for_user(request.user).of_year(year))
    matrix = compliance_matrix(periods, reporting_agencies(request.user, periods), today)
    if wanted_file(request):
        return list_response(request, _as_file(year, matrix))
    context = {
        "search": search,
        "errors": [error for errors in search.errors.values() for error in errors],
        "year": year,
        "years": [(each, with_query(request.GET, tahun=each)) for each in search.years],
        "csv": with_query(request.GET, format="csv"),
        "xlsx": with_query(request.GET, format="xlsx"),
        "matrix": matrix,
        "columns": list(zip(matrix.periods, matrix.rates_by_period, strict=True)),
        "own": not request.user.sees_everything,
        "movable": _movable(matrix) if is_verifier(request.user) else [],
        "now": clock.now(),
        "visits": _visits(request.user, year, today),
    }
    return render(request, "programs/reporting/compliance.html", context)


def _visits(user: User, year: int | None, today: date) -> VisitedMonth | None:
    """Of the last month of the year that is over, for those who see every village."""
    month = Month.last_whole(year, today) if year and user.sees_everything else None
    found = visits_of_month(month) if month else None
    return found if found and found.expected else None


def _movable(matrix: Matrix) -> list[tuple[ReportingPeriod, list[dict]]]:
    """Unsent reports of open quarters, the latest quarter first: what a coordinator may tick."""
    found = []
    for number, period in reversed(list(enumerate(matrix.periods))):
        if period.status == ReportingPeriod.Status.OPEN:
            cells = [(row.agency, row.cells[number]) for row in matrix.rows]
            unsent = [
                {"agency": agency, "cell": cell, "report": cell.report}
                for agency, cell in cells
                if cell.report is not None and cell.report.status in ProgressReport.WITH_AGENCY
            ]
            if unsent:
                found.append((period, unsent))
    return found


def _as_file(year: int | None, matrix: Matrix) -> ListFile:
    header = ["Kode SKPD", "SKPD", *(period.code for period in matrix.periods), "Diharapkan", "Diterima", "Tepat waktu"]
    header.append("Data contoh")
    rows = [
        [
            row.agency.code,
            row.agency.name,
            *(cell.words for cell in row.cells),
            row.rates.expected,
            row.rates.received,
            row.rates.on_time,
            row.is_sample,
        ]
        for row in matrix.rows
    ]
    name, title = (f"kepatuhan-{year}", f"Kepatuhan pelaporan {year}") if year else ("kepatuhan", "Kepatuhan pelaporan")
    return ListFile(name, title, header, rows)
