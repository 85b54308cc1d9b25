"""Who reads and who writes who we are. What it says is on public pages; its history is for those who keep it."""

from p2emas.accounts.models import User
from p2emas.accounts.roles import Role


def may_read_identity(user: User) -> bool:
    return user.is_superuser or user.has_role(Role.COORDINATOR, Role.COORDINATOR_HEAD, Role.AUDITOR)


def may_edit_identity(user: User) -> bool:
    """The head, and a superuser: without a lead office nobody can be made head."""
    return user.is_superuser or user.has_role(Role.COORDINATOR_HEAD)


def may_still_read_identity(user: User) -> bool:
    """Asked again: heads who end the coordinators of the former lead office end their own rights with them."""
    return may_read_identity(User.objects.get(pk=user.pk))
