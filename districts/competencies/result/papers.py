"""The minutes of a determination as an official paper: what was weighed, how it ranked, what was chosen and why."""

from typing import Any

from districts.competencies.models import CompetencyDetermination
from districts.competencies.result.page import minutes_data
from p2emas.documents.papers import Minutes, Section, Signer, Table, counted
from p2emas.ui import formats


def minutes_of(record: CompetencyDetermination) -> Minutes:
    """Names of signers are lines to write on: assessors stay numbers, and who signs is the meeting's affair."""
    data = minutes_data(record)
    paper = data["minutes"]
    return Minutes(
        about="penetapan kompetensi inti kecamatan {district} tahun {year}".format(**data),
        number=paper.number if paper else "",
        day=data["held_on"],
        sections=[
            _basis(data),
            Section("Kriteria", table=_criteria(data)),
            Section("Hasil penilaian", _findings(data), _ranking(data)),
            Section("Pembahasan", _lines(data["discussion"]) or ["Tidak ada catatan pembahasan."]),
            _choice(data),
        ],
        signers=[Signer("Pimpinan rapat"), Signer("Notulis")],
        is_sample=data["is_sample"],
    )


def _basis(data: dict[str, Any]) -> Section:
    words = {
        "measure": data["measure"],
        "first": data["years"][0],
        "last": data["years"][1],
        "options": counted(len(data["options"])),
        "assessors": counted(data["assessors"]) if data["assessors"] else "tanpa",
    }
    text = (
        "Penilaian memakai angka %(measure)s tahun %(first)s sampai dengan %(last)s, %(options)s pilihan, dan "
        "%(assessors)s penilai. Batas dan bobot kriteria ditetapkan sebelum penilaian dibuka."
    )
    return Section("Dasar", [text % words, *_lines(data["sources"])])


def _criteria(data: dict[str, Any]) -> Table:
    rows = [
        [
            str(number),
            criterion["name"],
            "panel" if criterion["by_panel"] else "angka",
            formats.share(criterion["share"]),
            f"{formats.number(criterion['low'], 4)} s.d. {formats.number(criterion['high'], 4)}",
        ]
        for number, criterion in enumerate(data["criteria"], start=1)
    ]
    return Table(["No.", "Kriteria", "Dijawab oleh", "Bobot", "Batas"], rows)


def _ranking(data: dict[str, Any]) -> Table:
    rows = [
        [
            "–" if option["rank"] is None else str(option["rank"]),
            option["name"],
            "belum lengkap" if option["score"] is None else formats.number(option["score"], 1),
            f"{formats.number(option['low'], 1)} s.d. {formats.number(option['high'], 1)}",
        ]
        for option in data["options"]
    ]
    return Table(["Peringkat", "Pilihan", "Skor (0–100)", "Terendah s.d. tertinggi"], rows)


def _findings(data: dict[str, Any]) -> list[str]:
    return [*data["sensitivity"], *data["agreement"]]


def _choice(data: dict[str, Any]) -> Section:
    option = data["chosen"]
    chosen = f"Rapat memilih {option} sebagai kompetensi inti." if option else "Belum dipilih."
    dissent = _lines(data["dissent"])
    return Section(
        "Pilihan",
        [
            chosen,
            *([data["deviation"]] if data["deviation"] else []),
            *_lines(data["reason"]),
            *(["Pendapat berbeda:", *dissent] if dissent else ["Tidak ada pendapat berbeda yang dicatat."]),
        ],
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
