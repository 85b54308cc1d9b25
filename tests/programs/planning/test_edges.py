"""Values at the edge of a rule about plans, and words that a turned condition would put beside the wrong field."""

from datetime import date

import pytest
from django.urls import reverse

from programs.models import Indicator, PlanLine, WorkPlan
from programs.planning.checks import missing_quarters
from programs.planning.measures import Focus
from programs.planning.services import create_plan
from programs.planning.spread import Spread
from programs.planning.versions import versions_named
from tests.factories import PlanLineFactory, UserFactory, VillageFactory, WorkPlanFactory
from tests.programs.planning.conftest import add_line, indicator_data, line_data

pytestmark = pytest.mark.django_db


def page(name, *keys):
    return reverse(f"planning:{name}", args=keys)


@pytest.mark.parametrize(
    ("effective", "planned", "band"),
    [(8.0, 10, "fitting"), (7.99, 10, "piled"), (12.5, 10, "fitting"), (12.51, 10, "spread")],
)
def test_both_ends_of_the_fitting_band_belong_to_it(effective, planned, band):
    found = Spread(
        year=2019,
        eligible=20,
        planned=planned,
        inside=1,
        outside=0,
        unplaced=0,
        hhi=None,
        normalised_hhi=None,
        effective_number=effective,
        gini=None,
        amounts={},
    )

    assert found.band == band


@pytest.mark.parametrize(("letters", "taken"), [(80, True), (81, False)])
def test_number_of_a_budget_document_has_eighty_letters_at_the_most(client_as, draft, letters, taken):
    WorkPlan.objects.update(status="REVIEWING")
    data = {
        "seen": "REVIEWING",
        "budget_doc_no": "D" * letters,
        "budget_doc_date": "28-12-2018",
        "effective_on": "02-01-2019",
        "note": "",
    }

    client_as("coordinator").post(page("plan-set", draft.pk), data)

    draft.refresh_from_db()
    assert (draft.status == "SET", len(draft.budget_doc_no)) == (taken, letters if taken else 0)


@pytest.mark.parametrize(("unit", "taken"), [("", True), ("x" * 30, True), ("x" * 31, False)])
def test_unit_of_a_line_may_be_empty_and_has_thirty_letters_at_the_most(operator, line, unit, taken):
    operator.post(page("line-edit", line.plan_id, line.pk), line_data(line, volume="", unit=unit))

    line.refresh_from_db()
    assert (line.version == 2, line.unit) == ((True, unit) if taken else (False, line.unit))
    assert len(line.unit) <= 30


def test_copies_of_lines_begin_with_their_first_version(draft):
    WorkPlan.objects.update(status="SET", budget_doc_no="DPA 1", effective_on=date(2019, 1, 2))
    draft.lines.update(version=7)

    plan = create_plan(agency=draft.agency, year=2019, kind="PERUBAHAN", by=UserFactory())

    assert plan.lines.get().version == 1


def test_indicators_of_a_new_year_begin_with_their_first_version():
    old = add_line(WorkPlanFactory(agreed=True, year=2018))
    Indicator.objects.update(version=7)

    plan = create_plan(agency=old.plan.agency, year=2019, kind="INDUK", by=UserFactory())

    assert plan.indicators().get().version == 1


@pytest.mark.parametrize(
    "name", ["plan-create", "line-add", "line-edit", "line-delete", "indicator-add", "plan-check", "plan-set"]
)
def test_pages_that_write_take_no_other_verb(client_as, draft, line, name):
    keys = {
        "plan-create": [],
        "line-edit": [draft.pk, line.pk],
        "line-delete": [draft.pk, line.pk],
        "indicator-add": [draft.pk, line.activity_id],
    }.get(name, [draft.pk])

    assert client_as("agency_operator", at=draft.agency).delete(page(name, *keys)).status_code == 405


