"""What a placement lets its facilitator do: the scope says where, the assignment that there is a role at all.

Both are written here and nowhere else, in the transaction of the placement; the caller has locked the facilitator's
row. Each placement has a scope of its own. Placements that share a day share the assignment: a person who works in two
villages holds the role once, and keeps it until the last of them ends.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from districts.regions.models import Village
from districts.regions.scopes import VillageScope
from facilitators.placements.models import Placement
from facilitators.placements.refusals import PlacementRefused
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import Role
from p2emas.naming import current

Held = tuple[VillageScope, Placement]


def grant(placement: Placement, user: User) -> None:
    """Store a new placement with its scope and its role."""
    agency_id = current().lead_agency_id
    if agency_id is None:
        raise PlacementRefused("Kantor pengelola program belum dipilih. Minta kepalanya memilih di halaman Identitas.")
    village = placement.target_location.village if placement.target_location else None
    if not _take_over(placement, user, village, agency_id):
        placement.scope = VillageScope.objects.create(
            user=user,
            village=village,
            whole_regency=village is None,
            valid_from=placement.starts,
            valid_until=placement.ends,
        )
    _settle(placement, agency_id)


def _take_over(placement: Placement, user: User, village: Village | None, agency_id: int) -> bool:
    """A scope that was written before there were placements is taken over with its role, not doubled."""
    unplaced = user.village_scopes.filter(placement=None)
    same = unplaced.filter(village=village).overlapping(placement.starts, placement.ends)
    scope = same.order_by("valid_from").first()
    if scope is None:
        return False
    roles = user.assignments.filter(agency=agency_id, role=Role.FACILITATOR, placements=None)
    role = roles.overlapping(scope.valid_from, scope.valid_until).order_by("valid_from").first()
    others = unplaced.exclude(pk=scope.pk)
    if role is not None and not others.overlapping(role.valid_from, role.valid_until).exists():
        placement.assignment = role
    scope.valid_from, scope.valid_until = min(scope.valid_from, placement.starts), placement.ends
    scope.save()
    placement.scope = scope
    return True


def end_on(placement: Placement, last_day: date) -> None:
    """Store ``placement`` with its new last day; its right ends the same day. One that never began leaves none."""
    scope = placement.scope
    never = scope is not None and last_day < scope.valid_from
    if never:
        placement.scope = None
    elif scope is not None:
        scope.valid_until = last_day
        scope.save()
    _settle(placement)
    if scope is not None and never:
        scope.delete()


def _settle(changed: Placement, agency_id: int | None = None) -> None:
    """Store ``changed``, and one assignment for each run of days that the scopes of its facilitator cover.

    ``agency_id`` is where a placement without an assignment gets one.
    """
    rows = Placement.objects.filter(facilitator=changed.facilitator_id, scope__isnull=False, assignment__isnull=False)
    placements = [*rows.exclude(pk=changed.pk).select_related("scope", "assignment"), changed]
    before = {each.assignment_id for each in placements if each.assignment_id is not None}
    kept: set[int] = set()
    for agency, run in _runs_by_agency(placements, agency_id):
        role = _role_of(run, agency, kept)
        kept.add(role.pk)
        for _scope, placement in run:
            if placement.assignment_id != role.pk:
                placement.assignment = role
                if placement is not changed:
                    placement.save()
    if changed.scope is None:
        changed.assignment = None
    changed.save()
    for unused in Assignment.objects.filter(pk__in=before - kept):
        unused.delete()


def _runs_by_agency(placements: Iterable[Placement], agency_id: int | None) -> Iterator[tuple[int, list[Held]]]:
    held: dict[int, list[Held]] = {}
    for placement in placements:
        agency = placement.assignment.agency_id if placement.assignment else agency_id
        if placement.scope is not None and agency is not None:
            held.setdefault(agency, []).append((placement.scope, placement))
    for agency, group in held.items():
        for run in runs_of(group):
            yield agency, run


def _role_of(run: list[Held], agency_id: int, taken: set[int]) -> Assignment:
    """The assignment of a run, with its days; a new row where earlier runs keep all that were there."""
    scopes = [scope for scope, _placement in run]
    first, last = days_of(scopes)
    roles = (placement.assignment for _scope, placement in run)
    role = next((role for role in roles if role and role.pk not in taken), None)
    if role is None:
        return Assignment.objects.create(
            user_id=scopes[0].user_id, agency_id=agency_id, role=Role.FACILITATOR, valid_from=first, valid_until=last
        )
    if (role.valid_from, role.valid_until) != (first, last):
        role.valid_from, role.valid_until = first, last
        role.save()
    return role


def runs_of(held: Iterable[Held]) -> Iterator[list[Held]]:
    """The groups, by their first day, in which each scope shares a day with one before it."""
    run: list[Held] = []
    for scope, placement in sorted(held, key=lambda pair: (pair[0].valid_from, pair[0].pk)):
        last = days_of([each for each, _placement in run])[1] if run else None
        if run and last is not None and scope.valid_from > last:
            yield run
            run = []
        run.append((scope, placement))
    if run:
        yield run


def days_of(scopes: list[VillageScope]) -> tuple[date, date | None]:
    """First and last day of scopes; no last day where one of them is open."""
    ends = [scope.valid_until for scope in scopes]
    last = None if None in ends else max(end for end in ends if end is not None)
    return min(scope.valid_from for scope in scopes), last
