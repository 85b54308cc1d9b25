"""gunicorn's threaded worker that notes when each request came in; gunicorn.conf.py names it."""

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from p2emas import arrivals


class NotingWorker(ThreadWorker):
    def enqueue_req(self, conn: Any) -> None:
        """The main thread has a readable or new connection, and puts it into the row for a thread."""
        conn.came_in = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        arrivals.note(conn.came_in)
        try:
            return super().handle(conn)
        finally:
            arrivals.note(None)
