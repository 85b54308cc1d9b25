from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class FrameConfig(AppConfig):
    name = "p2emas"
    verbose_name = _("Kerangka")
    default = True


class BackOfficeConfig(AdminConfig):
    """Django's admin at /kelola/ with our own door: roles, not `is_staff`, decide who enters."""

    default_site = "p2emas.accounts.admin_site.BackOfficeSite"
    default = False
