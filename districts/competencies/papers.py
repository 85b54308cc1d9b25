"""The minutes of a determination as an official paper: what was weighed, how it ranked, what was chosen and why."""

from typing import Any

from django.utils.translation import gettext as _

from districts.competencies.models import CompetencyDetermination
from districts.competencies.result_page import minutes_data
from p2emas.documents.papers import Minutes, Section, Signer, Table, counted
from p2emas.ui import formats


def minutes_of(record: CompetencyDetermination) -> Minutes:
    """Names of signers are lines to write on: assessors stay numbers, and who signs is the meeting's affair."""
    data = minutes_data(record)
    paper = data["minutes"]
    return Minutes(
        about=_("penetapan kompetensi inti kecamatan %(district)s tahun %(year)d") % data,
        number=paper.number if paper else "",
        day=data["held_on"],
        sections=[
            _basis(data),
            Section(_("Kriteria"), table=_criteria(data)),
            Section(_("Hasil penilaian"), _findings(data), _ranking(data)),
            Section(_("Pembahasan"), _lines(data["discussion"]) or [_("Tidak ada catatan pembahasan.")]),
            _choice(data),
        ],
        signers=[Signer(_("Pimpinan rapat")), Signer(_("Notulis"))],
        is_sample=data["is_sample"],
    )


def _basis(data: dict[str, Any]) -> Section:
    words = {
        "measure": data["measure"],
        "first": data["years"][0],
        "last": data["years"][1],
        "options": counted(len(data["options"])),
        "assessors": counted(data["assessors"]) if data["assessors"] else _("tanpa"),
    }
    text = _(
        "Penilaian memakai angka %(measure)s tahun %(first)s sampai dengan %(last)s, %(options)s pilihan, dan "
        "%(assessors)s penilai. Batas dan bobot kriteria ditetapkan sebelum penilaian dibuka."
    )
    return Section(_("Dasar"), [text % words, *_lines(data["sources"])])


def _criteria(data: dict[str, Any]) -> Table:
    rows = [
        [
            str(number),
            criterion["name"],
            _("panel") if criterion["by_panel"] else _("angka"),
            formats.share(criterion["share"]),
            f"{formats.number(criterion['low'], 4)} s.d. {formats.number(criterion['high'], 4)}",
        ]
        for number, criterion in enumerate(data["criteria"], start=1)
    ]
    return Table(["No.", _("Kriteria"), _("Dijawab oleh"), _("Bobot"), _("Batas")], rows)


def _ranking(data: dict[str, Any]) -> Table:
    rows = [
        [
            "–" if option["rank"] is None else str(option["rank"]),
            option["name"],
            _("belum lengkap") if option["score"] is None else formats.number(option["score"], 1),
            f"{formats.number(option['low'], 1)} s.d. {formats.number(option['high'], 1)}",
        ]
        for option in data["options"]
    ]
    return Table([_("Peringkat"), _("Pilihan"), _("Skor (0–100)"), _("Terendah s.d. tertinggi")], rows)


def _findings(data: dict[str, Any]) -> list[str]:
    return [*data["sensitivity"], *data["agreement"]]


def _choice(data: dict[str, Any]) -> Section:
    chosen = _("Rapat memilih %s sebagai kompetensi inti.") % data["chosen"] if data["chosen"] else _("Belum dipilih.")
    dissent = _lines(data["dissent"])
    return Section(
        _("Pilihan"),
        [
            chosen,
            *([data["deviation"]] if data["deviation"] else []),
            *_lines(data["reason"]),
            *([_("Pendapat berbeda:"), *dissent] if dissent else [_("Tidak ada pendapat berbeda yang dicatat.")]),
        ],
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
