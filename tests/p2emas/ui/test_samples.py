from types import SimpleNamespace as Row

import pytest
from django.template import Context, Template

from p2emas.ui.samples import samples

TABLE = (
    "{% samples rows as sample %}<caption>Desa{{ sample.note }}</caption>"
    "{% for row in rows %}{{ row.name }}{% if row.is_sample %}{{ sample.star }}{% endif %};{% endfor %}"
)


@pytest.mark.parametrize(
    ("marks", "drawn"),
    [
        ((), "<caption>Desa</caption>"),
        ((False, False), "<caption>Desa</caption>0;1;"),
        ((True, True), "<caption>Desa · DATA CONTOH</caption>0;1;"),
        ((False, True, True), "<caption>Desa · * DATA CONTOH</caption>0;1 *;2 *;"),
    ],
)
def test_table_says_once_what_is_invented(marks, drawn):
    rows = [Row(name=number, is_sample=mark) for number, mark in enumerate(marks)]

    assert Template(TABLE).render(Context({"rows": rows})) == drawn


def test_mark_is_found_on_other_records_and_in_lists():
    rows = [Row(record=Row(is_sample=True), locus=[]), Row(record=None, locus=[Row(rests_on_sample=True)])]

    assert samples(rows, "record.is_sample").star == " *"
    assert samples(rows, "locus.0.rests_on_sample").star == " *"
    assert samples(rows, "locus.1.rests_on_sample").note == ""
