"""What a decree sets in force: the one place that opens and closes core competencies and target locations."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.decision.papers import items_of, things_of
from districts.locations.decrees.amending import SOURCE_PARTS, called_off, unconfirmed, unsigned_of
from districts.locations.decrees.legal import is_checked, legal_faults
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.replicating import refusal
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.instruments.models import not_signed
from p2emas.workflow.models import StepNotAllowed

Action = DecreeItem.Action


def enact_decree(*, decree: Decree, seen: str, actor: User, note: str = "") -> None:
    """Put ``decree`` in force and carry out its items, all or nothing.

    Rows are closed before others open, so that an amendment can replace a village on one day: the old row ends
    the day before the decree takes effect. A decree drafted here passes the legal check, or is recorded as it was
    signed. Raises ``StepNotAllowed`` with a sentence that names the item.
    """
    with transaction.atomic():
        start = _first_day(decree)
        decree.take_step("enact", seen=seen, actor=actor, note=note)
        _judge_paper(decree, note)
        items = list(
            decree.items.select_related(
                "determination__district",
                "determination__minutes",
                "village__district",
                "candidate__round__minutes",
                *SOURCE_PARTS,
                "core_competency__district",
                "target_location__village",
            )
        )
        appoints = list(decree.recruitments.for_decree())  # facilitators: their list is made of the applications
        if not items and not appoints:
            raise StepNotAllowed("Isi lampiran keputusan dulu: belum ada yang ditetapkan atau diakhiri.")
        for sentence in called_off(appoints):
            raise StepNotAllowed(sentence)
        for record, minutes in unsigned_of(items, appoints):
            raise StepNotAllowed(not_signed(record, minutes))
        _carry_out(items, decree, start, actor)
        decree.items.update(in_draft=False)
        for selection in _rounds_of(items):
            selection.take_step("enact", seen=selection.status, actor=actor, note=str(decree), decree=decree)


def _judge_paper(decree: Decree, note: str) -> None:
    """A paper that does not pass the check is put in force only as it was signed: with its scan, and a reason."""
    if decree.origin == Decree.Origin.RECORDED:
        if not decree.files.exists():
            raise StepNotAllowed("Unggah dahulu pindaian naskah bertanda tangan yang dicatat.")
        return
    if not is_checked(decree):
        return
    faults = legal_faults(decree)
    if not faults:
        return
    if not decree.files.exists():
        ways = "Bereskan dahulu, atau unggah pindaian naskah yang sudah ditandatangani dengan isi lain."
        raise StepNotAllowed(f"{faults[0].sentence} {ways}")
    if not note.strip():
        ways = "Tulis alasannya: naskah ini akan dicatat sebagaimana ditandatangani."
        raise StepNotAllowed(f"{faults[0].sentence} {ways}")
    decree.origin, decree.recorded_because = Decree.Origin.RECORDED, note.strip()
    decree.save(update_fields=["origin", "recorded_because"])


def _carry_out(items: list[DecreeItem], decree: Decree, start: date, actor: User) -> None:
    """Close rows, then open others: competencies before the target locations that rest on them."""
    for location in things_of(items, Action.CLOSE, "target_location"):
        _close_location(location, decree, start, actor)
    for competency in things_of(items, Action.CLOSE, "core_competency"):
        _close_competency(competency, decree, start, actor)
    for item in items_of(items, Action.CONFIRM, "determination"):
        _confirm_competency(item, decree, actor)
    for determination in things_of(items, Action.OPEN, "determination"):
        _open_competency(determination, decree, start, actor)
    for item in items_of(items, Action.OPEN, "village"):
        _open_location(item, decree, start)


def _confirm_competency(item: DecreeItem, decree: Decree, actor: User) -> None:
    """The row keeps its dates, determination and decree; this decree and its determination are linked by the item."""
    if refusal := unconfirmed(item):
        raise StepNotAllowed(refusal)
    record = item.determination
    assert record is not None  # districts_decreeitem_one_thing
    record.take_step("enact", seen=record.status, actor=actor, note=str(decree), decree=decree)


def _revoke_confirmations(items: Iterable[DecreeItem], decree: Decree, actor: User) -> None:
    """Determinations that confirmed a competency end with it, or with the decree that says so."""
    for item in items:
        record = item.determination
        if record is not None and record.status == CompetencyDetermination.Status.ENACTED:
            record.take_step("revoke", seen=record.status, actor=actor, note=str(decree))


def revoke_decree(*, decree: Decree, seen: str, actor: User, note: str) -> None:
    """Revoke ``decree``. Refused while rows that it opened are in force: a later decree closes them first."""
    with transaction.atomic():
        decree.take_step("revoke", seen=seen, actor=actor, note=note)
        standing = (
            decree.competencies.filter(valid_until=None).count() + decree.locations.filter(valid_until=None).count()
        )
        if standing:
            raise StepNotAllowed(standing_refusal(standing))
        _end(decree, clock.today())
        _revoke_confirmations(decree.items.confirming(), decree, actor)
        for selection in decree.rounds.filter(status=SelectionRound.Status.ENACTED):
            selection.take_step("revoke", seen=selection.status, actor=actor, note=str(decree))


def standing_refusal(rows: int) -> str:
    sentence = "Masih ada %(n)d baris yang berlaku karena keputusan ini. Akhiri dulu dengan keputusan perubahan."
    return sentence % {"n": rows}


def last_day_if_revoked(decree: Decree, day: date) -> date:
    """A decree revoked on ``day`` holds until the day before, no less than its first day, no longer than it was to."""
    assert decree.valid_from is not None  # p2emas_decree_numbered_from_in_force
    last = max(day - timedelta(days=1), decree.valid_from)
    return min(last, decree.valid_until) if decree.valid_until else last


def _end(decree: Decree, day: date) -> None:
    last = last_day_if_revoked(decree, day)
    if decree.valid_until != last:
        decree.valid_until = last
        decree.save(update_fields=["valid_until"])


def _rounds_of(items: list[DecreeItem]) -> list[SelectionRound]:
    """Decided rounds whose chosen villages this decree sets; an amendment finds its round enacted already."""
    rounds = {item.candidate.round for item in items if item.candidate is not None}
    return [selection for selection in rounds if selection.status == SelectionRound.Status.DECIDED]


def _first_day(decree: Decree) -> date:
    """From when it is in force; refused while number, date or that day is missing."""
    if not (decree.number.strip() and decree.dated and decree.valid_from):
        raise StepNotAllowed("Isi nomor, tanggal, dan tanggal mulai berlaku sebelum memberlakukan.")
    return decree.valid_from


def _close(row: CoreCompetency | TargetLocation, decree: Decree, start: date) -> None:
    if row.valid_until is not None:
        raise StepNotAllowed(f"{row} sudah diakhiri oleh keputusan lain.")
    if start <= row.valid_from:
        raise StepNotAllowed(
            f"{row} baru berlaku {row.valid_from:%d-%m-%Y}; keputusan yang mengakhirinya harus mulai sesudah hari itu."
        )
    row.valid_until = start - timedelta(days=1)
    row.closed_by = decree
    row.save()


def _close_location(location: TargetLocation, decree: Decree, start: date, actor: User) -> None:
    location.take_step("close", seen=location.status, actor=actor, note=str(decree))
    _close(location, decree, start)


def _close_competency(competency: CoreCompetency, decree: Decree, start: date, actor: User) -> None:
    standing = competency.locations.filter(valid_until=None).select_related("village")
    if names := ", ".join(str(location) for location in standing):
        raise StepNotAllowed(
            f"Kompetensi inti {competency.district} masih menjadi dasar lokasi sasaran {names}. Akhiri juga lokasi itu."
        )
    competency.determination.take_step("revoke", seen=competency.determination.status, actor=actor, note=str(decree))
    _revoke_confirmations(competency.decree_items.confirmations(), decree, actor)
    _close(competency, decree, start)


def _open_competency(determination: CompetencyDetermination, decree: Decree, start: date, actor: User) -> None:
    if determination.status != CompetencyDetermination.Status.DECIDED:
        raise StepNotAllowed(
            f"Penetapan {determination.district} belum diputuskan ({determination.get_status_display()})."
        )
    if CoreCompetency.objects.filter(district=determination.district, valid_until=None).exists():
        raise StepNotAllowed(
            f"{determination.district} sudah punya kompetensi inti yang berlaku. Akhiri dulu dalam keputusan ini."
        )
    commodity = determination.chosen
    assert commodity is not None  # districts_determination_reasoned
    determination.take_step("enact", seen=determination.status, actor=actor, note=str(decree), decree=decree)
    CoreCompetency.objects.create(
        district=determination.district,
        commodity=commodity,
        determination=determination,
        decree=decree,
        valid_from=start,
    )


def _open_location(item: DecreeItem, decree: Decree, start: date) -> None:
    village, candidate = item.village, item.candidate
    assert village is not None  # districts_decreeitem_one_thing
    if candidate is not None and (candidate.village_id, candidate.status) != (village.pk, Candidate.Status.CHOSEN):
        raise StepNotAllowed(f"{village} belum diputuskan terpilih dalam penjaringannya.")
    standing = CoreCompetency.objects.filter(district=village.district, valid_until=None)
    competency = standing.select_related("commodity").first()
    if competency is None or competency.valid_from > start:
        raise StepNotAllowed(
            f"Kecamatan {village.district} belum punya kompetensi inti yang berlaku, "
            f"jadi {village} belum dapat ditetapkan."
        )
    source = candidate.round.source if candidate is not None else None
    if candidate is not None and (refused := refusal(candidate.round, village.district, competency.commodity)):
        raise StepNotAllowed(refused)
    if village.target_locations.filter(valid_until=None).exists():
        raise StepNotAllowed(f"{village} sudah menjadi lokasi sasaran.")
    TargetLocation.objects.create(
        village=village,
        core_competency=competency,
        decree=decree,
        candidate=candidate,
        replicated_from=source,
        valid_from=start,
        is_sample=item.is_sample,
    )
