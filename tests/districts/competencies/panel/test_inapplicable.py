"""Criteria that do not apply to an option: written down with a reason, weighed without, and told where the rank rests."""

import csv
import io

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.computing import compute
from districts.competencies.panel.models import InapplicableCriterion
from districts.competencies.result.page import result_of
from districts.competencies.result.replaying import replay_result
from p2emas.workflow.models import StepNotAllowed
from tests.districts.competencies.conftest import fill
from tests.factories import AssessorSeatFactory, CompetencyOptionFactory
from tests.markup import words

pytestmark = pytest.mark.django_db
REASON = "Tenun tidak diukur dalam hektare."


def url(record, name="criteria-inapplicable"):
    return reverse(f"competencies:{name}", args=[record.pk])


@pytest.fixture
def craft(draft, evidence, user_as):
    """Lada, karet and weaving, three assessors, nothing opened yet."""
    option = CompetencyOptionFactory(determination=draft, commodity=evidence.tenun, note="Turun-temurun.")
    for _each in range(3):
        AssessorSeatFactory(determination=draft, user=user_as("panelist"))
    return option


def figures_of(record):
    return list(record.criteria.filter(kind="EVIDENCE").order_by("pk"))


def typed(record, option, reason=REASON):
    boxes = {f"alasan-{option.pk}-{criterion.pk}": reason for criterion in figures_of(record)}
    return {"version": CompetencyDetermination.objects.get(pk=record.pk).version} | boxes


def inputs(values, inapplicable):
    """Weights 50, 30 and 20 on goalposts from 0 to 1."""
    names = ("LQ", "DLQ", "DISTRICT_SHARE")
    criteria = [
        {"id": number, "name": name, "kind": "EVIDENCE", "figure": name, "weight": weight, "low": "0", "high": "1"}
        for number, (name, weight) in enumerate(zip(names, ("50", "30", "20"), strict=True), start=1)
    ]
    options = [{"id": number, "commodity": number, "name": f"P{number}", "note": ""} for number in range(len(values))]
    figures = {str(number): dict(zip(names, row, strict=True)) for number, row in enumerate(values)}
    more = {"inapplicable": inapplicable} if inapplicable else {}
    return {"options": options, "criteria": criteria, "values": figures, **more}


def test_weight_is_spread_and_the_worst_case_told_by_hand():
    """The first has no third criterion: 62.5 and 37.5 of its weight on the others, or nothing for 20 of 100."""
    found = compute(inputs([(0.8, 0.6, None), (0.7, 0.9, 0.5), (0.1, 0.2, 0.3)], {"0": {"3": "tidak ada"}}))

    one, two, three = found["rows"]
    assert (one["score"], one["rank"], one["missing"]) == (pytest.approx(0.725), 1, [])
    assert (two["score"], two["rank"], three["rank"]) == (pytest.approx(0.72), 2, 3)
    assert one["worst_case"] == {"score": pytest.approx(0.58), "rank": 2}
    assert one["shares"] == [pytest.approx(0.625), pytest.approx(0.375), None]
    assert [row["sensitive"] for row in found["rows"]] == [True, True, False]
    assert one["inapplicable"] == [[2, "tidak ada"]] and found["winners"] == [0]
    moved = {(change["criterion"], change["change"]): change["winners"] for change in found["changes"]}
    assert len(moved) == 18 and moved[0, -0.5] == [1]  # 25, 45 and 30: 0.671 against 0.73


def test_a_gap_beside_it_still_keeps_the_option_from_a_rank():
    one, two = compute(inputs([(0.8, None, None), (0.7, 0.9, 0.5)], {"0": {"3": "tidak ada"}}))["rows"]

    assert (one["missing"], one["rank"], two["rank"]) == ([1], None, 1)
    assert (one["low"], one["high"]) == (pytest.approx(0.4), pytest.approx(0.9))


def test_finished_determinations_keep_the_keys_that_they_stored():
    [row, _other] = compute(inputs([(0.8, 0.6, 0.1), (0.7, 0.9, 0.5)], {}))["rows"]

    assert not {"inapplicable", "worst_case", "shares", "sensitive"} & set(row)


