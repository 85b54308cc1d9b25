"""Every setting of P2-EMAS by name: what it may be, what it is when nothing is said, and what it means.

A new setting is a row of ``SETTINGS``; ``settings.py`` and ``gunicorn.conf.py`` take it from ``load()``. A wrong value
or an unknown name in the file ends the program with status 78 and one line. What only run time shows (whether a folder
can be written, whether a server answers) is for ``/siap/``. ``python -m p2emas.configuration.declared`` prints the
table of docs/settings.md, which a test compares.
"""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from p2emas.configuration import kinds
from p2emas.configuration.kinds import ROOT, SWITCH, TEXT, Kind, integer, one_of, seconds

Values = dict[str, Any]
WRONG = 78  # EX_CONFIG of sysexits.h: a service manager that knows it does not start again and again
MEGABYTE = 1024 * 1024
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
IMMEDIATE, QUEUED = "django_tasks.backends.immediate.ImmediateBackend", "django_tasks_db.DatabaseBackend"


class Wrong(Exception):
    """A setting that cannot be used: one sentence that names it."""


@dataclass(frozen=True)
class Setting:
    name: str
    kind: Kind
    default: Any  # a value, a text that is read like a given one, or a function of what was read before
    meaning: str
    shown: str = ""  # the default in words, where the value does not say it
    secret: bool = False  # its value is never printed
    environment_only: bool = False  # decides how the file is read, so it cannot be in it


def _database_of_a_trial(values: Values) -> Any:
    if not (values["DEMO_TODAY"] or values["TESTING"]):
        raise Wrong(
            "DATABASE_URL belum diisi. Isi alamat basis datanya: postgres://PENGGUNA:SANDI@HOST:5432/NAMA "
            "atau sqlite:////jalur/ke/berkas.sqlite3."
        )
    return kinds.DATABASE.read("sqlite:///p2emas.sqlite3")


def _no_key(_values: Values) -> NoReturn:
    raise Wrong(
        "SECRET_KEY belum diisi. Isi variabel SECRET_KEY dengan teks acak yang panjang, "
        "atau jalankan `make run` yang menuliskannya ke berkas .env untuk mencoba."
    )


