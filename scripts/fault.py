"""One fault that is planted, and where the tests of the rooms are that have to notice it."""

from dataclasses import dataclass

REPORTING, RECRUITMENT = "tests/programs/reporting", "tests/facilitators/recruitment"
RECAPS, MONTHLY = "tests/programs/recaps", "tests/programs/monthly"
DASHBOARDS, PLANNING, LOCATIONS = "tests/programs/dashboards", "tests/programs/planning", "tests/districts/locations"


@dataclass(frozen=True)
class Fault:
    """``old`` is once in ``path``; with ``new`` in its place ``tests`` has to turn red."""

    name: str
    path: str
    old: str
    new: str
    tests: str
    postgres: bool = False
    browser: bool = False  # what only a browser can notice
