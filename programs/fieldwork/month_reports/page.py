"""The monthly report of a facilitator: put together from visits, obstacles and notebooks; nothing of it is typed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.urls import reverse

from districts.regions.models import Village
from facilitators.placements.models import Placement
from p2emas.accounts.models import User
from programs.fieldwork.models import FieldReport
from programs.fieldwork.months import Month, UnvisitedVillage, unvisited
from programs.fieldwork.notebook.page import GroupSales, sales_of
from programs.fieldwork.notebook.villages import month_url
from programs.obstacles.models import Obstacle

MOST_ROWS = 60  # of each part; a month of one person has some thirty


class ReportMonthForm(forms.Form):
    """``?bulan=2019-09``; anything else, and a month to come, asks for the last whole month."""

    bulan = forms.DateField(input_formats=["%Y-%m"], required=False)

    def chosen(self, today: date) -> Month:
        self.is_valid()
        day = self.cleaned_data.get("bulan")
        return Month.of(day) if day and date(2000, 1, 1) <= day <= today else Month.of(today).previous


def month_of(sent: QueryDict, today: date) -> Month:
    return ReportMonthForm(sent).chosen(today)


def may_read_reports(user: User, person: User) -> bool:
    """The person, those who see everything, and agencies that may read at least one of the person's visits."""
    if not FieldReport.objects.for_user(user).of_author(person).arrived().exists():
        return (user == person or user.sees_everything) and Placement.objects.of_user(person).exists()
    return True


@dataclass(frozen=True)
class VillageBook:
    """What the notebooks of one village say of the month."""

    village: Village
    rows: list[GroupSales]
    url: str


@dataclass(frozen=True)
class FacilitatorMonth:
    """What ``user`` may read of the month of ``person``; a constant number of queries."""

    person: User
    month: Month
    user: User
    today: date

    @cached_property
    def placements(self) -> list[Placement]:
        found = Placement.objects.of_user(self.person).overlapping(self.month.first, self.month.last)
        return [each for each in found.for_table() if not each.never_began]

    @property
    def places(self) -> str:
        return ", ".join(dict.fromkeys(str(each.place_name) for each in self.placements))

    @cached_property
    def visits(self) -> list[FieldReport]:
        found = FieldReport.objects.for_user(self.user).of_author(self.person).counted()
        found = found.filter(visited_on__range=(self.month.first, self.month.last))
        return list(found.for_table().order_by("visited_on", "pk")[:MOST_ROWS])

    @property
    def present(self) -> int | None:
        known = [each.present for each in self.visits if each.present is not None]
        return sum(known) if known else None

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """What the person raised by the end of the month and was not solved before it began."""
        found = Obstacle.objects.for_user(self.user).filter(raised_by_user=self.person)
        return list(found.touching(self.month.first, self.month.last).for_table().order_by("created_at")[:MOST_ROWS])

    @cached_property
    def unvisited(self) -> list[UnvisitedVillage]:
        """Only of months that are over; an agency sees but a part of the visits."""
        is_whole = self.month.last < self.today and (self.user == self.person or self.user.sees_everything)
        return unvisited(self.month, user=self.person) if is_whole else []

    @cached_property
    def villages(self) -> list[Village]:
        """Of the placements, and those that were visited."""
        placed = [each.target_location.village for each in self.placements if each.target_location is not None]
        found = {each.pk: each for each in [*placed, *(each.village for each in self.visits)]}
        return sorted(found.values(), key=lambda each: (each.name, each.pk))

    @cached_property
    def books(self) -> list[VillageBook]:
        """Villages with a group of which a line is written; groups of few are in it without figures."""
        sales = sales_of([each.pk for each in self.villages], [self.month]) if self.villages else {}
        written = {pk: [row for row in rows if row.figures.written] for pk, rows in sales.items()}
        here = [each for each in self.villages if written[each.pk]]
        return [VillageBook(each, written[each.pk], month_url(each, self.month)) for each in here]

    @property
    def is_empty(self) -> bool:
        return not (self.visits or self.obstacles or self.books)

    @property
    def is_sample(self) -> bool:
        seen = any(visit.is_sample for visit in self.visits) or any(each.is_sample for each in self.obstacles)
        return seen or any(row.is_sample for book in self.books for row in book.rows)

    @property
    def key(self) -> str:
        return f"{self.month.year}-{self.month.number:02}"

    @property
    def before_url(self) -> str:
        return self._url(self.month.previous)

    @property
    def after_url(self) -> str:
        """Empty for the current month."""
        return self._url(self.month.next) if self.month.next.first <= self.today else ""

    def _url(self, month: Month) -> str:
        page = reverse("fieldwork:month-report", args=[self.person.pk])
        return f"{page}?bulan={month.year}-{month.number:02}"
