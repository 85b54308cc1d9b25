from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import Activity, Indicator, IndicatorTarget, PlanLine, WorkPlan
from programs.planning.services import PlanRefused, SettingDocuments, copy_lines, create_plan, set_plan, submit_plan
from tests.factories import (
    ActivityFactory,
    AgencyFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.programs.planning.conftest import add_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(user_as, agency):
    return user_as("agency_operator", at=agency)


@pytest.fixture
def agency():
    return AgencyFactory()


def test_first_plan_of_an_agency_is_empty(agency, by):
    plan = create_plan(agency=agency, year=2019, kind="INDUK", by=by)

    assert (plan.kind, plan.sequence, plan.supersedes, plan.status) == ("INDUK", 1, None, "DRAFT")
    assert list(plan.lines.all()) == []
    assert plan.history.get().history_user == by


def test_change_copies_lines_with_targets_and_links_them(agency, by):
    induk = WorkPlanFactory(agency=agency, agreed=True)
    old = add_line(induk, amount=70_000_000, volume=Decimal("2.50"))

    plan = create_plan(agency=agency, year=2019, kind="PERUBAHAN", by=by)

    new = plan.lines.get()
    assert (plan.sequence, plan.supersedes) == (2, induk)
    assert new.continues == old
    assert new.pk != old.pk
    same = ("activity_id", "target_location_id", "group_id", "commodity_id", "amount", "volume", "start_month", "fund")
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
    assert list(new.targets.values_list("quarter", "money", "physical")) == list(
        old.targets.values_list("quarter", "money", "physical")
    )
    assert new.history.get().history_user == by
    assert {row.history.get().history_user for row in new.targets.all()} == {by}
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("sample", [True, False])
def test_copy_of_a_sample_is_a_sample(agency, by, sample):
    WorkPlanFactory(agency=agency, year=2018, agreed=True, is_sample=sample)

    assert create_plan(agency=agency, year=2019, kind="INDUK", by=by).is_sample is sample


def test_change_after_a_shift_continues_the_shifted_lines(agency, by):
    induk = WorkPlanFactory(agency=agency, agreed=True)
    add_line(induk)
    shift = create_plan(agency=agency, year=2019, kind="PERGESERAN", by=by)
    WorkPlan.objects.filter(pk=shift.pk).update(status="SET", budget_doc_no="DPA 2", effective_on=date(2019, 4, 1))

    change = create_plan(agency=agency, year=2019, kind="PERUBAHAN", by=by)

    assert (change.sequence, change.supersedes) == (3, shift)
    assert change.lines.get().continues == shift.lines.get()


def test_new_year_copies_last_years_final_version_with_activities_and_indicators(agency, by):
    before = WorkPlanFactory(agency=agency, year=2018, agreed=True)
    old = add_line(before)
    old_indicator = old.activity.indicators.get()
    add_line(before, activity=old.activity, location=old.target_location)

    plan = create_plan(agency=agency, year=2019, kind="INDUK", by=by)

    first, second = plan.lines.order_by("pk")
    activity = first.activity
    assert (first.continues, second.activity) == (old, activity)
    assert (activity.year, activity.code, activity.agency) == (2019, old.activity.code, agency)
    assert activity != old.activity
    indicator = activity.indicators.get()
    assert (indicator.name, indicator.formula, indicator.source) == (
        old_indicator.name,
        old_indicator.formula,
        old_indicator.source,
    )
    row = indicator.targets.get()
    assert (row.year, row.baseline, row.baseline_source, row.target) == (2019, 0, "Survei awal", None)
    assert activity.history.get().history_user == by
    assert indicator.history.get().history_user == by
    assert row.history.get().history_user == by


def test_new_year_takes_the_targets_that_were_set_ahead(agency, by):
    before = WorkPlanFactory(agency=agency, year=2018, agreed=True)
    indicator = add_line(before).activity.indicators.get()
    IndicatorTargetFactory(indicator=indicator, year=2019, target=9, baseline=4)
    IndicatorTargetFactory(indicator=indicator, year=2020, target=12)

    plan = create_plan(agency=agency, year=2019, kind="INDUK", by=by)

    copied = plan.lines.get().activity.indicators.get()
    assert list(copied.targets.values_list("year", "baseline", "target")) == [(2019, 4, 9)]


def test_new_year_uses_the_activity_that_exists_with_that_code(agency, by):
    before = WorkPlanFactory(agency=agency, year=2018, agreed=True)
    old = add_line(before)
    present = ActivityFactory(agency=agency, year=2019, code=old.activity.code)
    IndicatorFactory(activity=present)
    ActivityFactory(year=2019, code=old.activity.code)  # another agency's

    plan = create_plan(agency=agency, year=2019, kind="INDUK", by=by)

    assert plan.lines.get().activity == present
    assert present.indicators.count() == 1


def test_copying_costs_the_same_queries_for_any_number_of_lines(agency, by, django_assert_num_queries):
    before = WorkPlanFactory(agency=agency, year=2018, agreed=True)
    for _ in range(3):
        add_line(before)
    plan = WorkPlanFactory(agency=agency)

    with django_assert_num_queries(
        24
    ):  # 5 reads, 5 kinds of rows with their history, 2 savepoints, words of the search
        copy_lines(source=before, plan=plan, by=by)

    assert plan.lines.count() == 3


@pytest.mark.parametrize(
    ("present", "kind", "sentence"),
    [
        ([], "PERUBAHAN", "Rencana 2019 belum ada yang ditetapkan, jadi belum dapat digeser atau diubah."),
        (["SET"], "INDUK", "DPA 2019 sudah ditetapkan. Buat DPA pergeseran atau DPPA."),
        (["DRAFT"], "INDUK", "Masih ada versi rencana 2019 yang belum ditetapkan. Selesaikan versi itu dahulu."),
        (["SET", "DRAFT"], "PERGESERAN", "Masih ada versi rencana 2019 yang belum ditetapkan. Selesaikan versi itu dahulu."),
    ],
)  # fmt: skip
def test_plan_that_does_not_follow_is_refused(agency, by, present, kind, sentence):
    if "SET" in present:
        before = WorkPlanFactory(agency=agency, agreed=True)
        if "DRAFT" in present:
            WorkPlanFactory(agency=agency, kind="PERGESERAN", sequence=2, supersedes=before)
    elif "DRAFT" in present:
        WorkPlanFactory(agency=agency)
    count = WorkPlan.objects.count()

    with pytest.raises(PlanRefused) as refusal:
        create_plan(agency=agency, year=2019, kind=kind, by=by)

    assert str(refusal.value) == sentence
    assert WorkPlan.objects.count() == count


def test_two_creations_at_one_moment_leave_one_plan(agency, by, monkeypatch):
    WorkPlanFactory(agency=agency)
    monkeypatch.setattr("programs.planning.work_plans.WorkPlanQuerySet.unfinished", lambda self: self.none())

    with pytest.raises(PlanRefused) as refusal:
        create_plan(agency=agency, year=2019, kind="INDUK", by=by)

    assert str(refusal.value) == "Versi rencana 2019 baru saja dibuat orang lain."
    assert WorkPlan.objects.count() == 1


# --- Constraints -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "PERUBAHAN"},
        {"status": "SET"},
        {"sequence": 1, "kind": "INDUK", "twice": True},
    ],
)
def test_database_refuses_a_plan_that_breaks_a_rule(bad):
    bad = dict(bad)
    agency = AgencyFactory()
    if bad.pop("twice", False):
        WorkPlanFactory(agency=agency, agreed=True)

    with pytest.raises(IntegrityError):
        WorkPlanFactory(agency=agency, **bad)


