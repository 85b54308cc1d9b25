"""What one decree fixes, what of it is in force on a day, and who depends on it."""

from datetime import date

from districts.competencies.models import CoreCompetency
from districts.locations.decrees.amending import effects_of
from districts.locations.decrees.revoking import revocation_of
from districts.locations.models import TargetLocation
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from programs.profiles.dependents import dependents_of, standing_on

ITEM_PARTS = (
    "determination__district",
    "determination__chosen",
    "village__district",
    "core_competency__district",
    "core_competency__commodity",
    "target_location__village__district",
)


def context_of(decree: Decree, *, day: date, user: User) -> dict[str, object]:
    competencies = (
        CoreCompetency.objects.filter(decree=decree)
        .select_related("district", "commodity", "closed_by")
        .order_by("district__name")
    )
    locations = TargetLocation.objects.filter(decree=decree).for_table().select_related("closed_by")
    context: dict[str, object] = {
        "decree": decree,
        "competencies": [(row, row.is_in_force(day)) for row in competencies],
        "locations": [(row, row.is_in_force(day)) for row in locations],
        "closed": [
            *CoreCompetency.objects.filter(closed_by=decree).select_related("district", "commodity", "decree"),
            *TargetLocation.objects.filter(closed_by=decree).for_table(),
        ],
        "amendments": Decree.objects.for_user(user).filter(amends=decree).order_by("dated", "pk"),
        "dependents": dependents_of(TargetLocation.objects.filter(decree=decree), on=day),
        "later": [(row, row.is_in_force(day)) for row in standing_on(decree)],
        "files": decree.files.all(),
        "may_attach": decree.may_attach(user),
        "may_discard": decree.may_attach(user) and decree.status == Decree.Status.DRAFT,
        "may_amend": decree.may_attach(user) and decree.kind != Decree.Kind.MINUTES,
        "steps": decree.open_steps(user) if user.is_authenticated else [],
    }
    if decree.status == Decree.Status.DRAFT:
        context["items"] = decree.items.select_related(*ITEM_PARTS)
    return context


def check_context(decree: Decree) -> dict[str, object]:
    """What enacting a draft will change, and what depends on the target locations that it ends."""
    effects = effects_of(decree)
    closed = TargetLocation.objects.filter(pk__in=effects.closed_locations)
    dependents = dependents_of(closed, on=decree.valid_from or clock.today())
    return {"decree": decree, "effects": effects, "dependents": dependents, "same_number": decree.same_number()}


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
        "may_amend": decree.kind != Decree.Kind.MINUTES,  # anyone who may revoke may also amend
    }
