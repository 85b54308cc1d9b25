"""Back office of the evidence: commodities, production figures, community groups, earlier aid."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import EvidenceMeasure, measure_choices, measure_label, measures, unit_of
from districts.evidence.models import Commodity, CommunityGroup, commodity_tree, descendants
from districts.evidence.years import EvidenceYearForm
from districts.regions.admin import OwnDistrictFilter, VillageChoices, VillageDistrictFilter
from p2emas.accounts.back_office.site import ActivationActions, ScopedAdmin
from p2emas.ui import formats
from p2emas.ui.fields import QuantityField, RupiahField
from p2emas.ui.forms import field_of


class CommodityForm(forms.ModelForm):
    def clean_parent(self) -> Commodity | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.pk in descendants(self.instance.pk, commodity_tree()):
            raise forms.ValidationError("Pilih komoditas lain: yang ini bagian dari komoditas yang Anda ubah.")
        return parent


@admin.register(Commodity)
class CommodityAdmin(ScopedAdmin):
    district_admin_may = frozenset({"view"})
    form = CommodityForm
    list_display = ["name", "parent", "sector", "unit"]
    list_filter = ["sector"]
    list_select_related = ["parent"]
    search_fields = ["name", "sector"]
    autocomplete_fields = ["parent"]


@admin.register(CommunityGroup)
class CommunityGroupAdmin(VillageChoices, ActivationActions, ScopedAdmin):
    district_admin_may = frozenset({"view", "add", "change"})
    list_display = ["name", "village", "kind", "commodity", "members", "contact_name", "active_word"]
    list_filter = [VillageDistrictFilter, "kind", "active"]
    list_select_related = ["village", "commodity"]
    search_fields = ["name", "registration_no", "village__name", "village__aliases__name", "commodity__name"]
    search_help_text = "Cari nama kelompok, nomor registrasi, desa, atau komoditas"
    autocomplete_fields = ["village", "commodity"]
    years = {"active_since": 0}
    fieldsets = [
        (None, {"fields": ["village", "name", "kind", "registration_no", "commodity", "active"]}),
        ("Anggota", {"fields": ["members_m", "members_f", "active_since"]}),
        ("Kontak", {"fields": ["contact_name", "contact_phone"]}),
        ("Keterangan data", {"fields": ["is_sample"]}),
    ]

    @admin.display(description="anggota", empty_value="belum ada data")
    def members(self, group: CommunityGroup) -> int | None:
        if group.members_m is None and group.members_f is None:
            return None
        return (group.members_m or 0) + (group.members_f or 0)


class SampleWord:
    @admin.display(description="data contoh", ordering="is_sample")
    def sample_word(self, record: ProductionFigure | EarlierAid) -> str:
        return "ya" if record.is_sample else "\N{EN DASH}"


class ProductionFigureForm(EvidenceYearForm):
    measure = forms.ChoiceField(label="ukuran", help_text="Satu ukuran dipakai untuk satu analisis.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "measure", forms.ChoiceField).choices = [("", "---------"), *measure_choices()]


class MeasureFilter(admin.SimpleListFilter):
    title = "ukuran"
    parameter_name = "measure"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return measure_choices()

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(measure=self.value()) if self.value() else queryset


@admin.register(EvidenceMeasure)
class EvidenceMeasureAdmin(ScopedAdmin):
    """Its code is in every figure, so it stays."""

    list_display = ["label", "unit", "code", "position"]
    search_fields = ["label", "unit", "code"]
    fields = ["label", "unit", "code", "slug", "position"]

    def get_readonly_fields(self, request: HttpRequest, obj: EvidenceMeasure | None = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: EvidenceMeasure, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(measures)  # this process speaks the new word at once


@admin.register(ProductionFigure)
class ProductionFigureAdmin(SampleWord, ScopedAdmin):
    """One at a time; many come by import."""

    form = ProductionFigureForm
    formfield_overrides = {models.DecimalField: {"form_class": QuantityField}}
    district_admin_may = frozenset({"view", "add", "change"})
    list_display = ["commodity", "district", "year", "measure_word", "shown_value", "source", "sample_word"]
    list_filter = [OwnDistrictFilter, MeasureFilter, "year", "is_sample"]
    list_select_related = ["commodity", "district"]
    search_fields = ["commodity__name", "district__name", "source"]
    search_help_text = "Cari komoditas, kecamatan, atau sumber"
    autocomplete_fields = ["commodity"]
    fields = ["district", "commodity", "year", "measure", "value", "source", "is_sample"]

    @admin.display(description="ukuran", ordering="measure")
    def measure_word(self, figure: ProductionFigure) -> str:
        return measure_label(figure.measure)

    @admin.display(description="nilai", ordering="value", empty_value="belum ada data")
    def shown_value(self, figure: ProductionFigure) -> str | None:
        return None if figure.value is None else f"{formats.number(figure.value, 3)} {unit_of(figure.measure)}"


class EarlierAidForm(EvidenceYearForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        group, village = cleaned.get("group"), cleaned.get("village")
        if group and village and group.village_id != village.pk:
            self.add_error("group", "Pilih kelompok dari desa yang sama.")
        return cleaned


@admin.register(EarlierAid)
class EarlierAidAdmin(SampleWord, VillageChoices, ScopedAdmin):
    form = EarlierAidForm
    formfield_overrides = {models.BigIntegerField: {"form_class": RupiahField}}
    district_admin_may = frozenset({"view", "add", "change"})
    list_display = ["item", "village", "group", "agency", "year", "money", "sample_word"]
    list_filter = [VillageDistrictFilter, "year", "is_sample"]
    list_select_related = ["village", "group", "agency"]
    search_fields = ["item", "village__name", "village__aliases__name", "group__name", "source"]
    search_help_text = "Cari bantuan, desa, kelompok, atau sumber"
    autocomplete_fields = ["village", "group"]
    fields = ["village", "group", "agency", "year", "item", "amount", "source", "is_sample"]

    @admin.display(description="nilai", ordering="amount")
    def money(self, aid: EarlierAid) -> str:
        return formats.rupiah(aid.amount)
