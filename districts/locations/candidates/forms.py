"""Forms about candidates: the evidence of a proposal, the gate, and the query string of the list."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from districts.evidence.models import Commodity, CommunityGroup, commodity_tree, descendants
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.queries import ListForm, any_district, search_field
from districts.regions.models import District, Village
from p2emas import clock
from p2emas.history.records import last_edit
from p2emas.ui.fields import RupiahField
from p2emas.ui.forms import PlainForm, PlainModelForm, bound_length, bound_year, field_of
from p2emas.ui.layout import form_helper

EVIDENCE = ["group", "members", "active_since", "output", "price", "existing_activity", "source"]
OTHER_VILLAGE = "Pilih kelompok dari desa yang diusulkan."


class CandidateListForm(ListForm):
    cari = search_field("Cari nama desa")
    kecamatan = any_district()
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), *Candidate.Status.choices], required=False)


class DistrictForm(PlainForm):
    """Of which kecamatan a village is to be proposed; asked only of who may propose in several."""

    helper = form_helper("Lanjut", method="get")
    kecamatan = forms.ModelChoiceField(
        label="Kecamatan", queryset=District.objects.none(), to_field_name="code", empty_label="Pilih"
    )

    def __init__(self, *args: Any, districts: QuerySet[District], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "kecamatan", forms.ModelChoiceField).queryset = districts


class CandidateForm(PlainModelForm):
    """A village with the proof that its activity does not start from zero."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the edit that the page showed as the last
    price = RupiahField(label="Harga jual (Rp)", required=False, help_text="Untuk satu satuan hasil.")

    class Meta:
        model = Candidate
        fields = ["village", "commodity", *EVIDENCE]

    def __init__(self, *args: Any, villages: QuerySet[Village], selection: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("Simpan" if self.instance.pk else "Kirim usulan")
        self.selection = selection
        field_of(self, "commodity", forms.ModelChoiceField).queryset = _commodities(selection)
        groups = CommunityGroup.objects.filter(village__in=villages, active=True).select_related("village")
        village, group = (field_of(self, name, forms.ModelChoiceField) for name in ("village", "group"))
        village.queryset, group.queryset = villages, groups
        group.choices = [("", "Belum ada"), *_by_village(groups)]
        bound_year(self.fields["active_since"], clock.today().year)
        for name in ("existing_activity",):
            bound_length(self.fields[name], 2000)
            self.fields[name].widget.attrs["rows"] = 4
        if self.instance.pk:
            village.disabled = True
            self.initial["seen"] = last_edit(self.instance)
        else:
            del self.fields["seen"]

    def clean_village(self) -> Village:
        village = self.cleaned_data["village"]
        others = self.selection.candidates.exclude(pk=self.instance.pk)
        if others.filter(village=village).exists():
            raise forms.ValidationError("Desa ini sudah diusulkan dalam penjaringan ini.")
        if self.selection.source is not None and self.selection.source.village_id == village.pk:
            raise forms.ValidationError("Dari desa inilah usahanya ditularkan. Pilih desa lain.")
        return village

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        group, village = data.get("group"), data.get("village")
        if group and village and group.village_id != village.pk:
            self.add_error("group", OTHER_VILLAGE)
        return data


def _commodities(selection: SelectionRound) -> QuerySet[Commodity]:
    """All; where a success is passed on, only its commodity and what is below it."""
    if selection.source is None:
        return Commodity.objects.all()
    passed_on = descendants(selection.source.core_competency.commodity_id, commodity_tree())
    return Commodity.objects.filter(pk__in=passed_on)


def _by_village(groups: QuerySet[CommunityGroup]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Groups under the name of their village, as a select shows them without any script."""
    found: dict[str, list[tuple[int, str]]] = {}
    for group in groups.order_by("village__name", "name", "pk"):
        found.setdefault(group.village.name, []).append((group.pk, group.name))
    return list(found.items())


class VerdictForm(PlainForm):
    """What was found at the gate of one candidate; left open, it stays proposed."""

    step = forms.ChoiceField(
        label="Hasil pemeriksaan",
        choices=[("pass_gate", "Lolos syarat"), ("fail_gate", "Tidak lolos syarat")],
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Alasan", max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("step") == "fail_gate" and not data.get("note", "").strip():
            self.add_error("note", "Tulis mengapa desa ini tidak lolos.")
        return data
