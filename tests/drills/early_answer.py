"""A sabotaged server for the drill's own test: every second sending is confirmed before it is committed, and never is."""

from django.db import transaction

from p2emas.wsgi import application  # noqa: F401  # gunicorn serves this
from programs.reporting.sending import views as send_views

_honest = send_views.submit_report


def confirm_early(*, report, **fields) -> object:
    with transaction.atomic():
        receipt = _honest(report=report, **fields)
        transaction.set_rollback(report.pk % 2 == 0)  # what a kill between answer and commit would leave
    return receipt


send_views.submit_report = confirm_early
