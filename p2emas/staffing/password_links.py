"""A head lets somebody in again: a letter with a link to a new password, which gives the browser its own counter."""

from datetime import timedelta

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import AccountTrace, sent_link
from p2emas.naming import said
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import send_at_once
from p2emas.staffing.services import NotPossible

PAUSE = timedelta(minutes=5)  # a second click, or a second head, sends no second letter


def why_no_link(person: User) -> str:
    """The sentence that says why none is sent; empty when one may be."""
    if not person.is_active:
        return "Akun ini tidak aktif. Aktifkan lagi dahulu."
    if not person.has_usable_password():
        return "Orang ini belum membuat kata sandi. Pakai “Undang lagi”."
    if not person.email:
        return "Alamat surel orang ini belum diisi. Isi dahulu lewat “Ubah data”."
    if AccountTrace.objects.links_to(person, within=PAUSE).exists():
        return "Tautan baru saja dikirim. Tunggu lima menit sebelum mengirim lagi."
    return ""


def send_password_link(*, person: User, actor: User) -> OutboxMessage:
    """Letter and trace together; it goes out at once, because somebody cannot sign in."""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if refusal := why_no_link(locked):
            raise NotPossible(refusal)
        assert locked.email is not None  # why_no_link refuses who has none
        sent_link(actor, to=locked)
        return send_at_once(
            kind=OutboxMessage.Kind.PASSWORD_RESET,
            recipient=locked.email,
            subject=said("Kata sandi baru untuk {programme}"),
            body=_words(locked),
            record=locked,
            released_by=actor,
        )


def _words(person: User) -> str:
    letter = (
        "Yth. %(name)s,\n\n{Office} {regency} mengirim tautan ini supaya Anda dapat masuk lagi ke {programme}.\n"
        "Nama pengguna: %(username)s\n\n"
        "Buka tautan ini untuk membuat kata sandi baru. Tautan berlaku 1 jam dan hanya dapat dipakai sekali:\n"
        "%(link)s\n\n"
        "Bila Anda tidak memintanya, abaikan surat ini; kata sandi Anda tidak berubah.\n\n"
        "{Programme} {regency}\n{contact}"
    )
    return said(letter) % {"name": person.name, "username": person.username, "link": OutboxMessage.LINK_MARK}
