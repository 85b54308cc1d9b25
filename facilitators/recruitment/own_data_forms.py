"""The forms of the page and the command that put personal data right, copy it or erase it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilitators.recruitment.applications import Application
from facilitators.recruitment.own_data import CORRECTABLE
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, PlainModelForm


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Tercatat bersama nama Anda. Jangan menulis data pribadi di sini."),
        error_messages={"required": _("Tulis alasannya, misalnya permintaan pelamar lewat surat dan tanggalnya.")},
    )


class CorrectionForm(PlainModelForm):
    """Who the applicant is. An empty NIK leaves the one that is there."""

    nik = forms.CharField(label=_("NIK baru"), required=False, max_length=40, help_text=_("Kosongkan bila tetap."))
    birth_date = IndonesianDateField(label=_("Tanggal lahir"), required=False)
    reason = ReasonForm.base_fields["reason"]

    class Meta:
        model = Application
        fields = [name for name in CORRECTABLE if name != "nik"]

    field_order = [*CORRECTABLE, "reason"]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, instance=application, **kwargs)
        for name in ("name", "phone"):
            self.fields[name].required = True

    @classmethod
    def present(cls, application: Application) -> dict[str, Any]:
        return forms.model_to_dict(application, fields=cls.Meta.fields)

    def clean_nik(self) -> str:
        nik = self.cleaned_data["nik"].replace(" ", "")
        if nik and not (nik.isascii() and nik.isdigit() and len(nik) == 16):
            raise forms.ValidationError(_("NIK terdiri atas 16 angka. Periksa lagi di KTP."))
        return nik

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CORRECTABLE if name in self.cleaned_data}
