"""Erasing what is known of an applicant, wherever it was written. Number, states and scores stay: they name nobody."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import ApplicationFile, PersonalDataAccess
from facilitators.recruitment.apply.space import erase_draft
from facilitators.recruitment.panel.conflict_records import ConflictOfInterest, WithdrawnConflict
from facilitators.recruitment.panel.corrections import ScoreCorrection
from facilitators.recruitment.panel.models import ScoreSheet, TestScore
from facilitators.recruitment.result.people import Facilitator, Objection
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.drafts.models import FormDraft
from p2emas.imports.erasing import blank_rows
from p2emas.imports.models import ImportFile, ImportRow
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import blank_letters
from p2emas.workflow.models import StatusChange, StepNotAllowed

GONE = "(dihapus)"  # where a constraint wants a text
BLANK: dict[str, Any] = {
    "name": "",
    "phone": "",
    "email": "",
    "nik_sealed": "",
    "nik_fingerprint": "",
    "nik_last4": "",
    "birth_date": None,
    "address": "",
    "home_village": None,
    "home_district": None,
    "education": "",
    "school": "",
    "major": "",
    "graduated": None,
    "languages": "",
    "experience": "",
    "motivation": "",
    "anywhere": False,
    "knows_age": False,
    "knows_education": False,
    "choice_reason": "",
    "client_token": None,
}
# Tables in which something was erased; ``compact`` clears what their files still hold of it.
WRITTEN: tuple[type[models.Model], ...] = (
    Application,
    ApplicationFile,
    Application.skills.through,
    StatusChange,
    ScoreSheet,
    ScoreCorrection,
    ConflictOfInterest,
    WithdrawnConflict,
    Objection,
    PersonalDataAccess,
    Facilitator,
    Facilitator.history.model,
    Facilitator.skills.through,
    User,
    User.history.model,
    OutboxMessage,
    ImportRow,
    ImportFile,
    EmailAddress,
    Authenticator,
    UserSession,
    AccountTrace,
    Session,
    LogEntry,
)


def erase_application(
    *, application: Application, reason: str, actor: User | None = None, withdraws: bool = True
) -> None:
    """Blank every field of the data map that is erased, in all tables, histories and files.

    An application that is still judged is withdrawn first, unless nobody asked (``withdraws``: retention speaks for
    no applicant). Raises ``StepNotAllowed`` while the person works. A second call changes nothing.

    ``actor`` is None for a command. The caller runs ``p2emas.privacy.compacting.compact(WRITTEN)`` after the commit.
    """
    with transaction.atomic():
        row = Application.objects.select_for_update(no_key=True).select_related("round").get(pk=application.pk)
        if row.erased_at:
            return
        person = Facilitator.objects.filter(application=row).first()
        _refuse_while_working(person)
        if withdraws and row.status in Application.WITHDRAWABLE and not Facilitator.objects.who_worked(row):
            row.take_step("withdraw", seen=row.status, actor=None)
        _erase_elsewhere(row)
        _erase_parts(row)
        if person:
            _erase_person(person, row)
        Application.objects.filter(pk=row.pk).update(**BLANK, erased_at=clock.now(), version=models.F("version") + 1)
        row.skills.clear()
        PersonalDataAccess.objects.create(
            application=row, user=actor, field=PersonalDataAccess.Field.ERASURE, reason=reason[:300]
        )
    application.refresh_from_db()


@erase_draft.provide
def erase_forgotten(draft: Application) -> None:
    """A draft that nobody put a name to goes while storage is short."""
    erase_application(application=draft, reason="Ruang simpan hampir penuh", withdraws=False)


def _refuse_while_working(person: Facilitator | None) -> None:
    if person and person.placements.open(clock.today()).exists():
        raise StepNotAllowed(
            "Orang ini masih bertugas sebagai pendamping. Akhiri penempatannya dulu, baru hapus datanya."
        )


def _erase_parts(row: Application) -> None:
    for stored in row.files.all():
        stored.delete()  # with its file and thumbnail, once committed
    _changes_of(row).exclude(note="").update(note="")
    row.sheets.exclude(note="").update(note="")
    ScoreCorrection.objects.filter(score__sheet__application=row).exclude(reason="").update(reason="")
    row.conflicts.exclude(reason="").update(reason="")
    row.withdrawn_conflicts.update(reason="", why="")
    for objection in row.objections.all():
        _changes_of(objection).exclude(note="").update(note="")
    row.objections.update(sender=GONE, text=GONE)
    row.objections.exclude(answer="").update(answer=GONE)
    row.accesses.exclude(detail="").update(detail="")
    row.accesses.exclude(reason="").update(reason=GONE)


def _changes_of(record: models.Model) -> models.QuerySet:
    kind = ContentType.objects.get_for_model(type(record))
    return StatusChange.objects.filter(content_type=kind, object_id=record.pk)


def _erase_elsewhere(row: Application) -> None:
    """Letters, imported tables, sessions, and the back office's log."""
    letters = OutboxMessage.objects.about(row)
    if row.email:
        letters = letters | OutboxMessage.objects.filter(recipient__iexact=row.email)
    blank_letters(letters, gone=GONE)
    words = {word for word in (row.number, row.name, row.phone, row.email) if word}
    blank_rows({Application, TestScore, Facilitator, User}, words, key=row.number or GONE)
    _end_sessions("lamaran", row.pk)
    _blank_log(row)


