"""Sums of rupiah x percent by the database: exact, also where one sum would leave 64 bits."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import Q

from p2emas.ui.fields import LARGEST_RUPIAH
from programs.models import ReportLine
from programs.reporting.reports.weighing import put_together, weighed
from tests.factories import ProgressReportFactory, ReportLineFactory

pytestmark = pytest.mark.django_db


def summed(condition: Q | None = None) -> Fraction:
    found = ReportLine.objects.order_by().aggregate(**weighed("done", "physical_to_date", condition=condition))
    return put_together(found["done_millions"], found["done_rest"])


@pytest.mark.parametrize("amounts", [(1, 999_999, 1_000_000, 123_456_789), (LARGEST_RUPIAH,) * 30])
def test_sum_is_exact_however_large_the_ceilings(amounts):
    report, percents = ProgressReportFactory(), [Decimal("0.01"), Decimal("62.47"), Decimal("99.99"), Decimal(100)]
    pairs = [(amount, percents[n % len(percents)]) for n, amount in enumerate(amounts)]
    for amount, percent in pairs:
        ReportLineFactory(
            report=report, plan_line__plan=report.plan, plan_line__amount=amount, physical_to_date=percent
        )

    assert summed() == sum(amount * Fraction(percent) for amount, percent in pairs)


def test_unknown_percent_and_what_the_condition_leaves_out_count_nothing():
    known = ReportLineFactory(plan_line__amount=300, physical_to_date=Decimal("50.5"))
    ReportLineFactory(plan_line__amount=100, physical_to_date=None)

    assert summed() == 300 * Fraction("50.5")
    assert summed(~Q(pk=known.pk)) == 0
