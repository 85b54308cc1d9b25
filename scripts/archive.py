"""What `make backup` and `make restore` share: where the data lies and how the database's own tools are called."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SQLITE_NAME, POSTGRES_NAME, MANIFEST_NAME, MEDIA_NAME = "database.sqlite3", "database.dump", "manifest.json", "media"
CHUNK = 1024 * 1024


class Place:
    """The database and the private files that the settings name."""

    def __init__(self) -> None:
        sys.path.insert(0, str(ROOT))
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
            sys.exit(f"{tool} failed: {done.stderr.strip()}")
        return done.stdout

    def holds_data(self) -> list[str]:
        """What a restore would overwrite, in words."""
        found = []
        if self.is_sqlite:
            if self.sqlite_file.exists() and self.sqlite_file.stat().st_size:
                found.append(f"the database {self.sqlite_file}")
        elif int(self.postgres("psql", "-Atc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")):
            found.append(f"the database {self.database['NAME']} on {self.database['HOST'] or 'this machine'}")
        if self.media.exists() and any(self.media.iterdir()):
            found.append(f"the files in {self.media}")
        return found

    def dump(self, target: Path) -> None:
        """One consistent picture of the database, taken while others may write."""
        if not self.is_sqlite:
            self.postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
            return
        if not self.sqlite_file.exists():
            sys.exit(f"There is no database at {self.sqlite_file}; run `make run` once.")
        source = sqlite3.connect(f"file:{self.sqlite_file}?mode=ro", uri=True, timeout=20)
        copy = sqlite3.connect(target)
        source.backup(copy)
        copy.close()
        source.close()
        self.refresh_statistics()

    def refresh_statistics(self) -> None:
        """The nightly backup keeps the planner of SQLite informed; PostgreSQL does that by itself."""
        live = sqlite3.connect(self.sqlite_file, timeout=20)
        try:
            live.execute("PRAGMA optimize=0x10002")
        except sqlite3.OperationalError as error:  # somebody writes for long: tomorrow is early enough
            print(f"Statistics were not refreshed ({error}).")
        live.close()

    def load(self, dump: Path) -> None:
        """Put the dump in the place of the database."""
        if not self.is_sqlite:
            self.postgres(
                "psql", "-v", "ON_ERROR_STOP=1", "-qc", "DROP SCHEMA public CASCADE", "-c", "CREATE SCHEMA public"
            )
            self.postgres(
                "pg_restore",
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                f"--dbname={self.database['NAME']}",
                str(dump),
            )
            return
        check = sqlite3.connect(dump)
        (verdict,) = check.execute("PRAGMA integrity_check").fetchone()
        check.close()
        if verdict != "ok":
            sys.exit(f"The database in the archive is damaged ({verdict}); nothing was changed.")
        for suffix in ("-journal", "-wal", "-shm"):
            Path(f"{self.sqlite_file}{suffix}").unlink(missing_ok=True)
        self.sqlite_file.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(dump, self.sqlite_file)


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
