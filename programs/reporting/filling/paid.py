"""Taking the money of a report's activities from what the treasury paid ("Ambil dari SP2D").

An activity with one line is filled. Of one with several lines only the sum is known: it is shown above them with what
is left to divide. It is a saving like any other, so one click takes it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib import messages
from django.http import QueryDict

from p2emas.accounts.signed_in import UserRequest
from programs.reporting.filling.figure_forms import CELLS, SPENT, UNCHANGED, FigureRowForm, FiguresForm
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.reports.payments import PaidActivity, paid_activities

TAKE = "sp2d"  # the button that fills
SHOW = "dengan"  # in an address and on its page: with the sums above the lines
Drawn = tuple[FigureRow, FigureRowForm | None, dict | None, "SumToDivide | None"]


def _as_shown(form: FigureRowForm) -> dict[str, str]:
    """Each box as a page would send it; a box that was not ticked sends nothing."""
    words = {form.add_prefix(name): form.fields[name].prepare_value(form.initial[name]) for name in CELLS}
    return {name: "on" if value is True else str(value or "") for name, value in words.items() if value is not False}


@dataclass(frozen=True)
class SumToDivide:
    """What was paid for an activity with several lines. Their figures are as the page has them."""

    each: PaidActivity

    @property
    def lines(self) -> int:
        return len(self.each.rows)

    @property
    def divided(self) -> int:
        return sum(row.spent or 0 for row in self.each.rows)

    @property
    def left(self) -> int:
        """Less than nothing where the lines say more than was paid."""
        return self.each.paid - self.divided


class PaidBeside:
    """What was paid for the activities of a table of figures; ``is_known``: whether any SP2D of the year is."""

    def __init__(self, table: FigureTable) -> None:
        self.table = table
        self.activities = paid_activities(table.sheet)

    @property
    def is_known(self) -> bool:
        return bool(self.activities)

    @property
    def newest(self) -> date:
        return self.activities[0].newest

    @cached_property
    def fillable(self) -> list[tuple[FigureRow, int]]:
        """Lines that may be filled and are the only one of their activity, each with what was paid for it."""
        rows = {row.line.pk: row for row in self.table.rows if row.is_open}
        single = ((each.rows[0].line.pk, each.paid) for each in self.activities if len(each.rows) == 1)
        return [(rows[pk], paid) for pk, paid in single if pk in rows and paid >= 0]

    @cached_property
    def shared(self) -> dict[int, SumToDivide]:
        """By the number of the first line of the activity."""
        several = (each for each in self.activities if len(each.rows) > 1)
        return {each.rows[0].number: SumToDivide(each) for each in several}

    def filled(self, sent: QueryDict) -> QueryDict:
        """What was sent, with the money of single lines as it was paid."""
        data = sent.copy()
        for row, paid in self.fillable:
            form = FigureRowForm(row=row)
            if form.add_prefix(SPENT) not in data:  # a row that the page did not hold keeps its other cells
                for name, value in _as_shown(form).items():
                    data[name] = value
            data[form.add_prefix(SPENT)] = str(paid)
            if paid != row.spent_before:
                data.pop(form.add_prefix(UNCHANGED), None)
        return data

    def drawn(self, figures: FiguresForm) -> Iterator[Drawn]:
        """The rows of the page, each with the sum that is shown above it."""
        return ((row, form, cells, self.shared.get(row.number)) for row, form, cells in figures.drawn)

    def say_what_was_taken(self, request: UserRequest) -> None:
        if not self.is_known:
            year, agency = self.table.report.period.year, self.table.report.agency
            sentence = f"Belum ada SP2D {agency} tahun {year}. Impor berkasnya dahulu; isian Anda tersimpan."
            messages.warning(request, sentence)
            return
        sentence = f"Realisasi keuangan {len(self.fillable)} kegiatan diisi dari SP2D."
        if self.shared:
            sentence += f" {len(self.shared)} kegiatan punya beberapa baris: bagi jumlahnya di atas baris-baris itu."
        messages.success(request, sentence)
