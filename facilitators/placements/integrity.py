"""Whether a placement, its contract, the scope and the assignment that it wrote say the same."""

from collections.abc import Iterator

from districts.regions.scopes import VillageScope
from facilitators.placements.models import Placement
from facilitators.placements.rights import days_of, runs_of
from p2emas.accounts.models import Assignment
from p2emas.accounts.roles import Role


def assignments() -> Iterator[str]:
    rows = Placement.objects.select_related("assignment", "facilitator", "contract", "scope", "target_location")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        for found in _disagreements(row):
            yield f"Penempatan {row.pk}: {found}."


def _disagreements(row: Placement) -> Iterator[str]:
    if row.contract.facilitator_id != row.facilitator_id:
        yield "kontraknya milik orang lain"
    if row.never_began and row.scope is None and row.assignment is None:
        return
    if row.assignment is None:
        yield "penugasannya tidak ada"
    else:
        yield from _of_the_role(row, row.assignment)
    if row.scope is None:
        yield "cakupan desanya tidak ada"
    else:
        yield from _of_the_scope(row, row.scope)


def _of_the_role(row: Placement, held: Assignment) -> Iterator[str]:
    if held.user_id != row.facilitator.user_id:
        yield "penugasannya milik pengguna lain"
    if held.role != Role.FACILITATOR:
        yield "penugasannya bukan sebagai pendamping"


def _of_the_scope(row: Placement, scope: VillageScope) -> Iterator[str]:
    if scope.user_id != row.facilitator.user_id:
        yield "cakupan desanya milik pengguna lain"
    if (scope.valid_from, scope.valid_until) != (row.starts, row.last_day):
        yield "tanggal cakupan desanya berbeda"
    village = row.target_location.village_id if row.target_location else None
    if (scope.village_id, scope.whole_regency) != (village, row.target_location is None):
        yield "desa cakupannya berbeda"


def roles() -> Iterator[str]:
    """A role holds on the days of its placements, no longer and no shorter, and nobody holds it twice."""
    rows = Assignment.objects.filter(role=Role.FACILITATOR, placements__isnull=False).distinct()
    before: Assignment | None = None
    for held in rows.order_by("user", "agency", "valid_from", "pk").prefetch_related("placements__scope"):
        runs = list(runs_of((each.scope, each) for each in held.placements.all() if each.scope))
        days = [days_of([scope for scope, _placement in run]) for run in runs]
        if days != [(held.valid_from, held.valid_until)]:
            yield f"Penugasan {held.pk}: tanggalnya berbeda dengan penempatannya."
        same = before and (before.user_id, before.agency_id) == (held.user_id, held.agency_id)
        if before and same and before.is_open(held.valid_from):
            yield f"Penugasan {held.pk}: peran yang sama masih berlaku dari penugasan {before.pk}."
        before = held


def scopes() -> Iterator[str]:
    for scope in VillageScope.objects.filter(placement=None).order_by("pk"):
        yield f"Cakupan desa {scope.pk}: tidak berasal dari penempatan."
