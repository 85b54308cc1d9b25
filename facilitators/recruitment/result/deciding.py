"""The head's decision on a round: all choices at once. Those who were accepted are ready for a draft decree."""

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.choosing import hold_round
from facilitators.recruitment.result.computing import Results
from facilitators.recruitment.result.inputs import inputs_digest, selection_inputs
from facilitators.recruitment.result.pending import Choice
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.workflow.models import BasisChanged, StepNotAllowed

STEP_OF_CHOICE = {Choice.ACCEPT: "accept", Choice.RESERVE: "reserve", Choice.REJECT: "reject"}


@transaction.atomic
def decide_recruitment(*, record: RecruitmentRound, seen: str, actor: User, note: str = "") -> None:
    """Decide the round and every applicant still in it, all or nothing.

    Raises ``BasisChanged`` when scores or applicants are no longer those that were handed over.
    """
    hold_round(record)
    if record.inputs and inputs_digest(selection_inputs(record)) != inputs_digest(record.inputs):
        raise BasisChanged(
            "Nilai atau pelamar berubah sejak diajukan. Kembalikan ke seleksi supaya peringkatnya dibaca lagi."
        )
    record.take_step("decide", seen=seen, actor=actor, note=note)
    for application in record.applications.open_to_choice().order_by("number", "pk"):
        _decide(application, record, actor)


def _decide(application: Application, record: RecruitmentRound, actor: User) -> None:
    if application.choice not in STEP_OF_CHOICE:
        raise StepNotAllowed(f"Pilihan untuk {application} belum ditandai.")
    step = STEP_OF_CHOICE[Choice(application.choice)]
    stamp = {"rejected_for": reason_of(application.pk, record.results)} if step == "reject" else {}
    application.take_step(step, seen=application.status, actor=actor, note=application.choice_reason, **stamp)


def reason_of(pk: int, results: Results | None) -> str:
    """The category that a refused applicant reads, as far as the result knows it."""
    line = next((line for line in (results or {}).get("lines", []) if line["id"] == pk), None)
    if line is None or (line["final"] is None and not line["gate"]):
        return Application.Reason.ABSENT
    return Application.Reason.TEST if line["gate"] else Application.Reason.RANK
