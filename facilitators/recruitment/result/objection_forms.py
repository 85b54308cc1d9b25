"""Recording an objection to an announced result, and answering it."""

from typing import Any

from django import forms
from django.utils import timezone

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.people import Objection
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, PlainModelForm, bound_length, field_of
from p2emas.ui.layout import form_helper


class ObjectionForm(PlainModelForm):
    helper = form_helper("Catat keberatan")
    number = forms.CharField(
        label="Nomor lamaran",
        required=False,
        max_length=40,
        help_text="Kosongkan bila keberatan tidak tentang satu lamaran.",
    )
    received_on = IndonesianDateField(label="Tanggal diterima")

    class Meta:
        model = Objection
        fields = ["sender", "received_on", "text"]
        help_texts = {"sender": "Seperti tertulis di suratnya.", "text": "Ringkasan atau kutipan suratnya."}

    def __init__(self, *args: Any, record: RecruitmentRound, **kwargs: Any) -> None:
        self.record = record
        super().__init__(*args, **kwargs)
        day = field_of(self, "received_on", IndonesianDateField)
        day.earliest, day.latest = timezone.localdate(record.opens_at), clock.today()  # nobody objects before it began
        bound_length(self.fields["text"], 4000)
        self.fields["text"].widget.attrs["rows"] = 5
        self.order_fields(["number", "sender", "received_on", "text"])

    def clean_number(self) -> Application | None:
        number = self.cleaned_data["number"].strip()
        found = self.record.applications.sent().numbered(number) if number else None
        if number and found is None:
            raise forms.ValidationError("Tidak ada lamaran bernomor ini dalam tahap seleksi ini. Periksa nomornya.")
        return found


class AnswerForm(PlainForm):
    helper = form_helper("Simpan jawaban")
    answer = forms.CharField(
        label="Isi jawaban",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Jawaban tersimpan dan tidak diubah lagi.",
    )
