"""The forms of a duty that comes with a package, and of goods that went on to another group."""

from typing import Any

from django import forms

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas import clock
from p2emas.history.records import last_edit
from p2emas.ui.fields import IndonesianDateField, QuantityField
from p2emas.ui.forms import PlainModelForm, depend_on_others, field_of
from p2emas.ui.layout import form_helper
from p2emas.ui.rows import RowField
from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.forms import GroupField
from programs.aid.models import MOST

SEARCHED = ("name", "village__name")


def groups_of_the_programme() -> Any:
    """Groups of the programme's villages, and of villages that got something already."""
    here = Village.objects.filter(target_locations__isnull=False).order_by().values("pk")
    found = CommunityGroup.objects.filter(village__in=here, active=True)
    return found.select_related("village").order_by("village__name", "name", "pk")


class DutyForm(PlainModelForm):
    kind = forms.ChoiceField(label="Kewajiban", choices=AidDuty.Kind.choices, widget=forms.RadioSelect)
    quantity = QuantityField(label="Jumlah", max_digits=11, max_value=MOST)
    to_group = GroupField(
        None, label="Kepada kelompok", required=False, empty_label="Belum ditentukan", search_fields=SEARCHED
    )
    due_on = IndonesianDateField(label="Batas waktu", help_text="Contoh 24-10-2019.")
    clause = forms.CharField(
        label="Isi klausul",
        max_length=200,
        required=False,
        help_text="Seperti tertulis pada NPHD atau aturan kelompok.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    helper = form_helper("Simpan kewajiban", css="narrow", ctrl_enter=True)

    class Meta:
        model = AidDuty
        fields = ["kind", "quantity", "to_group", "due_on", "clause"]

    def __init__(self, data: Any = None, *, duty: AidDuty) -> None:
        super().__init__(data, instance=duty)
        self.fields["quantity"].label = f"Jumlah ({duty.package.unit})"
        others = groups_of_the_programme().exclude(pk=duty.package.group_id)
        field_of(self, "to_group", RowField).queryset = others
        self.initial["seen"] = last_edit(duty) if duty.pk else None
        depend_on_others(self, "to_group")

    def clean_quantity(self) -> Any:
        if not self.cleaned_data["quantity"]:
            raise forms.ValidationError("Isi jumlah lebih dari nol")
        return self.cleaned_data["quantity"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == AidDuty.Kind.RETURN and data.get("to_group"):
            self.add_error("to_group", "Yang dikembalikan tidak memilih kelompok")
        return data


class RevolvingForm(PlainModelForm):
    from_group = GroupField(None, label="Dari kelompok", empty_label=None, search_fields=SEARCHED)
    to_group = GroupField(None, label="Kepada kelompok", empty_label="Pilih kelompok", search_fields=SEARCHED)
    moved_on = IndonesianDateField(label="Tanggal")
    quantity = QuantityField(label="Jumlah", max_digits=11, max_value=MOST)

    helper = form_helper("Simpan perpindahan", css="narrow", ctrl_enter=True)

    class Meta:
        model = RevolvingStep
        fields = ["from_group", "to_group", "moved_on", "quantity"]

    def __init__(self, data: Any = None, *, duty: AidDuty) -> None:
        super().__init__(data, instance=RevolvingStep(duty=duty))
        package = duty.package
        self.fields["quantity"].label = f"Jumlah ({package.unit})"
        field_of(self, "moved_on", IndonesianDateField).latest = clock.today()
        received = duty.steps.order_by().values("to_group")
        owners = CommunityGroup.objects.filter(pk=package.group_id) | CommunityGroup.objects.filter(pk__in=received)
        field_of(self, "from_group", RowField).queryset = owners.select_related("village").order_by("name", "pk")
        self.initial.update({"from_group": package.group_id, "to_group": duty.to_group_id})
        if duty.kind == AidDuty.Kind.RETURN:
            del self.fields["to_group"]
        else:
            field_of(self, "to_group", RowField).queryset = groups_of_the_programme()

    def clean_quantity(self) -> Any:
        if not self.cleaned_data["quantity"]:
            raise forms.ValidationError("Isi jumlah lebih dari nol")
        return self.cleaned_data["quantity"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("to_group") and data.get("to_group") == data.get("from_group"):
            self.add_error("to_group", "Pilih kelompok lain")
        return data
