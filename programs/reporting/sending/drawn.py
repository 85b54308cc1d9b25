"""The cells of long tables that are only read, drawn without a template: a report of an agency has hundreds of rows."""

from p2emas.ui import formats
from p2emas.ui.controls import fill
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.sheets import SheetRow

NUMBER = '<td class="num" data-label="{}">{}</td>'
OVER = fill('<span class="meta d-block">{}</span>', "di atas pagu")


def figure_cells(row: SheetRow) -> str:
    """Ceiling, money, money of the quarter, work, and money of the quarter before."""
    cells = (
        ("Pagu (Rp)", formats.number(row.ceiling)),
        ("Keuangan (Rp)", fill("{}{}", formats.number(row.spent), "" if row.over_budget is None else OVER)),
        ("Triwulan ini (Rp)", formats.bracketed(row.spent_in_quarter)),
        ("Fisik (%)", formats.number(row.physical)),
        ("TW lalu (Rp)", formats.number(row.spent_before) if row.has_before else "–"),
    )
    return fill(NUMBER * len(cells), *(text for cell in cells for text in cell))


def value_cells(row: IndicatorRow) -> str:
    """Target, the value of the quarter, what it comes to, and how much of the target that is."""
    cells = (
        ("Target", formats.number(row.target.target if row.target else None, 3)),
        ("Triwulan ini", formats.number(row.value.value, 3)),
        ("Sampai triwulan ini", formats.number(row.to_date, 3)),
        ("Capaian", formats.percent(row.achievement)),
    )
    return fill(NUMBER * len(cells), *(text for cell in cells for text in cell))
