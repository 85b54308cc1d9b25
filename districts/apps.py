from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    name = "districts"
    verbose_name = "Wilayah"

    def ready(self) -> None:
        from districts.locations.rounds.models import SelectionRound
        from p2emas.identity.zone import holds_zone

        holds_zone(SelectionRound, "pemilihan lokasi")
        from districts.evidence import import_kinds  # noqa: F401 - registers what can be imported
        from districts.locations import runs  # noqa: F401 - registers the sweep of rankings whose worker died
        from districts.regions import agreement  # noqa: F401 - says where regions and identity disagree
