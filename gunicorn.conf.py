"""How P2-EMAS is served: `gunicorn p2emas.wsgi` reads this file from the folder it starts in.

The settings stand in p2emas/configuration/declared.py. The master reads them once, and once more at SIGHUP; its
workers get what it has read, so that a file that somebody is editing reaches no worker that happens to start anew.
"""

import gc
import importlib
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from gunicorn.glogging import Logger
from pythonjsonlogger.json import JsonFormatter

from p2emas.configuration import declared as configuration
from p2emas.configuration import kinds as setting_kinds


def accepted() -> tuple[dict, dict[str, str]]:
    """The values, and what the file says; at SIGHUP those of before when a new one cannot be used."""
    before = getattr(configuration, "accepted", None)
    if before is None:
        value = configuration.load()  # or ends with status 78 and one line
    else:
        for module in (setting_kinds, configuration):  # the code may be a newer one too
            importlib.reload(module)
        try:
            value = configuration.read_settings(os.environ)
        except configuration.Wrong as wrong:
            line = {"levelname": "ERROR", "name": "p2emas", "message": f"{wrong} Pengaturan yang lama tetap dipakai."}
            sys.stderr.write(f"{json.dumps(line, ensure_ascii=False)}\n")
            return before
    configuration.accepted = value, configuration.in_file(os.environ)
    return configuration.accepted


value, in_file = accepted()


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
        from p2emas.accounts.sign_in.addresses import address_behind  # in the worker: the master would keep old code
        from p2emas.serving.log_lines import without_secrets

        headers = {name.lower(): value for name, value in resp.headers}
        line = {
            "time": self.now(),
            "method": environ.get("REQUEST_METHOD"),
            "path": without_secrets(environ.get("RAW_URI", "").partition("?")[0]),
            "status": str(resp.status).split(" ")[0],
            "bytes": getattr(resp, "sent", None),
            "milliseconds": round(request_time.total_seconds() * 1000),
            "address": address_behind(
                value["TRUSTED_PROXIES"], environ.get("HTTP_X_FORWARDED_FOR", ""), environ.get("REMOTE_ADDR", "")
            ),
            "request_number": headers.get("x-request-number", "-"),
        }
        self.access_log.info(json.dumps(line, ensure_ascii=False))


# The environment wins over the file, here too; /dev/null: a worker reads no file of its own.
raw_env = [f"{name}={text}" for name, text in {**in_file, **os.environ}.items() if name in in_file]
raw_env.append(f"ENV_FILE={os.devnull}")
bind = value["BIND"] or f"127.0.0.1:{value['PORT']}"
workers = value["WEB_CONCURRENCY"]
worker_class = "p2emas.serving.worker.NotingWorker"  # gthread that notes when a request came in
threads = value["WEB_THREADS"]
timeout = value["WORKER_TIMEOUT"]
graceful_timeout = value["GRACEFUL_TIMEOUT"]  # SIGTERM: no new connections, running requests end
keepalive = 5
max_requests = value["MAX_REQUESTS"]  # a slow leak never grows old
max_requests_jitter = max_requests // 10  # ... and the workers do not restart together
if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK):  # noqa: S108 - heartbeat files must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108
control_socket_disable = True
logger_class = JsonLogger
loglevel = value["GUNICORN_LOG_LEVEL"].lower()
accesslog = "-" if value["ACCESS_LOG"] else None


def post_worker_init(worker) -> None:
    """What is loaded stays: the collector need not look through it again while a large page is made.

    A page of three hundred lines makes fifty thousand objects, which counting references frees when it is sent.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