# fmt: off
SETTINGS = (
    Setting("TESTING", SWITCH, False, "only the tests set it", environment_only=True),
    Setting("TEST_DATABASE_FILE", TEXT, "", "only the tests set it", environment_only=True),
    Setting("ENV_FILE", TEXT, str(ROOT / ".env"), "where the settings are read from", "`.env` beside `manage.py`",
            environment_only=True),
    Setting("SECRET_KEY", kinds.SECRET, _no_key, "signs sessions and links", "none: refuses to start", secret=True),
    Setting("SECRET_KEY_FALLBACKS", kinds.SECRETS, [], "former keys: what they signed still holds while a new key "
            "takes over", "empty", secret=True),
    Setting("PERSONAL_DATA_KEYS", kinds.SECRETS, lambda values: [values["SECRET_KEY"], *values["SECRET_KEY_FALLBACKS"]],
            "secrets that seal NIK, the newest first", "`SECRET_KEY`", secret=True),
    Setting("DEBUG", SWITCH, False, "never on in production"),
    Setting("DEMO_TODAY", kinds.DAY, "", "fixes the business day; only for the demo", "empty"),
    Setting("ALLOWED_HOSTS", kinds.HOSTS, ["localhost", "127.0.0.1"], "host names that are answered; `*` only in the "
            "demo", "localhost,127.0.0.1"),
    Setting("CSRF_TRUSTED_ORIGINS", kinds.ORIGINS, [], "further origins that may post forms (rarely needed)", "empty"),
    Setting("SITE_URL", kinds.WEB, "http://127.0.0.1:8000", "address in letters and on receipts"),
    Setting("REQUIRE_HTTPS", SWITCH, lambda values: not values["DEBUG"], "redirect to HTTPS, secure cookies, HSTS for "
            "a year with subdomains", "on unless DEBUG"),
    Setting("REQUIRE_2FA", SWITCH, True, "coordinators and superusers need a second factor"),
    Setting("SESSION_IDLE_HOURS", integer(1, 72), 12, "hours without a request after which somebody is signed out"),
    Setting("SESSION_DAYS", integer(1, 30), 7, "days after which a sign-in ends in any case"),
    Setting("PASSWORD_AGAIN_MINUTES", integer(1, 60), 5, "minutes for which a password counts before a decree is put "
            "in force, a NIK opened or personal data exported"),
    Setting("NIK_OPENINGS_PER_HOUR", integer(1, 500), 30, "NIK that one person opens in an hour, unless a head allows "
            "a round more"),
    Setting("TRUSTED_PROXIES", integer(0, 10), 0, "reverse proxies in front that append to X-Forwarded-For; with 0 the "
            "header is ignored"),
    Setting("DATABASE_URL", kinds.DATABASE, _database_of_a_trial, "the database", "none: refuses to start (the demo: "
            "SQLite beside `manage.py`)", secret=True),
    Setting("CONN_MAX_AGE", integer(0, 86_400), 600, "seconds a database connection is kept"),
    Setting("REDIS_URL", kinds.REDIS, "", "shared cache", "empty: a database table", secret=True),
    Setting("EMAIL_URL", kinds.MAIL, "consolemail://", "how letters leave", "consolemail:// (prints)", secret=True),
    Setting("DEFAULT_FROM_EMAIL", kinds.SENDER, "tidak-dibalas@localhost", "address of the sender of all letters; "
            "its name is set at /identitas/"),
    Setting("STATIC_ROOT", kinds.FOLDER, "staticfiles", "collected static files", "`staticfiles/`"),
    Setting("MEDIA_ROOT", kinds.FOLDER, "media", "private uploads", "`media/`"),
    Setting("UPLOAD_MAX_BYTES", integer(100_000, 50 * MEGABYTE), 15 * MEGABYTE, "one file", "15 MB"),
    Setting("UPLOAD_MAX_FILES", integer(1, 200), 30, "files of one record"),
    Setting("VISITS_A_MONTH", integer(0, 31), 1, "visits that a village with a facilitator expects in a month; 0 "
            "expects none"),
    Setting("READ_PHOTO_SECONDS", seconds(0.1, 600), 2.5, "a photo may take to be read in a request"),
    Setting("READ_PDF_SECONDS", seconds(0.1, 600), 2.5, "a PDF"),
    Setting("READ_SHEET_SECONDS", seconds(0.1, 600), 3.0, "a table (xlsx, ods, csv)"),
    Setting("READ_TEMPLATE_SECONDS", seconds(0.1, 600), 3.0, "a Word template"),
    Setting("READ_JOB_SECONDS", seconds(1, 3600), 60.0, "any file in a job"),
    Setting("JOB_SECONDS", seconds(1, 86400), 300.0, "a job may take in all; then it is ended with a sentence"),
    Setting("JOBS_AT_ONCE", integer(1, 16), 2, "jobs that run at the same time, each in a process of its own"),
    Setting("READ_MEMORY_MB", integer(128, 8192), 768, "memory of the process that reads a file"),
    Setting("READ_WAIT_SECONDS", seconds(0.1, 50), 15.0, "a request waits for the turn of its files"),
    Setting("STRANGERS_REFUSED_FILES", integer(1, 1000), 5, "refused files after which a network of strangers waits"),
    Setting("STRANGERS_REFUSED_MINUTES", integer(1, 1440), 10, "for which refused files of a network count"),
    Setting("DRAFT_MAX_FILES", integer(1, 200), 12, "files of an application that is not sent yet"),
    Setting("DRAFT_MAX_BYTES", integer(1 * MEGABYTE, 1000 * MEGABYTE), 20 * MEGABYTE, "all of them together", "20 MB"),
    Setting("DRAFTS_A_DAY", integer(1, 100_000), 200, "applications that one network (/24 or /48) may begin in a day"),
    Setting("DRAFT_BYTES_A_DAY", integer(1 * MEGABYTE, 100_000 * MEGABYTE), 300 * MEGABYTE,
            "files that one network may send in a day", "300 MB"),
    Setting("STORAGE_RESERVE_MB", integer(0, 1_000_000), 1024, "free space of MEDIA_ROOT below which no application is "
            "begun; those that have begun continue"),
    Setting("TASKS_BACKEND", one_of(QUEUED, IMMEDIATE), lambda values: IMMEDIATE if values["TESTING"] else QUEUED,
            "who does jobs; the immediate backend does them within the request (no worker needed, slow uploads)",
            f"`{QUEUED}`"),
    Setting("LOG_LEVEL", one_of(*LEVELS), lambda values: "WARNING" if values["TESTING"] else "INFO", "of the JSON log",
            "INFO"),
    *(Setting(name, TEXT, "", "fills the identity once; afterwards without effect: see /identitas/", "empty")
      for name in ("REGENCY_NAME", "PROVINCE_NAME", "CONTACT_LINE", "LEAD_AGENCY_CODE")),
    Setting("REPORT_WORKING_DAYS", integer(1, 60), 5, "working days from the quarter's end to a report's due date"),
    Setting("VERIFY_WORKING_DAYS", integer(1, 90), 10, "working days from the quarter's end to the decision on a "
            "report"),
    Setting("FINDING_MONEY_AHEAD_POINTS", integer(0, 100), 20, "points by which money may be ahead of the work before "
            "a report gets a finding"),
    Setting("FINDING_PHYSICAL_JUMP_POINTS", integer(0, 100), 40, "points that work may gain in a quarter without one"),
    Setting("FINDING_TREASURY_RUPIAH", integer(0, 10**12), 1000, "rupiah by which the reported money of an activity "
            "may differ from its SP2D without a finding"),
    Setting("FINDING_WORK_AHEAD_POINTS", integer(0, 100), 25, "points by which work may be ahead of its output"),
    Setting("FINDING_OVER_TARGET_PERCENT", integer(100, 10_000), 150, "percent of its target that an indicator may "
            "reach without one"),
    Setting("FINDING_VISIT_DAYS", integer(0, 92), 45, "days before the quarter's end from which a visit that found "
            "nothing begun is held against its report"),
    Setting("FINDING_VISIT_PHYSICAL_PERCENT", integer(0, 100), 5, "percent of work that a report may state beside such "
            "a visit without a finding"),
    Setting("FOCUS_TARGET_PERCENT", integer(0, 100), 80, "target for money in target villages on the core competency"),
    Setting("LEDGER_BEHIND_POINTS", integer(0, 100), 10, "points below the target of its quarter up to which the money "
            "and the work of a village are as planned"),
    Setting("WELFARE_RISE_PERCENT", integer(0, 1000), 10, "percent since its baseline by which a measure of welfare "
            "has to improve; below it is flat"),
    Setting("SMALLEST_SHOWN_GROUP", integer(1, 100), 5, "persons below which a figure of results that counts persons "
            "is not shown"),
    Setting("COMPARISON_NEIGHBOUR_KM", integer(0, 200), 10, "kilometres between the points of two villages up to which "
            "they are neighbours and no comparison for each other"),
    Setting("READINESS_NEEDED", integer(1, 6), 5, "criteria of six that a village meets to be ready to be passed on; "
            "output and records are among them"),
    Setting("READINESS_OUTPUT_PERCENT", integer(1, 1000), 100, "percent of what was planned by a quarter that each "
            "output has to reach"),
    Setting("READINESS_QUARTERS", integer(1, 4), 2, "quarters running in which it has to"),
    Setting("READINESS_AID_PERCENT", integer(0, 100), 80, "percent of the aid that has to be alive or in use at 12 "
            "months"),
    Setting("READINESS_SALES_MONTHS", integer(1, 12), 6, "months of the last 12 in which something is sold outside the "
            "village"),
    *(Setting(f"REPLICATION_{part}_POINTS", integer(0, 100), points, f"points of a receiving village for {words}")
      for part, points, words in (("POTENTIAL", 40, "the activity that exists"), ("COMPETENCY", 25, "the competency in "
                                  "force there"), ("DISTANCE", 15, "how near it is"), ("CAPACITY", 20, "its groups"))),
    Setting("REPLICATION_FULL_MEMBERS", integer(1, 10_000), 20, "active members that give all points of potential"),
    Setting("REPLICATION_FAR_KM", integer(1, 20_000), 60, "kilometres between the centres of two kecamatan from which "
            "on there are no points for distance"),
    Setting("REPLICATION_FITS", integer(0, 100), 60, "points from which on a village fits"),
    Setting("RETENTION_DAYS", integer(1, 3650), 365, "days until personal data of applicants who were not accepted is "
            "erased"),
    Setting("DRAFT_RETENTION_DAYS", integer(1, 3650), 30, "days until drafts of applications are erased"),
    Setting("BACKUP_DAYS", integer(1, 3650), 90, "how long the office keeps backups, as `/privasi/` says"),
    Setting("FACILITATOR_VILLAGE_CAP", integer(1, 50), 1, "villages that one facilitator looks after at a time"),
    Setting("BIND", kinds.BIND, lambda values: "", "address that gunicorn listens on", "127.0.0.1 and PORT"),
    Setting("PORT", integer(1, 65_535), 8000, "port of gunicorn on 127.0.0.1 when BIND is not set"),
    Setting("WEB_CONCURRENCY", integer(1, 64), 2, "processes of gunicorn"),
    Setting("WEB_THREADS", integer(1, 64), 4, "threads of each process"),
    Setting("WORKER_TIMEOUT", integer(5, 600), 60, "seconds after which a process that does not answer is replaced"),
    Setting("GRACEFUL_TIMEOUT", integer(1, 600), 30, "seconds that running requests get to end"),
    Setting("MAX_REQUESTS", integer(0, 10_000_000), 5000, "requests after which a process is replaced; 0: never"),
    Setting("GUNICORN_LOG_LEVEL", one_of(*LEVELS), "INFO", "of gunicorn's own lines"),
    Setting("ACCESS_LOG", SWITCH, False, "a JSON line for each request"),
)
# fmt: on
BY_NAME = {setting.name: setting for setting in SETTINGS}


