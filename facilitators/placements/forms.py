"""Forms of placements: where, under which contract, until when, who comes next."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from districts.locations.models import TargetLocation
from facilitators.placements import rules
from facilitators.placements.accounts import suggest_username
from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.recruitment.result.people import Facilitator
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import last_edit
from p2emas.naming import named
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.formats import table_date
from p2emas.ui.forms import PlainForm, PlainModelForm, bound_length, depend_on_others, field_of
from p2emas.ui.layout import form_helper
from p2emas.ui.rows import RowField


class LocationField(RowField):
    search_fields = ("village__name", "village__code", "village__district__name")
    name_fields = ("village__name", "village__code")

    def label_from_instance(self, location: TargetLocation) -> str:
        return f"{location.village.name}, {location.village.district.name}"


class ContractField(forms.ModelChoiceField):
    def label_from_instance(self, contract: Contract) -> str:
        return f"{contract.number} ({table_date(contract.starts)} – {table_date(contract.ends)})"


class NamedContractField(ContractField):
    """Contracts of several people."""

    def label_from_instance(self, contract: Contract) -> str:
        return f"{contract.facilitator.name}: {super().label_from_instance(contract)}"


class PlacementForm(PlainForm):
    """Where, under which contract, from when until when; the account where there is none yet."""

    helper = form_helper("Tempatkan")
    target_location = LocationField(
        TargetLocation.objects.none(),
        label="Lokasi sasaran",
        required=False,
        empty_label="Pilih desa",
        help_text=named("Kosongkan bila ia konsultan {territory}."),
    )
    consultant = forms.BooleanField(label=named("Konsultan {territory}, tanpa desa"), required=False)
    contract = ContractField(Contract.objects.none(), label="Kontrak", empty_label="Pilih kontrak")
    starts = IndonesianDateField(label="Mulai bertugas")
    ends = IndonesianDateField(label="Bertugas sampai")
    untrained_reason = forms.CharField(
        label="Alasan menempatkan sebelum lulus pelatihan", max_length=300, required=False
    )
    email = forms.EmailField(label="Surel", required=False, help_text="Undangan akun dikirim ke alamat ini.")
    username = forms.CharField(label="Nama pengguna", required=False, max_length=60)

    def __init__(self, *args: Any, facilitator: Facilitator, contracts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locations = TargetLocation.objects.standing().for_table().order_by("village__name", "pk")
        field_of(self, "target_location", LocationField).queryset = locations
        field_of(self, "contract", ContractField).queryset = contracts
        if contract := contracts.first():
            self.fields["contract"].initial = contract.pk
            self.fields["starts"].initial = max(contract.starts, clock.today())
            self.fields["ends"].initial = contract.ends
        depend_on_others(self, "target_location", "untrained_reason", "email", "username")
        if rules.has_passed_course(facilitator):
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
            self.add_error("target_location", named("Pilih satu: desa, atau konsultan {territory}."))
        return data


def _check_username(field: forms.Field) -> None:
    field.validators += User._meta.get_field("username").validators
    field.help_text = "Huruf, angka, titik, atau garis bawah."


class EndPlacementForm(PlainForm):
    helper = form_helper("Akhiri penempatan", look="btn-danger")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ended_on = IndonesianDateField(label="Hari terakhir bertugas", help_text="Haknya di sistem berakhir hari itu.")
    reason = forms.ChoiceField(label="Alasan", choices=[])
    note = forms.CharField(
        label="Keterangan", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    handover = forms.CharField(
        label="Serah terima",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Apa yang sedang berjalan, janji kepada kelompok, dan di mana berkasnya.",
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        depend_on_others(self, "handover")
        reasons = [each for each in Placement.EndReason.choices if each[0] != Placement.EndReason.REPLACED]
        field_of(self, "reason", forms.ChoiceField).choices = [("", "Pilih alasan"), *reasons]
        self.initial.update({"seen": last_edit(placement), "ended_on": min(clock.today(), placement.ends)})
        if placement.location_ended:
            self.initial["reason"] = Placement.EndReason.LOCATION_CLOSED


class ReplaceForm(PlainForm):
    """The successor, by their contract, and the handover of the predecessor."""

    helper = form_helper("Ganti pendamping")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    contract = NamedContractField(
        Contract.objects.none(),
        label="Pengganti dan kontraknya",
        empty_label="Pilih pengganti",
        help_text="Hanya yang punya kontrak. Buat kontraknya lebih dahulu di halaman pendamping.",
    )
    starts = IndonesianDateField(label="Pengganti mulai", help_text="Yang lama bertugas sampai sehari sebelumnya.")
    ends = IndonesianDateField(label="Pengganti bertugas sampai")
    reason = forms.ChoiceField(label="Alasan", choices=Placement.EndReason.choices)
    note = EndPlacementForm.base_fields["note"]
    handover = forms.CharField(
        label="Serah terima",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Apa yang sedang berjalan, janji kepada kelompok, dan di mana berkasnya.",
    )
    untrained_reason = forms.CharField(
        label="Alasan bila pengganti belum lulus pelatihan", max_length=300, required=False
    )
    email = forms.EmailField(
        label="Surel pengganti",
        required=False,
        help_text="Hanya bila ia belum punya akun dan surelnya belum ada.",
    )

    def __init__(self, *args: Any, placement: Placement, contracts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "contract", NamedContractField).queryset = contracts
        depend_on_others(self, "untrained_reason", "email")
        if placement.ended_on is not None:  # somebody left earlier: the reason is recorded already
            del self.fields["reason"], self.fields["note"]
        self.initial.update(
            {
                "seen": last_edit(placement),
                "starts": max(clock.today(), placement.starts),
                "ends": placement.ends,
                "handover": placement.handover,
            }
        )


class ExtendForm(PlainForm):
    helper = form_helper("Perpanjang")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    contract = ContractField(Contract.objects.none(), label="Kontrak", empty_label=None)
    ends = IndonesianDateField(label="Bertugas sampai")

    def __init__(self, *args: Any, placement: Placement, contracts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "contract", ContractField).queryset = contracts
        latest = contracts.order_by("-ends").first() or placement.contract
        self.initial.update({"seen": last_edit(placement), "contract": latest.pk, "ends": latest.ends})


class AppraisalForm(PlainModelForm):
    helper = form_helper("Simpan penilaian")
    appraised_on = IndonesianDateField(label="Tanggal penilaian")

    class Meta:
        model = Appraisal
        fields = ["appraised_on", "score", "findings", "advice"]
        widgets = {"advice": forms.RadioSelect, "findings": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.placement = placement
        day = field_of(self, "appraised_on", IndonesianDateField)
        day.initial = day.latest = clock.today()
        day.earliest = placement.starts
        self.fields["score"].label = "Nilai kinerja, 0 sampai 100"
        self.fields["score"].widget.attrs["class"] = "w-num"
        bound_length(self.fields["findings"], 4000)
        field_of(self, "advice", forms.TypedChoiceField).choices = Appraisal.Advice.choices


class MatchForm(PlainForm):
    helper = form_helper("Tampilkan", method="get")
    lokasi = LocationField(TargetLocation.objects.none(), label="Desa", empty_label="Pilih desa")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locations = TargetLocation.objects.standing().for_table().order_by("village__name", "pk")
        field_of(self, "lokasi", LocationField).queryset = locations
