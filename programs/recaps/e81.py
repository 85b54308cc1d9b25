"""Form E.81: the evaluation of an agency's Renja in a quarter (Permendagri 86/2017), with 16 columns or with 17."""

from collections.abc import Iterable, Sequence

from p2emas.documents.papers import Signer, sample_words
from p2emas.methods.achievement import performance_category
from p2emas.ui import formats
from programs.recaps.columns import pair, with_unit, words
from programs.recaps.description import ColumnKind, PaperGroup, RecapPaper, RecapQuestion, RecapSheet
from programs.recaps.evaluation import AgencyYear, MeasuredIndicator, mean
from programs.recaps.layouts import LayoutInUse
from programs.recaps.models import RecapLayout
from programs.recaps.reading.years import as_approved, measured
from programs.recaps.rows import QUARTER_KEYS, rows_of
from programs.recaps.signing import signers_of
from programs.reporting.reports.deadlines import quarter_dates

CATEGORIES = {
    "very_high": "Sangat Tinggi",
    "high": "Tinggi",
    "moderate": "Sedang",
    "low": "Rendah",
    "very_low": "Sangat Rendah",
}
NOT_FILLED = "belum diisi"
FACTORS = {
    "supporting_factor": "Faktor pendorong",
    "hindering_factor": "Faktor penghambat",
    "next_step": "Tindak lanjut triwulan berikutnya",
    "next_plan_step": "Tindak lanjut Renja berikutnya",
}
KEY_OF_SIGNS = "K = kinerja, Rp = keuangan, – = belum ada data, tidak dihitung nol. Uang desa (ADD, DD) di luar."
BY_TYPE = (
    "Realisasi setahun: triwulan dijumlahkan untuk tren positif, nilai terakhir untuk persentase, nilai akhir, dan "
    "tren negatif."
)

LIKE_WITH_LIKE = (
    "Capaian membandingkan yang sama: baris atau desa yang belum ada datanya tidak ikut, di kedua sisi; capaian lima "
    "tahun yang belum lengkap tercetak –."
)


def _groups(*, wide: bool) -> tuple[PaperGroup, ...]:
    """The wide variant has the unit beside K, and the achievement of the Renja before that of the Renstra."""
    numbers = map(str, range(5, 18))
    found = [
        words("no", "1", "No", 5),
        words("outcome", "2", "Sasaran", 16),
        words("work", "3", "Program/Kegiatan", 26),
        words("indicator" if wide else "measured", "4", "Indikator kinerja", 20),
        pair("goal", next(numbers), "Target Renstra akhir periode", jump="Renstra"),
        pair("before", next(numbers), "Realisasi Renstra s.d. {before}"),
        pair("target", next(numbers), "Target Renja {year}", jump="Renja"),
        pair("q1", next(numbers), "Realisasi TW I", jump="Triwulan"),
        pair("q2", next(numbers), "Realisasi TW II"),
        pair("q3", next(numbers), "Realisasi TW III"),
        pair("q4", next(numbers), "Realisasi TW IV"),
        pair("year", next(numbers), "Realisasi Renja {year}", jump="Hasil"),
    ]
    if wide:
        found.append(pair("reached", next(numbers), "Capaian Renja (%)", ColumnKind.PERCENT))
    found.append(pair("total", next(numbers), "Realisasi Renstra s.d. {year}"))
    found.append(pair("share", next(numbers), "Capaian Renstra (%)", ColumnKind.PERCENT))
    found.append(words("agency", next(numbers), "Perangkat daerah", 12))
    found.append(words("remark", next(numbers), "Keterangan", 16))
    return tuple(with_unit(group) if wide else group for group in found)


def fill_e81(question: RecapQuestion) -> list[RecapSheet]:
    layout = LayoutInUse.of(question.paper)
    years = measured(question.agencies, question.year, question.number, falling=layout.falling)
    signers = signers_of(years)
    ends = quarter_dates(question.year, question.number)[1]
    notes = [KEY_OF_SIGNS, BY_TYPE, LIKE_WITH_LIKE, *falling_note(layout), *layout.notes(question.paper, ends)]
    return [_sheet(question.paper, layout, made, signers[made.agency.pk], notes) for made in years]


