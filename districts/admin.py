"""Gathers the back-office pages of the house for Django."""

from districts.evidence import admin as evidence
from districts.locations import admin as locations
from districts.locations.candidates import admin as candidates
from districts.regions import admin as regions

__all__ = ["candidates", "evidence", "locations", "regions"]
