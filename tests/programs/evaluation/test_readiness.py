"""Six criteria from stored inputs, and a verdict that moves the location in the same transaction."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.workflow.models import StepNotAllowed
from programs.evaluation import other_rooms
from programs.evaluation.criteria import TITLES, criterion_answers, readiness_of
from programs.evaluation.models import Evaluation
from programs.evaluation.readiness_page import EvaluationReplay, ReadinessPage
from programs.evaluation.reading import readiness_inputs, thresholds
from programs.evaluation.replication import overview_rows
from programs.evaluation.services import decide_evaluation, draft_evaluation
from programs.models import IndicatorValue
from tests.facilitator_factories import FieldReportFactory, PlacementFactory
from tests.factories import (
    AidCheckFactory,
    AidPackageFactory,
    CommunityGroupFactory,
    EvaluationFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    MinutesFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.programs.evaluation.test_ledgers import measure, work

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 8)


def given(**parts):
    """Inputs of a village that meets every criterion, but for ``parts``."""
    met = {
        "thresholds": thresholds(),
        "output": [["TW I 2019", [["a", 90.0]]], ["TW II 2019", [["a", 101.0], ["b", 100.0]]], ["TW III 2019", [["a", 112.0]]]],
        "aid": [86.0, 91.0],
        "members": [["Anggota aktif", 29.0, 34.0]],
        "sales": [True] * 8 + [False, None, None, False],
        "contribution": {"lines": 1, "amount": 9, "spent": 7_000_000},
        "reports": [["TW II 2019", "Dinas A", True], ["TW III 2019", "Dinas A", True]],
        "visits": [12, 12],
    }  # fmt: skip
    return met | parts


def said(**parts):
    return {each.code: (each.answer, each.figure) for each in criterion_answers(given(**parts))}


def test_every_criterion_can_be_met():
    assert said() == {
        "output": ("met", "100% dan 112%"),
        "aid": ("met", "86–91%"),
        "members": ("met", "34 dari 29"),
        "sales": ("met", "8 dari 12"),
        "contribution": ("met", "Rp\u00a07\u00a0juta"),
        "records": ("met", "2 dari 2 laporan"),
    }


@pytest.mark.parametrize(
    ("code", "parts", "answer"),
    [
        ("output", {"output": []}, "unknown"),
        ("output", {"output": [["TW II 2019", [["a", 99.9]]], ["TW III 2019", [["a", 112.0]]]]}, "not_met"),
        ("output", {"output": [["TW III 2019", [["a", 112.0]]]]}, "unknown"),
        ("output", {"output": [["TW II 2019", [["a", 101.0], ["b", None]]], ["TW III 2019", [["a", 112.0]]]]}, "unknown"),
        # the newest quarter is not verified yet: the two before it count
        ("output", {"output": [["I", [["a", 100.0]]], ["II", [["a", 100.0]]], ["III", [["a", None]]]]}, "met"),
        ("aid", {"aid": None}, "unknown"),
        ("aid", {"aid": [60.0, 85.0]}, "unknown"),
        ("aid", {"aid": [60.0, 79.0]}, "not_met"),
        ("members", {"members": []}, "unknown"),
        ("members", {"members": [["a", 29.0, None]]}, "unknown"),
        ("members", {"members": [["a", 29.0, 29.0], ["b", 12.0, 11.0]]}, "not_met"),
        ("sales", {"sales": None}, "unknown"),
        ("sales", {"sales": [True] * 5 + [None] * 7}, "unknown"),
        ("sales", {"sales": [True] * 5 + [False] * 7}, "not_met"),
        ("contribution", {"contribution": {"lines": None, "amount": 0, "spent": None}}, "unknown"),
        ("contribution", {"contribution": {"lines": 0, "amount": 0, "spent": None}}, "not_met"),
        ("contribution", {"contribution": {"lines": 2, "amount": 5, "spent": None}}, "unknown"),
        ("contribution", {"contribution": {"lines": 2, "amount": 5, "spent": 0}}, "not_met"),
        ("records", {"visits": None}, "unknown"),
        ("records", {"visits": [11, 12]}, "not_met"),
        ("records", {"reports": [["TW II 2019", "Dinas A", False]], "visits": None}, "not_met"),
        ("records", {"reports": []}, "not_met"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_never_met(code, parts, answer):
    changed = said(**parts)

    assert changed[code][0] == answer
    assert [other for other in TITLES if changed[other] != said()[other]] == [code]


def test_few_members_are_weighed_and_not_shown():
    assert said(members=[["Anggota aktif", 3.0, 4.0]])["members"] == ("met", "kurang dari 5 orang")


@pytest.mark.parametrize(
    ("parts", "waived", "ready"),
    [
        ({}, [], True),
        ({"sales": None}, [], True),
        ({"sales": None, "aid": None}, [], False),
        ({"sales": None, "aid": None}, ["sales"], False),
        ({"visits": [11, 12]}, [], False),
        ({"output": []}, [], False),
    ],
)
def test_five_of_six_with_output_and_records_are_ready(parts, waived, ready):
    result = readiness_of(criterion_answers(given(**parts)), 5, waived)

    assert result.is_ready is ready
    assert result.not_applicable == tuple(waived)


@pytest.fixture
def village():
    """A village with outputs of two agencies, members, village money and reports of three quarters."""
    location = TargetLocationFactory(status="RUNNING")
    line = work(location, amount=1000, spent=500, physical=60, target=(50, 40))
    return SimpleNamespace(location=location, village=location.village, line=line)


def output(line, quarters, *, target, planned, formula="increasing"):
    """An output of the line's activity; ``quarters``: value, ``planned``: percent of the work by quarter."""
    made = IndicatorFactory(activity=line.plan_line.activity, formula=formula)
    IndicatorTargetFactory(indicator=made, target=target)
    for quarter, value in quarters.items():
        period = ReportingPeriodFactory(number=quarter)
        report = line.report if period == line.report.period else None
        report = report or ProgressReportFactory(
            plan=line.report.plan, agency=line.report.agency, approved=True, period=period
        )
        IndicatorValueFactory(report=report, indicator=made, value=value)
        if quarter != line.report.period.number:
            PlanLineTargetFactory(plan_line=line.plan_line, quarter=quarter, physical=planned[quarter])
    return made


