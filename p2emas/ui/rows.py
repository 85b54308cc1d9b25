"""One row of a table as an answer: a select while people can read it, a box to type in where there are too many rows.

Both work without a script, and both know only the rows of the field's queryset. A row that is typed is named as the box
shows it, "Ensaid Panjang, Kec. Kelam Permai [412]", or by its whole name or code; anything else is answered with the
rows that come near it, and nothing is saved on a guess.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

MOST = 199  # rows of a select; with the empty option two hundred
NEAR, NAMED = 20, 3  # rows that are offered for what was typed, and those of them that its sentence names
LONGEST, WORDS = 200, 8
UNSAID = {"kec.", "kec", "kecamatan", "desa"}  # labels have them, rows do not
_KEY = re.compile(r"\[([\w-]{1,60})\]\s*$")


class Offer:
    """What a field offers of its queryset, read once."""

    def __init__(self, queryset: QuerySet | None) -> None:
        self._queryset = queryset
        self.words: dict[str, str] = {}  # of single rows by key, where there are too many to be listed

    @property
    def queryset(self) -> QuerySet:
        if self._queryset is None:
            raise TypeError("this field was given no queryset")
        return self._queryset

    @classmethod
    def at_hand(cls, queryset: QuerySet, rows: list[Any]) -> "Offer":
        """Of a page that has the rows already; no query."""
        made = cls(queryset)
        made.is_long = len(rows) > MOST
        made.rows = [] if made.is_long else rows
        return made

    @cached_property
    def rows(self) -> list[Any]:
        """All of them, or none when there are more than ``MOST``; one query."""
        return list(self.queryset.filter(~Exists(self._beyond)))

    @cached_property
    def is_long(self) -> bool:
        return not self.has_read and self._beyond.exists()

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return bool(self.rows) or self.is_long

    @property
    def has_read(self) -> bool:
        """Whether the rows are at hand."""
        return bool(self.__dict__.get("rows"))

    def joined_by(self, row: Model) -> "Offer":
        """The same and one row more: what was chosen once stays a choice."""
        own = Q(pk__in=self.queryset.order_by().values("pk"))
        made = Offer(type(row)._default_manager.filter(own | Q(pk=row.pk)))
        made.rows = self.rows if row in self.rows or self.is_long else [*self.rows, row]
        made.is_long = self.is_long
        return made

    @property
    def _beyond(self) -> QuerySet:
        return self.queryset.order_by()[MOST : MOST + 1]


def key_typed(text: str) -> str:
    """The key that an answer to a ``RowField`` names, before it is known to be one: of "12" and of "Kelam [12]"."""
    typed = _KEY.search(text)
    return typed[1] if typed else text if text.isascii() and text.isdigit() and len(text) < 19 else ""


class Typed(str):
    """What somebody typed or chose, as it came; a key that is stored comes without it."""

    __slots__ = ()


class RowInput(forms.Select):
    """Draws the select of its field, or the box with its hint."""

    field: "RowField"

    @property
    def is_typed(self) -> bool:
        return self.field.is_typed

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None):
        if not self.is_typed:
            return super().render(name, value, attrs, renderer)
        attrs = {key: each for key, each in self.build_attrs(self.attrs, attrs).items() if key != "required"}
        attrs.setdefault("class", "vTextField")  # the back office brings none, and gives its boxes this one
        key = attrs.get("id", f"id_{name}")
        described = f"{attrs.pop('aria-describedby', '')} {key}_how".strip()
        near = format_html_join("", '<option value="{}">', ((words,) for words in self.field.near))
        return format_html(
            '<input type="text" name="{}" value="{}" maxlength="{}" autocomplete="off" aria-describedby="{}"{}{}>{}{}',
            name,
            "" if value is None else value,
            LONGEST,
            described,
            format_html(' list="{}_near"', key) if near else "",
            flatatt(attrs),
            format_html('<datalist id="{}_near">{}</datalist>', key, near) if near else "",
            format_html('<div class="help form-text" id="{}_how">{}</div>', key, self.field.how),
        )


class _Rows(ModelChoiceIterator):
    field: "RowField"

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in self.field.offer.rows:
            yield self.choice(row)


class RowField(forms.ModelChoiceField):
    """``search_fields``: where the words of what was typed are looked for."""

    widget = RowInput
    iterator: type[ModelChoiceIterator] = _Rows
    search_fields: tuple[str, ...] = ()
    name_fields: tuple[str, ...] = ()  # what may be typed alone; else those of the table itself in ``search_fields``
    default_error_messages = {
        "invalid_choice": "Pilih salah satu dari daftar: “%(value)s” tidak ada di sana, atau sudah berubah.",
    }
    how = "Terlalu banyak untuk didaftar. Tulis nama atau kodenya; yang mirip akan ditawarkan."

    def __init__(
        self,
        queryset: QuerySet | None,
        *,
        search_fields: Iterable[str] = (),
        name_fields: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        self.search_fields = tuple(search_fields) or self.search_fields
        self.name_fields = tuple(name_fields) or self.name_fields
        self.near: list[str] = []
        self.shares_offer = False  # the forms of one formset read it once
        self._offered: tuple[QuerySet | None, Offer] | None = None
        super().__init__(queryset, **kwargs)
        self.widget.field = self

    @property
    def offer(self) -> Offer:
        """What the queryset of now offers; another queryset makes another offer."""
        if self._offered is None or self._offered[0] is not self.queryset:
            self._offered = (self.queryset, Offer(self.queryset))
        return self._offered[1]

    @offer.setter
    def offer(self, offer: Offer) -> None:
        self._offered = (self.queryset, offer)

    def __deepcopy__(self, memo: Any) -> "RowField":
        made = super().__deepcopy__(memo)
        made.widget.field, made.near = made, []
        if self.shares_offer:
            made.offer = self.offer
        return made

    def use(self, offer: Offer) -> None:
        """Offer what several fields of a page offer, read once for all of them."""
        self.queryset = offer.queryset
        self.offer = offer

    def said(self, row: Model) -> str:
        return f"{self.label_from_instance(row)} [{super().prepare_value(row)}]"

    @property
    def is_typed(self) -> bool:
        """Whether the page has the box; asked before rows are drawn, so it reads them."""
        return isinstance(self.widget, RowInput) and not self.offer.rows and self.offer.is_long

    def tell(self, keys: Iterable[Any]) -> None:
        """Read the words of stored rows together, where each form of a set would ask for its own."""
        if (known := {key for key in keys if key is not None}) and self.is_typed:
            rows = self.offer.queryset.filter(pk__in=known)
            self.offer.words |= {str(row.pk): self.said(row) for row in rows}

    def bound_data(self, data: Any, initial: Any) -> Any:
        if self.disabled:
            return initial
        return Typed(self.near[0] if len(self.near) == 1 else data or "")

    def prepare_value(self, value: Any) -> Any:
        value = super().prepare_value(value)
        if value in (None, "") or isinstance(value, Typed) or not self.is_typed:
            return value
        words = self.offer.words
        if str(value) not in words:
            row = self.offer.queryset.filter(pk=value).first()
            words[str(value)] = self.said(row) if row else ""
        return words[str(value)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        stored, typed = super().prepare_value(initial), _KEY.search(str(data or ""))
        return str(stored or "") != (typed[1] if typed else str(data or "").strip())

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()[:LONGEST]
        if not text or isinstance(value, Model) or not isinstance(self.widget, RowInput):
            return super().to_python(value)
        if self.offer.has_read:
            return self._among_the_read(text)
        if not self.offer.is_long:
            return super().to_python(value)
        key = _KEY.search(text)
        return super().to_python(key[1]) if key else self._read(text.replace("\x00", " "))

    def _among_the_read(self, text: str) -> Any:
        for row in self.offer.rows:
            if str(super().prepare_value(row)) == text:
                return row
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": text})

    def _read(self, text: str) -> Any:
        whole = Q()
        for name in self.name_fields or [name for name in self.search_fields if "__" not in name]:
            whole |= Q(**{f"{name}__iexact": text})
        named = list(self.offer.queryset.filter(whole)[:2]) if whole else []
        if len(named) == 1:
            return named[0]
        rows = self._with_words_of(text)
        self.near = [self.said(row) for row in rows[:NEAR]]
        raise ValidationError(self._sentence(text, len(rows)), code="unread")

    def _with_words_of(self, text: str) -> list[Any]:
        found = self.offer.queryset.order_by()
        for word in [word for word in re.split(r"[\s,;()]+", text) if word and word.casefold() not in UNSAID][:WORDS]:
            anywhere = Q()
            for name in self.search_fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            found = found.filter(anywhere)
        near = self.offer.queryset.filter(pk__in=found.values("pk"))
        order = near.query.order_by or near.model._meta.ordering
        return list(near.order_by(*order, "pk")[: NEAR + 1])  # of one name the same one first, on every database

    def _sentence(self, text: str, count: int) -> str:
        words = {"text": text, "rows": "; ".join(self.near[:NAMED]), "count": min(count, NEAR)}
        if not count:
            return "“{text}” tidak ada dalam daftar. Periksa ejaannya, atau tulis sebagian saja.".format(**words)
        if count == 1:
            return "“{text}” dibaca sebagai {rows}. Kirim sekali lagi bila benar.".format(**words)
        if count <= NAMED:
            return "Ada {count} yang cocok dengan “{text}”. Tulis salah satu: {rows}.".format(**words)
        if count <= NEAR:
            return "Ada {count} yang cocok dengan “{text}”, misalnya {rows}. Tulis lebih lengkap.".format(**words)
        return "Lebih dari {count} cocok dengan “{text}”, misalnya {rows}. Tulis lebih lengkap.".format(**words)
