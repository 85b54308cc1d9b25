"""Is a success ready to be passed on to another village? A list of criteria, each answered by a figure; no index.

What is not known is not met. An answer is "met", "not_met", "unknown" or "not_applicable"; the last is a judgement of a
person with a reason, and does not count as met either, but is shown apart.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from p2emas.methods.inputs import Number, checked_count, checked_number

MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = "met", "not_met", "unknown", "not_applicable"
ANSWERS = (MET, NOT_MET, UNKNOWN, NOT_APPLICABLE)


@dataclass(frozen=True)
class Readiness:
    """Codes of criteria in their order, by answer, and whether they are enough."""

    is_ready: bool
    met: tuple[str, ...]
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]
    not_applicable: tuple[str, ...]
    missing_required: tuple[str, ...]


def readiness(answers: Mapping[str, str], *, needed: int, required: Collection[str] = ()) -> Readiness:
    """Ready when at least ``needed`` criteria are met and each of ``required`` is among them.

    ``answers`` maps the code of each criterion to one of the four answers.
    ValueError: an unknown answer, a required criterion that is not in the list, ``needed`` below 1 or too large.
    """
    _check(answers, needed, required)
    met, not_met, unknown, not_applicable = (
        tuple(code for code in answers if answers[code] == wanted) for wanted in ANSWERS
    )
    missing = tuple(code for code in answers if code in required and answers[code] != MET)
    enough = len(met) >= needed and not missing
    return Readiness(enough, met, not_met, unknown, not_applicable, missing)


def _check(answers: Mapping[str, str], needed: int, required: Collection[str]) -> None:
    for code, answer in answers.items():
        if answer not in ANSWERS:
            raise ValueError(f"Criterion {code} has the answer {answer!r}: use one of {', '.join(ANSWERS)}.")
    if absent := [code for code in required if code not in answers]:
        raise ValueError(f"Required criteria without an answer: {', '.join(absent)}.")
    if checked_count(needed, "The number needed", least=1) > len(answers):
        raise ValueError(f"{needed} criteria are needed, but there are {len(answers)}.")


def reaches(value: Number | None, threshold: Number | None) -> str:
    """ "met" when ``value`` is at least ``threshold``; "unknown" while either is not known.

    ValueError: a value that is not a finite number.
    """
    if value is None or threshold is None:
        return UNKNOWN
    return MET if checked_number(value, "The value") >= checked_number(threshold, "The threshold") else NOT_MET


def often_enough(answers: Iterable[bool | None], needed: int) -> str:
    """ "met" when at least ``needed`` answers are True, such as months with a sale; None is not known.

    "not_met" only if the unknown ones could not change it, else "unknown".
    ValueError: ``needed`` that is not a whole number of at least 1.
    """
    checked_count(needed, "The number needed", least=1)
    known = list(answers)
    yes, open_ones = sum(answer is True for answer in known), sum(answer is None for answer in known)
    if yes >= needed:
        return MET
    return NOT_MET if yes + open_ones < needed else UNKNOWN


def running(answers: Iterable[bool | None], needed: int) -> str:
    """ "met" when the last ``needed`` answers are all True, such as quarters with the output at its target.

    The order is that of time. One False among them is "not_met"; fewer answers than needed, or a None, "unknown".
    ValueError: ``needed`` that is not a whole number of at least 1.
    """
    checked_count(needed, "The number needed", least=1)
    last = list(answers)[-needed:]
    if any(answer is False for answer in last):
        return NOT_MET
    return MET if len(last) == needed and all(answer is True for answer in last) else UNKNOWN
