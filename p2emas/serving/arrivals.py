"""When a request reached the server, as against when a thread found time for it.

In the minute before a deadline hundreds of requests wait in a row. ``p2emas.serving.worker`` notes when each one
came in; a deadline that people are measured by is compared with that moment, not with the end of the queue.
"""

import threading
import time
from datetime import datetime, timedelta

from p2emas import clock

LONGEST = 120.0  # seconds; nothing waits longer, since the client has given up

_thread = threading.local()


def note(moment: float | None) -> None:
    """This thread now works on the request that came in at ``moment`` (of ``time.monotonic``)."""
    _thread.moment = moment


def waited() -> timedelta:
    """How long the request of this thread waited in the queue; nothing where nobody noted it."""
    moment = getattr(_thread, "moment", None)
    seconds = 0.0 if moment is None else time.monotonic() - moment
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST))


def arrived() -> datetime:
    """The moment of the business at which the present request reached the server. Ask once, at the start of a view."""
    return clock.now() - waited()
