"""From a ranking to a decision: pending choices, a second interview, what stands in the way, and handing over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.interviews import Invited, draft_letter
from facilitators.recruitment.panel.letters import invitation_mail
from facilitators.recruitment.panel.models import Interview, Part, ScoreSheet
from facilitators.recruitment.result.computing import Results, compute
from facilitators.recruitment.result.inputs import digest_of, inputs_of
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import StepNotAllowed

Choice = Application.Choice


class RoundChanged(StepNotAllowed):
    """Scores or applicants have changed since the ranking was shown; nothing was written."""


@dataclass(frozen=True)
class Pending:
    """What is marked for one applicant before everything is decided together. ``place``: key of the formasi."""

    choice: str
    place: int | None = None
    reserve_rank: int | None = None
    reason: str = ""

    @property
    def mark(self) -> tuple[str, int | None, int | None]:
        return self.choice, self.place, self.reserve_rank

    @classmethod
    def of(cls, application: Application) -> "Pending":
        return cls(application.choice, application.placed_at_id, application.reserve_rank, application.choice_reason)


def suggestions(results: Results) -> dict[int, Pending]:
    """Applicant -> what follows from the ranking: place, reserve, or neither."""
    reserves = {pk: rank for rank, pk in enumerate(results["reserve_order"], start=1)}
    found = {}
    for line in results["lines"]:
        if line["place"] is not None:
            found[line["id"]] = Pending(Choice.ACCEPT, place=line["place"])
        elif line["id"] in reserves:
            found[line["id"]] = Pending(Choice.RESERVE, reserve_rank=reserves[line["id"]])
        else:
            found[line["id"]] = Pending(Choice.REJECT)
    return found


@transaction.atomic
def save_choices(
    *, record: RecruitmentRound, version: int, choices: Mapping[int, Pending], text: Mapping[str, Any], actor: User
) -> None:
    """Keep the marks of the invited (by key) and the round's own fields of the same form, all or nothing.

    Whoever was not invited stays without a place; that is marked along with them. Raises ``EditConflict`` when the
    round was saved or moved after ``version`` was shown.
    """
    claim_version(record, version, RecruitmentRound.Status.SELECTION)
    record.refresh_from_db()
    for name, value in text.items():
        setattr(record, name, value)
    record._history_user = actor
    record.save()
    rows = list(record.applications.open_to_choice())
    for row in rows:
        invited = row.status == Application.Status.INVITED
        mark = choices.get(row.pk, Pending.of(row)) if invited else Pending(Choice.REJECT)
        row.choice, row.placed_at_id, row.reserve_rank = mark.mark
        row.choice_reason = mark.reason
    Application.objects.bulk_update(rows, ["choice", "placed_at", "reserve_rank", "choice_reason"])


def blockers(record: RecruitmentRound, results: Results) -> list[str]:
    """Sentences that say why the choices cannot be handed over yet."""
    rows = list(record.applications.open_to_choice().order_by("number"))
    lines = {line["id"]: line for line in results["lines"]}
    wanted = [row for row in rows if row.choice in (Choice.ACCEPT, Choice.RESERVE)]
    unscored = [row for row in wanted if lines[row.pk]["final"] is None]
    ranked = [row for row in rows if lines[row.pk]["final"] is not None]  # a refused one too: who waits may rank higher
    gaps = _gaps(record, [row for row in rows if row not in ranked and not lines[row.pk]["gate"]], lines)
    waiting = [row for row in rows if row in gaps["panel"] or (row in ranked and _misses(lines[row.pk]))]
    again = [row for row in rows if row.pk in set(results["again"])]
    found = [
        (unmarked := [row for row in rows if not row.choice], "Pilihan untuk %s belum ditandai."),
        (gaps["test"], "Hasil tes %s belum dicatat. Isi nilainya, atau centang Tidak hadir."),
        (gaps["invitation"], "%s lolos tes, tetapi belum diundang wawancara."),
        (gaps["interview"], "Belum ada nilai wawancara %s. Bila tidak hadir, tulis itu sebagai alasannya."),
        (gaps["nobody"], "Tidak ada panelis yang boleh menilai %s. Tambahkan panelis."),
        (unscored, "Nilai akhir %s belum lengkap, jadi belum dapat diterima atau menjadi cadangan."),
        (waiting, "Nilai panel untuk %s belum lengkap. Tunggu panelisnya, atau catat benturan kepentingannya."),
        (again, "%s bernilai sama di garis. Adakan wawancara ulang sebelum mengajukan."),
    ]
    sentences = [sentence % _names(held) for held, sentence in found if held]
    if not wanted and not unmarked:
        sentences.append("Belum ada pelamar yang dipilih.")
    if results["tied"] and not record.discussion.strip():
        sentences.append("Tulis catatan pembahasan: ada nilai yang tetap sama di garis.")
    departing = departures(record, results)
    silent = [row for row in rows if row.pk in departing and not row.choice_reason.strip()]
    if silent:
        sentences.append(f"Tulis alasan untuk {_names(silent)}: pilihannya menyimpang dari peringkat.")
    return sentences


def _gaps(record: RecruitmentRound, rows: list[Application], lines: Mapping[int, Any]) -> dict[str, list[Application]]:
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
    weights = {Part.DOSSIER: record.weight_dossier, Part.INTERVIEW: record.weight_interview}
    asked = {part: line["parts"][part] for part, weight in weights.items() if weight}
    if any(not part["each"] and not part["missing"] for part in asked.values()):
        return "nobody"  # a conflict of interest of every seat
    if any(part["missing"] and (name == Part.DOSSIER or part["each"]) for name, part in asked.items()):
        return "panel"
    return "" if row.choice_reason.strip() else "interview"


def _misses(line: Mapping[str, Any]) -> bool:
    return any(part["missing"] for part in line["parts"].values())


def departures(record: RecruitmentRound, results: Results) -> dict[int, str]:
    """Applicant -> how the saved choice departs from the ranking."""
    expected = suggestions(results)
    found = {}
    for row in record.applications.open_to_choice():
        wanted = expected.get(row.pk, Pending(Choice.REJECT))
        if row.choice and Pending.of(row).mark != wanted.mark:
            found[row.pk] = f"Menurut peringkat: {Choice(wanted.choice).label.lower()}"
    return found


@transaction.atomic
def submit_round(*, record: RecruitmentRound, seen: str, digest: str, actor: User, note: str = "") -> None:
    """Hand the choices over with the inputs and the result that they stand on.

    Raises ``RoundChanged`` when the inputs are no longer those of ``digest`` (what the page showed), and
    ``StepNotAllowed`` with a sentence when something is missing.
    """
    hold(record)
    inputs = inputs_of(record)
    if digest_of(inputs) != digest:
        raise RoundChanged("Nilai atau pelamar berubah sejak halaman ini dibuka. Baca lagi, lalu ajukan.")
    results = compute(inputs)
    if reasons := blockers(record, results):
        raise StepNotAllowed(" ".join(reasons))
    record.take_step("submit", seen=seen, actor=actor, note=note, inputs=inputs, results=results)


def hold(record: RecruitmentRound) -> None:
    """Nobody changes scores or choices of the round until the transaction ends."""
    RecruitmentRound.objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)


@transaction.atomic
def interview_again(*, record: RecruitmentRound, applications: Iterable[int], at: datetime, room: str) -> Invited:
    """A second interview for those who tie at the line: their interview sheets are replaced, not erased.

    Letters by mail wait in the outbox for a person to release them. Raises ``StepNotAllowed`` when nobody of them ties
    any longer.
    """
    hold(record)
    record.refresh_from_db()
    if record.status != RecruitmentRound.Status.SELECTION:
        raise StepNotAllowed("Wawancara ulang hanya selama seleksi berjalan.")
    tied = set(compute(inputs_of(record))["again"]) & set(applications)
    if not tied:
        raise StepNotAllowed("Tidak ada lagi nilai yang sama di garis. Baca peringkatnya.")
    claim_version(
        record, record.version, RecruitmentRound.Status.SELECTION
    )  # a schedule shown before is no longer whole
    rows = record.applications.heard().filter(pk__in=tied).annotate(last=Max("interviews__attempt"))
    letters = 0
    for row in rows.select_related("round"):
        heard = Interview.objects.create(application=row, attempt=(row.last or 1) + 1, at=at, room=room)
        letters += draft_letter(row, *invitation_mail(heard))
    ScoreSheet.objects.valid().of_part(Part.INTERVIEW).filter(application__in=tied).update(
        voided_at=clock.now(), voided_for=ScoreSheet.Void.AGAIN
    )
    return Invited(len(rows), letters)


def _names(rows: list[Application]) -> str:
    names = [row.number for row in rows]
    named = ", ".join(names[:5])
    return named if len(names) <= 5 else f"{named}, dan {len(names) - 5} lainnya"
