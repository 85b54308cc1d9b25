"""What came out of an activity in a quarter, by its link in the chain: nothing before there is work.

An output is no progress bar. People are trained a class at a time, products and buyers come late, and of what was
planted less is alive with each quarter.
"""

CLASS = 20  # people of one training
NOTHING_DELIVERED = "Belum ada yang diserahkan, jadi belum dapat dihitung (contoh)."
ALIVE = ((25, 96), (50, 94), (80, 91), (101, 89))  # percent of the seedlings or animals, up to which progress
SAVING = ((25, 40), (50, 55), (80, 64), (101, 72))  # percent of the members


def output_value(link: str, target: float, before: int, now: int) -> int | None:
    """The value to enter when work is at ``now`` percent after ``before`` a quarter ago; None: cannot be said yet.

    What adds up (people, groups with tools, products) is entered for the quarter alone, the rest as it is.
    """
    if link in ("SEED", "CAPITAL"):
        return _step(ALIVE if link == "SEED" else SAVING, now) if now else None
    if link == "PRODUCTION":
        return _reached(target, now)
    if link == "MARKET":
        return _reached(target, max(0, now - 20))
    if link == "TRAINING":
        return CLASS * (_reached(target / CLASS, now) - _reached(target / CLASS, before))
    late = 30 if link == "PROCESSING" else 0
    return _reached(target, max(0, now - late)) - _reached(target, max(0, before - late))


def _reached(whole: float, percent: int) -> int:
    return int(whole * percent / 100)


def _step(steps: tuple[tuple[int, int], ...], percent: int) -> int:
    return next(value for limit, value in steps if percent < limit)
