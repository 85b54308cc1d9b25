"""Values at the edge of a rule about plans, and words that a turned condition would hang on the wrong field."""

from datetime import date

import pytest
from django.urls import reverse

from programs.models import Indicator, WorkPlan
from programs.planning.services import create_plan
from programs.planning.spread import Spread
from tests.factories import UserFactory, WorkPlanFactory
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
    data = {"seen": "REVIEWING", "budget_doc_no": "D" * letters, "effective_on": "02-01-2019", "note": ""}

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


def test_whoever_adds_changes_or_deletes_an_indicator_is_told_so(operator, line):
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
