from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin at /kelola/ with our own entry point: roles, not a flag on the user, decide who enters."""

    default_site = "p2emas.accounts.back_office.site.BackOfficeSite"
    default = False
