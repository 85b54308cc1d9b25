"""Every published case of reference_cases.json, by the function that it is about."""

import pytest

from p2emas.methods.achievement import CATEGORY_BOUNDS, LOWEST_CATEGORY, performance_category
from p2emas.methods.agreement import fleiss_kappa, icc
from p2emas.methods.concentration import (
    effective_number,
    gini,
    hhi,
    normalised_gini,
    normalised_hhi,
    theil_decomposition,
    theil_t,
)
from p2emas.methods.quotients import dynamic_location_quotient, location_quotient, shift_share
from p2emas.methods.ranking import critical_weight_changes, leave_one_out, saw, topsis
from p2emas.methods.weights import ahp, critic_weights, entropy_weights

from .references import CASES


def lq(inputs, expected, close):
    assert location_quotient(**inputs) == close(expected["lq"])


def lq_table(inputs, expected, close):
    areas = inputs["kecamatan_area_ha"]
    pairs = zip(areas, inputs["kabupaten_share"], strict=True)
    quotients = [location_quotient(area, sum(areas), share, 1) for area, share in pairs]

    assert quotients == close(expected["lq"])
    assert [quotient > 1 for quotient in quotients] == expected["basis"]
    assert [sorted(quotients, reverse=True).index(quotient) + 1 for quotient in quotients] == expected["rank_lq"]


def krumme(inputs):
    return inputs["region_t0"], inputs["region_t1"], inputs["nation_t0"], inputs["nation_t1"]


def shifts(inputs, expected, close):
    region_t0, region_t1, nation_t0, nation_t1 = krumme(inputs)
    shift = shift_share(region_t0, region_t1, nation_t0, nation_t1)

    assert shift.national == close(expected["national"])
    assert shift.mix == close(expected["industry_mix"])
    assert shift.competitive == close(expected["competitive"])
    for name in ("total_national", "total_mix", "total_competitive"):
        assert getattr(shift, name) == close(expected[name])
    assert shift.total_mix + shift.total_competitive == close(expected["total_shift"])
    assert shift.total_national + shift.total_mix + shift.total_competitive == close(expected["total_change"])
    assert shift.total_national / sum(region_t0) == close(expected["national_growth_rate"])
    quotients = [
        location_quotient(x, sum(region_t0), y, sum(nation_t0)) for x, y in zip(region_t0, nation_t0, strict=True)
    ]
    assert quotients == close(expected["lq_t0"])


def dlq(inputs, expected, close):
    arguments = *krumme(inputs), inputs["years"]

    assert dynamic_location_quotient(*arguments) == close(expected["dlq"])
    assert dynamic_location_quotient(*arguments, power=False) == close(expected["dlq_without_power"])


def ahp_of_pairs(inputs, expected, close):
    items = inputs["items"]
    matrix = [[1.0] * len(items) for _ in items]
    for one, other, times in inputs["pairs"]:
        i, j = items.index(one), items.index(other)
        matrix[i][j], matrix[j][i] = times, 1 / times
    result = ahp(matrix)

    assert dict(zip(items, result.weights, strict=True)) == close(expected["weights"])
    assert result.lambda_max == close(expected["lambda_max"])
    assert result.consistency_index == close(expected["ci"])
    assert result.consistency_ratio == close(expected["cr"])
    assert result.accepted is expected["accept"]


def ahp_of_matrix(inputs, expected, close):
    result = ahp(inputs["matrix"])

    assert result.weights == close(expected["weights"])
    assert result.consistency_ratio == close(expected["cr"])
    assert result.accepted is expected["accept"]


def saw_by_max(inputs, expected, close):
    ranking = saw(inputs["matrix"], inputs["raw_weights"], inputs["types"], normalisation="max")

    assert ranking.scores == close(expected["score_normalised_weights"])
    assert [sum(inputs["raw_weights"]) * score for score in ranking.scores] == close(expected["score_raw_weights"])
    assert ranking.ranks == expected["rank"]


def saw_with_a_tie(inputs, expected, close):
    ranking = saw(inputs["matrix"], inputs["weights"], inputs["types"], normalisation="none")

    assert ranking.scores == close(expected["score"])
    assert ranking.ranks == expected["rank_competition"]


def topsis_by_norm(inputs, expected, close):
    ranking = topsis(inputs["matrix"], inputs["weights"], inputs["types"])

    assert ranking.scores == close(expected["closeness"])
    assert ranking.ranks == expected["rank"]


