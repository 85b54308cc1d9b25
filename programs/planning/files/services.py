"""Taking a file of a year's plan, applying it to a draft all or nothing, and taking it back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.documents.kinds import ReceivedFile
from p2emas.history.bulk import BulkEdit, delete_with_history
from p2emas.history.records import set_author
from p2emas.imports.lanes.comparing import Fate
from p2emas.search.keeping import keep_words
from p2emas.workflow.editing import EditConflict
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.editing import open_draft
from programs.planning.files.columns import INDICATOR, LINE
from programs.planning.files.comparing import ComparedPart, PlanFileComparison, draft_of
from programs.planning.files.jobs import read_plan_file
from programs.planning.files.models import PlanFile
from programs.planning.files.receiving import FileNotTaken, take_in
from programs.planning.files.restoring import restore, rows_as_stored
from programs.planning.models import WorkPlan
from programs.planning.services import PlanRefused
from programs.planning.workbook.saving import PartEdit, delete_many_lines, save_many_indicators, save_many_lines

Status = PlanFile.Status
AT_ONCE = 200_000  # bytes of a file that is read while somebody waits: far more than 500 rows need
CLOSED = "Rencana {year} sudah {status}, jadi tidak dapat diisi dari berkas."
IS_SET = (
    "Rencana {year} sudah ditetapkan. Buat pergeseran atau perubahannya dahulu di “Buat rencana”, lalu unggah berkas."
)
RETURNED = (
    "Sesudah berkas ini dipakai rencananya sudah diperiksa dan diminta diperbaiki, jadi tidak dapat dibatalkan. "
    "Perbaiki rencananya langsung."
)
AFTER = "Sesudah berkas ini dipakai sudah ada yang menyimpan atau mengajukan rencananya, jadi tidak dapat dibatalkan."


def year_refusal(agency: Agency, year: int) -> str:
    """Why no file goes into the plan of this year now, or ""."""
    draft = draft_of(agency, year)
    if draft.pk and not draft.is_editable:
        return CLOSED.format(year=year, status=draft.get_status_display().lower())
    if not draft.pk and WorkPlan.objects.decided().filter(agency=agency, year=year).exists():
        return IS_SET.format(year=year)
    return ""


def take_plan_file(*, agency: Agency, year: int, received: ReceivedFile, user: User) -> PlanFile:
    """Read a received file, a large one by a worker; raises ``FileRefused`` with a sentence."""
    file = PlanFile(agency=agency, year=year, uploaded_by=user, uploaded_at=clock.now())
    file.file_name = received.original_name[:120]
    if len(received.content) > AT_ONCE:
        return _for_a_worker(file, received)
    return take_in(file, received)


def _for_a_worker(file: PlanFile, received: ReceivedFile) -> PlanFile:
    file.content, file.content_type = received.content, received.content_type
    with transaction.atomic():
        file.save()
        job = read_plan_file.enqueue(file.pk)
        PlanFile.objects.filter(pk=file.pk).update(job=job.id)
    return file


# --- Applying -------------------------------------------------------------------------------------------------------


def apply_plan_file(*, file: PlanFile, version: int, actor: User) -> PlanFileComparison:
    """Write all rows or none. Answers the comparison, which says what is wrong where nothing was written.

    ``version`` of the plan is what the page showed, 0 of one that is not there yet. Raises ``EditConflict`` when
    somebody saved meanwhile, ``FileNotTaken`` when the file or the plan is closed.
    """
    with transaction.atomic():
        held = PlanFile.objects.select_for_update(no_key=True).get(pk=file.pk)
        if held.status != Status.READY:
            raise FileNotTaken("Berkas ini sudah dipakai atau dibatalkan.")
        if refusal := year_refusal(file.agency, file.year):
            raise FileNotTaken(refusal)
        _hold_draft(file)
        found = PlanFileComparison(file)
        if found.wrong or not found.to_apply:
            return found
        if (found.plan.version if found.plan.pk else 0) != version:
            raise EditConflict
        _write(found, actor)
        file.status, file.applied_at, file.changed = Status.APPLIED, clock.now(), found.to_apply
        file.plan, file.version_after = (
            found.plan.pk,
            WorkPlan.objects.values_list("version", flat=True).get(pk=found.plan.pk),
        )
        file.save(update_fields=["status", "applied_at", "changed", "plan", "version_after", "before"])
    return found


def _hold_draft(file: PlanFile) -> None:
    """Held before it is compared: of two files that come at once, the second is compared with what the first wrote."""
    drafts = WorkPlan.objects.filter(agency=file.agency_id, year=file.year).unfinished()
    drafts.select_for_update(no_key=True).first()


def _write(found: PlanFileComparison, actor: User) -> None:
    plan = found.plan
    before: dict[str, Any] = {"plan_is_new": not plan.pk}
    if not plan.pk:
        _create(plan, actor)
    new_activities = list(found.new_activities.values())
    if new_activities:
        open_draft(plan.pk)
        activities = BulkEdit(Activity)
        activities.add(new_activities)
        activities.write(actor)
        keep_words(Activity, [row.pk for row in new_activities])
    changed = {part: [p.form.instance.pk for p in found.of_fate(part, Fate.CHANGE)] for part in (INDICATOR, LINE)}
    before["rows"] = rows_as_stored(changed[INDICATOR], changed[LINE], found.plan.year)
    indicators = _edits(found.of_fate(INDICATOR, Fate.NEW, Fate.CHANGE))
    lines = _edits(found.of_fate(LINE, Fate.NEW, Fate.CHANGE))
    new = [edit.row for edit in indicators if edit.row.pk is None]
    try:
        save_many_indicators(plan=plan, edits=indicators, by=actor)
        added = save_many_lines(plan=plan, edits=lines, by=actor)
    except PlanRefused as refusal:
        raise EditConflict(str(refusal)) from refusal
    before["activities"] = [row.pk for row in new_activities]
    before["indicators"] = [row.pk for row in new]
    before["lines"] = [line.pk for line in added]
    found.file.before = before


def _create(plan: WorkPlan, actor: User) -> None:
    set_author(plan, actor)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as race:  # two people at the same moment: the constraint lets one of them through
        raise EditConflict from race


def _edits(parts: list[ComparedPart]) -> list[PartEdit]:
    """One for each form: the rows of an indicator's villages fill the form of its own row."""
    filled = {id(part.form): part.form for part in parts}
    return [
        PartEdit(form.instance, form.instance.pk and form.instance.version, list(form._meta.fields), form.targets())
        for form in filled.values()
    ]


