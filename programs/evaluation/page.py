"""Both ledgers as the pages draw them: a line a figure, with its drawing, its sign and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.conf import settings

from p2emas.ui import charts, formats
from programs.evaluation.money import MoneyLedger
from programs.evaluation.welfare import MeasureRow, WelfareLedger

ROOM = Fraction(13, 10)  # an axis is longer than its largest figure, so that no point lies on its end
Sign = tuple[str, str]  # class and words


@dataclass(frozen=True)
class LedgerRule:
    """The settings behind the signs, for the sentence that explains them."""

    behind: int
    rise: int
    least: int

    @classmethod
    def current(cls) -> "LedgerRule":
        return cls(settings.LEDGER_BEHIND_POINTS, settings.WELFARE_RISE_PERCENT, settings.SMALLEST_SHOWN_GROUP)


@dataclass(frozen=True)
class MoneyLine:
    name: str
    detail: str
    value: str
    chart: charts.Chart
    sign: Sign


@dataclass(frozen=True)
class WelfareLine:
    row: MeasureRow
    chart: charts.Chart
    sign: Sign

    @property
    def before(self) -> str:
        return _figure(self.row.baseline)

    @property
    def now(self) -> str:
        return _figure(self.row.value)

    @property
    def detail(self) -> str:
        """Unit, and over how many villages."""
        row = self.row
        if row.asked == 1:
            return row.unit
        kind = "rata-rata" if row.is_mean else "jumlah"
        return f"{row.unit}, {kind} {row.villages} dari {row.asked} desa"


@dataclass(frozen=True)
class LedgerPair:
    """What ``_ledgers.html`` draws."""

    money: MoneyLedger
    welfare: WelfareLedger
    year: int
    many: bool = False  # of several villages

    @property
    def money_title(self) -> str:
        green = self.money.is_green
        if green is None:
            return "belum dapat dinilai"
        return "sesuai rencana" if green else "tertinggal dari rencana"

    @property
    def welfare_title(self) -> str:
        flat = self.welfare.is_flat
        if flat is None:
            return "belum dapat dinilai"
        return "datar atau turun" if flat else "membaik"

    @cached_property
    def money_lines(self) -> list[MoneyLine]:
        money, goal = self.money, Fraction(settings.FOCUS_TARGET_PERCENT)
        spent = f"{formats.rupiah_compact(money.spent)} dari {formats.rupiah_compact(money.reported)}"
        known = f"{money.known} dari {money.works} kegiatan berangka" if money.known else "belum ada yang disetujui"
        begun = Fraction(money.begun * 100, money.agencies) if money.agencies else None
        return [
            MoneyLine(
                "Pekerjaan fisik", known, _percent(money.physical), charts.bar(money.physical, money.physical_target),
                _against(money.physical_points, money.physical),
            ),
            MoneyLine(
                "Keuangan", spent if money.known else "", _percent(money.absorption),
                charts.bar(money.absorption, money.money_target), _against(money.money_points, money.absorption),
            ),
            MoneyLine(
                "Sesuai kompetensi", "kegiatan", _of(money.fitting, money.works),
                charts.bar(money.fitting_share, goal), _reaches(money.fitting_share, goal),
            ),
            MoneyLine(
                "Serempak", "SKPD yang mulai, dihitung per desa" if self.many else "SKPD yang mulai",
                _of(money.begun, money.agencies), charts.bar(begun, tone="f1"), _complete(begun),
            ),
        ]  # fmt: skip

    @cached_property
    def welfare_lines(self) -> list[WelfareLine]:
        return [WelfareLine(row, _points(row), sign_of(row)) for row in self.welfare.rows]

    @property
    def target_words(self) -> str:
        """ "target TW II: fisik 48%, keuangan 45%", or ""."""
        money = self.money
        if money.physical_target is None:
            return ""
        work, paid = (formats.percent(each, 0) for each in (money.physical_target, money.money_target))
        return f"Garis tegak: target sampai triwulan laporan (terbaru {self.until}), fisik {work}, keuangan {paid}."

    @property
    def baseline_words(self) -> str:
        """The year of the baselines, where all have the same one."""
        years = {row.baseline_year for row in self.welfare.rows if row.baseline_year}
        return str(years.pop()) if len(years) == 1 else "nilai awal"

    @property
    def until(self) -> str:
        """The newest quarter that is approved, "TW II 2019"."""
        return formats.quarter_short(self.year, self.money.quarter) if self.money.quarter else ""

    @property
    def sentence(self) -> str:
        """Work, money and the measures that say most, for the box on top."""
        money = self.money
        if money.physical is None:
            first = "Belum ada angka pekerjaan yang disetujui"
        else:
            first = f"Pekerjaan {_percent(money.physical)} dan keuangan {_percent(money.absorption)}"
        told = [f"{row.name[:1].lower()}{row.name[1:]} {words}" for row, words in self._told()]
        if not told:
            return f"{first}; ukuran kesejahteraan belum ada data."
        between = ", tetapi" if self.money.is_green and self.welfare.is_flat else ";"
        return f"{first}{between} {' dan '.join(told)}."

    def _told(self) -> list[tuple[MeasureRow, str]]:
        known = [row for row in self.welfare.judged if row.change is not None]
        return [(row, _said(row)) for row in known[:2]]


def _said(row: MeasureRow) -> str:
    """ "turun 3% sejak 2017"."""
    since = f" sejak {row.baseline_year}" if row.baseline_year else " sejak nilai awal"
    words = sign_of(row)[1]
    return f"{words[:1].lower()}{words[1:]}{since}"


def sign_of(row: MeasureRow) -> Sign:
    """How the measure changed; what few persons would tell is not shown."""
    if row.difference is None:
        return "none", _unknown(row)
    if row.difference == 0:
        return "none", "Tetap"
    if row.gain is None:
        return "none", "Mulai dari nol"
    persons, change = abs(row.difference), abs(row.gain)
    size = formats.number(persons) if row.counts_people else formats.percent(change, 0)
    colour = "good" if row.has_risen else "watch" if row.gain > 0 else "late"
    return colour, f"{'Naik' if row.difference > 0 else 'Turun'} {size}"


def _unknown(row: MeasureRow) -> str:
    if row.hidden == row.asked:
        return f"Kurang dari {settings.SMALLEST_SHOWN_GROUP} orang"
    if row.asked == 1 and row.value is not None:
        return "Nilai awal belum ada"
    return "Belum ada data"


def _points(row: MeasureRow) -> charts.Chart:
    known = [value for value in (row.baseline, row.value) if value is not None]
    return charts.before_after(row.baseline, row.value, maximum=Fraction(max(known, default=0)) * ROOM or 1)


def _percent(value: Fraction | None) -> str:
    return "–" if value is None else formats.percent(value, 0)


def _figure(value: Fraction | None) -> str:
    return "–" if value is None else formats.number(value, 1)


def _of(part: int, whole: int) -> str:
    return f"{part} dari {whole}" if whole else "–"


def _against(points: Fraction | None, value: Fraction | None) -> Sign:
    if points is None:
        return "none", "Belum ada data" if value is None else "Belum ada target"
    if points > 0:
        return "good", "Di atas"
    return ("good", "Sesuai") if points >= -settings.LEDGER_BEHIND_POINTS else ("watch", "Tertinggal")


def _reaches(share: Fraction | None, goal: Fraction) -> Sign:
    if share is None:
        return "none", "Belum ada data"
    return ("good", "Sesuai") if share >= goal else ("watch", "Di bawah")


def _complete(share: Fraction | None) -> Sign:
    if share is None:
        return "none", "Belum ada data"
    return ("good", "Lengkap") if share == 100 else ("watch", "Belum semua")


def ledger_rows(pair: LedgerPair) -> Sequence[Sequence[object]]:
    """Both ledgers as rows of one table: ledger, measure, unit, before or target, now, change in percent, sample."""
    money = pair.money
    sample = bool(money.invented)
    rows: list[list[object]] = [
        ["Uang dan pekerjaan", "Pekerjaan fisik", "persen", money.physical_target, money.physical, None, sample],
        ["Uang dan pekerjaan", "Keuangan", "persen", money.money_target, money.absorption, None, sample],
        ["Uang dan pekerjaan", "Realisasi", "Rp", None, money.spent if money.known else None, None, sample],
        ["Uang dan pekerjaan", "Pagu kegiatan yang dilaporkan", "Rp", None, money.reported or None, None, sample],
        ["Uang dan pekerjaan", "Kegiatan sesuai kompetensi", "kegiatan", money.works, money.fitting, None, sample],
        ["Uang dan pekerjaan", "SKPD yang mulai", "SKPD", money.agencies, money.begun, None, sample],
    ]
    for row in pair.welfare.rows:
        rows.append(["Kesejahteraan", row.name, row.unit, row.baseline, row.value, row.change, row.is_sample])
    return rows
