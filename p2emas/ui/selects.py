"""A select drawn at once: Django makes a dictionary and a template loop of every option, 10 µs each.

A list of 100,000 reports offers hundreds of agencies and quarters, a form 400 villages; here most are drawn already.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html

from .rows import RowInput

_HYPHENS = "---------"  # what model fields offer when nothing is chosen
_PLAIN = (forms.Select, forms.SelectMultiple)


def draws(bound: BoundField) -> bool:
    """Whether the widget is a plain select; one with options or a template of its own draws itself."""
    widget = bound.field.widget
    return type(widget) in _PLAIN or (isinstance(widget, RowInput) and not widget.is_typed)


def select(bound: BoundField, attrs: Mapping[str, str | bool]) -> str:
    """What ``bound.as_widget(attrs=attrs)`` draws, option for option, with words in place of Django's nine hyphens."""
    widget = bound.field.widget
    given = bound.build_widget_attrs({**attrs}, widget)
    if bound.auto_id and "id" not in widget.attrs:
        given.setdefault("id", bound.auto_id)
    drawn = {"name": bound.html_name, **widget.build_attrs(widget.attrs, given)}
    if widget.allow_multiple_selected:
        drawn["multiple"] = True
    chosen = _Chosen(widget.format_value(bound.value()), several=widget.allow_multiple_selected)
    blank = "Pilih" if widget.is_required else "Tidak dipilih"
    choices = ((value, blank if label == _HYPHENS else label) for value, label in widget.choices)
    return format_html("<select{}>{}</select>", flatatt(drawn), _parts(choices, chosen))


class _Chosen:
    """Which options are marked: every one of ``values``, or the first alone."""

    def __init__(self, values: list[str], *, several: bool) -> None:
        self.values, self.several, self.found = frozenset(values), several, False

    def mark(self, value: str) -> str:
        if value not in self.values or (self.found and not self.several):
            return ""
        self.found = True
        return " selected"


def _parts(choices: Iterable, chosen: _Chosen) -> str:
    parts = [_part(value, label, chosen) for value, label in choices]
    return format_html("{}" * len(parts), *parts) if parts else format_html("{}", "")  # one call, not one for each


def _part(value: object, label: object, chosen: _Chosen) -> str:
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _parts(label, chosen))
    text = "" if value is None else str(value)
    return _option(text, label if isinstance(label, str) else str(label), chosen.mark(text))


@lru_cache(maxsize=4096, typed=True)  # typed: marked-up and plain text of the same letters are two options
def _option(value: str, label: str, mark: str) -> str:
    return format_html('<option value="{}"{}>{}</option>\n', value, mark, label)
