"""gunicorn's threaded worker, as gunicorn.conf.py names it: it notes when each request came in, and speaks as we do."""

import socket
import time
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from p2emas.serving import arrivals

SENTENCES = {
    414: "Alamat halaman terlalu panjang. Kembali ke beranda dan buka lagi dari sana.",
    431: "Peramban mengirim kepala permintaan yang terlalu besar. Hapus kuki situs ini, lalu coba lagi.",
    500: "Terjadi gangguan. Coba lagi nanti.",
}
OTHERWISE = "Permintaan tidak dapat dibaca. Buka alamat situs ini lagi dari awal."


class NotingWorker(ThreadWorker):
    def set_accept_enabled(self, enabled: bool) -> None:
        """At the end accept what waits, and close the socket: a later request is refused, not cut off."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            before = -1
            while before != self.nr_conns:
                before = self.nr_conns
                self.accept(listener)
            listener.close()

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


def write_error(sock: socket.socket, status_int: int, reason: str, _message: str) -> None:
    """The answer to what never reached the application: with its headers, and nothing of the request in it."""
    body = f"{SENTENCES.get(status_int, OTHERWISE)}\n".encode()
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\n"
        "Connection: close\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "X-Frame-Options: DENY\r\n\r\n"
    )
    util.write_nonblock(sock, head.encode("ascii") + body)


util.write_error = write_error  # gunicorn has no setting for it
