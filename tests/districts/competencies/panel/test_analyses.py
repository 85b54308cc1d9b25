"""Several analyses of one determination: the case of docs/methods.md stored, each option by its own analysis."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from districts.competencies.integrity import analyses_elsewhere
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.models import CompetencyOption, DeterminationCriterion, InapplicableCriterion
from districts.competencies.panel.snapshot import take_inputs
from districts.competencies.result.page import result_of
from districts.competencies.result.replaying import replay_result
from districts.evidence.figures import ProductionFigure
from p2emas.workflow.models import StepNotAllowed
from tests.districts.competencies.conftest import COUNTED, NAMES
from tests.factories import (
    AnalysedCommodityFactory,
    CommodityFactory,
    CompetencyOptionFactory,
    DeterminationAnalysisFactory,
    ProductionFigureFactory,
)
from tests.p2emas.methods.test_several_analyses import DLQ, LQ, SHARE

pytestmark = pytest.mark.django_db
QUESTIONS = (("Pemusatan", "LQ", 50, 0, 4), ("Bagian", "REGENCY_SHARE", 30, 0, 100), ("Menguat", "DLQ", 20, 0, 2))


@pytest.fixture
def draft(counted):
    """Three analyses; lada, sapi and tenun, each by its own; only figures are asked."""
    record = services.open_determination(
        fields={"district": counted.district, "year": 2017, "measure": "TON", "first_year": 2014, "last_year": 2016}
    )
    record.options.all().delete()
    record.criteria.all().delete()
    for (measure, sector), goods in COUNTED.items():
        row = DeterminationAnalysisFactory(determination=record, name=NAMES[measure], measure=measure, sector=sector)
        name = next(iter(goods))
        CompetencyOptionFactory(determination=record, commodity=counted.goods[name], analysis=row)
    for name, figure, weight, low, high in QUESTIONS:
        DeterminationCriterion.objects.create(
            determination=record, name=name, kind="EVIDENCE", figure=figure, weight=weight, low=low, high=high
        )
    tenun = CompetencyOption.objects.get(commodity__name="tenun")
    InapplicableCriterion.objects.create(
        option=tenun, criterion=record.criteria.get(figure="DLQ"), reason="Baru dihitung satu kali."
    )
    return record


def discussed(record, actor):
    services.open_scoring(record, seen="DRAFT", actor=actor)
    services.close_scoring(record, seen="SCORED", actor=actor)
    return CompetencyDetermination.objects.get(pk=record.pk)


def test_case_of_the_methods_is_computed_from_stored_rows(draft, user_as):
    """Every value differs from every other, so an option read in another's analysis would show."""
    record = discussed(draft, user_as("coordinator"))

    names = {str(option["id"]): option["name"] for option in record.inputs["options"]}
    values = {names[key]: row for key, row in record.inputs["values"].items()}
    assert set(values) == {"lada", "sapi", "tenun"}
    for name, row in values.items():
        assert (row["LQ"], row["REGENCY_SHARE"]) == (pytest.approx(LQ[name]), pytest.approx(SHARE[name]))
        assert row["DLQ"] == (pytest.approx(DLQ[name]) if name in DLQ else None)
    found = {row["name"]: row for row in record.results["rows"]}
    assert {name: row["score"] for name, row in found.items()} == {
        "lada": pytest.approx(0.403625), "sapi": pytest.approx(11 / 30), "tenun": pytest.approx(0.75)
    }  # fmt: skip
    assert {name: row["rank"] for name, row in found.items()} == {"lada": 2, "sapi": 3, "tenun": 1}
    assert found["tenun"]["worst_case"] == {"score": pytest.approx(0.6), "rank": 1}
    assert replay_result(record).is_same and not replay_result(record).changed
    assert {row.name: row.counted_in for row in result_of(record).rows} == {
        "lada": "Kebun, ton", "sapi": "Ternak, ekor", "tenun": "Kerajinan, orang"
    }  # fmt: skip


def test_result_leads_to_the_figures_of_each_analysis(client_as, draft, user_as):
    record = discussed(draft, user_as("coordinator"))
    client = client_as("coordinator")

    page = client.get(f"/keputusan/kompetensi/{record.pk}/hasil/").text

    assert "Hitungan angkanya" not in page  # the determination's own measure is none of them
    shown = {}
    for note in result_of(record).analyses:
        assert note.address.replace("&", "&amp;") in page
        shown[note.text.partition(":")[0]] = client.get(note.address).text
    assert all(word in shown[name] for name, word in (("Kebun", "Lada"), ("Ternak", "Sapi"), ("Kerajinan", "Tenun")))
    assert "Sapi" not in shown["Kebun"]


