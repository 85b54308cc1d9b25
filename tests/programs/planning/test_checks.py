"""Blockers stop the submission, warnings do not; both lead to the field that has to be corrected."""

from datetime import date

import pytest
from django.urls import reverse

from districts.models import Village
from p2emas import clock
from p2emas.models import Decree
from programs.models import Indicator, IndicatorTarget, PlanLine
from programs.planning.checks import PlanCheck, PlanFinding, has_baseline, missing_quarters
from programs.planning.finding_links import FindingLinks
from tests.factories import (
    CommodityFactory,
    DecreeFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanLineFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.programs.planning.conftest import add_line

pytestmark = pytest.mark.django_db


def codes(findings):
    return [finding.code for finding in findings]


def link(plan, finding: PlanFinding) -> str:
    return FindingLinks(plan).url_of(finding)


def change(line, **fields):
    PlanLine.objects.filter(pk=line.pk).update(**fields)
    line.refresh_from_db()
    return line


def test_complete_plan_has_no_finding(draft):
    check = PlanCheck(draft)

    assert (check.blockers, check.warnings) == ([], [])


def test_empty_plan_is_blocked():
    plan = WorkPlanFactory()

    finding = PlanCheck(plan).blockers[0]

    assert (finding.code, link(plan, finding)) == ("no_lines", reverse("planning:line-add", args=[plan.pk]))


# --- Blockers ----------------------------------------------------------------------------------------------------


def test_activity_without_indicator_is_blocked(draft, line):
    line.activity.indicators.get().targets.all().delete()
    Indicator.objects.all().delete()

    finding = PlanCheck(draft).blockers[0]

    assert finding.sentence == f"Kegiatan “{line.activity}” belum punya indikator."
    assert link(draft, finding) == reverse("planning:indicator-add", args=[draft.pk, line.activity_id])


@pytest.mark.parametrize(
    ("indicator", "target", "code", "field", "sentence"),
    [
        ({"formula": ""}, {}, "no_formula", "formula", "Pilih jenis rumus indikator “{0}”."),
        ({"source": " "}, {}, "no_source", "source", "Isi sumber data indikator “{0}”."),
        ({}, {"target": None}, "no_target", "target", "Isi target tahun 2019 indikator “{0}”."),
        (
            {},
            {"baseline": None},
            "no_baseline",
            "baseline",
            "Isi nilai awal indikator “{0}”, atau alasan mengapa belum ada.",
        ),
    ],
)
def test_incomplete_indicator_is_blocked_with_a_link_to_its_field(
    draft, line, indicator, target, code, field, sentence
):
    found = line.activity.indicators.get()
    Indicator.objects.filter(pk=found.pk).update(**indicator)
    IndicatorTarget.objects.update(**target) if target else None

    findings = PlanCheck(draft).blockers

    assert codes(findings) == [code]
    assert findings[0].sentence == sentence.format(found)
    assert link(draft, findings[0]) == reverse("planning:indicator-edit", args=[draft.pk, found.pk]) + f"#id_{field}"
    assert findings[0].subject == str(line.activity)


def test_reason_replaces_a_missing_baseline(draft):
    IndicatorTarget.objects.update(baseline=None, baseline_missing_reason="Survei berjalan")

    assert PlanCheck(draft).blockers == []


def test_target_of_another_year_is_no_target(draft):
    IndicatorTarget.objects.update(year=2018)

    assert codes(PlanCheck(draft).blockers) == ["no_target", "no_baseline"]


def second_village(draft, line, **row):
    """Another village of the same activity, with a row of its indicator."""
    location = add_line(draft, activity=line.activity).target_location
    return IndicatorTargetFactory(indicator=line.activity.indicators.get(), village=location.village, **row)


def test_village_targets_alone_are_enough_but_each_needs_its_baseline(draft, line):
    IndicatorTarget.objects.update(village=line.target_location.village)
    assert PlanCheck(draft).blockers == []

    other = second_village(draft, line, baseline=None)
    findings = PlanCheck(draft).blockers

    assert codes(findings) == ["no_baseline"]
    assert link(draft, findings[0]).endswith(f"#id_baseline_{other.village_id}")
    assert str(other.village) in findings[0].sentence


def test_target_of_one_village_does_not_speak_for_another(draft, line):
    IndicatorTarget.objects.update(village=line.target_location.village)
    other = second_village(draft, line, target=None)

    findings = PlanCheck(draft).blockers

    assert codes(findings) == ["no_target"]
    assert link(draft, findings[0]).endswith(f"#id_target_{other.village_id}")
    assert f"untuk {other.village}." in findings[0].sentence


@pytest.mark.parametrize("row", [{"target": None}, {"baseline": None}])
def test_village_with_a_percent_sign_in_its_name_is_named(draft, line, row):
    IndicatorTarget.objects.update(village=line.target_location.village)
    other = second_village(draft, line, **row)
    Village.objects.filter(pk=other.village_id).update(name="Jaya 100% Mandiri")

    (finding,) = PlanCheck(draft).blockers

    assert "untuk Jaya 100% Mandiri" in finding.sentence


def test_target_of_the_whole_speaks_for_its_villages(draft, line):
    second_village(draft, line, target=None)

    assert PlanCheck(draft).blockers == []


def test_row_of_a_village_that_the_plan_left_asks_nothing(draft, line):
    """The form of the indicator shows no field for it, so nobody could correct it."""
    IndicatorTargetFactory(
        indicator=line.activity.indicators.get(), village=VillageFactory(), baseline=None, target=None
    )

    assert PlanCheck(draft).blockers == []


def test_line_elsewhere_with_a_blank_reason_is_blocked(draft, line):
    change(line, target_location=None, other_village=line.target_location.village, exception_reason="  ")

    findings = PlanCheck(draft).blockers

    assert codes(findings) == ["no_reason"]
    assert link(draft, findings[0]) == line.get_absolute_url() + "#id_exception_reason"


def test_percent_signs_in_names_do_not_break_the_sentence(draft, line):
    Indicator.objects.update(name="100 %s aktif %d", source="")
    IndicatorTarget.objects.update(target=None)

    sentences = [finding.sentence for finding in PlanCheck(draft).blockers]

    assert sentences == [
        "Isi sumber data indikator “100 %s aktif %d”.",
        "Isi target tahun 2019 indikator “100 %s aktif %d”.",
    ]


# --- Warnings ----------------------------------------------------------------------------------------------------


def warned(draft):
    check = PlanCheck(draft)
    return codes(check.warnings)


def test_line_in_another_village_is_outside(draft, line):
    near = VillageFactory(district=line.target_location.village.district)
    line.group.village = near
    line.group.save()
    change(line, target_location=None, other_village=near, exception_reason="Bencana")

    finding = PlanCheck(draft).warnings[0]

    assert (finding.code, finding.sentence) == ("outside", f"{near} bukan lokasi sasaran yang berlaku.")
    assert link(draft, finding) == line.get_absolute_url() + "#id_place"
    assert warned(draft) == ["outside"]


def test_line_for_the_whole_regency_is_outside_and_needs_no_group(draft, line):
    change(line, target_location=None, group=None)

    assert warned(draft) == ["outside"]


def test_line_in_a_location_that_was_closed_is_outside(draft, line):
    location = line.target_location
    location.valid_until, location.closed_by = date(2019, 6, 30), DecreeFactory(kind=Decree.Kind.SK)
    location.save()

    assert warned(draft) == ["outside"]


def test_location_that_opens_during_the_year_counts_for_a_plan_drafted_before_it():
    plan = WorkPlanFactory(year=2020)
    add_line(plan, location=TargetLocationFactory(valid_from=date(2020, 1, 1)))

    assert warned(plan) == []
    with clock.at(date(2021, 5, 1)):
        assert plan.day == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("related", "expected"), [("same", []), ("child", []), ("parent", ["not_core"]), ("none", ["not_core"])]
)
def test_commodity_is_held_against_the_core_competency_by_descent(draft, line, related, expected):
    core = line.target_location.core_competency.commodity
    parent = CommodityFactory()
    core.parent = parent
    core.save()
    commodity = {"same": core, "child": CommodityFactory(parent=core), "parent": parent, "none": None}[related]
    change(line, commodity=commodity)

    assert warned(draft) == expected


