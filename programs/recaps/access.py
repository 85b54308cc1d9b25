"""Who reads official papers, and of whom."""

from django.db.models import QuerySet

from p2emas.accounts.models import Agency, User
from programs.planning.models import WorkPlan


def may_read_recaps(user: User) -> bool:
    """Those who see everything, and the staff of agencies, of their own."""
    return user.sees_everything or bool(user.staff_agency_ids)


def agencies_of(user: User) -> QuerySet[Agency]:
    """The agencies with a work plan that ``user`` reads papers of, by code."""
    planned = WorkPlan.objects.for_user(user).order_by().values("agency")
    return Agency.objects.filter(pk__in=planned).order_by("code")
