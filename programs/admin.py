"""Gathers the back-office pages of the house for Django."""

from programs.framework import admin as framework

__all__ = ["framework"]
