"""Why an approved report has to be corrected."""

from django import forms

from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper


class AskReopenForm(PlainForm):
    helper = form_helper("Minta dibuka kembali")
    alasan = forms.CharField(
        label="Apa yang salah, dan berapa seharusnya",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Terbaca kepala kantor pengelola, dan tercatat di riwayat laporan.",
        error_messages={"required": "Tulis alasan mengapa laporan perlu dikoreksi"},
    )
