"""The questions that every page of a plan asks first: which plan, and may this user write in it now."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.accounts.signed_in import UserRequest
from programs.planning.models import WorkPlan


def may_see_plans(user: User) -> bool:
    """Users who see everything, and the staff of agencies."""
    return user.sees_everything or bool(user.staff_agency_ids)


def may_see_agreed_lines(user: User) -> bool:
    """The same, and kecamatan staff for the work in their villages."""
    return may_see_plans(user) or user.has_role(Role.DISTRICT_ADMIN)


def allowed(question: Callable[[User], bool]) -> Callable:
    """Refuses with 403 every user for whom ``question`` answers no."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: UserRequest, *args, **kwargs) -> HttpResponse:
            if not question(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def get_plan(request: UserRequest, pk: int) -> WorkPlan:
    """The plan in the scope of who asks, or 404."""
    plans = WorkPlan.objects.for_user(request.user).select_related(
        "agency", "supersedes__agency", "submitted_by", "decided_by"
    )
    return get_object_or_404(plans, pk=pk)


def for_writing(view: Callable) -> Callable:
    """Hands the view a plan of the user's own agency: others get 404 outside their scope, else 403.

    Opening a form of a plan that is no longer a draft leads back to the plan with a sentence. What was typed before
    it was submitted still reaches the view, which says so and keeps it.
    """

    @wraps(view)
    def checked(request: UserRequest, pk: int, **kwargs) -> HttpResponse:
        plan = get_plan(request, pk)
        if not plan.may_write(request.user):
            raise PermissionDenied
        if not plan.is_editable and request.method != "POST":
            status = plan.get_status_display().lower()
            messages.warning(request, f"Rencana ini berstatus {status}, jadi tidak dapat diubah.")
            return redirect(plan)
        return view(request, plan, **kwargs)

    return checked