def test_changed_figure_is_told_in_its_own_unit(draft, user_as):
    record = discussed(draft, user_as("coordinator"))
    ProductionFigure.objects.filter(commodity__name="sapi", year=2016, value=300).update(value=310)

    replay = replay_result(record)

    assert [(row.what, row.old, row.new) for row in replay.changed] == [
        ("Sapi, Kelam Permai, 2016 (ekor)", "300", "310")
    ]
    assert replay.is_same and not replay.winner_moves


def test_commodity_of_two_analyses_is_counted_where_its_option_says(draft, counted):
    """The same cattle by heads and by rupiah: 1.333 or 0.8 in 2016."""
    sapi, kambing = counted.goods["sapi"], counted.goods["kambing"]
    rest = ProductionFigure.objects.exclude(district=counted.district).first().district
    for district, commodity, value in (
        (counted.district, sapi, 30), (rest, sapi, 70), (counted.district, kambing, 20), (rest, kambing, 30)
    ):  # fmt: skip
        ProductionFigureFactory(district=district, commodity=commodity, year=2016, measure="RUPIAH", value=value)
    worth = DeterminationAnalysisFactory(determination=draft, name="Nilai", measure="RUPIAH", sector="peternakan")
    option = draft.options.get(commodity=sapi)

    by_head = take_inputs(draft)["values"][str(option.pk)]["REGENCY_SHARE"]
    option.analysis = worth
    option.save()
    by_worth = take_inputs(draft)["values"][str(option.pk)]["REGENCY_SHARE"]

    assert (by_head, by_worth) == (pytest.approx(SHARE["sapi"]), pytest.approx(30))


def test_list_leaves_other_commodities_of_the_sector_out(draft, counted):
    """With chickens by the thousand the share of cattle would be nothing; the list leaves them out."""
    ayam = CommodityFactory(name="ayam", sector="peternakan")
    for place in {figure.district for figure in ProductionFigure.objects.select_related("district")}:
        ProductionFigureFactory(district=place, commodity=ayam, year=2016, measure="EKOR", value=90_000)
    cattle = draft.analyses.get(name="Ternak")
    option = str(draft.options.get(commodity=counted.goods["sapi"]).pk)
    assert take_inputs(draft)["values"][option]["LQ"] != pytest.approx(LQ["sapi"])

    for name in ("sapi", "kambing"):
        AnalysedCommodityFactory(analysis=cattle, commodity=counted.goods[name])

    assert take_inputs(draft)["values"][option]["LQ"] == pytest.approx(LQ["sapi"])


def test_refused_analysis_is_named(draft, user_as):
    ProductionFigure.objects.filter(commodity__name="anyaman").delete()

    with pytest.raises(StepNotAllowed, match="Hitungan Kerajinan: Hanya tenun yang punya angka"):
        services.open_scoring(draft, seen="DRAFT", actor=user_as("coordinator"))


def test_option_without_a_figure_in_its_analysis_is_refused(draft, user_as):
    draft.options.filter(commodity__name="sapi").update(analysis=draft.analyses.get(name="Kebun"))

    with pytest.raises(StepNotAllowed, match="Sapi tidak punya angka di hitungan Kebun"):
        services.open_scoring(draft, seen="DRAFT", actor=user_as("coordinator"))


def test_craft_beside_analyses_has_no_figure_of_any(draft):
    craft = CompetencyOptionFactory(determination=draft, commodity=CommodityFactory(name="keripik"), note="Dijual.")

    assert set(take_inputs(draft)["values"][str(craft.pk)].values()) == {None}


def test_determination_without_analyses_freezes_what_it_always_did(draft):
    for option in draft.options.all():
        option.analysis = None
        option.save()
    draft.analyses.all().delete()

    inputs = take_inputs(draft)

    assert (inputs["version"], inputs["measure"], inputs["unit"]) == (1, "TON", "ton")
    assert "analyses" not in inputs and {len(option) for option in inputs["options"]} == {4}
    assert {row[3] for row in inputs["figures"]} >= {str(Decimal("60.000"))}


@pytest.mark.parametrize("wrong", [{"name": ""}, {"measure": ""}])
def test_analysis_has_a_name_and_a_measure(draft, wrong):
    with pytest.raises(IntegrityError, match="districts_determinationanalysis_named"), transaction.atomic():
        DeterminationAnalysisFactory(determination=draft, **wrong)


def test_names_of_analyses_and_their_commodities_are_there_once(draft, counted):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeterminationAnalysisFactory(determination=draft, name="Ternak")
    row = AnalysedCommodityFactory(analysis=draft.analyses.first())
    with pytest.raises(IntegrityError), transaction.atomic():
        AnalysedCommodityFactory(analysis=row.analysis, commodity=row.commodity)


def test_option_that_names_another_determinations_analysis_is_found(draft):
    assert list(analyses_elsewhere()) == []
    other = DeterminationAnalysisFactory(name="Milik lain")
    draft.options.filter(commodity__name="sapi").update(analysis=other)

    assert list(analyses_elsewhere()) == ["sapi (Kelam Permai, 2017): hitungan Milik lain milik penetapan lain."]
