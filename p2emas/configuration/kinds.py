"""How the text of a setting becomes a value: one function a kind; what does not fit is refused with a sentence.

Nothing is guessed: a switch that says neither yes nor no is an error, never "off". Imports nothing of Django's that
needs settings, since gunicorn reads it before any worker lives.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parents[2]
YES, NO = {"on", "true", "1", "yes", "ya"}, {"off", "false", "0", "no", "tidak"}
HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:]+\]|\*")
ENGINES = {"postgres", "postgresql", "psql", "pgsql", "sqlite"}
ESCAPES = "tanda seperti # / ? @ % di dalam sandi ditulis %23 %2F %3F %40 %25"


@dataclass(frozen=True)
class Kind:
    """``says``: which values there are, for the table of the settings; ``read`` raises ValueError with a sentence."""

    says: str
    read: Callable[[str], Any]


def _switch(text: str) -> bool:
    word = text.lower()
    if word not in YES | NO:
        raise ValueError("isi on atau off.")
    return word in YES


def integer(least: int, most: int) -> Kind:
    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise ValueError(f"isi bilangan bulat dari {least} sampai {most}, tanpa tulisan lain di baris itu.")
        return int(text)

    return Kind(f"{least} to {most}", read)


def seconds(least: float, most: float) -> Kind:
    def read(text: str) -> float:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) or not least <= float(text) <= most:
            raise ValueError(f"isi detik dari {least:g} sampai {most:g}, dengan titik bila ada pecahan.")
        return float(text)

    return Kind(f"{least:g} to {most:g} seconds", read)


def one_of(*names: str) -> Kind:
    def read(text: str) -> str:
        found = [name for name in names if name.lower() == text.lower()]
        if not found:
            raise ValueError(f"pilih salah satu: {', '.join(names)}.")
        return found[0]

    return Kind(", ".join(names), read)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _keys(text: str) -> list[str]:
    keys = _list(text)
    for key in keys:
        _strong(key)
    return keys


def _strong(text: str) -> str:
    if len(text) < 50 or len(set(text)) < 5:
        raise ValueError(
            "terlalu pendek atau mudah ditebak. Isi teks acak, paling sedikit 50 huruf: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    return text


def _hosts(text: str) -> list[str]:
    names = _list(text)
    if wrong := [name for name in names if not HOST.fullmatch(name)]:
        raise ValueError(f"{wrong[0]} bukan nama host. Tulis namanya saja, tanpa https:// dan tanpa port.")
    return names


def _address(text: str, *schemes: str) -> SplitResult:
    """The parts of an address that names its scheme and host."""
    wrong = ValueError(f"tulis alamat lengkap yang diawali {' atau '.join(f'{scheme}://' for scheme in schemes)}.")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises for what is no number
    except ValueError:
        raise wrong from None
    if parts.scheme not in schemes or not parts.hostname:
        raise wrong
    return parts


def _web(text: str) -> str:
    parts = _address(text, "https", "http")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("tulis alamat situs saja, misalnya https://emas.example.go.id.")
    return text.rstrip("/")


def _origins(text: str) -> list[str]:
    return [_web(part) for part in _list(text)]


def _database(text: str) -> dict[str, Any]:
    from environ import Env

    scheme = text.partition(":")[0]
    if scheme not in ENGINES or "://" not in text:
        raise ValueError("tulis postgres://PENGGUNA:SANDI@HOST:5432/NAMA atau sqlite:////jalur/ke/berkas.sqlite3.")
    if scheme == "sqlite":
        return _sqlite(dict(Env.db_url_config(text)), text)
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises for what is no number
    except ValueError:
        raise ValueError(f"alamatnya tidak terbaca; {ESCAPES}.") from None
    if parts.fragment or "@" in parts.path + parts.query or re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise ValueError(f"alamatnya tidak terbaca; {ESCAPES}.")
    if not re.fullmatch(r"/[^/]+", parts.path):
        raise ValueError("nama basis datanya belum ada: postgres://PENGGUNA:SANDI@HOST:5432/NAMA.")
    return dict(Env.db_url_config(text))


def _sqlite(database: dict[str, Any], text: str) -> dict[str, Any]:
    """A relative path starts where the code is, no matter where a command is run."""
    name = str(database["NAME"])
    if not name or (name == ":memory:" and name not in text):
        raise ValueError("jalur berkasnya belum ada: sqlite:////jalur/ke/berkas.sqlite3.")
    return {**database, "NAME": name if name == ":memory:" else str(ROOT / name)}


def _redis(text: str) -> str:
    if not (text.startswith("unix:///") or _address(text, "redis", "rediss")):
        raise ValueError("tulis redis://HOST:6379/0.")
    return text


def _mail(text: str) -> dict[str, Any]:
    from environ import Env

    scheme, mark, _rest = text.partition("://")
    if not mark or scheme not in Env.EMAIL_SCHEMES:
        raise ValueError("tulis smtp+tls://PENGGUNA:SANDI@HOST:587 (atau smtp, smtps, smtp+ssl, consolemail://).")
    if scheme.startswith("smtp"):
        try:
            parts = _address(text, scheme)
        except ValueError:
            raise ValueError(f"alamat servernya tidak terbaca; {ESCAPES}.") from None
        if parts.fragment or "@" in parts.path + parts.query or parts.path.strip("/"):
            raise ValueError(f"alamat servernya tidak terbaca; {ESCAPES}.")
    return dict(Env.email_url_config(text))


def _sender(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(text)[1]):
        raise ValueError('tulis alamat surel, misalnya "P2-EMAS <p2emas@example.go.id>".')
    return text


def _day(text: str) -> str:
    try:
        if len(text) != 10:
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise ValueError("tulis tanggal seperti 2019-10-08, atau kosongkan.") from None
    return text


def _folder(text: str) -> Path:
    return ROOT / Path(text).expanduser()


def _bind(text: str) -> str:
    parts = re.fullmatch(r"(?:[A-Za-z0-9._-]*|\[[0-9A-Fa-f:]+\]):([0-9]{1,5})", text)
    if not (text.startswith("unix:/") or (parts and int(parts[1]) < 65536)):
        raise ValueError("tulis HOST:PORT, misalnya 127.0.0.1:8000, atau unix:/jalur/ke/soket.")
    return text


SWITCH = Kind("on, off", _switch)
TEXT = Kind("text", str)
SECRET = Kind("50 random characters or more", _strong)
SECRETS = Kind("secrets of 50 characters or more, between commas", _keys)
HOSTS = Kind("host names, between commas", _hosts)
WEB = Kind("http:// or https:// address", _web)
ORIGINS = Kind("addresses with scheme, between commas", _origins)
DATABASE = Kind("`postgres://USER:PASSWORD@HOST:PORT/NAME` or `sqlite:////path`", _database)
REDIS = Kind("`redis://HOST:PORT/NUMBER`", _redis)
MAIL = Kind("`smtp+tls://USER:PASSWORD@HOST:587` or another scheme of django-environ", _mail)
SENDER = Kind("name and e-mail address", _sender)
DAY = Kind("`YYYY-MM-DD`", _day)
FOLDER = Kind("folder", _folder)
BIND = Kind("`HOST:PORT` or `unix:/path`", _bind)
