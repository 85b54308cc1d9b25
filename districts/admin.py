"""Gathers the back-office pages of the house for Django."""

from districts.evidence import admin as evidence
from districts.locations import admin as locations
from districts.regions import admin as regions

__all__ = ["evidence", "locations", "regions"]
