"""A new version of a plan, with the lines, activities and indicators that it is drafted from.

What cannot be done raises ``PlanRefused`` with a sentence for the screen, and nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from p2emas.accounts.models import Agency, User
from p2emas.history.bulk import BulkEdit
from p2emas.history.records import set_author
from p2emas.search.keeping import keep_words
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import StepConflict
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.versions import plan_of_year_before, version_before

Row = TypeVar("Row", bound=Model)
bring_months: "Hook[[WorkPlan, User], None]" = Hook("the monthly plan of the version before, brought into a set one")


class PlanRefused(Exception):
    """The plan cannot be written like this; the message is a sentence for the screen."""


def create_plan(*, agency: Agency, year: int, kind: str, by: User, is_sample: bool = False) -> WorkPlan:
    """Draft a version: an INDUK from last year's set plan, a PERGESERAN or PERUBAHAN from the version before it."""
    before = version_before(agency, year)
    _check_kind(agency, year, kind, before)
    source = before or plan_of_year_before(agency, year)
    plan = WorkPlan(
        agency=agency,
        year=year,
        kind=kind,
        sequence=before.sequence + 1 if before else 1,
        supersedes=before,
        is_sample=is_sample or bool(source and source.is_sample),  # what is copied from a sample stays one
    )
    set_author(plan, by)
    try:
        with transaction.atomic():
            plan.save()
            if source is not None:
                copy_lines(source=source, plan=plan, by=by)
    except IntegrityError as race:  # two people at the same moment: the constraint lets one of them through
        raise PlanRefused(f"Versi rencana {year} baru saja dibuat orang lain.") from race
    return plan


def _check_kind(agency: Agency, year: int, kind: str, before: WorkPlan | None) -> None:
    if WorkPlan.objects.filter(agency=agency, year=year).unfinished().exists():
        raise PlanRefused(f"Masih ada versi rencana {year} yang belum ditetapkan. Selesaikan versi itu dahulu.")
    if kind == WorkPlan.Kind.INDUK and before is not None:
        raise PlanRefused(f"DPA {year} sudah ditetapkan. Buat DPA pergeseran atau DPPA.")
    if kind != WorkPlan.Kind.INDUK and before is None:
        raise PlanRefused(f"Rencana {year} belum ada yang ditetapkan, jadi belum dapat digeser atau diubah.")


@transaction.atomic
def submit_plan(*, plan: WorkPlan, seen: str, version: int, by: User) -> None:
    """Submit exactly what the check page showed: a line that somebody saved after it is checked first."""
    unchanged = WorkPlan.objects.select_for_update(no_key=True).filter(pk=plan.pk, version=version).exists()
    if plan.status == seen and not unchanged:
        raise StepConflict("Rencana berubah setelah Anda membuka halaman periksa. Periksa sekali lagi.")
    plan.take_step("submit", seen=seen, actor=by)


@dataclass(frozen=True)
class SettingDocuments:
    """What sets a plan: its budget document, and the regulation on the Renja where it is known."""

    budget_doc_no: str
    budget_doc_date: date | None = None
    regulation_no: str = ""
    regulation_date: date | None = None
    rka_amount: int | None = None


@transaction.atomic
def set_plan(
    *, plan: WorkPlan, seen: str, documents: SettingDocuments, effective_on: date, by: User, note: str = ""
) -> None:
    """Record that the plan is set: by which documents, and from which day it counts; its months come along."""
    before = plan.supersedes
    if before is not None and before.effective_on and effective_on < before.effective_on:
        raise PlanRefused("Tanggal berlaku tidak boleh sebelum versi yang digantikan berlaku.")
    stamp = asdict(documents) | {"effective_on": effective_on}
    plan.take_step("set", seen=seen, actor=by, note=note, **stamp)
    bring_months(plan, by)


@transaction.atomic
def copy_lines(*, source: WorkPlan, plan: WorkPlan, by: User) -> list[PlanLine]:
    """Copy the lines of ``source`` with their targets into ``plan``; each continues the line it comes from.

    Into another year the activities are copied too, with their indicators.
    """
    originals = list(source.lines.select_related("activity").prefetch_related("targets").order_by("pk"))
    activities = {line.activity_id: line.activity for line in originals}
    if source.year != plan.year:
        activities = copy_activities(activities=activities.values(), year=plan.year, by=by)
    copies = _bulk(
        PlanLine,
        [
            _copy(line, plan=plan, activity=activities[line.activity_id], continues=line, version=1, client_token=None)
            for line in originals
        ],
        by,
    )
    targets = [
        _copy(target, plan_line=copy)
        for line, copy in zip(originals, copies, strict=True)
        for target in line.targets.all()
    ]
    _bulk(PlanLineTarget, targets, by)
    return copies


@transaction.atomic
def copy_activities(*, activities: Iterable[Activity], year: int, by: User) -> dict[int, Activity]:
    """Old activity id -> the activity of ``year`` with the same code, made with its indicators where it is missing.

    An indicator comes with its target of ``year`` where one was set ahead; else with its baseline only, so that the
    new year's target must be thought of (an empty target stops the submission).
    """
    originals = list(activities)
    codes = [activity.code for activity in originals]
    agencies = {activity.agency_id for activity in originals}
    present = Activity.objects.filter(agency__in=agencies, year=year, code__in=codes)
    found = {(activity.agency_id, activity.code): activity for activity in present}
    missing = [activity for activity in originals if (activity.agency_id, activity.code) not in found]
    made = dict(
        zip(
            [activity.pk for activity in missing],
            _bulk(Activity, [_copy(activity, year=year) for activity in missing], by),
            strict=True,
        )
    )
    keep_words(Activity, [activity.pk for activity in made.values()])
    _copy_indicators(made, year, by)
    return {a.pk: made.get(a.pk) or found[a.agency_id, a.code] for a in originals}


def _copy_indicators(made: Mapping[int, Activity], year: int, by: User) -> None:
    found = Indicator.objects.filter(activity__in=list(made)).prefetch_related("targets").order_by("pk")
    originals = [(old, made[old.activity_id]) for old in found if old.activity_id is not None]
    copies = _bulk(Indicator, [_copy(old, activity=activity, version=1) for old, activity in originals], by)
    rows = []
    for (old, _activity), copy in zip(originals, copies, strict=True):
        latest: dict[int | None, IndicatorTarget] = {}
        for row in sorted(old.targets.all(), key=lambda row: row.year):
            if row.year <= year:
                latest[row.village_id] = row
        for row in latest.values():
            target = row.target if row.year == year else None
            rows.append(_copy(row, indicator=copy, year=year, target=target))
    _bulk(IndicatorTarget, rows, by)


def _copy(row: Row, **changes: Any) -> Row:
    """A new, unsaved row like ``row``."""
    kept = [f.attname for f in row._meta.concrete_fields if not f.primary_key and f.name not in changes]
    return type(row)(**{name: getattr(row, name) for name in kept}, **changes)


def _bulk(model: type[Row], rows: list[Row], by: User) -> list[Row]:
    edit = BulkEdit(model)
    edit.add(rows)
    edit.write(by)
    return edit.added
