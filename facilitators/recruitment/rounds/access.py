"""What every page of a round asks first: which round, and what is missing for a step."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.workflow.models import StepNotAllowed


def round_for(user: User, code: str) -> RecruitmentRound:
    """404 outside the scope, 403 for whom the office's pages are not."""
    record = get_object_or_404(RecruitmentRound.objects.for_user(user).for_office(), code=code)
    if not record.may_read_office(user):
        raise PermissionDenied
    return record


def refusal_of(record: RecruitmentRound, name: str) -> str:
    """What is still missing for the step; "" for nothing: its button is then the main one of the page."""
    try:
        record.check_step(name)
    except StepNotAllowed as refusal:
        return str(refusal)
    return ""
