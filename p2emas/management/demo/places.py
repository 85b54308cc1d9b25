"""WHERE of the demo: commodities, past decisions, decrees, target locations, groups and a few public figures."""

from dataclasses import dataclass
from datetime import date, datetime

from districts.competencies.models import CompetencyDetermination
from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.services import enact_decree
from districts.regions.figures import AreaFigure
from districts.regions.models import District, Regency, Village
from p2emas import clock
from p2emas.documents.models import Decree
from p2emas.management.demo.evidence import make_evidence
from p2emas.management.demo.people import Cast

SAMPLE_SOURCE = "DATA CONTOH, rekaan untuk demo"
# name -> (parent, sector, unit)
COMMODITIES = {
    "hortikultura": (None, "pertanian", "ton"),
    "cabai": ("hortikultura", "pertanian", "ton"),
    "sayuran": ("hortikultura", "pertanian", "ton"),
    "tanaman pangan": (None, "pertanian", "ton"),
    "padi ladang": ("tanaman pangan", "pertanian", "ton"),
    "jagung": ("tanaman pangan", "pertanian", "ton"),
    "olahan pangan": (None, "industri", "kg"),
    "perkebunan": (None, "perkebunan", "ton"),
    "lada": ("perkebunan", "perkebunan", "ton"),
    "karet": ("perkebunan", "perkebunan", "ton"),
    "kakao": ("perkebunan", "perkebunan", "ton"),
    "kopi": ("perkebunan", "perkebunan", "ton"),
    "ternak": (None, "peternakan", "ekor"),
    "ternak sapi": ("ternak", "peternakan", "ekor"),
    "ikan": (None, "perikanan", "ton"),
    "ikan kolam": ("ikan", "perikanan", "ton"),
    "benih ikan": ("ikan", "perikanan", "ekor"),
    "hasil hutan bukan kayu": (None, "kehutanan", "kg"),
    "madu hutan": ("hasil hutan bukan kayu", "kehutanan", "kg"),
    "kerajinan": (None, "kerajinan", "buah"),
    "tenun ikat": ("kerajinan", "kerajinan", "lembar"),
    "anyaman rotan": ("kerajinan", "kerajinan", "buah"),
}
PILOT_SOURCES = (
    "Rapat koordinasi dan seleksi calon percontohan, 18 Mei 2017; survei lapangan, Juni 2017; "
    "pengumuman tujuh desa percontohan, 27 Juli 2017."
)


@dataclass(frozen=True)
class Choice:
    district: str  # last two digits of the code
    village: str  # code
    commodity: str
    reason: str


PILOTS = [
    Choice("06", "61.05.06.2017", "lada", "Kebun lada sudah diusahakan warga; tidak dari nol."),
    Choice("21", "61.05.21.2005", "ternak sapi", "Kelompok ternak sapi sudah berjalan."),
    Choice(
        "19",
        "61.05.19.2005",
        "tenun ikat",
        "Menenun diwariskan turun-temurun; koperasi Jasa Menenun Mandiri sudah ada.",
    ),
    Choice("08", "61.05.08.2013", "cabai", "Petani cabai sudah menjual ke pasar kabupaten."),
    Choice("20", "61.05.20.2014", "ikan", "Kolam dan pembenihan ikan sudah berjalan."),
    Choice("03", "61.05.03.2018", "hortikultura", "Sebagian besar rumah tangga berkebun sayur dan buah."),
    Choice("14", "61.05.14.2022", "anyaman rotan", "Pengrajin rotan sudah aktif dan bahan baku tersedia."),
]
# Real villages of the seven other kecamatan; that they were chosen, and for what, is invented.
EXPANSION = [
    Choice("01", "61.05.01.2028", "olahan pangan", "Usaha rumah tangga keripik dan olahan sudah ada."),
    Choice("02", "61.05.02.2009", "padi ladang", "Ladang padi dikerjakan hampir semua rumah tangga."),
    Choice("04", "61.05.04.2001", "jagung", "Kelompok tani jagung sudah menanam dua musim."),
    Choice("05", "61.05.05.2003", "karet", "Kebun karet rakyat sudah menghasilkan."),
    Choice("07", "61.05.07.2002", "kakao", "Bibit kakao bantuan lama sudah berbuah."),
    Choice("09", "61.05.09.2001", "madu hutan", "Pemanen madu hutan sudah terhimpun dalam kelompok."),
    Choice("15", "61.05.15.2001", "kopi", "Kebun kopi warga sudah ada di tepi sungai."),
]
# The cooperative is real; every number and the other groups are invented.
GROUPS = {
    "61.05.19.2005": ("Koperasi Jasa Menenun Mandiri", "KOPERASI", "tenun ikat", 5, 58, 1999, True),
    "61.05.06.2017": ("Kelompok Tani Lada (contoh)", "POKTAN", "lada", 22, 6, 2012, True),
    "61.05.21.2005": ("Kelompok Ternak Sapi (contoh)", "POKTAN", "ternak sapi", 18, 2, 2014, True),
    "61.05.08.2013": ("Kelompok Tani Cabai (contoh)", "POKTAN", "cabai", 16, 9, 2015, True),
    "61.05.20.2014": ("Kelompok Pembudidaya Ikan (contoh)", "KUB", "ikan kolam", 21, 4, 2013, True),
    "61.05.03.2018": ("Kelompok Wanita Tani (contoh)", "KWT", "hortikultura", 0, 27, 2014, True),
    "61.05.14.2022": ("Kelompok Pengrajin Rotan (contoh)", "KUB", "anyaman rotan", 8, 15, 2010, True),
}


