"""Each assignment with a village becomes a scope, and assignments of one person that share a day become one.

Nobody sees more or fewer villages afterwards. A slug that leads to no village stops the migration and is named.
"""

from collections.abc import Iterator
from itertools import groupby

from django.core.management.base import CommandError
from django.db import migrations

from p2emas import schema

WHOLE_REGENCY = "*"
REASON = "Desa pendamping dicatat di luar penugasan"


def to_scopes(apps, schema_editor) -> None:
    assignments, placements = _rows(apps, "p2emas", "Assignment"), _rows(apps, "facilitators", "Placement")
    villages = _villages(apps, assignments)
    for held in assignments.exclude(village_slug="").order_by("pk"):
        scope = apps.get_model("districts", "VillageScope").objects.create(
            user_id=held.user_id,
            village_id=villages.get(held.village_slug),
            whole_regency=held.village_slug == WHOLE_REGENCY,
            valid_from=held.valid_from,
            valid_until=held.valid_until,
        )
        _note(apps, scope, "+")
        placements.filter(assignment=held).update(scope=scope)
    roles = assignments.filter(role="facilitator").order_by("user", "agency", "valid_from", "pk")
    for _key, group in groupby(roles, key=lambda held: (held.user_id, held.agency_id)):
        for run in _runs(group):
            _merge(apps, placements, run)


def _villages(apps, assignments) -> dict[str, int]:
    villages = dict(_rows(apps, "districts", "Village").values_list("slug", "pk"))
    named = assignments.exclude(village_slug__in=["", WHOLE_REGENCY]).order_by("pk")
    lost = [f"{held.village_slug} (penugasan {held.pk})" for held in named if held.village_slug not in villages]
    if lost:
        raise CommandError(
            f"Penugasan pendamping menyebut desa yang tidak ada: {', '.join(lost)}. Tidak ada yang diubah. Kembalikan "
            "desanya, atau perbaiki village_slug penugasan itu, lalu jalankan migrate lagi."
        )
    return villages


def _runs(assignments) -> Iterator[list]:
    """Groups in which each assignment shares a day with one before it."""
    run: list = []
    last = None
    for held in assignments:
        if run and last is not None and held.valid_from > last:
            yield run
            run, last = [], None
        ends = held.valid_until
        last = ends if not run else None if last is None or ends is None else max(last, ends)
        run.append(held)
    if run:
        yield run


def _merge(apps, placements, run: list) -> None:
    """The first row takes the days of all; placements of the others point to it."""
    kept, *others = run
    if not others:
        return
    for other in others:
        for placement in placements.filter(assignment=other):
            placement.assignment = kept
            placement.save()
            _note(apps, placement, "~")
        _note(apps, other, "-")
        other.delete()
    ends = [held.valid_until for held in run]
    kept.valid_until = None if None in ends else max(ends)
    kept.save()
    _note(apps, kept, "~")


def to_assignments(apps, schema_editor) -> None:
    """The way back: an assignment for each scope, on the days on which the role holds too."""
    assignments, placements = _rows(apps, "p2emas", "Assignment"), _rows(apps, "facilitators", "Placement")
    scopes = _rows(apps, "districts", "VillageScope")
    roles = list(assignments.filter(role="facilitator").order_by("valid_from", "pk"))
    found = []
    for scope in scopes.order_by("valid_from", "pk").select_related("village"):
        placement = placements.filter(scope=scope).first()
        held = _role_of(scope, placement, roles)
        if held is not None and _days_meet(scope, held):
            found.append((scope, placement, held.pk, _shared_days(scope, held)))
        elif held is not None and placement is not None:  # a role that was ended before: two may not share it again
            placement.assignment = None
            placement.save()
            _note(apps, placement, "~")
    used = set()
    for scope, placement, role_id, days in found:
        held = assignments.get(pk=role_id)
        if role_id in used:
            held.pk = None  # each further village gets a row of its own
        used.add(role_id)
        held.village_slug = scope.village.slug if scope.village else WHOLE_REGENCY
        held.valid_from, held.valid_until = days
        kind = "~" if held.pk else "+"
        held.save()
        _note(apps, held, kind)
        if placement is not None and placement.assignment_id != held.pk:
            placement.assignment = held
            placement.save()
            _note(apps, placement, "~")
    placements.update(scope=None)
    scopes.all().delete()
    _rows(apps, "districts", "HistoricalVillageScope").all().delete()


def _role_of(scope, placement, roles: list):
    """The assignment of the placement; without one the first of the person on a day of the scope."""
    if placement is not None:
        return next((held for held in roles if held.pk == placement.assignment_id), None)
    return next((held for held in roles if held.user_id == scope.user_id and _days_meet(scope, held)), None)


def _days_meet(one, other) -> bool:
    first, last = _shared_days(one, other)
    return last is None or first <= last


def _shared_days(one, other) -> tuple:
    ends = [row.valid_until for row in (one, other) if row.valid_until is not None]
    return max(one.valid_from, other.valid_from), min(ends) if ends else None


def _rows(apps, house: str, model: str):
    return apps.get_model(house, model).objects.all()


def _note(apps, row, kind: str) -> None:
    """What the history of each of these tables would have written."""
    history = apps.get_model(row._meta.app_label, f"Historical{row._meta.object_name}")
    kept = {field.attname for field in history._meta.concrete_fields}
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    history.objects.create(
        history_date=schema.now(),
        history_type=kind,
        history_change_reason=REASON,
        **{name: value for name, value in fields.items() if name in kept},
    )


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0006_village_scopes'),
        ('facilitators', '0010_scope_of_a_placement'),
        ('p2emas', '0010_traces_of_accounts'),
    ]
    run_before = [('p2emas', '0011_assignments_without_villages')]

    operations = [migrations.RunPython(to_scopes, to_assignments)]
