"""What the office's pages of applications ask first: whose round, which application."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User


def readable_round(user: User, code: str) -> RecruitmentRound:
    record = round_for(user, code)
    if not record.may_read_applications(user):
        raise PermissionDenied
    return record


def application_for(user: User, code: str, pk: int) -> Application:
    """404 outside the scope (drafts, what a seat hides), 403 where a seat shows it only on the panel's pages."""
    application = get_object_or_404(Application.objects.for_user(user).for_page(), round__code=code, pk=pk)
    if not application.round.may_read_applications(user):
        raise PermissionDenied
    return application