def _sheet(
    paper: RecapPaper, layout: LayoutInUse, made: AgencyYear, signers: Sequence[Signer], notes: Sequence[str]
) -> RecapSheet:
    return RecapSheet(
        name=f"{paper.code}-{made.agency.code}-{made.year}-tw{made.quarter}",
        tab=made.agency.short_name,
        title=layout.title,
        office=made.agency.name,
        period=formats.quarter(made.year, made.quarter),
        groups=layout.groups(paper, made.year, unverified_labels(made.unverified)),
        rows=rows_of(made),
        marks=_marks(made),
        foot=foot_of(made.indicators, layout),
        factors=_factors(made),
        signers=signers,
        notes=notes,
        is_sample=made.is_sample,
    )


# --- What papers about a year say under and above the table ---


def unverified_labels(quarters: Iterable[int]) -> dict[str, str]:
    """What follows the label of a quarter whose figures nobody has verified."""
    return {QUARTER_KEYS[number - 1]: " (belum diverifikasi)" for number in quarters}


def foot_of(
    indicators: Sequence[MeasuredIndicator], layout: LayoutInUse, yearly: str = "Renja", whole: str = "Renstra"
) -> list[tuple[str, str]]:
    """Average and predicate are those of the yearly plan; that of the whole plan is beside it under its own name."""
    found = []
    renja = [each.achievement for each in indicators]
    found.append((f"Rata-rata capaian kinerja {yearly} (%)", _average(renja)))
    category = performance_category(mean(renja), layout.bounds)
    found.append((f"Predikat kinerja {yearly}", CATEGORIES[category] if category else formats.NO_DATA))
    renstra = [each.renstra_achievement for each in indicators]
    found.append((f"Rata-rata capaian kinerja {whole} (%)", _average(renstra)))
    return found


def _average(values: Sequence[float | None]) -> str:
    """ "73,8 (8 dari 9 indikator; 1 belum ada data)"."""
    known = sum(value is not None for value in values)
    missing = len(values) - known
    counted = f"{known} dari {len(values)} indikator" + (f"; {missing} belum ada data" if missing else "")
    average = mean(values)
    return f"{formats.NO_DATA if average is None else formats.fixed(average, 1)} ({counted})"


def falling_note(layout: LayoutInUse) -> list[str]:
    if layout.falling == RecapLayout.Falling.GAP:
        return ["Capaian tren negatif: (2 x target - realisasi) / target."]
    return ["Capaian tren negatif: target / realisasi."]


def _marks(made: AgencyYear) -> list[str]:
    plan = f"Menurut rencana {made.plan.dated_name}" if made.plan else "Rencana tahun ini belum ditetapkan"
    return [*filter(None, (sample_words(made.is_sample), *_states(made), plan))]


def _states(made: AgencyYear) -> list[str]:
    """What a reader must know of the quarters before the figures are used."""
    found = []
    if made.unverified:
        found.append(f"Angka {named(made.unverified)} belum diverifikasi")
    if made.corrected:
        found.append(f"{named(made.corrected)} sedang dikoreksi, angkanya yang disetujui")
    absent = [number for number in range(1, made.quarter + 1) if number not in made.reports]
    if absent:
        found.append(f"Laporan {named(absent)} belum diterima")
    return found


def named(quarters: Sequence[int]) -> str:
    return ", ".join(f"TW {formats.ROMAN[number]}" for number in quarters)


def _factors(made: AgencyYear) -> list[tuple[str, str]]:
    """From the report of the quarter, once it was sent; while it is corrected, as they were approved."""
    report = as_approved(made.reports.get(made.quarter))
    return [(label, (getattr(report, name) if report else "") or NOT_FILLED) for name, label in FACTORS.items()]


def _paper(code: str, label: str, *, wide: bool) -> RecapPaper:
    return RecapPaper(
        code=code,
        label=label,
        title="Evaluasi Terhadap Hasil Renja Perangkat Daerah Lingkup {Territory}",
        version="2019-1",
        rule="Permendagri 86/2017",
        groups=_groups(wide=wide),
        make=fill_e81,
        merged=("no", "work"),
        small=("outcome",),
    )


E81 = _paper("e81", "E.81 Evaluasi Renja, 16 kolom", wide=False)
E81_WIDE = _paper("e81-17", "E.81 Evaluasi Renja, 17 kolom", wide=True)
