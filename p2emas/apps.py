from django.apps import AppConfig
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _


class FrameConfig(AppConfig):
    name = "p2emas"
    verbose_name = _("Kerangka")

    def ready(self) -> None:
        # One word for one thing: Django says "alamat email", and has no setting for the sentence of all its fields.
        EmailValidator.message = _("Alamat surel belum benar. Contoh: nama@example.go.id.")
        from p2emas import checks  # noqa: F401 - registers what check --deploy says
        from p2emas.imports import jobs  # noqa: F401 - registers the sweep of imports whose worker died
