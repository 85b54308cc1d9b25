"""Forms of facilitators and of their contracts."""

from datetime import date
from typing import Any

from django import forms

from districts.evidence.models import Commodity
from districts.locations.rounds.queries import any_district
from districts.regions.fields import VillageField, settle_district
from districts.regions.models import Village
from facilitators.placements import lists
from facilitators.placements.models import Contract
from facilitators.recruitment.applications.fields import PhoneField
from facilitators.recruitment.result.people import Facilitator
from p2emas import clock
from p2emas.accounts.agencies import nip_validator
from p2emas.history.records import last_edit
from p2emas.ui.fields import GroupedKeysField, IndonesianDateField, RupiahField
from p2emas.ui.forms import PlainForm, PlainModelForm, field_of
from p2emas.ui.layout import form_helper
from p2emas.ui.rows import RowField


class FacilitatorListForm(PlainForm):
    cari = forms.CharField(label="Cari nama atau desa", required=False, max_length=80)
    kecamatan = any_district()
    desa = RowField(
        Village.objects.none(),
        label="Desa",
        to_field_name="slug",
        required=False,
        empty_label="Semua",
        search_fields=("name", "code"),
    )
    keadaan = forms.ChoiceField(label="Keadaan", choices=[("", "Semua"), *lists.CONDITIONS], required=False)
    segera = forms.BooleanField(label="Kontrak berakhir dalam 60 hari", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = lists.villages_with_placements(clock.today()).order_by("name", "pk")
        field_of(self, "desa", RowField).queryset = villages

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FacilitatorForm(PlainModelForm):
    """Who a facilitator is and how to reach them; what an applicant wrote is corrected here, not in the application."""

    helper = form_helper("Simpan")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    home_village = VillageField(
        label="Desa domisili",
        required=False,
        help_text="Ketik namanya, misalnya Mekar Jaya, Sepauk. Kosongkan bila hanya kecamatannya yang diketahui.",
    )
    skills = GroupedKeysField(
        Commodity.objects.all(), group_by="sector", label="Komoditas yang dikuasai", required=False
    )

    class Meta:
        model = Facilitator
        fields = ["name", "phone", "office_phone", "email", "home_village", "home_district", "languages", "skills"]
        field_classes = {"phone": PhoneField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_phone"].widget.attrs["class"] = "w-phone"
        if self.instance.pk is None:
            del self.fields["seen"]
            return
        self.initial["seen"] = last_edit(self.instance)
        self.initial["home_district"] = getattr(self.instance.district_of_home, "pk", None)
        if self.instance.user_id:
            del self.fields["email"]  # the account has its own; changing it here would hand the account over

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        settle_district(self, data, "home_village", "home_district")
        return data


class ContractForm(PlainModelForm):
    helper = form_helper("Simpan kontrak")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    dated = IndonesianDateField(label="Tanggal kontrak")
    starts = IndonesianDateField(label="Berlaku sejak")
    ends = IndonesianDateField(label="Berlaku sampai")
    monthly_pay = RupiahField(
        label="Honor per bulan (Rp)", required=False, help_text="Rupiah bulat. Kosongkan bila belum ditetapkan."
    )

    class Meta:
        model = Contract
        fields = ["number", "dated", "starts", "ends", "monthly_pay", "signer_name", "signer_nip", "signer_title"]

    def __init__(self, *args: Any, facilitator: Facilitator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.facilitator = facilitator
        self.fields["signer_nip"].help_text = "18 angka tanpa spasi."
        self.fields["signer_nip"].validators.append(nip_validator)
        if self.instance.pk is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = last_edit(self.instance)

    def clean_number(self) -> str:
        return " ".join(self.cleaned_data["number"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "Kontrak tidak boleh berakhir sebelum mulai.")
        elif starts and ends and self.instance.pk:
            self._check_placements(ends)
        return data

    def _check_placements(self, ends: date) -> None:
        for placement in self.instance.placements.all():
            if placement.last_day > ends:
                self.add_error("ends", "Ada penempatan dengan kontrak ini yang berjalan lebih lama. Akhiri dahulu.")
                return

    def validate_unique(self) -> None:
        """A new number is looked up when it is stored: a second click must find its own contract."""
        if self.instance.pk:
            super().validate_unique()
