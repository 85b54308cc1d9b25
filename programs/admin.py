"""Gathers the back-office pages of the house for Django."""

from programs.framework import admin as framework
from programs.nomenclature import admin as nomenclature

__all__ = ["framework", "nomenclature"]
