"""The forms of the page and the command that put personal data right, copy it or erase it."""

from copy import copy
from typing import Any

from django import forms
from django.core.validators import MinLengthValidator

from districts.locations.rounds.queries import ListForm
from districts.regions.fields import VillageField, settle_district
from facilitators.recruitment.applications.fields import PhoneField
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import read_nik
from facilitators.recruitment.applications.parts import PersonalDataAccess
from facilitators.recruitment.privacy.own_data import CORRECTABLE
from facilitators.recruitment.rounds.forms import VersionForm
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper
from p2emas.ui.reading import Unreadable


class AccessReasonForm(PlainForm):
    """Why somebody's personal data are opened, changed or erased; the sentence is kept in the log."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Tercatat bersama nama Anda dan waktunya. Jangan menulis data pribadi di sini.",
        validators=[MinLengthValidator(10, "Tulis alasan yang dapat dipahami orang lain, sedikitnya sepuluh huruf.")],
    )

    def __init__(self, *args: Any, submit: str, look: str = "btn-primary", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit, look=look)


class AccessListForm(ListForm):
    jenis = forms.ChoiceField(
        label="Yang dibuka", choices=[("", "Semua"), *PersonalDataAccess.Field.choices], required=False
    )


class DataCorrectionForm(VersionForm):
    """Who the applicant is. An empty NIK leaves the one that is there."""

    helper = form_helper("Simpan perbaikan")
    nik = forms.CharField(label="NIK baru", required=False, max_length=40, help_text="Kosongkan bila tetap.")
    birth_date = IndonesianDateField(label="Tanggal lahir", required=False)
    home_village = VillageField(
        label="Desa domisili", required=False, help_text="Ketik namanya, misalnya Mekar Jaya, Sepauk."
    )
    reason = AccessReasonForm.base_fields["reason"]

    class Meta:
        model = Application
        fields = [name for name in CORRECTABLE if name != "nik"]
        field_classes = {"phone": PhoneField}

    field_order = [*CORRECTABLE, "reason", "version"]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, instance=copy(application), **kwargs)
        self.initial["home_district"] = getattr(application.district_of_home, "pk", None)
        for name in ("name", "phone"):
            self.fields[name].required = True
        self.fields["nik"].help_text = f"Tersimpan {application.masked_nik or '-'}. Kosongkan bila tetap."

    @classmethod
    def present(cls, application: Application) -> dict[str, Any]:
        return forms.model_to_dict(application, fields=cls.Meta.fields)

    def clean(self) -> dict[str, Any]:
        """A new NIK must name the day of birth that is typed beside it."""
        cleaned = super().clean() or self.cleaned_data
        settle_district(self, cleaned, "home_village", "home_district")
        if cleaned.get("nik"):
            try:
                cleaned["nik"] = read_nik(cleaned["nik"], cleaned.get("birth_date"))
            except Unreadable as refusal:
                self.add_error("nik", str(refusal))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CORRECTABLE if name in self.cleaned_data}
