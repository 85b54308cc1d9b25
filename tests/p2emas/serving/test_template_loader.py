"""What reaches the reader has no indentation; text files keep theirs."""

import re

import pytest
from django.template import engines
from django.template.base import Origin

from p2emas.serving.template_loader import Loader
from tests.source_tree import ROOT

TEMPLATES = ROOT / "templates"


@pytest.fixture
def loader() -> Loader:
    return Loader(engines["django"].engine)


def contents(loader: Loader, path) -> str:
    return loader.get_contents(Origin(name=str(path), template_name=path.name, loader=loader))


def test_indentation_goes_and_lines_stay(loader, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<ul>\n  <li>\n\t  a  b\n  </li>\n\n</ul>\n")

    assert contents(loader, path) == "<ul>\n<li>\na  b\n</li>\n\n</ul>\n"


def test_text_keeps_its_indentation(loader, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Yth.\n    Kepala\n")

    assert contents(loader, path) == "Yth.\n    Kepala\n"


def test_no_template_has_an_element_that_shows_its_indentation():
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert "<pre" not in text, path
        assert not re.search(r"<textarea[^>]*>[^<]*\n[^<]*</textarea>", text), path


def test_templates_of_other_packages_are_found():
    assert engines["django"].get_template("django/forms/widgets/input.html")
