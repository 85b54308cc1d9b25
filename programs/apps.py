from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Program"

    def ready(self) -> None:
        from p2emas.identity.zone import holds_zone
        from p2emas.registry.contributions import add_rooms
        from programs.aid import contributions as aid
        from programs.coordination import contributions as coordination
        from programs.dashboards import contributions as dashboards
        from programs.evaluation import contributions as evaluation
        from programs.fieldwork import contributions as fieldwork
        from programs.framework import contributions as framework
        from programs.monthly import contributions as monthly
        from programs.nomenclature import contributions as nomenclature
        from programs.obstacles import contributions as obstacles
        from programs.planning import contributions as planning
        from programs.profiles import contributions as profiles
        from programs.recaps import contributions as recaps
        from programs.reporting import contributions as reporting
        from programs.reporting.reports.models import ReportingPeriod
        from programs.treasury import contributions as treasury

        add_rooms(
            nomenclature,
            framework,
            planning,
            treasury,
            obstacles,
            fieldwork,
            aid,
            reporting,
            monthly,
            recaps,
            coordination,
            evaluation,
            profiles,
            dashboards,
        )
        holds_zone(ReportingPeriod, "periode laporan")
