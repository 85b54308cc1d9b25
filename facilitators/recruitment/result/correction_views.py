"""The locked scores of one applicant as the office reads them, and the correction of a slip by signed minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.correcting import correct_score, correctable
from facilitators.recruitment.result.correction_forms import ScoreCorrectionForm
from facilitators.recruitment.result.correction_page import CorrectionPage
from facilitators.recruitment.result.ranking_views import scored_round_for
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.models import StepNotAllowed


@require_http_methods(["GET", "POST"])
def score_correct(request: UserRequest, code: str, pk: int) -> HttpResponse:
    record = scored_round_for(request.user, code)
    posted, may_correct = request.method == "POST", record.may_correct(request.user)
    if posted and not may_correct:
        raise PermissionDenied
    rows = Application.objects.for_user(request.user).judged().of_round(record)
    application = get_object_or_404(rows, pk=pk)
    scores = list(correctable(record, application.pk))
    form = ScoreCorrectionForm(request.POST if posted else None, record=record, scores=scores) if may_correct else None
    if posted and form is not None and form.is_valid():
        try:
            correct_score(**form.found(), actor=request.user)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Koreksi tercatat. Nilai semula tetap terbaca di sampingnya.")
            return redirect("recruitment:score-correct", record.code, application.pk)
    return render(
        request,
        "facilitators/recruitment/score_correct.html",
        vars(CorrectionPage.of(record, application, scores, form)),
    )
