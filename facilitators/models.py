"""Gathers the rooms of the house for Django (they come with the recruitment of facilitators)."""
