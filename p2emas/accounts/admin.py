"""Back office of agencies, who signs for them, and the office calendar. Users have their own pages at /pengguna/."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from p2emas.accounts.admin_site import ScopedAdmin
from p2emas.accounts.models import Agency, Holiday, Official


@admin.register(Agency)
class AgencyAdmin(ScopedAdmin):
    list_display = ["short_name", "name", "kind", "member_from", "member_until"]
    list_filter = ["kind"]
    search_fields = ["code", "name", "short_name"]
    search_help_text = _("Cari nama atau kode perangkat daerah.")
    autocomplete_fields = ["successor"]


@admin.register(Official)
class OfficialAdmin(ScopedAdmin):
    list_display = ["name", "title", "agency", "capacity", "valid_from", "valid_until"]
    list_filter = ["capacity"]
    list_select_related = ["agency"]
    search_fields = ["name", "nip", "title", "agency__name", "agency__short_name"]
    search_help_text = _("Cari nama, NIP, jabatan, atau perangkat daerah.")
    autocomplete_fields = ["agency"]


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    list_display = ["date", "name"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Holiday | None = None) -> bool:
        """A holiday entered by mistake would move due dates; nothing hangs from it, and the history keeps it."""
        return self.has_change_permission(request, obj)
