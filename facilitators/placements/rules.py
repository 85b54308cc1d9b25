"""What a placement must satisfy: contract, target location, load, training. Each refusal is a sentence."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from districts.locations.models import TargetLocation
from facilitators.placements.models import Contract, Placement
from facilitators.placements.refusals import PlacementRefused
from facilitators.recruitment.result.people import Facilitator
from p2emas.ui.formats import long_date


def check_period(contract: Contract, facilitator: Facilitator, starts: date, ends: date) -> None:
    if ends < starts:
        raise PlacementRefused("Penempatan tidak boleh berakhir sebelum mulai.", field="ends")
    if contract.facilitator_id != facilitator.pk:
        raise PlacementRefused("Kontrak ini milik orang lain.", field="contract")
    words = {"from": long_date(contract.starts), "until": long_date(contract.ends)}
    if starts < contract.starts or starts > contract.ends:
        raise PlacementRefused(
            "Kontraknya berlaku {from} sampai {until}. Pilih hari di antaranya.".format(**words), field="starts"
        )
    if ends > contract.ends:
        raise PlacementRefused(
            "Kontraknya berakhir {until}. Perpanjang kontraknya lebih dahulu.".format(**words), field="ends"
        )


def check_location(location: TargetLocation | None, starts: date, ends: date) -> None:
    """A target location holds from its decree until another decree ends it."""
    if location is None:
        return
    if starts < location.valid_from:
        sentence = "Desa ini menjadi lokasi sasaran sejak %s. Penempatan tidak dapat mulai sebelumnya."
        raise PlacementRefused(sentence % long_date(location.valid_from), field="starts")
    if location.valid_until is not None and ends > location.valid_until:
        sentence = "Lokasi sasaran ini berakhir %s. Tidak ada penempatan sesudahnya."
        raise PlacementRefused(sentence % long_date(location.valid_until), field="target_location")


def check_load(
    facilitator: Facilitator, location: TargetLocation | None, starts: date, ends: date, *, but: int | None = None
) -> None:
    """At most ``FACILITATOR_VILLAGE_CAP`` villages at a time, and one post as consultant.

    ``but``: a placement that does not count.
    """
    others = Placement.objects.filter(facilitator=facilitator).overlapping(starts, ends).exclude(pk=but).for_table()
    if location is None:
        others, most = others.as_consultant(), 1
    else:
        same = others.filter(target_location=location).first()
        if same is not None:
            raise PlacementRefused("Ia sudah ditempatkan di desa ini pada hari-hari itu.", field="target_location")
        others, most = others.in_villages(), settings.FACILITATOR_VILLAGE_CAP
    held = list(others)
    if most_at_once(held, starts) + 1 > most:
        where = "; ".join(f"{each.place_name} sampai {long_date(each.last_day)}" for each in held)
        words = {"where": where, "most": most}
        raise PlacementRefused(
            "Ia masih bertugas: {where}. Batasnya {most} tempat sekaligus.".format(**words), field="starts"
        )


def check_start(facilitator: Facilitator, location: TargetLocation | None, starts: date) -> None:
    """A placement that never began keeps its row: the next one in that village begins on another day."""
    if location and Placement.objects.filter(facilitator=facilitator, target_location=location, starts=starts).exists():
        sentence = "Penempatannya di desa ini mulai %s sudah tercatat dan diakhiri. Pilih hari mulai yang lain."
        raise PlacementRefused(sentence % long_date(starts), field="starts")


def most_at_once(placements: Iterable[Placement], starts: date) -> int:
    """The largest number of ``placements`` that hold on one day from ``starts`` on (each overlaps what follows)."""
    held = list(placements)
    days = {max(each.starts, starts) for each in held}
    return max((sum(each.starts <= day <= each.last_day for each in held) for day in days), default=0)


def check_training(facilitator: Facilitator, reason: str) -> None:
    if not has_passed_course(facilitator) and not reason.strip():
        sentence = "Ia belum lulus satu pelatihan pun. Tulis alasannya bila tetap ditempatkan."
        raise PlacementRefused(sentence, field="untrained_reason")


def has_passed_course(facilitator: Facilitator) -> bool:
    return facilitator.enrolments.passed().exists()
