"""Sign-ins of a standing world, read once and not with each of thousands of requests.

The first request of a person reads session, account and assignments as always; the next ones get a copy of what it
found. What a request changes is read again: all that follows a POST in the same transaction, and a session once saved.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from p2emas.accounts.models import User


class Remembered:
    def __init__(self) -> None:
        self.people: dict[str, User] = {}
        self.sessions: dict[str, dict] = {}
        self.saved: set[str] = set()
        self.changing = False  # something may have been written that is not rolled back yet
        self._get_user, self._load, self._save = auth.get_user, SessionStore.load, SessionStore.save

    def get_user(self, request: HttpRequest):
        key = request.session.session_key
        known = None if self.changing else self.people.get(key)
        self.changing = self.changing or request.method not in {"GET", "HEAD"}
        if known is not None:
            return copy.copy(known)
        user = self._get_user(request)
        if user.is_authenticated and not self.changing:
            user.current_assignments  # noqa: B018 - read now, it goes along with each copy
            self.people[key] = copy.copy(user)
        return user

    def load(self, session: SessionStore) -> dict:
        key = session.session_key
        if self.changing or key in self.saved:
            return self._load(session)
        if key not in self.sessions:
            found = self._load(session)
            if session.session_key is None:  # over, or never there
                return found
            self.sessions[key] = found
        return copy.deepcopy(self.sessions[key])

    def save(self, session: SessionStore, must_create: bool = False) -> None:
        self._save(session, must_create)
        self.saved.add(session.session_key)

    def rolled_back(self) -> None:
        self.saved.clear()
        self.changing = False


_active: list[Remembered] = []


def rolled_back() -> None:
    for memory in _active:
        memory.rolled_back()


@contextmanager
def remembered() -> Iterator[None]:
    memory = Remembered()
    auth.get_user = memory.get_user
    SessionStore.load = lambda session: memory.load(session)  # noqa: PLW0108 - bound to the session
    SessionStore.save = lambda session, must_create=False: memory.save(session, must_create)
    _active.append(memory)
    try:
        yield
    finally:
        _active.remove(memory)
        auth.get_user, SessionStore.load, SessionStore.save = memory._get_user, memory._load, memory._save
