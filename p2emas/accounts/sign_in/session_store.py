"""Sessions end when nobody has used them for hours, and for good after days.

Both ends are in the row's own ``expire_date``, which Django asks for with each request: no further query, and no
writing of the whole session, by which two requests at once would undo each other's changes.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.http import HttpRequest, HttpResponse

from p2emas.accounts.sign_in.real_time import security_now

BORN = "signed_in_at"
BACKGROUND = "background"  # attribute of a view that a page asks for by itself
BY_ITSELF = "otomatis"  # in the address under which a page looks again by itself
STEP = timedelta(minutes=1)  # the end moves once a minute at most


class SessionStore(db.SessionStore):
    expires: datetime | None = None  # as read
    background = False

    def sign_in(self) -> None:
        """From now on the session has an end that nothing moves."""
        self[BORN] = security_now().timestamp()

    def touch(self) -> None:
        """Somebody is there. Sessions without a sign-in keep the end of their last change."""
        if self.expires is None or BORN not in self:
            return
        end = self._end(self[BORN])
        if abs(end - self.expires) >= STEP:
            self.model.objects.filter(session_key=self.session_key).update(expire_date=end)
            self.expires = end

    def create_model_instance(self, data: dict) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        if BORN in data:
            row.expire_date = min(row.expire_date, self._end(data[BORN]))
        if self.background and self.expires is not None:
            row.expire_date = min(row.expire_date, self.expires)
        return row

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.expires = row.expire_date if row else None
        return row

    @staticmethod
    def _end(born: float) -> datetime:
        for_good = datetime.fromtimestamp(born, UTC) + timedelta(days=settings.SESSION_DAYS)
        return min(security_now() + timedelta(hours=settings.SESSION_IDLE_HOURS), for_good)


def store_of(request: HttpRequest) -> SessionStore:
    if not isinstance(request.session, SessionStore):
        raise TypeError("SESSION_ENGINE is not ours")
    return request.session


def background(view: Callable) -> Callable:
    """For what a page asks for by itself: that a browser is open keeps nobody signed in."""
    setattr(view, BACKGROUND, True)
    return view


def looks_again(request: HttpRequest, answer: HttpResponse, seconds: int) -> None:
    """The page asks for itself after ``seconds``: by a header, which works without a script and can be stopped."""
    query = request.GET.copy()
    query[BY_ITSELF] = "1"
    answer["Refresh"] = f"{seconds}; url={request.path}?{query.urlencode()}"


def is_background(request: HttpRequest, view: Callable | None) -> bool:
    """Whether nobody need be there for this request to come."""
    return getattr(view, BACKGROUND, False) or BY_ITSELF in request.GET
