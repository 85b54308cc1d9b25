"""The style sheet of the pages: of Bootstrap's only the rules that a page of ours can match.

Three quarters of that sheet dress what no page has, and over EDGE a first visit waits half a second for them. A class
counts as used when its name is a word of a template, script or module that pages are made of: too much is kept rather
than too little.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import crispy_bootstrap5
import tinycss2
from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from tinycss2.ast import Node
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "bootstrap/css/bootstrap.min.css"
ROOMS = ("p2emas", "districts", "facilitators", "programs")
WORD = re.compile(r"[A-Za-z_][\w-]*")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed files, with the short style sheet in the place of Bootstrap's."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            storage, path = paths[SHEET]
            with storage.open(path) as whole:
                short = shortened(whole.read().decode(), words_of_pages())
            self.delete(SHEET)
            self._save(SHEET, ContentFile(short.encode()))
            paths = paths | {SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def words_of_pages() -> frozenset[str]:
    """Every word of what pages are drawn from: our templates, modules and scripts, and the templates of forms."""
    base = Path(settings.BASE_DIR)
    folders = [
        *((base / room, "*.py") for room in ROOMS),
        (base / "templates", "*.html"),
        (base / "static", "*.js"),
        (Path(crispy_bootstrap5.__path__[0]) / "templates", "*.html"),
        (Path(forms.__path__[0]) / "templates", "*.html"),
    ]
    files = (file for folder, pattern in folders for file in folder.rglob(pattern))
    return frozenset(word for file in files for word in WORD.findall(file.read_text(encoding="utf-8")))


def shortened(sheet: str, words: frozenset[str]) -> str:
    """``sheet`` without the selectors that ask for a class outside ``words``; its licence stays."""
    return "".join(_kept(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), words))


def classes_of(sheet: str) -> frozenset[str]:
    """Every class that a selector of ``sheet`` asks for."""
    found: set[str] = set()
    for rule in _style_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        found.update(_classes(rule.prelude))
    return frozenset(found)


def _style_rules(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            yield from _style_rules(_inside(rule))


def _kept(rules: Iterable[Any], words: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [each for each in _selectors(rule.prelude) if words.issuperset(_classes(each))]
            if selectors:
                yield f"{','.join(map(tinycss2.serialize, selectors))}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            inside = "".join(_kept(_inside(rule), words))
            if inside:
                yield f"@media{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        elif rule.type != "comment" or rule.value.startswith("!"):
            yield rule.serialize()


def _inside(rule: Any) -> list[Any]:
    return tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)


def _selectors(prelude: Iterable[Node]) -> list[list[Node]]:
    """The selectors of a rule, between its commas."""
    selectors: list[list[Node]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def _classes(selector: Iterable[Node]) -> Iterator[str]:
    """The classes that an element must have; those in ``:not(...)`` it must not have."""
    for before, token in pairwise(selector):
        if before == "." and token.type == "ident":
            yield token.value
