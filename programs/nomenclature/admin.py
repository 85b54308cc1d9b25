"""Back office of the reference lists of codes and funds."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from p2emas.accounts.back_office.site import ScopedAdmin
from programs.nomenclature.funds import Fund, funds

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
