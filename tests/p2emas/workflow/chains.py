"""Every chain of the product, written by hand from the design: which step leads from where to where, and who takes it.

A chain, state or step that has no row here makes the suite fail; so does a row that the code does not keep.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.facilitator_factories import (
    ApplicationFactory,
    FieldReportFactory,
    ObjectionFactory,
    PlaceFactory,
    RecruitmentRoundFactory,
    StoryPartFactory,
)
from tests.factories import (
    AbsenceFactory,
    ActionItemFactory,
    AgencyFactory,
    CandidateFactory,
    ComparisonVillageFactory,
    CompetencyDeterminationFactory,
    DecreeFactory,
    EvaluationFactory,
    ImportFactory,
    MeetingFactory,
    MinutesFactory,
    ModelPackageFactory,
    ObstacleFactory,
    ProgressReportFactory,
    RankingRunFactory,
    ReopenRequestFactory,
    ReportingPeriodFactory,
    SelectionRoundFactory,
    UserFactory,
    WorkPlanFactory,
)

HEAD = {"coordinator_head"}
COORDINATOR = {"coordinator", "coordinator_head"}
AGENCY = {"agency_operator", "agency_head"}
IMPORTERS = {*COORDINATOR, *AGENCY, "district_admin"}
NAMERS = {"coordinator_head", "agency_head"}
ANSWERERS = {*AGENCY, "district_admin"}
CLOSERS = {*COORDINATOR, *AGENCY, "facilitator"}


@dataclass(frozen=True)
class Row:
    """Every state; step -> (states it leads from, state it leads to, who, is a note needed)."""

    make: Callable[[], Any]
    states: set[str]
    steps: dict[str, tuple[set[str], str, set[str], bool]]


def _determination():
    return CompetencyDeterminationFactory(panel=True, submitted_by=UserFactory(), decided_by=UserFactory())


def _recorded():
    return CompetencyDeterminationFactory(submitted_by=UserFactory(), decided_by=UserFactory())


def _own_obstacle():
    """Raised and answered by one agency."""
    agency = AgencyFactory()
    return ObstacleFactory(answered=True, raised_by=agency, responsible=agency)


def _application():
    place = PlaceFactory()
    return ApplicationFactory(round=place.round, placed_at=place, rejected_for="RANK")


CHECKED = {"SENT", "INCOMPLETE"}
IN_RUNNING = {"PASSED_FILES", "PASSED_TEST", "INVITED"}

CHAINS = {
    "p2emas.Decree": Row(
        DecreeFactory,
        {"DRAFT", "IN_FORCE", "REVOKED"},
        {
            "enact": ({"DRAFT"}, "IN_FORCE", HEAD, False),
            "revoke": ({"IN_FORCE"}, "REVOKED", HEAD, True),
        },
    ),
    "p2emas.Absence": Row(
        lambda: AbsenceFactory(named=True),
        {"ASKED", "NAMED", "DECLINED", "WITHDRAWN", "ENDED"},
        {
            "name": ({"ASKED"}, "NAMED", NAMERS, False),
            "decline": ({"ASKED"}, "DECLINED", NAMERS, True),
            "withdraw": ({"ASKED"}, "WITHDRAWN", set(), False),
            "end": ({"NAMED"}, "ENDED", NAMERS, False),
        },
    ),
    "p2emas.Minutes": Row(
        MinutesFactory,
        {"DRAFT", "SIGNED", "CANCELLED"},
        {
            "sign": ({"DRAFT"}, "SIGNED", COORDINATOR, False),
            "cancel": ({"DRAFT", "SIGNED"}, "CANCELLED", COORDINATOR, True),
        },
    ),
    "p2emas.Import": Row(
        lambda: ImportFactory(applied=True, problem="Berkas rusak.", asked_cell="E2", asked_text="657.565"),
        {"CHECKING", "ASKING", "READY", "APPLYING", "APPLIED", "FAILED", "CANCELLED"},
        {
            "finish": ({"CHECKING"}, "READY", set(), False),
            "ask": ({"CHECKING"}, "ASKING", set(), False),
            "answer": ({"ASKING"}, "CHECKING", IMPORTERS, False),
            "rearrange": ({"READY"}, "CHECKING", IMPORTERS, False),
            "fail": ({"CHECKING"}, "FAILED", set(), False),
            "hand_over": ({"READY"}, "APPLYING", IMPORTERS, False),
            "hand_back": ({"APPLYING"}, "READY", set(), False),
            "apply": ({"READY", "APPLYING"}, "APPLIED", IMPORTERS, False),
            "cancel": ({"CHECKING", "ASKING", "READY"}, "CANCELLED", IMPORTERS, False),
            "undo": ({"APPLIED"}, "CANCELLED", IMPORTERS, False),
        },
    ),
    "districts.CompetencyDetermination": Row(
        _determination,
        {"DRAFT", "SCORED", "DISCUSSED", "SUBMITTED", "DECIDED", "ENACTED", "REVOKED", "CANCELLED"},
        {
            "open_scoring": ({"DRAFT"}, "SCORED", COORDINATOR, False),
            "reopen_draft": ({"SCORED"}, "DRAFT", COORDINATOR, True),
            "discuss": ({"SCORED"}, "DISCUSSED", COORDINATOR, False),
            "reopen_scoring": ({"DISCUSSED"}, "SCORED", COORDINATOR, True),
            "submit": ({"DRAFT", "DISCUSSED"}, "SUBMITTED", COORDINATOR, False),
            "send_back": ({"SUBMITTED"}, "DRAFT", HEAD, True),
            "send_back_discussion": ({"SUBMITTED"}, "DISCUSSED", HEAD, True),
            "decide": ({"SUBMITTED"}, "DECIDED", HEAD, False),
            "cancel": ({"DRAFT", "SCORED", "DISCUSSED", "SUBMITTED", "DECIDED"}, "CANCELLED", COORDINATOR, True),
            "enact": ({"DECIDED"}, "ENACTED", HEAD, False),
            "revoke": ({"ENACTED"}, "REVOKED", HEAD, False),
        },
    ),
    "districts.SelectionRound": Row(
        lambda: SelectionRoundFactory(submitted_by=UserFactory(), decided_by=UserFactory(), run=RankingRunFactory()),
        {"DRAFT", "OPEN", "SURVEY", "SCORING", "SUBMITTED", "DECIDED", "ENACTED", "REVOKED", "CANCELLED"},
        {
            "open": ({"DRAFT"}, "OPEN", COORDINATOR, False),
            "start_survey": ({"OPEN"}, "SURVEY", COORDINATOR, False),
            "start_scoring": ({"SURVEY"}, "SCORING", COORDINATOR, False),
            "back_to_survey": ({"SCORING"}, "SURVEY", COORDINATOR, True),
            "submit": ({"SCORING"}, "SUBMITTED", COORDINATOR, False),
            "send_back": ({"SUBMITTED"}, "SCORING", HEAD, True),
            "decide": ({"SUBMITTED"}, "DECIDED", HEAD, False),
            "cancel": ({"DRAFT", "OPEN", "SURVEY", "SCORING", "SUBMITTED", "DECIDED"}, "CANCELLED", COORDINATOR, True),
            "enact": ({"DECIDED"}, "ENACTED", HEAD, False),
            "revoke": ({"ENACTED"}, "REVOKED", HEAD, False),
        },
    ),
    "districts.Candidate": Row(
        CandidateFactory,
        {"PROPOSED", "ELIGIBLE", "INELIGIBLE", "SURVEYED", "CHOSEN", "RESERVE", "NOT_CHOSEN"},
        {
            "pass_gate": ({"PROPOSED"}, "ELIGIBLE", COORDINATOR, False),
            "fail_gate": ({"PROPOSED"}, "INELIGIBLE", COORDINATOR, True),
            "recheck_gate": ({"ELIGIBLE", "INELIGIBLE"}, "PROPOSED", COORDINATOR, True),
            "survey": ({"ELIGIBLE"}, "SURVEYED", COORDINATOR, False),
            "choose": ({"ELIGIBLE", "SURVEYED"}, "CHOSEN", HEAD, False),
            "reserve": ({"ELIGIBLE", "SURVEYED"}, "RESERVE", HEAD, False),
            "pass_over": ({"ELIGIBLE", "SURVEYED"}, "NOT_CHOSEN", HEAD, False),
            "promote": ({"RESERVE"}, "CHOSEN", HEAD, True),
        },
    ),
    "districts.TargetLocation": Row(
        lambda: EvaluationFactory(decided=True, verdict="READY").target_location,
        {"FIXED", "RUNNING", "POSTPONED", "READY", "CLOSED"},
        {
            "start": ({"FIXED", "POSTPONED"}, "RUNNING", COORDINATOR, False),
            "postpone": ({"FIXED", "RUNNING"}, "POSTPONED", COORDINATOR, True),
            "make_ready": ({"RUNNING"}, "READY", HEAD, True),
            "close": ({"FIXED", "RUNNING", "POSTPONED", "READY"}, "CLOSED", HEAD, False),
        },
    ),
    "facilitators.RecruitmentRound": Row(
        lambda: RecruitmentRoundFactory(judged=True),
        {"DRAFT", "PUBLISHED", "CLOSED", "SELECTION", "SUBMITTED", "DECIDED", "ANNOUNCED", "CANCELLED"},
        {
            "publish": ({"DRAFT"}, "PUBLISHED", COORDINATOR, False),
            "close": ({"PUBLISHED"}, "CLOSED", COORDINATOR, False),
            "start_selection": ({"CLOSED"}, "SELECTION", COORDINATOR, False),
            "back_to_checking": ({"SELECTION"}, "CLOSED", COORDINATOR, True),
            "submit": ({"SELECTION"}, "SUBMITTED", COORDINATOR, False),
            "send_back": ({"SUBMITTED"}, "SELECTION", HEAD, True),
            "decide": ({"SUBMITTED"}, "DECIDED", HEAD, False),
            "announce": ({"DECIDED"}, "ANNOUNCED", COORDINATOR, False),
            "cancel": (
                {"DRAFT", "PUBLISHED", "CLOSED", "SELECTION", "SUBMITTED", "DECIDED"},
                "CANCELLED",
                COORDINATOR,
                True,
            ),
        },
    ),
    "facilitators.Application": Row(
        _application,
        {
            "DRAFT",
            *CHECKED,
            *IN_RUNNING,
            "ACCEPTED",
            "RESERVE",
            "REJECTED",
            "WITHDRAWN",
            "DROPPED",
        },
        {
            "send": ({"DRAFT"}, "SENT", set(), False),
            "send_again": ({"INCOMPLETE"}, "SENT", set(), False),
            "withdraw": ({*CHECKED, *IN_RUNNING, "ACCEPTED", "RESERVE"}, "WITHDRAWN", set(), False),
            "ask_completion": ({"SENT"}, "INCOMPLETE", COORDINATOR, True),
            "pass_files": (CHECKED, "PASSED_FILES", COORDINATOR, False),
            "refuse_files": (CHECKED, "REJECTED", COORDINATOR, True),
            "recheck_files": ({"PASSED_FILES", "REJECTED"}, "SENT", COORDINATOR, True),
            "pass_test": ({"PASSED_FILES"}, "PASSED_TEST", COORDINATOR, False),
            "fail_test": ({"PASSED_FILES"}, "REJECTED", COORDINATOR, False),
            "undo_test": ({"PASSED_TEST", "REJECTED"}, "PASSED_FILES", COORDINATOR, True),
            "invite": ({"PASSED_TEST"}, "INVITED", COORDINATOR, False),
            "accept": ({"INVITED"}, "ACCEPTED", HEAD, False),
            "reserve": ({"INVITED"}, "RESERVE", HEAD, False),
            "reject": (IN_RUNNING, "REJECTED", HEAD, False),
            "promote": ({"RESERVE"}, "ACCEPTED", HEAD, True),
            "drop": ({"ACCEPTED"}, "DROPPED", COORDINATOR, True),
        },
    ),
    "facilitators.Objection": Row(
        lambda: ObjectionFactory(answer="Sudah ditinjau.", answered_at=datetime(2019, 11, 22, tzinfo=UTC)),
        {"RECEIVED", "ANSWERED"},
        {"answer": ({"RECEIVED"}, "ANSWERED", COORDINATOR, False)},
    ),
    "programs.WorkPlan": Row(
        lambda: WorkPlanFactory(agreed=True),
        {"DRAFT", "SUBMITTED", "REVIEWING", "RETURNED", "SET"},
        {
            "submit": ({"DRAFT", "RETURNED"}, "SUBMITTED", AGENCY, False),
            "withdraw": ({"SUBMITTED"}, "DRAFT", AGENCY, False),
            "review": ({"SUBMITTED"}, "REVIEWING", COORDINATOR, False),
            "return": ({"REVIEWING"}, "RETURNED", COORDINATOR, True),
            "set": ({"REVIEWING"}, "SET", COORDINATOR, False),
        },
    ),
    "programs.Obstacle": Row(
        lambda: ObstacleFactory(answered=True),
        {"REPORTED", "ROUTED", "ANSWERED", "SOLVED"},
        {
            "route": ({"REPORTED"}, "ROUTED", COORDINATOR, False),
            "answer": ({"ROUTED"}, "ANSWERED", ANSWERERS, False),
            "close": ({"ANSWERED"}, "SOLVED", CLOSERS, False),
            "send_back": ({"ANSWERED"}, "ROUTED", CLOSERS, True),
            "pass_on": ({"ROUTED", "ANSWERED"}, "ROUTED", COORDINATOR, True),
            "decline": ({"ROUTED"}, "REPORTED", AGENCY, True),
            "settle": ({"REPORTED", "ROUTED"}, "SOLVED", CLOSERS, True),
        },
    ),
    "programs.Meeting": Row(
        lambda: MeetingFactory(held_on=date(2019, 10, 8), invited_at=datetime(2019, 10, 1, tzinfo=UTC)),
        {"PREPARED", "INVITED", "HELD", "CANCELLED"},
        {
            "invite": ({"PREPARED"}, "INVITED", COORDINATOR, False),
            "close": ({"PREPARED", "INVITED"}, "HELD", COORDINATOR, False),
            "call_off": ({"PREPARED", "INVITED"}, "CANCELLED", COORDINATOR, True),
        },
    ),
    "programs.ActionItem": Row(
        lambda: ActionItemFactory(done=True),
        {"OPEN", "DONE", "CANCELLED"},
        {
            "close": ({"OPEN"}, "DONE", ANSWERERS | COORDINATOR, True),
            "reopen": ({"DONE"}, "OPEN", COORDINATOR, True),
            "cancel": ({"OPEN"}, "CANCELLED", COORDINATOR, True),
        },
    ),
    "programs.Evaluation": Row(
        lambda: EvaluationFactory(decided=True),
        {"DRAFT", "SUBMITTED", "DECIDED", "CANCELLED"},
        {
            "submit": ({"DRAFT"}, "SUBMITTED", COORDINATOR, False),
            "send_back": ({"SUBMITTED"}, "DRAFT", HEAD, True),
            "decide": ({"SUBMITTED"}, "DECIDED", HEAD, False),
            "cancel": ({"DRAFT", "SUBMITTED"}, "CANCELLED", COORDINATOR, True),
        },
    ),
    "programs.ComparisonSet": Row(
        lambda: ComparisonVillageFactory().comparison_set,
        {"OPEN", "FROZEN"},
        {"freeze": ({"OPEN"}, "FROZEN", COORDINATOR, False)},
    ),
    "programs.ModelPackage": Row(
        lambda: ModelPackageFactory(published=True),
        {"DRAFT", "PUBLISHED", "WITHDRAWN"},
        {
            "publish": ({"DRAFT"}, "PUBLISHED", COORDINATOR, False),
            "withdraw": ({"DRAFT", "PUBLISHED"}, "WITHDRAWN", COORDINATOR, True),
        },
    ),
    "programs.ReportingPeriod": Row(
        ReportingPeriodFactory,
        {"OPEN", "LOCKED"},
        {
            "lock": ({"OPEN"}, "LOCKED", HEAD, False),
            "reopen": ({"LOCKED"}, "OPEN", HEAD, True),
        },
    ),
    "programs.ProgressReport": Row(
        lambda: ProgressReportFactory(approved=True),
        {"NOT_STARTED", "DRAFT", "WAITING", "VERIFYING", "RETURNED", "APPROVED", "LOCKED"},
        {
            "begin": ({"NOT_STARTED"}, "DRAFT", AGENCY, False),
            "submit": ({"DRAFT", "RETURNED"}, "WAITING", AGENCY, False),
            "withdraw": ({"WAITING"}, "DRAFT", AGENCY, False),
            "claim": ({"WAITING"}, "VERIFYING", COORDINATOR, False),
            "return": ({"VERIFYING"}, "RETURNED", COORDINATOR, True),
            "approve": ({"VERIFYING"}, "APPROVED", COORDINATOR, False),
            "undo": ({"APPROVED", "RETURNED"}, "VERIFYING", COORDINATOR, False),
            "reopen": ({"APPROVED"}, "RETURNED", HEAD, True),
            "lock": ({"APPROVED"}, "LOCKED", HEAD, False),
            "unlock": ({"LOCKED"}, "APPROVED", HEAD, True),
        },
    ),
    "programs.FieldReport": Row(
        lambda: FieldReportFactory(received_at=datetime(2019, 9, 1, tzinfo=UTC)),
        {"DRAFT", "WAITING", "SENT", "RETURNED", "REPLACED"},
        {
            "send": ({"DRAFT"}, "WAITING", set(), False),
            "complete": ({"WAITING"}, "SENT", set(), False),
            "release_text": ({"WAITING"}, "SENT", COORDINATOR, True),
            "return": ({"SENT"}, "RETURNED", COORDINATOR, True),
            "answer": ({"RETURNED"}, "SENT", set(), True),
            "replace": ({"WAITING", "SENT", "RETURNED"}, "REPLACED", set(), False),
        },
    ),
    "programs.StoryPart": Row(
        StoryPartFactory,
        {"UNPUBLISHED", "PUBLISHED", "WITHDRAWN"},
        {
            "publish": ({"UNPUBLISHED", "WITHDRAWN"}, "PUBLISHED", COORDINATOR, False),
            "withdraw": ({"PUBLISHED"}, "WITHDRAWN", COORDINATOR, False),
        },
    ),
    "programs.ReopenRequest": Row(
        lambda: ReopenRequestFactory(decided_by=UserFactory(), decided_at=datetime(2019, 10, 8, tzinfo=UTC)),
        {"ASKED", "OPENED", "REFUSED", "WITHDRAWN"},
        {
            "open": ({"ASKED"}, "OPENED", HEAD, False),
            "refuse": ({"ASKED"}, "REFUSED", HEAD, True),
            "withdraw": ({"ASKED"}, "WITHDRAWN", AGENCY, False),
        },
    ),
}
# Steps that only another kind of the same record takes.
OTHER_KIND = {
    ("districts.CompetencyDetermination", "send_back"): _recorded,
    ("programs.Obstacle", "answer"): _own_obstacle,
    ("programs.Obstacle", "decline"): _own_obstacle,
}
# Roles that the steps of a chain name and the kind of its record here leaves out: agencies import files of their own only.
# An obstacle outside every village has no facilitator.
LEFT_OUT = {"p2emas.Import": AGENCY, "programs.Obstacle": {"facilitator"}}
# Steps that belong to one person: only who decided takes their decision back; a job ends in its uploader's name.
PERSONAL = {
    **{("programs.FieldReport", name): "author" for name in ("send", "complete", "answer", "replace")},
    ("p2emas.Absence", "withdraw"): "asked_by",
    ("programs.ProgressReport", "undo"): "decided_by",
    ("p2emas.Import", "finish"): "uploaded_by",
    ("p2emas.Import", "ask"): "uploaded_by",
    ("p2emas.Import", "fail"): "uploaded_by",
    ("p2emas.Import", "hand_back"): "uploaded_by",
}
# Steps of the applicant, who has no account: nobody who signs in takes them.
APPLICANT = {("facilitators.Application", name) for name in ("send", "send_again", "withdraw")}
# Records with personal data that must be erasable: StatusChange has their steps, nothing keeps their old values.
# A part of a story has no values, only its state.
WITHOUT_HISTORY = {"facilitators.Application", "facilitators.Objection", "programs.FieldReport", "programs.StoryPart"}
# The sender of a record never decides it: steps closed to "submitted_by", no matter which roles they hold.
NOT_THE_SENDER = {
    "districts.CompetencyDetermination": {"decide"},
    "districts.SelectionRound": {"decide"},
    "facilitators.RecruitmentRound": {"decide"},
    "programs.WorkPlan": {"return", "set"},
    "programs.Evaluation": {"decide"},
    "programs.ProgressReport": {"approve", "return"},
}