def test_what_adds_up_is_held_against_the_share_planned_by_the_quarter(village):
    output(village.line, {1: 5, 2: 7, 3: 8}, target=40, planned={1: 10, 2: 25})

    found = readiness_inputs(village.village, date(2019, 12, 31))["output"]

    # planned by the quarters: 10, 25 and 50 percent of 40
    assert [[percent for _name, percent in rows] for _quarter, rows in found] == [[125.0], [120.0], [100.0]]


def test_members_reports_and_village_money_are_those_of_the_village(village):
    measure(village.line, village.village, {3: 28}, baseline=31, name="Anggota aktif", unit="orang", counts_people=True)
    elsewhere = work(TargetLocationFactory(), amount=10, spent=9, physical=8, fund="DD")
    measure(elsewhere, elsewhere.plan_line.target_location.village, {3: 7}, baseline=9, name="Anggota aktif",
            unit="orang", counts_people=True)  # fmt: skip
    work(village.location, amount=77, spent=55, physical=1, fund="DD", report=village.line.report)

    found = readiness_inputs(village.village, date(2019, 12, 31))

    assert found["members"] == [["Anggota aktif", 31.0, 28.0]]
    assert found["contribution"] == {"lines": 1, "amount": 77, "spent": 55}
    assert found["reports"] == [["TW III 2019", village.line.report.agency.short_name, True]]
    assert (found["aid"], found["sales"], found["visits"]) == (None, None, None)


def test_the_stored_inputs_give_the_same_result_and_say_what_changed(village, user_as):
    measure(village.line, village.village, {3: 31}, baseline=31, name="Anggota aktif", unit="orang", counts_people=True)
    evaluation = draft_evaluation(location=village.location, on=ON, actor=user_as("coordinator"))
    assert EvaluationReplay.of(evaluation, ON) == EvaluationReplay(True, [])

    IndicatorValue.objects.filter(indicator__name="Anggota aktif").update(value=30)

    assert EvaluationReplay.of(evaluation, ON) == EvaluationReplay(
        True, ["Syarat 3 menjadi belum (31 dari 31 menjadi 30 dari 31)."]
    )
    evaluation.criteria[2]["values"][0] += 1e-6
    assert EvaluationReplay.of(evaluation, ON).same is False


