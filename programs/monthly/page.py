"""What the page of one month shows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from p2emas.ui import formats
from p2emas.ui.controls import fill
from p2emas.ui.formats import MONTHS
from programs.monthly.bringing import lines_as_before
from programs.monthly.figures import Figures, Origin
from programs.monthly.findings import FoundInMonth, MonthFinding
from programs.monthly.forms import MonthForm, MonthRowForm
from programs.monthly.kinds import PLAN, PROGRESS, MonthKind
from programs.monthly.sheet import MonthSheet, SheetLine

SENTENCES = {
    MonthFinding.MONEY_ABOVE_APPROVED: "Keuangan di atas laporan {month} yang disetujui, Rp {figure}.",
    MonthFinding.WORK_ABOVE_APPROVED: "Fisik di atas laporan {month} yang disetujui, {figure}%.",
    MonthFinding.MONEY_FALLS: "Keuangan di bawah {month}, Rp {figure}.",
    MonthFinding.WORK_FALLS: "Fisik di bawah {month}, {figure}%.",
    MonthFinding.ABOVE_BUDGET: "Keuangan di atas pagu, Rp {figure}.",
}


def sentence_of(found: FoundInMonth) -> str:
    month = "" if found.month is None else formats.MONTHS[found.month - 1]
    return SENTENCES[found.finding].format(month=month, figure=formats.number(found.figure))  # type: ignore[arg-type]


@dataclass(frozen=True)
class MonthRow:
    """One line as it is drawn: its form and boxes (None where it is only read), and what is odd in it."""

    sheet: MonthSheet
    row: SheetLine
    form: MonthRowForm | None
    cells: dict[str, str] | None

    @property
    def sentences(self) -> list[str]:
        return [sentence_of(found) for found in self.row.findings]

    @property
    def is_wrong(self) -> bool:
        return bool(self.form and self.form.is_bound and self.form.errors)

    @property
    def beside(self) -> str:
        """The cells that are only read: ceiling, the month before, and what was planned."""
        row, sheet = self.row, self.sheet
        ceiling = fill('<td class="num" data-label="Pagu (Rp)">{}</td>', formats.number(row.line.amount))
        before = _known(f"{sheet.before_name} (Rp)", row.before) if sheet.before else ""
        planned = "" if sheet.kind.is_plan else _known(f"Rencana {sheet.month_name} (Rp)", row.planned)
        return fill("{}{}{}", ceiling, before, planned)


def _known(label: str, figures: Figures) -> str:
    if not figures.is_known:
        return fill('<td class="num" data-label="{}">–</td>', label)
    return fill(
        '<td class="num" data-label="{}">{}<br><span class="meta">fisik {}</span></td>',
        label,
        formats.number(figures.money),
        formats.percent(figures.physical, 2),
    )


@dataclass(frozen=True)
class MonthPage:
    """``writes``: the reader is one who fills the month."""

    sheet: MonthSheet
    form: MonthForm
    writes: bool

    @property
    def kind(self) -> MonthKind:
        return self.sheet.kind

    @property
    def heading(self) -> str:
        return f"{self.kind.heading} {self.sheet.month_name} {self.sheet.plan.year}"

    @property
    def is_open(self) -> bool:
        return self.writes and self.sheet.is_typed

    @property
    def rows(self) -> list[MonthRow]:
        if self.is_open:
            return [MonthRow(self.sheet, *drawn) for drawn in self.form.drawn]
        return [MonthRow(self.sheet, row, None, None) for row in self.sheet.lines]

    @property
    def has_notes(self) -> bool:
        """Whether the table has a column for them: where they are typed, or there is one to read."""
        return not self.kind.is_plan and (self.is_open or any(row.note for row in self.sheet.lines))

    @property
    def state(self) -> str:
        """ "8 dari 10 baris"."""
        return f"{self.sheet.filled} dari {len(self.sheet.lines)} baris"

    @property
    def is_complete(self) -> bool:
        return self.sheet.filled == len(self.sheet.lines)

    @property
    def empty(self) -> int:
        return len(self.sheet.lines) - self.sheet.filled

    @property
    def source(self) -> str:
        """Where the figures come from when nobody types them here."""
        if self.kind.is_plan:
            return ""
        quarter = f"Triwulan {('I', 'II', 'III', 'IV')[(self.sheet.month - 1) // 3]}"
        return {
            Origin.TYPED: "" if self.sheet.has_begun else f"{self.sheet.month_name} belum mulai.",
            Origin.APPROVED: f"Diambil dari laporan {quarter} yang disetujui; tidak diketik lagi.",
            Origin.CORRECTED: f"Laporan {quarter} sedang dikoreksi; angkanya yang disetujui. Tidak diketik lagi.",
            Origin.UNVERIFIED: f"Diambil dari laporan {quarter}, belum diverifikasi; tidak diketik lagi.",
            Origin.AWAITED: f"Menunggu laporan {quarter}; bulan ini tidak diketik di sini.",
        }[self.sheet.of_agency.origin]

    @property
    def brought(self) -> str:
        """That the plan of the month is still that of the version before, line by line."""
        plan = self.sheet.plan
        if not self.kind.is_plan or plan.supersedes is None:
            return ""
        same = lines_as_before(plan, self.sheet.month)
        if not same:
            return ""
        return (
            f"{same} dari {len(self.sheet.lines)} baris masih sama dengan {plan.supersedes.document_name}: RAK-nya "
            "dibawa waktu versi ini ditetapkan. Ubah baris yang bergeser."
        )

    @property
    def source_before(self) -> str:
        """The same of the month before, in a few words."""
        before = self.sheet.before
        if before is None or before.origin is not Origin.UNVERIFIED:
            return ""
        return "belum diverifikasi"

    @property
    def months(self) -> list[tuple[str, str, bool]]:
        """(name, address, is this one) of the months of the year."""
        return [
            (name[:3], reverse(self.kind.url, args=[self.sheet.plan.pk, number]), number == self.sheet.month)
            for number, name in enumerate(MONTHS, start=1)
        ]

    @property
    def other(self) -> dict[str, str]:
        """The other table of the same month."""
        kind = PROGRESS if self.kind.is_plan else PLAN
        url = reverse(kind.url, args=[self.sheet.plan.pk, self.sheet.month])
        return {"url": url, "name": "Realisasi bulan ini" if self.kind.is_plan else "Rencana bulan ini (RAK)"}

    @property
    def carried(self) -> list[Any]:
        """Work that the plan no longer has; what was spent on it still counts."""
        return [] if self.kind.is_plan else self.sheet.of_agency.carried

    @property
    def carried_money(self) -> int:
        return sum(work.actual.money or 0 for work in self.carried if work.counts)
