"""What agencies and coordinators are told about plans; see ``p2emas/notifications``."""

from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS
from p2emas.notifications.people import coordinators, staff_of
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange
from programs.planning.work_plans import WorkPlan


def _of_submission(plan: WorkPlan, change: StatusChange) -> Told:
    return Told(f"Rencana {plan.agency} {plan.year} diajukan", "Menunggu telaah.")


def _of_return(plan: WorkPlan, change: StatusChange) -> Told:
    return Told(f"Rencana {plan.year} dikembalikan untuk diperbaiki", change.note)


def _of_setting(plan: WorkPlan, change: StatusChange) -> Told:
    return Told(f"Rencana {plan.year} ditetapkan", f"{plan.dated_name}.")


NOTICES = (
    NoticeKind(
        "plan-submitted", "Rencana menunggu telaah", WorkPlan, coordinators, COORDINATORS, "send",
        steps=("submit",), of_step=_of_submission,
    ),
    NoticeKind(
        "plan-returned", "Rencana dikembalikan", WorkPlan, staff_of, AGENCY_STAFF, "back",
        steps=("return",), of_step=_of_return, by_mail=True,
    ),
    NoticeKind(
        "plan-set", "Rencana ditetapkan", WorkPlan, staff_of, AGENCY_STAFF, "check",
        steps=("set",), of_step=_of_setting, by_mail=True,
    ),
)  # fmt: skip
