"""A link of invitation to copy, for a person without mail: shown once to the head who makes it, and booked."""

from django.conf import settings
from django.db import transaction

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import copied_invitation
from p2emas.outbox.links import LinkPointless, invitation_link
from p2emas.staffing.services import NotPossible


def why_no_copy(person: User) -> str:
    """The sentence that says why none is made; empty when one may be."""
    if not person.is_active:
        return "Akun ini tidak aktif. Aktifkan lagi dahulu."
    if person.has_usable_password() or person.last_login is not None:
        return "Orang ini sudah pernah masuk atau membuat kata sandi. Pakai “Kirim tautan kata sandi”."
    return ""


def copy_invitation(*, person: User, actor: User) -> str:
    """The address; its trace is stored with it and ends every link that was made before."""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if refusal := why_no_copy(locked):
            raise NotPossible(refusal)
        copied_invitation(actor, of=locked)
        try:
            return settings.SITE_URL + invitation_link(locked)
        except LinkPointless as pointless:
            raise NotPossible(str(pointless)) from None
