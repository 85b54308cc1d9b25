"""The cells of long tables that are only read, drawn without a template: a report of an agency has hundreds of rows."""

from p2emas.ui import formats
from p2emas.ui.controls import fill
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.sheets import SheetRow

OVER = fill('<span class="meta d-block">{}</span>', "di atas pagu")


def figure_cells(row: SheetRow) -> str:
    """Ceiling, money, money of the quarter, work, and money of the quarter before."""
    return fill(
        '<td class="num" data-label="Pagu (Rp)">{}</td><td class="num" data-label="Keuangan (Rp)">{}{}</td>'
        '<td class="num" data-label="Triwulan ini (Rp)">{}</td><td class="num" data-label="Fisik (%)">{}</td>'
        '<td class="num" data-label="TW lalu (Rp)">{}</td>',
        formats.number(row.ceiling),
        formats.number(row.spent),
        "" if row.over_budget is None else OVER,
        formats.bracketed(row.spent_in_quarter),
        formats.number(row.physical),
        formats.number(row.spent_before) if row.has_before else "–",
    )


def value_cells(row: IndicatorRow) -> str:
    """Target, the value of the quarter, what it comes to, and how much of the target that is."""
    return fill(
        '<td class="num" data-label="Target">{}</td><td class="num" data-label="Triwulan ini">{}</td>'
        '<td class="num" data-label="Sampai triwulan ini">{}</td><td class="num" data-label="Capaian">{}</td>',
        formats.number(row.target.target if row.target else None, 3),
        formats.number(row.value.value, 3),
        formats.number(row.to_date, 3),
        formats.percent(row.achievement),
    )
