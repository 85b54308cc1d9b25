"""RFK: physical and financial realisation of all agencies in a month, the regency's recap of 12 columns.

Column 8 is the deviation in per cent of the cash plan, (7 - 6) / 7 x 100; the S-curve has the other one, in percentage
points. Column 9 weighs each line with its budget (DPA). Months between the quarters are not verified by anybody.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import Case, Max, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from p2emas import clock, naming
from p2emas.accounts.models import Agency, Official
from p2emas.documents.papers import Signer, sample_words
from p2emas.ui import formats
from programs.framework.models import Activity
from programs.monthly.figures import AgencyMonth, LineMonth, Origin, quarter_ended_by
from programs.monthly.models import MonthlyProgress
from programs.monthly.reading import MonthReader
from programs.monthly.totals import MonthTotal
from programs.planning.models import WorkPlan
from programs.recaps.columns import words
from programs.recaps.description import (
    ColumnKind,
    PaperColumn,
    PaperGroup,
    PaperRow,
    RecapPaper,
    RecapQuestion,
    RecapSheet,
    Value,
)
from programs.recaps.layouts import LayoutInUse
from programs.recaps.signing import evaluated
from programs.reporting.reports.models import ProgressReport

NOTES = (
    "Realisasi kumulatif sejak Januari. Deviasi RFK = (RAK - capaian) / RAK, dalam persen dari rencana kas; deviasi "
    "kurva S (poin) ada di halaman kurva S.",
    "Baris tanpa angka belum ada data, bukan nol: kolom 6 sampai 9 dihitung dari baris yang ada angkanya, disebut di "
    "Catatan. Kritis hanya bila pasti, berapa pun realisasi baris yang belum ada data (nol sampai DPA-nya).",
    "Catatan SKPD disebut dengan nama kegiatannya; pada bulan terakhir triwulan alasan nihil dari laporannya.",
    "Fisik tertimbang DPA; – = belum ada data.",
    "Uang desa (ADD, DD) di luar. Angka bulanan tidak diverifikasi; bulan terakhir triwulan diambil dari laporannya.",
)


def _column(key: str, number: str, label: str, kind: ColumnKind, width: int) -> PaperGroup:
    return PaperGroup(key, number, label, (PaperColumn(key, kind, width=width),))


GROUPS = (
    words("code", "1", "Kode", 10),
    words("agency", "2", "SKPD", 30),
    _column("rka", "3", "RKA (Rp)", ColumnKind.MONEY, 17),
    _column("dpa", "4", "DPA (Rp)", ColumnKind.MONEY, 17),
    _column("spent", "5", "Realisasi keuangan (Rp)", ColumnKind.MONEY, 17),
    _column("reached", "6", "Capaian (%)", ColumnKind.PERCENT, 9),
    _column("planned", "7", "RAK (%)", ColumnKind.PERCENT, 9),
    _column("deviation", "8", "Deviasi (% dari RAK)", ColumnKind.PERCENT, 10),
    replace(_column("physical", "9", "Realisasi fisik (%)", ColumnKind.PERCENT, 10), jump="Fisik"),
    _column("work", "10", "Nilai fisik (Rp)", ColumnKind.MONEY, 17),
    _column("updated", "11", "Pembaruan terakhir", ColumnKind.DAY, 12),
    replace(words("note", "12", "Catatan", 34), jump="Catatan"),
)
MOST_NOTES = 10  # of one agency, in a cell of the paper
FORMULAS = {"reached": "{spent} / {dpa} * 100", "deviation": "({planned} - {reached}) / {planned} * 100"}


def fill_rfk(question: RecapQuestion) -> list[RecapSheet]:
    """One sheet for all agencies that are asked."""
    layout = LayoutInUse.of(question.paper)
    year, month = question.year, question.number
    # of one agency only its months are read
    found = MonthReader(year, [month], question.agencies[0].pk if len(question.agencies) == 1 else None)
    months = {agency.pk: found.of(agency.pk, month) for agency in question.agencies}
    known = RowFacts.of(year, months)
    rows = [_row(agency, months[agency.pk], known) for agency in question.agencies]
    whole = MonthTotal.of(*months.values())
    rows.append(PaperRow(_total_cells(whole, [known.rka.get(each.plan or 0) for each in months.values()]), True))
    last_day = date(year, month, monthrange(year, month)[1])
    return [
        RecapSheet(
            name=f"{question.paper.code}-{year}-{month:02d}",
            tab=f"RFK {formats.MONTHS[month - 1]}",
            title=layout.title,
            office=naming.current().regency,
            period=f"{formats.MONTHS[month - 1]} {year}",
            groups=layout.groups(question.paper, year),
            rows=rows,
            marks=[*filter(None, (sample_words(known.is_sample), _unverified(months)))],
            signers=(_signer(),),
            notes=[*NOTES, *layout.notes(question.paper, last_day)],
            is_sample=known.is_sample,
        )
    ]


@dataclass(frozen=True)
class RowFacts:
    """What the rows say beside the figures: RKA by plan, the last change by agency, the activities that have notes."""

    rka: Mapping[int, int | None]
    updated: Mapping[int, date]
    is_sample: bool
    activities: Mapping[int, str]

    @classmethod
    def of(cls, year: int, months: Mapping[int, AgencyMonth]) -> "RowFacts":
        plans = WorkPlan.objects.filter(pk__in=[each.plan for each in months.values() if each.plan is not None])
        rows = list(plans.order_by().values_list("pk", "rka_amount", "is_sample"))
        number = next((each.month for each in months.values()), 1)
        updated = _last_reports(year, number) if quarter_ended_by(number) else _last_saved(year, number)
        noted = [row.activity for each in months.values() for row in _noted(each)]
        names = dict(Activity.objects.filter(pk__in=noted).order_by().values_list("pk", "name"))
        is_sample = any(sample for _pk, _rka, sample in rows)
        return cls({pk: rka for pk, rka, _sample in rows}, updated, is_sample, names)


def _last_saved(year: int, month: int) -> dict[int, date]:
    saved = MonthlyProgress.objects.of_year(year).of_month(month).order_by().values_list("line__plan__agency")
    return {agency: timezone.localdate(at) for agency, at in saved.annotate(Max("saved_at"))}


def _last_reports(year: int, month: int) -> dict[int, date]:
    """When the report that tells the month was decided, else sent; while it is corrected, when it was approved."""
    reports = ProgressReport.objects.of_quarter(year, month // 3).order_by()
    corrected = Q(kept__isnull=False) & ~Q(status__in=ProgressReport.APPROVED_STATES)
    told = Case(When(corrected, then="kept__approved_at"), default=Coalesce("decided_at", "submitted_at"))
    return {agency: timezone.localdate(at) for agency, at in reports.values_list("agency", told) if at}


def _row(agency: Agency, month: AgencyMonth, known: RowFacts) -> PaperRow:
    total = MonthTotal.of(month)
    updated = known.updated.get(agency.pk) if total.spent is not None or total.physical is not None else None
    cells: dict[str, Value] = {"code": agency.code, "agency": agency.name, "rka": known.rka.get(month.plan or 0)}
    note = "; ".join(filter(None, (note_of(month, total), written_notes(month, known.activities))))
    cells |= _figures(total) | {"updated": updated, "note": note}
    return PaperRow(cells, formulas=_formulas(total))


def _total_cells(total: MonthTotal, rka: list[int | None]) -> dict[str, Value]:
    """The sum of RKA only where every agency has one."""
    whole = sum(each for each in rka if each is not None) if rka and None not in rka else None
    return {"agency": "Jumlah", "rka": whole} | _figures(total) | {"note": _counted(total)}


def _figures(total: MonthTotal) -> dict[str, Value]:
    return {
        "dpa": total.amount,
        "spent": total.spent,
        "reached": _unrounded(total.money.reached),
        "planned": _unrounded(total.money.planned),
        "deviation": _unrounded(total.money.relative),
        "physical": _unrounded(total.physical),
        "work": total.value_of_work,
    }


def _unrounded(value: Fraction | None) -> float | None:
    """As a workbook keeps it."""
    return None if value is None else float(value)


def _formulas(total: MonthTotal) -> dict[str, str]:
    """Only where the columns that they read are of the same lines."""
    money = total.money
    known = {
        "reached": money.reached is not None and money.is_whole,
        "deviation": money.relative is not None and money.is_like,
    }
    return {key: FORMULAS[key] for key, usable in known.items() if usable}


def note_of(month: AgencyMonth, total: MonthTotal) -> str:
    """What a reader has to know of the figures of the row."""
    if month.plan is None:
        return "rencana belum ditetapkan"
    words = {
        Origin.CORRECTED: "sedang dikoreksi, angkanya yang disetujui",
        Origin.UNVERIFIED: "belum diverifikasi",
        Origin.AWAITED: "laporan belum diterima",
    }
    said = words.get(month.origin, "")
    counted = "" if month.origin is Origin.AWAITED else _counted(total)
    return "; ".join(filter(None, (_urgency(total), said, counted)))


def _noted(month: AgencyMonth) -> list[LineMonth]:
    """The lines of its own budget beside which the agency wrote something, those with most money first."""
    return sorted((row for row in month.rows if row.counts and row.note), key=lambda row: (-row.amount, row.line))


def written_notes(month: AgencyMonth, activities: Mapping[int, str]) -> str:
    """What the agency wrote of its activities: in the months between the reports here, else why there is nothing."""
    noted = _noted(month)
    told = [f"{activities.get(row.activity, '')}: {row.note}" for row in noted[:MOST_NOTES]]
    if more := len(noted) - len(told):
        told.append(f"{more} catatan lain di halaman bulanan")
    return "; ".join(told)


def _urgency(total: MonthTotal) -> str:
    """Nothing is critical of which that is not certain."""
    money = total.money
    if money.is_critical:
        return "kritis"
    return "kritis atau tidak: belum pasti" if money.is_critical is None and money.both else ""


def _counted(total: MonthTotal) -> str:
    missing = f"{total.missing} baris belum ada data" if total.missing else ""
    unplanned = f"{total.unplanned} baris tanpa RAK" if total.unplanned else ""
    return "; ".join(filter(None, (missing, _basis(total), unplanned)))


def _basis(total: MonthTotal) -> str:
    """ "capaian dan deviasi dari 8 baris (DPA Rp 20.000.000)": of what the shares are when some lines say nothing."""
    money = total.money
    if money.is_like and money.is_whole:
        return ""
    told, both = len(money.told), len(money.both)
    amount = f"(DPA {formats.rupiah(sum(line.amount for line in money.told))})"
    if told and told == both:
        return f"capaian dan deviasi dari {told} baris {amount}"
    reached = f"capaian dari {told} baris {amount}" if told and not money.is_whole else ""
    return ", ".join(filter(None, (reached, f"deviasi dari {both} baris" if both else "")))


def _unverified(months: Mapping[int, AgencyMonth]) -> str:
    origins = {each.origin for each in months.values()}
    if Origin.TYPED in origins:
        return "Angka bulanan, tidak diverifikasi"
    return "Sebagian angka belum diverifikasi" if Origin.UNVERIFIED in origins else ""


def _signer() -> Signer:
    """The head of the lead office, on the day of printing."""
    lead = naming.current().lead_agency_id
    heads = Official.objects.in_force(clock.today()).filter(agency=lead).heads()
    return evaluated(None, heads.get(lead or 0), clock.today())


RFK = RecapPaper(
    code="rfk",
    label="RFK bulanan",
    title="Laporan Realisasi Fisik dan Keuangan",
    version="2019-1",
    rule="kebiasaan daerah",
    groups=GROUPS,
    make=fill_rfk,
    of_agency=False,
    monthly=True,
    merged=("agency",),
    small=("code",),
)
