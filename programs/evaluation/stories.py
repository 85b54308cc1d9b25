"""What villages have to tell: released texts and photos of visits beside approved figures and money."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from districts.regions.models import Village
from p2emas.ui.forms import PlainForm
from programs.evaluation.money import MoneyLedger, money_ledgers
from programs.fieldwork.models import FieldPhoto
from programs.fieldwork.stories.models import StoryPart
from programs.obstacles.notices import ObstacleNotice
from programs.reporting.reading.welfare import VillageResult, village_results

CARDS = 10  # a page
TEXTS, PHOTOS, FIGURES = 2, 3, 2  # of one village


class StoryForm(PlainForm):
    """``?desa=ensaid-panjang``: the story of one village; of none where nobody knows it."""

    desa = forms.CharField(max_length=80, required=False)

    def villages(self) -> QuerySet[Village]:
        told = StoryPart.objects.public().texts().filter(report__village=OuterRef("pk"))
        found = Village.objects.public().filter(Exists(told)).select_related("district").order_by("name", "pk")
        slug = self.cleaned_data.get("desa", "") if self.is_valid() else ""
        return found.filter(slug=slug) if slug else found


@dataclass
class StoryCard:
    """One village: the problem, the steps that were seen, what it cost and what came of it."""

    village: Village
    money: MoneyLedger
    problem: ObstacleNotice | None = None
    texts: list[StoryPart] = field(default_factory=list)
    photos: list[FieldPhoto] = field(default_factory=list)
    figures: list[VillageResult] = field(default_factory=list)

    @property
    def is_sample(self) -> bool:
        parts = any(part.report.is_sample for part in self.texts) or any(p.report.is_sample for p in self.photos)
        problem = self.problem is not None and self.problem.obstacle.is_sample
        return parts or problem or bool(self.money.invented) or any(each.is_sample for each in self.figures)


def story_cards(villages: Iterable[Village], today: date) -> list[StoryCard]:
    """Of the villages of one page; the number of queries does not depend on theirs."""
    money = money_ledgers(today.year, today)
    cards = {village.pk: StoryCard(village, money.get(village.pk, MoneyLedger())) for village in villages}
    here = {"report__village__in": cards}
    parts = StoryPart.objects.public().texts().filter(**here).select_related("report")
    for part in parts.order_by("-report__visited_on", "-pk"):
        _add(cards[part.report.village_id].texts, part, TEXTS)
    photos = FieldPhoto.objects.public().filter(**here).select_related("report")
    for photo in photos.order_by("-report__visited_on", "number", "pk"):
        _add(cards[photo.report.village_id].photos, photo, PHOTOS)
    notices = ObstacleNotice.objects.public().filter(obstacle__village__in=cards).select_related("obstacle")
    for notice in notices.order_by("published_at", "pk"):
        if notice.obstacle.village_id is not None:  # asked for above
            cards[notice.obstacle.village_id].problem = notice
    for pk, results in _known(village_results(today.year, villages=[card.village for card in cards.values()])).items():
        cards[pk].figures = results[:FIGURES]
    return list(cards.values())


def _add(to: list, each: object, most: int) -> None:
    if len(to) < most:
        to.append(each)


def _known(results: Iterable[VillageResult]) -> dict[int, list[VillageResult]]:
    found: dict[int, list[VillageResult]] = defaultdict(list)
    for result in results:
        if result.value is not None:
            found[result.village.pk].append(result)
    return found
