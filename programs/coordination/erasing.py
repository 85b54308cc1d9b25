"""Taking a person's name out of what the product keeps of a meeting: the attendance, and the list in its minutes.

The signed paper itself is an archive and stays as it was signed.
"""

from typing import Any

from django import forms
from django.db import transaction

from p2emas.instruments.models import Minutes
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper
from programs.coordination.models import Meeting, MeetingAttendance

ERASED = "(nama dihapus)"


def kept_list(meeting: Meeting) -> list[str]:
    """Who was there, as its minutes have it."""
    return meeting.minutes.present.splitlines() if meeting.minutes else []


def typed_names(meeting: Meeting) -> list[str]:
    """Names of persons, as the attendance and the kept list have them; agencies and officials are none."""
    rows = list(meeting.attendance.select_related("agency", "official"))
    offices = {str(row) for row in rows if row.agency or row.official} | {ERASED}
    names = [str(row) for row in rows if not row.agency and not row.official]
    return list(dict.fromkeys([*names, *(line for line in kept_list(meeting) if line not in offices)]))


class EraseNamesForm(PlainForm):
    names = forms.MultipleChoiceField(
        label="Nama yang dihapus",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang nama yang dihapus."},
    )

    helper = form_helper("Hapus nama", "names", css="narrow", look="btn-danger")

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        field_of(self, "names", forms.MultipleChoiceField).choices = [(each, each) for each in typed_names(meeting)]


@transaction.atomic
def erase_names(*, meeting: Meeting, names: list[str]) -> None:
    """A line of the kept list stays, so that the number of those present is right; the name in it goes."""
    current = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    gone = [row.pk for row in current.attendance.filter(agency=None, official=None) if str(row) in names]
    MeetingAttendance.objects.filter(pk__in=gone).delete()
    if current.minutes:
        kept = [ERASED if line in names else line for line in kept_list(current)]
        minutes = Minutes.objects.select_for_update(no_key=True).get(pk=current.minutes.pk)
        minutes.present = "\n".join(kept)
        minutes.save(update_fields=["present"])
