from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Program"

    def ready(self) -> None:
        from p2emas.identity.zone import holds_zone
        from programs.reporting.reports.models import ReportingPeriod

        holds_zone(ReportingPeriod, "periode laporan")
        from programs.framework import names  # noqa: F401 - registers how the programme is called
        from programs.planning import checks  # noqa: F401 - provides what a plan lacks
        from programs.reporting.sending import completeness  # noqa: F401 - provides what a report lacks
