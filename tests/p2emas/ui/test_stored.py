"""Values of a history in the words of the screen."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import models

from p2emas.ui.stored import worded

FIGURE = models.DecimalField(max_digits=8, decimal_places=1)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (models.DateTimeField(), datetime(2019, 10, 7, 2, 0, tzinfo=UTC), "07-10-2019 09.00"),
        (models.DateField(), date(2019, 10, 7), "07-10-2019"),
        (FIGURE, Decimal("1250.5"), "1.250,5"),
        (models.BigIntegerField(), 1_250_000, "Rp\u00a01.250.000"),
        (models.CharField(), "karet", None),
        (models.IntegerField(), 3, None),
        (models.BigAutoField(primary_key=True), 3, None),
    ],
)
def test_money_figures_and_days_read_as_on_every_page(field, value, words):
    assert worded(field, value) == words
