"""The minutes of a determination as an official paper: what was weighed, how it ranked, what was chosen and why."""

from dataclasses import dataclass
from datetime import date

from districts.competencies.models import CompetencyDetermination
from districts.competencies.result.analyses import measures_of
from districts.competencies.result.page import OptionRow, ResultColumn, deviation, result_of
from p2emas.documents.papers import MinutesText, PaperSection, Signer, Table, counted
from p2emas.instruments.models import Minutes
from p2emas.ui import formats


@dataclass(frozen=True)
class MinutesData:
    """Everything that the minutes of the discussion say, in plain words and figures; assessors without names."""

    district: str
    year: int
    held_on: date | None
    measure: str
    analyses: list[str]
    years: tuple[int | None, int | None]
    assessors: int
    columns: list[ResultColumn]
    rows: list[OptionRow]
    findings: list[str]
    discussion: str
    chosen: str
    deviation: str
    reason: str
    dissent: str
    sources: str
    minutes: Minutes | None
    is_sample: bool


def minutes_data(record: CompetencyDetermination) -> MinutesData:
    result = result_of(record)
    return MinutesData(
        district=record.district.name,
        year=record.year,
        held_on=record.decided_on,
        measure=measures_of(record),
        analyses=[note.text for note in result.analyses] if result else [],
        years=(record.first_year, record.last_year),
        assessors=(record.inputs or {}).get("assessors", 0),
        columns=result.columns if result else [],
        rows=result.rows if result else [],
        findings=[*result.sentences, *result.agreement] if result else [],
        discussion=record.discussion,
        chosen=record.chosen.name if record.chosen else "",
        deviation=deviation(record, result),
        reason=record.reason,
        dissent=record.dissent,
        sources=record.sources,
        minutes=record.minutes,
        is_sample=record.rests_on_sample,
    )


def minutes_of(record: CompetencyDetermination) -> MinutesText:
    """Names of signers are lines to write on: assessors stay numbers, and who signs is the meeting's affair."""
    data = minutes_data(record)
    paper = data.minutes
    return MinutesText(
        about=f"penetapan kompetensi inti kecamatan {data.district} tahun {data.year}",
        number=paper.number if paper else "",
        day=data.held_on,
        sections=[
            _basis(data),
            PaperSection("Kriteria", table=_criteria(data)),
            PaperSection("Hasil penilaian", data.findings, _ranking(data)),
            PaperSection("Pembahasan", _lines(data.discussion) or ["Tidak ada catatan pembahasan."]),
            _choice(data),
        ],
        signers=[Signer("Pimpinan rapat"), Signer("Notulis")],
        is_sample=data.is_sample,
    )


def _basis(data: MinutesData) -> PaperSection:
    words = {
        "measure": data.measure,
        "first": data.years[0],
        "last": data.years[1],
        "options": counted(len(data.rows)),
        "assessors": counted(data.assessors) if data.assessors else "tanpa",
    }
    text = (
        "Penilaian memakai angka %(measure)s tahun %(first)s sampai dengan %(last)s, %(options)s pilihan, dan "
        "%(assessors)s penilai. Batas dan bobot kriteria ditetapkan sebelum penilaian dibuka."
    )
    several = (
        [f"Tiap pilihan dihitung di dalam hitungannya sendiri. {'. '.join(data.analyses)}."] if data.analyses else []
    )
    return PaperSection("Dasar", [text % words, *several, *_lines(data.sources)])


def _criteria(data: MinutesData) -> Table:
    rows = [
        [
            str(number),
            column.name,
            "panel" if column.is_panel else "angka",
            formats.share(column.share),
            f"{formats.number(column.low, 4)} s.d. {formats.number(column.high, 4)}",
        ]
        for number, column in enumerate(data.columns, start=1)
    ]
    return Table(["No.", "Kriteria", "Dijawab oleh", "Bobot", "Batas"], rows)


def _ranking(data: MinutesData) -> Table:
    rows = [
        [
            "–" if row.rank is None else str(row.rank),
            f"{row.name} ({row.counted_in})" if row.counted_in else row.name,
            "belum lengkap" if row.score is None else formats.number(row.score, 1),
            f"{formats.number(row.low, 1)} s.d. {formats.number(row.high, 1)}",
        ]
        for row in data.rows
    ]
    return Table(["Peringkat", "Pilihan", "Skor (0–100)", "Terendah s.d. tertinggi"], rows)


def _choice(data: MinutesData) -> PaperSection:
    option = data.chosen
    chosen = f"Rapat memilih {option} sebagai kompetensi inti." if option else "Belum dipilih."
    dissent = _lines(data.dissent)
    return PaperSection(
        "Pilihan",
        [
            chosen,
            *([data.deviation] if data.deviation else []),
            *_lines(data.reason),
            *(["Pendapat berbeda:", *dissent] if dissent else ["Tidak ada pendapat berbeda yang dicatat."]),
        ],
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
