"""Taking a welfare indicator's value from the sales notebooks of a village ("Ambil dari buku penjualan").

The button fills one row and saves the page like any other saving: by version, with its history, and taken back with one
click. An indicator says itself which figure it takes; its unit says in which thousands of rupiah.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.contrib import messages
from django.http import QueryDict

from p2emas.accounts.signed_in import UserRequest
from p2emas.ui import formats
from programs.fieldwork.notebook.villages import VillageSales, sales_of_quarter
from programs.framework.models import Indicator
from programs.reporting.filling.indicator_forms import CELLS, IndicatorRowForm, IndicatorsForm
from programs.reporting.filling.indicators import IndicatorRow, IndicatorTable

TAKE = "buku_penjualan"  # the button; its value is the row
SCALES = {"ribu": 1_000, "juta": 1_000_000}
THOUSANDS = re.compile(r"rp\.?\s*(1(?:[.,]?000){1,3})\b")  # "Rp 1.000"; a year behind "Rp" is none
SHOWN = Decimal("0.01")  # a third decimal would be read as thousands


def rupiah_in(unit: str) -> int:
    """How many rupiah one of the unit is: "Rp ribu per bulan" is 1000, and so are "Rp ribu/bulan" and "Rp 1.000"."""
    said = unit.casefold()
    words, number = re.findall(r"[a-z]+", said), THOUSANDS.match(said)
    times = int(re.sub(r"[.,]", "", number[1])) if number else 1
    return times * (SCALES.get(words[1], 1) if len(words) > 1 else 1)


@dataclass(frozen=True)
class NotebookOffer:
    """What the notebooks say of one row; ``value`` is None where they may say nothing, and ``why_not`` says why."""

    row: IndicatorRow
    sales: VillageSales

    @property
    def key(self) -> str:
        return IndicatorRowForm.prefix_of(self.row)

    @property
    def _asks_income(self) -> bool:
        return self.row.indicator.notebook == Indicator.Notebook.INCOME

    @cached_property
    def value(self) -> Decimal | None:
        found = self.sales.income_per_member if self._asks_income else self.sales.per_member
        if found is None or found < 0:
            return None
        rupiah = (Decimal(found.numerator) / found.denominator).quantize(Decimal(1), ROUND_HALF_UP)
        return (rupiah / rupiah_in(self.row.indicator.unit)).quantize(SHOWN, ROUND_HALF_UP)

    @property
    def why_not(self) -> str:
        if self.sales.per_member is None:
            return self.sales.why_not
        if self._asks_income and self.sales.income_per_member is None:
            return "biaya belum dicatat, jadi belum dapat disebut pendapatan"
        return "biaya lebih besar dari penjualan" if self.value is None else ""

    @property
    def url(self) -> str:
        return self.row.notebook_url

    @property
    def is_taken(self) -> bool:
        return (self.row.value.value, self.row.value.source) == (self.value, self.sales.source)

    def put_into(self, sent: QueryDict) -> QueryDict:
        """What was sent, with this row as its notebooks say."""
        data = sent.copy()
        values = {"value": formats.number(self.value), "source": self.sales.source, "missing_reason": ""}
        for name, text in values.items():
            data[f"{self.key}-{name}"] = text
        return data


class NotebookBeside:
    """The offers of a table of indicators; no query where no indicator takes a figure of notebooks, else two."""

    def __init__(self, table: IndicatorTable) -> None:
        self.table = table

    @cached_property
    def offers(self) -> list[NotebookOffer]:
        rows = [row for row in self.table.rows if row.notebook_url]
        period = self.table.report.period
        villages = {row.value.village_id for row in rows if row.value.village_id}
        found = sales_of_quarter(villages, period.year, period.number) if rows else {}
        return [NotebookOffer(row, found[row.value.village_id]) for row in rows if row.value.village_id]

    def form(self, sent: QueryDict, typed: QueryDict | None, *, continuing: bool) -> IndicatorsForm:
        """The form of the page; where the button of a row was clicked, with that row as its notebooks say."""
        taken = self.chosen(sent)
        if taken is None:
            return IndicatorsForm(self.table, typed, continuing=continuing)
        return IndicatorsForm(self.table, taken.put_into(sent), sourced={taken.key})

    def chosen(self, sent: QueryDict) -> NotebookOffer | None:
        """The offer whose button was clicked; None also where it has no figure any more."""
        if TAKE not in sent:
            return None
        return next((each for each in self.offers if each.key == sent[TAKE] and each.value is not None), None)

    def typed_before(self, sent: QueryDict) -> dict[str, list[str]]:
        """What the boxes of the row that is taken had said, to bring it back."""
        taken = self.chosen(sent)
        return {taken.key: [sent.get(f"{taken.key}-{name}", "") for name in CELLS]} if taken else {}

    def say_what_was_taken(self, request: UserRequest) -> None:
        """With what was in the box before, typed or stored."""
        taken = self.chosen(request.POST)
        if taken is not None:
            before = request.POST.get(f"{taken.key}-value") or formats.NO_DATA
            said = f"Baris {taken.row.number} diisi {formats.number(taken.value)} dari buku penjualan"
            messages.success(request, f"{said}; sebelumnya {before}. Angkanya tetap dapat diubah.")
