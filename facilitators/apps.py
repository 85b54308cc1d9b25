from django.apps import AppConfig


class FacilitatorsConfig(AppConfig):
    name = "facilitators"
    verbose_name = "Pendamping"

    def ready(self) -> None:
        from facilitators.placements import contributions as placements
        from facilitators.recruitment import contributions as recruitment
        from facilitators.recruitment.rounds.models import RecruitmentRound
        from facilitators.training import contributions as training
        from p2emas.identity.zone import holds_zone
        from p2emas.registry.contributions import add_rooms

        add_rooms(recruitment, training, placements)
        holds_zone(RecruitmentRound, "rekrutmen pendamping")
