"""The analysis as its page and its CSV show it: cells in words, charts, notes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from districts.competencies.analysis.computing import Analysis, CommodityLine
from districts.competencies.analysis.explain import Sum, sums_of
from districts.competencies.analysis.findings import CLASS_ORDER, SMALL_BASE
from districts.competencies.analysis.words import COMBINED, KLASSEN, REASONS, SLQ_DLQ, class_word, join_words
from districts.evidence.known import GRADES
from p2emas.naming import said
from p2emas.ui import charts, formats
from p2emas.ui.charts import BarRow, Chart
from p2emas.ui.links import with_query

MULTIPLES = 6  # commodities whose share is drawn over time
CSV_HEADER = [
    "Peringkat", "Komoditas", "Sektor", "LQ rata-rata", "LQ terendah", "LQ tertinggi", "DLQ", "Tahun awal",
    "Tahun akhir", "N", "M", "C", "Kelas LQ x DLQ", "Klassen", "Kelas gabungan", "Bagian kecamatan (%)",
    "Bagian {territory} (%)", "Dasar kecil", "Mutu bukti", "Keterangan", "Data contoh",
]  # fmt: skip


def csv_header() -> list[str]:
    return [said(each) for each in CSV_HEADER]


@dataclass(frozen=True)
class AnalysisRow:
    """A line with its words: the class, or why there is none."""

    line: CommodityLine
    slq_dlq: str
    klassen: str
    combined: str
    notes: list[str]
    grows: bool
    link: str
    is_open: bool
    sums: list[Sum]


@dataclass(frozen=True)
class AnalysisPage:
    """Context of ``competencies/analysis.html`` beside the form, where there is something to analyse."""

    analysis: Analysis
    asked: Mapping[str, Any]
    rows: list[AnalysisRow]
    finding: str
    notes: list[str]
    bars: list[BarRow]
    multiples: list[tuple[str, Chart]]
    grades: Iterable[tuple[str, str]]
    csv: str
    xlsx: str
    open_query: str

    @classmethod
    def of(cls, analysis: Analysis, asked: Mapping[str, Any], query: QueryDict) -> "AnalysisPage":
        opened = asked["hitungan"]
        mixed = len({line.is_sample for line in analysis.lines}) > 1
        rows = [_row(line, opened.pk if opened else None, query, mixed=mixed) for line in analysis.lines]
        district = asked["kecamatan"]
        return cls(
            analysis=analysis,
            asked=asked,
            rows=rows,
            finding=finding(analysis),
            notes=list(notes_of(analysis)),
            bars=bars(analysis),
            multiples=multiples(analysis),
            grades=GRADES.items(),
            csv=with_query(query, format="csv", hitungan=None),
            xlsx=with_query(query, format="xlsx", hitungan=None),
            open_query=f"?kecamatan={district.code}&ukuran={asked['ukuran']}&sejak={asked['sejak']}"
            f"&sampai={asked['sampai']}",
        )


def finding(analysis: Analysis) -> str:
    """The page's answer in one sentence; commodities that tie are named together."""
    best = [line.name for line in analysis.lines if line.rank == 1 and not line.is_small]
    if not best:
        return "Belum ada komoditas yang dapat ditunjuk dari angka ini."
    head = next(line for line in analysis.lines if line.rank == 1)
    names, lq = join_words(best), formats.number(head.lq)
    if head.combined == CLASS_ORDER[-1]:  # all are equal, or only small ones are ahead
        return f"Tidak ada komoditas yang menonjol; urutan teratas {names}, LQ {lq}"
    if head.combined:
        return f"{names.capitalize()} paling menonjol: {COMBINED[head.combined].lower()}, LQ {lq}"
    return f"{names.capitalize()} paling menonjol, LQ {lq}"


def notes_of(analysis: Analysis) -> Iterator[str]:
    """What the reader must know: gaps that make totals lower bounds, groups left out, years that do not count."""
    for group, parts in analysis.beside_parts.items():
        inside = ", ".join(parts)
        yield f"{group.capitalize()} dihitung di samping bagiannya: pastikan angka {group} tidak memuat {inside}."
    for year, reason in analysis.unusable_years.items():
        yield f"{year}: {REASONS[reason]}."
    for year, names in analysis.gaps.items():
        missing = ", ".join(names)
        yield (
            f"{year}: belum ada data {missing} di kecamatan ini, jadi jumlah kecamatan adalah batas bawah dan "
            "semua LQ tahun itu belum pasti."
        )


