"""The forms of the page and the command that put personal data right, copy it or erase it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facilitators.recruitment.applications import Application
from facilitators.recruitment.own_data import CORRECTABLE


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Tercatat bersama nama Anda. Jangan menulis data pribadi di sini."),
        error_messages={"required": _("Tulis alasannya, misalnya permintaan pelamar lewat surat dan tanggalnya.")},
    )


class CorrectionForm(forms.ModelForm, ReasonForm):
    """Who the applicant is. An empty NIK leaves the one that is there."""

    nik = forms.CharField(label=_("NIK baru"), required=False, max_length=40, help_text=_("Kosongkan bila tetap."))

    class Meta:
        model = Application
        fields = [name for name in CORRECTABLE if name != "nik"]

    field_order = [*CORRECTABLE, "reason"]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, instance=application, label_suffix="", **kwargs)
        for name in ("name", "phone"):
            self.fields[name].required = True

    @classmethod
    def present(cls, application: Application) -> dict[str, Any]:
        return forms.model_to_dict(application, fields=cls.Meta.fields)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CORRECTABLE if name in self.cleaned_data}