def test_database_refuses_a_second_successor_and_a_superseding_induk():
    first = WorkPlanFactory(agreed=True)
    with pytest.raises(IntegrityError):
        WorkPlanFactory(agency=first.agency, kind="INDUK", sequence=2, supersedes=first)


def test_database_refuses_two_lines_that_continue_one(line):
    WorkPlan.objects.filter(pk=line.plan_id).update(status="SET", budget_doc_no="DPA", effective_on=date(2019, 1, 2))
    plan = WorkPlanFactory(agency=line.plan.agency, kind="PERUBAHAN", sequence=2, supersedes=line.plan)
    add_line(plan, activity=line.activity, continues=line)

    with pytest.raises(IntegrityError):
        add_line(plan, activity=line.activity, continues=line)


# --- Steps -------------------------------------------------------------------------------------------------------


def test_submit_plan_stamps_who_and_when(draft, user_as):
    by = user_as("agency_operator", at=draft.agency)

    submit_plan(plan=draft, seen="DRAFT", version=1, by=by)

    assert (draft.status, draft.submitted_by) == ("SUBMITTED", by)
    assert draft.submitted_at.date() == date(2019, 10, 8)


def test_submit_plan_that_changed_after_the_check_is_refused(draft, user_as):
    WorkPlan.objects.filter(pk=draft.pk).update(version=2)

    with pytest.raises(StepConflict, match="Rencana berubah setelah Anda membuka halaman periksa"):
        submit_plan(plan=draft, seen="DRAFT", version=1, by=user_as("agency_operator", at=draft.agency))

    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_submit_plan_with_a_blocker_is_refused(draft, user_as):
    Indicator.objects.filter(activity__lines__plan=draft).update(source="")

    with pytest.raises(StepNotAllowed, match="Isi sumber data indikator"):
        submit_plan(plan=draft, seen="DRAFT", version=1, by=user_as("agency_operator", at=draft.agency))

    draft.refresh_from_db()
    assert (draft.status, draft.submitted_by) == ("DRAFT", None)


