"""What is known of the people's economy: for those who see everything, and for kecamatan staff their own."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.evidence.figures import may_read_evidence
from districts.evidence.forms import EvidenceFilterForm
from districts.evidence.known import Cell, known, on_the_ground, sources
from districts.evidence.measures import measure_label
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import ListColumn, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.imports.models import may_import
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items

SAMPLE = "DATA CONTOH"


@require_safe
def evidence(request: UserRequest) -> HttpResponse:
    """The matrix of all kecamatan, or the figures of one kecamatan or one commodity."""
    if not may_read_evidence(request.user):
        raise PermissionDenied
    form = EvidenceFilterForm(request.GET, user=request.user)
    chosen = form.chosen()
    if wanted_file(request):
        return EVIDENCE.answer(request, request.user, lambda: known(request.user, **chosen).expected)
    found = known(request.user, **chosen)
    context = {
        "known": found,
        "detailed": len(found.districts) == 1 or bool(chosen["commodity"]),
        "measure": measure_label(found.measure),
        "sources": sources(found.rows),
        "ground": on_the_ground(request.user, found.districts),
        "filters": Filters(form, request.GET),
        "errors": error_items(form),
        "may_import": may_import(request.user),
    }
    return render(request, "districts/evidence/evidence.html", context)


def _as_file(user: User, query: QueryDict) -> ListFile:
    """The same rows as the page, one line for each figure; what is missing has an empty value and says so."""
    found = known(user, **EvidenceFilterForm(query, user=user).chosen())
    measure = measure_label(found.measure)
    figures = ((row, year, cell) for row in found.rows for year, cell in zip(found.years, row.cells, strict=True))
    columns: tuple[ListColumn, ...] = (
        ("Kode kecamatan", lambda each: each[0].district.code),
        ("Kecamatan", lambda each: each[0].district),
        ("Komoditas", lambda each: each[0].commodity),
        ("Tahun", lambda each: each[1]),
        ("Ukuran", lambda each: measure),
        ("Satuan", lambda each: found.unit),
        ("Nilai", lambda each: _plain(each[2])),
        ("Mutu bukti", lambda each: each[0].grade),
        ("Sumber", lambda each: each[2].source),
        ("Keterangan", lambda each: _note(each[2])),
    )
    title = f"Bukti ekonomi kecamatan: {measure}"
    return ListFile.of("bukti", title, columns, figures, source="Lihat kolom Sumber pada tiap baris")


def _plain(cell: Cell) -> Decimal | None:
    return None if cell.value is None else cell.value.normalize()  # 15,000 would be read as fifteen thousand


EVIDENCE = LongList("bukti", may_read_evidence, _as_file)


def _note(cell: Cell) -> str:
    unknown = [] if cell.value is not None else ["belum ada data"]
    return "; ".join([*unknown, SAMPLE] if cell.is_sample else unknown)
