from django.apps import AppConfig
from django.core.signals import request_finished
from django.core.validators import EmailValidator


class FrameConfig(AppConfig):
    name = "p2emas"
    verbose_name = "Kerangka"

    def ready(self) -> None:
        # One word for one thing: Django says "alamat email", and has no setting for the sentence of all its fields.
        EmailValidator.message = "Alamat surel belum benar. Contoh: nama@example.go.id."
        from p2emas import naming
        from p2emas.configuration import checks  # noqa: F401 - registers what check --deploy says
        from p2emas.identity import checks as of_identity  # noqa: F401 - registers what check says of who we are
        from p2emas.identity import reading  # noqa: F401 - registers how the names are read
        from p2emas.imports import jobs  # noqa: F401 - registers the sweep of imports whose worker died
        from p2emas.ui import checks as of_pages  # noqa: F401 - registers what check says of names

        request_finished.connect(naming.let_go)
