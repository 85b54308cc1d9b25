"""Percentages weighed with the rupiah behind them, added by the database: whole numbers, so that nothing is rounded."""

from fractions import Fraction

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Cast, Round

# as ``ReportLine.ceiling`` says it: work that the report's plan no longer has weighs nothing
CEILING = Case(When(carried="", then=F("plan_line__amount")), default=Value(0), output_field=BigIntegerField())
_MILLION = 1_000_000


def weighed(name: str, percent: str, *, condition: Q | None = None) -> dict[str, Sum]:
    """Sums of rupiah x hundredths of a percent, to annotate with: of whole millions, and of the rest.

    In one sum they would leave 64 bits when somebody types a ceiling of a thousand trillion; apart they never do.
    """
    hundredths = Cast(Round(F(percent) * 100), IntegerField())
    parts = {f"{name}_millions": CEILING / _MILLION, f"{name}_rest": CEILING % _MILLION}
    return {
        key: Sum(ExpressionWrapper(part * hundredths, output_field=BigIntegerField()), filter=condition, default=0)
        for key, part in parts.items()
    }


def put_together(millions: int, rest: int) -> Fraction:
    """The two sums as rupiah x percent."""
    return Fraction(int(millions) * _MILLION + int(rest), 100)
