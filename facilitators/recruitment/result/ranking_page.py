"""What the ranking page shows: parts, final score, place, agreement of the panel, and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from districts.competencies.analysis.words import agreement
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.computing import Inputs, Results, compute_selection
from facilitators.recruitment.result.inputs import inputs_digest, selection_inputs
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import RubricCriterion
from p2emas.accounts.models import User
from p2emas.ui.paging import Page, paginate_list
from p2emas.ui.sorting import Sorting

COLUMNS = {"peringkat": "rank", "nomor": "number", "tes": "test", "berkas": "DOSSIER", "wawancara": "INTERVIEW"}
HIGHEST_FIRST = {"test", "DOSSIER", "INTERVIEW"}


@dataclass
class RankedRow:
    """One applicant as drawn. ``parts``: test, dossier, interview; None reads "belum ada data"."""

    line: Mapping[str, Any]
    person: Application | None
    parts: list[float | None]
    place: str = ""
    notes: list[str] = field(default_factory=list)
    after_line: bool = False


@dataclass
class ApplicantRankingPage:
    record: RecruitmentRound
    inputs: Inputs
    results: Results
    page: Page
    sort: Sorting
    is_stored: bool

    @classmethod
    def of(cls, record: RecruitmentRound, user: User, query: QueryDict, *, size: int = 100) -> "ApplicantRankingPage":
        """The stored result once the choices are handed over, else the current one."""
        inputs, results = record.inputs, record.results
        stored = bool(inputs and results)
        if not (inputs and results):
            inputs = selection_inputs(record)
            results = compute_selection(inputs)
        sort = Sorting(query, COLUMNS, "peringkat")
        lines = _sorted(results["lines"], sort)
        page = paginate_list(lines, query, size=size)
        people = Application.objects.for_user(user).in_bulk([line["id"] for line in page.rows])
        rows = [_row(line, people.get(line["id"]), inputs, results) for line in page.rows]
        if sort.key == "peringkat" and not sort.descending:
            _draw_line(rows)
        page.rows = rows
        return cls(record, inputs, results, page, sort, stored)

    @property
    def digest(self) -> str:
        return inputs_digest(dict(self.inputs))

    @property
    def split(self) -> bool:
        return self.inputs["panels"] > 1

    @property
    def places(self) -> int:
        return sum(place["number"] for place in self.inputs["places"])

    @property
    def line(self) -> str:
        """The words at the cut-off: with free places it is not their number that leaves the rest without one."""
        placed = sum(line["place"] is not None for line in self.results["lines"])
        if placed >= self.places:
            return f"Garis: {self.places} formasi, di bawah ini tanpa tempat"
        return (
            f"Garis: {placed} dari {self.places} formasi terisi. Di bawah ini tanpa tempat: yang kosong tidak mereka "
            "pilih, atau nilainya belum lengkap"
        )

    @property
    def finding(self) -> str:
        ranked = [line for line in self.results["lines"] if line["rank"] is not None]
        placed = [line for line in ranked if line["place"] is not None]
        if not ranked:
            return "Belum ada pelamar yang nilainya lengkap"
        if again := self.results["again"]:
            return f"{len(again)} pelamar bernilai sama di garis: wawancara ulang"
        return f"{len(placed)} dari {self.places} formasi terisi, {len(ranked)} pelamar nilainya lengkap"

    @property
    def agreement(self) -> list[dict[str, Any]]:
        """Each panel and part: the coefficient, and what it means."""
        words = dict(RubricCriterion.Part.choices)
        return [
            {**row, "part": words[row["part"]], "words": agreement(row["icc"])} for row in self.results["agreement"]
        ]

    @property
    def reserves(self) -> list[tuple[str, list[str]]]:
        """Village -> numbers of its reserves, the next one first."""
        numbers = {line["id"]: line["number"] for line in self.results["lines"]}
        names = {str(place["id"]): place["village"] for place in self.inputs["places"]}
        return [(names[pk], [numbers[each] for each in rows]) for pk, rows in self.results["reserves"].items()]


def _sorted(lines: list[dict[str, Any]], sort: Sorting) -> list[dict[str, Any]]:
    """By one column; what is unknown comes last in both directions."""
    mark = COLUMNS[sort.key]
    known = [line for line in lines if _value(line, mark) is not None]
    unknown = [line for line in lines if _value(line, mark) is None]
    turned = sort.descending != (mark in HIGHEST_FIRST)
    return sorted(known, key=lambda line: _value(line, mark), reverse=turned) + unknown


def _value(line: Mapping[str, Any], mark: str) -> Any:
    return line["parts"][mark]["raw"] if mark in line["parts"] else line[mark]


def _row(line: Mapping[str, Any], person: Application | None, inputs: Inputs, results: Results) -> RankedRow:
    mark = "t" if inputs["panels"] > 1 else "raw"
    parts = [line["test"], line["parts"]["DOSSIER"][mark], line["parts"]["INTERVIEW"][mark]]
    names = {place["id"]: place["village"] for place in inputs["places"]}
    reserve = next((n for n, pk in enumerate(results["reserve_order"], start=1) if pk == line["id"]), None)
    place = names[line["place"]] if line["place"] is not None else f"Cadangan {reserve}" if reserve else ""
    return RankedRow(line, person, parts, place, list(_notes(line, results)))


def _notes(line: Mapping[str, Any], results: Results) -> Iterable[str]:
    if line["gate"]:
        yield "Di bawah nilai lulus tes"
    if line["wish"] is not None:
        yield f"pilihan ke-{line['wish']}" if line["wish"] else "bersedia di mana saja"
    if line["id"] in results["again"]:
        yield "Seri di garis: wawancara ulang"
    elif line["tied"]:
        yield "Seri di garis, juga sesudah wawancara ulang"
    for part, word in RubricCriterion.Part.choices:
        missing = line["parts"][part]["missing"]
        if missing and not line["gate"]:
            who = ", ".join(map(str, missing))
            yield f"{word}: belum ada nilai panelis {who}"


def _draw_line(rows: list[RankedRow]) -> None:
    """The cut-off is drawn before the first applicant behind the last one with a place."""
    last = max((place for place, row in enumerate(rows) if row.line["place"] is not None), default=None)
    if last is not None and last + 1 < len(rows):
        rows[last + 1].after_line = True


def ranking_csv(shown: ApplicantRankingPage) -> Iterable[list[object]]:
    """By application number, without a name: for an export of personal data a reason is asked elsewhere."""
    for row in shown.page:
        yield [
            row.line["rank"],
            row.line["number"],
            *row.parts,
            row.line["final"],
            row.line["check_rank"],
            row.place,
            "; ".join(row.notes),
            shown.record.is_sample,
        ]
