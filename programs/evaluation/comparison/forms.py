"""The form of an open set: one figure, two years, and villages as lines of text, as they come from a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from districts.regions.figures import AreaFigure
from districts.regions.models import Village, place_name
from p2emas import clock
from p2emas.history.records import last_edit
from p2emas.ui.forms import PlainForm, bound_year, depend_on_others, field_of
from p2emas.ui.layout import Section, form_helper
from programs.evaluation.comparison.models import ComparisonSet, ComparisonVillage
from programs.evaluation.comparison.places import supported_villages
from programs.evaluation.comparison.services import comparable_villages, villages_with_figure

Side = ComparisonVillage.Side
LONGEST = 40_000  # letters: a line for each village of a large regency
BETWEEN = ";"


@dataclass(frozen=True)
class Named:
    """Villages by code and by name, as people write them."""

    found: dict[str, list[Village]]

    @classmethod
    def all(cls) -> "Named":
        found: dict[str, list[Village]] = {}
        for village in Village.objects.public().select_related("district"):
            for word in filter(None, (village.code, village.name)):
                found.setdefault(place_name(word).casefold(), []).append(village)
        return cls(found)

    def one(self, text: str) -> Village:
        villages = self.found.get(place_name(text).casefold(), [])
        if len(villages) != 1:
            why = "ada lebih dari satu; tulis kodenya" if villages else "tidak dikenal"
            raise forms.ValidationError(f"Desa “{text}” {why}.")
        return villages[0]


def measures_known() -> list[tuple[str, str]]:
    """Figures of villages that are recorded: "POVERTY|persen" and its words."""
    rows = AreaFigure.objects.filter(village__isnull=False).order_by().values_list("kind", "unit").distinct()
    known = {(kind, unit.casefold()): unit for kind, unit in sorted(rows)}
    return [(f"{kind}|{unit}", f"{AreaFigure.Kind(kind).label} ({unit})") for (kind, _), unit in known.items()]


class ComparisonSetForm(PlainForm):
    measure = forms.ChoiceField(
        label="Ukuran",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ukuran"},
        help_text="Angka wilayah yang tercatat untuk desa.",
    )
    earlier_year = forms.IntegerField(label="Tahun awal", min_value=1990)
    later_year = forms.IntegerField(
        label="Tahun akhir", min_value=1990, max_value=2100,
        help_text="Boleh tahun yang angkanya belum ada. Paling baik dibekukan sebelum angka itu masuk.",
    )  # fmt: skip
    spillover = forms.CharField(
        label="Daftar limpahan", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Desa yang mungkin ikut terpengaruh. Satu baris satu desa: nama atau kode; alasan. "
        "Contoh alasan: membeli bibit dari lokasi sasaran.",
    )  # fmt: skip
    compared = forms.CharField(
        label="Desa pembanding", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Satu baris satu desa, nama atau kode. Kosongkan untuk mengambil semua desa yang memenuhi syarat.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    helper = form_helper(
        "Simpan",
        "seen",
        Section("Apa yang dibandingkan", "measure", "earlier_year", "later_year"),
        Section("Desa", "spillover", "compared"),
        css="narrow",
        ctrl_enter=True,
    )

    def __init__(self, data: Any = None, *, comparison: ComparisonSet) -> None:
        super().__init__(data)
        self.comparison = comparison
        self.chosen: list[Village] = []
        self.spilled: dict[Village, str] = {}
        choices = measures_known()
        field_of(self, "measure", forms.ChoiceField).choices = choices
        bound_year(self.fields["earlier_year"], clock.today().year)
        depend_on_others(self, "compared")
        if comparison.pk:
            self._show_stored()
        elif len(choices) == 1:
            self.initial["measure"] = choices[0][0]

    def _show_stored(self) -> None:
        stored = self.comparison
        members = list(stored.members.select_related("village"))
        spilled = [each for each in members if each.side == Side.SPILLOVER]
        told: dict[str, object] = {
            "measure": f"{stored.kind}|{stored.unit}",
            "earlier_year": stored.earlier_year,
            "later_year": stored.later_year,
            "spillover": "\n".join(f"{_written(each.village)}{BETWEEN} {each.reason}" for each in spilled),
            "compared": "\n".join(_written(each.village) for each in members if each.side == Side.COMPARED),
            "seen": last_edit(stored),
        }
        self.initial.update(told)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not {"measure", "earlier_year", "later_year"} <= data.keys():
            return data
        if data["later_year"] <= data["earlier_year"]:
            self.add_error("later_year", "Isi tahun sesudah tahun awal")
        elif {"spillover", "compared"} <= data.keys():
            kind, unit = data["measure"].split("|", 1)
            self._read_villages(kind, unit, (data["earlier_year"], data["later_year"]))
        return data

    def _read_villages(self, kind: str, unit: str, years: tuple[int, int]) -> None:
        supported = set(supported_villages(years[1], clock.today()))
        known = {village.pk for village in villages_with_figure(kind, unit, years[0])}
        if not supported & known:
            self.add_error("earlier_year", f"Angka {years[0]} belum ada untuk satu pun lokasi sasaran")
            return
        named = Named.all()
        self.spilled = self._lines_of("spillover", named)
        allowed = comparable_villages(kind, unit, years)
        free = [village for village in allowed if village not in self.spilled]
        chosen = list(self._lines_of("compared", named))
        if refused := [village for village in chosen if village not in free]:
            why = f"{_listed(refused)}: {self._reason(refused[0], allowed, known)}"
            self.add_error("compared", why)
        self.chosen = chosen or free
        if not self.chosen and not self.errors:
            self.add_error("compared", "Tidak ada desa lain yang memenuhi syarat dan punya angka tahun awal")

    def _reason(self, village: Village, allowed: list[Village], known: set[int]) -> str:
        if village.pk not in known:
            return "angka tahun awal belum ada"
        return "ada di daftar limpahan" if village in allowed else "lokasi sasaran atau tetangganya"

    def _lines_of(self, name: str, named: Named) -> dict[Village, str]:
        """Villages of a field, each with what is behind its name; errors are those of the field."""
        found: dict[Village, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data[name].splitlines())):
            word, _, reason = (part.strip() for part in line.partition(BETWEEN))
            try:
                village = named.one(word)
            except forms.ValidationError as unknown:
                self.add_error(name, unknown)
                return found
            found[village] = reason
            if name == "spillover" and not 0 < len(reason) <= 200:
                self.add_error(name, f"Tulis alasan untuk {village} sesudah titik koma, paling banyak 200 huruf")
        return found

    def put_on(self, comparison: ComparisonSet) -> None:
        data = self.cleaned_data
        comparison.kind, comparison.unit = data["measure"].split("|", 1)
        comparison.earlier_year, comparison.later_year = data["earlier_year"], data["later_year"]


def _written(village: Village) -> str:
    return village.code or village.name


def _listed(villages: Iterable[Village]) -> str:
    names = [str(village) for village in villages]
    return ", ".join(names[:5]) + (f" dan {len(names) - 5} lagi" if len(names) > 5 else "")
