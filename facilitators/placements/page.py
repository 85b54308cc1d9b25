"""What the page of one facilitator and of one placement shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from districts.evidence.models import Commodity
from facilitators.placements import services
from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import Enrolment, may_manage_facilitators
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.riwayat import Entry, timeline

PARTS = ("contracts", "placements", "enrolments")
PLACEMENT_PARTS = ("appraisals",)


@dataclass(frozen=True)
class FacilitatorPage:
    """Context of ``placements/facilitator_detail.html``."""

    facilitator: Facilitator
    phone: str
    placements: list[tuple[Placement, bool]]  # with whether it is in force
    current: list[Placement]
    contracts: list[tuple[Contract, int]]  # with the days that are left
    courses: QuerySet[Enrolment]
    appraisals: QuerySet[Appraisal]
    skills: list[Commodity]
    today: date
    may_manage: bool
    history: list[Entry]

    @classmethod
    def of(cls, facilitator: Facilitator, user: User) -> "FacilitatorPage":
        """In a constant number of queries."""
        today = clock.today()
        placements = list(Placement.objects.of_facilitator(facilitator))
        return cls(
            facilitator=facilitator,
            phone=shown_phone(facilitator.phone),
            placements=[(row, row.is_in_force(today)) for row in placements],
            current=[row for row in placements if row.is_in_force(today)],
            contracts=[(row, (row.ends - today).days) for row in facilitator.contracts.all()],
            courses=facilitator.enrolments.select_related("course").order_by("-course__starts", "-pk"),
            appraisals=Appraisal.objects.filter(placement__facilitator=facilitator).select_related(
                "placement__facilitator", "placement__target_location__village"
            ),
            skills=list(facilitator.skills.all()),
            today=today,
            may_manage=may_manage_facilitators(user),
            history=timeline(facilitator, parts=PARTS)[:6],
        )


@dataclass(frozen=True)
class PlacementPage:
    """Context of ``placements/placement_detail.html``, and of the pages that change the placement."""

    placement: Placement
    today: date
    in_force: bool
    begun: bool
    days_left: int
    appraisals: QuerySet[Appraisal]
    successor: Placement | None
    predecessor: Placement | None
    may_manage: bool
    may_end: bool
    may_replace: bool
    may_appraise: bool
    may_extend: bool
    history: list[Entry]

    @classmethod
    def of(cls, placement: Placement, user: User) -> "PlacementPage":
        today = clock.today()
        advice = services.latest_appraisal(placement)
        successor = Placement.objects.filter(replaces=placement).for_table().first()
        manages = may_manage_facilitators(user)
        return cls(
            placement=placement,
            today=today,
            in_force=placement.is_in_force(today),
            begun=placement.has_begun(today),
            days_left=(placement.contract.ends - today).days,
            appraisals=placement.appraisals.all(),
            successor=successor,
            predecessor=placement.replaces,
            may_manage=manages,
            may_end=placement.may_end(user),
            may_replace=manages and successor is None,
            may_appraise=manages and placement.has_begun(today),
            may_extend=placement.may_end(user) and advice is not None and advice.advice == Appraisal.Advice.EXTEND,
            history=timeline(placement, parts=PLACEMENT_PARTS)[:6],
        )
