"""The coordinator's page for what the public may read of visits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.stories.desk import RELEASE, ReleaseForm, StoryFilterForm, story_rows
from programs.fieldwork.stories.releasing import release_parts, withdraw_parts


@require_http_methods(["GET", "HEAD", "POST"])
def story_release(request: UserRequest) -> HttpResponse:
    """Visits with consent, newest first; what is ticked is released or withdrawn in one go."""
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = ReleaseForm(data, user=request.user)
    if data is not None and form.is_valid() and _taken(form, request):
        return redirect(request.get_full_path())
    search = StoryFilterForm(request.GET, user=request.user)
    page = paginate(search.apply().for_table().prefetch_related("photos", "story_parts"), request.GET)
    context = {
        "page": page,
        "rows": story_rows(page.rows, data),
        "filters": Filters(search, request.GET),
        "errors": error_items(form, search),
        "address": request.get_full_path(),
    }
    return render(request, "programs/fieldwork/story_release.html", context)


def _taken(form: ReleaseForm, request: UserRequest) -> bool:
    """Whether it was done; else the sentence is on the form."""
    release = form.cleaned_data["langkah"] == RELEASE
    try:
        take = release_parts if release else withdraw_parts
        count = take(ticked=form.ticked, by=request.user)
    except StepNotAllowed as refused:
        form.add_error(None, str(refused))
        return False
    done = "terbit" if release else "ditarik"
    messages.success(request, f"{count} tulisan atau foto {done}." if count else f"Yang ditandai sudah {done}.")
    return True
