"""A village that is typed. The regency has some four hundred: too many for a list on a phone."""

from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from districts.regions.models import PLACE_WORD, Village, VillageAlias

NEAREST = 3
LONGEST = 200


class VillageInput(forms.TextInput):
    """Offers the names while they are typed, where the browser knows how; the server reads them in any case."""

    field: "VillageField"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_names"
        box = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        names = ((words_of(village),) for village in self.field.villages.values() if village.active)
        options = format_html_join("", '<option value="{}">', names)
        return format_html('{}<datalist id="{}">{}</datalist>', box, key, options)


class VillageField(forms.Field):
    """ "Mekar Jaya", "desa mekar jaya" or "Mekar Jaya, Sintang" -> the village; old names are known too."""

    widget = VillageInput
    district: int | None = None  # look in this kecamatan alone

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.field = self

    def __deepcopy__(self, memo: Any) -> "VillageField":
        made = super().__deepcopy__(memo)
        made.widget.field = made
        made.__dict__.pop("villages", None)
        return made

    @cached_property
    def villages(self) -> dict[int, Village]:
        rows = Village.objects.select_related("district").order_by("name", "district__name", "pk")
        return {village.pk: village for village in rows}

    @property
    def _here(self) -> list[Village]:
        return [row for row in self.villages.values() if self.district in (None, row.district_id)]

    def prepare_value(self, value: Any) -> Any:
        village = self.villages.get(value) if isinstance(value, int) else value
        return words_of(village) if isinstance(village, Village) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Village):
            return value
        text = str(value or "").strip()[:LONGEST]
        if not text:
            return None
        found = self._named(text) or self._formerly_named(text)
        if len(found) == 1:
            return found[0]
        raise ValidationError(self._several(text, found) if found else self._unknown(text), code="invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            found = self.to_python(data)
        except ValidationError:
            return True
        return getattr(found, "pk", None) != getattr(initial, "pk", initial or None)

    def _named(self, text: str) -> list[Village]:
        """Those that still exist win over one that is gone."""
        plain = _plain(text)
        found = [village for village in self._here if plain in _names(village.name, village)]
        return [village for village in found if village.active] or found

    def _formerly_named(self, text: str) -> list[Village]:
        plain, known = _plain(text), VillageAlias.objects.order_by("pk").values_list("name", "village_id")
        keys = {pk for name, pk in known if plain in _names(name, self.villages[pk])}
        return [village for village in self._here if village.pk in keys]

    def _several(self, text: str, found: list[Village]) -> str:
        written = " atau ".join(words_of(village) for village in found[:NEAREST])
        return f"Ada {len(found)} desa bernama “{text}”. Tulis dengan kecamatannya: {written}."

    def _unknown(self, text: str) -> str:
        written: dict[str, str] = {}
        for village in self._here:
            if village.active:
                written |= dict.fromkeys(_names(village.name, village), words_of(village))
        near = [written[key] for key in get_close_matches(_plain(text), written, n=NEAREST, cutoff=0.6)]
        if not near:
            return f"Desa “{text}” tidak ada dalam daftar. Periksa ejaannya, atau kosongkan."
        words = {"name": text, "near": "; ".join(dict.fromkeys(near))}
        return "Desa “{name}” tidak ada dalam daftar. Yang mirip: {near}.".format(**words)


def words_of(village: Village) -> str:
    return f"{village.name}, {village.district.name}"


def settle_district(form: forms.BaseForm, data: dict[str, Any], village: str, district: str) -> None:
    """A kecamatan is kept only where the village is unknown; another one than the village's is an error."""
    place = data.get(village)
    if place is None:
        return
    if data.get(district) not in (None, place.district):
        words = {"village": place.name, "district": place.district}
        form.add_error(district, "Desa {village} ada di Kecamatan {district}.".format(**words))
    else:
        data[district] = None


def _names(name: str, village: Village) -> tuple[str, str]:
    return _plain(name), f"{_plain(name)}, {_plain(village.district.name)}"


def _plain(text: str) -> str:
    """Without capitals, double spaces and the words "Desa" or "Kec." in front of a name."""
    parts = (" ".join(PLACE_WORD.sub("", part.strip()).split()).casefold() for part in text.split(","))
    return ", ".join(parts)
