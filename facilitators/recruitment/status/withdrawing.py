"""Withdrawing an application: the last step of an applicant, who has no account."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply.sending import NotSent
from facilitators.recruitment.result.people import Facilitator
from p2emas import clock


@transaction.atomic
def withdraw_application(*, application: Application, arrived: datetime) -> None:
    """Withdraw the application permanently; a second click changes nothing."""
    held = (
        Application.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=application.pk)
    )
    if held.status == Application.Status.WITHDRAWN:
        return
    if held.status not in Application.WITHDRAWABLE:
        raise NotSent("Lamaran ini sudah selesai, jadi tidak perlu ditarik.")
    if Facilitator.objects.who_worked(held):
        raise NotSent(f"Anda sudah ditempatkan sebagai pendamping. Hubungi {held.round.contact} bila hendak berhenti.")
    with clock.at(arrived):
        held.take_step("withdraw", seen=held.status, actor=None, version=F("version") + 1)
