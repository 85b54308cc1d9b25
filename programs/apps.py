from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("Program")

    def ready(self) -> None:
        from p2emas.identity.zone import holds_zone
        from programs.reporting.models import ReportingPeriod

        holds_zone(ReportingPeriod, _("periode laporan"))
        from programs.framework import names  # noqa: F401 - registers how the programme is called
