"""Back office of the map: BAPPEDA keeps regions, kecamatan staff keep the data of their own villages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from districts.regions.figures import AreaFigure
from districts.regions.models import District, DistrictAlias, Regency, Village, VillageAlias
from districts.regions.services import keep_old_name, new_slug
from p2emas.accounts.back_office.site import ActivationActions, BoundedFormSet, ScopedAdmin, ScopedInline
from p2emas.accounts.signed_in import user_of
from p2emas.ui import formats
from p2emas.ui.fields import QuantityField
from p2emas.ui.rows import RowField

MAIN_FIELDS = ("district", "name", "kind", "code", "active")  # of a village


class OwnDistrictFilter(admin.SimpleListFilter):
    """Filter by kecamatan that offers only those in which the person has rows."""

    title = "kecamatan"
    parameter_name = "kecamatan"
    path = "district"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(district.code, district.name) for district in District.objects.visible_in_office(user_of(request))]

    def has_output(self) -> bool:
        """Nothing to choose for kecamatan staff, who have one; what an address asks for counts all the same."""
        return len(self.lookup_choices) > 1 or self.value() is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        offered = self.value() in {code for code, _name in self.lookup_choices}
        return queryset.filter(**{f"{self.path}__code": self.value()}) if offered else queryset.none()


class VillageDistrictFilter(OwnDistrictFilter):
    path = "village__district"


class VillageAliasInline(ScopedInline):
    model = VillageAlias
    fields = ["name", "until_year"]
    years = {"until_year": 0}
    can_delete = True  # a wrong spelling goes; the history keeps that it was there
    verbose_name = "nama lain"
    verbose_name_plural = "nama lain (nama lama atau ejaan lain)"


class DistrictAliasInline(ScopedInline):
    model = DistrictAlias
    fields = ["name"]
    can_delete = True
    verbose_name = "nama lain"
    verbose_name_plural = "nama lain (ejaan lain di tabel instansi lain)"


class VillageChoiceField(RowField):
    def label_from_instance(self, village: Village) -> str:
        return f"{village.name}, Kec. {village.district.name}"  # names repeat: Semuntai, Sungai Mali


class VillageChoices(BaseModelAdmin):
    """Admin pages with a foreign key to a village."""

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs):
        if db_field.remote_field.model is Village:
            kwargs["form_class"] = VillageChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FigureFormSet(BoundedFormSet):
    """The rows of one area: its constraint names the other two areas, so that the forms alone do not check it."""

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            key = (form.cleaned_data.get("kind"), form.cleaned_data.get("year"))
            if not form.cleaned_data.get(DELETION_FIELD_NAME) and None not in key:
                if key in seen:
                    form.add_error("year", "Angka ini untuk tahun itu sudah ada.")
                seen.add(key)


class AreaFigureInline(ScopedInline):
    model = AreaFigure
    formfield_overrides = {models.DecimalField: {"form_class": QuantityField}}
    formset = FigureFormSet
    fields = ["kind", "value", "unit", "year", "source", "is_sample"]
    years = {"year": 0}
    verbose_name = "angka"
    verbose_name_plural = "angka wilayah"


class VillageFigureInline(AreaFigureInline):
    fk_name = "village"


class DistrictFigureInline(AreaFigureInline):
    fk_name = "district"


class RegencyFigureInline(AreaFigureInline):
    fk_name = "regency"


class RegencyForm(forms.ModelForm):
    def clean(self) -> dict[str, Any] | None:
        """One regency a database: figures, decrees and rights of two would mix."""
        there = None if self.instance.pk else Regency.objects.first()
        if there is not None:
            raise forms.ValidationError(
                (
                    "Basis data ini milik %(regency)s. Satu basis data untuk satu kabupaten atau kota: "
                    "ubah yang sudah ada."
                ),
                params={"regency": there},
            )
        return super().clean()


@admin.register(Regency)
class RegencyAdmin(ScopedAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    form = RegencyForm
    inlines = [RegencyFigureInline]


@admin.register(District)
class DistrictAdmin(ScopedAdmin):
    list_display = ["name", "code", "office"]
    list_select_related = ["office"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["office"]
    fields = ["regency", "code", "name", "office", "lat", "lng"]
    inlines = [DistrictAliasInline, DistrictFigureInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[District]:
        return super().get_queryset(request).visible_in_office(user_of(request))


@admin.register(Village)
class VillageAdmin(ActivationActions, ScopedAdmin):
    """Names, codes and borders are BAPPEDA's to change; contacts, coordinates, aliases and figures the kecamatan's."""

    district_admin_may = frozenset({"view", "change"})
    district_admin_reads = ("district", "code", "name", "kind", "active")
    list_display = ["name", "kind", "district", "code", "contact_name", "active_word"]
    list_filter = [OwnDistrictFilter, "kind", "active"]
    list_select_related = ["district"]
    search_fields = ["name", "code", "aliases__name", "district__name"]
    search_help_text = "Cari nama, nama lama, kode desa, atau kecamatan"
    autocomplete_fields = ["district"]
    inlines = [VillageAliasInline, VillageFigureInline]
    fieldsets = [
        (None, {"fields": MAIN_FIELDS}),
        ("Kontak", {"fields": ["contact_name", "contact_phone"]}),
        ("Letak", {"fields": ["lat", "lng"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Village]:
        return super().get_queryset(request).select_related("district")

    def get_fieldsets(self, request: HttpRequest, obj: Village | None = None):
        """Who only reads gets words: the stock field links to a page that may be closed and draws an English icon."""
        if self._is_coordinator(request):
            return self.fieldsets
        words = {"district": "district_name", "active": "active_word"}
        return [(None, {"fields": tuple(words.get(name, name) for name in MAIN_FIELDS)}), *self.fieldsets[1:]]

    def get_readonly_fields(self, request: HttpRequest, obj: Village | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "district_name", "active_word")

    @admin.display(description="kecamatan")
    def district_name(self, village: Village) -> str:
        return village.district.name

    def save_model(self, request: HttpRequest, obj: Village, form: forms.ModelForm, change: bool) -> None:
        """Give a new village its address and keep the old name of a renamed one as alias."""
        if not change:
            obj.slug = new_slug(name=obj.name, code=obj.code, district=obj.district)
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            keep_old_name(village=obj, old_name=form.initial["name"])


@admin.register(AreaFigure)
class AreaFigureAdmin(VillageChoices, ScopedAdmin):
    formfield_overrides = {models.DecimalField: {"form_class": QuantityField}}
    district_admin_may = frozenset({"view", "add", "change"})
    list_display = ["kind", "area", "shown_value", "unit", "year", "source", "sample_word"]
    list_filter = ["kind", "year", "is_sample"]
    list_select_related = ["regency", "district", "village"]
    search_fields = ["village__name", "village__aliases__name", "district__name", "source"]
    search_help_text = "Cari nama desa, kecamatan, atau sumber"
    autocomplete_fields = ["village"]
    fields = ["regency", "district", "village", "kind", "value", "unit", "year", "source", "is_sample"]
    years = {"year": 0}

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs):
        """Figures of the whole regency are BAPPEDA's; the field stays, or its constraint would go unchecked."""
        if db_field.name == "regency" and not user_of(request).sees_everything:
            kwargs |= {"queryset": Regency.objects.none(), "widget": forms.HiddenInput}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="nilai", ordering="value")
    def shown_value(self, figure: AreaFigure) -> str:
        return formats.number(figure.value)

    @admin.display(description="data contoh", ordering="is_sample")
    def sample_word(self, figure: AreaFigure) -> str:
        return "ya" if figure.is_sample else "\N{EN DASH}"

    @admin.display(description="wilayah")
    def area(self, figure: AreaFigure) -> str:
        return str(figure.village or figure.district or figure.regency)
