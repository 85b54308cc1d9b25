"""Gathers the back-office pages of the house for Django."""

from programs.framework import admin as framework
from programs.nomenclature import admin as nomenclature
from programs.planning.start import admin as procurement
from programs.recaps import admin as recaps

__all__ = ["framework", "nomenclature", "procurement", "recaps"]
