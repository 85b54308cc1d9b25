"""The documents lead somewhere: links, a way to every file, rooms, accounts and targets that exist."""

import re
from pathlib import Path

import pytest

from scripts import map_of_rooms
from scripts.run import ACCOUNTS

from .source_tree import HOUSES, ROOT

DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    """Addresses of a page that lead to files of ours, without those in code."""
    text = re.sub(r"`[^`\n]*`", "", FENCED.sub("", page.read_text("utf-8")))
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def target(page: Path, link: str) -> Path:
    path = link.partition("#")[0]
    return (page.parent / path).resolve() if path else page


def anchors(page: Path) -> set[str]:
    """Names of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings_that_exist(page):
    broken = [
        link
        for link in links(page)
        if not target(page, link).exists()
        or ("#" in link and link.partition("#")[2] not in anchors(target(page, link)))
    ]

    assert broken == []


def test_every_file_of_the_documents_is_reached_from_the_readme():
    reached, open_ones = set(), {README}
    while open_ones:
        page = open_ones.pop()
        reached.add(page)
        open_ones |= {
            found for link in links(page) if (found := target(page, link)).suffix == ".md" and found.is_file()
        } - reached
    linked = reached | {target(page, link) for page in reached for link in links(page)}

    assert sorted(path for path in DOCS.rglob("*") if path.is_file() and path not in linked) == []


def test_readme_is_short():
    assert len(README.read_text("utf-8").splitlines()) <= 150


def test_readme_names_every_room_in_the_row_of_its_house():
    text = README.read_text("utf-8").partition("## Map of the rooms")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \([^|]*\| (.*) \|$", text, re.MULTILINE)
    named = {(house, room) for house, rooms in rows for room in re.findall(r"`(\w+)`", rooms)}

    assert named == {room for room in map_of_rooms.imports() if room[1] != map_of_rooms.BESIDE}


def test_readme_names_the_accounts_of_the_demo():
    rows = README.read_text("utf-8").partition("## Roles")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE) == list(ACCOUNTS)


def test_readme_names_every_target_of_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", README.read_text("utf-8"), re.MULTILINE))

    assert named <= targets
    assert targets - named == {"coverage", "release-archive"}  # of developers: CONTRIBUTING


def test_settings_name_every_variable_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    inside = set(re.findall(r"^(\w+) :?= ", makefile, re.MULTILINE)) | {"MAKEFILE_LIST"}
    table = (DOCS / "settings.md").read_text("utf-8").partition("## Variables of make")[2]

    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(re.findall(r"\$\((\w+)\)", makefile)) - inside


FOLDERS = (*HOUSES, "templates", "static", "tests", "docs", "scripts", "benchmarks")
NAMED_FILE = re.compile(r"`([\w./-]*\w\.(?:py|sh|json|html|css|js|csv))(?:[:#][^`]*)?`")


def test_files_that_are_named_exist():
    """A name alone, or the end of a path: `compliance.py`, `imports/jobs.py`, `tests/worlds.py`; FILE.csv is any file."""
    files = [*ROOT.glob("*.*"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*"))]
    existing = [f"/{path.relative_to(ROOT)}" for path in files]
    pages = [page for page in PAGES if page.name != "CHANGELOG.md"]
    named = {(page.name, name) for page in pages for name in NAMED_FILE.findall(page.read_text("utf-8"))}
    missing = [(page, name) for page, name in named if not any(path.endswith(f"/{name}") for path in existing)]

    assert len(named) > 60
    assert sorted((page, name) for page, name in missing if not Path(name).stem.isupper()) == []
