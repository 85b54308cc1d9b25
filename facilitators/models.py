"""Gathers the rooms of the house for Django."""

from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import (
    ApplicationFile,
    PersonalDataAccess,
    PlaceChoice,
    RequirementCheck,
)
from facilitators.recruitment.panel.conflict_records import ConflictOfInterest, WithdrawnConflict
from facilitators.recruitment.panel.corrections import ScoreCorrection
from facilitators.recruitment.panel.models import Interview, PanelSeat, ScoreSheet, SheetScore, TestScore
from facilitators.recruitment.result.people import Facilitator, Objection
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Place, Requirement, RubricCriterion
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
