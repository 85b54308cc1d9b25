"""What the page of one candidate shows: its evidence, the core competency beside it, values, visits, history."""

from typing import Any

from django.db.models import Prefetch

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.visits import SurveyPhoto
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.workflow.riwayat import timeline

PARTS = ("values", "visits")


def page_of(candidate: Candidate, user: Anyone) -> dict[str, Any]:
    """Context of the page, in a constant number of queries."""
    competency = (
        CoreCompetency.objects.in_force(clock.today())
        .filter(district=candidate.village.district_id)
        .select_related("commodity", "decree")
        .first()
    )
    member = user if user.is_authenticated else None
    context: dict[str, Any] = {
        "candidate": candidate,
        "selection": candidate.round,
        "competency": competency,
        "departs": departs(candidate, competency),
        "rows": values_of(candidate),
        "visits": list(candidate.visits.prefetch_related(Prefetch("photos", queryset=SurveyPhoto.objects.all()))),
        "shows_photos": member is not None,
        "shows_marks": bool(candidate.choice) and candidate.round.may_read_ranking(user),
    }
    context |= _rights(candidate, member)
    if member is not None and member.sees_everything:
        context["history"] = timeline(candidate)[:8]  # its values and visits stand on the whole history
    return context


def _rights(candidate: Candidate, member: User | None) -> dict[str, Any]:
    """What a signed-in person may do with the candidate; strangers only read."""
    if member is None:
        return {"may_edit": False, "may_visit": False, "steps": [], "may_promote": False}
    return {
        "may_edit": candidate.may_edit(member),
        "may_visit": candidate.may_visit(member),
        "steps": [(name, step) for name, step in candidate.open_steps(member) if not step.own_page],
        "may_promote": may_promote(candidate, member),
    }


def may_promote(candidate: Candidate, user: User) -> bool:
    """A reserve of a round that a decree has set; whether it is its turn is said on the page of the step."""
    enacted = candidate.round.status == candidate.round.Status.ENACTED
    return enacted and candidate.status == Candidate.Status.RESERVE and candidate.may_take(user, "promote")


def departs(candidate: Candidate, competency: CoreCompetency | None) -> str:
    """Why the commodity does not fit the core competency of the kecamatan; empty when it does."""
    district = candidate.village.district
    if competency is None:
        return f"Kecamatan {district} belum punya kompetensi inti yang berlaku."
    if candidate.commodity_id == competency.commodity_id:
        return ""
    if candidate.commodity_id in descendants(competency.commodity_id, commodity_tree()):
        return ""
    return (
        f"Usulan ini {candidate.commodity}, sedangkan kompetensi inti Kecamatan {district} adalah "
        f"{competency.commodity}."
    )


def values_of(candidate: Candidate) -> list[tuple[Any, Any]]:
    """(criterion, value or None) in the order of the criteria."""
    known = {value.criterion_id: value for value in candidate.values.all()}
    return [(criterion, known.get(criterion.pk)) for criterion in candidate.round.criteria.all()]
