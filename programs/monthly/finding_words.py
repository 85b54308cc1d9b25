"""The sentences of findings of a month."""

from p2emas.ui import formats
from programs.monthly.findings import FoundInMonth, MonthFinding

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
