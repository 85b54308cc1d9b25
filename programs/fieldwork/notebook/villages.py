"""What the notebooks of a village's groups say together, and where the page shows the same figures."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from districts.regions.models import Village
from p2emas.methods.sales import mean_of_groups
from programs.fieldwork.months import Month
from programs.fieldwork.notebook.page import GroupSales, sales_of

NAME = "Buku penjualan"


def months_of_quarter(year: int, quarter: int) -> list[Month]:
    return [Month(year, 3 * quarter - back) for back in (2, 1, 0)]


class SpanForm(forms.Form):
    """``?tahun=2019&triwulan=3`` or ``?tahun=2019&bulan=9``; anything else asks for the last twelve months."""

    tahun = forms.IntegerField(min_value=2000, max_value=2100)
    triwulan = forms.IntegerField(min_value=1, max_value=4, required=False)
    bulan = forms.IntegerField(min_value=1, max_value=12, required=False)

    @property
    def months(self) -> list[Month]:
        if not self.is_valid():
            return []
        year, quarter, month = (self.cleaned_data[name] for name in ("tahun", "triwulan", "bulan"))
        if month:
            return [Month(year, month)]
        return months_of_quarter(year, quarter) if quarter else []


def asked_months(sent: QueryDict) -> list[Month]:
    """Those of the quarter or month in the address; empty where it names none."""
    return SpanForm(sent).months


def month_url(village: Village, month: Month) -> str:
    """As ``quarter_url``, of a single month."""
    query = urlencode({"tahun": month.year, "bulan": month.number})
    return f"{reverse('fieldwork:village-sales', args=[village.slug])}?{query}"


def quarter_url(village: Village, year: int, quarter: int) -> str:
    """The page on which the figures of this village and quarter are read."""
    query = urlencode({"tahun": year, "triwulan": quarter})
    return f"{reverse('fieldwork:village-sales', args=[village.slug])}?{query}"


@dataclass(frozen=True)
class VillageSales:
    """The groups of a village over ``months``; groups of which nothing may be said are not in the sums."""

    rows: list[GroupSales]
    months: list[Month]

    @cached_property
    def counted(self) -> list[GroupSales]:
        return [row for row in self.rows if row.figures.is_shown]

    @cached_property
    def _means(self) -> tuple[Fraction | None, Fraction | None]:
        return mean_of_groups(row.figures for row in self.rows)

    @property
    def per_member(self) -> Fraction | None:
        return self._means[0]

    @property
    def income_per_member(self) -> Fraction | None:
        """None also where costs are not written: then nobody may call it income."""
        return self._means[1]

    @property
    def is_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)

    @property
    def why_not(self) -> str:
        """Why there is no figure of the village: the reason of its group, or of the first of several."""
        return self.rows[0].why_not if self.rows else "belum ada kelompok yang tercatat di desa ini"

    @property
    def span(self) -> str:
        first, last = self.months[0], self.months[-1]
        return str(first) if first == last else f"{first} s.d. {last}"

    @property
    def source(self) -> str:
        """For the report: which months of which groups."""
        written = [month for month in self.months if any(month in row.written for row in self.counted)]
        names = ", ".join(str(month).split()[0] for month in written)
        parts = [
            f"{NAME} {names} {self.months[-1].year} ({len(written)} dari {len(self.months)} bulan)",
            f"{len(self.counted)} dari {len(self.rows)} kelompok" if len(self.rows) > 1 else "",
            "DATA CONTOH" if self.is_sample else "",
        ]
        return ", ".join(filter(None, parts))


def sales_of_quarter(villages: Collection[int], year: int, quarter: int) -> dict[int, VillageSales]:
    """Village -> what its notebooks say of a quarter; two queries."""
    months = months_of_quarter(year, quarter)
    return {village: VillageSales(rows, months) for village, rows in sales_of(villages, months).items()}
