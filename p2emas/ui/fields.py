"""Form fields for money, percentages, quantities and dates, as Indonesian offices write them."""

from abc import ABC, abstractmethod
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from . import formats, reading

# Sums of thousands of such lines still fit a BigInteger column.
LARGEST_RUPIAH = 999_999_999_999_999
LARGEST_KEY = 2**63 - 1


class _ReadField(forms.Field, ABC):
    """A text box whose text goes through one of the readers."""

    css = ""
    inputmode = "decimal"

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(**kwargs)

    @abstractmethod
    def read(self, text: str):
        """The value of what was typed; raises ``reading.Unreadable`` with a sentence."""

    def to_python(self, value):
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except reading.Unreadable as refusal:
            raise ValidationError(str(refusal), code="unreadable") from None

    def widget_attrs(self, widget) -> dict:
        attrs = super().widget_attrs(widget)
        if not widget.is_hidden:
            attrs |= {"inputmode": self.inputmode, "autocomplete": "off"}
            if self.css and "class" not in widget.attrs:
                attrs["class"] = self.css
        return attrs


class _NumberField(_ReadField):
    def __init__(self, *, min_value=None, max_value=None, **kwargs) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def shown(self, value) -> str:
        return formats.number(value)

    def validate(self, value) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(f"Isi {self.shown(self.min_value)} atau lebih", code="min_value")
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(f"Isi paling besar {self.shown(self.max_value)}", code="max_value")

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.shown(value)


class RupiahField(_NumberField):
    """Whole rupiah. Reads "Rp 1.250.000", "1250000", "1.250.000,00"; refuses "12.50", "1,250", "1250,5"."""

    css = "w-date num"
    inputmode = "numeric"

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = LARGEST_RUPIAH, **kwargs) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def read(self, text: str) -> int:
        return reading.read_rupiah(text)

    def shown(self, value) -> str:
        return formats.number(value, 0).replace(formats.MINUS, "-")


class _DecimalField(_NumberField):
    def __init__(self, *, decimal_places: int = 2, max_digits: int = 18, **kwargs) -> None:
        self.decimal_places, self.max_digits = decimal_places, max_digits
        super().__init__(**kwargs)

    def shown(self, value) -> str:
        """A further zero where the reader would take what we show for thousands: "1,1250"."""
        text = formats.number(value, self.decimal_places).replace(formats.MINUS, "-")
        whole, _comma, part = text.partition(",")
        if len(part) != 3 and "." not in whole:  # one reading only, as hundreds of cells of a table have
            return text
        try:
            self.read(text)
        except reading.Unreadable:
            text += "0"
        return text

    def to_python(self, value):
        value = super().to_python(value)
        if value is None:
            return None
        value = value if isinstance(value, Decimal) else Decimal(str(value))
        beyond = value.is_finite() and -value.as_tuple().exponent > self.decimal_places
        return value.normalize() if beyond else value

    def validate(self, value) -> None:
        super().validate(value)
        if value is None:
            return
        if -value.as_tuple().exponent > self.decimal_places:
            raise ValidationError(
                f"Tulis paling banyak {self.decimal_places} angka di belakang koma, contoh {self.shown(value)}",
                code="max_decimal_places",
            )
        if abs(value) >= Decimal(10) ** (self.max_digits - self.decimal_places):
            largest = Decimal(10) ** (self.max_digits - self.decimal_places) - 1
            raise ValidationError(f"Isi paling besar {formats.number(largest, 0)}", code="max_digits")


class PercentField(_DecimalField):
    """A percentage with comma or dot, "%" allowed; 0 to 100 unless told otherwise (``max_value=None``)."""

    css = "w-num num"

    def __init__(self, *, min_value=0, max_value=100, decimal_places: int = 2, max_digits: int = 7, **kwargs) -> None:
        super().__init__(
            min_value=min_value, max_value=max_value, decimal_places=decimal_places, max_digits=max_digits, **kwargs
        )

    def read(self, text: str) -> Decimal:
        return reading.read_percent(text)


class QuantityField(_DecimalField):
    """A quantity with Indonesian comma: "1.250,5"; refuses "1.5" and "1,250" with both readings."""

    css = "w-num num"

    def __init__(self, *, min_value=0, **kwargs) -> None:
        super().__init__(min_value=min_value, **kwargs)

    def read(self, text: str) -> Decimal:
        return reading.read_decimal(text)


class DegreesField(_DecimalField):
    """A coordinate in degrees: "0,166", "111.729". Degrees have no thousands, so either mark is the decimal one."""

    css = "w-num num"

    def __init__(self, *, limit: int, **kwargs) -> None:
        super().__init__(min_value=-limit, max_value=limit, decimal_places=6, max_digits=9, **kwargs)

    def read(self, text: str) -> Decimal:
        return reading.read_degrees(text)


class IndonesianDateField(_ReadField):
    """A day: "29 Maret 2017", "29-03-2017", "29/03/2017", ISO. ``earliest`` and ``latest`` bound it."""

    css = "w-date"
    inputmode = "text"

    def __init__(self, *, earliest: date = date(1945, 1, 1), latest: date = date(2100, 12, 31), **kwargs) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def read(self, text: str) -> date:
        return reading.read_date(text)

    def to_python(self, value):
        value = super().to_python(value)
        return value.date() if isinstance(value, datetime) else value

    def validate(self, value) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.earliest:
            raise ValidationError(f"Isi tanggal {formats.long_date(self.earliest)} atau sesudahnya", code="early")
        if value > self.latest:
            raise ValidationError(f"Isi tanggal {formats.long_date(self.latest)} atau sebelumnya", code="late")

    def prepare_value(self, value):
        if isinstance(value, datetime):
            value = value.date()
        return formats.table_date(value) if isinstance(value, date) else value


class MomentField(_ReadField):
    """A day and a time of the office's clock: "31-10-2019 16.00", "31 Oktober 2019 pukul 16.00"."""

    css = "w-date"
    inputmode = "text"

    def read(self, text: str) -> datetime:
        found = reading.read_moment(text)
        if not 1945 <= found.year <= 2100:  # further off not every moment can be moved to UTC
            raise reading.Unreadable("Isi tahun 1945 sampai 2100")
        return timezone.make_aware(found)

    def prepare_value(self, value):
        if not isinstance(value, datetime):
            return value
        here = timezone.localtime(value)
        return formats.table_moment(here) + (f".{here.second:02}" if here.second else "")


class _Groups(ModelChoiceIterator):
    field: "GroupedKeysField"

    def __iter__(self):
        name = attrgetter(self.field.group_by)
        for group, rows in groupby(sorted(self.queryset, key=name), key=name):
            yield group, [self.choice(row) for row in rows]


class KeysField(forms.ModelMultipleChoiceField):
    """Ticked rows of a queryset; a number beyond every key is no choice, where the stock field fails on SQLite."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            with suppress(ValueError, TypeError):  # no number at all: the stock field says so
                if abs(int(key)) > LARGEST_KEY:
                    sentence = self.error_messages["invalid_choice"]
                    raise ValidationError(sentence, code="invalid_choice", params={"value": str(key)[:20]})
        return super().clean(value)


class GroupedKeysField(KeysField):
    """Ticked rows, offered under the words of ``group_by``: the long list is folded group by group."""

    iterator = _Groups
    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset, *, group_by: str, **kwargs) -> None:
        self.group_by = group_by
        super().__init__(queryset, **kwargs)
