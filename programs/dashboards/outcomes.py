"""Indicator 7: are people in the target villages better off than at the baseline?"""

from p2emas.ui.formats import ROMAN
from programs.dashboards.answers import Answer, LazyDrawing, Picture, Rows, count_change_text
from programs.dashboards.scope import Scope
from programs.profiles.results import panels_of
from programs.reporting.reading.welfare import VillageResult, village_results

DEFINITION = (
    "Nilai awal dan nilai terbaru yang disetujui dari tiap ukuran kesejahteraan per desa. Membaik bila nilai terbaru "
    "lebih tinggi dari nilai awal (lebih rendah untuk ukuran yang makin kecil makin baik). Sumbu mulai dari nol. "
    "Perubahan: ukuran yang punya nilai pada kedua triwulan."
)
HEADER = ["Desa", "Ukuran", "Satuan", "Nilai awal", "Tahun awal", "Nilai kini",
          "Triwulan", "Perubahan (%)", "Data contoh"]  # fmt: skip
PANELS = 12  # villages a measure; the table has them all


def outcomes_answer(scope: Scope) -> Answer:
    results = _results(scope)
    judged = [result for result in results if result.improved is not None]
    better = [result for result in judged if result.improved]
    answer = Answer(
        key="hasil",
        number=7,
        question="Ukuran desa yang membaik",
        finding=f"{len(better)} dari {len(results)} ukuran di lokasi sasaran membaik sejak nilai awal"
        if results
        else "Belum ada ukuran kesejahteraan yang direncanakan",
        value=f"{len(better)} dari {len(results)}" if results else "–",
        basis="ukuran kesejahteraan per desa membaik" + ("; tidak dibedakan menurut SKPD" if scope.agency else ""),
        definition=DEFINITION,
        header=HEADER,
        rows=[_row(result, scope) for result in results],
        coded=(["Kode desa", *HEADER], Rows(results, lambda result: [result.village.code, *_row(result, scope)])),
        is_sample=any(result.is_sample for result in results),
        change=_change(scope, judged),
    )
    if judged:
        answer.sign, answer.sign_label = _sign(judged, len(results) - len(judged))
    answer.small = Picture(parts=(len(better), len(judged) - len(better), len(results) - len(judged)))
    answer.drawing = LazyDrawing(lambda: {"groups": _groups(results, scope)})
    return answer


def _results(scope: Scope) -> list[VillageResult]:
    results = village_results(scope.year, scope.period.number)
    if scope.district is None:
        return results
    return [result for result in results if result.village.district_id == scope.district.pk]


def _sign(judged: list[VillageResult], unknown: int) -> tuple[str, str]:
    """The sign of the answer, and its words: a fall is called a fall, and one that is not better is not worse yet."""
    worse = [result for result in judged if not result.improved and result.value != result.baseline]
    fell = sum(
        result.value is not None and result.baseline is not None and result.value < result.baseline for result in worse
    )
    same = sum(not result.improved for result in judged) - len(worse)
    rose = (len(worse) - fell, "naik, padahal harus turun")
    counted = ((fell, "turun"), rose, (same, "tetap"), (unknown, "belum ada data"))
    words = ", ".join(f"{count} {word}" for count, word in counted if count)
    return ("watch", words) if words else ("good", "Semua membaik")


def _row(result: VillageResult, scope: Scope) -> list[object]:
    measure = [result.village.name, result.name, result.unit]
    now = [result.value, _quarter(result, scope), result.change, result.is_sample]
    return [*measure, result.baseline, _year(result), *now]


def _year(result: VillageResult) -> str | None:
    """A year is a name and no quantity: it has no thousands."""
    return str(result.baseline_year) if result.baseline_year else None


def _quarter(result: VillageResult, scope: Scope) -> str | None:
    return f"TW {ROMAN[result.quarter]} {scope.year}" if result.quarter else None


def _change(scope: Scope, judged: list[VillageResult]) -> str:
    """Over the measures that both quarters know: the first value of a measure is no improvement since last quarter."""
    if scope.earlier is None:
        return ""
    pairs = [(result.improved, result.up_to(scope.earlier.number).improved) for result in judged]
    both = [(now, before) for now, before in pairs if before is not None]
    if not both:
        return ""
    text = count_change_text(
        sum(bool(now) for now, _before in both), sum(bool(before) for _now, before in both), scope.earlier.short
    )
    return text if len(both) == len(judged) else f"{text}, {len(both)} ukuran yang sama"


def _groups(results: list[VillageResult], scope: Scope) -> list[dict[str, object]]:
    """Panels of one measure share one scale that begins at zero."""
    by_measure: dict[tuple[str, str], list[VillageResult]] = {}
    for result in results:
        by_measure.setdefault((result.name, result.unit), []).append(result)
    return [
        {
            "name": name,
            "unit": unit,
            "panels": panels_of(members, scope.year, most=PANELS),
            "rest": max(0, len(members) - PANELS),
        }
        for (name, unit), members in by_measure.items()
    ]
