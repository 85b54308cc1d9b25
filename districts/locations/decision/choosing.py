"""From a ranking to a decision: pending choices, what is still missing, and the steps that take them all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from districts.locations.candidates.models import Candidate
from districts.locations.ranking.computing import RankingLine, Standing, digest_of, inputs_of, standing_of
from districts.locations.rounds.models import SelectionRound
from districts.locations.runs import run_of
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.ui.formats import number
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import BasisChanged, StepNotAllowed

Choice = Candidate.Choice
PLAIN_FACT = re.compile(r"Nilai belum lengkap\.|Peringkat \d+ dari \d+ dengan skor [\d.,]+\.")


@dataclass(frozen=True)
class CandidateMark:
    """What is marked for one candidate before everything is decided together."""

    choice: str
    reason: str
    reserve_rank: int | None = None


@transaction.atomic
def save_choices(
    *,
    selection: SelectionRound,
    version: int,
    choices: Mapping[int, CandidateMark],
    text: Mapping[str, Any],
    actor: User,
) -> None:
    """Keep the marks of the candidates (by id) and the round's own fields of the same form, all or nothing.

    Raises ``EditConflict`` when the round was saved or moved after ``version`` was shown.
    """
    claim_version(selection, version, SelectionRound.Status.SCORING)
    selection.refresh_from_db()
    for name, value in text.items():
        setattr(selection, name, value)
    set_author(selection, actor)
    selection.save()
    candidates = list(selection.candidates.open_to_choice().filter(pk__in=choices))
    for candidate in _changed(candidates, choices):
        set_author(candidate, actor)
        candidate.save()


def _changed(candidates: list[Candidate], choices: Mapping[int, CandidateMark]) -> list[Candidate]:
    """Candidates whose marks differ, in an order in which no two hold one place among the reserves at any moment.

    Those that leave a place come first. Reserves that change places with one another would still collide, so their
    places are emptied before (in the same transaction; the history shows only the result).
    """
    wanted = {candidate: choices[candidate.pk] for candidate in candidates}
    moved = [
        candidate
        for candidate, mark in wanted.items()
        if (candidate.choice, candidate.reason, candidate.reserve_rank) != (mark.choice, mark.reason, mark.reserve_rank)
    ]
    Candidate.objects.filter(pk__in=[candidate.pk for candidate in moved]).update(reserve_rank=None)
    for candidate in moved:
        mark = wanted[candidate]
        candidate.choice, candidate.reason, candidate.reserve_rank = mark.choice, mark.reason, mark.reserve_rank
    return sorted(moved, key=lambda candidate: candidate.reserve_rank is not None)


def blockers(selection: SelectionRound, standing: Standing) -> list[str]:
    """Sentences that say why the choices cannot be submitted yet."""
    rows = list(
        selection.candidates.filter(status__in=(Candidate.Status.PROPOSED, *Candidate.OPEN_TO_CHOICE)).for_table()
    )
    found = [*_unmarked(rows, standing), *_off_quota(selection, rows, standing), selection.minutes_missing()]
    return [sentence for sentence in found if sentence]


def _unmarked(rows: list[Candidate], standing: Standing) -> Iterator[str]:
    """Candidates whose gate, mark or reason is still to be given."""
    if unchecked := [row for row in rows if row.status == Candidate.Status.PROPOSED]:
        yield f"Syarat dasar {_names(unchecked)} belum diperiksa."
    if unmarked := [row for row in rows if _lacks_choice(row)]:
        yield f"Pilihan untuk {_names(unmarked)} belum ditandai."
    if outdated := _outdated(rows, standing):
        yield f"Alasan untuk {_names(outdated)} menyebut peringkat yang sudah berubah. Tandai lagi pilihannya."


def _lacks_choice(row: Candidate) -> bool:
    return row.status != Candidate.Status.PROPOSED and not row.choice


def _off_quota(selection: SelectionRound, rows: list[Candidate], standing: Standing) -> Iterator[str]:
    """How the number of those chosen differs from the quota, and whether that is discussed."""
    chosen = sum(row.choice == Choice.CHOSEN for row in rows)
    if not chosen and not any(map(_lacks_choice, rows)):
        yield "Belum ada desa yang dipilih."
    if chosen > selection.quota:
        yield f"Terpilih {chosen} desa, kuotanya {selection.quota}."
    if not selection.discussion.strip() and (chosen < selection.quota or needs_discussion(standing)):
        yield "Tulis catatan pembahasan: kuota tidak penuh, atau garis kuota perlu penjelasan."


def _outdated(rows: list[Candidate], standing: Standing) -> list[Candidate]:
    """Marks whose reason is a plain fact of the ranking that is none any more, or that no longer suffices."""
    lines, total, tied = {line.id: line for line in standing.lines}, len(standing.ranked), standing.unbroken_tie
    marked = [(row, lines.get(row.pk)) for row in rows if row.choice and is_plain_fact(row.reason)]
    return [
        row
        for row, line in marked
        if line is None
        or row.reason != suggested_reason(line, total)
        or departure(row, row.choice, line=line, tied=tied)
    ]


def suggested_reason(line: RankingLine, total: int) -> str:
    """The plain fact of the ranking, which is the reason where the choice follows it."""
    if line.rank is None or line.score is None:
        return "Nilai belum lengkap."
    return f"Peringkat {line.rank} dari {total} dengan skor {number(line.score * 100, 1)}."


def is_plain_fact(reason: str) -> bool:
    """Whether ``reason`` is what ``suggested_reason`` says, now or of earlier values."""
    return PLAIN_FACT.fullmatch(reason.strip()) is not None


def needs_discussion(standing: Standing) -> bool:
    """Whether the ranking alone does not settle the line: a tie, a gap that matters, or two methods that disagree."""
    return bool(standing.tied_at_line or standing.undecided or standing.disagreeing)


def departures(selection: SelectionRound, standing: Standing) -> dict[int, str]:
    """Candidate -> what its choice departs from: the ranking, or the rule that the chosen have been visited."""
    lines, tied = {line.id: line for line in standing.lines}, standing.unbroken_tie
    rows = selection.candidates.marked().for_table()
    found = {row.pk: departure(row, row.choice, line=lines.get(row.pk), tied=tied) for row in rows}
    return {pk: sentence for pk, sentence in found.items() if sentence}


def departure(candidate: Candidate, choice: str, *, line: RankingLine | None, tied: Sequence[RankingLine] = ()) -> str:
    """What ``choice`` departs from; empty where it follows the ranking. ``tied``: the unbroken tie at the line."""
    if choice == Choice.CHOSEN and candidate.status == Candidate.Status.ELIGIBLE:
        return "Dipilih tanpa disurvei"
    if line in tied:
        return "Seri di garis kuota: peringkat tidak memisahkannya"
    if choice != Choice.CHOSEN:
        return "Tidak dipilih walaupun di dalam kuota menurut peringkat" if line and line.placed else ""
    if line and line.missing:
        return "Dipilih walaupun nilainya belum lengkap"
    return "" if line and line.placed else "Dipilih walaupun di luar kuota menurut peringkat"


@transaction.atomic
def submit_round(*, selection: SelectionRound, seen: str, digest: str, actor: User, note: str = "") -> None:
    """Hand the choices over, together with the run that they rest on.

    Raises ``BasisChanged`` when the inputs are no longer those of ``digest`` (what the page showed), and
    ``StepNotAllowed`` with a sentence when something is missing.
    """
    hold_selection(selection)
    inputs = inputs_of(selection)
    if digest_of(inputs) != digest:
        raise BasisChanged("Nilai atau kriteria berubah sejak peringkat ditampilkan. Baca lagi, lalu ajukan.")
    run = run_of(selection, digest)
    if run is None or run.results is None:
        raise StepNotAllowed("Hitungan kepekaan untuk peringkat ini belum selesai. Jalankan di halaman peringkat.")
    if reasons := blockers(selection, standing_of(inputs)):
        raise StepNotAllowed(" ".join(reasons))
    selection.take_step("submit", seen=seen, actor=actor, note=note, run=run)


def hold_selection(selection: SelectionRound) -> None:
    """Nobody changes the round's values or choices until the transaction ends."""
    SelectionRound.objects.select_for_update(of=("self",), no_key=True).get(pk=selection.pk)


def _names(rows: list[Candidate]) -> str:
    names = [row.village.name for row in rows]
    named = ", ".join(names[:5])
    return named if len(names) <= 5 else f"{named}, dan {len(names) - 5} lainnya"
