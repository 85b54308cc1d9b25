"""WHERE of the demo: commodities, past decisions, decrees, target locations, groups and a few public figures."""

from datetime import date, datetime

from districts.competencies.models import CompetencyDetermination
from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.decision.deciding import new_decree
from districts.locations.decision.texts import write_dictums
from districts.locations.decrees.services import enact_decree
from districts.locations.models import DecreeItem, TargetLocation
from districts.regions.figures import AreaFigure
from districts.regions.models import District, Regency, Village
from p2emas import clock
from p2emas.documents.models import Decree
from p2emas.history.records import set_author
from p2emas.instruments.models import Regulation
from p2emas.management.demo.decisions import determine, select_pilots
from p2emas.management.demo.evidence import make_evidence
from p2emas.management.demo.meetings import FIRST, SELECTION, record_meeting
from p2emas.management.demo.panels import make_open_panels
from p2emas.management.demo.people import Cast
from p2emas.management.demo.pilots import EXPANSION, GROUPS, PILOTS, SAMPLE_SOURCE, SIGNER, PilotChoice
from programs.evaluation.comparison.models import ComparisonSet
from programs.evaluation.comparison.services import save_comparison

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
# Percent of 2016 and of 2018, invented; the pilots in the order of PILOTS.
POVERTY_OF_PILOTS = (
    ("14.2", "12.1"), ("9.8", "9.1"), ("11.6", "8.9"), ("12.9", "11.8"), ("10.4", "10.6"), ("13.1", "11.2"), ("15.3", "13.9"),
)  # fmt: skip
POVERTY_ELSEWHERE = (
    ("13.4", "13.1"), ("10.9", "10.2"), ("12.2", "12.6"), ("9.5", "8.8"), ("14.8", "13.9"), ("11.1", "11.4"),
    ("16.0", "15.1"), ("8.7", "8.9"),
)  # fmt: skip
LAUNCH = "Peluncuran program dan penyerahan bantuan, 24 Oktober 2018 (pemberitaan)."


def make_places(cast: Cast) -> dict[str, TargetLocation]:
    """Create everything about WHERE; returns the target locations by village code."""
    commodities = _make_commodities()
    make_evidence(cast, commodities)
    _make_groups(cast, commodities)
    _make_figures()
    record_meeting(FIRST, cast)
    determine(cast, commodities, record_meeting(SELECTION, cast))
    _regulate(cast)
    first = select_pilots(cast, commodities, cast.proposers)
    with clock.at(datetime(2019, 1, 9, 9)):
        later = [_determination(choice, 2019, commodities, cast) for choice in EXPANSION]
    with clock.at(datetime(2019, 1, 14, 10)):
        _decree(
            cast, "050/21/KEP-BAPPEDA/2019 (contoh)", date(2019, 1, 14),
            "Perubahan atas Penetapan Kompetensi Inti dan Lokasi Sasaran P2-EMAS", first, EXPANSION, later,
        )  # fmt: skip
    make_open_panels(cast)
    _compare(cast)
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


def _make_groups(cast: Cast, commodities: dict[str, Commodity]) -> None:
    """What already works in the pilot villages, known before a village is proposed. Men and women are invented."""
    with clock.at(datetime(2017, 5, 15, 10)):
        for code, (name, kind, commodity, men, women, since) in GROUPS.items():
            group = CommunityGroup(
                village=Village.objects.get(code=code), name=name, kind=kind, commodity=commodities[commodity],
                members_m=men, members_f=women, active_since=since, is_sample=True,
            )  # fmt: skip
            set_author(group, cast.coordinator)
            group.save()


def _make_figures() -> None:
    muntai = Village.objects.get(code="61.05.03.2018")
    source = "Dipaparkan pada seleksi lokasi sasaran, 18 Mei 2017 (pemberitaan)"
    AreaFigure.objects.create(
        village=muntai, kind="HOUSEHOLDS", value=569, unit="rumah tangga", year=2017, source=source
    )
    AreaFigure.objects.create(village=muntai, kind="POPULATION", value=2018, unit="jiwa", year=2017, source=source)
    AreaFigure.objects.create(
        regency=Regency.objects.get(), kind="POVERTY", value="10.07", unit="persen", year=2016,
        source="Disampaikan pada lokakarya kepala desa dan pendamping, 17 Oktober 2017 (pemberitaan)",
    )  # fmt: skip


