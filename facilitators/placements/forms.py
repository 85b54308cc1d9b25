"""Forms of facilitators, contracts and placements."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from districts.evidence.models import Commodity
from districts.locations.models import TargetLocation
from districts.regions.fields import VillageField, settle_district
from districts.regions.models import District, Village
from facilitators.placements import lists, rules
from facilitators.placements.accounts import suggest_username
from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.recruitment.fields import PhoneField
from facilitators.recruitment.people import Facilitator
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history import last_edit
from p2emas.ui.fields import GroupedKeysField, IndonesianDateField, RupiahField
from p2emas.ui.formats import table_date
from p2emas.ui.forms import PlainForm, PlainModelForm


class FacilitatorListForm(PlainForm):
    cari = forms.CharField(label=_("Cari nama atau desa"), required=False, max_length=80)
    kecamatan = forms.ModelChoiceField(
        District.objects.order_by("name", "pk"),
        label=_("Kecamatan"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua kecamatan"),
    )
    desa = forms.ModelChoiceField(
        Village.objects.none(), label=_("Desa"), to_field_name="slug", required=False, empty_label=_("Semua desa")
    )
    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=[("", _("Semua")), *lists.CONDITIONS], required=False)
    segera = forms.BooleanField(label=_("Kontrak berakhir dalam 60 hari"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desa"].queryset = lists.villages_with_placements(clock.today()).order_by("name", "pk")

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FacilitatorForm(PlainModelForm):
    """Who a facilitator is and how to reach him; what an applicant wrote is mended here, not in the application."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    home_village = VillageField(
        label=_("Desa domisili"),
        required=False,
        help_text=_("Ketik namanya, misalnya Mekar Jaya, Sintang. Kosongkan bila hanya kecamatannya yang diketahui."),
    )
    skills = GroupedKeysField(
        Commodity.objects.all(), group_by="sector", label=_("Komoditas yang dikuasai"), required=False
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
        if self.instance.user_id:
            del self.fields["email"]  # the account has its own; changing it here would hand the account over

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        settle_district(self, data, "home_village", "home_district")
        return data


class ContractForm(PlainModelForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    dated = IndonesianDateField(label=_("Tanggal kontrak"))
    starts = IndonesianDateField(label=_("Berlaku sejak"))
    ends = IndonesianDateField(label=_("Berlaku sampai"))
    monthly_pay = RupiahField(
        label=_("Honor per bulan (Rp)"), required=False, help_text=_("Rupiah bulat. Kosongkan bila belum ditetapkan.")
    )

    class Meta:
        model = Contract
        fields = ["number", "dated", "starts", "ends", "monthly_pay", "signer_name", "signer_nip", "signer_title"]

    def __init__(self, *args: Any, facilitator: Facilitator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.facilitator = facilitator
        self.fields["signer_nip"].help_text = _("18 angka tanpa spasi.")
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
            self.add_error("ends", _("Kontrak tidak boleh berakhir sebelum mulai."))
        elif starts and ends and self.instance.pk:
            self._check_placements(ends)
        return data

    def _check_placements(self, ends) -> None:
        for placement in self.instance.placements.all():
            if placement.last_day > ends:
                self.add_error("ends", _("Ada penempatan dengan kontrak ini yang berjalan lebih lama. Akhiri dahulu."))
                return

    def validate_unique(self) -> None:
        """A new number is looked up when it is stored: a second click must find its own contract."""
        if self.instance.pk:
            super().validate_unique()


class PlacementForm(PlainForm):
    """Where, under which contract, from when until when; the account where there is none yet."""

    target_location = forms.ModelChoiceField(
        TargetLocation.objects.none(),
        label=_("Lokasi sasaran"),
        required=False,
        empty_label=_("Pilih desa"),
        help_text=_("Kosongkan bila ia konsultan kabupaten."),
    )
    consultant = forms.BooleanField(label=_("Konsultan kabupaten, tanpa desa"), required=False)
    contract = forms.ModelChoiceField(Contract.objects.none(), label=_("Kontrak"), empty_label=_("Pilih kontrak"))
    starts = IndonesianDateField(label=_("Mulai bertugas"))
    ends = IndonesianDateField(label=_("Bertugas sampai"))
    untrained_reason = forms.CharField(
        label=_("Alasan menempatkan sebelum lulus pelatihan"), max_length=300, required=False
    )
    email = forms.EmailField(label=_("Surel"), required=False, help_text=_("Undangan akun dikirim ke alamat ini."))
    username = forms.CharField(label=_("Nama pengguna"), required=False, max_length=60)

    def __init__(self, *args: Any, facilitator: Facilitator, contracts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locations = TargetLocation.objects.standing().for_table().order_by("village__name", "pk")
        self.fields["target_location"].queryset = locations
        self.fields["target_location"].label_from_instance = location_words
        _offer_contracts(self.fields["contract"], contracts, with_names=False)
        if contract := contracts.first():
            self.fields["contract"].initial = contract.pk
            self.fields["starts"].initial = max(contract.starts, clock.today())
            self.fields["ends"].initial = contract.ends
        for name in ("target_location", "untrained_reason", "email", "username"):
            self.fields[name].conditional = True
        if rules.has_passed(facilitator):
            del self.fields["untrained_reason"]
        if facilitator.user_id:
            del self.fields["email"], self.fields["username"]
        else:
            self.fields["email"].initial = facilitator.email
            self.fields["username"].initial = suggest_username(facilitator.name)
            _check_username(self.fields["username"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "target_location" in self.errors:
            return data
        if bool(data.pop("consultant", False)) == bool(data.get("target_location")):
            self.add_error("target_location", _("Pilih satu: desa, atau konsultan kabupaten."))
        return data


def _check_username(field: forms.Field) -> None:
    field.validators += User._meta.get_field("username").validators
    field.help_text = _("Huruf, angka, titik, atau garis bawah.")


def _offer_contracts(field: forms.ModelChoiceField, contracts: QuerySet, *, with_names: bool) -> None:
    field.queryset = contracts
    field.label_from_instance = _named_contract if with_names else _contract_words


def _contract_words(contract: Contract) -> str:
    return f"{contract.number} ({table_date(contract.starts)} – {table_date(contract.ends)})"


def _named_contract(contract: Contract) -> str:
    return f"{contract.facilitator.name}: {_contract_words(contract)}"


def location_words(location: TargetLocation) -> str:
    return f"{location.village.name}, {location.village.district.name}"


class EndForm(PlainForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ended_on = IndonesianDateField(
        label=_("Hari terakhir bertugas"), help_text=_("Haknya di sistem berakhir hari itu.")
    )
    reason = forms.ChoiceField(label=_("Alasan"), choices=[])
    note = forms.CharField(
        label=_("Keterangan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    handover = forms.CharField(
        label=_("Serah terima"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Apa yang sedang berjalan, janji kepada kelompok, dan di mana berkasnya."),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handover"].conditional = True
        reasons = [each for each in Placement.EndReason.choices if each[0] != Placement.EndReason.REPLACED]
        self.fields["reason"].choices = [("", _("Pilih alasan")), *reasons]
        self.initial |= {"seen": last_edit(placement), "ended_on": min(clock.today(), placement.ends)}
        if placement.location_ended:
            self.initial["reason"] = Placement.EndReason.LOCATION_CLOSED


class ReplaceForm(PlainForm):
    """Who comes, by the contract that carries it; the handover of who goes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Pengganti dan kontraknya"),
        empty_label=_("Pilih pengganti"),
        help_text=_("Hanya yang punya kontrak. Buat kontraknya lebih dahulu di halaman pendamping."),
    )
    starts = IndonesianDateField(
        label=_("Pengganti mulai"), help_text=_("Yang lama bertugas sampai sehari sebelumnya.")
    )
    ends = IndonesianDateField(label=_("Pengganti bertugas sampai"))
    reason = forms.ChoiceField(label=_("Alasan"), choices=Placement.EndReason.choices)
    note = EndForm.base_fields["note"]
    handover = forms.CharField(
        label=_("Serah terima"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Apa yang sedang berjalan, janji kepada kelompok, dan di mana berkasnya."),
    )
    untrained_reason = forms.CharField(
        label=_("Alasan bila pengganti belum lulus pelatihan"), max_length=300, required=False
    )
    email = forms.EmailField(
        label=_("Surel pengganti"),
        required=False,
        help_text=_("Hanya bila ia belum punya akun dan surelnya belum ada."),
    )

    def __init__(self, *args: Any, placement: Placement, contracts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_contracts(self.fields["contract"], contracts, with_names=True)
        for name in ("untrained_reason", "email"):
            self.fields[name].conditional = True
        if placement.ended_on is not None:  # somebody left earlier: why stands there already
            del self.fields["reason"], self.fields["note"]
        self.initial |= {
            "seen": last_edit(placement),
            "starts": max(clock.today(), placement.starts),
            "ends": placement.ends,
            "handover": placement.handover,
        }


class ExtendForm(PlainForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    contract = forms.ModelChoiceField(Contract.objects.none(), label=_("Kontrak"), empty_label=None)
    ends = IndonesianDateField(label=_("Bertugas sampai"))

    def __init__(self, *args: Any, placement: Placement, contracts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_contracts(self.fields["contract"], contracts, with_names=False)
        latest = contracts.order_by("-ends").first() or placement.contract
        self.initial |= {"seen": last_edit(placement), "contract": latest.pk, "ends": latest.ends}


class AppraisalForm(PlainModelForm):
    appraised_on = IndonesianDateField(label=_("Tanggal penilaian"))

    class Meta:
        model = Appraisal
        fields = ["appraised_on", "score", "findings", "advice"]
        widgets = {"advice": forms.RadioSelect, "findings": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.placement = placement
        self.fields["appraised_on"].initial = clock.today()
        self.fields["appraised_on"].earliest = placement.starts
        self.fields["appraised_on"].latest = clock.today()
        self.fields["score"].label = _("Nilai kinerja, 0 sampai 100")
        self.fields["score"].widget.attrs["class"] = "w-num"
        self.fields["findings"].max_length = 4000
        self.fields["advice"].choices = Appraisal.Advice.choices


class MatchForm(PlainForm):
    lokasi = forms.ModelChoiceField(TargetLocation.objects.none(), label=_("Desa"), empty_label=_("Pilih desa"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lokasi"].queryset = TargetLocation.objects.standing().for_table().order_by("village__name", "pk")
        self.fields["lokasi"].label_from_instance = location_words
