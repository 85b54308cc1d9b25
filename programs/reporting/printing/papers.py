"""A report on paper, in one PDF: covering letter, table, indicators, factors, obstacles, photos and receipt.

Before it is sent it is a draft for the initials of those who check it, and says so on every page.
"""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from p2emas import naming
from p2emas.documents.kinds import JPEG
from p2emas.documents.models import Receipt
from p2emas.documents.papers import BLANK_NUMBER, Signer, sample_words
from p2emas.documents.pdf import compile_pdf, qr_svg
from p2emas.documents.receipts import receipt_link
from p2emas.naming import said
from p2emas.ui import formats
from programs.obstacles.models import Obstacle
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportAttachment
from programs.reporting.reports.sheets import SheetRow, SheetTotal
from programs.reporting.sending.content import ReportContent
from programs.reporting.sending.services import last_report_receipt

logger = logging.getLogger(__name__)
MOST_PHOTOS = 12  # on two sheets; further ones are counted
NONE = "–"
HEADER = (
    "No.",
    "Kegiatan dan tempat",
    "Pagu (Rp)",
    "Realisasi s.d. TW lalu (Rp)",
    "Triwulan ini (Rp)",
    "Realisasi s.d. TW ini (Rp)",
    "Serapan",
    "Fisik TW lalu",
    "Fisik",
    "Keterangan",
)
WIDTHS = (3, 20, 10, 10, 10, 10, 6, 6, 6, 16)


def report_pdf(report: ProgressReport) -> bytes:
    """The whole report; a draft while its agency has it. Photos that cannot be drawn cost no more than themselves."""
    content = ReportContent(report)
    photos = _photos(content.attachments)
    shown = _readable(photos[:MOST_PHOTOS])
    try:
        return _compiled(report, content, shown, len(photos) - len(shown))
    except RuntimeError:  # typst's own error is one
        if not shown:
            raise
        logger.exception("Photos of a report cannot be drawn", extra={"report": report.pk})
        return _compiled(report, content, [], len(photos))


def _compiled(
    report: ProgressReport,
    content: ReportContent,
    shown: Sequence[tuple[ReportAttachment, bytes]],
    left: int,
) -> bytes:
    is_draft = report.status in ProgressReport.WITH_AGENCY
    receipt = None if is_draft else last_report_receipt(report)
    files = {f"photo{number}.jpg": picture for number, (_photo, picture) in enumerate(shown)}
    data = {
        "government": naming.letterhead()["government"],
        "office": report.agency.name,
        "programme": naming.current().programme,
        "title": f"Laporan Kemajuan {report.period}",
        "number": report.number,
        "plan": f"Menurut {report.rests_on}",
        "draft": "KONSEP untuk paraf, belum dikirim" if is_draft else "",
        "sample": sample_words(report.is_sample),
        "letter": _letter(report),
        "facts": _facts(report, content),
        **_table(content),
        "indicators": [_indicator_cells(row) for row in content.indicators.rows],
        "factors": [[each["label"], each["value"]] for each in content.factors],
        "obstacles": [_obstacle_cells(number, each) for number, each in enumerate(content.obstacles, 1)],
        "no_obstacles": "Tidak ada kendala." if report.has_obstacles is False else "Belum diisi.",
        "photos": [
            {"name": f"photo{number}.jpg", "caption": _caption(photo, content)}
            for number, (photo, _picture) in enumerate(shown)
        ],
        "photos_left": f"{left} foto{' lain' if shown else ''} terbaca di halaman laporan." if left else "",
        "receipt": _receipt(receipt),
    }
    if receipt is not None:
        files["qr.svg"] = qr_svg(receipt_link(receipt))
    return compile_pdf("report.typ", data, files=files)


def _letter(report: ProgressReport) -> dict[str, Any]:
    names = naming.current()
    return {
        "number": report.letter_no or BLANK_NUMBER,
        "dated": formats.long_date(report.letter_date) if report.letter_date else "",
        "subject": f"Laporan kemajuan {report.period}",
        "to": [names.office_head, "di tempat"],
        "body": [
            f"Bersama ini disampaikan laporan kemajuan {names.programme} {report.period} dari {report.agency.name}, "
            f"menurut {report.rests_on}. Angka dalam laporan ini kumulatif sejak Januari {report.period.year}."
        ],
        "signer": asdict(
            Signer(
                title=report.signer_title,
                name=report.signer_name,
                rank=report.signer_rank,
                nip=report.signer_nip,
            )
        ),
    }


def _facts(report: ProgressReport, content: ReportContent) -> list[list[str]]:
    total = content.figures.sheet.total
    return [
        ["Pagu", formats.rupiah(total.amount)],
        ["Realisasi keuangan", _and_percent(formats.rupiah(total.spent), total)],
        ["Realisasi fisik", formats.percent(total.physical)],
        ["Jumlah kegiatan", str(len(content.figures.sheet.activities))],
        ["Jatuh tempo", formats.long_date(report.due_on)],
    ]


