"""Names in an uploaded table back to records: kecamatan, desa, commodities, agencies, groups. One query each."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from districts.evidence.measures import EvidenceMeasure, measures
from districts.evidence.models import Commodity, CommunityGroup
from districts.regions.models import PLACE_WORD, District, DistrictAlias, Village, VillageAlias
from p2emas.accounts.models import Agency, User
from p2emas.imports.cells import Cell, Unfit, Values, as_text, folded


def bare(name: str) -> str:
    """How names of places are compared: without "Kec." or "Desa" in front."""
    return folded(PLACE_WORD.sub("", name.strip()))


class Lookups:
    """What the columns of evidence need; a map is fetched when a column first asks for it."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def districts(self) -> dict[int, District]:
        return {district.pk: district for district in District.objects.order_by("name")}

    @cached_property
    def own(self) -> set[int]:
        """Kecamatan whose evidence the person may write."""
        return set(District.objects.own(self.user).values_list("pk", flat=True))

    @property
    def own_names(self) -> list[str]:
        return [district.name for pk, district in self.districts.items() if pk in self.own]

    @cached_property
    def _district_words(self) -> dict[str, int]:
        """Other names first: the present name of a kecamatan wins over somebody's old one."""
        words = {bare(name): pk for name, pk in DistrictAlias.objects.values_list("name", "district_id")}
        words |= {bare(district.name): pk for pk, district in self.districts.items()}
        return words | {district.code: pk for pk, district in self.districts.items()}

    @cached_property
    def _without_spaces(self) -> dict[str, int]:
        return {word.replace(" ", ""): pk for word, pk in self._district_words.items()}

    def place(self, name: str) -> int | None:
        """The kecamatan of a name; blanks in it do not matter ("Kelam  Permai", "K e l a m P e r m a i")."""
        said = bare(name) if name else ""
        return self._district_words.get(said) or self._without_spaces.get(said.replace(" ", "")) if said else None

    def goods(self, name: str) -> int | None:
        return self._commodity_words.get(folded(name))

    @cached_property
    def measures(self) -> dict[str, EvidenceMeasure]:
        return measures()

    @cached_property
    def _measure_words(self) -> dict[str, str]:
        return {folded(w): code for code, m in self.measures.items() for w in (code, m.label)}

    @cached_property
    def villages(self) -> dict[int, tuple[str, int]]:
        """Name and kecamatan of every village."""
        rows = Village.objects.order_by("name").values_list("pk", "name", "district_id")
        return {pk: (name, district) for pk, name, district in rows}

    @cached_property
    def _village_words(self) -> dict[tuple[int, str], set[int]]:
        """(kecamatan, name or alias) -> villages of that name: an alias may be shared."""
        found: dict[tuple[int, str], set[int]] = defaultdict(set)
        for alias, pk in VillageAlias.objects.values_list("name", "village_id"):
            found[self.villages[pk][1], bare(alias)].add(pk)
        for pk, (name, district) in self.villages.items():
            found[district, bare(name)] = {pk}  # the present name wins over somebody's old one
        return found

    @cached_property
    def commodities(self) -> dict[int, str]:
        return dict(Commodity.objects.order_by("name").values_list("pk", "name"))

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        return {agency.pk: agency for agency in Agency.objects.order_by("short_name")}

    @cached_property
    def _agency_words(self) -> dict[str, int]:
        return {folded(w): pk for pk, a in self.agencies.items() for w in (a.name, a.short_name, a.code)}

    @cached_property
    def _commodity_words(self) -> dict[str, int]:
        return {folded(name): pk for pk, name in self.commodities.items()}

    @cached_property
    def groups(self) -> dict[int, tuple[str, int]]:
        rows = CommunityGroup.objects.values_list("pk", "name", "village_id")
        return {pk: (name, village) for pk, name, village in rows}

    @cached_property
    def _group_words(self) -> dict[tuple[int, str], int]:
        return {(village, folded(name)): pk for pk, (name, village) in self.groups.items()}

    def refusal(self, district_id: int) -> str:
        """Why a row of this kecamatan is not for this person, or ""."""
        if district_id in self.own:
            return ""
        return f"Kecamatan {self.districts[district_id].name} bukan kecamatan Anda. Hapus baris ini."


# --- Readers ---------------------------------------------------------------------------------------------------------


def district(cell: Cell, row: Values, lookups: Lookups) -> int:
    found = lookups.place(as_text(cell))
    if found is None:
        raise Unfit(f"Kecamatan “{as_text(cell)}” tidak dikenal. Pilih dari daftar.")
    return found


def village(cell: Cell, row: Values, lookups: Lookups) -> int:
    if "district_id" not in row:
        raise Unfit("Desa dicari di dalam kecamatannya. Perbaiki kolom kecamatan dahulu.")
    found = lookups._village_words.get((row["district_id"], bare(as_text(cell))), set())
    if len(found) != 1:
        where = lookups.districts[row["district_id"]].name
        what = "ada dua di Kecamatan %s; tulis nama resminya." if found else "tidak ada di Kecamatan %s."
        raise Unfit(f"Desa “{as_text(cell)}” {what % where}")
    return next(iter(found))


def commodity(cell: Cell, row: Values, lookups: Lookups) -> int:
    found = lookups._commodity_words.get(folded(as_text(cell)))
    if found is None:
        raise Unfit(f"Komoditas “{as_text(cell)}” tidak dikenal. Pilih dari daftar.")
    return found


def measure(cell: Cell, row: Values, lookups: Lookups) -> str:
    found = lookups._measure_words.get(folded(as_text(cell)))
    if found is None:
        listed = ", ".join(each.label for each in lookups.measures.values())
        raise Unfit(f"“{as_text(cell)}” tidak dikenal. Pilih: {listed}.")
    return found


def agency(cell: Cell, row: Values, lookups: Lookups) -> int:
    found = lookups._agency_words.get(folded(as_text(cell)))
    if found is None:
        raise Unfit(f"Perangkat daerah “{as_text(cell)}” tidak dikenal. Pilih dari daftar.")
    return found


def group(cell: Cell, row: Values, lookups: Lookups) -> int:
    found = lookups._group_words.get((row.get("village_id", 0), folded(as_text(cell))))
    if found is None:
        raise Unfit(f"Kelompok “{as_text(cell)}” tidak ada di desa itu. Impor kelompoknya dahulu.")
    return found


# --- Words -----------------------------------------------------------------------------------------------------------


def district_word(pk: Any, lookups: Lookups) -> str:
    return lookups.districts[pk].name if pk in lookups.districts else ""


def village_word(pk: Any, lookups: Lookups) -> str:
    return lookups.villages[pk][0] if pk in lookups.villages else ""


def commodity_word(pk: Any, lookups: Lookups) -> str:
    return lookups.commodities.get(pk, "")


def measure_word(code: Any, lookups: Lookups) -> str:
    return lookups.measures[code].label if code in lookups.measures else str(code)


def agency_word(pk: Any, lookups: Lookups) -> str:
    return lookups.agencies[pk].short_name if pk in lookups.agencies else ""


def group_word(pk: Any, lookups: Lookups) -> str:
    return lookups.groups[pk][0] if pk in lookups.groups else ""
