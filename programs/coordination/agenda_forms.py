"""The agenda of a meeting: which lines are talked about, one more, and the words and the place of each."""

from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from p2emas.ui.fields import KeysField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper
from programs.coordination.models import AgendaLine
from programs.coordination.page import AgendaRow, MeetingPage

FOLLOWS = "Tersusun dari data. Yang Anda tulis menggantikannya; kosongkan untuk kembali mengikuti data."
WAS = "semula-"  # what the page showed: a text that was left as it was is no edit, though the data change meanwhile


class AgendaForm(PlainForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    included = KeysField(AgendaLine.objects.none(), label="Dibahas", required=False)
    new = forms.CharField(
        label="Tambah butir", max_length=200, required=False, help_text="Yang tidak tersusun sendiri dari data."
    )

    def __init__(self, data: Any = None, *, shown: MeetingPage) -> None:
        super().__init__(data, initial={"seen": shown.meeting.status})
        field_of(self, "included", KeysField).queryset = AgendaLine.objects.filter(meeting=shown.meeting)
        self.rows = shown.agenda
        self.lines = {row.line.pk for row in self.rows}
        self.hidden_kept = {
            pk for pk in shown.meeting.agenda.filter(included=True).values_list("pk", flat=True) if pk not in self.lines
        }

    @property
    def ticked(self) -> set[str]:
        """Boxes as they are drawn: as they were sent, also beside an error."""
        if self.is_bound:
            return {str(value) for value in self["included"].value() or ()}
        return {row.key for row in self.rows if row.line.included}

    @property
    def chosen_lines(self) -> set[int]:
        """Those that were ticked; a line with nothing to say today keeps what was chosen for it."""
        return {line.pk for line in self.cleaned_data["included"]} | self.hidden_kept


class AgendaLineForm(PlainForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="Butir", max_length=200, required=False, error_messages={"required": "Tulis butirnya"}
    )
    detail = forms.CharField(
        label="Keterangan", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    presenter = forms.CharField(label="Pemapar", max_length=120, required=False)
    minutes_planned = forms.IntegerField(label="Menit", min_value=1, max_value=600, required=False)
    included = forms.BooleanField(
        label="Dibahas", required=False, help_text="Tanpa centang, butir ini tidak diundangkan."
    )

    def __init__(self, data: Any = None, *, row: AgendaRow, shown: MeetingPage) -> None:
        self.row, self.count = row, len(shown.agenda)
        words = {
            "title": row.title, "detail": row.detail, "presenter": row.presenter, "minutes_planned": row.minutes
        }  # fmt: skip
        before = {f"{WAS}{name}": "" if value is None else str(value) for name, value in words.items()}
        place = {"place": row.number, "included": row.line.included, "seen": row.line.mark}
        super().__init__(data, initial=words | place | before)
        for name in before:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["title"].required = not row.line.follows_data
        if row.line.follows_data:
            self.fields["title"].help_text = FOLLOWS
        self.fields["place"] = forms.IntegerField(
            label="Urutan", min_value=1, max_value=self.count, help_text=f"1 sampai {self.count}. Butir lain bergeser."
        )
        for name in ("minutes_planned", "place"):
            self.fields[name].widget.attrs["class"] = "w-num"

    @cached_property
    def helper(self) -> FormHelper:
        hidden = [f"{WAS}{name}" for name in AgendaLine.WORDS]
        names = ("title", "detail", "presenter", "minutes_planned", "place", "included")
        back = (self.row.line.meeting.get_absolute_url(), "Batal")
        return form_helper("Simpan butir", "seen", *hidden, *names, css="narrow", cancel=back)

    def changed_words(self) -> dict[str, Any]:
        """What was written otherwise than the page showed it; a text that was emptied follows the data again."""
        said = self.cleaned_data
        typed = {name: _in_one_line(said[name]) for name in AgendaLine.WORDS}
        was = {name: _in_one_line(said[f"{WAS}{name}"]) for name in AgendaLine.WORDS}
        changed = {name: typed[name] for name in AgendaLine.WORDS if typed[name] != was[name]}
        if "minutes_planned" in changed:
            changed["minutes_planned"] = said["minutes_planned"]
        return changed | {"included": said["included"]}


def _in_one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
