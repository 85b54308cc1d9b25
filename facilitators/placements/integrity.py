"""Whether a placement, its contract and the assignment that it wrote say the same."""

from collections.abc import Iterator

from facilitators.placements.accounts import WHOLE_REGENCY
from facilitators.placements.models import Placement
from p2emas.accounts.roles import Role


def assignments() -> Iterator[str]:
    rows = Placement.objects.select_related("assignment", "facilitator", "contract", "target_location__village")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        for found in _disagreements(row):
            yield f"Penempatan {row.pk}: {found}."


def _disagreements(row: Placement) -> Iterator[str]:
    if row.contract.facilitator_id != row.facilitator_id:
        yield "kontraknya milik orang lain"
    held = row.assignment
    if held is None:
        if row.last_day >= row.starts:
            yield "penugasannya tidak ada"
        return
    if held.user_id != row.facilitator.user_id:
        yield "penugasannya milik pengguna lain"
    if (held.valid_from, held.valid_until) != (row.starts, row.last_day):
        yield "tanggal penugasannya berbeda"
    slug = row.target_location.village.slug if row.target_location else WHOLE_REGENCY
    if (held.role, held.village_slug) != (Role.FACILITATOR, slug):
        yield "desa penugasannya berbeda"
