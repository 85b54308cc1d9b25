"""Evidence that comes as a table: production figures, community groups, earlier aid."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from districts.evidence import lookups as find
from districts.evidence.aid import EarlierAid, EarlierAidQuerySet
from districts.evidence.bps_shape import BpsShape
from districts.evidence.figures import ProductionFigure, ProductionFigureQuerySet
from districts.evidence.lookups import Lookups
from districts.evidence.measures import measure_choices
from districts.evidence.models import CommunityGroup, CommunityGroupQuerySet
from districts.evidence.years import OLDEST, Year
from districts.regions.models import District
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.imports.cells import Values, choice, text, whole, yes_no
from p2emas.imports.kinds import Column, ImportKind, PrefillForm, register
from p2emas.imports.quantities import Number, rupiah
from p2emas.ui import formats
from p2emas.ui.fields import LARGEST_RUPIAH
from p2emas.ui.forms import depend_on_others, field_of

Measure = ProductionFigure.Measure
GROUP_KINDS = dict(CommunityGroup.Kind.choices)
# As lists of agencies write them; our own template offers the labels alone.
ALSO_CALLED = {
    "Kelompok pembudidaya ikan": "POKDAKAN",
    "Kelompok peternak": "TERNAK",
    "UPPKS": "UPPKA",  # its name until 2019
}
YEAR, SINCE, PEOPLE = Year(), Year(oldest=1900, begins=True), whole(0, 100_000, "12")
KECAMATAN = ("Kec", "Nama kecamatan", "Wilayah")
ALL_DISTRICTS = ("", "Semua kecamatan Anda")


def year_word(value: Any, lookups: Any) -> str:
    return str(value)


def yes_word(value: Any, lookups: Any) -> str:
    return "ya" if value else "tidak"


def quantity_word(value: Any, lookups: Any) -> str:
    return formats.number(Decimal(value), 3)  # as many decimals as a figure has: the preview hides no change


def money_word(value: Any, lookups: Any) -> str:
    return formats.rupiah(value)


DISTRICT = Column(
    "Kecamatan", "district_id", find.district, "Nama kecamatan.", key=True, also=KECAMATAN, words=find.district_word,
    options=lambda lookups: lookups.own_names,
)  # fmt: skip
DISTRICT_OF_VILLAGE = Column(
    "Kecamatan", "district_id", find.district, "Nama kecamatan dari desa ini.", key=True, stored=False, also=KECAMATAN,
    words=find.district_word, options=lambda lookups: lookups.own_names,
)  # fmt: skip
VILLAGE = Column(
    "Desa", "village_id", find.village, "Nama desa atau kelurahan; nama lama juga dikenal.", key=True, alone=False,
    words=find.village_word, width=24, also=("Kelurahan", "Desa/Kelurahan", "Nama desa"),
)  # fmt: skip
SOURCE = Column("Sumber", "source", text(200), "Dokumen atau instansi asal angka.", width=40)
SAMPLE = Column(
    "Data contoh", "is_sample", yes_no, "Tulis ya bila rekaan. Kosong berarti tidak.", required=False,
    default=False, words=yes_word, options=lambda lookups: ["ya", "tidak"], width=12,
)  # fmt: skip


def commodity_column(hint: str, *, key: bool = False) -> Column:
    return Column(
        "Komoditas", "commodity_id", find.commodity, hint, key=key, words=find.commodity_word,
        also=("Jenis tanaman", "Tanaman", "Jenis ternak", "Jenis ikan", "Jenis usaha"),
        options=lambda lookups: list(lookups.commodities.values()), width=24,
    )  # fmt: skip


class DistrictPrefill(PrefillForm):
    """Rows of which kecamatan are in the template."""

    kecamatan = forms.ModelChoiceField(
        label="Kecamatan", queryset=District.objects.none(), to_field_name="code", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "kecamatan", forms.ModelChoiceField)
        field.queryset = District.objects.own(self.user)
        field.empty_label = ALL_DISTRICTS[1]


class FigurePrefill(DistrictPrefill):
    tahun = forms.IntegerField(label="Tahun", min_value=OLDEST, required=False, help_text="Tahun data, misalnya 2016.")
    ukuran = forms.ChoiceField(label="Ukuran", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"].initial = clock.today().year - 1
        self.fields["tahun"].validators.append(MaxValueValidator(clock.today().year))
        field_of(self, "ukuran", forms.ChoiceField).choices = measure_choices()
        self.fields["ukuran"].initial = Measure.HECTARE
        depend_on_others(self, "tahun", "ukuran")  # filled in already; without them last year and hectares


@register
class FigureKind(ImportKind):
    """The grid kecamatan x commodity of one year and measure; what is left empty is left out."""

    code = "produksi"
    title = "Angka produksi"
    intro = "Luas, produksi, nilai, atau tenaga kerja per kecamatan, komoditas, dan tahun."
    model = ProductionFigure
    prefill_form = FigurePrefill
    shapes = (BpsShape(),)
    columns = (
        DISTRICT,
        commodity_column("Nama komoditas dari daftar.", key=True),
        Column("Tahun", "year", YEAR, "Tahun data, misalnya 2016.", key=True, words=year_word, width=8, also=("Thn",)),
        Column(
            "Ukuran", "measure", find.measure, "Satu ukuran untuk satu analisis.", key=True, width=22,
            words=find.measure_word,
            options=lambda lookups: [measure.label for measure in lookups.measures.values()],
        ),
        Column(
            "Nilai", "value", Number(places=3, largest=ProductionFigure.LARGEST - 1, rounds=True),
            "Angka saja, contoh 1.250,5. Kosong: baris dilewati. Tulis “belum ada data” bila tidak diketahui.",
            required=False, default="", words=quantity_word, width=14, also=("Luas", "Produksi", "Populasi", "Jumlah"),
        ),
        Column("Sumber", "source", text(200), SOURCE.hint, required=False, default="", width=40),
        SAMPLE,
    )  # fmt: skip

    def lookups(self, user: User) -> Lookups:
        return Lookups(user)

    def owned(self, user: User) -> ProductionFigureQuerySet:
        return ProductionFigure.objects.own(user)

    def refusal(self, values: Values, lookups: Lookups) -> str:
        return lookups.refusal(values["district_id"])

    def skip_reason(self, values: Values, found: bool) -> str:
        if values["value"] == "":
            return "Nilai kosong; data tersimpan tidak diubah." if found else "Nilai kosong."
        return ""

    def check(self, values: Values, lookups: Lookups) -> None:
        if values["value"] != "" and not values["source"]:
            raise find.Unfit("Kolom F “Sumber”: sel ini kosong. Isi dokumen atau instansi asal angka.")

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: Lookups) -> list[list[Any]]:
        year = chosen.get("tahun") or clock.today().year - 1
        measure = chosen.get("ukuran") or Measure.HECTARE
        asked = chosen.get("kecamatan")
        stored = {
            (figure.district_id, figure.commodity_id): figure
            for figure in self.owned(user).filter(year=year, measure=measure)
        }
        rows = []
        for district in [asked] if asked else [d for pk, d in lookups.districts.items() if pk in lookups.own]:
            for pk, name in lookups.commodities.items():
                cells = _stored_cells(stored.get((district.pk, pk)))
                rows.append([district.name, name, year, find.measure_word(measure, lookups), *cells])
        return rows


def _stored_cells(figure: ProductionFigure | None) -> list[Any]:
    """Value, source and sample mark of what is known; empty cells for what nobody has entered."""
    if figure is None:
        return [None, None, None]
    value = "belum ada data" if figure.value is None else figure.value
    return [value, figure.source, figure.is_sample]


@register
class GroupKind(ImportKind):
    """Groups of a village by their name; contacts are personal data and stay out of files."""

    code = "kelompok"
    title = "Kelompok masyarakat"
    intro = (
        "Kelompok tani, ternak, ikan, usaha bersama, koperasi, dan BUM Desa yang sudah berjalan. "
        "Kontaknya diisi di Kelola."
    )
    model = CommunityGroup
    prefill_form = DistrictPrefill
    columns = (
        DISTRICT_OF_VILLAGE,
        VILLAGE,
        Column(
            "Nama kelompok", "name", text(120), "Seperti tertulis pada SK kelompok.", key=True, width=36,
            also=("Kelompok", "Nama poktan", "Kelompok tani"),
        ),
        Column(
            "Jenis", "kind", choice(GROUP_KINDS, ALSO_CALLED), "Bentuk kelompok menurut SK-nya.", width=24,
            words=lambda value, lookups: GROUP_KINDS[value],
            options=lambda lookups: list(GROUP_KINDS.values()),
        ),
        Column(
            "Nomor registrasi", "registration_no", text(60), "ID Simluhtan atau nomor SK pengukuhan.",
            required=False, default="", width=22,
        ),
        commodity_column("Usaha utama kelompok."),
        Column("Anggota laki-laki", "members_m", PEOPLE, "Jumlah orang.", required=False, width=12),
        Column("Anggota perempuan", "members_f", PEOPLE, "Jumlah orang.", required=False, width=12),
        Column("Aktif sejak", "active_since", SINCE, "Tahun kegiatan dimulai.", required=False, words=year_word),
        SAMPLE,
    )  # fmt: skip

    def lookups(self, user: User) -> Lookups:
        return Lookups(user)

    def owned(self, user: User) -> CommunityGroupQuerySet:
        return CommunityGroup.objects.own(user)

    def refusal(self, values: Values, lookups: Lookups) -> str:
        return lookups.refusal(lookups.villages[values["village_id"]][1])

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: Lookups) -> list[list[Any]]:
        groups = self.owned(user).select_related("village__district", "commodity").order_by("village__name", "name")
        if chosen.get("kecamatan"):
            groups = groups.filter(village__district=chosen["kecamatan"])
        return [
            [
                g.village.district.name, g.village.name, g.name, g.get_kind_display(), g.registration_no,
                g.commodity.name, g.members_m, g.members_f, g.active_since, g.is_sample,
            ]
            for g in groups
        ]  # fmt: skip


@register
class AidKind(ImportKind):
    """What villages and groups received before the programme."""

    code = "bantuan"
    title = "Bantuan sebelumnya"
    intro = "Bantuan yang pernah diterima desa atau kelompok, dari siapa, tahun berapa, dan nilainya."
    model = EarlierAid
    prefill_form = DistrictPrefill
    columns = (
        DISTRICT_OF_VILLAGE,
        VILLAGE,
        Column(
            "Kelompok", "group_id", find.group, "Nama kelompok penerima; kosongkan bila diterima desa.", key=True,
            required=False, alone=False, words=find.group_word, width=36,
        ),
        Column(
            "Perangkat daerah", "agency_id", find.agency, "Pemberi bantuan.", key=True, words=find.agency_word,
            options=lambda lookups: [a.short_name for a in lookups.agencies.values()], width=28,
        ),
        Column("Tahun", "year", YEAR, "Tahun diterima.", key=True, words=year_word, width=8),
        Column("Bantuan", "item", text(160), "Misalnya 500 bibit lada, kolam terpal.", key=True, width=36),
        Column(
            "Nilai (Rp)", "amount", rupiah,
            f"Rupiah bulat, paling besar {formats.number(LARGEST_RUPIAH, 0)}. Kosongkan bila belum ada data.",
            required=False, words=money_word,
        ),
        SOURCE,
        SAMPLE,
    )  # fmt: skip

    def lookups(self, user: User) -> Lookups:
        return Lookups(user)

    def owned(self, user: User) -> EarlierAidQuerySet:
        return EarlierAid.objects.own(user)

    def refusal(self, values: Values, lookups: Lookups) -> str:
        return lookups.refusal(lookups.villages[values["village_id"]][1])

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: Lookups) -> list[list[Any]]:
        found = self.owned(user).for_table()
        if chosen.get("kecamatan"):
            found = found.filter(village__district=chosen["kecamatan"])
        return [
            [
                aid.village.district.name, aid.village.name, aid.group.name if aid.group else None,
                aid.agency.short_name, aid.year, aid.item, aid.amount, aid.source, aid.is_sample,
            ]
            for aid in found
        ]  # fmt: skip
