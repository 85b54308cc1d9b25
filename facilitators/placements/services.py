"""Placing, ending, replacing, extending: a placement and the user's right to its village, or nothing of it.

Each locks the facilitator's row first, so that two clicks are one and nobody is placed twice. ``seen`` is the last
edit that the page showed (None: not asked, for commands).
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from districts.locations.models import TargetLocation
from facilitators.placements import rights, rules
from facilitators.placements.accounts import account_of
from facilitators.placements.models import Appraisal, Contract, Placement
from facilitators.placements.refusals import PlacementRefused
from facilitators.recruitment.result.people import Facilitator
from p2emas.ui.formats import long_date
from p2emas.workflow.editing import EditConflict, check_last_edit

EndReason = Placement.EndReason
DAY = timedelta(days=1)


def place_facilitator(
    *,
    facilitator: Facilitator,
    contract: Contract,
    target_location: TargetLocation | None = None,
    starts: date,
    ends: date,
    untrained_reason: str = "",
    username: str = "",
    email: str = "",
    replaces: Placement | None = None,
    is_sample: bool = False,
) -> Placement:
    """A placement in ``target_location`` (None: consultant of the regency) with account and assignment.

    Raises ``PlacementRefused`` with a sentence. The same placement again is the one that is there.
    """
    with transaction.atomic():
        held = Facilitator.objects.select_for_update(no_key=True).get(pk=facilitator.pk)
        same = Placement.objects.filter(
            facilitator=held, contract=contract, target_location=target_location, starts=starts, ends=ends
        )
        if found := same.filter(ended_on=None, replaces=replaces).first():
            return found
        rules.check_period(contract, held, starts, ends)
        rules.check_location(target_location, starts, ends)
        rules.check_load(held, target_location, starts, ends)
        rules.check_start(held, target_location, starts)
        rules.check_training(held, untrained_reason)
        user = account_of(held, username=username, email=email)
        placement = Placement(
            facilitator=held,
            contract=contract,
            target_location=target_location,
            starts=starts,
            ends=ends,
            untrained_reason="" if rules.has_passed_course(held) else untrained_reason.strip(),
            replaces=replaces,
            is_sample=is_sample or held.is_sample,  # who is invented is not really at work
        )
        rights.grant(placement, user)
        return placement


def end_placement(
    *,
    placement: Placement,
    ended_on: date,
    reason: str,
    note: str = "",
    handover: str = "",
    seen: int | None = None,
) -> Placement:
    """``ended_on`` is the last day of work, and of the right. One that never began ends before its first day."""
    with transaction.atomic():
        held = _held(placement)
        fields = {"ended_on": ended_on, "end_reason": reason, "end_note": note.strip(), "handover": handover.strip()}
        if held.ended_on is not None:
            if all(getattr(held, name) == value for name, value in fields.items()):
                return held
            raise EditConflict
        _check_unchanged(held, seen)
        _check_end(held, ended_on, reason, note, handover)
        for name, value in fields.items():
            setattr(held, name, value)
        rights.end_on(held, ended_on)
        return held


def _check_end(placement: Placement, ended_on: date, reason: str, note: str, handover: str) -> None:
    if ended_on > placement.ends:
        sentence = "Penempatan ini berakhir dengan sendirinya pada %s. Pilih hari itu atau sebelumnya."
        raise PlacementRefused(sentence % long_date(placement.ends), field="ended_on")
    if ended_on < placement.starts - DAY:
        sentence = "Penempatan ini baru mulai %s. Pilih sehari sebelumnya bila ia tidak jadi bertugas."
        raise PlacementRefused(sentence % long_date(placement.starts), field="ended_on")
    if reason == EndReason.OTHER and not note.strip():
        raise PlacementRefused("Tulis alasannya.", field="note")
    if ended_on >= placement.starts and not handover.strip():
        raise PlacementRefused("Tulis serah terimanya: yang sedang berjalan, janji, dan berkas.", field="handover")


def replace_facilitator(
    *,
    placement: Placement,
    facilitator: Facilitator,
    contract: Contract,
    starts: date,
    ends: date,
    handover: str,
    reason: str = EndReason.REPLACED,
    note: str = "",
    untrained_reason: str = "",
    username: str = "",
    email: str = "",
    seen: int | None = None,
    is_sample: bool = False,
) -> Placement:
    """End ``placement`` the day before ``starts`` with a handover, and place ``facilitator`` there: both or neither."""
    with transaction.atomic():
        held = _held(placement)
        new: dict[str, Any] = {"facilitator": facilitator, "contract": contract, "starts": starts, "ends": ends}
        successor = Placement.objects.filter(replaces=held).first()
        if successor is not None:
            if all(getattr(successor, name) == value for name, value in new.items()):
                return successor
            raise EditConflict
        if facilitator.pk == held.facilitator_id:
            raise PlacementRefused("Pilih orang lain sebagai pengganti.", field="contract")
        if not handover.strip():
            raise PlacementRefused("Tulis serah terimanya: yang sedang berjalan, janji, dan berkas.", field="handover")
        last_day = min(starts - DAY, held.ends)
        if held.ended_on is None:
            end_placement(placement=held, ended_on=last_day, reason=reason, note=note, handover=handover, seen=seen)
        else:
            _hand_over(held, starts, handover, seen)
        return place_facilitator(
            target_location=held.target_location,
            untrained_reason=untrained_reason,
            username=username,
            email=email,
            replaces=held,
            is_sample=is_sample,
            **new,
        )


def _hand_over(placement: Placement, starts: date, handover: str, seen: int | None) -> None:
    """Somebody who left earlier: the handover is added, the last day stays."""
    _check_unchanged(placement, seen)
    if placement.ended_on and starts <= placement.ended_on:
        sentence = "Pendahulunya bertugas sampai %s. Mulai sesudah hari itu."
        raise PlacementRefused(sentence % long_date(placement.ended_on), field="starts")
    placement.handover = handover.strip()
    placement.save()


def extend_placement(
    *, placement: Placement, ends: date, contract: Contract | None = None, seen: int | None = None
) -> Placement:
    """A later end, after an appraisal that advises it; a new contract must continue where the old period ends."""
    with transaction.atomic():
        held = _held(placement)
        contract = contract or held.contract
        if held.ends == ends and held.contract_id == contract.pk:
            return held
        _check_unchanged(held, seen)
        check_extension(held, ends, contract)
        held.ends, held.contract = ends, contract
        rights.end_on(held, ends)
        return held


def check_extension(placement: Placement, ends: date, contract: Contract) -> None:
    if placement.ended_on is not None:
        raise PlacementRefused("Penempatan ini sudah diakhiri.")
    advice = latest_appraisal(placement)
    if advice is None or advice.advice != Appraisal.Advice.EXTEND:
        raise PlacementRefused("Catat dahulu penilaian kinerja dengan usul Diperpanjang.")
    if ends <= placement.ends:
        raise PlacementRefused(f"Pilih hari sesudah {long_date(placement.ends)}.", field="ends")
    begins = placement.ends + DAY
    if contract.facilitator_id != placement.facilitator_id:
        raise PlacementRefused("Kontrak ini milik orang lain.", field="contract")
    if contract.starts > begins:
        sentence = "Kontrak ini baru mulai %(from)s, padahal perpanjangannya mulai %(begins)s."
        words = {"from": long_date(contract.starts), "begins": long_date(begins)}
        raise PlacementRefused(sentence % words, field="contract")
    if ends > contract.ends:
        raise PlacementRefused(f"Kontraknya berakhir {long_date(contract.ends)}.", field="ends")
    rules.check_location(placement.target_location, placement.starts, ends)
    rules.check_load(placement.facilitator, placement.target_location, begins, ends, but=placement.pk)


def latest_appraisal(placement: Placement) -> Appraisal | None:
    """The last one of the contract in force: an earlier term advises nothing for the next."""
    return placement.appraisals.filter(appraised_on__gte=placement.contract.starts).first()


def appraise_placement(
    *, placement: Placement, appraised_on: date, score: int, findings: str, advice: str
) -> Appraisal:
    with transaction.atomic():
        _held(placement)
        fields = {"appraised_on": appraised_on, "score": score, "findings": findings.strip(), "advice": advice}
        return Appraisal.objects.filter(placement=placement, **fields).first() or Appraisal.objects.create(
            placement=placement, **fields
        )


def _held(placement: Placement) -> Placement:
    """The placement, its facilitator's row locked for this transaction."""
    Facilitator.objects.select_for_update(no_key=True).get(pk=placement.facilitator_id)
    return Placement.objects.for_table().select_related("assignment", "scope").get(pk=placement.pk)


def _check_unchanged(placement: Placement, seen: int | None) -> None:
    if seen is not None:
        check_last_edit(placement, seen)
