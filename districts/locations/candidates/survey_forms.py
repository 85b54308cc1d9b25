"""Forms of a survey visit and of its photos."""

from typing import Any

from django import forms

from districts.locations.candidates.visits import SurveyPhoto, SurveyVisit
from p2emas import clock
from p2emas.documents.forms import PrivateFileForm
from p2emas.history.records import last_edit
from p2emas.ui.fields import DegreesField, IndonesianDateField
from p2emas.ui.forms import PlainModelForm, bound_length
from p2emas.ui.layout import form_helper


class VisitForm(PlainModelForm):
    helper = form_helper("Simpan")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the edit that the page showed as the last
    visited_on = IndonesianDateField(label="Tanggal kunjungan")
    lat = DegreesField(
        label="Lintang",
        limit=90,
        required=False,
        help_text="Derajat, misalnya 0,166. Kosongkan keduanya bila tidak diukur.",
    )
    lng = DegreesField(label="Bujur", limit=180, required=False, help_text="Derajat, misalnya 111,729.")

    class Meta:
        model = SurveyVisit
        fields = ["visited_on", "letter_no", "surveyors", "findings", "lat", "lng", "source"]
        help_texts = {
            "letter_no": "Nomor surat tugas tim survei.",
            "findings": "Apa yang dilihat: kegiatan, kelompok, hasil, dukungan desa. Tanpa nama warga.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_length(self.fields["findings"], 4000)
        self.fields["findings"].widget.attrs["rows"] = 5
        if self.instance.pk:
            self.initial["seen"] = last_edit(self.instance)
        else:
            del self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        visited, lat, lng = data.get("visited_on"), data.get("lat"), data.get("lng")
        if visited and visited > clock.today():
            self.add_error("visited_on", "Kunjungan belum terjadi: isi tanggal hari ini atau sebelumnya.")
        if (lat is None) != (lng is None) and not {"lat", "lng"} & set(self.errors):
            self.add_error("lng" if lng is None else "lat", "Isi lintang dan bujur keduanya, atau kosongkan.")
        return data


class PhotoForm(PrivateFileForm):
    field_order = ["file", "caption"]

    class Meta(PrivateFileForm.Meta):
        model = SurveyPhoto
        fields = ["caption"]
        labels = {"caption": "Keterangan foto"}
        help_texts = {"caption": "Apa yang terlihat, di mana. Tanpa nama warga."}

    def __init__(self, *args: Any, owner: SurveyVisit, **kwargs: Any) -> None:
        super().__init__(*args, owner=owner, **kwargs)
        done = (owner.get_absolute_url(), "Selesai", "btn btn-primary")
        self.helper = form_helper("Unggah foto", look="btn-outline-primary", cancel=done)
        self.fields["file"].help_text = "Foto (JPEG, PNG, WebP, HEIC). Lokasi di dalamnya dihapus."
