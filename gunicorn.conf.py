"""How P2-EMAS is served: `gunicorn p2emas.wsgi` reads this file from the folder it starts in.

Everything can be set from the environment: BIND, WEB_CONCURRENCY, WEB_THREADS, GRACEFUL_TIMEOUT, MAX_REQUESTS,
GUNICORN_LOG_LEVEL, ACCESS_LOG=on.
"""

import json
import os
from pathlib import Path

from gunicorn.glogging import Logger
from pythonjsonlogger.json import JsonFormatter


def number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


class JsonLogger(Logger):
    """Lines as JSON; in those of the access the request number of the error pages, never a query string or cookie."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:  # starting, stopping, workers that do not answer
            names = "%(asctime)s %(levelname)s %(name)s %(message)s"
            handler.setFormatter(JsonFormatter(names, "%Y-%m-%dT%H:%M:%S%z", static_fields={"request_number": "-"}))

    def access(self, resp, req, environ, request_time) -> None:
        if not self.cfg.accesslog:
            return
        headers = {name.lower(): value for name, value in resp.headers}
        line = {
            "time": self.now(),
            "method": environ.get("REQUEST_METHOD"),
            "path": environ.get("RAW_URI", "").partition("?")[0],
            "status": str(resp.status).split(" ")[0],
            "bytes": getattr(resp, "sent", None),
            "milliseconds": round(request_time.total_seconds() * 1000),
            "address": environ.get("REMOTE_ADDR"),
            "request_number": headers.get("x-request-number", "-"),
        }
        self.access_log.info(json.dumps(line, ensure_ascii=False))


bind = os.environ.get("BIND") or f"127.0.0.1:{number('PORT', 8000)}"
workers = number("WEB_CONCURRENCY", 2)
worker_class = "p2emas.worker.NotingWorker"  # gthread that notes when a request came in
threads = number("WEB_THREADS", 4)
timeout = number("WORKER_TIMEOUT", 60)
graceful_timeout = number("GRACEFUL_TIMEOUT", 30)  # SIGTERM: no new connections, running requests end
keepalive = 5
max_requests = number("MAX_REQUESTS", 5000)  # a slow leak never grows old
max_requests_jitter = max_requests // 10  # ... and the workers do not restart together
if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK):  # noqa: S108 - heartbeat files must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108
control_socket_disable = True
logger_class = JsonLogger
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
accesslog = "-" if os.environ.get("ACCESS_LOG", "").lower() in {"1", "on", "true", "yes"} else None
