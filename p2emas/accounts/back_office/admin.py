"""Back office of agencies, who signs for them, and the office calendar.

People are invited and assigned at /pengguna/. Here a superuser repairs what cannot be repaired there, makes the first
head of BAPPEDA, and the auditor reads.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from p2emas import naming
from p2emas.accounts.back_office.site import ScopedAdmin
from p2emas.accounts.models import Agency, Assignment, Holiday, Official, User
from p2emas.accounts.roles import NEEDS_SECOND_FACTOR, WRITTEN_BY_PLACEMENTS, Role
from p2emas.accounts.sign_in.sessions import end_sessions
from p2emas.accounts.signed_in import user_of


@admin.register(Agency)
class AgencyAdmin(ScopedAdmin):
    list_display = ["short_name", "name", "kind", "member_from", "member_until"]
    list_filter = ["kind"]
    search_fields = ["code", "name", "short_name"]
    search_help_text = "Cari nama atau kode perangkat daerah"
    autocomplete_fields = ["successor"]

    def save_model(self, request: HttpRequest, obj: Agency, form: forms.ModelForm, change: bool) -> None:
        """Members owe a report every quarter: told where that is likely not meant."""
        super().save_model(request, obj, form, change)
        odd = obj.kind == Agency.Kind.KECAMATAN or obj.pk == naming.current().lead_agency_id
        if odd and obj.member_from and "member_from" in form.changed_data:
            sentence = "%s sekarang anggota program: rencana dan laporan triwulannya ditagih. Bila bukan, kosongkan."
            messages.warning(request, sentence % obj)


@admin.register(Official)
class OfficialAdmin(ScopedAdmin):
    list_display = ["name", "title", "agency", "capacity", "valid_from", "valid_until"]
    list_filter = ["capacity"]
    list_select_related = ["agency"]
    search_fields = ["name", "nip", "title", "agency__name", "agency__short_name"]
    search_help_text = "Cari nama, NIP, jabatan, atau perangkat daerah"
    autocomplete_fields = ["agency"]


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    list_display = ["date", "name"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Holiday | None = None) -> bool:
        """A holiday entered by mistake would move due dates; nothing depends on it, and the history keeps it."""
        return self.has_change_permission(request, obj)


class RepairAdmin(ScopedAdmin):
    """A superuser repairs, the auditor reads; coordinators have pages of their own for it."""

    def _may(self, request: HttpRequest, action: str) -> bool:
        user = user_of(request)
        return user.is_superuser or (action == "view" and user.has_role(Role.AUDITOR))


@admin.register(User)
class UserAdmin(RepairAdmin):
    fields = ["username", "name", "email", "phone", "nip", "is_active"]
    list_display = ["name", "username", "email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "username", "email"]
    search_help_text = "Cari nama, nama pengguna, atau surel"

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """A new person gets no password here: "Lupa kata sandi" sends a link to the address."""
        if not change:
            obj.set_unusable_password()
        if not obj.email:
            obj.email = None  # two people without an address are not the same address twice
        super().save_model(request, obj, form, change)
        if not obj.is_active:  # or an old session would be alive again when the account is
            end_sessions(obj)


class AssignmentAdminForm(forms.ModelForm):
    def clean_role(self) -> str:
        role = self.cleaned_data["role"]
        if role in WRITTEN_BY_PLACEMENTS:
            raise ValidationError("Pendamping ditugaskan lewat penempatan.")
        return role


@admin.register(Assignment)
class AssignmentAdmin(RepairAdmin):
    """A mutation is a new row: of an old one only the last day changes."""

    form = AssignmentAdminForm
    fields = ["user", "role", "agency", "valid_from", "valid_until"]
    list_display = ["user", "role", "agency", "valid_from", "valid_until"]
    list_filter = ["role"]
    list_select_related = ["user", "agency"]
    search_fields = ["user__name", "user__username", "agency__name", "agency__short_name"]
    search_help_text = "Cari nama orang atau perangkat daerah"
    autocomplete_fields = ["user", "agency"]

    def save_model(self, request: HttpRequest, obj: Assignment, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.role in NEEDS_SECOND_FACTOR:  # as with `staffing.services.assign`
            end_sessions(obj.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Assignment | None = None):
        return ("user", "role", "agency", "valid_from") if obj else ()

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user" and field is not None:
            field.queryset = field.queryset.without_superusers()
        return field
