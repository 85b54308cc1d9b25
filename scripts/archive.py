"""What `make backup` and `make restore` share: where the data lies and how the database's own tools are called."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SQLITE_NAME, POSTGRES_NAME, MANIFEST_NAME, MEDIA_NAME = "database.sqlite3", "database.dump", "manifest.json", "media"
CHUNK = 1024 * 1024
WAIT_SECONDS = 60
APPLIED = "SELECT app, name FROM django_migrations"
Migrations = list[tuple[str, str]]

sys.path.insert(0, str(ROOT))
os.umask(0o027)  # what is written here holds personal data


class ToolFailed(Exception):
    """A tool of PostgreSQL ended with an error: its own words."""


class Place:
    """The database and the private files that the settings name."""

    def __init__(self) -> None:
        from p2emas import settings

        self.database = settings.DATABASES["default"]
        self.media = Path(str(settings.MEDIA_ROOT))
        self.is_sqlite = self.database["ENGINE"].endswith("sqlite3")
        self.member = SQLITE_NAME if self.is_sqlite else POSTGRES_NAME

    @property
    def sqlite_file(self) -> Path:
        return Path(self.database["NAME"])

    def postgres(self, tool: str, *arguments: str) -> str:
        """Run one of PostgreSQL's tools on the database; the password travels in the environment, not in `ps`."""
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"), key=lambda path: float(path.parts[-3]))
        program = str(found[-1]) if found else shutil.which(tool)
        if not program:
            sys.exit(f"{tool} is missing. Install it: apt-get install postgresql-client")
        address = {
            "PGHOST": self.database["HOST"],
            "PGPORT": str(self.database["PORT"] or ""),
            "PGUSER": self.database["USER"],
            "PGPASSWORD": self.database["PASSWORD"],
            "PGDATABASE": self.database["NAME"],
        }
        done = subprocess.run(
            [program, *arguments],
            env=os.environ | {key: value for key, value in address.items() if value},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ToolFailed(f"{tool} failed: {done.stderr.strip()}")
        return done.stdout

    def ask(self, query: str) -> list[list[str]]:
        """The rows of a query on PostgreSQL."""
        return [line.split("\t") for line in self.postgres("psql", "-XAt", "-F", "\t", "-c", query).splitlines()]

    def has_database(self) -> bool:
        if self.is_sqlite:
            return self.sqlite_file.exists() and self.sqlite_file.stat().st_size > 0
        return self.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") != [["0"]]

    def has_files(self) -> bool:
        return self.media.exists() and any(self.media.iterdir())

    def others(self) -> int:
        """Connections of others to the database, where it is a server that knows them."""
        if self.is_sqlite:
            return 0
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(self.ask(query)[0][0])

    def dump(self, target: Path) -> Migrations:
        """One consistent picture of the database, taken while others may write; the migrations applied to it."""
        if not self.is_sqlite:
            self.postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
            exists = self.ask("SELECT to_regclass('public.django_migrations') IS NOT NULL") == [["t"]]
            return [(app, name) for app, name in self.ask(APPLIED)] if exists else []
        if not self.sqlite_file.exists():
            sys.exit(f"There is no database at {self.sqlite_file}; run `make run` once.")
        source = sqlite3.connect(f"file:{self.sqlite_file}?mode=ro", uri=True, timeout=20)
        copy = sqlite3.connect(target)
        source.backup(copy)
        copy.close()
        source.close()
        self.refresh_statistics()
        return sqlite_migrations(target)

    def refresh_statistics(self) -> None:
        """The nightly backup keeps the planner of SQLite informed; PostgreSQL does that by itself."""
        live = sqlite3.connect(self.sqlite_file, timeout=20)
        try:
            live.execute("PRAGMA optimize=0x10002")
        except sqlite3.OperationalError as error:  # somebody writes for long: tomorrow is early enough
            print(f"Statistics were not refreshed ({error}).")
        live.close()


def sqlite_migrations(file: Path) -> Migrations:
    copy = sqlite3.connect(file)
    try:
        return copy.execute(APPLIED).fetchall()
    except sqlite3.OperationalError:  # an empty database
        return []
    finally:
        copy.close()


def release() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
