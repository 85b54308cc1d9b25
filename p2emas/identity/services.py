"""Storing who we are: this process says it at once, the others with their next request."""

from typing import cast

from django.db import transaction

from p2emas import naming
from p2emas.identity.forms import IdentityForm
from p2emas.identity.models import ONLY, Identity
from p2emas.workflow.editing import save_edit


def save_identity(form: IdentityForm) -> Identity:
    """Save ``form``, or raise ``EditConflict`` when somebody else saved after its page was shown."""
    with transaction.atomic():
        Identity.objects.get_or_create(pk=ONLY)  # it is made with the tables; only a test empties them
        stored = cast(Identity, save_edit(form))
    naming.forget()
    return stored
