"""A link of invitation to copy, for a person without mail: shown once to the head who makes it, and booked."""

from django.conf import settings
from django.db import transaction

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import copied_invitation
from p2emas.documents.letters import AT_PLACE, Letter, letter_texts
from p2emas.documents.papers import Signer
from p2emas.naming import current, said
from p2emas.outbox.links import LinkPointless, invitation_link
from p2emas.staffing.services import NotPossible


def why_no_copy(person: User) -> str:
    """The sentence that says why none is made; empty when one may be."""
    if not person.is_active:
        return "Akun ini tidak aktif. Aktifkan lagi dahulu."
    if person.has_usable_password() or person.last_login is not None:
        return "Orang ini sudah pernah masuk atau membuat kata sandi. Pakai “Kirim tautan kata sandi”."
    return ""


ACCOUNT = "Dengan ini kami beritahukan bahwa {office} {regency} membuatkan akun {programme} untuk Saudara."
APART = (
    "Tautan untuk membuat kata sandi tidak dimuat dalam surat ini. Tautan itu diberikan langsung kepada Saudara, "
    "berlaku %(hours)d jam, dan hanya dapat dipakai sekali. Jangan berikan kepada orang lain."
)


def account_letter(person: User) -> Letter:
    """What somebody without mail is given beside the link, which is never on paper: that they have which account."""
    return Letter(
        subject=said("Akun {programme}"),
        to=[person.name, AT_PLACE],
        opening=[said(ACCOUNT)],
        facts=[("Nama pengguna", person.username), ("Alamat situs", settings.SITE_URL)],
        closing=[APART % {"hours": settings.INVITATION_HOURS}, said("Pertanyaan: {contact}.")],
        signer=Signer(title=current().office_head),
    )


def is_invented(person: User) -> bool:
    """Whether somebody works at an invented office: then the letter says so."""
    return person.assignments.filter(agency__is_sample=True).exists()


def account_texts(person: User) -> list[tuple[str, str]]:
    """The same for WhatsApp; nothing for who has signed in before."""
    if why_no_copy(person):
        return []
    return letter_texts([account_letter(person)], is_sample=is_invented(person))


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
