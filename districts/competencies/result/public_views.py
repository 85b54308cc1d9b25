"""What a decree has set, open to everybody: the result of a determination, and its computation again."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from districts.competencies.models import CompetencyDetermination
from districts.competencies.result.page import deviation, result_of
from districts.competencies.result.replaying import replay_result
from districts.competencies.result.table import CSV_HEADER, result_csv_rows
from districts.evidence.figures import may_read_evidence
from p2emas.exports.lists import ListFile, list_response, wanted_file


@require_safe
@login_not_required
def result(request: HttpRequest, pk: int) -> HttpResponse:
    records = CompetencyDetermination.objects.for_user(request.user).with_results().for_page()
    record = get_object_or_404(records, pk=pk)
    found = result_of(record)
    if wanted_file(request) and found is not None:
        rows = result_csv_rows(record.district, found)
        made = ListFile(f"hasil-kompetensi-{record.pk}", f"Hasil {record}", CSV_HEADER, rows)
        return list_response(request, made)
    context = {"record": record, "result": found, "deviation": deviation(record, found)}
    if request.user.is_authenticated and may_read_evidence(request.user):
        context["analysis_url"] = f"{reverse('competencies:analysis')}?{record.analysis_query}"
    return render(request, "districts/competencies/result.html", context)


@require_safe
@login_not_required
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    rows = CompetencyDetermination.objects.for_user(request.user).with_results().for_page()
    record = get_object_or_404(rows, pk=pk)
    found = replay_result(record) if record.results else None
    return render(request, "districts/competencies/replay.html", {"record": record, "replay": found})
