"""Every figure of one commodity as a sum that can be followed with a pocket calculator."""

from dataclasses import dataclass
from decimal import Decimal

from districts.competencies.analysis.computing import CommodityChange, CommodityLine, CommodityYear
from districts.competencies.analysis.words import REASONS
from p2emas.naming import said
from p2emas.ui import formats


@dataclass(frozen=True)
class Sum:
    """One line of working: what is calculated, the sum with its numbers put in, the result (or why there is none)."""

    title: str
    working: str
    result: str


def sums_of(line: CommodityLine) -> list[Sum]:
    """The working behind ``line`` in the order in which a clerk goes through it."""
    found = [_quotient(year) for year in line.years]
    if line.lq is not None:
        found.append(_mean("LQ rata-rata", [year.lq for year in line.valid_years], line.lq))
        found.append(_mean_share("Bagian dari kecamatan", line, "share", line.share))
        found.append(_mean_share(said("Bagian dari {territory}"), line, "regency_share", line.regency_share))
    if line.change is None:
        found.append(Sum("Perubahan antartahun", "–", str(REASONS[line.reasons["change"]])))
    else:
        found += _changes(line.change, line)
    return found


def _quotient(year: CommodityYear) -> Sum:
    title = f"LQ {year.year}"
    if year.lq is None:
        return Sum(title, "–", str(REASONS[year.reason]))
    working = "({} ÷ {}) ÷ ({} ÷ {}) = {} ÷ {}".format(
        *(_n(value) for value in (year.own, year.own_total, year.whole, year.whole_total)),
        _d(year.share),
        _d(year.whole_share),
    )
    return Sum(title, working, _d(year.lq))


def _mean(title: str, values: list[float | None], mean: float | None) -> Sum:
    return Sum(title, f"({' + '.join(_d(value) for value in values)}) ÷ {len(values)}", _d(mean))


def _mean_share(title: str, line: CommodityLine, name: str, mean: float | None) -> Sum:
    below = "own_total" if name == "share" else "whole"
    parts = [f"{_n(year.own)} ÷ {_n(getattr(year, below))}" for year in line.valid_years]
    if len(parts) == 1:
        return Sum(title, parts[0], formats.share(mean, 2))
    return Sum(title, f"({' + '.join(parts)}) ÷ {len(parts)}", formats.share(mean, 2))


def _changes(change: CommodityChange, line: CommodityLine) -> list[Sum]:
    (own_0, own_t), (all_0, all_t) = change.own, change.own_total
    (whole_0, whole_t), (sum_0, sum_t) = change.whole, change.whole_total
    span = {"first": change.first, "last": change.last}
    found = [
        _growth("Pertumbuhan di kecamatan (g)", own_0, own_t, change.growth, line.reasons.get("growth")),
        _growth(said("Pertumbuhan di {territory} (G komoditas)"), whole_0, whole_t, change.whole_growth),
        _growth(said("Pertumbuhan semua komoditas di {territory} (G)"), sum_0, sum_t, float(sum_t / sum_0 - 1)),
        Sum(
            "DLQ {first}–{last}, sama dengan LQ akhir ÷ LQ awal atas daftar yang sama".format(**span),
            f"[({_n(own_t)} ÷ {_n(all_t)}) ÷ ({_n(whole_t)} ÷ {_n(sum_t)})] ÷ "
            f"[({_n(own_0)} ÷ {_n(all_0)}) ÷ ({_n(whole_0)} ÷ {_n(sum_0)})]",
            _d(change.dlq) if change.dlq is not None else str(REASONS[line.reasons["dlq"]]),
        ),
        Sum(
            said("N: ikut pertumbuhan {territory}"),
            f"{_n(own_0)} × ({_n(sum_t)} ÷ {_n(sum_0)} − 1)",
            formats.signed(change.national, 3),
        ),
    ]
    if change.competitive is None:
        return [*found, Sum("M dan C", "–", str(REASONS[line.reasons["competitive"]]))]
    ratio = f"{_n(whole_t)} ÷ {_n(whole_0)}"
    return [
        *found,
        Sum(
            said("M: ikut komoditasnya di {territory}"),
            f"{_n(own_0)} × ({ratio} − {_n(sum_t)} ÷ {_n(sum_0)})",
            formats.signed(change.mix, 3),
        ),
        Sum(
            "C: daya saing kecamatan sendiri",
            f"{_n(own_t)} − {_n(own_0)} × {ratio}",
            formats.signed(change.competitive, 3),
        ),
        Sum(
            "Periksa: N + M + C = akhir − awal",
            f"{formats.signed(change.national, 3)} {formats.signed(change.mix, 3)} "
            f"{formats.signed(change.competitive, 3)}",
            f"{_n(own_t)} − {_n(own_0)} = {formats.signed(own_t - own_0, 3)}",
        ),
        *_closure(change),
    ]


def _closure(change: CommodityChange) -> list[Sum]:
    if change.residual is None:
        return []
    closed = abs(change.residual) < Decimal("1e-6")
    why = "menutup" if closed else "tidak menutup: ada kecamatan tanpa angka pada salah satu tahun"
    return [Sum("Jumlah C semua kecamatan", formats.signed(change.residual, 3), str(why))]


def _growth(title: str, first: Decimal, last: Decimal, growth: float | None, reason: str | None = None) -> Sum:
    if growth is None:
        return Sum(title, f"{_n(last)} ÷ {_n(first)} − 1", str(REASONS[reason or "regency_start_zero"]))
    return Sum(title, f"{_n(last)} ÷ {_n(first)} − 1", formats.share(growth, 2))


def _n(value: Decimal | None) -> str:
    return formats.number(value, 3)


def _d(value: float | None) -> str:
    return formats.number(value, 6)
