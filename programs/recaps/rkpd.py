"""The quarterly evaluation of the regency's RKPD: the work of all agencies in 17 columns.

Targets of the five years are those of the agencies' Renstra, which carry out the RPJMD.
"""

from p2emas.documents.papers import Signer, sample_words
from p2emas.naming import current
from p2emas.ui import formats
from programs.recaps.columns import pair, words
from programs.recaps.description import ColumnKind, PaperGroup, RecapPaper, RecapQuestion, RecapSheet
from programs.recaps.e81 import BY_TYPE, KEY_OF_SIGNS, LIKE_WITH_LIKE, falling_note, foot_of
from programs.recaps.evaluation import AgencyYear
from programs.recaps.layouts import LayoutInUse
from programs.recaps.reading.years import measured
from programs.recaps.regency_rows import regency_rows
from programs.recaps.signing import signer_of_regency
from programs.reporting.reports.deadlines import quarter_dates

GROUPS: tuple[PaperGroup, ...] = (
    words("no", "1", "No", 5),
    words("outcome", "2", "Sasaran", 16),
    words("code", "3", "Kode", 12),
    words("name", "4", "Urusan/Program/Kegiatan", 24),
    words("measured", "5", "Indikator kinerja", 20),
    pair("goal", "6", "Target RPJMD", jump="RPJMD"),
    pair("before", "7", "Realisasi RPJMD s.d. RKPD {before}"),
    pair("target", "8", "Target dan anggaran RKPD {year}", jump="RKPD"),
    pair("q1", "9", "Realisasi TW I", jump="Triwulan"),
    pair("q2", "10", "Realisasi TW II"),
    pair("q3", "11", "Realisasi TW III"),
    pair("q4", "12", "Realisasi TW IV"),
    pair("year", "13", "Realisasi RKPD {year}", jump="Hasil"),
    pair("reached", "14", "Capaian RKPD (%)", ColumnKind.PERCENT),
    pair("total", "15", "Realisasi RPJMD s.d. {year}"),
    pair("share", "16", "Capaian RPJMD (%)", ColumnKind.PERCENT),
    words("agency", "17", "Perangkat daerah", 12),
)
FROM_RENSTRA = "Target dan realisasi RPJMD diambil dari Renstra perangkat daerah yang melaksanakannya."


def fill_rkpd(question: RecapQuestion) -> list[RecapSheet]:
    paper, layout = question.paper, LayoutInUse.of(question.paper)
    years = _years(question, layout)
    is_sample = any(made.is_sample for made in years)
    ends = quarter_dates(question.year, question.number)[1]
    notes = [KEY_OF_SIGNS, BY_TYPE, LIKE_WITH_LIKE, FROM_RENSTRA, *falling_note(layout), *layout.notes(paper, ends)]
    return [
        RecapSheet(
            name=f"rkpd-{question.year}-tw{question.number}",
            tab=f"RKPD {formats.quarter_short(question.year, question.number)}",
            title=layout.title,
            office=current().regency,
            period=formats.quarter(question.year, question.number),
            groups=layout.groups(paper, question.year),
            rows=regency_rows(years),
            marks=[*filter(None, (sample_words(is_sample), *_states(years, question.number), _silent(years)))],
            foot=foot_of(_indicators(years), layout, "RKPD", "RPJMD"),
            signers=_signers(),
            notes=notes,
            is_sample=is_sample,
        )
    ]


def _years(question: RecapQuestion, layout: LayoutInUse) -> list[AgencyYear]:
    """In a constant number of queries; agency by agency where somebody watches the progress."""
    year, quarter = question.year, question.number
    if question.told is None:
        return measured(question.agencies, year, quarter, falling=layout.falling)
    found: list[AgencyYear] = []
    for done, agency in enumerate(question.agencies, start=1):
        found += measured([agency], year, quarter, falling=layout.falling)
        question.told(done)
    return found


def _indicators(years: list[AgencyYear]) -> list:
    return [each for made in years for each in made.indicators]


def _states(years: list[AgencyYear], quarter: int) -> list[str]:
    """For each quarter, whose figures nobody has verified, whose are corrected, and whose report has not come."""
    found = []
    for number in range(1, quarter + 1):
        word = f"TW {formats.ROMAN[number]}"
        unverified = [made.agency.short_name for made in years if number in made.unverified]
        corrected = [made.agency.short_name for made in years if number in made.corrected]
        absent = [made.agency.short_name for made in years if made.programmes and number not in made.reports]
        if unverified:
            found.append(f"{word} belum diverifikasi: {', '.join(unverified)}")
        if corrected:
            found.append(f"{word} sedang dikoreksi, angkanya yang disetujui: {', '.join(corrected)}")
        if absent:
            found.append(f"{word} belum diterima: {', '.join(absent)}")
    return found


def _silent(years: list[AgencyYear]) -> str:
    """Whose lines say nothing of their money, and how many."""
    counted = [(made.agency.short_name, sum(each.missing for each in made.programmes)) for made in years]
    told = [f"{name} {missing} baris" for name, missing in counted if missing]
    return f"Keuangan belum ada data: {', '.join(told)}" if told else ""


def _signers() -> list[Signer]:
    return [signer_of_regency("Disusun")]


RKPD = RecapPaper(
    code="rkpd",
    label="Evaluasi RKPD, 17 kolom",
    title="Evaluasi Terhadap Hasil RKPD {Territory}",
    version="2019-1",
    rule="Permendagri 86/2017",
    groups=GROUPS,
    make=fill_rkpd,
    of_agency=False,
    merged=("no", "name"),
    small=("code", "outcome"),
)