def load() -> Values:
    """The settings of this process; ends it when one of them cannot be used."""
    try:
        return read_settings(os.environ)
    except Wrong as wrong:
        sys.stderr.write(f"P2-EMAS: {wrong}\n")
        raise SystemExit(WRONG) from None


def read_settings(environment: Mapping[str, str]) -> Values:
    """Every value by its name. The environment wins over the file. Raises ``Wrong``."""
    for name in environment:
        if name not in BY_NAME and (meant := _near(name)):
            raise Wrong(f"variabel lingkungan {name} tidak dikenal. Maksudnya {meant}?")
    texts = {**in_file(environment), **{name: environment[name] for name in BY_NAME if name in environment}}
    values: Values = {}
    for setting in SETTINGS:
        values[setting.name] = _value(setting, texts.get(setting.name, "").strip(), values)
    _judge_together(values)
    return values


def _value(setting: Setting, text: str, values: Values) -> Any:
    default = setting.default
    if not text and (not isinstance(default, str) or not default):
        return default(values) if callable(default) else default
    try:
        return setting.kind.read(text or default)
    except ValueError as error:
        shown = "" if setting.secret else f"={text}"
        raise Wrong(f"{setting.name}{shown} tidak dapat dipakai: {error}") from None


def _judge_together(values: Values) -> None:
    if "*" in values["ALLOWED_HOSTS"] and not (values["DEBUG"] or values["DEMO_TODAY"] or values["TESTING"]):
        raise Wrong("ALLOWED_HOSTS=* tidak dapat dipakai: sebutkan nama host situs ini, misalnya emas.example.go.id.")


