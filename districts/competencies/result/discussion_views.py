"""The discussion of a result: what the panel makes of it, before it is submitted."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.forms import DiscussionForm
from districts.competencies.result.drafts import DISCUSSION
from districts.competencies.result.page import option_notes, result_of, suggested_sources
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import claimed_versions, still_open


@require_http_methods(["GET", "POST"])
def discussion(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    still = still_open(request, record.may_discuss(request.user), record.is_worked_by)
    drafts = DraftedPage(request, DISCUSSION, record, record.version)
    form = drafts.on(DiscussionForm(drafts.typed, instance=record, initial=suggested_sources(record)))
    if drafts.is_older:
        return claimed_versions(request, form, record.stored(), is_open=True, typed=drafts.taken_data)
    if request.method == "POST" and (form.is_valid() or not still):
        stored = record.stored()
        try:
            if not still:  # submitted meanwhile: what was typed is shown beside it
                raise EditConflict
            services.save_discussion(record=stored, seen=form.cleaned_data["version"], fields=form.values())
        except EditConflict:
            drafts.keep_typed()
            return claimed_versions(request, form, stored, is_open=stored.may_discuss(request.user))
        drafts.was_saved()
        return redirect("competencies:determination-step", record.pk, "submit")
    drafts.offer()
    context = {"record": record, "form": form, "notes": option_notes(record, form), "result": result_of(record)}
    context |= {"remarks": record.seats.notes(), "drafts": drafts}
    return render(request, "districts/competencies/discussion.html", context)
