"""Releasing texts and photos to the public, several in one go, and taking them back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from p2emas.accounts.models import User
from programs.fieldwork.models import FieldPhoto, FieldReport
from programs.fieldwork.stories.models import StoryPart


@dataclass(frozen=True)
class Ticked:
    """What a coordinator ticked: texts by their visit, and photos."""

    texts: Iterable[FieldReport]
    photos: Iterable[FieldPhoto]


@transaction.atomic
def release_parts(*, ticked: Ticked, by: User) -> int:
    """Publish everything that is ticked; how many were not public before. What may not be released stops all of it."""
    return sum(_moved(part, "publish", by) for part in _parts(ticked, make=True) if not part.is_public)


@transaction.atomic
def withdraw_parts(*, ticked: Ticked, by: User) -> int:
    """Take back what of it is public; how many."""
    return sum(_moved(part, "withdraw", by) for part in _parts(ticked, make=False) if part.is_public)


def _moved(part: StoryPart, step: str, by: User) -> bool:
    part.take_step(step, seen=part.status, actor=by)
    return True


def _parts(ticked: Ticked, *, make: bool) -> list[StoryPart]:
    """The parts under the locks of their visits, which are taken in one order; new ones where ``make``."""
    texts = {report.pk for report in ticked.texts}
    photos = {photo.pk: photo.report_id for photo in ticked.photos}
    wanted = texts | set(photos.values())
    list(FieldReport.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    there = StoryPart.objects.filter(report__in=wanted).select_related("report", "photo").order_by("pk")
    by_place = {(part.report_id, part.photo_id): part for part in there}
    places = [*((pk, None) for pk in sorted(texts)), *((report, pk) for pk, report in sorted(photos.items()))]
    if not make:
        return [by_place[place] for place in places if place in by_place]
    return [by_place.get(place) or StoryPart.objects.create(report_id=place[0], photo_id=place[1]) for place in places]
