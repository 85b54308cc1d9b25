"""Every page as every role, the answers to refused forms, papers and mails, as canonical documents in files.

Runs in a process whose settings point at a copy of the built database; the clock is fixed.
"""

import hashlib
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from scripts.documents.canonical import of_answer, of_html
from tests.crawling import STARTS, Found, crawl
from tests.filled import page_forms
from tests.serving import Answer

EACH_VIEW = 3
NOT_SENT = ("/keluar/", "/kelola/logout/")


class Inside:
    """A visitor of the site in this process, for the crawl."""

    url = "http://testserver"

    def __init__(self, session: str) -> None:
        self.client = Client(raise_request_exception=False)
        if session:
            self.client.cookies["sessionid"] = session

    def get(self, path: str) -> Answer:
        with transaction.atomic():
            answer = self.client.get(path.removeprefix(self.url))
            transaction.set_rollback(True)
        return _read(answer)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        with transaction.atomic():
            answer = self.client.post(path, data)
            transaction.set_rollback(True)
        return _read(answer)


def _read(answer: HttpResponse) -> Answer:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Answer(answer.status_code, dict(answer.headers), body)


def record(world: dict, out: Path) -> int:
    """Write one file for each answer below ``out``; returns how many."""
    logging.disable(logging.CRITICAL)
    count = 0
    with time_machine.travel(datetime.fromisoformat(world["now"]), tick=False):
        for role, session in world["sessions"].items():
            visitor = Inside(session)
            starts = (*STARTS, *world["starts"].get(role, ()))
            for found in crawl(visitor, each_view=EACH_VIEW, starts=starts):
                keep(out / _named(role), f"GET {found.path}", found.status, found.kind, found.body)
                count += 1
                for name, answer in refused(visitor, found):
                    keep(out / _named(role), name, answer.status, answer.headers.get("Content-Type", ""), answer.body)
                    count += 1
        for name, html in error_pages():
            keep(out / "errors", name, 0, "text/html", html.encode())
            count += 1
    return count


def refused(visitor: Inside, found: Found) -> Iterator[tuple[str, Answer]]:
    """What comes back when each form of a page is sent unchanged, and with everything typed taken out."""
    if not found.is_page:
        return
    for number, form in enumerate(page_forms(found.body.decode())):
        path = (form.action or found.path).partition("?")[0]
        if form.method != "post" or path in NOT_SENT or not path.startswith("/"):
            continue
        hidden = {name for name, kind in form.kinds.items() if kind in {"hidden", "submit", "button"}}
        blank = [(name, value if name in hidden else "") for name, value in form.fields]
        yield f"POST {found.path} form {number} as it stands", visitor.post(path, form.fields)
        yield f"POST {found.path} form {number} without values", visitor.post(path, blank)


def error_pages() -> Iterator[tuple[str, str]]:
    for path in sorted(Path("templates/errors").glob("*.html")):
        yield path.stem, render_to_string(f"errors/{path.name}", {"request_number": "N", "minutes": 3})


def keep(folder: Path, name: str, status: int, kind: str, body: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = of_html(body.decode()) if folder.name == "errors" else of_answer(kind, body)
    file = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.txt"
    file.write_text("\n".join((name, f"status {status} {kind}", *lines)) + "\n")


def _named(role: str) -> str:
    return role.replace(": ", "-").lower()


def main(folder: Path, out: Path) -> None:
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    count = record(json.loads((folder / "world.json").read_text()), out)
    sys.stdout.write(f"{count} documents\n")
