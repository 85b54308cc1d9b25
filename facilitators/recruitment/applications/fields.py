"""The form field of a mobile number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from facilitators.recruitment.applications.numbers import read_phone, shown_phone
from p2emas.ui.reading import Unreadable


class PhoneField(forms.CharField):
    """Reads every spelling of a mobile number into one (+62812…), shows it as people say it; empty stays so."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 40  # as typed, which is longer than the column
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "w-phone"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        try:
            return read_phone(typed) if typed else ""
        except Unreadable as refusal:
            raise ValidationError(str(refusal), code="unreadable") from None

    def prepare_value(self, value: Any) -> Any:
        return shown_phone(value) if isinstance(value, str) else value
