"""What is a kecamatan good at? Location quotients, shift-share and the classes that are read from them.

Amounts are of ONE unit per analysis (rupiah at constant prices, ha, ton of one commodity, workers), ints, floats or
Decimals, never negative. A sector is a commodity; the region is the kecamatan, the reference the regency.

Honest gaps give None: a figure that is missing (None), a total of 0 to divide by. ValueError is for what no honest
source holds: negative, NaN or infinite amounts, lists of different length, no sector at all.

The arithmetic is exact until one last rounding (ints and Decimals as they are, floats as the decimal number that they
print): rounding a denominator on the way has turned basis into non-basis in published reports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2emas.methods.inputs import Number, checked_float, exact, to_float

GROWTHS = ("geometric", "arithmetic")

# A quotient this near to 1 is 1: neither basis nor non-basis.
EPSILON = 1e-9

Amounts = Sequence[Number | None]
Row = tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class ShiftShare:
    """The change of a region in three parts, one entry per sector in input order, in the unit of the amounts.

    ``national``: what the growth of the whole reference would have brought; ``mix``: what the sector's own growth in
    the reference adds; ``competitive``: what the region did better than that. Entries are None where a figure is
    missing; ``mix`` and ``competitive`` also where the reference starts at 0. Totals are over the sectors that have
    all three parts. ``national[i] + mix[i] + competitive[i]`` is the change of sector i.
    """

    national: list[float | None]
    mix: list[float | None]
    competitive: list[float | None]
    total_national: float
    total_mix: float
    total_competitive: float


def location_quotient(x_ij: Number | None, x_j: Number | None, x_i: Number | None, x: Number | None) -> float | None:
    """Static location quotient: (x_ij / x_j) / (x_i / x), without unit.

    ``x_ij`` the sector in the region, ``x_j`` all sectors in the region, ``x_i`` the sector in the reference, ``x``
    all of the reference. Range 0 upwards; above 1 the sector weighs more in the region than in the reference (basis).
    Only the ratio counts: whether both shares cover the same list of sectors and the same year is for the caller.

    None when a figure is missing, or ``x_j``, ``x_i`` or ``x`` is 0; 0 when only ``x_ij`` is 0.
    ValueError: an amount that is negative, NaN, infinite or not a number.
    Source: Florence (1939); checked against Farhauer & Kroell (2013) in CRAN package REAT, ``locq``.
    """
    names = ("The sector in the region", "The region's total", "The sector in the reference", "The reference's total")
    amounts = [_amount(value, name) for value, name in zip((x_ij, x_j, x_i, x), names, strict=True)]
    part, region, sector, whole = amounts
    if part is None or not region or not sector or not whole:
        return None
    return to_float(part * whole / (region * sector), "Region and reference")


def dynamic_location_quotient(
    region_t0: Amounts,
    region_t1: Amounts,
    reference_t0: Amounts,
    reference_t1: Amounts,
    years: Number,
    *,
    growth: str = "geometric",
    power: bool = True,
) -> list[float | None]:
    """Dynamic location quotient of each sector: [((1+g_ij)/(1+g_j)) / ((1+G_i)/(1+G))]^T, without unit.

    The four sequences hold one amount per sector, in the same order: region and reference in the first and the last
    year. ``years`` is T, the years between them (at least 1). g is the mean yearly growth of the sector and of all
    sectors in the region, G the same in the reference: (x_t/x_0)^(1/T) - 1 with "geometric", (x_t/x_0 - 1)/T with
    "arithmetic", which many Indonesian papers take; ``power=False`` leaves the ^T out. Range 0 upwards; above 1 the
    region's share of the sector grows. Geometric with ^T it equals SLQ_t / SLQ_0, and is calculated so.

    None where a figure of the sector is missing (the sector is then left out of all four totals, so that these cover
    one list), where it starts at 0 in the region (a new activity) or is 0 in the reference, and everywhere
    when a total is 0. 0 where the region's sector ended at 0, with either growth.
    ValueError: dishonest amounts, sequences of different length, no sector, years below 1, an unknown growth.
    Source: Kuncoro (2012), "Perencanaan Daerah", as quoted in Indonesian theses.
    """
    if growth not in GROWTHS:
        raise ValueError(f"Unknown growth {growth!r}: use geometric or arithmetic.")
    span = exact(years, "Years")
    if span < 1:
        raise ValueError(f"Years must be at least 1, not {years}: growth needs a first and a last year.")
    rows = _rows(region_t0, region_t1, reference_t0, reference_t1)
    totals = _totals(rows)
    return [None if row is None else _dynamic(row, totals, span, growth, power=power) for row in rows]


def shift_share(region_t0: Amounts, region_t1: Amounts, reference_t0: Amounts, reference_t1: Amounts) -> ShiftShare:
    """Classic shift-share of the change from the first to the last year, in the unit of the amounts.

    The four sequences hold one amount per sector, in the same order. With G the growth of the reference's total, G_i
    of its sector over the whole period: N = x_0 G, M = x_0 (G_i - G), C = x_t - x_0 (1 + G_i). C needs no division
    by x_0, so a new activity has N = M = 0 and C = x_t. When the regions add up to the reference, C over all regions
    is 0 for each sector, and M over everything is 0 (or minus what sectors new to the reference have brought).

    A sector with a missing figure has None in all parts and is left out of the totals behind G. A sector that starts
    at 0 in the reference has no G_i: mix and competitive are None there.
    ValueError: dishonest amounts, sequences of different length, no sector, a reference whose total starts at 0.
    Source: Dunn (1960); checked against the example of G. Krumme, University of Washington.
    """
    rows = _rows(region_t0, region_t1, reference_t0, reference_t1)
    _, _, whole_0, whole_1 = _totals(rows)
    if not whole_0:
        raise ValueError("The reference's total starts at 0: there is no growth to compare with.")
    overall = whole_1 / whole_0 - 1
    parts = [(None, None, None) if row is None else _shift(row, overall) for row in rows]
    complete = [part for part in parts if part[1] is not None]
    national, mix, competitive = ([_rounded(part[n]) for part in parts] for n in range(3))
    totals = [sum((part[n] or Fraction() for part in complete), Fraction()) for n in range(3)]
    return ShiftShare(national, mix, competitive, *(to_float(total, "Amounts") for total in totals))


def slq_dlq_class(slq: Number | None, dlq: Number | None) -> str | None:
    """Class of a sector by static and dynamic quotient.

    "unggulan" (both above 1), "andalan" (only DLQ), "prospektif" (only SLQ), "tertinggal" (neither); "seimbang" when
    either is 1 to 1e-9. None when either is undefined. ValueError for a negative or not finite quotient.
    Source: Kuncoro (2012); "seimbang" is a rule of this programme.
    """
    static, dynamic = _quotient(slq, "SLQ"), _quotient(dlq, "DLQ")
    if static is None or dynamic is None:
        return None
    if abs(static - 1) <= EPSILON or abs(dynamic - 1) <= EPSILON:
        return "seimbang"
    if static > 1:
        return "unggulan" if dynamic > 1 else "prospektif"
    return "andalan" if dynamic > 1 else "tertinggal"


def klassen(
    share: Number | None, reference_share: Number | None, growth: Number | None, reference_growth: Number | None
) -> str | None:
    """Klassen typology of a sector: its share and growth in the region against those in the reference.

    Shares and growths are fractions (0.05 is 5 %), shares 0 upwards, growths of the same period and kind, from -1.
    "maju_tumbuh_pesat" (share and growth at least the reference's), "maju_tertekan" (only the share),
    "potensial_berkembang" (only the growth), "relatif_tertinggal" (neither). Equal to 1e-9 counts as at least.
    None when a figure is undefined. ValueError for a negative share, a growth below -1, NaN, infinite.
    Source: Klassen (1965) in the sectoral form of Indonesian regional planning. Share >= reference share is the same
    as SLQ >= 1: not evidence independent of it.
    """
    shares = _quotient(share, "Share"), _quotient(reference_share, "Reference share")
    growths = _growth(growth, "Growth"), _growth(reference_growth, "Reference growth")
    if shares[0] is None or shares[1] is None or growths[0] is None or growths[1] is None:
        return None
    advanced = shares[0] >= shares[1] * (1 - EPSILON)
    fast = growths[0] >= growths[1] - EPSILON
    if advanced:
        return "maju_tumbuh_pesat" if fast else "maju_tertekan"
    return "potensial_berkembang" if fast else "relatif_tertinggal"


def combined_class(lq: Number | None, competitive: Number | None) -> str | None:
    """Class of a sector by location quotient and competitive part of shift-share (in its unit).

    "unggul_berdaya_saing" (LQ above 1, C above 0), "basis_melemah" (only LQ), "berkembang" (only C),
    "bukan_prioritas" (neither). An LQ of 1 to 1e-9 is not above 1. None when either is undefined.
    ValueError for a negative LQ, NaN, infinite. Source: a rule of this programme.
    """
    quotient = _quotient(lq, "LQ")
    shift = None if competitive is None else checked_float(competitive, "The competitive part")
    if quotient is None or shift is None:
        return None
    if quotient > 1 + EPSILON:
        return "unggul_berdaya_saing" if shift > 0 else "basis_melemah"
    return "berkembang" if shift > 0 else "bukan_prioritas"


def _dynamic(row: Row, totals: Row, span: Fraction, growth: str, *, power: bool) -> float | None:
    if not row[0] or not row[2] or not row[3] or not all(totals):
        return None
    if not row[1]:
        return 0.0
    ratios = [row[1] / row[0], totals[1] / totals[0], row[3] / row[2], totals[3] / totals[2]]
    if growth == "arithmetic":
        ratios = [1 + (ratio - 1) / span for ratio in ratios]
    quotient = to_float(ratios[0] / ratios[1] / (ratios[2] / ratios[3]), "First and last year")
    exponent = (1.0 if power else 1 / float(span)) if growth == "geometric" else (float(span) if power else 1.0)
    try:
        return quotient**exponent
    except OverflowError as error:
        raise ValueError("First and last year are too far apart to compare.") from error


def _shift(row: Row, overall: Fraction) -> tuple[Fraction, Fraction | None, Fraction | None]:
    first, last, reference_first, reference_last = row
    national = first * overall
    if not reference_first:
        return national, None, None
    growth = reference_last / reference_first - 1
    return national, first * (growth - overall), last - first * (1 + growth)


def _rows(region_t0: Amounts, region_t1: Amounts, reference_t0: Amounts, reference_t1: Amounts) -> list[Row | None]:
    """Per sector its four amounts, or None when one of them is missing."""
    names = ("Region, first year", "Region, last year", "Reference, first year", "Reference, last year")
    sequences = [list(values) for values in (region_t0, region_t1, reference_t0, reference_t1)]
    for name, values in zip(names, sequences, strict=True):
        if len(values) != len(sequences[0]):
            raise ValueError(f"{name} has {len(values)} sectors, not {len(sequences[0])}: list the same sectors.")
    if not sequences[0]:
        raise ValueError("There is no sector: list at least one.")
    amounts = [
        [_amount(value, f"{name}, sector {place},") for place, value in enumerate(values, start=1)]
        for name, values in zip(names, sequences, strict=True)
    ]
    return [_complete(row) for row in zip(*amounts, strict=True)]


def _complete(row: tuple[Fraction | None, ...]) -> Row | None:
    first, last, reference_first, reference_last = row
    if first is None or last is None or reference_first is None or reference_last is None:
        return None
    return first, last, reference_first, reference_last


def _totals(rows: Iterable[Row | None]) -> Row:
    known = [row for row in rows if row is not None]
    first, last, reference_first, reference_last = (sum((row[n] for row in known), Fraction()) for n in range(4))
    return first, last, reference_first, reference_last


def _amount(value: Number | None, name: str) -> Fraction | None:
    if value is None:
        return None
    amount = exact(value, name)
    if amount < 0:
        raise ValueError(f"{name} is negative ({value}): amounts start at 0.")
    return amount


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else to_float(value, "Amounts")


def _quotient(value: Number | None, name: str) -> float | None:
    if value is None:
        return None
    quotient = checked_float(value, name)
    if quotient < 0:
        raise ValueError(f"{name} is negative ({value}): it starts at 0.")
    return quotient


def _growth(value: Number | None, name: str) -> float | None:
    if value is None:
        return None
    growth = checked_float(value, name)
    if growth < -1:
        raise ValueError(f"{name} is below -1 ({value}): nothing can shrink by more than all of it.")
    return growth
