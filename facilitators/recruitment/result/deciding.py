"""The head's decision on a round: all choices at once, and the draft decree that names the accepted."""

from django.db import transaction

from districts.locations.decision.legal import EFFECTIVE, funding_clause, legal_basis
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.choosing import hold_round
from facilitators.recruitment.result.computing import Results
from facilitators.recruitment.result.inputs import inputs_digest, selection_inputs
from facilitators.recruitment.result.pending import Choice
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.documents.papers import counted
from p2emas.history.records import set_author
from p2emas.naming import said
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import BasisChanged, StepNotAllowed

STEP_OF_CHOICE = {Choice.ACCEPT: "accept", Choice.RESERVE: "reserve", Choice.REJECT: "reject"}
CONSIDERING = (
    "bahwa kelompok di lokasi sasaran perlu didampingi sampai kegiatannya dilaporkan;",
    "bahwa pendamping dipilih secara terbuka dengan syarat, rubrik, dan bobot yang ditetapkan lebih dahulu;",
    "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan keputusan ini;",
)


@transaction.atomic
def decide_recruitment(*, record: RecruitmentRound, seen: str, actor: User, note: str = "") -> None:
    """Decide the round and every applicant still in it, and draft the decree: all or nothing.

    Raises ``BasisChanged`` when scores or applicants are no longer those that were handed over.
    """
    hold_round(record)
    if record.inputs and inputs_digest(selection_inputs(record)) != inputs_digest(record.inputs):
        raise BasisChanged(
            "Nilai atau pelamar berubah sejak diajukan. Kembalikan ke seleksi supaya peringkatnya dibaca lagi."
        )
    record.take_step("decide", seen=seen, actor=actor, note=note)
    accepted = 0
    for application in record.applications.open_to_choice().order_by("number", "pk"):
        _decide(application, record, actor)
        accepted += application.status == Application.Status.ACCEPTED
    record.decree = _draft(record, accepted, actor)
    set_author(record, actor)
    record.save()


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


def _draft(record: RecruitmentRound, accepted: int, actor: User) -> Decree:
    decree = Decree.objects.create(
        kind=Decree.Kind.SK,
        about=said("Penetapan Pendamping Masyarakat {programme} Tahun %d") % record.year,
        considering="\n".join(CONSIDERING),
        recalling="\n".join(legal_basis()),
        dictums="\n".join(
            [
                f"Menetapkan {counted(accepted)} pendamping masyarakat sebagaimana tercantum dalam Lampiran.",
                "Pendamping bertugas di desa masing-masing setelah mengikuti pembekalan dan menandatangani kontrak.",
                funding_clause(),
                EFFECTIVE,
            ]
        ),
        is_sample=record.is_sample,
        created_by=actor,
    )
    keep_words(Decree, [decree.pk])
    return decree
