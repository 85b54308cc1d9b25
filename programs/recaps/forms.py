"""Which paper of whom and when: the address of a recap."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.ui import formats
from p2emas.ui.forms import field_of
from programs.monthly.overview import months_with_plans
from programs.planning.forms import FilterForm
from programs.recaps.access import agencies_of
from programs.recaps.catalogue import PAPERS
from programs.recaps.description import RecapPaper, RecapQuestion
from programs.reporting.reports.models import ReportingPeriod

EVERYBODY = "semua"
WRITTEN = re.compile(r"([0-9]{4})-([TB])([0-9]{1,2})")
Choices = list[tuple[str, str]]


class RecapForm(FilterForm):
    """``?bentuk=e81&periode=2019-T3&skpd=distanbun``; what is missing or refused is the first that is offered.

    Months of a monthly paper are ``2019-B09``. ``all_agencies`` takes ``skpd=semua`` too: only a workbook can be that.
    """

    bentuk = forms.ChoiceField(label="Bentuk", required=False)
    periode = forms.ChoiceField(label="Periode", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)

    def __init__(self, data: QueryDict, *, user: User, all_agencies: bool = False) -> None:
        super().__init__(data)
        self.papers = [paper for paper in PAPERS if paper.of_agency or user.sees_everything]
        self.agencies = list(agencies_of(user))
        self.newest = list(ReportingPeriod.objects.order_by("-year", "-number"))
        self.months = months_with_plans(user, clock.today())
        field_of(self, "bentuk", forms.ChoiceField).choices = [(paper.code, paper.label) for paper in self.papers]
        field_of(self, "periode", forms.ChoiceField).choices = self._periods()
        offered = [(agency.code, agency.short_name) for agency in self.agencies]
        if not self.paper.of_agency:
            offered.insert(0, (EVERYBODY, "Semua SKPD"))
        elif all_agencies:
            offered.append((EVERYBODY, "Semua SKPD"))
        field_of(self, "skpd", forms.ChoiceField).choices = offered
        if not self.is_empty:
            shown = data.copy()  # the box says the period of the page, also where the address is silent
            shown["periode"] = self.address()["periode"]
            self.data = shown

    @cached_property
    def paper(self) -> RecapPaper:
        asked = self.data.get("bentuk", "")
        return next((paper for paper in self.papers if paper.code == asked), self.papers[0])

    @property
    def is_empty(self) -> bool:
        return not self.newest or not self.agencies

    @property
    def offers_all(self) -> bool:
        """Whether there is a workbook of several agencies."""
        return self.paper.of_agency and len(self.agencies) > 1

    @cached_property
    def asked(self) -> Agency | None:
        """The agency, or None for all of them."""
        codes = {agency.code: agency for agency in self.agencies}
        offered: list[tuple[Any, Any]] = list(field_of(self, "skpd", forms.ChoiceField).choices)  # type: ignore[arg-type]
        return codes.get(self.chosen().get("skpd") or offered[0][0])

    def question(self) -> RecapQuestion:
        """Not for an empty form."""
        year, number = self.period
        agencies = [self.asked] if self.asked else self.agencies
        return RecapQuestion(self.paper, agencies, year, number)

    @property
    def period(self) -> tuple[int, int]:
        """Year and quarter, or month of a monthly paper; a quarter that is asked of it is its last month.

        What this paper does not offer is not taken, so that its files can name the period in their address.
        """
        found = WRITTEN.fullmatch(self.data.get("periode", ""))
        year, number = (int(found[1]), int(found[3])) if found else (0, 0)
        is_quarter = found is not None and found[2] == "T"
        if self.paper.monthly and self.months:
            month = (year, 3 * number if is_quarter else number)
            return month if month in self.months else self._last_month()
        quarter = (year, number if is_quarter else (number + 2) // 3)
        if quarter not in {(period.year, period.number) for period in self.newest}:
            quarter = (self.newest[0].year, self.newest[0].number)
        return (quarter[0], 3 * quarter[1]) if self.paper.monthly else quarter

    def _last_month(self) -> tuple[int, int]:
        """The last one that has ended."""
        today = clock.today()
        ended = (month for month in self.months if month < (today.year, today.month))
        return next(ended, self.months[0])

    def _periods(self) -> Choices:
        """The quarters that were opened, or the months that have begun; the newest first."""
        if not self.paper.monthly:
            return [(period.code, str(period)) for period in self.newest]
        return [(f"{year}-B{month:02d}", f"{formats.MONTHS[month - 1]} {year}") for year, month in self.months]

    def address(self) -> dict[str, str]:
        """What the address of this page says, every part of it."""
        year, number = self.period
        code = f"{year}-B{number:02d}" if self.paper.monthly else f"{year}-T{number}"
        return {"bentuk": self.paper.code, "periode": code, "skpd": self.asked.code if self.asked else EVERYBODY}
