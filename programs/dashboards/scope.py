"""What a dashboard is asked about: a quarter, and perhaps one kecamatan or one SKPD; all of it in the URL."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from districts.regions.models import District
from p2emas.accounts.models import Agency
from p2emas.ui.filters import Filters
from p2emas.ui.forms import PlainForm, field_of
from programs.reporting.reports.models import ReportingPeriod

PERIODS_OFFERED = 20


@dataclass(frozen=True)
class Scope:
    """``on`` is the day that decrees and plans are asked for: the quarter's last day, but not in the future."""

    period: ReportingPeriod
    periods: list[ReportingPeriod]
    district: District | None
    agency: Agency | None
    districts: list[District]
    members: list[Agency]  # everyone who is or was one, the chosen period decides
    on: date
    today: date
    memo: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, key: str, read: Callable[[], Any]) -> Any:
        """What several indicators of one page need is read once."""
        if key not in self.memo:
            self.memo[key] = read()
        return self.memo[key]

    def of_everybody(self) -> "Scope":
        """The whole regency in the same quarter."""
        return replace(self, district=None, agency=None, memo={})

    @property
    def year(self) -> int:
        return self.period.year

    def agencies(self, *, having: Collection[int] = (), periods: Sequence[ReportingPeriod] = ()) -> list[Agency]:
        """Members in the quarter (or in ``periods``), and those with these keys; the chosen one alone, if there is one.

        The quarter decides, not the current day: its figures must not change when an agency joins or leaves later.
        """
        if self.agency is not None:
            return [self.agency]
        asked = periods or [self.period]
        first, last = min(period.starts for period in asked), max(period.ends for period in asked)
        return [row for row in self.members if row.pk in having or row.was_member(first, last)]

    @property
    def previous(self) -> ReportingPeriod | None:
        """The quarter before, if it was opened."""
        at = self.periods.index(self.period)
        return self.periods[at + 1] if at + 1 < len(self.periods) else None

    @property
    def earlier(self) -> ReportingPeriod | None:
        """The quarter before in the same year: what accumulates begins again with each year."""
        return self.previous if self.previous and self.previous.year == self.year else None


class ScopeForm(PlainForm):
    periode = forms.ChoiceField(label="Periode", required=False)
    kecamatan = forms.ChoiceField(label="Kecamatan", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)

    def __init__(self, data, *, periods, districts, agencies) -> None:
        super().__init__(data)
        quarters = [(period.code, str(period)) for period in periods]
        field_of(self, "periode", forms.ChoiceField).choices = quarters
        places = [(district.code, district.name) for district in districts]
        field_of(self, "kecamatan", forms.ChoiceField).choices = [("", f"Semua {len(places)}"), *places]
        members = [(agency.code, agency.short_name) for agency in agencies]
        field_of(self, "skpd", forms.ChoiceField).choices = [("", f"Semua {len(members)}"), *members]

    def chosen(self, name: str) -> str:
        """A valid choice or ""; what the address says wrongly is no filter."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


def read_scope(query: QueryDict, *, today: date) -> tuple[Scope | None, Filters]:
    """The scope that the address asks for, or None while no quarter was opened yet; three queries."""
    periods = list(ReportingPeriod.objects.order_by("-year", "-number")[:PERIODS_OFFERED])
    districts = list(District.objects.with_boundary().order_by("name"))
    members = list(Agency.objects.filter(member_from__isnull=False))
    form = ScopeForm(query, periods=periods, districts=districts, agencies=members)
    filters = Filters(form, query)
    if not periods:
        return None, filters
    period = next((row for row in periods if row.code == form.chosen("periode")), periods[0])
    if not form.chosen("periode"):
        form.initial["periode"] = period.code
    district = next((row for row in districts if row.code == form.chosen("kecamatan")), None)
    agency = next((row for row in members if row.code == form.chosen("skpd")), None)
    scope = Scope(period, periods, district, agency, districts, members, min(period.ends, today), today)
    return scope, filters
