"""Ten times the suite's wild input; FUZZ=new draws other input than the run before, as when looking for trouble.

On SQLite alone, for it takes long; the suite's share runs on both databases. What fails is printed with what brings
it back. A file runs in one process: `test_fuzz_further.py` has every other form.
"""

import os

import pytest

from tests import fuzzing, situations
from tests import permission_table as table
from tests.addresses import takes_get

pytestmark = [pytest.mark.drill, pytest.mark.django_db]
EXAMPLES, QUERIES = 500, 12
SEEDED = os.environ.get("FUZZ") != "new"


def fuzz_forms(fuzzer: fuzzing.Fuzzer, row: table.Row) -> None:
    fuzzer.fuzz_forms(row, examples=EXAMPLES, seeded=SEEDED)


@pytest.mark.parametrize("row", table.ROWS[::2], ids=lambda row: row.name)
def test_every_form_takes_whatever_is_sent(fuzzer, row):
    fuzz_forms(fuzzer, row)


@pytest.mark.parametrize("situation", situations.NAMES)
def test_every_form_that_needs_something_before_takes_it_too(fuzzer, situation):
    fuzzer.fuzz_situation(situation, examples=EXAMPLES, seeded=SEEDED)


@pytest.mark.parametrize("row", [row for row in table.ROWS if takes_get(row)], ids=lambda row: row.name)
def test_every_page_takes_any_query_string(fuzzer, row):
    fuzzer.fuzz_query(row, examples=QUERIES, seeded=SEEDED)
