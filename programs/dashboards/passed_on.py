"""Indicator 8: which target villages meet the criteria of readiness, so that their success may be passed on?"""

from functools import partial

from programs.dashboards.answers import Answer, Picture, Rows, Shortened
from programs.dashboards.reachable import day_of
from programs.dashboards.readings import locations
from programs.dashboards.scope import Scope
from programs.evaluation.criteria import TITLES
from programs.evaluation.models import Evaluation
from programs.evaluation.replication import OverviewRow, newest_by_location

DEFINITION = (
    "Enam syarat tiap lokasi sasaran, menurut penilaian terbaru yang tidak dibatalkan. Siap bila cukup syarat "
    "terpenuhi, hasil dan kelengkapan laporan termasuk di dalamnya. "
    "Yang belum diketahui tidak pernah dihitung terpenuhi."
)
HEADER = ["Kecamatan", "Lokasi sasaran", *TITLES.values(), "Terpenuhi", "Siap", "Penilaian", "Putusan"]
NARROW = ["Lokasi sasaran", "Kecamatan", "Terpenuhi", "Siap", "Penilaian", "Putusan"]


def passed_on_answer(scope: Scope) -> Answer:
    rows = _rows(scope)
    ready, weighed = sum(row.is_ready for row in rows), sum(row.evaluation is not None for row in rows)
    answer = Answer(
        key="kesiapan",
        number=8,
        question="Lokasi sasaran yang siap ditularkan",
        finding=f"{ready} dari {len(rows)} lokasi sasaran memenuhi syarat siap ditularkan"
        if rows
        else "Belum ada lokasi sasaran pada hari itu",
        value=f"{ready} dari {len(rows)}" if rows else "–",
        basis=f"lokasi sasaran; {weighed} sudah dinilai",
        definition=DEFINITION,
        header=HEADER,
        rows=Rows(rows, _cells),
        narrow=(NARROW, Rows(rows, _narrow)),
        coded=(["Kode desa", *HEADER], Rows(rows, lambda row: [row.location.village.code, *_cells(row)])),
        is_sample=any(row.is_sample for row in rows),
    )
    if weighed:
        answer.sign, answer.sign_label = ("good", f"{ready} desa siap") if ready else ("none", "Belum ada yang siap")
    answer.small = Picture(parts=(ready, weighed - ready, len(rows) - weighed))
    answer.drawing = {"villages": Shortened([row for row in rows if row.evaluation is not None])}
    return answer


def _rows(scope: Scope) -> list[OverviewRow]:
    """Those that were weighed first, by what they meet; one query beside the locations."""
    here = [row for row in locations(scope) if scope.district in (None, row.village.district)]
    known = Evaluation.objects.filter(target_location__in=[row.pk for row in here], computed_on__lte=day_of(scope))
    newest = scope.once("evaluations", partial(newest_by_location, known))
    rows = [OverviewRow(location, newest.get(location.pk)) for location in here]
    return sorted(rows, key=lambda row: (-len(row.result.met) if row.result else 1, row.location.village.name))


def _words(row: OverviewRow) -> list[object]:
    if row.evaluation is None or row.result is None:
        return [None, None, None, None]
    ready = "ya" if row.is_ready else "belum"
    return [
        len(row.result.met),
        ready,
        row.evaluation.get_status_display(),
        row.evaluation.get_verdict_display() or None,
    ]


def _cells(row: OverviewRow) -> list[object]:
    village = row.location.village
    return [village.district.name, village.name, *(word for _code, word in row.cells), *_words(row)]


def _narrow(row: OverviewRow) -> list[object]:
    return [row.location.village.name, row.location.village.district.name, *_words(row)]
