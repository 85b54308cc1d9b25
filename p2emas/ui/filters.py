"""The filter bar of a list: a GET form, what is active as removable chips, and what the form must carry along."""

from typing import Any

from django.db.models import Model
from django.forms import Form
from django.http import QueryDict

from .links import with_query

_PLACE = ("halaman", "setelah", "sebelum")


class Filters:
    """``form`` is django-filter's ``filterset.form`` or any form bound to the query string.

    ``partials/_filters.html`` draws it. Values that the form refuses are no filter and get no chip.
    """

    def __init__(self, form: Form, query: QueryDict) -> None:
        self.form, self.query = form, query
        self.chips = [chip for name in form.fields for chip in self._chips(name)]
        self.kept = [(key, value) for key in ("urut", "baris") for value in query.getlist(key)[:1]]
        self.clear = with_query(query, **dict.fromkeys([*(form.add_prefix(name) for name in form.fields), *_PLACE]))

    def _chips(self, name: str):
        field, key = self.form.fields[name], self.form.add_prefix(name)
        cleaned = self._cleaned(name)
        if cleaned in (None, "", []) or cleaned is False:
            return
        raw = [value for value in self.query.getlist(key) if value.strip()]
        if not getattr(field.widget, "allow_multiple_selected", False):
            raw = raw[-1:]
        for value in raw:
            rest = [other for other in raw if other != value] or None
            yield {
                "label": field.label or name,
                "value": self._word(field, value, cleaned),
                "link": with_query(self.query, **{key: rest}, **dict.fromkeys(_PLACE)),
            }

    def _cleaned(self, name: str) -> Any:
        """What the form takes for the field; None for what it refuses."""
        if not self.form.is_bound or name in self.form.errors:
            return None
        return self.form.cleaned_data.get(name)

    @staticmethod
    def _word(field, value: str, cleaned) -> str:
        if isinstance(cleaned, Model):
            return str(cleaned)
        for code, label in getattr(field, "choices", ()):
            inner = label if isinstance(label, list | tuple) else [(code, label)]
            for each, word in inner:
                if str(each) == value:
                    return str(word)
        return value
