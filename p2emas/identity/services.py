"""Storing who we are: this process says it at once, the others with their next request."""

from typing import cast

from django.db import transaction

from p2emas import clock, naming
from p2emas.identity.forms import IdentityForm
from p2emas.identity.handover import hand_over
from p2emas.identity.models import ONLY, Identity
from p2emas.workflow.editing import save_edit


def save_identity(form: IdentityForm) -> Identity:
    """Save ``form``, or raise ``EditConflict`` when somebody else saved after its page was shown."""
    with transaction.atomic():
        Identity.objects.get_or_create(pk=ONLY)  # it is made with the tables; only a test empties them
        stored = cast(Identity, save_edit(form))
        former = form.initial.get("lead_agency")
        if former and former != stored.lead_agency_id:
            then = form.cleaned_data.get("coordinators", "")
            hand_over(old_id=former, new=stored.lead_agency, then=then, on=clock.today())
    naming.forget()
    return stored
