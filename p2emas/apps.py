from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.signals import request_finished
from django.core.validators import EmailValidator


class FrameConfig(AppConfig):
    name = "p2emas"
    verbose_name = "Kerangka"

    def ready(self) -> None:
        # One word for one thing: Django says "alamat email", and has no setting for the sentence of all its fields.
        EmailValidator.message = "Alamat surel belum benar. Contoh: nama@example.go.id."
        from p2emas import naming
        from p2emas.accounts import contributions as accounts
        from p2emas.calendar import contributions as calendar
        from p2emas.configuration import checks  # noqa: F401 - registers what check --deploy says
        from p2emas.documents import contributions as documents
        from p2emas.drafts import contributions as drafts
        from p2emas.drafts.parcels import unpack_after_sign_in
        from p2emas.exports import contributions as exports
        from p2emas.identity import contributions as identity
        from p2emas.imports import contributions as imports
        from p2emas.instruments import contributions as instruments
        from p2emas.integrity import contributions as integrity
        from p2emas.notifications import contributions as notifications
        from p2emas.outbox import contributions as outbox
        from p2emas.registry import checks as of_names  # noqa: F401 - registers what check says of names
        from p2emas.registry.contributions import add_rooms
        from p2emas.search import contributions as search
        from p2emas.staffing import contributions as staffing
        from p2emas.ui import contributions as ui
        from p2emas.workflow import contributions as workflow

        add_rooms(
            integrity,
            ui,
            search,
            accounts,
            drafts,
            workflow,
            identity,
            documents,
            instruments,
            exports,
            imports,
            outbox,
            notifications,
            calendar,
            staffing,
        )
        request_finished.connect(naming.let_go)
        user_logged_in.connect(unpack_after_sign_in)
