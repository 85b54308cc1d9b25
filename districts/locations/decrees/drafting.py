"""From what was decided to the draft that sets it in force: one service for competencies, villages and facilitators."""

from collections.abc import Container, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.decision.deciding import Action, new_decree
from districts.locations.decision.texts import enumerated, rewrite, unchanged_text
from districts.locations.decrees.amending import item_fields, offer_for, set_recruitments
from districts.locations.models import DecreeItem
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.naming import said
from p2emas.workflow.models import StepNotAllowed

IN_A_DRAFT = "%s sudah ada dalam konsep lain. Muat ulang halaman ini."


@transaction.atomic
def draft_decided(
    *,
    determinations: Sequence[CompetencyDetermination],
    candidates: Sequence[Candidate],
    into: Decree | None,
    actor: User,
    recruitments: Sequence[Any] = (),
    closing: Container[int] | None = None,
) -> Decree:
    """Put decided records into the open draft ``into``, or into a new one, with what they replace.

    The competency in force of a kecamatan that gets another one is closed by the same draft (of several those in
    ``closing``, by key; without it all); one that is decided again is confirmed. Each record is in one draft at most:
    raises ``StepNotAllowed`` when somebody was faster.
    """
    if not (determinations or candidates or recruitments):
        raise StepNotAllowed("Pilih sedikitnya satu keputusan.")
    _hold(determinations, candidates)
    draft = _open_draft(into) if into else _new_draft(determinations, candidates, recruitments, actor)
    follows = [*unchanged_text(draft), *([] if draft.dictums else ["dictums"])]
    try:
        with transaction.atomic():
            _fill(draft, determinations, candidates, closing)
    except IntegrityError as refused:  # another draft ends the competency that one of them repeats
        raise StepNotAllowed("Kompetensi yang dikuatkan sudah ada dalam konsep lain.") from refused
    if recruitments:
        set_recruitments(draft, [*draft.recruitments.all(), *recruitments])
    rewrite(draft, follows)
    return draft


def _fill(
    draft: Decree,
    determinations: Sequence[CompetencyDetermination],
    candidates: Sequence[Candidate],
    closing: Container[int] | None,
) -> None:
    repeated = {(record.district_id, record.chosen_id) for record in determinations}
    standing = CoreCompetency.objects.standing().filter(district__in=[district for district, _chosen in repeated])
    for row in standing.exclude(decree_items__decree__status=Decree.Status.DRAFT):
        if (row.district_id, row.commodity_id) not in repeated and (closing is None or row.pk in closing):
            DecreeItem.objects.create(decree=draft, **item_fields("core_competency", row))
    ended = set(draft.items.filter(action=Action.CLOSE).values_list("core_competency", flat=True))
    for record in determinations:
        DecreeItem.objects.create(decree=draft, **item_fields("determination", record, ended))
    for candidate in candidates:
        DecreeItem.objects.create(decree=draft, **item_fields("candidate", candidate))


def draft_all(actor: User) -> Decree:
    """Put all that was decided and is in no draft into a new one."""
    offer = offer_for(None)
    return draft_decided(
        determinations=list(offer.determination),
        candidates=list(offer.candidate),
        recruitments=list(offer.recruitment),
        into=None,
        actor=actor,
    )


def _hold(determinations: Sequence[CompetencyDetermination], candidates: Sequence[Candidate]) -> None:
    """Two people who draft the same record wait for one another; the second is refused."""
    drafted = DecreeItem.objects.filter(decree__status=Decree.Status.DRAFT)
    keys = [record.pk for record in determinations]
    for held in (
        CompetencyDetermination.objects.select_for_update(no_key=True, of=["self"]).filter(pk__in=keys).order_by("pk")
    ):
        if held.status != CompetencyDetermination.Status.DECIDED or drafted.filter(determination=held).exists():
            raise StepNotAllowed(IN_A_DRAFT % held)
    keys = [candidate.pk for candidate in candidates]
    for row in Candidate.objects.select_for_update(no_key=True, of=["self"]).filter(pk__in=keys).order_by("pk"):
        if row.status != Candidate.Status.CHOSEN or drafted.filter(candidate=row).exists():
            raise StepNotAllowed(IN_A_DRAFT % row)


def _open_draft(into: Decree) -> Decree:
    draft = Decree.objects.select_for_update(no_key=True).filter(pk=into.pk).first()
    if draft is None or draft.status != Decree.Status.DRAFT:
        raise StepNotAllowed("Konsep itu tidak lagi terbuka. Pilih yang lain, atau buat konsep baru.")
    return draft


def _new_draft(
    determinations: Sequence[CompetencyDetermination],
    candidates: Sequence[Candidate],
    recruitments: Sequence[Any],
    actor: User,
) -> Decree:
    words = (
        ("kompetensi inti", determinations),
        ("lokasi sasaran", candidates),
        ("pendamping masyarakat", recruitments),
    )
    things = [word for word, found in words if found]
    about = f"penetapan {enumerated(things)} {said('{programme}')}"
    if not (determinations or candidates):
        about += f" tahun {max(record.year for record in recruitments)}"
    sample = any(record.rests_on_sample for record in determinations) or any(
        row.is_sample for row in [*candidates, *recruitments]
    )
    return new_decree(actor, about=about, is_sample=sample)
