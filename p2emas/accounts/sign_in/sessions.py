"""Ending sessions. A person's mark goes into the hash of each session: a new mark ends all, known and unknown."""

import secrets

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from p2emas.accounts.models import User


def still_current(person: User) -> bool:
    """Whether nobody ended the person's sessions since this request read them; holds others up until the commit."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk).session_mark == person.session_mark


def end_sessions(person: User) -> None:
    """Every session of ``person``, also one that is just being opened with what was true before."""
    with transaction.atomic():
        person.session_mark = secrets.token_hex(8)
        person.save(update_fields=["session_mark"])
        for session in UserSession.objects.filter(user=person):
            session.end()


def end_other_sessions(request: HttpRequest, person: User) -> None:
    """All but this one, which continues under a new key."""
    here = UserSession.objects.filter(session_key=request.session.session_key)
    kept = here.first()
    here.delete()
    end_sessions(person)
    _go_on(request, person, kept)


def renew_key(request: HttpRequest, person: User) -> None:
    """The session has risen: a key that somebody learnt before is worth nothing."""
    here = UserSession.objects.filter(session_key=request.session.session_key)
    kept = here.first()
    here.delete()
    _go_on(request, person, kept)


def _go_on(request: HttpRequest, person: User, kept: UserSession | None) -> None:
    update_session_auth_hash(request, person)
    if kept is not None:
        kept.pk, kept.session_key = None, request.session.session_key
        kept.save(force_insert=True)
