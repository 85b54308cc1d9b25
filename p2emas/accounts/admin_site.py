"""The back office at /kelola/: who enters, and what every admin page of ours keeps to.

Permissions come from roles and `for_user`, not from Django's permission tables.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from p2emas.accounts.roles import COORDINATORS, Role


class BackOfficeSite(admin.AdminSite):
    site_header = _("Kelola P2-EMAS")
    site_title = _("Kelola P2-EMAS")
    index_title = _("Data rujukan")
    site_url = "/beranda/"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.login = secure_admin_login(self.login)  # the sign-in page with its limits and second factor

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_staff


class ScopedAdmin(admin.ModelAdmin):
    """Rows of ``for_user``; coordinators edit, the auditor reads; a room may let kecamatan staff edit their own.

    ``district_admin_may``: subset of {"view", "add", "change"} for kecamatan staff. Nobody deletes: what has a
    history is deactivated.
    """

    district_admin_may: frozenset[str] = frozenset()
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    view_on_site = False

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).for_user(request.user)

    def _may(self, request: HttpRequest, action: str) -> bool:
        user = request.user
        if user.is_superuser or user.has_role(*COORDINATORS):
            return True
        if action == "view" and user.has_role(Role.AUDITOR):
            return True
        return user.has_role(Role.DISTRICT_ADMIN) and action in self.district_admin_may

    def _in_scope(self, request: HttpRequest, obj) -> bool:
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "view") and self._in_scope(request, obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "change") and self._in_scope(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add")

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
