"""`make run` and `make demo`: prepare what is missing, fill the demo once, print who may sign in, serve.

A second run finds the stamp unchanged and goes straight to gunicorn: it neither migrates nor touches the data.
"""

import argparse
import hashlib
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / "build" / "prepared.stamp"
ENV_FILE = ROOT / ".env"
ENV_TEXT = """\
# Written by `make run` for trying P2-EMAS on this machine. A real installation sets its own: docs/operating.md.
SECRET_KEY={key}
DEBUG=off
DATABASE_URL=sqlite:///p2emas.sqlite3
ALLOWED_HOSTS=localhost,127.0.0.1
REQUIRE_HTTPS=off
REQUIRE_2FA=off
DEMO_TODAY=2019-10-08
"""
PASSWORD = "demo-sintang"
ACCOUNTS = {
    "coordinator": "staf BAPPEDA",
    "coordinator_head": "kepala BAPPEDA",
    "leader": "pimpinan daerah",
    "agency_operator": "Dinas Pertanian dan Perkebunan",
    "agency_operator_2": "Dinas Ketahanan Pangan dan Perikanan",
    "agency_head": "kepala SKPD",
    "district_admin": "Kecamatan Kelam Permai",
    "facilitator": "pendamping masyarakat di Ensaid Panjang",
    "panelist": "anggota panitia",
    "auditor": "Inspektorat",
    "admin": "pengelola sistem",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="throw the demo data away and fill it again")
    parser.add_argument("--prepare-only", action="store_true", help="do not serve")
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.umask(0o027)  # the database holds people, if invented ones only
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # not a line for each photo that is read and each job that ends
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    write_env()
    if options.build:
        prepare()
        return
    if options.reset:
        reset()
        return
    if not options.prepare_only:
        refuse_taken_port(options.port)
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{options.port}")
    prepare_once()
    if not options.prepare_only:
        serve(options.port)


def write_env() -> None:
    """A local .env with a random key and the demo's day, unless the environment or a .env rules already."""
    if ENV_FILE.exists() or os.environ.get("SECRET_KEY"):
        return
    descriptor = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(ENV_TEXT.format(key=secrets.token_urlsafe(50)))
    print("Wrote .env (random SECRET_KEY, demo day 2019-10-08).")


def sqlite_file() -> Path | None:
    from p2emas import settings

    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None


def fingerprint() -> str:
    """Changes when our code, templates, static files, packages or the database's address do."""
    from p2emas import settings

    digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    digest.update((ROOT / "requirements.txt").read_bytes())
    rooms = [f"{room}/**/*.py" for room in ("p2emas", "districts", "facilitators", "programs")]
    watched = [path for pattern in (*rooms, "static/**/*", "templates/**/*.html") for path in ROOT.glob(pattern)]
    for path in sorted(path for path in watched if path.is_file()):
        stat = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare_once() -> None:
    file, mark = sqlite_file(), fingerprint()
    from p2emas import settings

    ready = file is None or file.exists()
    collected = (Path(str(settings.STATIC_ROOT)) / "staticfiles.json").exists()
    if file is not None and ready and collected and STAMP.exists() and STAMP.read_text() == mark:
        return
    if ready:
        build()
    else:
        replace_sqlite(file)
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(mark)


def build(**environment: str) -> None:
    code = subprocess.run(
        [sys.executable, __file__, "--build"], env={**os.environ, **environment}, check=False
    ).returncode
    if code:
        sys.exit(code)


def prepare() -> None:
    """In a process of its own: schema, cache table, static files and, into an empty database, the demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2emas.settings")
    import django
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    django.setup()
    print("Preparing the database ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("rebuild_search", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMO_TODAY and not get_user_model().objects.exists():
        print("Filling the demo ...")
        call_command("load_regions", verbosity=0)
        call_command("demo", verbosity=0)
        from django.db import connection

        connection.cursor().execute("ANALYZE")  # the planner of SQLite has no figures otherwise


def replace_sqlite(file: Path) -> None:
    """Build a whole new database beside the old one, then put it in place.

    A build that fails leaves what was there; SQLite's backup copies in one transaction, so that a server that runs
    meanwhile continues with the new data.
    """
    from p2emas import settings

    media = Path(str(settings.MEDIA_ROOT))
    with tempfile.TemporaryDirectory(prefix=".building-", dir=file.parent) as folder:
        new_file, new_media = Path(folder) / "new.sqlite3", Path(folder) / "media"
        new_media.mkdir()
        build(DATABASE_URL=f"sqlite:///{new_file}", MEDIA_ROOT=str(new_media))
        with sqlite3.connect(new_file) as source, sqlite3.connect(file, timeout=20) as target:
            source.backup(target)
        source.close()
        target.close()
        if media.exists():
            shutil.rmtree(media)
        shutil.move(new_media, media)


def reset() -> None:
    from p2emas import settings

    if not settings.DEMO_TODAY:
        sys.exit("This installation is no demo (DEMO_TODAY is not set): nothing was deleted.")
    file = sqlite_file()
    if file is not None:
        replace_sqlite(file)
    else:
        import psycopg2

        address = settings.DATABASES["default"]
        connection = psycopg2.connect(
            host=address["HOST"],
            port=address["PORT"] or 5432,
            user=address["USER"],
            password=address["PASSWORD"],
            dbname=address["NAME"],
        )
        with connection, connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
        connection.close()
        shutil.rmtree(str(settings.MEDIA_ROOT), ignore_errors=True)
        build()
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(fingerprint())
    print("The demo is as new.")


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={port + 1}")


def serve(port: int) -> None:
    from p2emas import settings

    print(f"\n  P2-EMAS runs on http://127.0.0.1:{port}/  (Ctrl+C stops it)")
    if settings.DEMO_TODAY:
        print(f"  Demo day {settings.DEMO_TODAY}. Sign in at /masuk/, password of every account: {PASSWORD}")
        for name, who in ACCOUNTS.items():
            print(f"    {name:18} {who}")
    print(flush=True)
    os.environ.setdefault("GUNICORN_LOG_LEVEL", "warning")
    os.environ["BIND"] = f"127.0.0.1:{port}"
    # Beside the server: imports and calculations. It ends when the server does.
    subprocess.Popen([sys.executable, str(ROOT / "scripts" / "worker.py")])
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "p2emas.wsgi"])


if __name__ == "__main__":
    main()
