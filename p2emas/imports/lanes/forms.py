"""Sending a workbook back, or the cells of one between tabs."""

from typing import Any

from django import forms
from django.urls import reverse

from p2emas.imports.forms import TableField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper

LONGEST_PASTE = 200_000


class WorkbookForm(PlainForm):
    berkas = TableField(
        label="Isian Excel yang sudah diisi",
        help_text="Berkas yang diunduh di sini (.xlsx, atau .ods dari LibreOffice), atau CSV. Paling besar 5 MB.",
    )

    def __init__(self, *args: Any, lane: str, record: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "Unggah dan lihat perbedaannya",
            action=reverse("imports:lane", args=[lane, record]),
            look="btn-outline-primary",
        )


class PasteForm(PlainForm):
    tempelan = forms.CharField(
        label="Tabel dari Excel",
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Salin tabel di Excel beserta baris judul dan kolom Kode, lalu tempel di sini.",
        error_messages={"required": "Tempel tabelnya dahulu."},
    )

    def __init__(self, *args: Any, lane: str, record: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "Lihat perbedaannya", action=reverse("imports:lane", args=[lane, record]), look="btn-outline-primary"
        )
