"""Saving a report that two people may have open: a form drawn from an old version changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.ui.forms import put_on
from p2emas.workflow.editing import EditConflict, claim_version
from programs.obstacles.models import Obstacle
from programs.reporting.filling.figure_forms import FiguresForm
from programs.reporting.filling.file_forms import AttachmentForm
from programs.reporting.filling.indicator_forms import IndicatorsForm
from programs.reporting.filling.obstacle_forms import ObstaclesForm
from programs.reporting.filling.photo_forms import PhotosForm
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import MOST_VIDEOS, IndicatorValue, ReportAttachment, ReportLine


def claim_report(report: ProgressReport, seen: int) -> None:
    """``claim_version`` of a report that may still be filled."""
    claim_version(report, seen, *ProgressReport.EDITABLE, period__status=ReportingPeriod.Status.OPEN)


def hold_editable(report: ProgressReport) -> int:
    """Keep the report as it is until the transaction ends and answer its version now.

    Raises ``EditConflict`` when it was sent or locked.
    """
    held = (
        ProgressReport.objects.select_for_update(of=("self",), no_key=True).select_related("period").get(pk=report.pk)
    )
    if not held.is_editable:
        report.refresh_from_db()
        raise EditConflict("Laporan ini sudah dikirim atau dikunci.")
    return held.version


def begin(report: ProgressReport, actor: User) -> None:
    """The first thing saved makes the report a draft."""
    if report.status == ProgressReport.Status.NOT_STARTED:
        report.take_step("begin", seen=report.status, actor=actor)


@transaction.atomic
def save_figures(*, report: ProgressReport, form: FiguresForm, version: int, actor: User) -> bool:
    """Save the right cells of the table; False when nothing differs from what is stored.

    Wrong cells of a report that can no longer be filled are a conflict too: there is nothing to correct in them.
    """
    changes = form.changes()
    if changes or not (report.is_editable or form.is_valid()):
        claim_report(report, version)
    if changes:
        begin(report, actor)
        _write(ReportLine, changes, actor)
    return bool(changes)


@transaction.atomic
def save_indicators(*, report: ProgressReport, form: IndicatorsForm, version: int, actor: User) -> bool:
    """Save the right cells; a value that is emptied keeps its row, so that its history stays in one piece."""
    changes = form.changes()
    if changes or not (report.is_editable or form.is_valid()):
        claim_report(report, version)
    if changes:
        begin(report, actor)
        for value, fields in changes:
            value.entered_by = actor
            fields.add("entered_by")
        _write(IndicatorValue, changes, actor)
    return bool(changes)


def _write(model: type[Model], changes: Sequence[tuple[Model, set[str]]], actor: User) -> None:
    """Records and their history in a handful of statements; a table may have hundreds of rows."""
    stamps = {"default_user": actor, "default_date": clock.now()}
    known = [(record, fields) for record, fields in changes if record.pk is not None]
    if known:
        changed = set().union(*(fields for _record, fields in known))
        bulk_update_with_history([record for record, _fields in known], model, sorted(changed), **stamps)
    if new := [record for record, _fields in changes if record.pk is None]:
        bulk_create_with_history(new, model, **stamps)


@transaction.atomic
def save_obstacles(*, report: ProgressReport, form: ObstaclesForm, version: int, actor: User) -> bool:
    """Save the right cards and factors; an obstacle that is in no other report is deleted with its card."""
    lost = not form.is_valid() and not report.is_editable
    factors, carried = form.factors.right_changes, form.factors.carried_on if form.factors.is_bound else []
    unsaid = bool(form.kept or form.cards) != (report.has_obstacles is True)
    if not (factors or carried or form.removed or form.written or lost or unsaid):
        return False
    claim_report(report, version)
    begin(report, actor)
    saved = _save_cards(report, form, actor)
    report.obstacles.add(*saved, *carried)
    report.refresh_from_db()
    said_none = factors.pop("no_obstacles", report.has_obstacles is False)
    factors["has_obstacles"] = True if report.obstacles.exists() else False if said_none else None
    report.save(update_fields=sorted(put_on(report, factors)))
    return True


def _save_cards(report: ProgressReport, form: ObstaclesForm, actor: User) -> list[Obstacle]:
    """The obstacles of the right cards, after those of removed cards are deleted."""
    for obstacle in form.removed:
        report.obstacles.remove(obstacle)
        obstacle.delete()
    return [card.save(raised_by=report.agency, by=actor, is_sample=report.is_sample) for card in form.written]


def last_saved_at(report: ProgressReport) -> datetime | None:
    """When a line of the table was last saved; None while nothing was filled."""
    saved = ReportLine.history.filter(report=report.pk, history_type="~").order_by("-history_date")
    return saved.values_list("history_date", flat=True).first()


@transaction.atomic
def add_files(*, report: ProgressReport, form: AttachmentForm, actor: User) -> bool:
    """Keep the files and the video of a right form; False when all were refused after all (said on the form).

    They overwrite nothing, so they ask for no version; yet it counts as a saving: what was checked is no longer what
    would be sent, and BAPPEDA can no longer take its return back.
    """
    version = hold_editable(report)
    form.save(user=actor)
    if form.errors:
        return False
    line = form.cleaned_data["line"]
    if url := form.cleaned_data["video_url"]:
        line.refresh_from_db(fields=["video_url"])  # the report is held: nobody adds one beside it
        _set_videos(line, list(dict.fromkeys([*line.videos, url]))[:MOST_VIDEOS], actor)
    claim_report(report, version)
    begin(report, actor)
    return True


@transaction.atomic
def remove_file(*, report: ProgressReport, attachment: ReportAttachment) -> None:
    claim_report(report, hold_editable(report))
    attachment.delete()


@transaction.atomic
def remove_video(*, report: ProgressReport, line: ReportLine, url: str, actor: User) -> None:
    """One of the links of ``line``; the report is held, so that two clicks take two of them."""
    claim_report(report, hold_editable(report))
    line.refresh_from_db(fields=["video_url"])
    _set_videos(line, [each for each in line.videos if each != url], actor)


def _set_videos(line: ReportLine, urls: list[str], actor: User) -> None:
    if changed := put_on(line, {"video_url": "\n".join(urls)}):
        _write(ReportLine, [(line, changed)], actor)


@transaction.atomic
def save_photos(*, report: ProgressReport, form: PhotosForm, actor: User) -> bool:
    """Keep what was typed beside each photo; False when another person changed one of them first (said on the form)."""
    version = hold_editable(report)
    if form.find_changed_since():
        return False
    changes = form.changes()
    for photo, fields in changes:
        photo.save(update_fields=sorted(fields))
    for photo in form.removed:
        photo.delete()
    if changes or form.removed:
        claim_report(report, version)
        begin(report, actor)
    return True
