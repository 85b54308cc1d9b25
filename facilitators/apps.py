from django.apps import AppConfig


class FacilitatorsConfig(AppConfig):
    name = "facilitators"
    verbose_name = "Pendamping"

    def ready(self) -> None:
        from facilitators.recruitment.rounds.models import RecruitmentRound
        from p2emas.identity.zone import holds_zone

        holds_zone(RecruitmentRound, "rekrutmen pendamping")
        from facilitators.recruitment.panel import (
            import_kinds,  # noqa: F401 - registers what can be imported
            seat_letters,  # noqa: F401 - registers letters that a seat hides
        )
        from facilitators.recruitment.privacy import erasing  # noqa: F401 - provides the erasing of drafts
