"""Back office of the programme's frame: outcomes, activities, indicators with baseline and targets."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from districts.regions.admin import VillageChoices
from p2emas.accounts.back_office.site import ScopedAdmin, ScopedInline
from p2emas.accounts.signed_in import user_of
from p2emas.ui.forms import field_of
from p2emas.ui.rows import RowField
from programs.framework.models import Activity, Indicator, IndicatorTarget, Outcome, Program
from programs.nomenclature.checking import check_code
from programs.nomenclature.versions import version_choices

PLANNED = 10  # years: further ahead no regency plans


class OutcomeInline(ScopedInline):
    model = Outcome
    fields = ["name"]


@admin.register(Program)
class ProgramAdmin(ScopedAdmin):
    list_display = ["name", "starts", "ends"]
    years = {"starts": PLANNED, "ends": PLANNED}
    search_fields = ["name"]
    inlines = [OutcomeInline]


@admin.register(Outcome)
class OutcomeAdmin(ScopedAdmin):
    list_display = ["name", "program"]
    list_filter = ["program"]
    list_select_related = ["program"]
    search_fields = ["name"]
    autocomplete_fields = ["program"]


class ActivityForm(forms.ModelForm):
    """A code that is typed is held against its list; one that is stored already is not asked again."""

    nomenclature = forms.ChoiceField(label="Nomenklatur", help_text="Aturan kode tahun anggaran itu.")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.nomenclature
        offered = version_choices()
        known = kept in dict(offered)
        field_of(self, "nomenclature", forms.ChoiceField).choices = offered if known else [*offered, (kept, kept)]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        asked = {"code", "nomenclature", "year"} & set(self.changed_data)
        if asked and data.get("code") and data.get("year"):
            check = check_code(data["code"], data["year"], data.get("nomenclature"), name=data.get("name") or "")
            if check.refused:
                self.add_error("code", check.sentence)
        return data


@admin.register(Activity)
class ActivityAdmin(ScopedAdmin):
    form = ActivityForm
    list_display = ["name", "code", "agency", "year", "level"]
    list_filter = ["year", "level", "agency"]
    list_select_related = ["agency"]
    search_fields = ["name", "code", "programme_name", "agency__short_name"]
    search_help_text = "Cari nama, kode, program, atau SKPD"
    autocomplete_fields = ["agency", "outcome"]
    years = {"year": PLANNED}
    fieldsets = [
        (None, {"fields": ["agency", "year", "outcome", "programme_name"]}),
        ("Kode dan nama", {"fields": ["code", "nomenclature", "level", "name"]}),
        ("Keterangan data", {"fields": ["is_sample"]}),
    ]


class TargetForm(forms.ModelForm):
    """Never negative, as in the work plan: no achievement can be measured against that."""

    def clean_baseline(self) -> Decimal | None:
        return _not_negative(self.cleaned_data["baseline"])

    def clean_target(self) -> Decimal | None:
        return _not_negative(self.cleaned_data["target"])


def _not_negative(value: Decimal | None) -> Decimal | None:
    if value is not None and value < 0:
        raise ValidationError("Isi 0 atau lebih", code="min_value")
    return value


class TargetInline(VillageChoices, ScopedInline):
    model = IndicatorTarget
    form = TargetForm
    autocomplete_fields = ["village"]
    years = {"year": PLANNED, "baseline_year": 0}
    fields = [
        "year",
        "village",
        "baseline",
        "baseline_year",
        "baseline_source",
        "baseline_missing_reason",
        "target",
        "is_sample",
    ]


class ActivityChoiceField(RowField):
    def label_from_instance(self, activity: Activity) -> str:
        return f"{activity.code} {activity.name}, {activity.agency.short_name} {activity.year}"  # names repeat


@admin.register(Indicator)
class IndicatorAdmin(ScopedAdmin):
    list_display = ["name", "measures", "unit", "formula", "ledger"]
    list_filter = ["ledger", "formula", "counts_people"]
    list_select_related = ["activity", "outcome"]
    ordering = ["-pk"]  # the order of the model leads through four tables, of 60,000 rows in a big regency
    search_fields = ["name", "activity__name", "outcome__name"]
    search_help_text = "Cari nama indikator, kegiatan, atau sasaran"
    autocomplete_fields = ["outcome", "activity"]
    fieldsets = [
        (None, {"fields": ["outcome", "activity", "name", "unit", "formula", "source", "largest_change"]}),
        ("Pembukuan", {"fields": ["ledger", "counts_people", "of_sex", "notebook", "is_sample"]}),
    ]
    inlines = [TargetInline]

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "activity":
            kwargs |= {"queryset": Activity.objects.for_user(user_of(request)).select_related("agency")}
            kwargs["form_class"] = ActivityChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="mengukur")
    def measures(self, indicator: Indicator) -> str:
        return str(indicator.activity or indicator.outcome)
