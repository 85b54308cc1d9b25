"""The head's decision on a round, all choices at once, and the drafts that move a reserve up or end a location."""

from django.db import transaction

from districts.locations.candidates.models import Candidate
from districts.locations.decision.choosing import hold_selection
from districts.locations.decision.legal import legal_basis
from districts.locations.decision.texts import CONSIDERING, write_dictums
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.ranking.computing import inputs_of
from districts.locations.ranking.replay import changes_since
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.naming import said
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import BasisChanged, StepNotAllowed

Action = DecreeItem.Action


@transaction.atomic
def decide_round(*, selection: SelectionRound, seen: str, actor: User, note: str = "") -> None:
    """Decide the round and every candidate in it, all or nothing. Villages that were chosen are ready for a draft.

    Raises ``BasisChanged`` when the figures are no longer those that the submitted ranking rests on. A name that was
    corrected since is no figure: the ranking keeps it as it was.
    """
    hold_selection(selection)
    if selection.run and changes_since(selection.run.inputs, inputs_of(selection)):
        raise BasisChanged("Nilai berubah sejak diajukan. Kembalikan ke penilaian supaya peringkatnya dibaca lagi.")
    selection.take_step("decide", seen=seen, actor=actor, note=note)
    for candidate in selection.candidates.open_to_choice().for_table():
        step = Candidate.STEP_OF_CHOICE.get(candidate.choice)
        if step is None:
            raise StepNotAllowed(f"Pilihan untuk {candidate} belum ditandai.")
        candidate.take_step(step, seen=candidate.status, actor=actor, note=candidate.reason)


def new_decree(actor: User, *, about: str, is_sample: bool, amends: Decree | None = None) -> Decree:
    """A draft with its considerations and legal basis; its dictums follow its items (``write_dictums``)."""
    decree = Decree.objects.create(
        kind=Decree.Kind.SK,
        about=about,
        amends=amends,
        considering="\n".join(CONSIDERING),
        recalling="\n".join(legal_basis()),
        is_sample=is_sample,
        created_by=actor,
    )
    keep_words(Decree, [decree.pk])
    return decree


@transaction.atomic
def promote_reserve(
    *, candidate: Candidate, leaving: TargetLocation | None, seen: str, actor: User, note: str
) -> Decree:
    """The next reserve moves up: drafts the amendment that ends ``leaving`` (if a place is not free) and opens it.

    Raises ``StepNotAllowed`` when another reserve comes first, or when no place is free.
    """
    selection = candidate.round
    if selection.status != SelectionRound.Status.ENACTED:
        raise StepNotAllowed("Cadangan baru dapat naik setelah penjaringannya ditetapkan dengan keputusan.")
    first = selection.candidates.filter(status=Candidate.Status.RESERVE).order_by("reserve_rank", "pk").first()
    if first is not None and first.pk != candidate.pk:
        raise StepNotAllowed(f"{first} lebih dahulu dalam urutan cadangan.")
    if leaving is None and places_free(selection) < 1:
        raise StepNotAllowed("Kuota masih penuh: pilih lokasi sasaran yang diakhiri.")
    if leaving is not None:
        _refuse_ending_twice(leaving)
    candidate.take_step("promote", seen=seen, actor=actor, note=note)
    decree = new_decree(
        actor,
        about=said("perubahan lokasi sasaran {programme} tahun %d") % selection.year,
        is_sample=selection.is_sample,
        amends=selection.decree,
    )
    if leaving is not None:
        DecreeItem.objects.create(decree=decree, action=Action.CLOSE, target_location=leaving)
    DecreeItem.objects.create(
        decree=decree, action=Action.OPEN, village=candidate.village, candidate=candidate, is_sample=candidate.is_sample
    )
    write_dictums(decree)
    return decree


def places_free(selection: SelectionRound) -> int:
    """Places of the round that neither a target location in force nor an unfinished draft holds."""
    held = TargetLocation.objects.filter(candidate__round=selection, valid_until=None).count()
    drafted = DecreeItem.objects.filter(
        candidate__round=selection, action=Action.OPEN, decree__status=Decree.Status.DRAFT
    ).count()
    return selection.quota - held - drafted


def _refuse_ending_twice(location: TargetLocation) -> None:
    """One place cannot be made free for two; of two people who ask at one moment the second waits, and is refused."""
    location = TargetLocation.objects.select_for_update(no_key=True, of=["self"]).get(pk=location.pk)
    if location.valid_until is not None:
        raise StepNotAllowed("Lokasi ini sudah diakhiri oleh keputusan lain.")
    if location.decree_items.filter(decree__status=Decree.Status.DRAFT).exists():
        raise StepNotAllowed("Sudah ada konsep keputusan yang mengakhiri lokasi ini.")


@transaction.atomic
def draft_closing(*, location: TargetLocation, actor: User, reason: str) -> Decree:
    """Draft the decree that ends a target location. Raises ``StepNotAllowed`` when a draft does so already."""
    _refuse_ending_twice(location)
    about = said("pengakhiran lokasi sasaran {programme} %s") % location.village
    decree = new_decree(actor, about=about, is_sample=location.is_sample, amends=location.decree)
    DecreeItem.objects.create(decree=decree, action=Action.CLOSE, target_location=location)
    write_dictums(decree, because=reason.strip())
    return decree
