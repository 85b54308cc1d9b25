"""The work at a place as a file: what the page shows, row by row."""

from collections.abc import Iterable

from p2emas.exports.lists import ListFile
from programs.profiles.works import AgreedWork

HEADER = [
    "Kode SKPD",
    "SKPD",
    "Kode kegiatan",
    "Kegiatan",
    "Kode desa",
    "Mata rantai",
    "Sumber dana",
    "Pagu (Rp)",
    "Realisasi (Rp)",
    "Fisik (%)",
    "Tidak ada lagi dalam rencana",
    "Data contoh",
]


def works_file(works: Iterable[AgreedWork], name: str, title: str, *, village_code: str) -> ListFile:
    rows = (
        [
            work.line.plan.agency.code,
            work.line.plan.agency.short_name,
            work.line.activity.code,
            work.line.activity.name,
            village_code,
            work.line.get_chain_link_display(),
            work.line.get_fund_display(),
            work.planned,
            work.spent,
            work.physical,
            work.ended,
            work.is_sample,
        ]
        for work in works
    )
    return ListFile(name, title, HEADER, rows)
