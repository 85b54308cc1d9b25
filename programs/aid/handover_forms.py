"""The forms of a handover: the code on the paper, what came, and who confirms it."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from p2emas import clock
from p2emas.documents.forms import PrivateFileField
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.receipts import plain_code
from p2emas.ui.fields import IndonesianDateField, QuantityField
from p2emas.ui.forms import PlainForm, depend_on_others
from p2emas.ui.layout import form_helper
from programs.aid.handover import HolderStatement
from programs.aid.models import MOST, AidPackage
from programs.aid.stating import Said


class CodeForm(PlainForm):
    kode = forms.CharField(
        label="Kode pada lembar",
        max_length=60,
        help_text="Contoh: K7MQ 4TX2 9P. Spasi boleh, huruf kecil boleh.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code", "data-handover": "kode"}),
        error_messages={"required": "Isi kode pada lembar BAST atau slip."},
    )

    helper = form_helper("Lanjut")

    def clean_kode(self) -> str:
        if not plain_code(self.cleaned_data["kode"]):
            raise forms.ValidationError("Kode terdiri atas sepuluh huruf dan angka. Periksa lagi kodenya.")
        return str(self.cleaned_data["kode"])


class HolderForm(PlainForm):
    """What came, in what state; a refusal needs no number."""

    arrived = QuantityField(label="Yang datang", required=False, max_digits=11, max_value=MOST)
    condition = forms.ChoiceField(
        label="Keadaannya", choices=HolderStatement.Condition.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tanpa nama orang.",
    )
    photo = PrivateFileField(label="Foto", required=False, allowed=PHOTOS, help_text="Satu foto barangnya.")

    def __init__(self, data: Any = None, files: Any = None, *, package: AidPackage) -> None:
        super().__init__(data, files)
        self.package = package
        self.fields["arrived"].label = f"Yang datang ({package.unit})"
        self.fields["condition"].error_messages["required"] = "Pilih keadaannya"
        depend_on_others(self, "arrived")

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("Kirim pernyataan", css="narrow")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        refused = data.get("condition") == HolderStatement.Condition.REFUSED
        if data.get("arrived") is None and not refused and "arrived" not in self.errors:
            self.add_error("arrived", "Isi jumlah yang datang, 0 bila tidak ada")
        return data

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(data["arrived"] or Decimal(), data["condition"], data["note"].strip())

    @property
    def photos(self) -> list[Any]:
        return [photo] if (photo := self.cleaned_data["photo"]) else []


class WitnessForm(PlainForm):
    """The day on which somebody asked or was there, and what they were told."""

    seen_on = IndonesianDateField(label="Tanggal")
    note = forms.CharField(label="Catatan", max_length=300, required=False, help_text="Tanpa nama dan nomor telepon.")

    helper = form_helper("Simpan", css="narrow")

    def __init__(self, data: Any = None, *, statement: HolderStatement) -> None:
        super().__init__(data)
        field = self.fields["seen_on"]
        assert isinstance(field, IndonesianDateField)
        field.latest = clock.today()
        self.statement = statement