def test_kecamatan_without_a_competency_in_force_says_so(draft, line):
    village = VillageFactory()
    change(line, target_location=None, other_village=village, exception_reason="x", group=None, commodity=None)

    finding = PlanCheck(draft).warnings[1]

    assert warned(draft) == ["outside", "no_core", "no_group"]
    assert finding.sentence == f"Kecamatan {village.district} belum punya kompetensi inti yang berlaku."
    assert link(draft, finding) == line.get_absolute_url() + "#id_commodity"


@pytest.mark.parametrize(("month", "expected"), [(9, []), (10, ["late_start"]), (12, ["late_start"])])
def test_start_in_the_last_quarter_is_late(draft, line, month, expected):
    change(line, start_month=month)

    assert warned(draft) == expected


def test_line_without_group_is_warned(draft, line):
    change(line, group=None)

    assert warned(draft) == ["no_group"]


def test_missing_targets_are_named_from_the_start_on(draft, line):
    line.targets.filter(quarter__in=(1, 3)).delete()
    line.targets.filter(quarter=4).update(physical=None)
    change(line, start_month=4)

    finding = PlanCheck(draft).warnings[0]

    assert (finding.code, finding.sentence) == ("no_targets", "Target TW III, TW IV belum lengkap.")
    assert link(draft, finding) == line.get_absolute_url() + "#id_money_3"
    line = PlanLine.objects.get()
    assert missing_quarters(line, PlanCheck(line.plan).targets_of.get(line.pk, {})) == [3, 4]


def test_zero_is_a_baseline_and_nothing_is_none():
    assert has_baseline(IndicatorTarget(baseline=0))
    assert has_baseline(IndicatorTarget(baseline_missing_reason="belum disurvei"))
    assert not has_baseline(IndicatorTarget(baseline_missing_reason="  "))


@pytest.mark.parametrize("lines", [1, 4])
def test_check_costs_the_same_queries_for_any_size(lines, django_assert_num_queries):
    plan = WorkPlanFactory()
    for _ in range(lines):
        line = add_line(plan)
        IndicatorTargetFactory(indicator=IndicatorFactory(activity=line.activity), village=VillageFactory())
        PlanLineFactory(plan=plan, other_village=VillageFactory(), exception_reason="x", activity=line.activity)

    # lines, their targets, commodities, competencies, target locations, activities, indicators, targets, villages
    with django_assert_num_queries(7):
        check = PlanCheck(plan)

    assert codes(check.warnings) == ["outside", "no_core", "no_group", "no_targets"] * lines
