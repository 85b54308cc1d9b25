"""Figures of villages as a table: population, households, area, poverty, each with unit, year and source."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet

from districts.evidence.import_kinds import (
    DISTRICT_OF_VILLAGE,
    SAMPLE,
    SOURCE,
    VILLAGE,
    YEAR,
    DistrictPrefill,
    quantity_word,
    year_word,
)
from districts.evidence.lookups import Lookups
from districts.evidence.years import OLDEST
from districts.regions.figures import AreaFigure
from districts.regions.models import District, Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.imports.cells import Unfit, Values, choice, text
from p2emas.imports.kinds import Column, ImportKind, register
from p2emas.imports.quantities import Number
from p2emas.ui.forms import depend_on_others, field_of

KINDS = dict(AreaFigure.Kind.choices)
LARGEST = Decimal(10) ** 12 - 1  # with three decimals still exact where a database keeps floats


class VillageFigurePrefill(DistrictPrefill):
    tahun = forms.IntegerField(label="Tahun", min_value=OLDEST, required=False, help_text="Tahun data, misalnya 2016.")
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=AreaFigure.Kind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"].initial = clock.today().year - 1
        self.fields["tahun"].validators.append(MaxValueValidator(clock.today().year))
        field_of(self, "jenis", forms.ChoiceField).initial = AreaFigure.Kind.POVERTY
        depend_on_others(self, "tahun", "jenis")  # filled in already; without them last year and poverty


@register
class VillageFigureKind(ImportKind):
    """One kind and year for the villages of a kecamatan or of all; what is left empty is left out."""

    code = "angka-desa"
    title = "Angka desa"
    intro = "Penduduk, rumah tangga, luas, dan angka kemiskinan tiap desa menurut tahun."
    model = AreaFigure
    prefill_form = VillageFigurePrefill
    columns = (
        DISTRICT_OF_VILLAGE,
        VILLAGE,
        Column(
            "Jenis", "kind", choice(KINDS), "Apa yang dihitung.", key=True, width=20,
            words=lambda value, lookups: KINDS[value], options=lambda lookups: list(KINDS.values()),
        ),
        Column("Tahun", "year", YEAR, "Tahun data, misalnya 2016.", key=True, words=year_word, width=8, also=("Thn",)),
        Column(
            "Nilai", "value", Number(places=3, largest=LARGEST, rounds=True),
            "Angka saja, contoh 12,5. Kosong: baris dilewati.", required=False, default="", words=quantity_word,
            width=14, also=("Jumlah",),
        ),
        Column("Satuan", "unit", text(20), "Misalnya jiwa, KK, km2, persen.", required=False, default="", width=12),
        Column("Sumber", "source", text(200), SOURCE.hint, required=False, default="", width=40),
        SAMPLE,
    )  # fmt: skip

    def lookups(self, user: User) -> Lookups:
        return Lookups(user)

    def owned(self, user: User) -> QuerySet[AreaFigure]:
        return AreaFigure.objects.filter(village__district__in=District.objects.own(user))

    def refusal(self, values: Values, lookups: Lookups) -> str:
        return lookups.refusal(lookups.villages[values["village_id"]][1])

    def skip_reason(self, values: Values, found: bool) -> str:
        if values["value"] == "":
            return "Nilai kosong; data tersimpan tidak diubah." if found else "Nilai kosong."
        return ""

    def check(self, values: Values, lookups: Lookups) -> None:
        if values["value"] is None:
            raise Unfit("Kolom “Nilai”: yang belum ada data dikosongkan, supaya tidak tersimpan.")
        if values["value"] == "":
            return
        for header, name in (("Satuan", "unit"), ("Sumber", "source")):
            if not values[name]:
                raise Unfit(f"Kolom “{header}”: sel ini kosong. Isi {header.lower()} angkanya.")

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: Lookups) -> list[list[Any]]:
        year = chosen.get("tahun") or clock.today().year - 1
        kind = chosen.get("jenis") or AreaFigure.Kind.POVERTY
        villages = Village.objects.public().filter(district__in=lookups.own).select_related("district")
        if chosen.get("kecamatan"):
            villages = villages.filter(district=chosen["kecamatan"])
        stored = {figure.village_id: figure for figure in self.owned(user).filter(kind=kind, year=year)}
        rows = []
        for village in villages.order_by("district__name", "name", "pk"):
            found = stored.get(village.pk)
            cells = [found.value, found.unit, found.source, found.is_sample] if found else [None] * 4
            rows.append([village.district.name, village.name, KINDS[kind], year, *cells])
        return rows