def _blank_log(record: models.Model) -> None:
    kind = ContentType.objects.get_for_model(type(record))
    LogEntry.objects.filter(content_type=kind, object_id=str(record.pk)).update(object_repr=GONE, change_message="")


def _erase_person(person: Facilitator, row: Application) -> None:
    """The facilitator of days gone by keeps contract, training and placements under the number of the application.

    An account stays, switched off and under neutral words: the history still says which account did what.
    """
    person.name = row.number
    person.phone = person.office_phone = person.email = person.languages = ""
    person.home_village = person.home_district = None
    person.save()
    person.skills.clear()
    person.history.exclude(office_phone="").update(office_phone="")
    _blank_log(person)
    if person.user:
        _close_account(person.user, row.number)


def _close_account(user: User, number: str) -> None:
    """Whether or not anybody ever signed in with it: the words of a person become those of a role and a number."""
    letters = OutboxMessage.objects.about(user)
    if user.email:
        letters = letters | OutboxMessage.objects.filter(recipient__iexact=user.email)
    blank_letters(letters, gone=GONE)
    neutral = {
        "name": f"Pendamping {number}",
        "username": _free_username(user),
        "phone": "",
        "email": None,
        "nip": "",
    }
    for name, value in neutral.items():
        setattr(user, name, value)
    user.is_active = False
    user.set_unusable_password()
    user.save()
    user.history.update(**neutral)
    _blank_log(user)
    for model in (EmailAddress, Authenticator, UserSession):
        model.objects.filter(user=user).delete()
    AccountTrace.objects.filter(user=user).forget_where()
    FormDraft.objects.for_user(user).delete()
    _end_sessions("_auth_user_id", str(user.pk))


def _free_username(user: User) -> str:
    """By the number of the account: that of an application may come again in another round."""
    base = f"pendamping-{user.pk}"
    others = User.objects.exclude(pk=user.pk)
    names = (base, *(f"{base}-{n}" for n in range(2, 100)))
    return next(name for name in names if not others.filter(username__iexact=name).exists())


def _end_sessions(key: str, value: object) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get(key) == value:
            session.delete()


def expired(now: datetime) -> list[Application]:
    """Applications whose time is over: not accepted or gone before the work, RETENTION_DAYS after the announcement or
    the cancellation; drafts, DRAFT_RETENTION_DAYS after the closing. A draft of a round that was cancelled counts from
    then."""
    gone = (Application.Status.WITHDRAWN, Application.Status.DROPPED)
    left = models.Q(status__in=gone, facilitator__placements=None, facilitator__contracts=None)
    kept = Application.objects.filter(models.Q(facilitator=None) | left, erased_at=None)
    over = now - timedelta(days=settings.RETENTION_DAYS)
    announced = models.Q(round__announced_at__lte=over) & ~models.Q(status=Application.Status.ACCEPTED)
    rounds = _cancelled_by(over)
    drafts = models.Q(
        status=Application.Status.DRAFT,
        round__closes_at__lte=now - timedelta(days=settings.DRAFT_RETENTION_DAYS),
    )
    return list(kept.filter(announced | models.Q(round__in=rounds) | drafts).select_related("round").order_by("pk"))


def _cancelled_by(moment: datetime) -> Iterable[int]:
    kind = ContentType.objects.get_for_model(RecruitmentRound)
    return list(
        StatusChange.objects.filter(content_type=kind, step="cancel", at__lte=moment).values_list(
            "object_id", flat=True
        )
    )
