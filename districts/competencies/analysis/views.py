"""The analysis of one kecamatan: the table, the working behind each line, and the same as CSV."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.competencies.analysis.computing import Analysis, FiguresRefused
from districts.competencies.analysis.forms import AnalysisForm
from districts.competencies.analysis.page import AnalysisPage, analysis_csv_rows, csv_header
from districts.competencies.analysis.reading import EvidenceScope, evidence_of
from districts.evidence.figures import may_read_evidence
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items


@require_safe
def analysis(request: UserRequest) -> HttpResponse:
    if not may_read_evidence(request.user):
        raise PermissionDenied
    form = AnalysisForm(request.GET, user=request.user)
    context: dict[str, object] = {"filters": Filters(form, request.GET), "errors": error_items(form)}
    if form.is_valid():
        try:
            found = _analysis(form.cleaned_data)
        except FiguresRefused as refusal:
            context |= {"refusal": str(refusal), "asked": form.cleaned_data}
        else:
            if wanted_file(request):
                return list_response(request, _as_file(form.cleaned_data, found))
            context |= vars(AnalysisPage.of(found, form.cleaned_data, request.GET))
            context["may_open"] = request.user.has_role(*COORDINATORS)
    return render(request, "districts/competencies/analysis.html", context)


def _analysis(asked: dict) -> Analysis:
    only = tuple(commodity.pk for commodity in asked["hanya"] or ())
    evidence = evidence_of(EvidenceScope(asked["ukuran"], asked["sektor"], only), asked["sejak"], asked["sampai"])
    return evidence.analysis(asked["kecamatan"].pk, asked["sejak"], asked["sampai"])


def _as_file(asked: dict, found: Analysis) -> ListFile:
    district, years = asked["kecamatan"], f"{asked['sejak']}-{asked['sampai']}"
    name = f"hitungan-{district.code}-{asked['ukuran'].lower()}-{years}"
    return ListFile(name, f"Hitungan kompetensi {district} {years}", csv_header(), analysis_csv_rows(found))
