"""A small mail server on a port of its own that keeps what it gets."""

import socketserver
import threading
from contextlib import contextmanager


class _Dialogue(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 continue")
                lines = []
                while (data := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(data)
                self.server.mails.append(b"".join(lines).decode())
                if self.server.silent:
                    return
                self.say("250 taken")
            elif verb == b"RCPT" and any(word.encode() in line for word in self.server.refused):
                self.say("550 nobody here")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.mails: list[str] = []
        self.refused: list[str] = []
        self.silent = False  # takes a letter and ends without a word
        super().__init__(("127.0.0.1", port), _Dialogue)


@contextmanager
def running(port: int = 0):
    sink = Sink(port)
    thread = threading.Thread(target=sink.serve_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.shutdown()
        sink.server_close()
        thread.join()
