"""The table that tests/test_permission_matrix.py asks by is complete; cheap, so that `make test` says it too."""

from tests import permission_table as table
from tests.addresses import named_patterns


def test_every_address_has_a_row_and_every_row_an_address():
    rows = [row.name for row in table.ROWS]

    assert named_patterns() == set(rows)
    assert len(rows) == len(set(rows))
