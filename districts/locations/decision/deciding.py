"""The head's decision on a round: all choices at once, and the draft decree that will set them in force."""

from django.db import transaction

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.decision.choosing import hold_selection
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.ranking.computing import inputs_of
from districts.locations.ranking.replay import changes_since
from districts.locations.rounds.models import SelectionRound
from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.documents.papers import counted
from p2emas.naming import said
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import BasisChanged, StepNotAllowed

Action = DecreeItem.Action
LEGAL_BASIS = (  # where a draft begins; the author of the decree adds and removes
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa;",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah beberapa kali;",
)


@transaction.atomic
def decide_round(*, selection: SelectionRound, seen: str, actor: User, note: str = "") -> Decree:
    """Decide the round and every candidate in it, and draft the decree: all or nothing.

    Raises ``BasisChanged`` when the figures are no longer those that the submitted ranking rests on. A name that was
    corrected since is no figure: the ranking keeps it as it was.
    """
    hold_selection(selection)
    if selection.run and changes_since(selection.run.inputs, inputs_of(selection)):
        raise BasisChanged("Nilai berubah sejak diajukan. Kembalikan ke penilaian supaya peringkatnya dibaca lagi.")
    selection.take_step("decide", seen=seen, actor=actor, note=note)
    chosen = []
    for candidate in selection.candidates.open_to_choice().for_table():
        step = Candidate.STEP_OF_CHOICE.get(candidate.choice)
        if step is None:
            raise StepNotAllowed(f"Pilihan untuk {candidate} belum ditandai.")
        candidate.take_step(step, seen=candidate.status, actor=actor, note=candidate.reason)
        if candidate.choice == Candidate.Choice.CHOSEN:
            chosen.append(candidate)
    return _draft(selection, chosen, actor)


def _draft(selection: SelectionRound, chosen: list[Candidate], actor: User) -> Decree:
    """The draft decree: decided competencies that the villages need, then the villages."""
    decree = new_decree(
        actor,
        about=said("penetapan lokasi sasaran {programme} tahun %d") % selection.year,
        dictums=[
            said("Menetapkan %s %s sebagaimana tercantum dalam lampiran sebagai lokasi sasaran {programme} tahun %d.")
            % (counted(len(chosen)), _kinds(chosen), selection.year),
            "Kompetensi inti tiap kecamatan menjadi dasar kegiatan perangkat daerah di desa tersebut.",
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        ],
        is_sample=selection.is_sample,
    )
    for determination in _needed(chosen):
        DecreeItem.objects.create(
            decree=decree, action=Action.OPEN, determination=determination, is_sample=determination.rests_on_sample
        )
    for candidate in chosen:
        DecreeItem.objects.create(
            decree=decree,
            action=Action.OPEN,
            village=candidate.village,
            candidate=candidate,
            is_sample=candidate.is_sample,
        )
    return decree


def _kinds(chosen: list[Candidate]) -> str:
    """A decree calls no kelurahan a desa."""
    found = {candidate.village.kind for candidate in chosen}
    kinds = {kind: word.lower() for kind, word in Village.Kind.choices if kind in found}
    return " dan ".join(kinds.values())


def _full_name(village: Village) -> str:
    return f"{village.get_kind_display()} {village}"


def _needed(chosen: list[Candidate]) -> list[CompetencyDetermination]:
    """Decided determinations of kecamatan whose competency is not in force yet and that no draft holds already."""
    districts = {candidate.village.district_id for candidate in chosen}
    settled = CoreCompetency.objects.filter(district__in=districts, valid_until=None).values("district")
    return list(
        CompetencyDetermination.objects.filter(
            district__in=districts, status=CompetencyDetermination.Status.DECIDED, decree_items=None
        ).exclude(district__in=settled)
    )


def new_decree(actor: User, *, about: str, dictums: list[str], is_sample: bool, amends: Decree | None = None) -> Decree:
    decree = Decree.objects.create(
        kind=Decree.Kind.SK,
        about=about,
        amends=amends,
        considering="\n".join(
            [
                "bahwa bantuan yang tersebar ke semua desa tidak dapat diukur hasilnya, sehingga perlu dipusatkan;",
                "bahwa desa dipilih menurut kriteria yang ditetapkan sebelum data masuk dan dibahas bersama;",
                "bahwa berdasarkan pertimbangan dalam huruf a dan huruf b, perlu menetapkan keputusan ini;",
            ]
        ),
        recalling="\n".join(LEGAL_BASIS),
        dictums="\n".join(dictums),
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
        dictums=_amending(candidate, leaving),
        is_sample=selection.is_sample,
        amends=selection.decree,
    )
    if leaving is not None:
        DecreeItem.objects.create(decree=decree, action=Action.CLOSE, target_location=leaving)
    DecreeItem.objects.create(
        decree=decree, action=Action.OPEN, village=candidate.village, candidate=candidate, is_sample=candidate.is_sample
    )
    return decree


def _amending(candidate: Candidate, leaving: TargetLocation | None) -> list[str]:
    opened = said("Menetapkan %(kind)s %(village)s, Kecamatan %(district)s, sebagai lokasi sasaran {programme}.") % {
        "kind": candidate.village.get_kind_display(),
        "village": candidate.village,
        "district": candidate.village.district,
    }
    ended = [said("Mengakhiri %s sebagai lokasi sasaran {programme}.") % _full_name(leaving.village)] if leaving else []
    return [*ended, opened, "Keputusan ini mulai berlaku pada tanggal ditetapkan."]


def places_free(selection: SelectionRound) -> int:
    """Places of the round that neither a target location in force nor an unfinished draft holds."""
    held = TargetLocation.objects.filter(candidate__round=selection, valid_until=None).count()
    drafted = DecreeItem.objects.filter(
        candidate__round=selection, action=Action.OPEN, decree__status=Decree.Status.DRAFT
    ).count()
    return selection.quota - held - drafted


def _refuse_ending_twice(location: TargetLocation) -> None:
    """One place cannot be made free for two."""
    if location.valid_until is not None:
        raise StepNotAllowed("Lokasi ini sudah diakhiri oleh keputusan lain.")
    if location.decree_items.filter(decree__status=Decree.Status.DRAFT).exists():
        raise StepNotAllowed("Sudah ada konsep keputusan yang mengakhiri lokasi ini.")


@transaction.atomic
def draft_closing(*, location: TargetLocation, actor: User, reason: str) -> Decree:
    """Draft the decree that ends a target location. Raises ``StepNotAllowed`` when a draft does so already."""
    _refuse_ending_twice(location)
    decree = new_decree(
        actor,
        about=said("pengakhiran lokasi sasaran {programme} %s") % location.village,
        dictums=[
            said("Mengakhiri %(village)s sebagai lokasi sasaran {programme}, karena %(reason)s")
            % {"village": _full_name(location.village), "reason": reason.strip()},
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        ],
        is_sample=location.is_sample,
        amends=location.decree,
    )
    DecreeItem.objects.create(decree=decree, action=Action.CLOSE, target_location=location)
    return decree
