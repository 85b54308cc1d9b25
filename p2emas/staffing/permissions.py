"""Who reads and who manages people. Nobody changes their own rights, no matter what the form says."""

from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import WRITTEN_BY_PLACEMENTS, Role


def may_read_people(user: User) -> bool:
    return user.is_superuser or user.has_role(Role.COORDINATOR_HEAD, Role.AUDITOR)


def may_manage_people(user: User) -> bool:
    return user.has_role(Role.COORDINATOR_HEAD)


def may_manage(user: User, person: User) -> bool:
    """Somebody else, and no superuser: who repairs the system is not under the people whom the system serves."""
    return may_manage_people(user) and person.pk != user.pk and not person.is_superuser


def may_end(user: User, assignment: Assignment) -> bool:
    return may_manage(user, assignment.user) and assignment.role not in WRITTEN_BY_PLACEMENTS
