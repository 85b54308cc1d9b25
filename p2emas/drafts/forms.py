"""What a page says of itself when it sends what is typed."""

from typing import Any

from django import forms

LARGEST_NUMBER = 2**31 - 1


def _number(least: int) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=least, max_value=LARGEST_NUMBER)


class KeptForm(forms.Form):
    """Key and version of the page, the row that has the form, whether the page is about to close, and
    whether it sends a copy that an earlier page left in the browser.

    ``mulai`` is the version with which the page began; without it that of the form itself, 0 for a new record.
    """

    isian = forms.UUIDField()
    mulai = _number(0)
    version = _number(0)
    bagian = _number(1)
    pergi = forms.BooleanField(required=False)
    salinan = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        began = data.get("mulai")
        data["version"] = (data.get("version") or 0) if began is None else began
        return data


class LookingForm(forms.Form):
    """The row that has the form which somebody looks at."""

    bagian = _number(1)
