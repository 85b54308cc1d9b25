"""The analysis against figures worked by hand, its gaps, and what it refuses."""

from decimal import Decimal

import pytest

from districts.competencies.analysis.computing import Figure, FiguresRefused, Goods, analyse
from districts.competencies.analysis.explain import sums_of

DISTRICTS = {1: "Sepauk", 2: "Tempunak", 3: "Kayan Hulu"}
LADA, KARET, KOPI = 10, 11, 12
GOODS = {
    LADA: Goods("lada", "perkebunan"),
    KARET: Goods("karet", "perkebunan"),
    KOPI: Goods("kopi", "perkebunan"),
}
# hectares of 2014 and 2016: Sepauk 20 of 100 lada in 2014; 60 of 150 in 2016
HAND = {
    2014: {1: (20, 80), 2: (30, 170), 3: (50, 150)},
    2016: {1: (60, 90), 2: (30, 180), 3: (60, 180)},
}


def figures(table=None, unit="ha"):
    return [
        Figure(district, commodity, year, unit, None if value is None else Decimal(str(value)))
        for year, places in (table or HAND).items()
        for district, values in places.items()
        for commodity, value in zip((LADA, KARET, KOPI), values, strict=False)
    ]


def analysed(rows, *, district=1, first=2014, last=2016, goods=GOODS, districts=DISTRICTS):
    return analyse(rows, district=district, first=first, last=last, districts=districts, commodities=goods)


def test_quotients_of_a_kecamatan_by_hand():
    lada = analysed(figures()).line(LADA)

    # 2014: (20/100) / (100/500) = 1; 2016: (60/150) / (150/600) = 1.6
    assert [(year.year, year.lq) for year in lada.valid_years] == [(2014, 1.0), (2016, 1.6)]
    assert (lada.lq, lada.lq_min, lada.lq_max) == (1.3, 1.0, 1.6)
    assert lada.share == pytest.approx((0.2 + 0.4) / 2)
    assert lada.regency_share == pytest.approx((0.2 + 0.4) / 2)
    assert lada.dlq == pytest.approx(1.6)  # 1.6 / 1


def test_shift_share_by_hand_adds_up_and_closes():
    change = analysed(figures()).line(LADA).change

    # G = 600/500 - 1 = 0.2; G_lada = 150/100 - 1 = 0.5
    assert (change.national, change.mix, change.competitive) == pytest.approx((4, 6, 30))
    assert change.national + change.mix + change.competitive == pytest.approx(40)
    assert change.competitive_share == pytest.approx(0.3)
    assert change.residual == 0


def test_classes_and_order_by_hand():
    found = analysed(figures())
    lada, karet = found.line(LADA), found.line(KARET)

    assert (lada.slq_dlq, lada.klassen, lada.combined, lada.rank) == (
        "unggulan", "maju_tumbuh_pesat", "unggul_berdaya_saing", 1,
    )  # fmt: skip
    # karet: LQ 2014 (80/100)/(400/500) = 1, 2016 (90/150)/(450/600) = 0.8; C = 90 - 80 x 450/400 = 0
    assert karet.lq == pytest.approx(0.9)
    assert (karet.slq_dlq, karet.klassen, karet.combined, karet.rank) == (
        "tertinggal", "potensial_berkembang", "bukan_prioritas", 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("years", "complete", "grade"), [((2014, 2015, 2016), True, "A"), ((2014, 2015, 2016), False, "B"),
                                     ((2014, 2016), True, "B"), ((2016,), True, "C")],
)  # fmt: skip
def test_grade_counts_years_and_coverage(years, complete, grade):
    table = {year: dict(HAND[2014 if year == 2015 else year]) for year in years}
    if not complete:
        table[years[0]][3] = (None, 150)

    assert analysed(figures(table)).line(LADA).grade == grade


def test_missing_cell_is_no_zero_and_makes_the_total_a_lower_bound():
    table = {2014: HAND[2014], 2016: {**HAND[2016], 1: (None, 90)}}
    found = analysed(figures(table))

    lada, karet = found.line(LADA), found.line(KARET)
    assert (lada.years[2].own, lada.years[2].lq, lada.years[2].reason) == (None, None, "no_data")
    assert lada.reasons == {"change": "one_year"}
    assert karet.lower_bound
    assert found.gaps == {2016: ("lada",)}


def test_new_activity_has_no_growth_but_a_competitive_part():
    table = {2014: {**HAND[2014], 1: (0, 80)}, 2016: HAND[2016]}
    lada = analysed(figures(table)).line(LADA)

    assert (lada.dlq, lada.klassen, lada.slq_dlq) == (None, None, None)
    assert lada.change.competitive == pytest.approx(60)
    assert lada.reasons == {"dlq": "new", "growth": "new"}


def test_commodity_that_vanished_has_a_quotient_of_zero():
    table = {2014: HAND[2014], 2016: {**HAND[2016], 1: (0, 90)}}
    lada = analysed(figures(table)).line(LADA)

    assert lada.dlq == 0
    assert lada.years[2].lq == 0