def test_one_unfinished_evaluation_of_a_location(village, user_as):
    first = draft_evaluation(location=village.location, on=ON, actor=user_as("coordinator"))

    assert draft_evaluation(location=village.location, on=ON, actor=user_as("coordinator_head")) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationFactory(target_location=village.location)


VERDICT = {"reason": "Hasil bertahan.", "sources": "Rapat", "waived": [], "waived_reason": "",
           "despite": "Penjualan belum dicatat."}  # fmt: skip


def test_ready_moves_the_location_in_the_same_transaction(village, user_as):
    proposed = EvaluationFactory(submitted=True, target_location=village.location)
    head = user_as("coordinator_head")

    decide_evaluation(evaluation=proposed, seen="SUBMITTED", actor=head, verdict="READY", **VERDICT)

    village.location.refresh_from_db()
    assert (proposed.status, proposed.verdict, village.location.status) == ("DECIDED", "READY", "READY")
    assert village.location.last_change("make_ready").note == "Hasil bertahan."


@pytest.mark.parametrize("status", ["FIXED", "POSTPONED"])
def test_neither_is_written_where_the_location_cannot_move(village, user_as, status):
    type(village.location).objects.filter(pk=village.location.pk).update(status=status)
    proposed = EvaluationFactory(submitted=True, target_location=village.location)

    with pytest.raises(StepNotAllowed, match="Tandai dahulu berjalan"):
        decide_evaluation(
            evaluation=proposed, seen="SUBMITTED", actor=user_as("coordinator_head"), verdict="READY", **VERDICT
        )

    assert Evaluation.objects.get(pk=proposed.pk).status == "SUBMITTED"


def test_not_yet_is_a_full_verdict_and_moves_nothing(village, user_as):
    proposed = EvaluationFactory(submitted=True, target_location=village.location)

    decide_evaluation(
        evaluation=proposed, seen="SUBMITTED", actor=user_as("coordinator_head"), verdict="NOT_YET", **VERDICT
    )

    village.location.refresh_from_db()
    assert village.location.status == "RUNNING"
    assert draft_evaluation(location=village.location, on=ON, actor=user_as("coordinator")) != proposed


def test_no_other_code_and_no_button_makes_a_location_ready(village, user_as, client_as):
    head = user_as("coordinator_head")

    with pytest.raises(StepNotAllowed, match="putusan kesiapan"):
        village.location.take_step("make_ready", seen="RUNNING", actor=head, note="Langsung")

    address = reverse("profiles:location-step", args=[village.village.slug, village.location.pk, "make_ready"])
    assert client_as("coordinator_head").get(address).status_code == 404
    assert "siap ditularkan" not in client_as("coordinator_head").get(village.village.get_absolute_url()).text.lower()


def test_a_proposer_does_not_decide(village, user_as, client_as):
    head = user_as("coordinator_head")
    proposed = EvaluationFactory(submitted=True, target_location=village.location, submitted_by=head)

    with pytest.raises(StepNotAllowed):
        decide_evaluation(evaluation=proposed, seen="SUBMITTED", actor=head, verdict="NOT_YET", **VERDICT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=proposed.pk).update(decided_by=head)