def bars(analysis: Analysis) -> list[BarRow]:
    """LQ of each commodity against 1, where the kecamatan is like the regency."""
    largest = max((line.lq for line in analysis.lines if line.lq is not None), default=None)
    rows = [(line.name.capitalize(), line.lq, formats.number(line.lq, 3)) for line in analysis.lines]
    return charts.sorted_bars(rows, target=1, maximum=max(largest or 0, 2), descending=True)


def multiples(analysis: Analysis) -> list[tuple[str, Chart]]:
    """Share of the kecamatan in the first and the last year, one scale for all."""
    drawn = [line for line in analysis.lines if len(line.valid_years) > 1][:MULTIPLES]
    ends = [
        (line.name, first, last, first.share, last.share)
        for line in drawn
        for first, last in [(line.valid_years[0], line.valid_years[-1])]
        if first.share is not None and last.share is not None
    ]
    largest = max((share * 100 for *_rest, one, other in ends for share in (one, other)), default=0)
    return [
        (
            name,
            charts.two_points(
                one * 100,
                other * 100,
                label=f"{name}: {formats.share(one)} pada {first.year}, {formats.share(other)} pada {last.year}",
                maximum=largest,
                first_when=str(first.year),
                last_when=str(last.year),
                places=1,
            ),
        )
        for name, first, last, one, other in ends
    ]


def _page_notes(line: CommodityLine, *, mixed: bool) -> Iterator[str]:
    """What the columns do not show: why a figure is missing, another span, a sample among others."""
    for name, code in _explained(line):
        yield f"{name}: {REASONS[code]}"
    if line.change and not line.spans_whole:
        yield f"Perubahan dihitung {line.change.first}–{line.change.last}"
    if mixed and line.is_sample:
        yield "DATA CONTOH"


def line_notes(line: CommodityLine) -> list[str]:
    """Everything to know of a line in a file, which has no page around it."""
    found = [f"{name}: {REASONS[code]}" for name, code in _explained(line)]
    if line.is_small:
        share = formats.percent(SMALL_BASE * 100)
        found.append(f"Dasar kecil, di bawah {share} dari kecamatan: jangan disebut inti")
    if line.lower_bound:
        found.append("LQ belum pasti")
    if line.change and not line.spans_whole:
        found.append(f"Perubahan dihitung {line.change.first}–{line.change.last}")
    if line.change and line.change.mix is not None and line.change.mix > 0:
        found.append(said("Tumbuh di {territory}"))
    if line.is_sample:
        found.append("DATA CONTOH")
    return found


def _explained(line: CommodityLine) -> Iterator[tuple[str, str]]:
    names = {"lq": "LQ", "change": "DLQ, N, M, C", "dlq": "DLQ", "competitive": "M dan C"}
    for key, code in line.reasons.items():
        if key in names and not (key == "change" and "lq" in line.reasons):
            yield names[key], code


def _row(line: CommodityLine, opened: int | None, query: QueryDict, *, mixed: bool) -> AnalysisRow:
    is_open = line.commodity == opened
    return AnalysisRow(
        line=line,
        slq_dlq=class_word(SLQ_DLQ, line.slq_dlq),
        klassen=class_word(KLASSEN, line.klassen),
        combined=class_word(COMBINED, line.combined),
        notes=list(_page_notes(line, mixed=mixed)),
        grows=bool(line.change and line.change.mix and line.change.mix > 0),
        link=with_query(query, hitungan=None if is_open else line.commodity),
        is_open=is_open,
        sums=sums_of(line) if is_open else [],
    )


def analysis_csv_rows(analysis: Analysis) -> Iterator[list[object]]:
    for line in analysis.lines:
        yield [
            line.rank, line.name, line.sector, line.lq, line.lq_min, line.lq_max, line.dlq, *_change_cells(line),
            *_class_cells(line), line.share and line.share * 100,
            line.regency_share and line.regency_share * 100, line.is_small, line.grade, "; ".join(line_notes(line)),
            line.is_sample,
        ]  # fmt: skip


def _change_cells(line: CommodityLine) -> list[float | None]:
    change = line.change
    return [change.first, change.last, change.national, change.mix, change.competitive] if change else [None] * 5


def _class_cells(line: CommodityLine) -> list[str | None]:
    classes = (SLQ_DLQ, line.slq_dlq), (KLASSEN, line.klassen), (COMBINED, line.combined)
    return [words[code] if code else None for words, code in classes]
