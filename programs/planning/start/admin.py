"""Back office of the ways of procurement."""

from django.contrib import admin

from p2emas.accounts.back_office.site import ScopedAdmin
from programs.planning.start.models import ProcurementMethod


@admin.register(ProcurementMethod)
class ProcurementMethodAdmin(ScopedAdmin):
    list_display = ["name", "working_days", "source", "active"]
    search_fields = ["name"]