def test_weaving_is_ranked_once_its_figures_do_not_apply(client_as, user_as, draft, craft):
    coordinator = client_as("coordinator")
    opened = coordinator.get(url(draft)).content.decode()
    assert opened.count('name="alasan-') == 9 and "LQ rata-rata: belum ada data" in opened

    answer = coordinator.post(url(draft), typed(draft, craft), follow=True)

    assert answer.redirect_chain == [(url(draft, "scoring-open"), 302)]
    assert words(answer.text).count(REASON) == 3
    draft.refresh_from_db()
    services.open_scoring(draft, seen="DRAFT", actor=user_as("coordinator"))
    for seat in draft.seats.all():
        fill(seat)
    services.close_scoring(draft, seen="SCORED", actor=user_as("coordinator"))
    record = CompetencyDetermination.objects.get(pk=draft.pk)
    row = result_of(record).row(craft.commodity_id)
    assert row.rank is not None and not row.missing and set(row.left_out.reasons.values()) == {REASON}
    assert [share for _name, share in row.left_out.spread] == pytest.approx(
        [0.4, 0.4, 0.2]
    )  # 20, 20 and 10 of the panel
    page = words(coordinator.get(url(record, "result")).text)
    assert page.count("tidak berlaku. Alasannya: Tenun tidak diukur dalam hektare.") == 3
    assert "Bila yang tidak berlaku dinilai terburuk: skor" in page
    rows = list(csv.DictReader(io.StringIO(coordinator.get(url(record, "result"), {"format": "csv"})
                                           .content.decode("utf-8-sig")), delimiter=";"))  # fmt: skip
    told = {(each["Kriteria"], each["Bobot (%)"]) for each in rows if each["Pilihan"] == "tenun"}
    assert ("Pemusatan di kecamatan", "0") in told and len(told) == 6
    assert replay_result(record).is_same


def test_emptied_reason_lets_the_criterion_apply_again(client_as, draft, craft):
    coordinator = client_as("coordinator")
    coordinator.post(url(draft), typed(draft, craft))
    assert InapplicableCriterion.objects.count() == 3

    coordinator.post(url(draft), typed(draft, craft, reason=""))

    assert not InapplicableCriterion.objects.exists()
    assert InapplicableCriterion.history.filter(history_type="-").count() == 3


def test_second_writer_sees_both_versions_and_overwrites_nothing(client_as, draft, craft):
    late = typed(draft, craft, reason="Yang kedua.")
    client_as("coordinator").post(url(draft), typed(draft, craft))

    answer = client_as("coordinator_head").post(url(draft), late)

    assert answer.status_code == 409 and "Yang kedua." in answer.text and REASON in answer.text
    assert set(InapplicableCriterion.objects.values_list("reason", flat=True)) == {REASON}


def test_an_option_needs_a_criterion_that_weighs(client_as, user_as, draft, craft):
    for criterion in draft.criteria.filter(kind="PANEL"):
        criterion.delete()

    answer = client_as("coordinator").post(url(draft), typed(draft, craft))

    assert answer.status_code == 200 and "Sisakan sedikitnya satu kriteria berbobot" in answer.text
    assert REASON in answer.text and not InapplicableCriterion.objects.exists()
    for criterion in figures_of(draft):
        InapplicableCriterion.objects.create(option=craft, criterion=criterion, reason=REASON)
    with pytest.raises(StepNotAllowed, match="berlaku bagi tenun"):
        services.open_scoring(draft, seen="DRAFT", actor=user_as("coordinator"))


def test_figure_that_becomes_a_question_to_the_panel_applies_again(client_as, user_as, draft, craft):
    coordinator = client_as("coordinator")
    coordinator.post(url(draft), typed(draft, craft))
    asked = figures_of(draft)[0]
    asked.kind, asked.figure, asked.low, asked.high = "PANEL", "", 1, 5
    asked.save()

    services.open_scoring(CompetencyDetermination.objects.get(pk=draft.pk), seen="DRAFT", actor=user_as("coordinator"))

    draft.refresh_from_db()
    kept = draft.inputs["inapplicable"][str(craft.pk)]
    assert str(asked.pk) not in kept and len(kept) == 2
