"""The words of the automatic findings: their kinds, and what each says with its figures."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from p2emas.ui import formats
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.payments import PaidActivity
from programs.reporting.reports.sheets import SheetRow
from programs.reporting.reports.shortages import short_in_words
from programs.reporting.reports.visited import SeenWork
from programs.reporting.verification.findings import ReportFinding
from programs.reporting.verification.indicator_findings import IndicatorWork, share_of_target

SHORT = {
    "over_budget": "serapan di atas pagu",
    "paid_otherwise": "berbeda dengan SP2D",
    "money_falls": "keuangan turun",
    "physical_falls": "fisik turun",
    "visit_contradicts": "berbeda dengan kunjungan",
    "goods_short": "barang kurang atau ditolak",
    "money_ahead": "keuangan di atas fisik",
    "physical_jump": "fisik melonjak",
    "no_photo": "foto kosong",
    "no_value": "angka belum ada",
    "idle_location": "desa tanpa kegiatan",
    "indicator_worse": "indikator memburuk",
    "indicator_jumps": "indikator melonjak",
    "over_target": "indikator jauh di atas target",
    "output_without_work": "keluaran tanpa kemajuan fisik",
    "work_ahead": "fisik jauh di atas keluaran",
    "finished_without_output": "selesai tanpa keluaran",
}


def findings_in_words(by_code: Mapping[str, int]) -> str:
    """For a cell of the queue: "2: fisik turun, foto kosong", the gravest kind first; "Tidak ada" when clean."""
    words = [word for code, word in SHORT.items() if by_code.get(code)]
    return f"{len(words)}: {', '.join(words)}" if words else "Tidak ada"


# what a kind is called when it is found more than once; of photos always, since most lines need none
OF_SEVERAL = {
    "over_budget": "Serapan melebihi pagu pada {found} dari {all} kegiatan",
    "paid_otherwise": "Realisasi berbeda dengan SP2D pada {found} dari {all} kegiatan",
    "money_falls": "Keuangan turun pada {found} dari {all} kegiatan",
    "physical_falls": "Fisik turun pada {found} dari {all} kegiatan",
    "visit_contradicts": "Berbeda dengan kunjungan pada {found} dari {all} kegiatan",
    "goods_short": "Barang kurang atau ditolak pada {found} dari {all} kegiatan",
    "money_ahead": "Keuangan jauh di atas fisik pada {found} dari {all} kegiatan",
    "physical_jump": "Fisik melonjak pada {found} dari {all} kegiatan",
    "no_photo": "Foto belum ada pada {found} dari {all} kegiatan fisik",
    "no_value": "Belum ada data pada {found} dari {all} kegiatan",
    "idle_location": "Belum ada kegiatan di {found} lokasi sasaran",
    "indicator_worse": "Nilai memburuk pada {found} dari {all} indikator",
    "indicator_jumps": "Nilai melonjak pada {found} dari {all} indikator",
    "over_target": "Nilai jauh di atas target pada {found} dari {all} indikator",
    "output_without_work": "Keluaran tanpa kemajuan fisik pada {found} dari {all} indikator",
    "work_ahead": "Fisik jauh di atas keluaran pada {found} dari {all} indikator",
    "finished_without_output": "Kegiatan selesai tanpa keluaran pada {found} dari {all} indikator",
}


def words_of_several(findings: Sequence[ReportFinding], among: int) -> str:
    """One title for ``findings`` of one kind: how many of ``among``, or where when it is a single one."""
    code = findings[0].code
    if len(findings) == 1 and code != "no_photo":
        return words_of_finding(findings[0]).title
    return OF_SEVERAL[code].format(found=len(findings), all=among)


def request_to_correct(finding: ReportFinding) -> str:
    """What the agency reads of a finding that it is asked to correct."""
    words = SHORT[finding.code]
    return f"{words[:1].upper()}{words[1:]}. {words_of_finding(finding).detail}"


NUMBERED = 5  # lines of one activity that a title names


class FindingWords(NamedTuple):
    """A sentence, and its figures."""

    title: str
    detail: str


def words_of_finding(finding: ReportFinding) -> FindingWords:
    if finding.indicator is not None:
        return _say_indicator(finding.code, finding.indicator, finding.rows)
    if finding.paid is not None:
        return _say_paid(finding.paid)
    if finding.row is None:
        return _say_idle(finding.rows)
    if finding.visit is not None:
        title = f"Kunjungan menyangkal fisik di baris {finding.row.number}"
        return FindingWords(title, difference_with_visit(finding.row, finding.visit))
    if finding.short:
        return FindingWords(f"Barang kurang atau ditolak di baris {finding.row.number}", short_in_words(finding.short))
    return SENTENCES[finding.code](finding.row)


def _say_over_budget(row: SheetRow) -> FindingWords:
    figures = {"spent": formats.rupiah(row.spent), "amount": formats.rupiah(row.ceiling)}
    detail = "{spent} dari pagu {amount}.".format(**figures)
    if row.line.over_budget_reason:
        detail = f"{detail} Alasan: {row.line.over_budget_reason}"
    return FindingWords(f"Serapan melebihi pagu di baris {row.number}", detail)


def _say_money_falls(row: SheetRow) -> FindingWords:
    figures = {"before": formats.rupiah(row.spent_before), "now": formats.rupiah(row.spent)}
    sentence = "Dari {before} menjadi {now}. ".format(**figures) + (row.correction or "Padahal kumulatif.")
    return FindingWords(f"Keuangan turun di baris {row.number}", sentence)


def _say_physical_falls(row: SheetRow) -> FindingWords:
    why = f" {row.correction}" if row.correction else ""
    return FindingWords(f"Fisik turun di baris {row.number}", _from_to(row) + why)


def _from_to(row: SheetRow) -> str:
    return f"Dari {formats.percent(row.physical_before)} menjadi {formats.percent(row.physical)} dalam satu triwulan."


def _say_money_ahead(row: SheetRow) -> FindingWords:
    figures = {"money": formats.percent(row.absorption), "physical": formats.percent(row.physical)}
    sentence = "Serapan %(money)s, fisik %(physical)s."
    return FindingWords(f"Keuangan jauh di atas fisik di baris {row.number}", sentence % figures)


def _say_jump(row: SheetRow) -> FindingWords:
    points = formats.number(row.physical_change, 1)
    return FindingWords(f"Fisik naik {points} poin di baris {row.number}", _from_to(row))


def _say_no_photo(row: SheetRow) -> FindingWords:
    return FindingWords(f"Foto kosong di baris {row.number}", "Kemajuan pada triwulan ini perlu foto.")


def _say_no_value(row: SheetRow) -> FindingWords:
    lacking = [word for word, value in (("keuangan", row.spent), ("fisik", row.physical)) if value is None]
    sentence = "Realisasi %s kosong tanpa alasan."
    return FindingWords(f"Belum ada data di baris {row.number}", sentence % " dan ".join(lacking))


SENTENCES: dict[str, Callable[[SheetRow], FindingWords]] = {
    "over_budget": _say_over_budget,
    "money_falls": _say_money_falls,
    "physical_falls": _say_physical_falls,
    "money_ahead": _say_money_ahead,
    "physical_jump": _say_jump,
    "no_photo": _say_no_photo,
    "no_value": _say_no_value,
}


def _say_idle(rows: list[SheetRow]) -> FindingWords:
    reasons = dict.fromkeys(row.line.nil_reason for row in rows if row.line.nil_reason)
    detail = f"{len(rows)} baris rencana di lokasi sasaran ini belum berjalan."
    why = f"Alasan: {'; '.join(reasons)}" if reasons else "Tanpa alasan nihil."
    return FindingWords(f"Belum ada kegiatan di {rows[0].plan_line.village}", f"{detail} {why}")


def _say_paid(each: PaidActivity) -> FindingWords:
    numbers = ", ".join(str(row.number) for row in each.rows[:NUMBERED]) + (", ..." if each.rows[NUMBERED:] else "")
    return FindingWords(f"Realisasi berbeda dengan SP2D di baris {numbers}", difference_in_words(each))


def difference_in_words(each: PaidActivity) -> str:
    """For the finding at the desk and for the agency's check page alike."""
    more = (each.difference or 0) > 0
    words = {
        "activity": each.activity.name,
        "reported": formats.rupiah(each.reported),
        "until": formats.long_date(each.until),
        "paid": formats.rupiah(each.paid),
        "by": formats.rupiah(abs(each.difference or 0)),
        "side": "di atas" if more else "di bawah",
        "newest": formats.long_date(each.newest),
    }
    return (
        "{activity}: dilaporkan {reported}, SP2D s.d. {until} {paid}; laporan {by} {side} SP2D. "
        "SP2D terbaru yang diimpor {newest}."
    ).format(**words)


