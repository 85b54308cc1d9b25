"""What a decree opens and closes, written on its page in the back office while it is a draft."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.models import DecreeItem, TargetLocation
from districts.regions.admin import VillageChoices
from p2emas.accounts.back_office.site import BoundedFormSet, ScopedInline
from p2emas.accounts.signed_in import user_of
from p2emas.documents.admin import DecreeAdmin
from p2emas.ui.rows import RowField

OPENED, CLOSED = ("determination", "village"), ("core_competency", "target_location")
THING = (*OPENED, *CLOSED)
ONE_DRAFT = ("determination", *CLOSED)  # a village may be named again: only its candidate is a decision


class LocationChoiceField(RowField):
    search_fields = ("village__name", "village__code", "village__district__name")

    def label_from_instance(self, location: TargetLocation) -> str:
        return f"{location.village.name}, Kec. {location.village.district.name}"  # names repeat


class DecreeItemForm(forms.ModelForm):
    """One thing in each row; which one decides what the action can be."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = [name for name in THING if cleaned.get(name)]
        opens = cleaned.get("action") == DecreeItem.Action.OPEN
        if len(named) == 1 and cleaned.get("action") and opens != (named[0] in OPENED):
            sentence = "Yang dipilih hanya dapat diakhiri." if opens else "Yang dipilih hanya dapat ditetapkan."
            self.add_error("action", sentence)
        for name in named:
            others = DecreeItem.objects.filter(in_draft=True, **{name: cleaned[name]}).exclude(pk=self.instance.pk)
            if name in ONE_DRAFT and others.exclude(decree=self.instance.decree_id).exists():
                self.add_error(name, "Sudah ada dalam konsep.")
        return cleaned


class DecreeItemFormSet(BoundedFormSet):
    """No record twice in one draft, not even until the row below is saved: rows are written in their order."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if hasattr(form, "cleaned_data") and not form.cleaned_data.get("DELETE")]
        for name in ONE_DRAFT:
            seen: set[int] = set()
            for form in kept:
                record = form.cleaned_data.get(name)
                if record is not None and record.pk in seen:
                    form.add_error(name, "Sudah ada pada baris lain.")
                elif record is not None:
                    seen.add(record.pk)
            self._refuse_taking_from_below(name)

    def _refuse_taking_from_below(self, name: str) -> None:
        """``held``: the record that each row has as it is stored, in the order in which rows are saved."""
        stored = enumerate(self.initial_forms)
        held = {form.initial.get(name): place for place, form in stored if form.instance.in_draft}
        for place, form in enumerate(self.initial_forms):
            record = getattr(form, "cleaned_data", {}).get(name)
            holder = held.get(record.pk, 0) if record is not None else 0
            if holder > place and not form.cleaned_data.get("DELETE"):
                sentence = (
                    f"Masih ada pada baris {holder + 1}. Hapus salah satu dari kedua baris ini lalu simpan dahulu."
                )
                form.add_error(name, sentence)


class DecreeItemInline(VillageChoices, ScopedInline):
    """Read-only once the decree is in force: what it did is then on its page."""

    model = DecreeItem
    form = DecreeItemForm
    formset = DecreeItemFormSet
    fields = ["action", *THING, "is_sample"]
    autocomplete_fields = ["village"]
    can_delete = True
    verbose_name = "isi keputusan"
    verbose_name_plural = "isi keputusan: yang ditetapkan dan diakhiri"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DecreeItem]:
        parts = ("determination__district", "village__district", "core_competency__district")
        more = ("core_competency__commodity", "target_location__village__district")
        return super().get_queryset(request).select_related(*parts, *more)

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs):
        """Only what can be opened or closed."""
        return super().formfield_for_foreignkey(db_field, request, **kwargs | self._choices(db_field.name, request))

    @staticmethod
    def _choices(name: str, request: HttpRequest) -> dict[str, object]:
        if name == "determination":  # the paper is drafted before the decision
            determinations = CompetencyDetermination.objects.for_user(user_of(request)).unfinished().for_table()
            return {"queryset": determinations, "search_fields": ["district__name", "chosen__name"]}
        if name == "core_competency":
            competencies = CoreCompetency.objects.standing().select_related("district", "commodity")
            return {"queryset": competencies, "search_fields": ["district__name", "commodity__name"]}
        if name == "target_location":
            locations = TargetLocation.objects.for_user(user_of(request)).standing().for_table()
            return {"queryset": locations, "form_class": LocationChoiceField}
        return {}


DecreeAdmin.inlines.insert(0, DecreeItemInline)
