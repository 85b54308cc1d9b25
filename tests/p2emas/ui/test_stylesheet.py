"""The short style sheet: what is kept of Bootstrap's, and that it is what the site serves."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from p2emas.ui import stylesheet

pytestmark = pytest.mark.whole

SHEET = """@charset "UTF-8";/*! licence */:root{--a:1}.row>*{width:100%}.row,.modal-header{margin:0}.toast{top:0}
.btn:not(.toast):hover{color:red}.table>:not(caption)>*{padding:0}@media (min-width:1px){.toast{top:1px}}
@media print{.row .btn{display:none}.row .toast{top:2px}}@keyframes turn{to{top:0}}/* note */"""
WORDS = frozenset({"row", "btn", "table"})


@pytest.mark.parametrize(
    ("kept", "left_out"),
    [
        ('@charset "UTF-8";/*! licence */:root{--a:1}', "/* note */"),
        (".row>*{width:100%}.row{margin:0}", ".modal-header"),
        (".btn:not(.toast):hover{color:red}", ".toast{top:0}"),
        (".table>:not(caption)>*{padding:0}", "(min-width:1px)"),
        ("@media print{.row .btn{display:none}}", "top:2px"),
        ("@keyframes turn{to{top:0}}", "--b"),
    ],
)
def test_rules_that_no_page_can_match_are_left_out(kept, left_out):
    short = stylesheet.shortened(SHEET, WORDS)

    assert kept in short
    assert left_out not in short


def test_everything_is_kept_where_every_class_is_used():
    whole = Path(finders.find(stylesheet.SHEET)).read_text()

    assert stylesheet.classes_of(stylesheet.shortened(whole, stylesheet.classes_of(whole))) == stylesheet.classes_of(
        whole
    )


def test_words_are_those_of_templates_modules_scripts_and_forms():
    words = stylesheet.words_of_pages()

    assert {"page-head", "shortened", "querySelector", "form-floating", "helptext"} <= words


def test_collected_sheet_is_the_short_one(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "p2emas.ui.stylesheet.StaticFiles"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    (sheet,) = tmp_path.glob("bootstrap/css/bootstrap.min.*.css")
    whole = Path(finders.find(stylesheet.SHEET)).read_text()
    assert sheet.read_text() == stylesheet.shortened(whole, stylesheet.words_of_pages())
    assert sheet.with_suffix(".css.br").exists()
    assert len(sheet.read_text()) < len(whole) / 3
