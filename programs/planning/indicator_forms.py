"""The form of an indicator of an activity, with where it starts and where the plan's year should bring it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q
from django.urls import reverse

from districts.regions.models import Village
from p2emas import clock
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import PlainModelForm, bound_year, depend_on_others, field_of
from p2emas.ui.layout import FromTemplate, Section, form_helper
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.models import PlanLine, WorkPlan

VILLAGE_FIELDS = ("baseline", "baseline_missing_reason", "target")
WHOLE_FIELDS = ("baseline", "baseline_year", "baseline_source", "baseline_missing_reason", "target")
FIXED_ONCE_SET = ("name", "unit", "formula", "largest_change", "ledger", "counts_people", "of_sex")


def plan_villages(plan: WorkPlan, activity: Activity) -> list[Village]:
    """Villages where ``plan`` carries out ``activity``."""
    lines = plan.lines.filter(activity=activity).order_by()
    here = Q(pk__in=lines.filter(target_location__isnull=False).values("target_location__village"))
    here |= Q(pk__in=lines.filter(other_village__isnull=False).values("other_village"))
    return list(Village.objects.filter(here).order_by("name", "pk"))


def _value(label: Any) -> QuantityField:
    """Never negative: no achievement can be measured against that, and what is reported later starts at 0 too."""
    return QuantityField(required=False, label=label, decimal_places=3, max_digits=16)


@dataclass(frozen=True)
class IndicatorFacts:
    """What the form reads beside its indicator: the villages of its activity, its targets of the year, if agreed."""

    villages: list[Village]
    targets: list[IndicatorTarget]
    agreed: bool

    @classmethod
    def of(cls, plan: WorkPlan, indicator: Indicator) -> "IndicatorFacts":
        villages = plan_villages(plan, indicator.activity) if indicator.activity else []
        if not indicator.pk:
            return cls(villages, [], False)
        return cls(villages, list(indicator.targets.filter(year=plan.year)), is_agreed(indicator))


class IndicatorForm(PlainModelForm):
    """``instance`` measures an activity of ``plan``. What a set plan already measures by keeps its formula and unit."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    largest_change = _value("Perubahan terbesar yang wajar")
    baseline = _value("Nilai awal")
    baseline_year = forms.IntegerField(required=False, label="Tahun nilai awal", min_value=1990)
    baseline_source = forms.CharField(required=False, label="Sumber nilai awal", max_length=200)
    baseline_missing_reason = forms.CharField(
        required=False,
        label="Mengapa nilai awal belum ada",
        max_length=200,
        help_text="Isi bila nilai awal dikosongkan. Nol adalah nilai, kosong berarti belum ada data.",
    )

    class Meta:
        model = Indicator
        fields = (
            *("name", "unit", "formula", "source", "largest_change", "ledger", "counts_people", "of_sex"),
            "notebook",
        )

    def __init__(self, *args, plan: WorkPlan, facts: IndicatorFacts | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        facts = facts or IndicatorFacts.of(plan, self.instance)
        if not self.is_like_another:
            self._make_fields(facts)
        self.villages = facts.villages
        for village in self.villages:
            self._add_village(village)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            self._fill(facts.targets)

    def _make_fields(self, facts: IndicatorFacts) -> None:
        """All but those of the villages, which differ from activity to activity."""
        self.fields["source"].required = True
        bound_year(self.fields["baseline_year"], clock.today().year)
        self.fields["largest_change"].help_text = Indicator._meta.get_field("largest_change").help_text
        self.fields["source"].error_messages["required"] = "Isi sumber data"
        field_of(self, "of_sex", forms.ChoiceField).choices = [("", "Semua orang"), *Indicator.Sex.choices]
        field_of(self, "notebook", forms.ChoiceField).choices = [("", "Tidak"), *Indicator.Notebook.choices]
        field_of(self, "formula", forms.ChoiceField).choices = [("", "Pilih jenis rumus"), *Indicator.Formula.choices]
        self.fields["target"] = _value(f"Target {self.plan.year}")
        depend_on_others(self, "baseline", "baseline_year", "baseline_missing_reason", "target")
        if facts.agreed:
            for name in FIXED_ONCE_SET:
                self.fields[name].disabled = True

    def _add_village(self, village: Village) -> None:
        self.fields[f"baseline_{village.pk}"] = _value(f"Nilai awal {village}")
        self.fields[f"baseline_missing_reason_{village.pk}"] = forms.CharField(
            required=False, max_length=200, label=f"Mengapa nilai awal {village} belum ada"
        )
        self.fields[f"target_{village.pk}"] = _value(f"Target {village}")

    def _fill(self, targets: list[IndicatorTarget]) -> None:
        shown = {village.pk for village in self.villages}
        for row in targets:
            if row.village_id is None:
                self.initial.update({name: getattr(row, name) for name in WHOLE_FIELDS})
            elif row.village_id in shown:
                self.initial.update({f"{name}_{row.village_id}": getattr(row, name) for name in VILLAGE_FIELDS})

    @cached_property
    def helper(self) -> FormHelper:
        villages = (f"{name}_{village.pk}" for village in self.villages for name in VILLAGE_FIELDS)
        buttons: dict[str, Any] = {}
        if self.instance.pk:
            url = reverse("planning:indicator-delete", args=[self.plan.pk, self.instance.pk])
            buttons["cancel"] = (url, "Hapus indikator ini")
        return form_helper(
            "Simpan",
            "version",
            FromTemplate("programs/planning/_indicator_agreed.html"),
            Section("Yang diukur", *self.Meta.fields),
            Section("Dari mana, sampai mana", *WHOLE_FIELDS),
            FromTemplate("programs/planning/_village_targets.html", *villages),
            css="narrow",
            ctrl_enter=True,
            **buttons,
        )

    def village_rows(self) -> Iterator[dict[str, Any]]:
        """Village, its three fields and those of them with an error, for the table."""
        for village in self.villages:
            fields = {name: self[f"{name}_{village.pk}"] for name in VILLAGE_FIELDS}
            yield {"village": village, "errors": [bound for bound in fields.values() if bound.errors]} | fields

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_baseline(data, "")
        for village in self.villages:
            self._clean_baseline(data, f"_{village.pk}")
        if data.get("baseline") is not None and not data.get("baseline_year") and "baseline_year" not in self.errors:
            self.add_error("baseline_year", "Isi tahun nilai awal")
        return data

    def _clean_baseline(self, data: dict[str, Any], ending: str) -> None:
        if data.get(f"baseline{ending}") is not None and data.get(f"baseline_missing_reason{ending}"):
            sentence = "Kosongkan alasan bila nilai awal sudah ada"
            self.add_error(f"baseline_missing_reason{ending}", sentence)

    def targets(self) -> dict[Village | None, dict[str, Any]]:
        """What to keep for the plan's year: the whole under None, and each village of the plan."""
        data = self.cleaned_data
        found: dict[Village | None, dict[str, Any]] = {None: {name: data[name] for name in WHOLE_FIELDS}}
        for village in self.villages:
            found[village] = {name: data[f"{name}_{village.pk}"] for name in VILLAGE_FIELDS}
        return found


def is_agreed(indicator: Indicator) -> bool:
    """Whether a set plan already measures by it."""
    return PlanLine.objects.agreed().filter(activity=indicator.activity_id).exists()
