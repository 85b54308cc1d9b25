"""On a phone a table shows its first columns: what one decides by, the state, is beside the name of its row."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
TABLE, CELL = re.compile(r"<table.*?</table>", re.DOTALL), re.compile(r"<td.*?</td>", re.DOTALL)
STATE_LATER = {
    "districts/locations/_match_rows.html": "after the points that place it and the sign that sums them up",
    "p2emas/imports/import_detail.html": "two columns",
    "p2emas/imports/_differences.html": "with the sentences on what is wrong, after the cells that they name",
    "p2emas/outbox/message_list.html": "after the box to tick",
    "programs/dashboards/map.html": "states of the villages that come before it",
    "programs/dashboards/public_home.html": "one card a row",
    "programs/evaluation/_criteria.html": "after the figure that it judges",
    "programs/obstacles/obstacle_list.html": "beside who has to answer",
    "programs/planning/_file_differences.html": "between the row of the file and what it says",
    "programs/profiles/_activity_quarters.html": "beside the number of the report",
    "programs/profiles/_ready_rows.html": "of the minutes, beside their name",
    "programs/reporting/_due_rows.html": "after the box to tick",
    "programs/reporting/_remind.html": "after the box to tick",
    "programs/reporting/compliance.html": "after the box to tick",
    "programs/reporting/due_date_conflict.html": "two versions beside each other",
}


def place_of_state(table: str) -> int:
    """Which cell after the heading of the first row holds a state; 0: the first of them, or none does."""
    row = table.partition("<tbody")[2].partition("</tr>")[0]
    return next((place for place, cell in enumerate(CELL.findall(row)) if "{% state " in cell), 0)


def test_state_stands_beside_the_name_of_its_row():
    later = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for table in TABLE.findall(path.read_text())
        if place_of_state(table)
    }

    assert later == set(STATE_LATER)


def test_a_state_that_stands_later_is_seen():
    table = "<table><tbody>{% for row in rows %}<tr><th>{{ row }}</th>{}<td>{% state row %}</td></tr></tbody></table>"

    assert place_of_state(table.replace("{}", "")) == 0
    assert place_of_state(table.replace("{}", "<td>{{ row.year }}</td>")) == 1