def test_user_who_adds_changes_or_deletes_an_indicator_is_told_so(operator, line):
    def sent(address, data):
        return operator.post(address, data, follow=True).text

    added = sent(page("indicator-add", line.plan_id, line.activity_id), indicator_data())
    indicator = line.activity.indicators.latest("pk")
    changed = sent(page("indicator-edit", line.plan_id, indicator.pk), indicator_data(version=1, name="Lain"))
    deleted = sent(page("indicator-delete", line.plan_id, indicator.pk), {"version": 2})

    assert "Indikator ditambahkan." in added
    assert "Indikator disimpan." in changed
    assert "Indikator dihapus." in deleted


def test_only_a_village_row_that_is_wrong_has_errors(operator, line):
    add_line(line.plan, activity=line.activity)
    village = line.target_location.village
    data = indicator_data(**{f"baseline_{village.pk}": "3", f"baseline_missing_reason_{village.pk}": "belum"})

    form = operator.post(page("indicator-add", line.plan_id, line.activity_id), data).context["form"]

    assert {row["village"]: [bound.name for bound in row["errors"]] for row in form.village_rows()} == {
        village: [f"baseline_missing_reason_{village.pk}"],
        line.plan.lines.exclude(pk=line.pk).get().village: [],
    }


@pytest.mark.parametrize(
    ("month", "missing"),
    [
        (1, [1, 2, 3, 4]),
        (3, [1, 2, 3, 4]),
        (4, [2, 3, 4]),
        (6, [2, 3, 4]),
        (7, [3, 4]),
        (9, [3, 4]),
        (10, [4]),
        (12, [4]),
    ],
)
def test_targets_are_asked_for_from_the_quarter_of_the_first_month_on(month, missing):
    assert missing_quarters(PlanLine(start_month=month), {}) == missing


@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        ([], ""),
        (["PERUBAHAN", "PERUBAHAN"], "DPPA"),
        (["PERUBAHAN", "INDUK"], "DPA dan DPPA"),
        (["PERUBAHAN", "INDUK", "PERGESERAN"], "DPA, DPA pergeseran dan DPPA"),
    ],
)
def test_kinds_of_versions_are_told_once_each_in_their_order(kinds, named):
    assert versions_named(WorkPlan(kind=kind) for kind in kinds) == named


@pytest.mark.parametrize("query", ["", "?tahun=2019", "?urut=pagu"])
@pytest.mark.parametrize("name", ["plan-list", "line-list", "focus"])
def test_a_filter_that_nobody_set_is_no_mistake(client_as, name, query):
    PlanLineFactory()

    found = client_as("coordinator").get(page(name) + query)

    assert found.context["errors"] == []
    assert "<title>Galat:" not in found.text


@pytest.mark.parametrize(
    ("planned", "shown"), [((2018, 2019), 2019), ((2019, 2020), 2019), ((2017, 2018), 2018), ((2018, 2020), 2020)]
)
def test_list_of_lines_shows_the_present_year_or_else_the_newest(client_as, planned, shown):
    lines = {year: PlanLineFactory(plan__year=year) for year in planned}

    found = client_as("coordinator").get(page("line-list"))

    assert list(found.context["page"]) == [lines[shown]]


def test_unit_that_is_too_long_is_told_how_long_it_may_be(operator, line):
    form = operator.post(page("line-edit", line.plan_id, line.pk), line_data(line, unit="x" * 44)).context["form"]

    assert set(form.errors) == {"unit"}
    assert "30" in form.errors["unit"][0] and "44" in form.errors["unit"][0]


def test_form_of_a_line_ticks_the_place_that_is_stored(operator, draft, line):
    other = PlanLineFactory(plan=draft, other_village=VillageFactory(), exception_reason="Bencana")
    addresses = {
        "target": page("line-edit", draft.pk, line.pk),
        "other": page("line-edit", draft.pk, other.pk),
        "regency": page("line-edit", draft.pk, PlanLineFactory(plan=draft).pk),
        None: page("line-add", draft.pk),
    }

    ticked = [operator.get(address).context["form"]["place"].value() for address in addresses.values()]

    assert ticked == list(addresses)


def test_focus_of_several_agencies_adds_each_figure_to_its_own():
    parts = [Focus(1_000, 500, 300, 200, 70, 3), Focus(20_000, 4_000, 6_000, 1_000, 900, 10)]

    assert sum(parts, Focus()) == Focus(21_000, 4_500, 6_300, 1_200, 970, 13)
