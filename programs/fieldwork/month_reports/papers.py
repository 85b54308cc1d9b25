"""The monthly report of a facilitator on paper, as PDF and Word: the same rows as on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from p2emas.documents.papers import Agreement, PaperSection, Signer, Table
from p2emas.naming import current
from p2emas.ui import formats
from programs.fieldwork.month_reports.page import FacilitatorMonth
from programs.fieldwork.words import output_words, present_words

VISITS = ("No", "Tanggal", "Desa", "Jenis", "Hadir", "Hasil", "Catatan")
OBSTACLES = ("No", "Kendala", "Desa", "Keadaan", "Dicatat")
BOOKS = ("Desa", "Kelompok", "Penjualan", "Per anggota", "Pendapatan per anggota")
NO_DATA = formats.NO_DATA


@dataclass(frozen=True)
class MonthReportText(Agreement):
    """In the layout of a contract: facts, tables, two signatures."""

    def context(self) -> dict[str, Any]:
        return super().context() | {"title": "Laporan Bulanan Pendamping"}


def month_report_text(shown: FacilitatorMonth) -> MonthReportText:
    return MonthReportText(
        about=f"pendampingan bulan {shown.month}",
        place=current().seat,
        dated=min(shown.month.last, shown.today),
        opening="Disusun dari kunjungan, kendala, dan buku penjualan yang tercatat.",
        parties=[
            ("Pendamping", shown.person.name),
            ("Tempat tugas", shown.places or NO_DATA),
            ("Kunjungan", _visited(shown)),
        ],
        articles=[_visits(shown), _obstacles(shown), _books(shown)],
        signers=[Signer("Mengetahui,", "Koordinator"), Signer("Pendamping,", "", shown.person.name)],
        is_sample=shown.is_sample,
    )


def _visited(shown: FacilitatorMonth) -> str:
    places = len({each.village_id for each in shown.visits})
    missing = ", ".join(each.village.name for each in shown.unvisited)
    said = f"{len(shown.visits)} kunjungan di {places} desa" if shown.visits else "belum ada kunjungan"
    return f"{said}; tanpa kunjungan: {missing}" if missing else said


def _visits(shown: FacilitatorMonth) -> PaperSection:
    rows = [
        (
            str(number),
            formats.table_date(each.visited_on),
            each.village.name,
            each.get_kind_display(),
            present_words(each) or NO_DATA,
            output_words(each) or "-",
            each.text,
        )
        for number, each in enumerate(shown.visits, 1)
    ]
    return _section("Kunjungan", VISITS, rows, "Belum ada kunjungan yang terkirim untuk bulan ini.")


def _obstacles(shown: FacilitatorMonth) -> PaperSection:
    rows = [
        (
            str(number),
            each.text,
            each.village.name if each.village else "-",
            each.get_status_display(),
            formats.table_date(each.created_at),
        )
        for number, each in enumerate(shown.obstacles, 1)
    ]
    return _section("Kendala", OBSTACLES, rows, "Tidak ada kendala yang dicatat atau masih terbuka bulan ini.")


def _books(shown: FacilitatorMonth) -> PaperSection:
    rows = []
    for book in shown.books:
        for row in book.rows:
            found = row.figures
            few = (row.why_not, "-", "-")
            known = (
                formats.rupiah(found.total),
                formats.rupiah(found.per_member),
                "biaya belum dicatat" if found.income_per_member is None else formats.rupiah(found.income_per_member),
            )
            rows.append((book.village.name, row.group.name, *(known if found.is_shown else few)))
    return _section("Buku penjualan", BOOKS, rows, "Belum ada penjualan yang dicatat untuk bulan ini.")


def _section(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], empty: str) -> PaperSection:
    return PaperSection(title, [], Table(header, rows)) if rows else PaperSection(title, [empty])
