"""What is written while a meeting runs: who is there, and a note for each line of the agenda."""

import hashlib
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import Official
from p2emas.instruments.models import Minutes
from p2emas.registry.kinds import DraftedForm
from p2emas.ui.fields import KeysField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import Section, form_helper
from p2emas.ui.rows import RowField
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepConflict
from p2emas.workflow.pages import versions_of
from programs.coordination.models import AgendaLine, Meeting, MeetingAttendance
from programs.coordination.page import MeetingPage
from programs.coordination.querysets import MeetingQuerySet

NOTE = "catatan-"


def mark_of_notes(meeting: Meeting) -> str:
    """What is stored, in short: a page carries it, so that two who write notice each other."""
    notes = list(meeting.agenda.order_by("pk").values_list("pk", "note"))
    people = list(meeting.attendance.order_by("pk").values_list("pk", "was_there"))
    return hashlib.sha256(repr((notes, people)).encode()).hexdigest()[:16]


def version_of_notes(mark: str) -> int:
    """The same as a number, which drafts compare."""
    return int(mark[:7], 16)


class NotesForm(PlainForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    came = KeysField(
        MeetingAttendance.objects.none(), label="Hadir", required=False, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label="Tambah nama", max_length=120, required=False, help_text="Yang hadir selain SKPD, misalnya kepala desa."
    )
    title = forms.CharField(label="Jabatannya", max_length=120, required=False)
    official = RowField(
        Official.objects.none(), label="Tambah pejabat", required=False, search_fields=("name", "title"),
        help_text="Pejabat yang datang sendiri, misalnya kepala dinas.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, page: MeetingPage) -> None:
        self.meeting = page.meeting
        present = self.meeting.attendance.filter(was_there=True).values_list("pk", flat=True)
        super().__init__(data, initial={"seen": mark_of_notes(self.meeting), "came": list(present)})
        attendance = self.meeting.attendance.select_related("agency", "official")
        officials = Official.objects.in_force(self.meeting.held_on).select_related("agency")
        field_of(self, "official", RowField).queryset = officials.order_by("agency__short_name", "title", "pk")
        field_of(self, "came", KeysField).queryset = attendance
        self.lines = {f"{NOTE}{row.line.pk}": row for row in page.agenda if row.line.included}
        for key, row in self.lines.items():
            self.fields[key] = forms.CharField(
                label=f"{row.number}. {row.title}",
                max_length=2000,
                required=False,
                initial=row.line.note,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @cached_property
    def helper(self) -> FormHelper:
        people = Section("Yang hadir", "came", "official", "name", "title", name="hadir")
        notes = [Section("Catatan tiap butir", *self.lines, name="catatan")] if self.lines else []
        return form_helper("Simpan catatan", "seen", people, *notes, css="narrow", ctrl_enter=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("title") and not data.get("name"):
            self.add_error("name", "Tulis namanya")
        return data


@transaction.atomic
def save_notes(form: NotesForm) -> None:
    """Raises ``EditConflict`` when somebody else wrote meanwhile, ``StepConflict`` when nobody writes any more."""
    meeting = Meeting.objects.locked(form.meeting.pk)
    said = form.cleaned_data
    if meeting.why_final:
        raise StepConflict(meeting.why_final)
    if said["seen"] != mark_of_notes(meeting):
        raise EditConflict
    for key, row in form.lines.items():
        AgendaLine.objects.filter(pk=row.line.pk).update(note=said[key].strip())
    came = {row.pk for row in said["came"]}
    rows = MeetingAttendance.objects.filter(meeting=meeting)
    rows.filter(agency=None).exclude(pk__in=came).delete()  # a typed name that did not come is kept by nobody
    MeetingAttendance.objects.filter(meeting=meeting, agency__isnull=False).update(was_there=False)
    MeetingAttendance.objects.filter(meeting=meeting, pk__in=came).update(was_there=True)
    if said["official"] is not None:
        rows.get_or_create(official=said["official"], defaults={"meeting": meeting, "was_there": True})
    if said["name"].strip():
        MeetingAttendance.objects.create(
            meeting=meeting, name=said["name"].strip(), title=said["title"].strip(), was_there=True
        )


def _compare(meeting: Meeting, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    page = MeetingPage(meeting, meeting.prepared_by, clock.today())
    return versions_of(NotesForm(data, page=page))


def _closed_by(minutes: Minutes) -> MeetingQuerySet:
    """The meeting whose minutes were signed."""
    meetings = Meeting.objects.filter(minutes=minutes)
    return meetings if minutes.is_signed else meetings.none()


NOTES = DraftedForm(
    name="catatan-rapat",
    label="Catatan rapat",
    model=Meeting,
    address=lambda meeting, part: reverse("coordination:meeting-notes", args=[meeting.pk]),
    may_fill=lambda user, meeting: Meeting.may_prepare(user),
    is_open=lambda meeting: not meeting.why_final,
    compare=_compare,
    closed_by={Minutes: _closed_by},
    writes={AgendaLine: "note", MeetingAttendance: "was_there official name title"},
    personal=True,
)
