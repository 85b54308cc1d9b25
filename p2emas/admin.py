"""Gathers the back-office pages of the frame for Django."""

from p2emas.accounts import admin as accounts

__all__ = ["accounts"]
