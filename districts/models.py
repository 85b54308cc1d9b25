"""Gathers the rooms of the house for Django."""

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.competencies.panel.analyses import AnalysedCommodity, DeterminationAnalysis
from districts.competencies.panel.models import (
    AssessorSeat,
    CompetencyOption,
    DeterminationCriterion,
    InapplicableCriterion,
    PanelScore,
)
from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure
from districts.evidence.measures import EvidenceMeasure
from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.candidates.visits import SurveyPhoto, SurveyVisit
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.rounds.criteria import Criterion, PairwiseJudgment, RankingRun
from districts.locations.rounds.models import SelectionRound
from districts.regions.boundaries import DistrictBoundary
from districts.regions.figures import AreaFigure
from districts.regions.models import District, DistrictAlias, Regency, Village, VillageAlias
from districts.regions.scopes import VillageScope

__all__ = [
    "AnalysedCommodity",
    "AreaFigure",
    "AssessorSeat",
    "Candidate",
    "CandidateValue",
    "Commodity",
    "CommunityGroup",
    "CompetencyDetermination",
    "CompetencyOption",
    "CoreCompetency",
    "Criterion",
    "DecreeItem",
    "DeterminationAnalysis",
    "DeterminationCriterion",
    "District",
    "DistrictAlias",
    "DistrictBoundary",
    "EarlierAid",
    "EvidenceMeasure",
    "InapplicableCriterion",
    "PairwiseJudgment",
    "PanelScore",
    "ProductionFigure",
    "RankingRun",
    "Regency",
    "SelectionRound",
    "SurveyPhoto",
    "SurveyVisit",
    "TargetLocation",
    "Village",
    "VillageAlias",
    "VillageScope",
]
