"""Gathers the rooms of the house for Django."""

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.evidence.aid import EarlierAid
from districts.evidence.figures import ProductionFigure
from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.models import DecreeItem, TargetLocation
from districts.regions.figures import AreaFigure
from districts.regions.models import District, Regency, Village, VillageAlias

__all__ = [
    "AreaFigure",
    "Commodity",
    "CommunityGroup",
    "CompetencyDetermination",
    "CoreCompetency",
    "DecreeItem",
    "District",
    "EarlierAid",
    "ProductionFigure",
    "Regency",
    "TargetLocation",
    "Village",
    "VillageAlias",
]
