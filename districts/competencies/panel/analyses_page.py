"""One analysis of a determination: what it adds up, asked by a form of its own."""

from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpResponse, QueryDict

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import DeterminationAnalysis
from districts.competencies.panel.analyses_saving import remove_analysis, save_analysis
from districts.evidence.measures import measure_choices
from districts.evidence.models import Commodity
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.fields import GroupedKeysField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper
from p2emas.workflow.views import edit_conflict_page, versions_of


class DeterminationAnalysisForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Nama hitungan", max_length=60, help_text="Misalnya Ternak, Ikan, Kerajinan.")
    measure = forms.ChoiceField(
        label="Ukuran", help_text="Satu satuan untuk satu hitungan.", error_messages={"required": "Pilih ukuran."}
    )
    sector = forms.ChoiceField(
        label="Sektor", required=False, help_text="Ton dari dua sektor tidak dapat dijumlahkan, jadi pilih satu."
    )
    commodities = GroupedKeysField(
        label="Komoditas yang dijumlahkan",
        queryset=Commodity.objects.all(),
        group_by="sector",
        required=False,
        help_text="Kosongkan bila semua komoditas sektor itu ikut.",
    )
    remove = forms.BooleanField(label="Hapus hitungan ini", required=False)

    def __init__(self, *args: Any, row: DeterminationAnalysis, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.taken = row, taken
        field_of(self, "measure", forms.ChoiceField).choices = [("", "---------"), *measure_choices()]
        sectors = Commodity.objects.order_by("sector").values_list("sector", flat=True).distinct()
        field_of(self, "sector", forms.ChoiceField).choices = [("", "Semua"), *((each, each) for each in sectors)]
        if row.pk is None:
            del self.fields["remove"]

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("Simpan dan pilih komoditas", css="narrow")

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if name.casefold() in self.taken:
            raise forms.ValidationError("Hitungan dengan nama ini sudah ada.")
        return name

    def clean_remove(self) -> bool:
        if self.cleaned_data["remove"] and self.row.is_needed:
            raise forms.ValidationError(
                "Masih ada pilihan yang memakai hitungan ini. Hapus centangnya dahulu, lalu simpan."
            )
        return self.cleaned_data["remove"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = list(data.get("commodities") or [])
        if len(chosen) == 1:
            self.add_error(
                "commodities",
                "Dengan satu komoditas semua LQ menjadi 1. Pilih sedikitnya dua, atau tidak satu pun.",
            )
        elif elsewhere := [each.name for each in chosen if data.get("sector") not in (None, "", each.sector)]:
            self.add_error("commodities", f"Bukan sektor {data['sector']}: {', '.join(elsewhere)}.")
        return data


class DeterminationAnalysisPage:
    """Context and writes of ``competencies/determination_analysis.html``."""

    def __init__(self, record: CompetencyDetermination, row: DeterminationAnalysis, data: QueryDict | None) -> None:
        self.record, self.row = record, row
        others = record.analyses.exclude(pk=row.pk)
        initial = {"version": record.version, "name": row.name, "measure": row.measure, "sector": row.sector}
        if row.pk:
            initial["commodities"] = list(row.commodities.values_list("commodity", flat=True))
        taken = {name.casefold() for name in others.values_list("name", flat=True)}
        if not row.pk and not taken:
            taken = {record.get_measure_display().casefold()}
        self.form = DeterminationAnalysisForm(data, row=row, taken=taken, initial=initial)
        self.is_first = row.pk is None and not others.exists()
        self.is_full = row.pk is None and others.count() >= DeterminationAnalysis.MOST

    def save(self) -> None:
        """Raises ``EditConflict``."""
        data = self.form.cleaned_data
        if data.get("remove"):
            remove_analysis(record=self.record, seen=data["version"], row=self.row)
            return
        self.row.name, self.row.measure, self.row.sector = data["name"], data["measure"], data["sector"]
        commodities = [each.pk for each in data["commodities"]]
        save_analysis(record=self.record, seen=data["version"], row=self.row, commodities=commodities)

    def conflict(self, request: UserRequest) -> HttpResponse:
        row = DeterminationAnalysis.objects.filter(pk=self.row.pk).first() or DeterminationAnalysis()
        fresh = DeterminationAnalysisPage(self.record, row, None)
        return edit_conflict_page(
            request,
            self.record,
            mine=versions_of(self.form)[0],
            theirs=versions_of(fresh.form)[1],
            replace={"version": self.record.version},
            parts=["analyses", "analyses__commodities"],
            is_open=self.record.may_edit(request.user) and bool(row.pk or not self.row.pk),
        )