def _determination(choice: PilotChoice, year: int, commodities, cast: Cast) -> CompetencyDetermination:
    """A decision of the past, entered as it was, submitted by a coordinator and decided by the head."""
    record = CompetencyDetermination.objects.create(
        district=District.objects.get(code=f"61.05.{choice.district}"),
        year=year,
        chosen=commodities[choice.commodity],
        reason=choice.reason,
        sources=SAMPLE_SOURCE,
        decided_on=date(2019, 1, 9),
        is_sample=True,
    )
    record.take_step(
        "submit", seen="DRAFT", actor=cast.coordinator, submitted_by=cast.coordinator, submitted_at=clock.now()
    )
    record.take_step("decide", seen="SUBMITTED", actor=cast.head, decided_by=cast.head, decided_at=clock.now())
    return record


def _regulate(cast: Cast) -> None:
    """Legal instruments were announced as a task of 2017; which regulation came of it was not published."""
    with clock.at(datetime(2017, 6, 12, 10)):
        Regulation.objects.create(
            number="24 Tahun 2017 (contoh)", dated=date(2017, 6, 12), is_public=True,
            about="Pedoman pelaksanaan P2-EMAS", signer_name=SIGNER[0], signer_title=SIGNER[1], is_sample=True,
            created_by=cast.coordinator,
            source="Penyiapan perangkat hukum pada 2017 menurut pemberitaan; nomor, tanggal, dan isi rekaan.",
        )  # fmt: skip


def _decree(cast, number, day, about, amends, choices, determinations) -> Decree:
    """Decree numbers are invented (none was published) and say so."""
    decree = new_decree(cast.coordinator, about=about, is_sample=True, amends=amends)
    decree.number, decree.dated, decree.valid_from, decree.source = number, day, day, SAMPLE_SOURCE
    decree.signer_name, decree.signer_title = SIGNER
    decree.save()
    for choice, determination in zip(choices, determinations, strict=True):
        DecreeItem.objects.create(decree=decree, action="OPEN", determination=determination)
        DecreeItem.objects.create(
            decree=decree, action="OPEN", village=Village.objects.get(code=choice.village), is_sample=True
        )
    write_dictums(decree)
    enact_decree(decree=decree, seen="DRAFT", actor=cast.head)
    return decree


def _compare(cast: Cast) -> None:
    """Poverty of the pilots and of villages in the other kecamatan, invented, and the set as it was frozen before."""
    others = {choice.district for choice in EXPANSION}, {choice.village for choice in EXPANSION}
    away = Village.objects.filter(kind="DESA", district__code__in=[f"61.05.{number}" for number in others[0]])
    villages = list(away.exclude(code__in=others[1]).order_by("code"))[:: len(others[0])][: len(POVERTY_ELSEWHERE) + 1]
    pilots = [Village.objects.get(code=choice.village) for choice in PILOTS]
    _record_poverty(pilots, POVERTY_OF_PILOTS, 0)
    _record_poverty(villages, POVERTY_ELSEWHERE, 0)
    with clock.at(datetime(2018, 3, 5, 10)):
        made = ComparisonSet(kind="POVERTY", unit="persen", earlier_year=2016, later_year=2018, is_sample=True)
        spilled = {villages[-1]: "Membeli bibit dari kelompok lokasi sasaran (contoh)"}
        save_comparison(comparison=made, compared=villages[:-1], spillover=spilled, by=cast.coordinator)
        made.take_step("freeze", seen="OPEN", actor=cast.coordinator)
    _record_poverty(pilots, POVERTY_OF_PILOTS, 1)
    _record_poverty(villages, POVERTY_ELSEWHERE, 1)


def _record_poverty(villages: list[Village], figures: tuple[tuple[str, str], ...], place: int) -> None:
    for village, values in zip(villages, figures, strict=False):
        AreaFigure.objects.create(
            village=village, kind="POVERTY", value=values[place], unit="persen", year=(2016, 2018)[place],
            source=SAMPLE_SOURCE, is_sample=True,
        )  # fmt: skip


def _move_locations(cast: Cast, locations: dict[str, TargetLocation]) -> None:
    """How far each village is on the demo's day; readiness is invented, the launch of 24 October 2018 is not."""
    for pilot in PILOTS:
        with clock.at(datetime(2018, 10, 24, 13)):
            locations[pilot.village].take_step("start", seen="FIXED", actor=cast.coordinator, note=LAUNCH)
    for choice in EXPANSION[:4]:
        with clock.at(datetime(2019, 7, 12, 10)):
            locations[choice.village].take_step("start", seen="FIXED", actor=cast.coordinator)
    for code, reason in {
        "61.05.15.2001": "Kontrak pengadaan batal dan diulang (contoh).",
        "61.05.09.2001": "Anggaran baru tersedia setelah perubahan APBD (contoh).",
    }.items():
        with clock.at(datetime(2019, 7, 15, 10)):
            locations[code].take_step("postpone", seen="FIXED", actor=cast.coordinator, note=reason)
