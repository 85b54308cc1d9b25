"""Which modules are changed, by how many mutants, and which tests have to notice."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 2019
SAMPLE = 60


@dataclass(frozen=True)
class Room:
    """``sample`` mutants of the modules that match ``sources`` (None: every mutant); ``tests`` are the room's own."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int | None = SAMPLE
    without: tuple[str, ...] = ()
    house: str = ""  # of the chains: what the tables of ``CHAINS`` say of other houses does not reach the room

    def leaves_out(self, nodeid: str) -> bool:
        case = nodeid.partition("[")[2]
        return bool(self.house and nodeid.startswith(f"{CHAINS}/test_chains.py") and not case.startswith(self.house))

    def modules(self) -> list[Path]:
        found = {path for pattern in self.sources for path in ROOT.glob(pattern)}
        left_out = {path for pattern in self.without for path in ROOT.glob(pattern)}
        return sorted(path for path in found - left_out if path.name != "__init__.py")


CHAINS = "tests/p2emas/workflow"  # the legal set of every chain is written by hand there
OF_UI = (  # where reading of numbers, outlines and our own error messages are tested with what they are for
    "tests/p2emas/imports/test_numbers.py",
    "tests/districts/regions/test_boundaries.py",
    "tests/p2emas/accounts/back_office/test_admin_sentences.py",
)
OF_LOCATIONS = (  # drafts of decrees, filled and discarded on pages of the profiles
    "tests/programs/profiles/test_amending.py",
    "tests/programs/profiles/test_discarding.py",
)
# Rooms that decide who may, what counts, who is chosen; without pages that only show (papers, urls, admin).
SHOWS = ("**/urls.py", "**/admin.py", "**/papers.py", "**/apps.py")

ROOMS = {
    "methods": Room(("p2emas/methods/*.py",), ("tests/p2emas/methods",), sample=None),
    "workflow": Room(("p2emas/workflow/*.py",), (CHAINS, "tests/p2emas/documents/test_integrity.py"), sample=None),
    "accounts": Room(
        ("p2emas/accounts/**/*.py",),
        ("tests/p2emas/accounts", "tests/p2emas/staffing"),
        without=(*SHOWS, "p2emas/accounts/back_office/*.py"),
    ),
    "imports": Room(
        ("p2emas/imports/*.py",),
        ("tests/p2emas/imports", "tests/facilitators/recruitment/privacy/test_erasing.py"),
        without=SHOWS,
    ),
    "documents": Room(("p2emas/documents/*.py",), ("tests/p2emas/documents",), without=SHOWS),
    "ui": Room(("p2emas/ui/*.py",), ("tests/p2emas/ui", *OF_UI), without=SHOWS),
    "competencies": Room(
        ("districts/competencies/**/*.py",), ("tests/districts/competencies", CHAINS), without=SHOWS, house="districts"
    ),
    "locations": Room(
        ("districts/locations/**/*.py",),
        ("tests/districts/locations", *OF_LOCATIONS, CHAINS),
        without=SHOWS,
        house="districts",
    ),
    "recruitment": Room(
        ("facilitators/recruitment/**/*.py",),
        ("tests/facilitators/recruitment", "tests/facilitators/test_integrity.py", CHAINS),
        without=SHOWS,
        house="facilitators",
    ),
    "placements": Room(
        ("facilitators/placements/*.py", "facilitators/training/*.py"),
        ("tests/facilitators/placements", "tests/facilitators/training", "tests/facilitators/test_integrity.py"),
        without=SHOWS,
    ),
    "planning": Room(("programs/planning/*.py",), ("tests/programs/planning", CHAINS), without=SHOWS, house="programs"),
    "reporting": Room(
        ("programs/reporting/**/*.py",), ("tests/programs/reporting", CHAINS), without=SHOWS, house="programs"
    ),
    "dashboards": Room(
        ("programs/dashboards/*.py", "programs/profiles/*.py"),
        ("tests/programs/dashboards", "tests/programs/profiles"),
        without=SHOWS,
    ),
}