def test_commodity_that_vanished_everywhere_is_not_said_to_have_started_at_zero():
    table = {2014: HAND[2014], 2016: {1: (0, 90), 2: (0, 180), 3: (0, 180)}}
    lada = analysed(figures(table)).line(LADA)

    assert (lada.change.own[0], lada.dlq, lada.reasons["dlq"]) == (20, None, "regency_end_zero")


def test_missing_end_year_takes_the_nearest_and_says_so():
    table = {year: {d: (*HAND[2014][d], 10) for d in DISTRICTS} for year in (2014, 2015, 2016)}
    table[2016][1] = (20, 80, None)
    kopi = analysed(figures(table)).line(KOPI)

    assert (kopi.change.first, kopi.change.last, kopi.spans_whole) == (2014, 2015, False)


def test_small_base_is_named_after_the_others_whatever_its_quotient():
    table = {year: {1: (4, 96), 2: (1, 99), 3: (1, 99)} for year in (2014, 2016)}
    found = analysed(figures(table))

    assert found.line(LADA).lq > 1
    assert found.line(LADA).is_small
    assert [line.name for line in found.lines] == ["karet", "lada"]


def test_ties_share_their_rank():
    table = {year: {1: (50, 25, 25), 2: (60, 30, 30)} for year in (2014, 2016)}

    assert [line.rank for line in analysed(figures(table)).lines] == [1, 1, 1]


def test_group_beside_its_parts_is_counted_and_named():
    goods = GOODS | {9: Goods("tanaman tahunan", "perkebunan"), LADA: Goods("lada", "perkebunan", 9)}
    rows = [*figures(), Figure(1, 9, 2014, "ha", Decimal(100)), Figure(2, 9, 2014, "ha", Decimal(300))]
    found = analysed(rows, goods=goods)

    assert found.beside_parts == {"tanaman tahunan": ("lada",)}
    assert found.line(9).years[0].own_total == 200


def test_year_with_one_kecamatan_only_does_not_count():
    table = HAND | {2015: {1: (20, 80)}}
    found = analysed(figures(table))

    assert found.unusable_years == {2015: "alone"}
    assert found.line(LADA).years[1].reason == "alone"
    assert found.line(LADA).lq == 1.3


REFUSALS = {
    "negative": ([*figures(), Figure(1, KOPI, 2015, "ha", Decimal("-3.5"))], "kopi, Sepauk, 2015: −3,5 ha."),
    "not a number": ([*figures(), Figure(1, KOPI, 2015, "ha", Decimal("NaN"))], "kopi, Sepauk, 2015: isinya bukan"),
    "infinite": ([*figures(), Figure(1, KOPI, 2015, "ha", Decimal("Infinity"))], "kopi, Sepauk, 2015: isinya bukan"),
    "twice": ([*figures(), figures()[0]], "lada, Sepauk, 2014 tercatat dua kali"),
    "two units": (
        [*figures(), Figure(2, KOPI, 2015, "Rp", Decimal(3))],
        "lada, Sepauk, 2014 memakai ha, sedangkan kopi, Tempunak, 2015 memakai Rp.",
    ),
    "one kecamatan": (figures({2014: {1: (20, 80)}}), "Hanya kecamatan Sepauk yang punya angka"),
    "one commodity": (figures({2014: {1: (20,), 2: (30,)}}), "Hanya lada yang punya angka"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_dishonest_or_meaningless_analysis_is_refused_with_the_cell(name):
    rows, sentence = REFUSALS[name]

    with pytest.raises(FiguresRefused, match=sentence.replace("(", r"\(")):
        analysed(rows)


def test_tons_of_different_sectors_are_not_added():
    goods = GOODS | {KARET: Goods("padi", "pertanian")}

    with pytest.raises(
        FiguresRefused, match=r"Ton lada \(perkebunan\) dan ton padi \(pertanian\) tidak dapat dijumlahkan"
    ):
        analysed(figures(unit="ton"), goods=goods)
    assert analysed(figures(unit="ton")).line(LADA).lq == 1.3


def test_no_figures_at_all_is_an_empty_analysis():
    found = analysed([])

    assert (found.lines, found.unit) == ((), "")


def test_working_shows_every_figure_that_a_clerk_types():
    sums = {each.title: each for each in sums_of(analysed(figures()).line(LADA))}

    assert sums["LQ 2016"].working == "(60 ÷ 150) ÷ (150 ÷ 600) = 0,4 ÷ 0,25"
    assert sums["LQ 2016"].result == "1,6"
    assert (sums["LQ rata-rata"].working, sums["LQ rata-rata"].result) == ("(1 + 1,6) ÷ 2", "1,3")
    assert sums["C: daya saing kecamatan sendiri"].working == "60 − 20 × 150 ÷ 100"
    assert sums["C: daya saing kecamatan sendiri"].result == "+30"
    assert sums["Periksa: N + M + C = akhir − awal"].result == "60 − 20 = +40"
    assert sums["LQ 2015"].result == "belum ada angka pada tahun ini"
