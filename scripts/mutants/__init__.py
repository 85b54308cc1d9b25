"""Mutants: every room that decides is changed in small ways, and one of its tests has to notice each change.

``make mutants`` (all rooms), ``make mutants ROOMS="methods workflow"``. See docs/mutants.md.
"""
