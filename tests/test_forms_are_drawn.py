"""One way to draw an ordinary form: its class declares the layout, its template says ``{% crispy form %}``.

Read from the templates. What is drawn by hand is listed here with the reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .source_tree import ROOT, plant

FORM = re.compile(r"<form\b")
INCLUDED = re.compile(r"""\{%\s*include\s+["']([^"']+)["']""")
# A control that a person fills in; hidden inputs and buttons are none.
CONTROL = re.compile(
    r"""partials/_field\.html|\|\s*(?:bare_)?control\b|\|\s*(?:choices|groups)_of|\{%\s*cell\b|(?:_input_cell|_error_row)\.html"""
    r"""|<(?:select|textarea|label)\b|<input\b(?![^>]*type="(?:hidden|submit)")"""
)
# Other ways that crispy or Django would offer.
OTHER_WAY = re.compile(r"""\|\s*(?:crispy|as_crispy_\w+)\b|\{\{\s*form(?:\.as_\w+)?\s*\}\}""")

ROWS = "rows: one for each record, drawn by a row partial without a widget template"
FILTER = "the filter or search bar of a list, in one line"
BY_HAND = {
    "programs/planning/plan_complete.html": ROWS,
    "programs/planning/chain.html": ROWS,
    "programs/coordination/meeting_detail.html": "the agenda above one field: a box for each of its lines",
    "programs/reporting/figures.html": ROWS,
    "programs/reporting/indicators.html": ROWS,
    "programs/reporting/photos.html": ROWS,
    "programs/fieldwork/luring.html": "filled and kept on a phone without a server; the same bytes for everybody",
    "programs/fieldwork/story_release.html": ROWS,
    "programs/reporting/obstacles.html": "one card for each obstacle: several forms are sent together",
    "programs/reporting/_decide_panel.html": "has a comment for each line of the report, which is drawn beside the line",
    "programs/framework/renstra.html": ROWS,
    "programs/reporting/compliance.html": ROWS,
    "programs/profiles/decree.html": FILTER,
    "programs/profiles/decree_ready.html": ROWS,
    "programs/profiles/_year.html": FILTER,
    "programs/evaluation/_year.html": FILTER,
    "programs/dashboards/public_home.html": FILTER,
    "partials/_filters.html": FILTER,
    "partials/_masthead.html": "the search in the head of every page, in one line",
    "facilitators/training/tests.html": ROWS,
    "facilitators/training/attendance.html": ROWS,
    "facilitators/recruitment/choices.html": ROWS,
    "facilitators/recruitment/interview_plan.html": ROWS,
    "facilitators/recruitment/test_scores.html": ROWS,
    "facilitators/recruitment/score_sheet.html": ROWS,
    "facilitators/recruitment/round_places.html": ROWS,
    "facilitators/recruitment/round_frame.html": ROWS,
    "facilitators/recruitment/seat_list.html": ROWS,
    "facilitators/recruitment/apply_papers.html": "a row for each paper, with the files that are kept of it",
    "facilitators/recruitment/completion.html": "a row for each paper, with the files that are kept of it",
    "districts/competencies/panel_setup.html": ROWS,
    "districts/competencies/score.html": ROWS,
    "districts/locations/gate_check.html": ROWS,
    "districts/locations/round_choices.html": ROWS,
    "districts/locations/round_criteria.html": ROWS,
    "districts/locations/value_table.html": ROWS,
    "p2emas/outbox/message_list.html": ROWS,
    "p2emas/imports/_differences.html": "boxes and choices only where a cell of the file needs them",
}
OF_LIBRARIES = ("admin/", "bootstrap5/")  # Django's back office draws its forms; crispy's own templates


def templates(root: Path) -> dict[str, str]:
    files = sorted((root / "templates").rglob("*.html"))
    named = {path.relative_to(root / "templates").as_posix(): path.read_text() for path in files}
    return {name: text for name, text in named.items() if not name.startswith(OF_LIBRARIES)}


def with_included(name: str, found: dict[str, str], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The text of a template and of what it includes."""
    if name in found and name not in seen:
        yield found[name]
        for other in INCLUDED.findall(found[name]):
            yield from with_included(other, found, seen | {name})


def drawn_by_hand(root: Path = ROOT) -> set[str]:
    """Templates with a <form> in which they, or what they include, draw something to fill in."""
    found = templates(root)
    return {
        name
        for name, text in found.items()
        if any(CONTROL.search(part) for form in _forms(text) for part in _parts(form, found))
    }


def _forms(text: str) -> list[str]:
    return [text[start.start() :].partition("</form>")[0] for start in FORM.finditer(text)]


def _parts(form: str, found: dict[str, str]) -> Iterator[str]:
    yield form
    for name in INCLUDED.findall(form):
        yield from with_included(name, found)


def drawn_another_way(root: Path = ROOT) -> set[str]:
    return {name for name, text in templates(root).items() if OTHER_WAY.search(text)}


def test_ordinary_forms_are_drawn_by_their_layout():
    assert drawn_by_hand() == set(BY_HAND)
    assert drawn_another_way() == set()


@pytest.mark.parametrize(
    "text",
    [
        '<form method="post">{% include "partials/_field.html" with field=form.name only %}</form>',
        '<form method="post">{% include "a/_fields.html" with form=form only %}</form>',
        "<form>{{ form.name|control }}</form>",
        '<form><input type="text" name="a"></form>',
        "<form><textarea></textarea></form>",
    ],
)
def test_a_form_drawn_by_hand_is_found(tmp_path, text):
    fields = '{% include "partials/_field.html" with field=form.name only %}'
    plant(tmp_path, {"templates/a/b.html": text, "templates/a/_fields.html": fields})

    assert drawn_by_hand(tmp_path) == {"a/b.html"}


@pytest.mark.parametrize(
    "text",
    [
        "{% crispy form %}",
        '<form><input type="hidden" name="a"><button type="submit">Hapus</button></form>',
        '<form><button type="submit">Hapus</button></form>{% include "partials/_filters.html" %}',
    ],
)
def test_buttons_alone_and_layouts_are_no_finding(tmp_path, text):
    plant(tmp_path, {"templates/a/b.html": text})

    assert drawn_by_hand(tmp_path) == set()


@pytest.mark.parametrize(
    "text", ["{{ form|crispy }}", "{{ form.name|as_crispy_field }}", "{{ form.as_p }}", "{{ form }}"]
)
def test_another_way_to_draw_is_found(tmp_path, text):
    plant(tmp_path, {"templates/a/b.html": text})

    assert drawn_another_way(tmp_path) == {"a/b.html"}
