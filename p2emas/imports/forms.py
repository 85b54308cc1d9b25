"""Uploading a table, and the filters of the lists."""

from typing import Any

from django import forms
from django.urls import reverse

from p2emas.documents.kinds import ReceivedFile
from p2emas.imports.kinds import ImportKind, kinds
from p2emas.imports.models import Import, ImportQuerySet, ImportRow, ImportRowQuerySet
from p2emas.imports.number_choice import meaning
from p2emas.imports.numbers import NumberFormat
from p2emas.imports.tables import receive_table
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import Sent, form_helper

ALL = ("", "Semua")
STATUS_WORDS = {
    "diperiksa": Import.Status.CHECKING,
    "sedang-diterapkan": Import.Status.APPLYING,
    "ditanyakan": Import.Status.ASKING,
    "siap": Import.Status.READY,
    "diterapkan": Import.Status.APPLIED,
    "galat": Import.Status.FAILED,
    "dibatalkan": Import.Status.CANCELLED,
}
ACTION_WORDS = {
    "baru": ImportRow.Action.NEW,
    "diubah": ImportRow.Action.CHANGE,
    "dilewati": ImportRow.Action.SKIP,
    "galat": ImportRow.Action.ERROR,
}
MOVED, NOTICED = "berubah", "catatan"


class TableField(forms.FileField):
    """An .xlsx, .ods or CSV file, judged by its content; cleans to a ``ReceivedFile``."""

    default_error_messages = {
        "required": "Pilih berkas yang akan diunggah.",
        "invalid": "Berkas tidak sampai. Pilih berkasnya lagi.",
        "missing": "Pilih berkas yang akan diunggah.",
        "empty": "Berkas ini kosong. Pilih berkas lain.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ".xlsx,.ods,.csv"}

    def clean(self, data: Any, initial: Any = None) -> ReceivedFile | None:
        upload = super().clean(data, initial)
        return receive_table(upload) if upload else None


class UploadForm(PlainForm):
    berkas = TableField(
        label="Berkas",
        help_text=(
            "Excel (.xlsx) atau LibreOffice (.ods) dari templat, atau CSV dengan judul kolom yang sama. "
            "Paling besar 5\N{NO-BREAK SPACE}MB."
        ),
    )

    def __init__(self, *args: Any, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("Unggah dan periksa", action=reverse("imports:import-upload", args=[kind.code]))


class FormatForm(PlainForm):
    """How the file writes its numbers: each answer says in words what the asked cell means. None is preselected."""

    angka = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, data: Any, *, batch: Import) -> None:
        super().__init__(data)
        self.helper = form_helper(
            "Periksa berkas dengan jawaban ini",
            *(Sent(seen=batch.status), "angka"),
            action=reverse("imports:import-format", args=[batch.pk]),
            css="narrow",
        )
        field = field_of(self, "angka", forms.ChoiceField)
        field.label = f"Sel {batch.asked_cell} berisi “{batch.asked_text}”. Berapa maksudnya?"
        field.choices = [
            (code, f"{meaning(batch.asked_text, code)[:1].upper()}{meaning(batch.asked_text, code)[1:]}: {label}")
            for code, label in NumberFormat.choices
        ]
        field.error_messages["required"] = "Pilih salah satu: tanpa jawaban ini angkanya bisa keliru seribu kali."


class ImportFilterForm(forms.Form):
    """``?status=siap&jenis=produksi``"""

    status = forms.ChoiceField(
        label="Status", required=False, choices=[ALL, *((word, code.label) for word, code in STATUS_WORDS.items())]
    )
    jenis = forms.ChoiceField(label="Jenis", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices = [ALL, *((kind.code, kind.title) for kind in kinds().values())]
        field_of(self, "jenis", forms.ChoiceField).choices = choices

    def apply(self, imports: ImportQuerySet) -> ImportQuerySet:
        self.is_valid()
        if word := self.cleaned_data.get("status"):
            imports = imports.in_state(STATUS_WORDS[word])
        if kind := self.cleaned_data.get("jenis"):
            imports = imports.of_kind(kind)
        return imports


class RowFilterForm(forms.Form):
    """``?tindakan=galat``"""

    tindakan = forms.ChoiceField(
        label="Tindakan",
        required=False,
        choices=[
            ALL,
            *((word, code.label) for word, code in ACTION_WORDS.items()),
            (NOTICED, "Dengan catatan"),
            (MOVED, "Berubah sejak pratinjau"),
        ],
    )

    def apply(self, rows: ImportRowQuerySet) -> ImportRowQuerySet:
        self.is_valid()
        word = self.cleaned_data.get("tindakan")
        if word == MOVED:
            return rows.moved()
        if word == NOTICED:
            return rows.noticed()
        return rows.doing(ACTION_WORDS[word]) if word else rows
