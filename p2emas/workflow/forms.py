"""The form of the shared step page: a note, and the status that the page showed."""

from django import forms

from p2emas.ui.forms import PlainForm
from p2emas.workflow.models import Step


class StepForm(PlainForm):
    """``seen`` takes anything: a status that no page showed is a conflict, not a mistake of the person."""

    note = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, step: Step, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.required = step.note_required
        note.label = "Alasan" if step.note_required else "Catatan"
        note.help_text = "Terbaca di riwayat oleh semua yang dapat membuka data ini."
        note.error_messages["required"] = "Tulis alasannya."

    @property
    def seen_status(self) -> str:
        return str(self.data.get(self.add_prefix("seen"), ""))