@pytest.mark.parametrize("missing", ["verdict", "reason", "sources"])
def test_a_decision_needs_verdict_reason_and_minutes_or_source(missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationFactory(decided=True, **{missing: ""})
    if missing == "sources":
        EvaluationFactory(decided=True, sources="", minutes=MinutesFactory())


def test_the_head_decides_on_the_page_and_nothing_is_chosen_before(village, client_as):
    proposed = EvaluationFactory(submitted=True, target_location=village.location)
    client, address = client_as("coordinator_head"), reverse("evaluation:evaluation-decide", args=[proposed.pk])
    shown = client.get(address).text
    assert "checked" not in shown

    empty = client.post(address, {"seen": "SUBMITTED"})
    assert empty.context["form"].errors.keys() == {"verdict", "reason", "sources"}
    sent = {"seen": "SUBMITTED", "verdict": "NOT_YET", "reason": "Belum bertahan.", "sources": "Rapat",
            "waived": ["sales"], "waived_reason": "Tidak ada yang dijual."}  # fmt: skip
    assert client.post(address, sent | {"waived_reason": ""}).context["form"].errors.keys() == {"waived_reason"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 409

    page = ReadinessPage(Evaluation.objects.get(pk=proposed.pk), client)
    assert [row.state for row in page.rows] == ["unknown", "unknown", "met", "not_applicable", "not_met", "unknown"]
    public = client_as("agency_operator").get(proposed.get_absolute_url()).text
    assert "Belum bertahan." in public and "Tidak ada yang dijual." in public
    assert "Belum bertahan." in client.get(reverse("evaluation:result-village", args=[village.village.slug])).text


def test_ready_with_fewer_criteria_needs_a_reason_that_everybody_reads(village, client_as):
    proposed = EvaluationFactory(submitted=True, target_location=village.location)
    head, address = client_as("coordinator_head"), reverse("evaluation:evaluation-decide", args=[proposed.pk])
    assert "Mengapa siap dengan 1 dari 6 syarat" in head.get(address).text

    sent = {"seen": "SUBMITTED", "verdict": "READY", "reason": "Bertahan dua musim.", "sources": "Rapat"}
    refused = head.post(address, sent)
    assert refused.context["form"].errors.keys() == {"despite"}
    assert "Bertahan dua musim." in refused.text
    with pytest.raises(StepNotAllowed, match="syaratnya belum cukup"):
        decide_evaluation(actor=refused.wsgi_request.user, evaluation=proposed, **sent)
    assert head.post(address, sent | {"despite": "Penjualan belum dicatat."}).status_code == 302

    told = "Diputuskan siap dengan 1 dari 6 syarat: Penjualan belum dicatat."
    pages = [proposed.get_absolute_url(), reverse("evaluation:replication-overview"),
             reverse("evaluation:result-village", args=[village.village.slug])]  # fmt: skip
    assert [page for page in pages if told not in client_as("anonymous").get(page).text] == []
    assert told in client_as("anonymous").get(pages[1], {"format": "csv"}).getvalue().decode()


def test_ready_by_the_criteria_asks_for_nothing_more(village, client_as):
    inputs = given()
    proposed = EvaluationFactory(submitted=True, target_location=village.location, inputs=inputs)
    head, address = client_as("coordinator_head"), reverse("evaluation:evaluation-decide", args=[proposed.pk])
    assert "Mengapa siap" not in head.get(address).text

    sent = {"seen": "SUBMITTED", "verdict": "READY", "reason": "Bertahan dua musim.", "sources": "Rapat"}
    assert head.post(address, sent | {"despite": "Dikirim sendiri."}).status_code == 302
    assert "Diputuskan siap dengan" not in client_as("anonymous").get(proposed.get_absolute_url()).text
    assert Evaluation.objects.get(pk=proposed.pk).last_change("decide").note == "Bertahan dua musim."


def test_what_is_not_decided_is_not_public(village, client):
    proposed = EvaluationFactory(submitted=True, target_location=village.location)

    assert client.get(proposed.get_absolute_url()).status_code == 404
    assert "belum dihitung" in client.get(reverse("evaluation:replication-overview")).text


def test_the_home_page_of_a_head_has_verdicts_proposed_by_others(user_as, client_as):
    EvaluationFactory(submitted=True)
    EvaluationFactory(submitted=True, submitted_by=user_as("coordinator_head"))

    assert "Putusan kesiapan" in client_as("coordinator_head").get("/beranda/").text
    assert "Putusan kesiapan" not in client_as("coordinator").get("/beranda/").text


def test_the_overview_has_the_newest_that_was_not_cancelled(village, user_as, django_assert_num_queries):
    location = village.location
    old = EvaluationFactory(decided=True, target_location=location, computed_on=date(2019, 5, 1))
    EvaluationFactory(status="CANCELLED", target_location=location)
    coordinator = user_as("coordinator")
    overview_rows(coordinator, ON)  # reads who the coordinator is
    with django_assert_num_queries(2):
        (row,) = overview_rows(coordinator, ON)
    assert row.evaluation == old
    EvaluationFactory(submitted=True, target_location=TargetLocationFactory())
    with django_assert_num_queries(2):
        rows = overview_rows(coordinator, ON)
    assert [len(row.result.met) for row in rows] == [1, 1]


def test_the_dashboard_counts_villages_that_are_ready_by_their_newest_evaluation(village, client_as):
    ReportingPeriodFactory()
    ready = EvaluationFactory(decided=True, target_location=village.location, inputs=given())
    EvaluationFactory(status="CANCELLED", target_location=village.location, computed_on=date(2019, 10, 1))
    EvaluationFactory(submitted=True, inputs=given(visits=None))
    EvaluationFactory(submitted=True, inputs=given(), computed_on=date(2019, 10, 9))  # after the day that is asked for
    leader = client_as("leader")

    page = leader.get("/dasbor/kesiapan/").text
    rows = leader.get("/dasbor/kesiapan/", {"format": "csv"}).text

    assert "1 dari 3 lokasi sasaran memenuhi syarat siap ditularkan" in page
    assert ready.get_absolute_url() in page
    assert f"{village.village.name};" + ";".join(["Terpenuhi"] * 6) + ";6;ya;Diputuskan;" in rows


def test_a_room_that_brings_its_data_changes_one_function(village, monkeypatch):
    monkeypatch.setattr(other_rooms, "aid_alive", lambda village, on: (81.0, 90.0))
    monkeypatch.setattr(other_rooms, "months_sold_outside", lambda village, on: [True] * 6 + [None] * 6)
    monkeypatch.setattr(other_rooms, "visits_made", lambda village, on: (12, 12))

    answers = {
        each.code: each.answer for each in criterion_answers(readiness_inputs(village.village, date(2019, 12, 31)))
    }

    assert (answers["aid"], answers["sales"], answers["records"]) == ("met", "met", "met")


def test_aid_is_judged_by_the_item_of_which_least_is_left(village):
    line, other = village.line.plan_line, TargetLocationFactory().village
    rows = (("Kambing", 10, (9, 8)), ("Kolam", 4, (4, None)), ("Kambing", 5, (5, 5)))
    for item, quantity, left in rows:
        group = CommunityGroupFactory(village=village.village)
        package = AidPackageFactory(plan_line=line, group=group, item=item, unit="buah", quantity=quantity,
                                    handed_on=date(2018, 3, 1), handover_no=item)  # fmt: skip
        for month, count in zip((6, 12), left, strict=True):
            if count is not None:
                AidCheckFactory(package=package, month=month, left=count)
    AidPackageFactory(plan_line=line, group=CommunityGroupFactory(village=other), handed=True)

    low, high = other_rooms.aid_alive(village.village, date(2019, 6, 1))

    # of goats 13 of 15 are left; of the tarpaulins nobody counted at 12 months, so none to all
    assert (round(low, 6), round(high, 6)) == (0, round(1300 / 15, 6))
    assert other_rooms.aid_alive(TargetLocationFactory().village, date(2019, 6, 1)) is None


def test_visits_are_due_in_months_with_a_facilitator_all_month_long(village):
    placement = PlacementFactory(
        target_location=village.location,
        starts=date(2019, 6, 10),
        ends=date(2019, 12, 31),
        facilitator__user=UserFactory(),
    )
    for month, day in ((7, 3), (7, 20), (8, 1)):
        FieldReportFactory(placement=placement, visited_on=date(2019, month, day))
    FieldReportFactory(placement=placement, visited_on=date(2019, 9, 9), draft=True)

    assert other_rooms.visits_made(village.village, ON) == (2, 3)
    assert other_rooms.visits_made(village.village, date(2019, 6, 30)) is None
