"""From a ranking to a decision: keeping the choices, a second interview, and handing over."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.interviews import Invited, draft_letter
from facilitators.recruitment.panel.letters import invitation_mail
from facilitators.recruitment.panel.models import Interview, Part, ScoreSheet
from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.result.inputs import inputs_digest, selection_inputs
from facilitators.recruitment.result.pending import Choice, PendingChoice, selection_blockers
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import BasisChanged, StepNotAllowed


@transaction.atomic
def save_applicant_choices(
    *,
    record: RecruitmentRound,
    version: int,
    choices: Mapping[int, PendingChoice],
    text: Mapping[str, Any],
    actor: User,
) -> None:
    """Keep the marks of the invited (by key) and the round's own fields of the same form, all or nothing.

    Those who were not invited stay without a place; that is marked along with them. Raises ``EditConflict`` when the
    round was saved or moved after ``version`` was shown.
    """
    claim_version(record, version, RecruitmentRound.Status.SELECTION)
    record.refresh_from_db()
    for name, value in text.items():
        setattr(record, name, value)
    set_author(record, actor)
    record.save()
    rows = list(record.applications.open_to_choice())
    for row in rows:
        invited = row.status == Application.Status.INVITED
        mark = choices.get(row.pk, PendingChoice.of(row)) if invited else PendingChoice(Choice.REJECT)
        row.choice, row.placed_at_id, row.reserve_rank = mark.mark
        row.choice_reason = mark.reason
    Application.objects.bulk_update(rows, ["choice", "placed_at", "reserve_rank", "choice_reason"])


@transaction.atomic
def submit_recruitment(*, record: RecruitmentRound, seen: str, digest: str, actor: User, note: str = "") -> None:
    """Hand the choices over with the inputs and the result that they come from.

    Raises ``BasisChanged`` when the inputs are no longer those of ``digest`` (what the page showed), and
    ``StepNotAllowed`` with a sentence when something is missing.
    """
    hold_round(record)
    inputs = selection_inputs(record)
    if inputs_digest(inputs) != digest:
        raise BasisChanged("Nilai atau pelamar berubah sejak halaman ini dibuka. Baca lagi, lalu ajukan.")
    results = compute_selection(inputs)
    if reasons := selection_blockers(record, results):
        raise StepNotAllowed(" ".join(reasons))
    record.take_step("submit", seen=seen, actor=actor, note=note, inputs=inputs, results=results)


def hold_round(record: RecruitmentRound) -> None:
    """Nobody changes scores or choices of the round until the transaction ends."""
    RecruitmentRound.objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)


@transaction.atomic
def interview_again(*, record: RecruitmentRound, applications: Iterable[int], at: datetime, room: str) -> Invited:
    """A second interview for those who tie at the line: their interview sheets are replaced, not erased.

    Letters by mail wait in the outbox for a person to release them. Raises ``StepNotAllowed`` when nobody of them ties
    any longer.
    """
    hold_round(record)
    record.refresh_from_db()
    if record.status != RecruitmentRound.Status.SELECTION:
        raise StepNotAllowed("Wawancara ulang hanya selama seleksi berjalan.")
    tied = set(compute_selection(selection_inputs(record))["again"]) & set(applications)
    if not tied:
        raise StepNotAllowed("Tidak ada lagi nilai yang sama di garis. Baca peringkatnya.")
    claim_version(
        record, record.version, RecruitmentRound.Status.SELECTION
    )  # a schedule shown before is no longer whole
    rows = record.applications.interviewees().filter(pk__in=tied).annotate(last=Max("interviews__attempt"))
    letters = 0
    for row in rows.select_related("round"):
        interview = Interview.objects.create(application=row, attempt=(row.last or 1) + 1, at=at, room=room)
        letters += draft_letter(row, *invitation_mail(interview))
    ScoreSheet.objects.valid().of_part(Part.INTERVIEW).filter(application__in=tied).update(
        voided_at=clock.now(), voided_for=ScoreSheet.Void.AGAIN
    )
    return Invited(len(rows), letters)
