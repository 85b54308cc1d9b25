"""Inviting, assigning, ending. An invitation is a person, an assignment and a letter, or nothing of it."""

from datetime import date

from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction

from p2emas.accounts.models import Agency, Assignment, User
from p2emas.accounts.roles import NEEDS_SECOND_FACTOR
from p2emas.accounts.sign_in.sessions import end_sessions
from p2emas.accounts.sign_in.tokens import invitation_token
from p2emas.naming import said
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import draft_message
from p2emas.workflow.editing import save_edit


class NotPossible(Exception):
    """The message is a sentence for the screen."""


def invite_user(
    *,
    username: str,
    name: str,
    email: str,
    phone: str,
    nip: str,
    agency: Agency,
    role: str,
    valid_from: date,
    valid_until: date | None,
) -> User:
    """A person without a password, the first assignment, and a letter that waits for its release."""
    try:
        with transaction.atomic():
            person = User.objects.create_user(username, name=name, email=email, phone=phone, nip=nip)
            assign(person=person, agency=agency, role=role, valid_from=valid_from, valid_until=valid_until)
            draft_invitation(person)
    except IntegrityError:  # the form looked before; somebody else was faster by a moment
        raise NotPossible("Nama pengguna atau alamat surel ini baru saja dipakai orang lain.") from None
    return person


def assign(*, person: User, agency: Agency, role: str, valid_from: date, valid_until: date | None) -> Assignment:
    """A new row, refused while the same role at the same agency holds on one of those days (a double click, too)."""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        same = person.assignments.overlapping(valid_from, valid_until).filter(agency=agency, role=role)
        if same.exists():
            raise NotPossible("Peran yang sama di perangkat daerah ini masih berlaku pada tanggal itu.")
        if role in NEEDS_SECOND_FACTOR:  # a person who is in by a password alone would be there when the code is set up
            end_sessions(locked)
        return person.assignments.create(agency=agency, role=role, valid_from=valid_from, valid_until=valid_until)


def save_person(form) -> None:
    """Store name and numbers; an address that changes takes the waiting letter along. Raises ``EditConflict``."""
    person: User = form.instance
    with transaction.atomic():
        save_edit(form)
        letter = open_invitation(person)
        if letter and letter.recipient != person.email:
            OutboxMessage.objects.unsent().filter(pk=letter.pk).update(recipient=person.email)


def end_assignment(assignment: Assignment, *, last_day: date, seen: str) -> None:
    """Set the last day. ``seen`` is the last day that the page showed ("" for none)."""
    with transaction.atomic():
        now = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
        if str(now.valid_until or "") != seen:
            raise NotPossible("Penugasan ini sudah diubah orang lain. Periksa tanggalnya, lalu simpan lagi.")
        now.valid_until = last_day
        now.save()


def draft_invitation(person: User, *, is_sample: bool = False) -> OutboxMessage:
    """The letter with the personal link; refused while another one still waits. ``is_sample``: to somebody invented."""
    if not person.is_active or person.has_usable_password():
        raise NotPossible("Orang ini tidak menunggu undangan.")
    if not person.email:
        raise NotPossible("Alamat surel orang ini belum diisi. Isi dahulu lewat “Ubah data”.")
    if open_invitation(person):
        raise NotPossible("Surat undangan yang sebelumnya masih menunggu di surat keluar.")
    body = said(
        "Yth. %(name)s,\n\n{Office} {regency} membuatkan akun {programme} untuk Anda.\n"
        "Nama pengguna: %(username)s\n\n"
        "Buka tautan ini untuk membuat kata sandi. Tautan berlaku %(hours)d jam sejak surat ini dikirim dan hanya "
        "dapat dipakai sekali:\n%(link)s\n\n{Programme} {regency}\n{contact}"
    ) % {
        "name": person.name,
        "username": person.username,
        "hours": settings.INVITATION_HOURS,
        "link": OutboxMessage.LINK_MARK,
    }
    return draft_message(
        kind=OutboxMessage.Kind.INVITATION,
        recipient=person.email,
        subject=said("Undangan akun {programme}"),
        body=f"DATA CONTOH: nama dan isi surat ini rekaan.\n\n{body}" if is_sample else body,
        record=person,
    )


def open_invitation(person: User) -> OutboxMessage | None:
    """The invitation that has not gone out yet."""
    return OutboxMessage.objects.about(person).of_kind(OutboxMessage.Kind.INVITATION).unsent().first()


def was_invited(person: User) -> bool:
    """Whether an invitation has gone out at all: one that was taken back, or never written, has not."""
    return OutboxMessage.objects.about(person).of_kind(OutboxMessage.Kind.INVITATION).sent().exists()


def deactivate(person: User) -> None:
    """No way in any more: sign-in is refused, every open session ends. The history keeps the person."""
    with transaction.atomic():
        _set_active(person, active=False)
        end_sessions(person)


def remove_second_factor(person: User) -> bool:
    """Application and recovery codes; everyone who is signed in as this person is out. False when there was nothing."""
    with transaction.atomic():
        removed, _kinds = Authenticator.objects.filter(user=person).delete()
        if removed:
            end_sessions(person)
    return bool(removed)


def reactivate(person: User) -> None:
    with transaction.atomic():
        _set_active(person, active=True)


def _set_active(person: User, *, active: bool) -> None:
    """Row and history in one order, also when somebody else opens or closes the account at the same moment."""
    stored = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    stored.is_active = person.is_active = active
    stored.save()


def invited_person(uid: str, token: str) -> User | None:
    """The person of a link that still opens something."""
    try:
        person = User.objects.get(pk=url_str_to_user_pk(uid))
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return person if invitation_token.check_token(person, token) else None


def accept_invitation(person: User, *, token: str, password: str) -> bool:
    """Set the first password; of two people with one link only the first gets in."""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if not invitation_token.check_token(locked, token):
            return False
        locked.set_password(password)
        locked.save()
    person.refresh_from_db()
    return True