def difference_with_visit(row: SheetRow, seen: SeenWork) -> str:
    """For the finding at the desk and for the agency's check page alike."""
    day, physical = formats.long_date(seen.visited_on), formats.percent(row.physical)
    return f"Dilaporkan fisik {physical}; kunjungan pendamping {day} mencatat kegiatannya belum mulai di lapangan."


# --- Indicators -------------------------------------------------------------------------------------------------------

OF_INDICATORS = {
    "indicator_worse": ("Nilai {about} memburuk", "Dari {before} menjadi {now} {unit}."),
    "indicator_jumps": ("Nilai {about} melonjak", "{now} {unit} triwulan ini, wajarnya paling banyak {bound}."),
    "over_target": ("Nilai {about} jauh di atas target", "{to_date} dari target {target} {unit} ({share})."),
    "output_without_work": (
        "Keluaran {about} tanpa kemajuan fisik",
        "{now} {unit} dilaporkan, fisik kegiatannya tetap {physical}.",
    ),
    "work_ahead": (
        "Fisik jauh di atas keluaran {about}",
        "Fisik {physical}, keluaran {to_date} dari {target} {unit} ({share}).",
    ),
    "finished_without_output": ("Selesai tanpa keluaran {about}", "Fisik 100%, keluaran {to_date} {unit}."),
}


def _say_indicator(code: str, row: IndicatorRow, rows: list[SheetRow]) -> FindingWords:
    share, work = share_of_target(row), IndicatorWork(rows)
    about = f"{row.indicator.name}, {row.place}" if row.place else row.indicator.name
    words = {
        "about": about,
        "unit": row.indicator.unit,
        "now": _figure(row.value.value),
        "before": _figure(row.last),
        "to_date": _figure(row.to_date),
        "target": _figure(row.target.target if row.target else None),
        "bound": _figure(row.indicator.largest_change),
        "share": "" if share is None else formats.percent(share, 0),
        "physical": "" if work.physical is None else formats.percent(work.physical),
    }
    title, detail = OF_INDICATORS[code]
    return FindingWords(title.format(**words), f"{about}: {detail.format(**words)}")


def _figure(value: Decimal | None) -> str:
    return "belum ada data" if value is None else formats.number(value, 3)
