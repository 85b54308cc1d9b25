"""A comparison in sentences: the programme's difference of changes, or the place of one village among the others."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from districts.regions.models import Village
from p2emas.exports.lists import ListColumn
from p2emas.methods.comparison import LEAST_PLACES, ChangeDifference, PlaceAmongOthers
from p2emas.ui import formats
from programs.evaluation.comparison.models import ComparisonSet
from programs.evaluation.comparison.reading import ComparisonResult, comparison_results

MOST_CARDS = 3  # on a page of results
UNSAID = "Tidak dapat dikatakan"

VILLAGE_COLUMNS: tuple[ListColumn, ...] = (
    ("Kode kecamatan", lambda row: row.village.district.code),
    ("Kecamatan", lambda row: row.village.district.name),
    ("Kode desa", lambda row: row.village.code),
    ("Desa", lambda row: row.village.name),
    ("Sisi", lambda row: row.side_word),
    ("Tahun awal", lambda row: row.earlier),
    ("Tahun akhir", lambda row: row.later),
    ("Perubahan", lambda row: row.change),
    ("Dihitung", lambda row: row.counts),
    ("Alasan", lambda row: row.reason or None),
    ("Data contoh", lambda row: row.is_sample),
)


@dataclass(frozen=True)
class NeighbourRule:
    """How neighbours are told, for the sentence that says so."""

    kilometres: int
    least: int

    @classmethod
    def current(cls) -> "NeighbourRule":
        return cls(settings.COMPARISON_NEIGHBOUR_KM, LEAST_PLACES)


@dataclass(frozen=True)
class ComparisonCard:
    """What ``_comparison.html`` draws: of the programme, or with ``village`` of one."""

    result: ComparisonResult
    village: Village | None = None

    @property
    def chosen(self) -> ComparisonSet:
        return self.result.comparison

    @cached_property
    def place(self) -> PlaceAmongOthers | None:
        return self.result.place_of(self.village) if self.village else None

    @property
    def title(self) -> str:
        return f"{self.chosen} ({self.chosen.unit})"

    @property
    def headline(self) -> str:
        """What comes of it in one line; it judges no more than the interval does."""
        if self.village is not None:
            return self._place_words(self.place) if self.place else UNSAID
        found = self.result.difference
        if found is None:
            return UNSAID
        if found.low <= 0 <= found.high:
            return f"Selisih {_figure(found.value)}, belum dapat dibedakan dari nol"
        side = (
            "naik lebih sedikit atau turun lebih banyak"
            if found.value < 0
            else "naik lebih banyak atau turun lebih sedikit"
        )
        return f"Selisih {_figure(found.value)}: lokasi sasaran {side}"

    @property
    def detail(self) -> str:
        if self.village is not None:
            return "Satu desa tidak punya selang." if self.place else self._village_unsaid
        return self._difference_words(self.result.difference) if self.result.difference else self._unsaid

    @staticmethod
    def _place_words(place: PlaceAmongOthers) -> str:
        same = f", sama dengan {place.equal}" if place.equal else ""
        return (
            f"Perubahan desa ini {_figure(place.change)}: lebih tinggi daripada {place.smaller} dari {place.n} desa "
            f"pembanding{same}, lebih rendah daripada {place.larger}"
        )

    @staticmethod
    def _difference_words(found: ChangeDifference) -> str:
        return (
            f"Rata-rata perubahan {found.supported.n} lokasi sasaran {_figure(found.supported.mean)}, "
            f"{found.others.n} desa pembanding {_figure(found.others.mean)}. Selang kepercayaan 95%: "
            f"{_figure(found.low)} sampai {_figure(found.high)}."
        )

    @property
    def _unsaid(self) -> str:
        supported, compared = len(self.result.supported), len(self.result.compared)
        if min(supported, compared) >= LEAST_PLACES:
            return "Semua desa di tiap sisi berubah sama, jadi tidak ada selang."
        return (
            f"Angka kedua tahun ada untuk {supported} lokasi sasaran dan {compared} desa pembanding; perlu sedikitnya "
            f"{LEAST_PLACES} dan {LEAST_PLACES}."
        )

    @property
    def _village_unsaid(self) -> str:
        if self.village not in [each.village for each in self.result.supported]:
            return "Angka desa ini belum ada data untuk kedua tahun."
        return (
            f"Angka kedua tahun ada untuk {len(self.result.compared)} desa pembanding; perlu sedikitnya {LEAST_PLACES}."
        )

    @property
    def left_out(self) -> list[str]:
        """What is not in the figures, so that nobody takes it for zero."""
        found = []
        if self.result.unknown:
            found.append(f"{self.result.unknown} desa belum ada data untuk kedua tahun")
        if self.result.touched:
            found.append(f"{self.result.touched} desa pembanding kemudian menjadi lokasi sasaran atau tetangganya")
        return found


def comparison_cards(village: Village | None = None) -> list[ComparisonCard]:
    """Of the newest frozen sets, or of those in which ``village`` is a target location; four queries at most."""
    sets = ComparisonSet.objects.frozen().for_table()
    if village is not None:
        sets = sets.with_support_in(village)
    return [ComparisonCard(result, village) for result in comparison_results(sets[:MOST_CARDS])]


def _figure(value: float) -> str:
    return formats.signed(value, 2)
