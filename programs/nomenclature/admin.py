"""Back office of the reference lists of codes and funds."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from p2emas.accounts.back_office.site import ScopedAdmin
from programs.nomenclature.funds import funds
from programs.nomenclature.models import CodeCrosswalk, Fund, NomenclatureEntry, NomenclatureVersion

PLANNED = 10  # years: further ahead no regency plans


@admin.register(Fund)
class FundAdmin(ScopedAdmin):
    """Its code is in every plan line, so it stays."""

    list_display = ["label", "code", "group", "counts_in_absorption", "first_year", "last_year", "active"]
    list_filter = ["group", "counts_in_absorption", "active"]
    search_fields = ["label", "code"]
    years = {"first_year": PLANNED, "last_year": PLANNED}
    fieldsets = [
        (None, {"fields": ["label", "code", "group", "counts_in_absorption"]}),
        ("Kapan ditawarkan", {"fields": ["first_year", "last_year", "active", "position"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Fund | None = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Fund, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(funds)  # this process speaks the new word at once


@admin.register(NomenclatureVersion)
class NomenclatureVersionAdmin(ScopedAdmin):
    """Its code is in every activity, so it stays."""

    list_display = ["code", "regulation", "first_year", "last_year", "completeness"]
    list_filter = ["completeness"]
    search_fields = ["code", "regulation"]
    years = {"first_year": PLANNED, "last_year": PLANNED}
    fieldsets = [
        (None, {"fields": ["code", "regulation", "first_year", "last_year"]}),
        ("Daftar kodenya", {"fields": ["completeness", "source", "position"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: NomenclatureVersion | None = None) -> list[str]:
        return ["code"] if obj else []


@admin.register(NomenclatureEntry)
class NomenclatureEntryAdmin(ScopedAdmin):
    """One at a time; a list comes by import. The level above follows from the code."""

    list_display = ["code", "name", "level", "version"]
    list_filter = ["version", "level"]
    list_select_related = ["version"]
    search_fields = ["code", "name"]
    fields = ["version", "level", "code", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: NomenclatureEntry | None = None) -> list[str]:
        return ["version", "level", "code"] if obj else []


@admin.register(CodeCrosswalk)
class CodeCrosswalkAdmin(ScopedAdmin):
    list_display = ["from_entry", "to_entry", "note"]
    list_select_related = ["from_entry", "to_entry"]
    search_fields = ["from_entry__code", "to_entry__code", "note"]
    autocomplete_fields = ["from_entry", "to_entry"]
    fields = ["from_entry", "to_entry", "note"]