# --- Taking back ----------------------------------------------------------------------------------------------------


def file_undo_refusal(file: PlanFile) -> str:
    """Why a file cannot be taken back now, or ""."""
    if file.status != Status.APPLIED:
        return "Berkas ini belum dipakai atau sudah dibatalkan."
    plan = WorkPlan.objects.filter(pk=file.plan or 0).first()
    if plan is None or not plan.is_editable or plan.version != file.version_after:
        return AFTER
    returned = plan.last_change("return")
    return RETURNED if returned and file.applied_at and returned.at >= file.applied_at else ""


def undo_plan_file(*, file: PlanFile, actor: User) -> None:
    """Every row as it was before, or nothing; refused once anybody saved after it or submitted the plan."""
    try:
        with transaction.atomic():
            held = PlanFile.objects.select_for_update(no_key=True).get(pk=file.pk)
            WorkPlan.objects.select_for_update(no_key=True).filter(pk=held.plan or 0).first()
            if sentence := file_undo_refusal(held):
                raise FileNotTaken(sentence)
            _take_back(held, WorkPlan.objects.get(pk=held.plan or 0), actor)
            held.status = Status.UNDONE
            held.save(update_fields=["status"])
    except (ProtectedError, IntegrityError) as used:
        raise FileNotTaken("Isi berkas ini sudah dipakai di tempat lain, jadi tidak dapat dibatalkan.") from used


def _take_back(file: PlanFile, plan: WorkPlan, actor: User) -> None:
    before = file.before
    open_draft(plan.pk)
    delete_many_lines(plan=plan, keys=before["lines"], by=actor)
    indicators = list(Indicator.objects.filter(pk__in=before["indicators"]))
    delete_with_history(list(IndicatorTarget.objects.filter(indicator__in=indicators)), actor)
    delete_with_history(indicators, actor)
    delete_with_history(list(Activity.objects.filter(pk__in=before["activities"])), actor)
    keep_words(Activity, before["activities"])
    restore(before["rows"], plan.year, actor)
    if before["plan_is_new"]:
        plan.status_changes().delete()  # submitted and withdrawn: its steps would be those of no record
        set_author(plan, actor)
        plan.delete()
