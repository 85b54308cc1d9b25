"""How far the lines of the wide seed are: no two figures alike by accident, the same on every machine.

Everything follows from a line's number ``n``, through remainders of primes that do not meet in a round number.
"""

from decimal import Decimal

from programs.planning.models import PlanLine

AGENCIES, ACTIVITIES = 40, 300  # activities, and lines, of an agency's plan
# one line of so many has no figure yet, falls below the quarter before, has its money ahead, costs more than planned
UNKNOWN, FALLING, AHEAD, OVERSPENT = 41, 97, 23, 611
STEPS = (1, 50, 100)  # hundredths of a percent: who computes types 62,47, who estimates 62,5 or 60
FUNDS = (*("DAU",) * 6, "DAK", "PAD", "DBH", "APBD_PROV", "DD", "ADD")


def start_month(n: int) -> int:
    return n % 12 + 1


def fund(n: int) -> str:
    return FUNDS[n // 5 % len(FUNDS)]


def code(n: int) -> str:
    """Of the activity of that number in its plan."""
    return f"2.01.03.{n // 50:02d}.{n % 50:02d}"


def target(n: int, quarter: int) -> int:
    """Percent that should be done at the end of the quarter: nothing before its first, all after the fourth."""
    first = (start_month(n) + 2) // 3
    return max(0, quarter - first + 1) * 100 // (5 - first)


def month_target(n: int, month: int) -> int | None:
    """Percent at the end of the month: half of a quarter's way in each of its first two months, unknown of a few."""
    if n % UNKNOWN == 11:
        return None
    quarter = (month + 2) // 3
    before, after = target(n, quarter - 1) if quarter > 1 else 0, target(n, quarter)
    return before + (after - before) * (month - 3 * quarter + 3) // 3


def figures(line: PlanLine, n: int, quarter: int) -> dict[str, object]:
    """The fields of a report line."""
    if n % UNKNOWN == 7:
        return {"nil_reason": "Menunggu hasil lelang."}
    if not target(n, quarter):
        return {"spent_to_date": 0, "physical_to_date": 0, "nil_reason": "Belum waktunya."}
    done = _done(n, quarter)
    return {"spent_to_date": line.amount * _spent(n, done) // 10_000, "physical_to_date": Decimal(done) / 100}


def value(n: int, quarter: int) -> dict[str, object]:
    """The fields of an indicator's value."""
    return {"missing_reason": "Belum dicatat."} if n % UNKNOWN == 7 else {"value": n % 5 + n * quarter % 3}


def _done(n: int, quarter: int) -> int:
    """Hundredths of a percent: 45 to 104 percent of the target, agency by agency a little faster."""
    if n % FALLING == 5 and quarter == 3:
        quarter = 1  # the quarter before said too much
    pace = 4500 + n * 7919 % 4000 + n // ACTIVITIES % AGENCIES * 50
    done = min(10_000, target(n, quarter) * pace // 100)
    return done - done % STEPS[n % len(STEPS)]


def _spent(n: int, done: int) -> int:
    """Hundredths of a percent of the amount: 70 to 114 percent of what is done, here and there far more."""
    if n % OVERSPENT == 9:
        return 10_200
    return min(10_000, done * (70 + n * 31 % 45) // 100 + (2500 if n % AHEAD == 3 else 0))
