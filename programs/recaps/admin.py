"""Back office of official papers: how the office wants each of them."""

from django.contrib import admin

from p2emas.accounts.back_office.site import ScopedAdmin, ScopedInline
from programs.recaps.models import RecapLabel, RecapLayout


class LabelInline(ScopedInline):
    model = RecapLabel
    fields = ["number", "label", "hidden"]


@admin.register(RecapLayout)
class RecapLayoutAdmin(ScopedAdmin):
    list_display = ["paper", "version", "rule", "due_days"]
    search_fields = ["version", "rule"]
    fieldsets = [
        (None, {"fields": ["paper", "version", "rule", "title", "due_days"]}),
        ("Predikat", {"fields": ["falling", "very_high", "high", "moderate", "low"]}),
    ]
    inlines = [LabelInline]
