"""Gathers the back-office pages of the frame for Django."""

from p2emas.accounts.back_office import admin as accounts
from p2emas.documents import admin as documents
from p2emas.documents import template_admin as templates
from p2emas.instruments import admin as instruments

__all__ = ["accounts", "documents", "instruments", "templates"]