def make_places(cast: Cast) -> dict[str, TargetLocation]:
    """Create everything about WHERE; returns the target locations by village code."""
    commodities = _make_commodities()
    make_evidence(cast, commodities)
    _make_figures()
    with clock.at(datetime(2017, 7, 24, 9)):
        pilots = [_determination(choice, 2017, commodities, cast, sample=False) for choice in PILOTS]
    with clock.at(datetime(2017, 7, 27, 10)):
        first = _decree(
            cast, "050/417/KEP-BAPPEDA/2017 (contoh)", date(2017, 7, 27),
            "Penetapan Kompetensi Inti dan Lokasi Percontohan P2-EMAS Tahun 2018", None, PILOTS, pilots,
        )  # fmt: skip
    with clock.at(datetime(2019, 1, 9, 9)):
        later = [_determination(choice, 2019, commodities, cast, sample=True) for choice in EXPANSION]
    with clock.at(datetime(2019, 1, 14, 10)):
        _decree(
            cast, "050/21/KEP-BAPPEDA/2019 (contoh)", date(2019, 1, 14),
            "Perubahan atas Penetapan Kompetensi Inti dan Lokasi Sasaran P2-EMAS", first, EXPANSION, later,
        )  # fmt: skip
    for code, (name, kind, commodity, men, women, since, sample) in GROUPS.items():
        CommunityGroup.objects.create(
            village=Village.objects.get(code=code), name=name, kind=kind, commodity=commodities[commodity],
            members_m=men, members_f=women, active_since=since, is_sample=sample,
        )  # fmt: skip
    locations = {loc.village.code: loc for loc in TargetLocation.objects.for_table()}
    _move_locations(cast, locations)
    return locations


def _make_commodities() -> dict[str, Commodity]:
    made: dict[str, Commodity] = {}
    for name, (parent, sector, unit) in COMMODITIES.items():
        made[name] = Commodity.objects.create(
            name=name, sector=sector, unit=unit, parent=made[parent] if parent else None
        )
    return made


def _make_figures() -> None:
    muntai = Village.objects.get(code="61.05.03.2018")
    source = "Dipaparkan pada seleksi desa percontohan 2017"
    AreaFigure.objects.create(
        village=muntai, kind="HOUSEHOLDS", value=569, unit="rumah tangga", year=2017, source=source
    )
    AreaFigure.objects.create(village=muntai, kind="POPULATION", value=2018, unit="jiwa", year=2017, source=source)
    AreaFigure.objects.create(
        regency=Regency.objects.get(), kind="POVERTY", value="10.07", unit="persen", year=2016,
        source="Disampaikan pada lokakarya kepala desa dan pendamping, 17 Oktober 2017",
    )  # fmt: skip


def _determination(choice: Choice, year: int, commodities, cast: Cast, *, sample: bool) -> CompetencyDetermination:
    """A decision of the past, entered as it was, submitted by a coordinator and decided by the head."""
    record = CompetencyDetermination.objects.create(
        district=District.objects.get(code=f"61.05.{choice.district}"),
        year=year,
        chosen=commodities[choice.commodity],
        reason=choice.reason,
        sources=SAMPLE_SOURCE if sample else PILOT_SOURCES,
        decided_on=date(2019, 1, 9) if sample else date(2017, 7, 24),
        is_sample=sample,
    )
    record.take_step(
        "submit", seen="DRAFT", actor=cast.coordinator, submitted_by=cast.coordinator, submitted_at=clock.now()
    )
    record.take_step("decide", seen="SUBMITTED", actor=cast.head, decided_by=cast.head, decided_at=clock.now())
    return record


def _decree(cast, number, day, about, amends, choices, determinations) -> Decree:
    """Decree numbers are invented (none was published) and say so."""
    decree = Decree.objects.create(
        number=number, dated=day, valid_from=day, about=about, amends=amends, created_by=cast.coordinator,
        signer_name="Bupati Sintang", signer_title="Bupati", is_sample=True,
        source="Tanggal dan isi 2017 menurut pemberitaan 27 Juli 2017; nomor rekaan." if amends is None else SAMPLE_SOURCE,
    )  # fmt: skip
    for choice, determination in zip(choices, determinations, strict=True):
        DecreeItem.objects.create(decree=decree, action="OPEN", determination=determination)
        DecreeItem.objects.create(
            decree=decree, action="OPEN", village=Village.objects.get(code=choice.village), is_sample=amends is not None
        )
    enact_decree(decree=decree, seen="DRAFT", actor=cast.head)
    return decree


def _move_locations(cast: Cast, locations: dict[str, TargetLocation]) -> None:
    """How far each village is on the demo's day; readiness is invented, the launch of 24 October 2018 is not."""
    for pilot in PILOTS:
        with clock.at(datetime(2018, 10, 24, 13)):
            locations[pilot.village].take_step("start", seen="FIXED", actor=cast.coordinator)
    for choice in EXPANSION[:4]:
        with clock.at(datetime(2019, 7, 12, 10)):
            locations[choice.village].take_step("start", seen="FIXED", actor=cast.coordinator)
    for code, reason in {
        "61.05.15.2001": "Kontrak pengadaan batal dan diulang (contoh).",
        "61.05.09.2001": "Anggaran baru tersedia setelah perubahan APBD (contoh).",
    }.items():
        with clock.at(datetime(2019, 7, 15, 10)):
            locations[code].take_step("postpone", seen="FIXED", actor=cast.coordinator, note=reason)
