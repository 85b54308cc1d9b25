"""The agenda on the page of a meeting: which lines are talked about, and one more."""

from typing import Any

from django import forms

from p2emas.ui.fields import KeysField
from p2emas.ui.forms import PlainForm, field_of
from programs.coordination.models import AgendaLine
from programs.coordination.page import MeetingPage


class AgendaForm(PlainForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    included = KeysField(AgendaLine.objects.none(), label="Dibahas", required=False)
    new = forms.CharField(
        label="Tambah butir", max_length=200, required=False, help_text="Yang tidak tersusun sendiri dari data."
    )

    def __init__(self, data: Any = None, *, shown: MeetingPage) -> None:
        super().__init__(data, initial={"seen": shown.meeting.status})
        field_of(self, "included", KeysField).queryset = AgendaLine.objects.filter(meeting=shown.meeting)
        self.lines = {row.line.pk for row in shown.agenda}
        self.hidden_kept = {
            pk for pk in shown.meeting.agenda.filter(included=True).values_list("pk", flat=True) if pk not in self.lines
        }

    @property
    def chosen_lines(self) -> set[int]:
        """Those that were ticked; a line with nothing to say today keeps what was chosen for it."""
        return {line.pk for line in self.cleaned_data["included"]} | self.hidden_kept
