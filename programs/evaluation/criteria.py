"""The six criteria of readiness, computed from stored inputs alone: the same inputs give the same answers."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from p2emas.methods.readiness import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Readiness,
    often_enough,
    reaches,
    readiness,
    running,
)
from p2emas.ui import formats
from programs.evaluation.other_rooms import NOT_THERE
from programs.evaluation.reading import Inputs

REQUIRED = ("output", "records")
TITLES = {
    "output": "Hasil mencapai target dua triwulan berturut-turut",
    "aid": "Bantuan masih hidup atau dipakai sesudah 12 bulan",
    "members": "Anggota aktif tidak di bawah nilai awal",
    "sales": "Terjual ke luar desa",
    "contribution": "Desa atau kelompok ikut membayar",
    "records": "Kunjungan dan laporan lengkap",
}
WORDS = {MET: "Terpenuhi", NOT_MET: "Belum", UNKNOWN: "Belum diketahui", NOT_APPLICABLE: "Tidak berlaku"}
CLOSE = 1e-9


@dataclass(frozen=True)
class CriterionAnswer:
    """One criterion: its answer with the figure and the source that say why; ``values`` are the figures themselves."""

    code: str
    answer: str
    figure: str
    source: str
    values: tuple[float | None, ...] = ()

    @classmethod
    def stored(cls, row: dict[str, Any]) -> "CriterionAnswer":
        return cls(**{**row, "values": tuple(row["values"])})

    @property
    def kept(self) -> dict[str, Any]:
        return asdict(self) | {"values": list(self.values)}

    @property
    def title(self) -> str:
        return TITLES[self.code]

    @property
    def word(self) -> str:
        return WORDS[self.answer]

    def agrees(self, other: "CriterionAnswer") -> bool:
        """Whether both say the same, figures to 1e-9."""
        return (
            self.answer == other.answer
            and len(self.values) == len(other.values)
            and all(_same(one, two) for one, two in zip(self.values, other.values, strict=True))
        )


def _same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= CLOSE * max(1.0, abs(one), abs(two))


def criterion_answers(inputs: Inputs) -> list[CriterionAnswer]:
    return [answer(inputs) for answer in ANSWERS.values()]


def shown_answer(each: CriterionAnswer, waived: Collection[str]) -> str:
    """What does not apply is not met, but apart; a criterion that is met stays met."""
    return NOT_APPLICABLE if each.code in waived and each.answer != MET else each.answer


def readiness_of(answers: Iterable[CriterionAnswer], needed: int, waived: Collection[str] = ()) -> Readiness:
    given = {each.code: shown_answer(each, waived) for each in answers}
    return readiness(given, needed=needed, required=REQUIRED)


def _output(inputs: Inputs) -> CriterionAnswer:
    """Each output reaches its target in the last quarters that say something."""
    limits, quarters = inputs["thresholds"], inputs["output"]
    lowest = [(name, _lowest(rows)) for name, rows in quarters]
    while lowest and lowest[-1][1] is None:  # a quarter that nobody has verified yet
        lowest.pop()
    last = lowest[-limits["quarters"] :]
    reached = [None if value is None else value >= limits["output"] for _name, value in lowest]
    if not last:
        return CriterionAnswer("output", UNKNOWN, NOT_THERE, "Belum ada keluaran yang disetujui")
    figure = " dan ".join(NOT_THERE if value is None else formats.percent(value, 0) for _name, value in last)
    source = f"Keluaran yang paling rendah, laporan {' dan '.join(name for name, _value in last)}"
    return CriterionAnswer(
        "output", running(reached, limits["quarters"]), figure, source, tuple(value for _name, value in last)
    )


def _lowest(rows: list[list[Any]]) -> float | None:
    """Of the outputs of a quarter; None where one of them is not known."""
    values = [value for _name, value in rows]
    return None if not values or None in values else min(values)


def _aid(inputs: Inputs) -> CriterionAnswer:
    limit, band = inputs["thresholds"]["aid"], inputs["aid"]
    if band is None:
        return CriterionAnswer("aid", UNKNOWN, NOT_THERE, "Belum ada paket yang sampai pemeriksaan 12 bulan")
    low, high = band
    answer = reaches(low, limit) if low >= limit or high < limit else UNKNOWN
    figure = formats.percent(low, 0) if low == high else f"{formats.number(low, 0)}–{formats.percent(high, 0)}"
    return CriterionAnswer("aid", answer, figure, f"Pemeriksaan bantuan, sekurangnya {limit}%", (low, high))


def _members(inputs: Inputs) -> CriterionAnswer:
    rows = inputs["members"]
    if not rows:
        return CriterionAnswer("members", UNKNOWN, NOT_THERE, "Belum ada ukuran yang menghitung anggota")
    answers = [reaches(value, baseline) for _name, baseline, value in rows]
    answer = next((each for each in (NOT_MET, UNKNOWN) if each in answers), MET)
    figure = "; ".join(_people(value, baseline) for _name, baseline, value in rows)
    values = tuple(number for _name, baseline, value in rows for number in (value, baseline))
    return CriterionAnswer("members", answer, figure, ", ".join(name for name, *_rest in rows), values)


def _people(value: float | None, baseline: float | None) -> str:
    """ "34 dari 29"; the figures of few persons are not shown."""
    if value is None or baseline is None:
        return NOT_THERE
    least = settings.SMALLEST_SHOWN_GROUP
    if 0 < value < least or 0 < baseline < least:
        return f"kurang dari {least} orang"
    return f"{formats.number(value)} dari {formats.number(baseline)}"


def _sales(inputs: Inputs) -> CriterionAnswer:
    limit, months = inputs["thresholds"]["sales"], inputs["sales"]
    if months is None:
        return CriterionAnswer("sales", UNKNOWN, NOT_THERE, "Buku penjualan belum dicatat")
    sold = sum(month is True for month in months)
    source = f"Buku penjualan, sekurangnya {limit} dari 12 bulan"
    return CriterionAnswer("sales", often_enough(months, limit), f"{sold} dari {len(months)}", source, (sold,))


def _contribution(inputs: Inputs) -> CriterionAnswer:
    lines, spent = inputs["contribution"]["lines"], inputs["contribution"]["spent"]
    if lines is None:
        return CriterionAnswer("contribution", UNKNOWN, NOT_THERE, "Belum ada rencana yang berlaku")
    if not lines:
        source = "Rencana yang berlaku: tidak ada kegiatan dari dana desa, ADD, atau swadaya"
        return CriterionAnswer("contribution", NOT_MET, formats.rupiah(0), source, (0,))
    source = f"{lines} kegiatan dari dana desa, ADD, atau swadaya, realisasi yang disetujui"
    if spent is None:
        return CriterionAnswer("contribution", UNKNOWN, NOT_THERE, source)
    return CriterionAnswer(
        "contribution", MET if spent else NOT_MET, formats.rupiah_compact(spent), source, (float(spent),)
    )


def _records(inputs: Inputs) -> CriterionAnswer:
    """Reports and visits; what is missing of one cannot be made good by the other."""
    reports, visits = inputs["reports"], inputs["visits"]
    received = sum(bool(there) for *_of, there in reports)
    figure = f"{received} dari {len(reports)} laporan" if reports else NOT_THERE
    if visits is None:
        answer = NOT_MET if received < len(reports) else UNKNOWN
        source = f"Laporan SKPD; kunjungan {NOT_THERE}"
        return CriterionAnswer("records", answer, figure, source, (received, len(reports)))
    made, due = visits
    complete = bool(reports) and received == len(reports) and made >= due
    source = f"Laporan SKPD; {made} dari {due} kunjungan"
    return CriterionAnswer("records", MET if complete else NOT_MET, figure, source, (received, len(reports), made, due))


ANSWERS: dict[str, Callable[[Inputs], CriterionAnswer]] = {
    "output": _output,
    "aid": _aid,
    "members": _members,
    "sales": _sales,
    "contribution": _contribution,
    "records": _records,
}