def _and_percent(amount: str, total: SheetTotal) -> str:
    return amount if total.absorption is None else f"{amount} ({formats.percent(total.absorption)})"


def _table(content: ReportContent) -> dict[str, Any]:
    sheet = content.figures.sheet
    totals = [_total_cells("Jumlah", sheet.total)]
    if sheet.village_total.rows:
        totals.append(_total_cells("Di luar serapan: ADD dan Dana Desa", sheet.village_total))
    notes = ["Fisik jumlah ditimbang dengan pagu."]
    if content.figures.lower:
        notes.append("Angka triwulan dalam kurung: realisasi kumulatif turun, dengan sebabnya di baris itu.")
    if any(row.is_carried for row in content.figures.rows):
        notes.append("Baris dengan pagu 0 tidak ada lagi dalam rencana; realisasinya terhitung sampai akhir tahun.")
    return {
        "header": HEADER,
        "widths": WIDTHS,
        "rows": [_row_cells(row) for row in content.figures.rows],
        "totals": totals,
        "notes": notes,
    }


def _row_cells(row: SheetRow) -> list[str]:
    remarks = [
        "tidak ada lagi dalam rencana" if row.is_carried else "",
        f"turun: {row.correction}" if row.correction else "",
        f"nihil: {row.line.nil_reason}" if row.line.nil_reason else "",
        _over_budget(row),
        row.plan_line.get_fund_display() if row.is_village_money else "",
    ]
    return [
        str(row.number),
        f"{row.plan_line.activity.name}\n{row.place}",
        formats.number(row.ceiling),
        formats.number(row.spent_before) if row.has_before else NONE,
        formats.bracketed(row.spent_in_quarter),
        formats.number(row.spent),
        NONE if row.absorption is None else formats.percent(row.absorption),
        formats.percent(row.physical_before) if row.has_before else NONE,
        formats.percent(row.physical),
        "; ".join(filter(None, remarks)),
    ]


def _over_budget(row: SheetRow) -> str:
    if row.over_budget is None:
        return ""
    above = f"{formats.rupiah(row.over_budget)} di atas pagu"
    return f"{above}: {row.over_budget_reason}" if row.over_budget_reason else above


def _total_cells(label: str, total: SheetTotal) -> list[str]:
    return [
        "",
        label,
        formats.number(total.amount),
        NONE if total.spent_before is None else formats.number(total.spent_before),
        "",
        formats.number(total.spent),
        NONE if total.absorption is None else formats.percent(total.absorption),
        NONE if total.physical_before is None else formats.percent(total.physical_before),
        formats.percent(total.physical),
        f"{total.missing} baris belum ada data" if total.missing else "",
    ]


def _indicator_cells(row: IndicatorRow) -> list[str]:
    target = row.target.target if row.target else None
    return [
        row.indicator.name,
        row.place or said("seluruh {territory}"),
        formats.number(target, 3),
        formats.number(row.value.value, 3),
        formats.number(row.to_date, 3),
        formats.percent(row.achievement),
    ]


def _obstacle_cells(number: int, obstacle: Obstacle) -> list[str]:
    responsible = str(obstacle.responsible) if obstacle.responsible else NONE
    return [str(number), obstacle.text, obstacle.follow_up or NONE, responsible, obstacle.get_status_display()]


def _photos(attachments: Sequence[ReportAttachment]) -> list[ReportAttachment]:
    photos = ReportAttachment.Kind.PHOTO
    return [each for each in attachments if each.kind == photos and each.content_type == JPEG]


def _readable(photos: Sequence[ReportAttachment]) -> list[tuple[ReportAttachment, bytes]]:
    """Each with its picture; a file that is gone from the disk is left out."""
    found = []
    for photo in photos:
        try:
            with photo.file.open() as stored:
                found.append((photo, stored.read()))
        except OSError:
            logger.exception("A photo is not on the disk", extra={"file": photo.pk})
    return found


def _caption(photo: ReportAttachment, content: ReportContent) -> str:
    row = next((row for row in content.figures.rows if row.line.pk == photo.line_id), None)
    about = f"{row.number}. {row.plan_line.activity.name}, {row.place}" if row else ""
    return ". ".join(filter(None, (about, photo.caption))) or "Seluruh laporan"


def _receipt(receipt: Receipt | None) -> dict[str, str] | None:
    if receipt is None:
        return None
    return {
        "number": receipt.number,
        "moment": formats.moment(receipt.issued_at),
        "code": receipt.shown_code,
        "link": receipt_link(receipt),
    }
