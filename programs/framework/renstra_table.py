"""The table in which an agency keeps its Renstra: the activities of one year, each with what the five years promise.

A row is linked by the code of its Renstra: an activity of that code is continued, a new code begins one. An indicator
is linked by its name within it.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms

from p2emas.accounts.models import Agency
from p2emas.clock import today
from p2emas.ui.fields import QuantityField, RupiahField
from p2emas.ui.forms import PlainForm, bound_year
from p2emas.ui.sentences import all_in_our_words
from programs.framework.models import Activity, Indicator
from programs.framework.renstra import RenstraActivity

LENGTH, AHEAD = 5, 10
MONEY, QUANTITY = RupiahField(), QuantityField(decimal_places=3)


class RenstraYearsForm(PlainForm):
    """The period of the plan, and up to which year its realisation is typed instead of read from reports."""

    first_year = forms.IntegerField(label="Tahun pertama Renstra", min_value=1990)
    last_year = forms.IntegerField(label="Tahun terakhir Renstra", min_value=1990)
    realised_until = forms.IntegerField(
        label="Realisasi awal diisi sampai tahun",
        min_value=1990,
        help_text="Tahun sesudahnya dibaca dari laporan. Pengisian pertama: tahun sebelum laporan pertama di sini.",
    )

    def __init__(self, *args, year: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        for field in self.fields.values():
            bound_year(field, today().year + AHEAD)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last, until = (data.get(name) for name in ("first_year", "last_year", "realised_until"))
        if first and last and not first <= self.year <= last:
            self.add_error("last_year", f"Masa Renstra harus memuat tahun {self.year}")
        if until and until >= self.year:
            self.add_error("realised_until", f"Isi tahun sebelum {self.year}")
        return data


class RenstraRowForm(PlainForm):
    """One activity of the year. The boxes of its indicators are ``target_<pk>`` and ``realised_<pk>``."""

    code = forms.CharField(label="Kode Renstra", max_length=30, required=False)
    money = RupiahField(label="Pagu Renstra", required=False)
    realised_money = RupiahField(label="Realisasi awal", required=False)

    def __init__(self, *args, row: "RenstraRow", **kwargs) -> None:
        super().__init__(*args, prefix=row.prefix, **kwargs)
        self.row = row
        for each in row.indicators:
            about = f"“{each.name}”"
            target, realised = f"Target akhir {about}", f"Realisasi awal {about}"
            self.fields[f"target_{each.pk}"] = QuantityField(decimal_places=3, required=False, label=target)
            self.fields[f"realised_{each.pk}"] = QuantityField(decimal_places=3, required=False, label=realised)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        filled = [name for name, value in data.items() if name != "code" and value is not None]
        if filled and not data.get("code"):
            self.add_error("code", "Isi kode Renstra, atau kosongkan seluruh baris")
        return data

    def typed(self, *names: str) -> list[str]:
        """Those of the boxes that say something else than the page showed."""
        stored = self.row.stored
        return [name for name in names if str(self.data.get(self.add_prefix(name), "")).strip() != stored[name]]

    def add_error(self, field: str | None, error: Any) -> None:
        """Each sentence says its row, since it is shown on top of the page too."""
        words = all_in_our_words(self, field, error).messages
        super().add_error(field, [f"Baris {self.row.number}: {sentence}" for sentence in words])


class RenstraRow:
    """An activity of the year with the Renstra that it continues, if it has one."""

    def __init__(self, number: int, activity: Activity, indicators: list[Indicator], goals: Mapping[int, Any]) -> None:
        self.number, self.activity, self.indicators = number, activity, indicators
        self.prefix = f"k{activity.pk}"
        self.renstra = activity.renstra
        self.goals = {each.pk: goals.get(each.renstra_target_id or 0) for each in indicators}

    @cached_property
    def stored(self) -> dict[str, str]:
        texts = {"code": "", "money": "", "realised_money": ""}
        if self.renstra is not None:
            texts["code"] = self.renstra.code
            texts["money"] = _text(MONEY, self.renstra.money)
            texts["realised_money"] = _text(MONEY, self.renstra.realised_money)
        for pk, goal in self.goals.items():
            texts[f"target_{pk}"] = _text(QUANTITY, goal.target if goal else None)
            texts[f"realised_{pk}"] = _text(QUANTITY, goal.realised if goal else None)
        return texts


class RenstraTable:
    """The rows of one agency and year; a constant number of queries."""

    def __init__(self, agency: Agency, year: int) -> None:
        self.agency, self.year = agency, year

    @cached_property
    def rows(self) -> list[RenstraRow]:
        activities = Activity.objects.of(self.agency.pk, self.year).select_related("renstra").order_by("code", "pk")
        indicators: dict[int | None, list[Indicator]] = defaultdict(list)
        measured = Indicator.objects.filter(activity__agency=self.agency, activity__year=self.year)
        for each in measured.select_related("renstra_target").order_by("pk"):
            indicators[each.activity_id].append(each)
        goals = {each.renstra_target_id: each.renstra_target for rows in indicators.values() for each in rows}
        return [
            RenstraRow(number, activity, indicators[activity.pk], {pk: goal for pk, goal in goals.items() if pk})
            for number, activity in enumerate(activities, start=1)
        ]

    @cached_property
    def present(self) -> list[RenstraActivity]:
        """The agency's Renstra that covers the year."""
        found = RenstraActivity.objects.of(self.agency.pk).covering(self.year)
        return list(found.prefetch_related("targets").order_by("code", "pk"))

    @property
    def years(self) -> dict[str, Any]:
        """What the period form begins with."""
        if not self.present:
            return {"realised_until": self.year - 1}
        one = self.present[0]
        names = ("first_year", "last_year", "realised_until")
        return {name: getattr(one, name) for name in names}

    @property
    def seen(self) -> str:
        """What the page shows of the agency's Renstra and of the links to it, to tell whether somebody saved since."""
        versions = [f"{each.pk}.{each.version}" for each in self.present]
        links = [f"{row.prefix}.{row.renstra.pk}" for row in self.rows if row.renstra is not None]
        return ",".join([*versions, *links])

    @property
    def is_sample(self) -> bool:
        return any(each.is_sample for each in self.present)

    @property
    def open_rows(self) -> int:
        return sum(row.renstra is None for row in self.rows)


def _text(field: Any, value: Any) -> str:
    return "" if value is None else str(field.prepare_value(value))
