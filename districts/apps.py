from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    name = "districts"
    verbose_name = "Wilayah"

    def ready(self) -> None:
        from districts.competencies import contributions as competencies
        from districts.evidence import contributions as evidence
        from districts.locations import contributions as locations
        from districts.locations.rounds.models import SelectionRound
        from districts.regions import contributions as regions
        from p2emas.identity.zone import holds_zone
        from p2emas.registry.contributions import add_rooms

        add_rooms(regions, evidence, competencies, locations)
        holds_zone(SelectionRound, "pemilihan lokasi")
