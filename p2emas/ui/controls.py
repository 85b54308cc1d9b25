"""How one form field is drawn: its classes, and the ids that tie hint and error to the control.

And what Python draws of long tables, where a template for each cell would cost most of the page.
"""

import re
from collections.abc import Iterable
from html import escape

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import selects
from .forms import control_id
from .rows import RowInput

Attributes = dict[str, str | bool]
_SPECIAL = re.compile("[&<>\"']").search


def kind(bound: BoundField) -> str:
    """ "check", "choices", "groups", "file", "select" or "text": which part of the field partial draws it."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if getattr(bound.field, "group_by", ""):
        return "groups"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.MultiWidget):
        return "several"
    if isinstance(widget, RowInput) and widget.is_typed:
        return "text"
    return "select" if isinstance(widget, forms.Select) else "text"


def csrf_input(request: HttpRequest) -> str:
    """What ``{% csrf_token %}`` draws, where the template's context has no token."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


_CLASS = {
    "check": "form-check-input",
    "choices": "form-check-input",
    "groups": "form-check-input",
    "select": "form-select",
}


def described_by(bound: BoundField) -> str:
    """Hint first, then the error, as they are above the control."""
    parts = [f"{bound.auto_id}_hint"] if bound.help_text and bound.auto_id else []
    parts += [f"{bound.auto_id}_error"] if bound.errors and bound.auto_id else []
    return " ".join(parts)


def _attrs(bound: BoundField, described: str) -> Attributes:
    own = bound.field.widget.attrs.get("class", "")
    classes = [_CLASS.get(kind(bound), "form-control"), own, "is-invalid" if bound.errors else ""]
    attrs: Attributes = {"class": " ".join(filter(None, classes))}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def control(bound: BoundField) -> str:
    """The control with its classes, tied to the hint and error that the field partial writes above it."""
    return _drawn(bound, _attrs(bound, described_by(bound)))


def bare_control(bound: BoundField) -> str:
    """The control for a place without hint and error: a filter bar, a table cell."""
    return _drawn(bound, _attrs(bound, ""))


def _drawn(bound: BoundField, attrs: Attributes) -> str:
    return selects.select(bound, attrs) if selects.draws(bound) else bound.as_widget(attrs=attrs)


def choices(bound: BoundField) -> list[BoundWidget]:
    """The single radios or boxes, so that each can have its own label."""
    widget = bound.field.widget
    parts = widget.subwidgets(bound.html_name, bound.value(), attrs=_box_attrs(bound))
    return [BoundWidget(widget, part, bound.form.renderer) for part in parts]


def _box_attrs(bound: BoundField) -> Attributes:
    attrs = bound.build_widget_attrs({"class": "form-check-input is-invalid" if bound.errors else "form-check-input"})
    if bound.auto_id and "id" not in bound.field.widget.attrs:
        attrs["id"] = bound.auto_id
    return attrs


FEW = 8


def groups(bound: BoundField) -> list[dict[str, object]]:
    """The boxes by group, to be folded; a group that holds a tick is open, and all where there are only a few boxes."""
    widget = bound.field.widget
    drawn = widget.optgroups(bound.html_name, widget.format_value(bound.value()), _box_attrs(bound))
    few = sum(len(options) for _name, options, _index in drawn) <= FEW
    return [
        {
            "name": name,
            "choices": [BoundWidget(widget, option, bound.form.renderer) for option in options],
            "open": few or any(option["selected"] for option in options),
        }
        for name, options, _index in drawn
    ]


def cell(bound: BoundField, label: str, css: str = "num") -> dict[str, object]:
    """What ``partials/_input_cell.html`` draws: one input of a table of figures, without a widget template."""
    attrs = bound.field.widget.attrs
    value = bound.value()
    return {
        "id": control_id(bound),
        "name": bound.html_name,
        "value": "" if value is None else value,
        "label": label,
        "css": css,
        "inputmode": attrs.get("inputmode", "text"),
        "errors": bound.errors,
    }


def drawn_cell(bound: BoundField, label: str, css: str = "num", *, note: str = "") -> str:
    """The input of ``partials/_input_cell.html`` without its template, for tables of hundreds of rows.

    ``note``: id of a sentence beside the input that is no error.
    """
    parts = cell(bound, label, css)
    described = [f"{parts['id']}_error"] if parts["errors"] else []
    described += [note] if note else []
    return fill(
        '<input class="form-control {}{}" type="text" id="{}" name="{}" value="{}" inputmode="{}" autocomplete="off" '
        'aria-label="{}"{}{}>',
        css,
        " is-invalid" if parts["errors"] else "",
        parts["id"],
        parts["name"],
        parts["value"],
        parts["inputmode"],
        label,
        fill(' aria-describedby="{}"', " ".join(described)) if described else "",
        fill(' aria-invalid="{}"', "true") if parts["errors"] else "",
    )


# --- Long tables ----------------------------------------------------------------------------------------------------


def fill(pattern: str, *texts: object, **named: object) -> SafeString:
    """``format_html`` for texts that are not lazy, at a fifth of its price: it asks of each value whether it is.

    Everything is escaped but what was drawn here or by ``format_html``; the pattern is written out in the code.
    """
    return SafeString(pattern.format(*map(_escaped, texts), **{name: _escaped(text) for name, text in named.items()}))


def fill_each(pattern: str, texts: Iterable[object]) -> SafeString:
    """The pattern once for each of ``texts``, without anything between."""
    return SafeString("".join([pattern.format(_escaped(text)) for text in texts]))


def _escaped(text: object) -> str:
    if isinstance(text, SafeString):
        return text
    plain = str(text)
    return escape(plain) if _SPECIAL(plain) else plain  # most cells are figures: looked at once, not five times
