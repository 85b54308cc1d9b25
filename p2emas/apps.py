from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameConfig(AppConfig):
    name = "p2emas"
    verbose_name = _("Kerangka")

    def ready(self) -> None:
        from p2emas import checks  # noqa: F401 - registers what check --deploy says
        from p2emas.imports import jobs  # noqa: F401 - registers the sweep of imports whose worker died
