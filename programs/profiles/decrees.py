"""What one decree fixes, what of it is in force on a day, and who depends on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from districts.competencies.models import CoreCompetency
from districts.locations.decision.legal import LegalFault, LegalPoint, faults_in
from districts.locations.decrees.amending import Effects, effects_of
from districts.locations.decrees.legal import is_checked, legal_check
from districts.locations.decrees.revoking import revocation_of
from districts.locations.models import DecreeItem, TargetLocation
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Decree, DecreeFile
from p2emas.workflow.models import Step
from programs.profiles.dependents import Dependents, dependents_of, standing_on

ITEM_PARTS = (
    "determination__district",
    "determination__chosen",
    "village__district",
    "core_competency__district",
    "core_competency__commodity",
    "target_location__village__district",
)


@dataclass(frozen=True)
class PaperCheck:
    """The legal check as a page shows it: advice where the paper was signed already, else what is needed first."""

    points: list[LegalPoint]
    is_recorded: bool
    is_scanned: bool

    @property
    def faults(self) -> list[LegalFault]:
        return faults_in(self.points)

    @property
    def passes(self) -> bool:
        """Whether it may be put in force without a reason."""
        return self.is_scanned if self.is_recorded else not self.faults

    @property
    def needs_reason(self) -> bool:
        """Whether only its scan and a reason can put it in force."""
        return bool(self.faults) and not self.is_recorded


@dataclass(frozen=True)
class DecreePage:
    """Rows come with the answer whether they are in force on the day; ``items`` are those of a draft."""

    decree: Decree
    items: Iterable[DecreeItem]
    competencies: list[tuple[CoreCompetency, bool]]
    locations: list[tuple[TargetLocation, bool]]
    closed: list[CoreCompetency | TargetLocation]
    confirmed: Iterable[DecreeItem]
    appoints: list[RecruitmentRound]  # rounds whose facilitators it appoints
    amendments: QuerySet[Decree]
    dependents: Dependents
    later: list[tuple[TargetLocation, bool]]
    files: QuerySet[DecreeFile]
    may_attach: bool
    may_discard: bool
    may_amend: bool
    steps: list[tuple[str, Step]]

    @classmethod
    def of(cls, decree: Decree, *, day: date, user: User | AnonymousUser) -> "DecreePage":
        is_draft, may_attach = decree.status == Decree.Status.DRAFT, decree.may_attach(user)
        locations = TargetLocation.objects.filter(decree=decree)
        return cls(
            decree=decree,
            items=decree.items.select_related(*ITEM_PARTS) if is_draft else (),
            competencies=[(row, row.is_in_force(day)) for row in _competencies(decree)],
            locations=[(row, row.is_in_force(day)) for row in _with_names(locations)],
            closed=[
                *CoreCompetency.objects.filter(closed_by=decree).select_related("district", "commodity", "decree"),
                *TargetLocation.objects.filter(closed_by=decree).for_table(),
            ],
            confirmed=() if is_draft else decree.items.confirming().select_related(*ITEM_PARTS),
            appoints=list(decree.recruitments.for_decree()),
            amendments=Decree.objects.for_user(user).filter(amends=decree).order_by("dated", "pk"),
            dependents=dependents_of(locations, on=day),
            later=[(row, row.is_in_force(day)) for row in standing_on(decree)],
            files=decree.files.all(),
            may_attach=may_attach,
            may_discard=may_attach and is_draft,
            may_amend=may_attach,
            steps=decree.open_steps(user) if isinstance(user, User) else [],
        )


def _with_names(locations: QuerySet[TargetLocation]) -> QuerySet[TargetLocation]:
    """What the list shows: a decree of a big regency has four hundred of them."""
    days = ("valid_from", "valid_until", "is_sample", "closed_by")
    places = ("village__name", "village__slug", "village__district__name", "core_competency__commodity__name")
    return locations.select_related("village__district", "core_competency__commodity", "closed_by").only(*days, *places)


def _competencies(decree: Decree) -> QuerySet[CoreCompetency]:
    found = CoreCompetency.objects.filter(decree=decree).select_related("district", "commodity", "closed_by")
    return found.order_by("district__name")


def check_context(decree: Decree, effects: Effects | None = None) -> dict[str, object]:
    """What enacting a draft will change, what its paper lacks, and what depends on the locations that it ends."""
    effects = effects or effects_of(decree)
    closed = TargetLocation.objects.filter(pk__in=effects.closed_locations)
    dependents = dependents_of(closed, on=decree.valid_from or clock.today())
    points = legal_check(decree) if is_checked(decree) else []
    paper = PaperCheck(points, decree.origin == Decree.Origin.RECORDED, decree.files.exists())
    return {
        "decree": decree,
        "effects": effects,
        "dependents": dependents,
        "same_number": decree.same_number(),
        "paper": paper,
    }


def revoke_context(decree: Decree) -> dict[str, object]:
    """What revoking ends and leaves, what prevents it, and what depends on the locations that belong to the decree."""
    today = clock.today()
    revocation = revocation_of(decree, on=today)
    dependents = dependents_of(revocation.locations, on=today)
    return {
        "decree": decree,
        "revocation": revocation,
        "dependents": dependents,
        "refusal": revocation.refusal,
        "may_amend": True,  # anyone who may revoke may also amend
    }
