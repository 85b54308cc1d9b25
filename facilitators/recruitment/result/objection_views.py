"""Objections to a result: the list of a round, one of them, recording and answering."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.result.objecting import answer_objection, record_objection
from facilitators.recruitment.result.objection_forms import AnswerForm, ObjectionForm
from facilitators.recruitment.result.people import Objection
from facilitators.recruitment.result.ranking_views import scored_round_for
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed


@never_cache
@require_safe
def objection_list(request: UserRequest, code: str) -> HttpResponse:
    record = scored_round_for(request.user, code)
    rows = Objection.objects.for_user(request.user).of_round(record).for_table()
    context = {
        "record": record,
        "page": paginate(rows, request.GET),
        "may_add": record.may_record_objection(request.user),
    }
    return render(request, "facilitators/recruitment/objection_list.html", context)


@require_http_methods(["GET", "POST"])
def objection_create(request: UserRequest, code: str) -> HttpResponse:
    record = scored_round_for(request.user, code)
    if not record.may_record_objection(request.user):
        raise PermissionDenied
    form = ObjectionForm(request.POST if request.method == "POST" else None, record=record)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        objection = record_objection(
            record=record,
            application=data["number"],
            sender=data["sender"],
            received_on=data["received_on"],
            text=data["text"],
        )
        messages.success(request, "Keberatan tercatat.")
        return redirect(objection)
    return render(request, "facilitators/recruitment/objection_form.html", {"record": record, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def objection_detail(request: UserRequest, code: str, pk: int) -> HttpResponse:
    """The objection, and its answer or the form for it."""
    record = scored_round_for(request.user, code)
    objection = get_object_or_404(Objection.objects.for_user(request.user).of_round(record).for_table(), pk=pk)
    may_answer = objection.may_take(request.user, "answer")
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": objection.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_objection(objection=objection, answer=form.cleaned_data["answer"], actor=request.user)
        except StepNotAllowed as refusal:
            if objection.answer != form.cleaned_data["answer"].strip():
                form.add_error("answer", str(refusal))
        if form.is_valid():
            messages.success(request, "Jawaban tersimpan.")
            return redirect(objection)
    context = {"record": record, "objection": objection, "form": form, "may_answer": may_answer}
    return render(request, "facilitators/recruitment/objection_detail.html", context)
