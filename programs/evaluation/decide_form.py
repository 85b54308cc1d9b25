"""The head's decision on a proposed verdict; nothing is chosen before a person chooses it."""

from typing import Any

from django import forms

from p2emas.instruments.forms import MinutesField
from p2emas.instruments.models import Minutes
from p2emas.methods.readiness import MET
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import Section, form_helper
from programs.evaluation.models import Evaluation
from programs.evaluation.readiness_page import ReadinessPage


class EvaluationVerdictForm(PlainForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)
    verdict = forms.ChoiceField(
        label="Putusan",
        choices=Evaluation.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih putusan"},
        help_text="Siap ditularkan mengubah tahap lokasi sasaran pada saat yang sama. Belum dapat ditularkan adalah "
        "putusan penuh; lokasi dapat dinilai lagi sesudah ada angka baru.",
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dua sampai lima kalimat; terbaca oleh umum.",
    )
    despite = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wajib bila putusannya siap. Terbaca oleh umum bersama putusan.",
    )
    minutes = MinutesField(
        Minutes.objects.none(),
        label="Berita acara",
        required=False,
        empty_label="Tidak ada",
        help_text="Konsepnya cukup. Tanpa berita acara, tulis sumbernya di bawah.",
    )
    sources = forms.CharField(
        label="Sumber", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Rapat, surat, atau dokumen yang menjadi dasar, bila tidak ada berita acara.",
    )  # fmt: skip
    waived = forms.MultipleChoiceField(
        label="Syarat yang tidak berlaku di sini", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tidak dihitung terpenuhi, hanya disebut tersendiri.",
    )  # fmt: skip
    waived_reason = forms.CharField(
        label="Mengapa tidak berlaku", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    helper = form_helper(
        "Putuskan",
        "seen",
        Section("Keputusan", "verdict", "reason", "despite", "minutes", "sources"),
        Section("Bila ada yang tidak berlaku", "waived", "waived_reason"),
        css="narrow",
    )

    def __init__(self, *args: Any, shown: ReadinessPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_ready = shown.result.is_ready
        field = field_of(self, "despite", forms.CharField)
        field.label = f"Mengapa siap dengan {len(shown.result.met)} dari {len(shown.answers)} syarat"
        if self.is_ready:
            field.widget = forms.HiddenInput()
        field_of(self, "minutes", MinutesField).queryset = Minutes.objects.usable()
        open_ones = [(each.code, each.title) for each in shown.answers if each.answer != MET]
        field_of(self, "waived", forms.MultipleChoiceField).choices = open_ones
        depend_on_others(self, "despite", "sources", "waived_reason")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("minutes") and not (cleaned.get("sources") or "").strip() and "minutes" not in self.errors:
            self.add_error("sources", "Pilih berita acara, atau tulis sumber putusan ini.")
        if cleaned.get("verdict") == Evaluation.Verdict.READY and not self.is_ready and not cleaned.get("despite"):
            self.add_error("despite", "Syaratnya belum cukup. Tulis mengapa tetap diputuskan siap.")
        if cleaned.get("waived") and not (cleaned.get("waived_reason") or "").strip():
            self.add_error("waived_reason", "Tulis mengapa syarat ini tidak berlaku.")
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """What ``decide_evaluation`` takes."""
        names = ("verdict", "reason", "despite", "minutes", "sources", "waived", "waived_reason")
        return {name: self.cleaned_data[name] for name in names}
