"""The theme by numbers: contrast of every pair of colours, and what a first visit weighs on the wire."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tests.source_tree import ROOT

CSS = (ROOT / "static" / "css" / "p2emas.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{3,6})[;\s]", CSS))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (high + 0.05) / (low + 0.05)


TEXT = [
    ("ink", "paper"),
    ("ink-2", "paper"),
    ("ink-2", "wash"),
    ("accent", "paper"),
    ("accent", "wash"),
    ("visited", "paper"),
]
TEXT += [("ok", "paper"), ("warn", "paper"), ("bad", "paper"), ("paper", "accent"), ("paper", "bad"), ("ink", "focus")]
TEXT += [(f"on-{fill}", fill) for fill in ("grey", "blue", "yellow", "violet", "green", "red", "teal")]


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_contrast_is_at_least_six(text, ground):
    assert contrast(text, ground) >= 6


@pytest.mark.parametrize("mark", ["edge", "c1", "c2", "c3", "c4", "c5", "good", "watch", "late", "none"])
def test_controls_and_marks_stand_out_from_paper(mark):
    assert contrast(mark, "paper") >= 3


def wire(content: bytes) -> int:
    return len(brotli.compress(content))


def test_first_visit_of_a_public_page_leaves_room_for_its_content(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    html = render_to_string("base.html", {}, request=request)
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    with_files = sum(wire(Path(finders.find(name)).read_bytes()) for name in files)
    assert len(files) == 4
    assert with_files + wire(html.encode()) <= 34_000  # of 45,000: Bootstrap's CSS alone is 23,000
    assert wire((ROOT / "static" / "js" / "p2emas.js").read_bytes()) <= 6_000


def test_theme_has_no_foreign_sources():
    assert not re.findall(r"url\((?!#)|@import|https?:", CSS)


HEAD = re.compile(r"^\s*(\.masthead|\.brand|\.btn-link|\.nav-main|\.more|\.masthead-bar).*\{.*\}", re.MULTILINE)


def rules(css: str) -> set[str]:
    """The rules of the head, without what comes after them on the line."""
    return {found[0].partition("}")[0].strip() + "}" for found in HEAD.finditer(css)}


def test_back_office_wears_the_head_of_the_product():
    """Two style sheets, one look: /kelola/ does not load the other one, whose names mean other things there."""
    ours, theirs = (rules((ROOT / "static" / "css" / name).read_text()) for name in ("p2emas.css", "kelola.css"))

    missing = {
        rule for rule in ours if not rule.startswith((".masthead, ", ".masthead-bar, ", ".nav-main ul, "))
    } - theirs
    assert missing == set()