def in_file(environment: Mapping[str, str]) -> dict[str, str]:
    """What the file of settings says, by name; nothing in tests, which must not see a developer's file."""
    if _value(BY_NAME["TESTING"], environment.get("TESTING", "").strip(), {}):
        return {}
    path = Path(environment.get("ENV_FILE") or BY_NAME["ENV_FILE"].default)
    if not path.exists():
        if environment.get("ENV_FILE"):
            raise Wrong(f"ENV_FILE={path} tidak dapat dipakai: berkasnya tidak ada.")
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{path} tidak dapat dibaca ({type(error).__name__}). Periksa pemilik, izin, dan isinya.") from None
    found: dict[str, str] = {}
    for number_of_line, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            name, text = _line(line.strip(), f"{path}, baris {number_of_line}")
            if name in found:
                raise Wrong(f"{path}, baris {number_of_line}: {name} sudah ditulis di atasnya. Hapus salah satu.")
            found[name] = text
    return found


def _line(line: str, where: str) -> tuple[str, str]:
    parts = re.fullmatch(r"(?:export\s+)?([A-Za-z_][A-Za-z_0-9]*)\s*=\s*(.*)", line)
    if not parts:
        raise Wrong(f"{where}: bukan NAMA=NILAI. Awali dengan # bila itu catatan.")
    name, text = parts.groups()
    if name not in BY_NAME:
        meant = _near(name.upper()) or (name.upper() if name.upper() in BY_NAME else "")
        raise Wrong(f"{where}: {name} tidak dikenal." + (f" Maksudnya {meant}?" if meant else " Hapus baris itu."))
    if BY_NAME[name].environment_only:
        raise Wrong(f"{where}: {name} hanya dibaca dari lingkungan proses. Hapus baris itu.")
    if quoted := re.fullmatch(r"'(.*)'|\"(.*)\"", text):
        text = quoted[1] if quoted[1] is not None else re.sub(r"\\(.)", r"\1", quoted[2])
    return name, text


def _near(name: str) -> str:
    """The long name of ours that ``name`` misses by one letter, or by two that changed places; "" for others' names."""
    if len(name) < 8 or not name.isupper():
        return ""
    return next((ours for ours in BY_NAME if len(ours) >= 8 and ours != name and _one_slip(name, ours)), "")


def _one_slip(one: str, other: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[same:], other[same:]
    return (
        one[1:] == other
        or one == other[1:]
        or one[1:] == other[1:]
        or (one[:2] == other[:2][::-1] and one[2:] == other[2:])
    )


def table() -> str:
    """The settings as the Markdown table of docs/settings.md."""
    lines = ["| Variable | Values | Default | Meaning |", "|---|---|---|---|"]
    for setting in SETTINGS:
        shown = setting.shown or _shown(setting.default)
        lines.append(f"| `{setting.name}` | {setting.kind.says} | {shown} | {setting.meaning} |")
    return "\n".join(lines)


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    return str(default).replace("<", "\\<") or "empty"


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
