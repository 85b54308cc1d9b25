"""Who is chosen, and for which village? Marks of a panel, the final score, and places by rank and wish.

Marks are finite numbers of one scale, 0 to 100 in this programme; a missing mark is None, never 0.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from p2emas.methods.inputs import Number, checked_count, checked_weights, exact, to_float


@dataclass(frozen=True)
class Choice:
    """The villages that an applicant named, the first choice first, and whether "di mana saja" is ticked."""

    villages: Sequence[Hashable]
    anywhere: bool = False


# A plain list of villages means without "di mana saja"; a pair is (villages, anywhere).
Wish = Choice | Sequence[Hashable] | tuple[Sequence[Hashable], bool]


@dataclass(frozen=True)
class Placing:
    """``placed``: the village of each applicant who got a place, in order of the final score.

    ``reserves``: for every village the applicants without a place who would take it, the next one first: those who
    named it in order of the final score, then those who only ticked "di mana saja".
    """

    placed: dict[Hashable, Hashable]
    reserves: dict[Hashable, list[Hashable]]


def panel_mean(scores: Iterable[Number | None], *, trim_from: int = 5) -> float | None:
    """Mean of a panel's marks, in their unit; missing ones (None) are skipped.

    From ``trim_from`` known marks on (at least 3) the highest and the lowest drop out, one each. None without a known
    mark. The order of the panellists changes nothing. The mean is exact and rounded once.
    ValueError: a mark that is NaN, infinite or not a number, a ``trim_from`` below 3.
    Source: trimmed mean as juries use it; a rule of this programme.
    """
    least = checked_count(trim_from, "trim_from", least=3)
    known = sorted(exact(score, f"Score {place}") for place, score in enumerate(scores, start=1) if score is not None)
    if not known:
        return None
    counted = known[1:-1] if len(known) >= least else known
    return to_float(sum(counted, Fraction()) / len(counted), "The scores")


def weighted_score(parts: Iterable[Number | None], weights: Iterable[Number]) -> float | None:
    """Weighted mean of the parts of a selection, in their unit; weights are scaled to sum 1.

    None as soon as one part is missing, of any weight: a part that was not taken is not 0.
    ValueError: a part that is NaN, infinite or not a number; no part; weights that are negative, all 0, or not one
    per part. Source: a rule of this programme (written test, dossier and interview 30/30/40 by default).
    """
    marks = [None if part is None else exact(part, f"Part {place}") for place, part in enumerate(parts, start=1)]
    if not marks:
        raise ValueError("There is no part: give at least one.")
    given = list(weights)
    checked_weights(given, len(marks))
    known = [mark for mark in marks if mark is not None]
    if len(known) < len(marks):
        return None
    shares = [exact(weight, "Weight") for weight in given]
    total = sum((share * mark for share, mark in zip(shares, known, strict=True)), Fraction())
    return to_float(total / sum(shares, Fraction()), "The parts")


def serial_choice(
    order: Iterable[Hashable],
    choices: Mapping[Hashable, Wish],
    places: Mapping[Hashable, int],
) -> Placing:
    """Places by rank and wish: in ``order`` of the final score each takes the first free village of their own list.

    ``choices`` has for each applicant in ``order`` a ``Choice``, its pair (villages, anywhere), or a plain list of
    villages (without "di mana saja"). ``places`` has the number of places of each village, 0 or more. Who named no
    free village but ticked "di mana saja" takes the first free one in the order of ``places``; all others are
    reserves. Nobody who is placed is a reserve. Nobody can gain by naming villages in another order than the true one.

    Equal final scores have no order: the caller interviews again, or orders by a rule that was written before.
    ValueError: an applicant twice in ``order`` or without an entry in ``choices``, a village named twice or not in
    ``places``, a number of places that is negative or not whole.
    Source: serial dictatorship, as in Svensson (1999).
    """
    applicants = list(order)
    if len(set(applicants)) != len(applicants):
        raise ValueError("An applicant is twice in the order: each has one place in it.")
    free = {village: checked_count(number, f"Places of {village}") for village, number in places.items()}
    wishes = {applicant: _checked_wish(applicant, choices, free) for applicant in applicants}
    placed: dict[Hashable, Hashable] = {}
    for applicant, wish in wishes.items():
        candidates = [*wish.villages, *free] if wish.anywhere else wish.villages
        village = next((village for village in candidates if free[village]), None)
        if village is not None:
            free[village] -= 1
            placed[applicant] = village
    waiting = {applicant: wish for applicant, wish in wishes.items() if applicant not in placed}
    return Placing(placed, {village: _reserves(village, waiting) for village in free})


def _reserves(village: Hashable, waiting: Mapping[Hashable, Choice]) -> list[Hashable]:
    named = [applicant for applicant, wish in waiting.items() if village in wish.villages]
    open_to_all = [applicant for applicant, wish in waiting.items() if wish.anywhere and village not in wish.villages]
    return named + open_to_all


def _checked_wish(applicant: Hashable, choices: Mapping[Hashable, Wish], places: Mapping[Hashable, int]) -> Choice:
    if applicant not in choices:
        raise ValueError(f"Applicant {applicant} has no entry in the choices: give an empty list for no wish.")
    given = choices[applicant]
    wish = given if isinstance(given, Choice) else _choice(given)
    if isinstance(wish.villages, str):
        raise ValueError(f"The choices of applicant {applicant} must be a list of villages, not {wish.villages!r}.")
    for village in wish.villages:
        if village is None or not isinstance(village, Hashable) or village not in places:
            raise ValueError(f"Applicant {applicant} named {village!r}, which has no places in this round.")
    if len(set(wish.villages)) != len(wish.villages):
        raise ValueError(f"Applicant {applicant} named a village twice.")
    return wish


def _choice(given: Sequence[Hashable] | tuple[Sequence[Hashable], bool]) -> Choice:
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], bool):
        return Choice(*cast("tuple[Sequence[Hashable], bool]", given))
    return Choice(given)
