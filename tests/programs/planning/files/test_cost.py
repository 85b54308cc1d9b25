"""What hundreds of rows of a plan's file cost: fields that are shared, and queries that do not grow with the rows."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from programs.models import Indicator, PlanLine, WorkPlan
from programs.planning.files.comparing import PlanFileComparison
from programs.planning.files.services import apply_plan_file
from programs.planning.workbook.lane import PLAN_LANE
from tests.factories import AgencyFactory, OutcomeFactory, TargetLocationFactory

from .books import book_of, plan_rows
from .test_files import taken

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
FORMS = {"activity": 3, "indicator": 3, "line": 12}


@pytest.fixture
def operator(user_as):
    return user_as("agency_operator", at=AgencyFactory())


@pytest.fixture
def agency(operator):
    return operator.assignments.get().agency


@pytest.fixture
def villages():
    return [TargetLocationFactory().village for _number in range(4)]


def file_with(agency, operator, villages, *, lines, activities, more=0):
    rows = plan_rows(villages, OutcomeFactory(name="Pendapatan naik"), lines=lines, activities=activities)
    for row in rows[2:]:
        row[17] += more
    return taken(agency, operator, book_of({"Renja": rows}))


def bound_forms(found):
    forms = {kind: [part.form for part in found.parts if part.part == kind and part.form] for kind in FORMS}
    return {kind: made for kind, made in forms.items() if made}


def test_forms_of_a_file_share_the_fields_of_their_first(agency, operator, villages):
    file = file_with(agency, operator, villages, lines=12, activities=3)
    found = bound_forms(PlanFileComparison(file))

    assert {kind: len(forms) for kind, forms in found.items()} == FORMS
    for kind, name in (("activity", "outcome"), ("indicator", "formula"), ("line", "fund"), ("line", "money_4")):
        assert len({id(form.fields[name]) for form in found[kind]}) == 1, (kind, name)
    assert [sorted(form.errors) for forms in found.values() for form in forms] == [[]] * 18


def test_forms_of_stored_rows_show_what_each_of_them_has(agency, operator, villages):
    apply_plan_file(file=file_with(agency, operator, villages, lines=12, activities=3), version=0, actor=operator)
    first = PlanLine.objects.order_by("pk").first()
    PlanLine.objects.filter(pk=first.pk).update(fund="LAMA")  # of a fund that nobody is offered any more
    again = PlanFileComparison(file_with(agency, operator, villages, lines=12, activities=3, more=500))
    lines = {part.form.instance.pk: part for part in again.parts if part.part == "line"}

    assert len({id(part.form.fields["fund"]) for part in lines.values()}) == 2
    kept = lines[first.pk].form.fields["fund"].choices
    assert "LAMA" in str(kept) and "LAMA" not in str(lines[first.pk + 1].form.fields["fund"].choices)
    amounts = {pk: {label: old for label, old, _new in part.changes}["Pagu (Rp)"] for pk, part in lines.items()}
    assert amounts == {line.pk: f"{line.amount:,}".replace(",", ".") for line in PlanLine.objects.all()}


def asked_by(file):
    with CaptureQueriesContext(connection) as asked:
        found = PlanFileComparison(file)
    assert found.wrong == 0 and found.to_apply
    return len(asked.captured_queries)


def test_differences_ask_as_much_of_five_lines_as_of_forty(agency, operator, villages):
    few = file_with(agency, operator, villages, lines=5, activities=5)
    asked_by(few)  # reads what is remembered from then on
    assert asked_by(few) == asked_by(file_with(agency, operator, villages, lines=40, activities=20))

    apply_plan_file(file=few, version=0, actor=operator)
    changed = asked_by(file_with(agency, operator, villages, lines=5, activities=5, more=9))
    many = file_with(agency, operator, villages, lines=40, activities=20)
    mixed = asked_by(many)
    apply_plan_file(file=many, version=WorkPlan.objects.get().version, actor=operator)
    assert asked_by(file_with(agency, operator, villages, lines=40, activities=20, more=9)) == changed
    assert mixed - changed <= 6  # those of new activities and of last year's plan


def test_workbook_of_a_plan_shares_the_fields_of_its_lines(agency, operator, villages):
    apply_plan_file(file=file_with(agency, operator, villages, lines=12, activities=3), version=0, actor=operator)
    lines = PLAN_LANE.sheets(WorkPlan.objects.get())[0].whole

    assert len({id(form.fields["procurement"]) for form in lines}) == 1
    assert [form.get_initial_for_field(form.fields["money_4"], "money_4") for form in lines] == [
        form.instance.amount for form in lines
    ]


def is_check(constraint):
    return isinstance(constraint, models.CheckConstraint)


def names_in(condition):
    for child in condition.children:
        yield from names_in(child) if isinstance(child, models.Q) else {child[0].split("__")[0]}


@pytest.mark.parametrize("kind", ["indicator", "line"])
def test_no_constraint_is_left_out_that_a_row_of_a_file_could_break(agency, operator, villages, kind):
    """Forms of files ask none: each needs a field that they do not fill, or their own fields say the same."""
    form = bound_forms(PlanFileComparison(file_with(agency, operator, villages, lines=3, activities=3)))[kind][0]
    model = {"indicator": Indicator, "line": PlanLine}[kind]
    checked = {each.name: set(names_in(each.condition)) for each in model._meta.constraints if is_check(each)}
    left_out = form._get_validation_exclusions()

    assert checked
    assert [name for name, fields in checked.items() if left_out.isdisjoint(fields)] == []
