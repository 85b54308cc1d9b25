"""The preview of an import beside reading the same file with openpyxl; runs inside the installation.

5,000 figures of production, of which a third is stored already, and 2,000 payments of the treasury.

Reading is what anybody writes, ``load_workbook(file)`` and all its values; its read-only mode, which the import itself
uses, is measured beside it.
"""

import io
import time
from datetime import date
from typing import Any

from benchmarks.seed import people
from districts.models import Commodity, District, ProductionFigure, Regency
from p2emas.documents.storing import store_file
from p2emas.imports.jobs import write_preview
from p2emas.imports.kinds import kind_of
from p2emas.imports.models import Import, ImportFile
from p2emas.imports.tables import receive_table
from p2emas.imports.workbooks import _workbook
from p2emas.models import Agency, User
from programs.models import Activity, Outcome, Program

DISTRICTS, COMMODITIES, YEARS = 14, 30, 12
ROWS, PAYMENTS, ACTIVITIES = 5_000, 2_000, 100


def preview(rounds: int, kind: str = "produksi") -> dict[str, Any]:
    """Seconds of each, round by round, the order turned each time."""
    user = people()["coordinator"]
    rows = _production() if kind == "produksi" else _payments()
    content = _workbook(kind_of(kind), user, rows)
    tasks = [
        ("openpyxl", lambda: _read(content, len(rows))),
        ("read_only", lambda: _read(content, len(rows), read_only=True)),
        ("preview", lambda: _preview(user, kind, content, len(rows))),
    ]
    times: dict[str, list[float]] = {name: [] for name, _task in tasks}
    for number in range(rounds + 1):
        turn = number % len(tasks)
        for name, measured in tasks[turn:] + tasks[:turn]:
            seconds = measured()
            if number:  # the first round warms up
                times[name].append(seconds)
    return times | {"rows": len(rows)}


def _production() -> list[list[Any]]:
    regency = Regency.objects.create(code="61.05", name="Sintang")
    places = [
        District.objects.create(regency=regency, code=f"61.05.{n:02d}", name=f"Tempat {n}") for n in range(DISTRICTS)
    ]
    things = [Commodity.objects.create(name=f"hasil {n}", sector="pertanian", unit="ton") for n in range(COMMODITIES)]
    keys = [(p, t, 2000 + y) for y in range(YEARS) for p in places for t in things][:ROWS]
    stored = [
        ProductionFigure(district=p, commodity=t, year=year, measure="HECTARE", value=n, source="Laporan tahunan")
        for n, (p, t, year) in enumerate(keys)
        if n % 3 == 0
    ]
    ProductionFigure.objects.bulk_create(stored, batch_size=500)
    return [
        [p.name, t.name, year, "Luas (ha)", n + n % 2 + 0.5, "Laporan tahunan kecamatan", None]
        for n, (p, t, year) in enumerate(keys)
    ]


def _payments() -> list[list[Any]]:
    agency = Agency.objects.create(
        code="dinas", name="Dinas", short_name="Dinas", kind=Agency.Kind.DINAS, member_from=date(2014, 1, 1)
    )
    outcome = Outcome.objects.create(
        program=Program.objects.create(name="P2-EMAS", starts=2015, ends=2019), name="Sasaran"
    )
    Activity.objects.bulk_create(
        Activity(agency=agency, year=2019, outcome=outcome, code=f"2.01.03.{n:02d}.01", name=f"Kegiatan {n}")
        for n in range(ACTIVITIES)
    )
    return [
        [
            "Dinas", f"{n:05d}/LS/2019", f"{n % 28 + 1:02d}-{n % 9 + 1:02d}-2019", 2019,
            f"2.01.03.{n % ACTIVITIES:02d}.01", "5.2.2.03", 1_000_000 + n * 500, "Pembayaran pekerjaan", None,
        ]
        for n in range(PAYMENTS)
    ]  # fmt: skip


def _read(content: bytes, rows: int, *, read_only: bool = False) -> float:
    from openpyxl import load_workbook

    begun = time.perf_counter()
    sheet = load_workbook(io.BytesIO(content), read_only=read_only)["Isian"]
    assert sum(1 for _row in sheet.iter_rows(values_only=True)) == rows + 1
    return time.perf_counter() - begun


def _preview(user: User, kind: str, content: bytes, rows: int) -> float:
    """The whole job but its wait: from the stored file to a preview that is ready."""
    batch = Import.objects.create(kind=kind, agency=user.assignments.get().agency, uploaded_by=user)
    upload = io.BytesIO(content)
    upload.name = f"angka-{date.today():%Y}.xlsx"
    store_file(ImportFile, owner=batch, upload=receive_table(upload), user=user)
    begun = time.perf_counter()
    write_preview(batch)
    seconds = time.perf_counter() - begun
    batch.refresh_from_db()
    assert batch.status == "READY" and batch.rows.to_apply().count() == rows
    return seconds
