"""What the selection of locations contributes to the frame; see ``p2emas/registry``."""

from districts.locations import runs  # noqa: F401 - registers the sweep of rankings whose worker died
from districts.locations.candidates import value_lane  # noqa: F401 - registers the workbook of values
from districts.locations.candidates.drafts import VISIT
from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.candidates.visits import SurveyPhoto, SurveyVisit
from districts.locations.dates import DATES
from districts.locations.decision.drafts import CHOICES
from districts.locations.decrees import carrying  # noqa: F401 - provides which draft carries a record out
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.notices import NOTICES
from districts.locations.rounds.criteria import Criterion, PairwiseJudgment, RankingRun
from districts.locations.rounds.models import SelectionRound
from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, SEERS, TASK, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, MenuEntry, PersonalFields

DISTRICTS = MenuEntry("Kecamatan", "locations:district-list")
VILLAGES = MenuEntry("Desa", "locations:village-list")
DECISIONS = MenuEntry("Menunggu keputusan", "locations:decisions")
SELECTION_ROUNDS = MenuEntry("Pemilihan lokasi", "locations:round-list", claims=r"/keputusan/lokasi/")

OF_ROUNDS = Looks(
    "round",
    {
        SelectionRound.Status.DRAFT: Look("", "half"),
        SelectionRound.Status.OPEN: Look("blue", "dot"),
        SelectionRound.Status.SURVEY: Look("violet", "half"),
        SelectionRound.Status.SCORING: Look("violet", "half"),
        SelectionRound.Status.SUBMITTED: Look("blue", "clock"),
        SelectionRound.Status.DECIDED: Look("teal", "dot"),
        SelectionRound.Status.ENACTED: Look("green", "check"),
        SelectionRound.Status.REVOKED: Look("red", "cross"),
        SelectionRound.Status.CANCELLED: Look("", "cross"),
    },
    SelectionRound,
)
OF_CANDIDATES = Looks(
    "candidate",
    {
        Candidate.Status.PROPOSED: Look("blue", "clock"),
        Candidate.Status.ELIGIBLE: Look("teal", "dot"),
        Candidate.Status.INELIGIBLE: Look("", "cross"),
        Candidate.Status.SURVEYED: Look("violet", "half"),
        Candidate.Status.CHOSEN: Look("green", "check"),
        Candidate.Status.RESERVE: Look("teal", "half"),
        Candidate.Status.NOT_CHOSEN: Look("", "cross"),
    },
    Candidate,
)
OF_LOCATIONS = Looks(
    "location",
    {
        "candidate": Look("open", "circle", "Calon"),
        TargetLocation.Status.FIXED: Look("", "half"),
        TargetLocation.Status.RUNNING: Look("blue", "dot"),
        TargetLocation.Status.POSTPONED: Look("yellow", "alert"),
        TargetLocation.Status.READY: Look("green", "check"),
        TargetLocation.Status.CLOSED: Look("", "lock"),
    },
    TargetLocation,
)

SURVEY = Handling(
    "Petugas survei",
    "Nama petugas dan tanggal kunjungan",
    "Siapa yang mengunjungi calon lokasi, menurut surat tugas",
    TASK,
    SEERS,
    "Selama penjaringan lokasi disimpan sebagai dasar keputusan",
)

CONTRIBUTIONS = Contributions(
    drafted_forms=(VISIT, CHOICES),
    menu_entries=(DISTRICTS, VILLAGES, DECISIONS, SELECTION_ROUNDS),
    looks=(OF_ROUNDS, OF_CANDIDATES, OF_LOCATIONS),
    notices=NOTICES,
    dates=DATES,
    personal=(
        PersonalFields(SelectionRound, "submitted_by submitted_at decided_by decided_at", TRACE),
        PersonalFields(PairwiseJudgment, "user", TRACE),
        PersonalFields(RankingRun, "asked_by at", TRACE),
        PersonalFields(Candidate, "proposed_by proposed_at", TRACE),
        PersonalFields(SurveyVisit, "surveyors visited_on", SURVEY),
        PersonalFields(SurveyPhoto, OF_A_FILE, UPLOAD),
    ),
    not_personal={
        SelectionRound: "name kind opens closes gate discussion sources status",
        Criterion: "name unit source",
        RankingRun: "inputs digest results problem job finished_at",
        Candidate: "existing_activity output choice reason source status",
        CandidateValue: "source",
        SurveyVisit: "letter_no findings source",
        SurveyPhoto: ABOUT_A_FILE,
        TargetLocation: "valid_from valid_until status",
        DecreeItem: "action",
    },
)
