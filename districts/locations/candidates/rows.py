"""Rows of the list of candidates of a round, on the screen and as CSV."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from districts.regions.models import District
from p2emas.accounts.signed_in import Anyone

COLUMNS = {
    "desa": "village__name",
    "kecamatan": ("village__district__name", "village__name"),
    "status": ("status", "village__name"),
    "anggota": "members",
}
HEADER = [
    "Desa",
    "Kode desa",
    "Kecamatan",
    "Komoditas",
    "Kelompok",
    "Anggota",
    "Sejak tahun",
    "Hasil",
    "Harga jual (Rp)",
    "Kegiatan",
    "Status",
    "Alasan",
    "Sumber",
    "Data contoh",
]


def candidate_rows(
    selection: SelectionRound, user: Anyone, *, cari: str = "", kecamatan: District | None = None, status: str = ""
) -> QuerySet[Candidate]:
    rows = Candidate.objects.for_user(user).filter(round=selection).search(cari).for_table()
    rows = rows.filter(village__district=kecamatan) if kecamatan else rows
    return rows.filter(status=status) if status else rows


def candidate_cells(rows: Iterable[Candidate], *, marks: bool) -> Iterator[list[object]]:
    """Cells of the CSV; ``marks`` when the reasons of the choices may be read."""
    for row in rows:
        yield [
            row.village,
            row.village.code,
            row.village.district,
            row.commodity,
            row.group,
            row.members,
            row.active_since,
            row.output,
            row.price,
            row.existing_activity,
            row.get_status_display(),
            row.reason if marks else None,
            row.source,
            row.is_sample,
        ]


def only_one(districts: QuerySet[District]) -> District | None:
    """The kecamatan, when there is no other to choose from."""
    found = list(districts[:2])
    return found[0] if len(found) == 1 else None
