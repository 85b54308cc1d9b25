"""Candidates in the back office: kecamatan staff propose and edit villages of their own while proposals are open."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from districts.evidence.models import CommunityGroup
from districts.locations.candidates.forms import EVIDENCE, OTHER_VILLAGE
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from districts.regions.admin import VillageChoices, VillageDistrictFilter
from p2emas import clock
from p2emas.accounts.back_office.site import ScopedAdmin
from p2emas.accounts.signed_in import user_of
from p2emas.ui.fields import RupiahField
from p2emas.ui.rows import RowField


class GroupChoiceField(RowField):
    def label_from_instance(self, group: CommunityGroup) -> str:
        return f"{group.name}, {group.village.name}"


class CandidateAdminForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        village = cleaned.get("village") or (self.instance.village if self.instance.pk else None)
        group = cleaned.get("group")
        if group and village and group.village_id != village.pk:
            self.add_error("group", OTHER_VILLAGE)
        return cleaned


@admin.register(Candidate)
class CandidateAdmin(VillageChoices, ScopedAdmin):
    """The status moves on the pages of the round alone; here it is a word."""

    form = CandidateAdminForm
    formfield_overrides = {models.BigIntegerField: {"form_class": RupiahField}}
    district_admin_may = frozenset({"view", "add", "change"})
    list_display = ["village", "district_name", "commodity", "round", "status_word"]
    list_filter = [VillageDistrictFilter, "status"]
    search_fields = ["village__name", "village__aliases__name", "commodity__name", "round__name"]
    search_help_text = "Cari desa, komoditas, atau penjaringan"
    autocomplete_fields = ["village", "commodity"]
    fields = ["round", "village", "commodity", "status_word", *EVIDENCE]

    def get_readonly_fields(self, request: HttpRequest, obj: Candidate | None = None) -> tuple[str, ...]:
        fields = (*super().get_readonly_fields(request, obj), "status_word")
        return (*fields, "round", "village") if obj else fields

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs):
        """Rounds that take proposals of this person today, and active groups in scope."""
        user = user_of(request)
        if db_field.name == "round":
            kwargs["queryset"] = SelectionRound.objects.for_user(user).proposable(user, clock.today())
            kwargs["search_fields"] = ["name"]
        if db_field.name == "group":
            groups = CommunityGroup.objects.for_user(user).filter(active=True)
            kwargs |= {"queryset": groups.select_related("village"), "form_class": GroupChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        return super().get_queryset(request).select_related("round", "village__district", "commodity", "group")

    def has_change_permission(self, request: HttpRequest, obj: Candidate | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        user = user_of(request)
        return user.is_superuser or obj.may_edit(user)

    def save_model(self, request: HttpRequest, obj: Candidate, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.proposed_by, obj.is_sample = user_of(request), obj.round.is_sample
        super().save_model(request, obj, form, change)

    @admin.display(description="kecamatan", ordering="village__district__name")
    def district_name(self, candidate: Candidate) -> str:
        return candidate.village.district.name

    @admin.display(description="status", ordering="status")
    def status_word(self, candidate: Candidate) -> str:
        return candidate.get_status_display() if candidate.pk else Candidate.Status.PROPOSED.label
