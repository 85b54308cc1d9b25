"""A real gunicorn on a database of its own, for the drills, the benchmarks and the screenshots.

Its environment is that of a production server on plain HTTP: DEBUG off, TESTING off, no .env.
"""

import http.cookiejar
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

NOT_HANDED_ON = {"TEST_DATABASE_FILE", "EMAIL_URL"}
TIMES = "READ_"  # a test run reads files with more patience than an installation
ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """A database, a media folder and the environment that leads to them; `python` runs code inside."""

    def __init__(self, folder: Path, *, postgres: str = "", name: str = "installation", **environment: str) -> None:
        self.folder = folder
        self.postgres = postgres  # address of a database on a server that lets us make more of them
        self.name = f"{name}_{secrets.token_hex(4)}"
        folder.mkdir(parents=True, exist_ok=True)
        if postgres:
            self.database_url = urllib.parse.urlsplit(postgres)._replace(path=f"/{self.name}").geturl()
        else:
            self.database_url = f"sqlite:///{folder / 'data.sqlite3'}"
        self.environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if key not in NOT_HANDED_ON and not key.startswith(TIMES)
            },
            "DJANGO_SETTINGS_MODULE": "p2emas.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": self.database_url,
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
            "ENV_FILE": os.devnull,
            "DEBUG": "off",
            "TESTING": "off",
            "REQUIRE_HTTPS": "off",
            "REQUIRE_2FA": "off",
            "DEMO_TODAY": "",
            "LOG_LEVEL": "WARNING",
            "GUNICORN_LOG_LEVEL": "warning",
            **environment,
        }

    def prepare(self, *, template: Self | None = None) -> Self:
        """A database with its tables, and collected static files; copied from ``template`` when there is one."""
        if self.postgres:
            extra = f' TEMPLATE "{template.name}"' if template else ""
            self._on_postgres(f'CREATE DATABASE "{self.name}"{extra}')
        if template:
            self.environment["STATIC_ROOT"] = template.environment["STATIC_ROOT"]
            if not self.postgres:
                shutil.copy(template.folder / "data.sqlite3", self.folder / "data.sqlite3")
            if (template.folder / "media").exists():
                shutil.copytree(template.folder / "media", self.folder / "media", dirs_exist_ok=True)
            return self
        self.python("from tests import made\nmade.make()")
        self.manage("migrate", "--verbosity=0")  # nothing to apply; content types and permissions are written
        self.manage("createcachetable")
        self.manage("collectstatic", "--no-input", "--verbosity=0")
        return self

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)[:200]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def python(self, code: str) -> str:
        """Run ``code`` with Django set up on this database; what it prints is returned."""
        return self.manage("shell", "--verbosity=0", "--command", code).strip()

    def ask(self, code: str):
        """Run ``code`` and return the value that it leaves in ``answer``."""
        return json.loads(self.python(f"import json\n{code}\nprint(json.dumps(answer))").splitlines()[-1])

    def session_of(self, username: str) -> str:
        """The session key of a signed-in user, without the form."""
        return self.ask(
            "from django.contrib.auth import get_user_model\nfrom django.test import Client\n"
            f"client = Client()\nclient.force_login(get_user_model().objects.get(username={username!r}))\n"
            "answer = client.cookies['sessionid'].value"
        )

    def remove(self) -> None:
        if self.postgres:
            self._on_postgres(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    def connections(self) -> int:
        """How many use the database; 0 where it is a file."""
        if not self.postgres:
            return 0
        counted = self._on_postgres(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.name}'")
        return counted[0][0]

    def _on_postgres(self, statement: str) -> list[tuple]:
        import psycopg2

        connection = psycopg2.connect(self.postgres)
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
        connection.close()
        return rows


@dataclass
class Server:
    """gunicorn on a free port; use it as a context manager."""

    installation: Installation
    module: str = "p2emas.wsgi"
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, path: str = "/sehat/", seconds: float = 30) -> float:
        """Start and wait for the first answer; returns how long that took."""
        begun = time.monotonic()
        self.log = self.installation.folder / f"gunicorn-{self.port}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self.module],
                cwd=ROOT,
                env={**self.installation.environment, "BIND": f"127.0.0.1:{self.port}", **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while time.monotonic() < begun + seconds:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}{path}", timeout=5):
                    return time.monotonic() - begun
            except urllib.error.HTTPError:
                return time.monotonic() - begun
            except OSError:
                time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"gunicorn did not answer:\n{self.log.read_text()}")

    def stop(self) -> int | None:
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def memory(self) -> list[float]:
        """Resident MiB of each worker."""
        found = []
        for pid in self.workers():
            status = Path(f"/proc/{pid}/status").read_text()
            line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            found.append(int(line.split()[1]) / 1024)
        return found

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()


class Visitor:
    """A small HTTP client with cookies and the CSRF token; an error status is an answer, not an exception."""

    def __init__(self, url: str, *, session: str = "", timeout: float = 30) -> None:
        self.url = url
        self.timeout = timeout
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar), _NoRedirect()
        )
        if session:
            self._add_cookie("sessionid", session)

    def _add_cookie(self, name: str, value: str) -> None:
        self.jar.set_cookie(
            http.cookiejar.Cookie(
                0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None, False, None, None, {}
            )
        )

    def get(self, path: str, **headers: str) -> "Answer":
        return self._send(urllib.request.Request(self._absolute(path), headers=headers))

    def post(
        self, path: str, fields: dict[str, str] | list[tuple[str, str]], files: dict | None = None, **more: str
    ) -> "Answer":
        """``files``: name -> (file name, bytes). The token is a cookie of our own: Django compares the two halves."""
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "")
        if not token:
            token = secrets.token_hex(16)
            self._add_cookie("csrftoken", token)
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        boundary = secrets.token_hex(16)
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in pairs
        )
        for name, (file_name, content) in (files or {}).items():
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
            body += f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "X-CSRFToken": token,
            "Referer": self.url,
            **more,
        }
        return self._send(urllib.request.Request(self._absolute(path), data=body, headers=headers))

    def _absolute(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.url}{path}"

    def _send(self, request: urllib.request.Request) -> "Answer":
        try:
            with self.opener.open(request, timeout=self.timeout) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")
