"""The stored result of a determination in words: rows, sensitivity, agreement, and the data of its minutes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from districts.competencies.analysis.words import agreement, join_words
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.forms import DiscussionForm
from districts.competencies.result.analyses import AnalysisNote, analysis_notes, counted_in, measures_of
from p2emas.ui import charts, formats
from p2emas.ui.charts import CATEGORIES, Chart
from p2emas.ui.controls import choices

SAME = 1e-7  # points of 100 by which two scores do not differ
CHANGES = (-0.5, -0.25, -0.1, 0.1, 0.25, 0.5)


@dataclass(frozen=True)
class ResultColumn:
    """One criterion: its key in the bars, its name, who answers, and its largest contribution."""

    tone: str
    name: str
    is_panel: bool
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class LeftOut:
    """What does not apply to an option: criterion -> why; where the weight went; score and rank at worst."""

    reasons: dict[str, str]
    spread: list[tuple[str, float]]
    worst_score: float | None
    worst_rank: int | None

    @classmethod
    def of(cls, row: Mapping[str, Any], columns: list[ResultColumn]) -> "LeftOut":
        reasons = {columns[place].name: reason for place, reason in row.get("inapplicable", [])}
        shares = zip(columns, row.get("shares", []), strict=False)
        worst = row.get("worst_case", {"score": None, "rank": None})
        score = None if worst["score"] is None else worst["score"] * 100
        return cls(reasons, [(column.name, share) for column, share in shares if share], score, worst["rank"])


@dataclass(frozen=True)
class OptionRow:
    option: int
    commodity: int
    name: str
    rank: int | None
    tied: bool
    score: float | None
    low: float
    high: float
    best_rank: int
    worst_rank: int
    chart: Chart
    cells: list[tuple[float | None, float | None, bool]]  # value, contribution in points, whether it applies
    missing: list[str]
    left_out: LeftOut
    counted_in: str  # its analysis and unit, where there are several
    is_sensitive: bool  # its rank rests on what does not apply to an option


@dataclass(frozen=True)
class Result:
    columns: list[ResultColumn]
    rows: list[OptionRow]
    winners: list[OptionRow]
    sensitivity: list[tuple[str, list[str]]]  # criterion, winner at each of CHANGES
    sentences: list[str]
    agreement: list[str]
    agreed: str  # the same without its figures
    is_sample: bool
    measures: str
    analyses: list[AnalysisNote]
    changes: tuple[str, ...] = tuple(formats.signed(change * 100, 0) + "%" for change in CHANGES)

    @property
    def has_remarks(self) -> bool:
        return any(row.missing or row.tied or row.left_out.reasons or row.is_sensitive for row in self.rows)

    def row(self, commodity: int | None) -> OptionRow | None:
        return next((row for row in self.rows if row.commodity == commodity), None)


def result_of(record: CompetencyDetermination) -> Result | None:
    """None while there is nothing computed."""
    if not record.results or not record.results.get("rows"):
        return None
    inputs, results = record.inputs or {}, record.results
    columns = [_column(place, criterion, results) for place, criterion in enumerate(inputs["criteria"])]
    ranks = [row["rank"] for row in results["rows"]]
    places = counted_in(inputs)
    rows = sorted((_row(row, columns, ranks, places) for row in results["rows"]), key=_order)
    names = {row.option: row.name for row in rows}
    winners = [row for row in rows if row.rank == 1]
    return Result(
        columns=columns,
        rows=rows,
        winners=winners,
        sensitivity=list(_sensitivity(results, columns, names)),
        sentences=[
            *(sentence for row in rows for sentence in _what_does_not_apply(row)),
            *_sentences(results, columns, names, rows),
        ],
        agreement=list(_agreement(results, inputs)),
        agreed=_agreed(results),
        is_sample=record.rests_on_sample,
        measures=measures_of(record),
        analyses=analysis_notes(record),
    )


def _column(place: int, criterion: Mapping[str, Any], results: Mapping[str, Any]) -> ResultColumn:
    tone = CATEGORIES[place] if place < len(CATEGORIES) else ""
    return ResultColumn(
        tone=tone,
        name=criterion["name"],
        is_panel=criterion["kind"] == "PANEL",
        share=results["shares"][place],
        low=float(criterion["low"]),
        high=float(criterion["high"]),
    )


def _row(
    row: Mapping[str, Any], columns: list[ResultColumn], ranks: list[int | None], places: Mapping[int, str]
) -> OptionRow:
    contributions = row["contributions"] or [None] * len(columns)
    points = [None if part is None else part * 100 for part in contributions]
    parts = [(column.name, part) for column, part in zip(columns, points, strict=True)]
    left_out = LeftOut.of(row, columns)
    return OptionRow(
        option=row["option"],
        commodity=row["commodity"],
        name=row["name"],
        rank=row["rank"],
        tied=row["rank"] is not None and ranks.count(row["rank"]) > 1,
        score=None if row["score"] is None else row["score"] * 100,
        low=row["low"] * 100,
        high=row["high"] * 100,
        best_rank=row["best_rank"],
        worst_rank=row["worst_rank"],
        chart=_bar(parts) if row["score"] is not None else charts.no_data("", height=24),
        cells=[
            (value, part, column.name not in left_out.reasons)
            for column, value, part in zip(columns, row["values"], points, strict=True)
        ],
        missing=[columns[place].name for place in row["missing"]],
        left_out=left_out,
        counted_in=places.get(row["option"], ""),
        is_sensitive=row.get("sensitive", False),
    )


def _bar(parts: Iterable[tuple[str, float | None]]) -> Chart:
    """Every criterion keeps its colour, also where another gives nothing; beyond five the last colour is shared."""
    chart, start = Chart(24, ""), 0.0
    for place, (_name, part) in enumerate(parts):
        tone = CATEGORIES[min(place, len(CATEGORIES) - 1)]
        if part:
            chart.add("rect", css=f"{tone} parted", x=f"{start:.2f}%", width=f"{part:.2f}%", height=24)
        start += part or 0
    return chart


def _order(row: OptionRow) -> tuple[int, float, str]:
    return (row.rank if row.rank is not None else 10_000, -row.high, row.name)


def _names(options: Iterable[int], names: Mapping[int, str]) -> str:
    return join_words([names[option] for option in options])


def _sensitivity(
    results: Mapping[str, Any], columns: list[ResultColumn], names: Mapping[int, str]
) -> Iterator[tuple[str, list[str]]]:
    for place, column in enumerate(columns):
        found = {change["change"]: change["winners"] for change in results["changes"] if change["criterion"] == place}
        if found:
            yield column.name, [_winner_of(found.get(change), results["winners"], names) for change in CHANGES]


def _winner_of(found: list[int] | None, winners: list[int], names: Mapping[int, str]) -> str:
    """None: with this weight a criterion that does not apply to an option would have taken all of it."""
    if found is None:
        return "–"
    return "tetap" if found == winners else _names(found, names)


def _sentences(
    results: Mapping[str, Any], columns: list[ResultColumn], names: Mapping[int, str], rows: list[OptionRow]
) -> Iterator[str]:
    """Does the winner depend on one weight, or on a figure that is missing?"""
    yield from _moved_winners(results, columns, names)
    if alike := _alike(columns, [row for row in rows if row.score is not None]):
        yield f"Tidak membedakan pilihan, karena semua mendapat sumbangan yang sama: {', '.join(alike)}."
    if scores := [row.score for row in rows if row.score is not None]:
        yield from (_reach(row, max(scores)) for row in rows if row.rank is None)


def _alike(columns: list[ResultColumn], ranked: list[OptionRow]) -> list[str]:
    """Criteria that give every ranked option the same; none where there is nothing to compare."""
    if len(ranked) < 2:
        return []
    return [
        column.name
        for column, cells in zip(columns, zip(*(row.cells for row in ranked), strict=True), strict=False)
        if len({round(points or 0, 7) for _value, points, _applies in cells}) == 1
    ]


def _moved_winners(results: Mapping[str, Any], columns: list[ResultColumn], names: Mapping[int, str]) -> Iterator[str]:
    """Which changes of a weight change the winner; one sentence when none does."""
    moved: dict[tuple, list[float]] = {}
    for change in results["changes"]:
        if change["winners"] != results["winners"]:
            key = change["criterion"], change["change"] > 0, tuple(change["winners"])
            moved.setdefault(key, []).append(abs(change["change"]) * 100)
    if results["changes"] and not moved:
        yield "Peringkat 1 tidak berubah bila bobot mana pun naik atau turun 10, 25, atau 50%."
    for (criterion, rises, winners), percents in moved.items():
        yield "Bila bobot “{criterion}” {way} {percents}, peringkat 1 menjadi {names}.".format(
            criterion=columns[criterion].name,
            way="naik" if rises else "turun",
            percents=join_words([formats.percent(percent) for percent in sorted(percents)], "atau"),
            names=_names(winners, names),
        )


def _what_does_not_apply(row: OptionRow) -> Iterator[str]:
    """What was left out and why, where its weight went, and whether the rank rests on that."""
    name, left_out = row.name.capitalize(), row.left_out
    for criterion, reason in left_out.reasons.items():
        yield f"{name}: kriteria “{criterion}” tidak berlaku. Alasannya: {reason.rstrip('.')}."
    if left_out.worst_score is not None:
        shares = join_words([f"{criterion} {formats.share(share)}" for criterion, share in left_out.spread])
        worst = f"skor {formats.number(left_out.worst_score, 1)} dan peringkat {left_out.worst_rank}"
        rest = "peringkatnya sensitif." if row.is_sensitive else "peringkatnya tetap."
        yield f"{name} ditimbang dengan {shares}. Bila yang tidak berlaku dinilai terburuk: {worst}, {rest}"
    elif row.is_sensitive:
        yield f"Peringkat {name} sensitif: bergantung pada kriteria yang tidak berlaku bagi pilihan lain."


def _reach(row: OptionRow, best: float) -> str:
    """How far an option whose figures are incomplete could come, beside the best score."""
    name, high = row.name.capitalize(), formats.number(row.high, 1)
    if abs(row.high - best) < SAME:
        return f"{name} belum lengkap: skornya paling tinggi {high}, dapat menyamai peringkat 1."
    if row.high > best:
        return f"{name} belum lengkap: skornya paling tinggi {high}, dapat melewati peringkat 1."
    return f"{name} belum lengkap, tetapi skornya paling tinggi {high}, di bawah peringkat 1."


def _agreed(results: Mapping[str, Any]) -> str:
    found = results["agreement"]
    if not found["assessors"] or not found["all"] or found["all"]["mean"] is None:
        return ""
    return f"Kesepakatan {found['assessors']} penilai {agreement(found['all']['mean'])}."


def _agreement(results: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
    found = results["agreement"]
    count = found["assessors"]
    if not count or not found["criteria"]:
        yield "Tidak ada kriteria yang dinilai panel."
        return
    if found["all"] is None or found["all"]["mean"] is None:
        yield (
            f"{count} penilai. Kesepakatan panel tidak dapat dihitung: perlu sedikitnya dua penilai dan tiga pilihan "
            "yang nilainya berbeda."
        )
    else:
        mean = found["all"]["mean"]
        together, alone = formats.number(mean, 3), formats.number(found["all"]["one"], 3)
        yield (
            f"{count} penilai. Kesepakatan rata-rata panel {agreement(mean)}: ICC(2,k) {together}, "
            f"satu penilai sendiri {alone}."
        )
    names = {str(criterion["id"]): criterion["name"] for criterion in inputs["criteria"]}
    for key, single in found["criteria"].items():
        if single and single["mean"] is not None:
            yield f"{names[key]}: {agreement(single['mean'])} ({formats.number(single['mean'], 3)})."


def suggested_sources(record: CompetencyDetermination) -> dict[str, str]:
    """What the sources are to begin with, while nobody has written them."""
    if record.sources.strip():
        return {}
    words = {
        "measure": measures_of(record),
        "first": record.first_year,
        "last": record.last_year,
        "n": (record.inputs or {}).get("assessors", 0),
    }
    text = "Hitungan {measure} {first} sampai {last}; nilai panel {n} penilai.".format(**words)
    return {"sources": text}


def option_notes(record: CompetencyDetermination, form: DiscussionForm) -> list[tuple]:
    """(radio, rank in words) of each option for the discussion."""
    result = result_of(record)
    found = []
    for radio in choices(form["chosen"]):
        value = radio.data["value"]
        key = getattr(value, "value", value)
        row = result.row(int(key)) if result and str(key).isdigit() else None
        if row is not None:
            found.append((radio, choice_note(row), row))
    return sorted(found, key=lambda each: _order(each[2]))


def choice_note(row: OptionRow) -> str:
    if row.rank is None:
        missing = ", ".join(row.missing)
        return f"Belum lengkap ({missing}). Memilihnya mewajibkan alasan tertulis."
    score, sensitive = formats.number(row.score, 1), " Peringkatnya sensitif." if row.is_sensitive else ""
    if row.rank == 1:
        tied = "Peringkat 1 bersama pilihan lain, skor %s." if row.tied else "Peringkat 1, skor %s."
        return tied % score + sensitive
    return f"Memilih peringkat {row.rank} (skor {score}) mewajibkan alasan tertulis.{sensitive}"


def deviation(record: CompetencyDetermination, result: Result | None) -> str:
    """What the person who decides must see: another option than the first was chosen, or one without a rank."""
    row = result.row(record.chosen_id) if result else None
    if result is None or row is None or row.rank == 1:
        return ""
    first = _names([winner.option for winner in result.winners], {r.option: r.name for r in result.rows})
    if row.rank is None:
        return f"Yang dipilih, {row.name}, belum lengkap angkanya. Peringkat 1: {first or '–'}."
    return f"Yang dipilih, {row.name}, berada di peringkat {row.rank}. Peringkat 1: {first}."
