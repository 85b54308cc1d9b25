"""Gathers the rooms of the house for Django."""

from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.recruitment.application_parts import (
    ApplicationFile,
    PersonalDataAccess,
    PlaceChoice,
    RequirementCheck,
)
from facilitators.recruitment.applications import Application
from facilitators.recruitment.conflict_records import ConflictOfInterest, WithdrawnConflict
from facilitators.recruitment.correction_records import ScoreCorrection
from facilitators.recruitment.panel import (
    Interview,
    PanelSeat,
    ScoreSheet,
    SheetScore,
    TestScore,
)
from facilitators.recruitment.people import Facilitator, Objection
from facilitators.recruitment.requirements import DocumentKind, Place, Requirement, RubricCriterion
from facilitators.recruitment.rounds import RecruitmentRound
from facilitators.training.models import Attendance, Course, Enrolment, Session

__all__ = [
    "Application",
    "ApplicationFile",
    "Appraisal",
    "Attendance",
    "ConflictOfInterest",
    "Contract",
    "Course",
    "DocumentKind",
    "Enrolment",
    "Facilitator",
    "Interview",
    "Objection",
    "PanelSeat",
    "PersonalDataAccess",
    "Place",
    "PlaceChoice",
    "Placement",
    "RecruitmentRound",
    "Requirement",
    "RequirementCheck",
    "RubricCriterion",
    "ScoreCorrection",
    "ScoreSheet",
    "Session",
    "SheetScore",
    "TestScore",
    "WithdrawnConflict",
]
