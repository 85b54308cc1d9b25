"""The form of the shared step page: a note, and the status that the page showed."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms

from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper
from p2emas.workflow.models import Step


class StepForm(PlainForm):
    """``seen`` takes anything: a status that no page showed is a conflict, not a mistake of the person.

    ``along`` is what a room's page sends with the step; ``again``: the step is offered beside a conflict.
    """

    note = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, step: Step, along: LayoutObject | None = None, again: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        look = "btn-outline-primary" if again else "btn-danger" if step.ends_for_good else "btn-primary"
        layout = ("seen", "note") if along is None else ("seen", along, "note")
        self.helper = form_helper(step.label, *layout, look=look)
        note = self.fields["note"]
        note.required = step.note_required
        note.label = "Alasan" if step.note_required else "Catatan"
        note.help_text = "Terbaca di riwayat oleh semua yang dapat membuka data ini."
        note.error_messages["required"] = "Tulis alasannya."

    @property
    def seen_status(self) -> str:
        return str(self.data.get(self.add_prefix("seen"), ""))
