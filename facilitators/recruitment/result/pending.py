"""The choices that wait for one decision: what the ranking suggests, how they depart from it, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.models import Part
from facilitators.recruitment.result.computing import Results
from facilitators.recruitment.rounds.models import RecruitmentRound

Choice = Application.Choice
Lines = Mapping[int, Mapping[str, Any]]  # applicant -> line of the ranking
Held = tuple[list[Application], str]  # applicants, and the sentence that names them


@dataclass(frozen=True)
class PendingChoice:
    """What is marked for one applicant before everything is decided together. ``place``: key of the formasi."""

    choice: str
    place: int | None = None
    reserve_rank: int | None = None
    reason: str = ""

    @property
    def mark(self) -> tuple[str, int | None, int | None]:
        return self.choice, self.place, self.reserve_rank

    @classmethod
    def of(cls, application: Application) -> "PendingChoice":
        return cls(application.choice, application.placed_at_id, application.reserve_rank, application.choice_reason)


def suggestions(results: Results) -> dict[int, PendingChoice]:
    """Applicant -> what follows from the ranking: place, reserve, or neither."""
    reserves = {pk: rank for rank, pk in enumerate(results["reserve_order"], start=1)}
    found = {}
    for line in results["lines"]:
        if line["place"] is not None:
            found[line["id"]] = PendingChoice(Choice.ACCEPT, place=line["place"])
        elif line["id"] in reserves:
            found[line["id"]] = PendingChoice(Choice.RESERVE, reserve_rank=reserves[line["id"]])
        else:
            found[line["id"]] = PendingChoice(Choice.REJECT)
    return found


def choice_departures(record: RecruitmentRound, results: Results) -> dict[int, str]:
    """Applicant -> how the saved choice departs from the ranking."""
    expected = suggestions(results)
    found = {}
    for row in record.applications.open_to_choice():
        wanted = expected.get(row.pk, PendingChoice(Choice.REJECT))
        if row.choice and PendingChoice.of(row).mark != wanted.mark:
            found[row.pk] = f"Menurut peringkat: {Choice(wanted.choice).label.lower()}"
    return found


# --- What is missing ------------------------------------------------------------------------------------------------


def selection_blockers(record: RecruitmentRound, results: Results) -> list[str]:
    """Sentences that say why the choices cannot be handed over yet."""
    rows = list(record.applications.open_to_choice().order_by("number"))
    lines = {line["id"]: line for line in results["lines"]}
    held = [*_unmarked(rows), *_unjudged(record, rows, lines), *_tied(rows, results)]
    sentences = [sentence % _names(applicants) for applicants, sentence in held if applicants]
    if all(row.choice == Choice.REJECT for row in rows):
        sentences.append("Belum ada pelamar yang dipilih.")
    sentences += _unexplained(record, rows, results)
    return [*sentences, *filter(None, [record.minutes_missing()])]


def _unmarked(rows: list[Application]) -> list[Held]:
    return [([row for row in rows if not row.choice], "Pilihan untuk %s belum ditandai.")]


def _unjudged(record: RecruitmentRound, rows: list[Application], lines: Lines) -> list[Held]:
    """Scores that are missing, of the chosen and of anybody who may still rank higher: a refused one too."""
    scored = [row for row in rows if lines[row.pk]["final"] is not None]
    gaps = _gaps(record, [row for row in rows if row not in scored and not lines[row.pk]["gate"]], lines)
    unscored = [row for row in _wanted(rows) if row not in scored]
    incomplete = [row for row in scored if _misses(lines[row.pk])]
    waiting = sorted([*gaps["panel"], *incomplete], key=rows.index)
    return [
        (gaps["test"], "Hasil tes %s belum dicatat. Isi nilainya, atau centang Tidak hadir."),
        (gaps["invitation"], "%s lolos tes, tetapi belum diundang wawancara."),
        (gaps["interview"], "Belum ada nilai wawancara %s. Bila tidak hadir, tulis itu sebagai alasannya."),
        (gaps["nobody"], "Tidak ada panelis yang boleh menilai %s. Tambahkan panelis."),
        (unscored, "Nilai akhir %s belum lengkap, jadi belum dapat diterima atau menjadi cadangan."),
        (waiting, "Nilai panel untuk %s belum lengkap. Tunggu panelisnya, atau catat benturan kepentingannya."),
    ]


def _wanted(rows: list[Application]) -> list[Application]:
    return [row for row in rows if row.choice in (Choice.ACCEPT, Choice.RESERVE)]


def _tied(rows: list[Application], results: Results) -> list[Held]:
    again = [row for row in rows if row.pk in results["again"]]
    return [(again, "%s bernilai sama di garis. Adakan wawancara ulang sebelum mengajukan.")]


def _unexplained(record: RecruitmentRound, rows: list[Application], results: Results) -> list[str]:
    """A tie that remains, and choices that depart from the ranking, each need their reason in writing."""
    sentences = []
    if results["tied"] and not record.discussion.strip():
        sentences.append("Tulis catatan pembahasan: ada nilai yang tetap sama di garis.")
    departing = choice_departures(record, results)
    silent = [row for row in rows if row.pk in departing and not row.choice_reason.strip()]
    if silent:
        sentences.append(f"Tulis alasan untuk {_names(silent)}: pilihannya menyimpang dari peringkat.")
    return sentences


def _gaps(record: RecruitmentRound, rows: list[Application], lines: Lines) -> dict[str, list[Application]]:
    """What is not known of ``rows``, who have no final score: only somebody who did not come may be refused for that.

    The test has a mark for it; of the interview, which nobody has scored, it is the written reason.
    """
    found: dict[str, list[Application]] = {gap: [] for gap in ("test", "invitation", "panel", "interview", "nobody")}
    for row in rows:
        if gap := _gap(record, row, lines[row.pk]):
            found[gap].append(row)
    return found


def _gap(record: RecruitmentRound, row: Application, line: Mapping[str, Any]) -> str:
    if row.status != Application.Status.INVITED:
        return "test" if line["test"] is None else "invitation"
    gap = _panel_gap(record, line)
    return gap or ("" if row.choice_reason.strip() else "interview")


def _panel_gap(record: RecruitmentRound, line: Mapping[str, Any]) -> str:
    """Whether a part that counts has no panellist at all, or waits for one; "" where it is the interview itself."""
    weights = {Part.DOSSIER: record.weight_dossier, Part.INTERVIEW: record.weight_interview}
    asked = {part: line["parts"][part] for part, weight in weights.items() if weight}
    if any(not part["each"] and not part["missing"] for part in asked.values()):
        return "nobody"  # a conflict of interest of every seat
    if any(part["missing"] and (name == Part.DOSSIER or part["each"]) for name, part in asked.items()):
        return "panel"
    return ""


def _misses(line: Mapping[str, Any]) -> bool:
    return any(part["missing"] for part in line["parts"].values())


def _names(rows: list[Application]) -> str:
    names = [row.number for row in rows]
    named = ", ".join(names[:5])
    return named if len(names) <= 5 else f"{named}, dan {len(names) - 5} lainnya"
