"""What the page of one facilitator and of one placement shows."""

from typing import Any

from facilitators.placements import services
from facilitators.placements.models import Appraisal, Placement
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import may_manage_facilitators
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.riwayat import timeline

PARTS = ("contracts", "placements", "enrolments")
PLACEMENT_PARTS = ("appraisals",)


def page_of(facilitator: Facilitator, user: User) -> dict[str, Any]:
    """Context of the page, in a constant number of queries."""
    today = clock.today()
    placements = list(Placement.objects.of_facilitator(facilitator))
    return {
        "facilitator": facilitator,
        "phone": shown_phone(facilitator.phone),
        "placements": [(row, row.is_in_force(today)) for row in placements],
        "current": [row for row in placements if row.is_in_force(today)],
        "contracts": [(row, (row.ends - today).days) for row in facilitator.contracts.all()],
        "courses": facilitator.enrolments.select_related("course").order_by("-course__starts", "-pk"),
        "appraisals": Appraisal.objects.filter(placement__facilitator=facilitator).select_related(
            "placement__facilitator", "placement__target_location__village"
        ),
        "skills": list(facilitator.skills.all()),
        "today": today,
        "may_manage": may_manage_facilitators(user),
        "history": timeline(facilitator, parts=PARTS)[:6],
    }


def placement_page(placement: Placement, user: User) -> dict[str, Any]:
    today = clock.today()
    advice = services.latest_appraisal(placement)
    successor = Placement.objects.filter(replaces=placement).for_table().first()
    manages = may_manage_facilitators(user)
    return {
        "placement": placement,
        "today": today,
        "in_force": placement.is_in_force(today),
        "begun": placement.has_begun(today),
        "days_left": (placement.contract.ends - today).days,
        "appraisals": placement.appraisals.all(),
        "successor": successor,
        "predecessor": placement.replaces,
        "may_manage": manages,
        "may_end": placement.may_end(user),
        "may_replace": manages and successor is None,
        "may_appraise": manages and placement.has_begun(today),
        "may_extend": placement.may_end(user) and bool(advice and advice.advice == Appraisal.Advice.EXTEND),
        "history": timeline(placement, parts=PLACEMENT_PARTS)[:6],
    }
