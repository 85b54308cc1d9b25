"""The forms that `test_fuzz.py` leaves: every other one, for a second process."""

import pytest

from tests import permission_table as table
from tests.drills.test_fuzz import fuzz_forms

pytestmark = [pytest.mark.drill, pytest.mark.django_db]


@pytest.mark.parametrize("row", table.ROWS[1::2], ids=lambda row: row.name)
def test_every_form_takes_whatever_is_sent(fuzzer, row):
    fuzz_forms(fuzzer, row)