def topsis_by_range(inputs, expected, close):
    by_range = topsis(inputs["matrix"], inputs["weights"], inputs["types"], normalisation="minmax")
    by_norm = topsis(inputs["matrix"], inputs["weights"], inputs["types"], normalisation="vector")

    assert by_range.scores == close(expected["closeness"])
    assert by_range.ranks == expected["rank"]
    assert by_norm.scores == close(expected["closeness_if_vector"])
    assert by_norm.ranks == expected["rank_if_vector"]


def entropy(inputs, expected, close):
    assert entropy_weights(inputs["matrix"]) == close(expected["weights"])


def critic(inputs, expected, close):
    assert critic_weights(inputs["matrix"], inputs["types"]) == close(expected["weights"])
    first_is_cost = [-1, *inputs["types"][1:]]
    assert critic_weights(inputs["matrix"], first_is_cost) == close(expected["weights_if_first_is_cost"])


def reversal(inputs, expected, close):
    before, added = list(inputs["columns"].values()), list(inputs["added"].values())
    equal = [1] * inputs["criteria_equal_weights"]
    after = saw([*before, *added], equal, equal, normalisation="sum")

    assert saw(before, equal, equal, normalisation="sum").scores == close(list(expected["before"].values()))
    assert after.scores == close(list(expected["after"].values()))
    # without D the order of A and B turns; with goalposts fixed in advance it stays
    assert after.ranks[0] < after.ranks[1]
    without_d = leave_one_out([*before, *added], equal, equal, normalisation="sum")[3]
    assert without_d[1] < without_d[0]
    posts = [(0, 10)] * len(equal)
    assert (
        leave_one_out([*before, *added], equal, equal, goalposts=posts)[3]
        == saw(before, equal, equal, goalposts=posts).ranks
    )


def critical(inputs, expected, close):
    changes = critical_weight_changes(inputs["matrix"], inputs["weights"], 0, 1)

    assert changes[:3] == close(expected["delta_w_without_renormalising"][:3])
    assert changes[3] is expected["delta_w_without_renormalising"][3] is None


def herfindahl(inputs, expected, close):
    assert hhi(inputs["values"]) == pytest.approx(expected["hhi"], abs=1e-12)
    assert normalised_hhi(inputs["values"]) == pytest.approx(expected["hhi_normalised"], abs=1e-12)
    assert effective_number(inputs["values"]) == close(expected["effective_number"])


def gini_coefficient(inputs, expected, close):
    assert gini(inputs["values"]) == close(expected["gini"])
    assert normalised_gini(inputs["values"]) == close(expected["gini_normalised"])


def theil(inputs, expected, close):
    between, within = theil_decomposition(inputs["values"], inputs["groups"])

    assert theil_t(inputs["values"]) == close(expected["theil_T"])
    assert between == close(expected["between"])
    assert within == close(expected["within"])


def intraclass(inputs, expected, close):
    result = icc(inputs["ratings_rows_subjects_cols_raters"])

    assert {name: getattr(result, name) for name in expected} == close(expected)
    assert result.n == 6


def fleiss(inputs, expected, close):
    assert fleiss_kappa(inputs["counts"]) == close(expected["kappa"])


def categories(inputs, expected, close):
    codes = [code for code, _ in CATEGORY_BOUNDS] + [LOWEST_CATEGORY]

    assert [codes.index(performance_category(value)) + 1 for value in inputs["values"]] == expected["category"]


RUNNERS = {
    "lq-fk2013": lq,
    "lq-kualamandor-kalbar": lq_table,
    "ssa-krumme-uw": shifts,
    "dlq-krumme": dlq,
    "ahp-saaty-drinks": ahp_of_pairs,
    "ahp-inconsistent-reject": ahp_of_matrix,
    "saw-kusumadewi": saw_by_max,
    "wsm-tie": saw_with_a_tie,
    "topsis-tzeng2011": topsis_by_norm,
    "topsis-opricovic-minmax": topsis_by_range,
    "entropy-xu2004": entropy,
    "critic-tus2019": critic,
    "hhi-doersam": herfindahl,
    "gini-doersam": gini_coefficient,
    "theil-decomposition": theil,
    "icc-shrout-fleiss": intraclass,
    "fleiss-kappa-wikipedia": fleiss,
    "kinerja-interval": categories,
    "rank-reversal-belton-gear": reversal,
    "sensitivity-critical-weight": critical,
}


@pytest.mark.parametrize("key", sorted(CASES))
def test_case_as_published(key):
    case = CASES[key]

    RUNNERS[key](case["inputs"], case["expected"], lambda value: pytest.approx(value, abs=case["tolerance"], rel=0))


def test_every_runner_has_its_case():
    assert set(RUNNERS) == set(CASES)