def test_set_plan_gives_it_number_and_day(draft, user_as):
    WorkPlan.objects.filter(pk=draft.pk).update(status="REVIEWING", submitted_by=UserFactory())
    draft.refresh_from_db()
    by = user_as("coordinator")

    documents = SettingDocuments("DPA 7", date(2018, 12, 28), "Perbup 21/2018", date(2018, 7, 6))
    set_plan(plan=draft, seen="REVIEWING", documents=documents, effective_on=date(2019, 1, 2), by=by, note="Sesuai")

    assert (draft.status, draft.budget_doc_no, draft.effective_on) == ("SET", "DPA 7", date(2019, 1, 2))
    stored = (draft.budget_doc_date, draft.regulation_no, draft.regulation_date)
    assert stored == (date(2018, 12, 28), "Perbup 21/2018", date(2018, 7, 6))
    assert (draft.decided_by, draft.decided_at.date()) == (by, date(2019, 10, 8))
    assert draft.last_change("set").note == "Sesuai"


def test_set_plan_before_the_one_it_supersedes_is_refused(user_as):
    before = WorkPlanFactory(agreed=True, effective_on=date(2019, 4, 1))
    plan = WorkPlanFactory(agency=before.agency, kind="PERUBAHAN", sequence=2, supersedes=before, status="REVIEWING")

    with pytest.raises(PlanRefused, match="tidak boleh sebelum versi yang digantikan"):
        set_plan(
            plan=plan,
            seen="REVIEWING",
            documents=SettingDocuments("DPPA"),
            effective_on=date(2019, 3, 31),
            by=user_as("coordinator"),
        )


def test_copies_leave_the_source_as_it_was(agency, by):
    before = WorkPlanFactory(agency=agency, year=2018, agreed=True)
    add_line(before)
    counts = [model.objects.count() for model in (PlanLine, Activity, Indicator, IndicatorTarget)]

    create_plan(agency=agency, year=2019, kind="INDUK", by=by)

    assert before.lines.count() == 1
    assert [model.objects.count() for model in (PlanLine, Activity, Indicator, IndicatorTarget)] == [
        2 * count for count in counts
    ]
