"""A code that its list does not have is marked wherever those who work with it read it, and no other code is."""

import pytest
from django.urls import reverse

from programs.planning.line_forms import LineForm
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.services import create_plan
from tests.factories import (
    ActivityFactory,
    NomenclatureEntryFactory,
    NomenclatureVersionFactory,
    OutcomeFactory,
    PlanLineFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.markup import squeezed

from .conftest import add_line
from .files.books import book_of, plan_rows
from .files.test_files import taken

pytestmark = pytest.mark.django_db
MARK = "belum ada di daftar"
LISTED, STRANGER = "2.01.03.15.02", "2.01.03.15.77"


@pytest.fixture
def plan():
    """Two activities of one plan: the list has the code of the first, through an open number of the agency."""
    version = NomenclatureVersionFactory(code="13/2006")
    NomenclatureEntryFactory(version=version, level="KEGIATAN", code="2.01.XX.15.02", parent_code="2.01.XX.15")
    plan = WorkPlanFactory(year=2019)
    for code in (LISTED, STRANGER):
        add_line(plan, activity=ActivityFactory(agency=plan.agency, year=2019, code=code, name=f"Kegiatan {code}"))
    return plan


def marked(text):
    """Which of the two codes a page marks."""
    said = squeezed(text).replace('<span class="nowrap">', "").split(MARK)
    before = [part.rsplit("2.01.03.15.", 1)[1][:2] for part in said[:-1]]
    return {f"2.01.03.15.{last}" for last in before}


def line_of(plan, code):
    return plan.lines.get(activity__code=code)


def test_plan_page_marks_the_unlisted_code_alone(client_as, plan):
    text = client_as("agency_operator", at=plan.agency).get(plan.get_absolute_url()).text

    assert LISTED in text
    assert marked(text) == {STRANGER}


def test_check_lists_unlisted_codes_and_lets_the_plan_pass(client_as, plan):
    text = client_as("agency_operator", at=plan.agency).get(reverse("planning:plan-check", args=[plan.pk])).text

    assert "1 kode belum ada di daftar" in squeezed(text)
    assert "Ajukan" in text


def test_check_of_a_plan_of_listed_codes_says_nothing_of_the_list(client_as, plan):
    line_of(plan, STRANGER).delete()

    text = client_as("agency_operator", at=plan.agency).get(reverse("planning:plan-check", args=[plan.pk])).text

    assert MARK not in text


def test_form_of_a_line_marks_the_choice(plan):
    labels = dict(LineForm(instance=line_of(plan, LISTED)).fields["activity"].choices)

    said = {str(label) for label in labels.values() if "Kegiatan" in str(label)}
    assert said == {f"{LISTED} Kegiatan {LISTED}", f"{STRANGER} Kegiatan {STRANGER} ({MARK})"}


@pytest.mark.parametrize(
    ("who", "code", "expected"),
    [
        ("agency_operator", STRANGER, True),
        ("agency_operator", LISTED, False),
        ("coordinator", STRANGER, True),
        ("anonymous", STRANGER, False),
        ("district_admin", STRANGER, False),
    ],
)
def test_activity_page_marks_the_code_for_those_who_work_with_it(client_as, plan, who, code, expected):
    WorkPlan.objects.filter(pk=plan.pk).update(status="SET", effective_on="2019-01-02", budget_doc_no="DPA 1")
    reader = client_as(who, at=plan.agency if "agency" in who else None)

    text = reader.get(reverse("profiles:activity-detail", args=[line_of(plan, code).pk])).text

    assert code in text
    assert (MARK in text) is expected


def test_comparison_of_versions_marks_lines_that_came(client_as, plan, user_as):
    WorkPlan.objects.filter(pk=plan.pk).update(status="SET", effective_on="2019-01-02", budget_doc_no="DPA 1")
    operator = user_as("agency_operator", at=plan.agency)
    later = create_plan(agency=plan.agency, year=2019, kind="PERUBAHAN", by=operator)
    for line in list(later.lines.all()):
        PlanLineFactory(plan=later, activity=line.activity)

    text = client_as("agency_operator", at=plan.agency).get(reverse("planning:plan-compare", args=[later.pk])).text

    assert LISTED in text
    assert marked(text) == {STRANGER}


def test_difference_page_of_a_file_marks_new_unlisted_activities(client_as):
    plan = WorkPlanFactory(year=2019)
    version = NomenclatureVersionFactory(code="13/2006")
    NomenclatureEntryFactory(version=version, level="KEGIATAN", code="2.01.XX.15.00", parent_code="2.01.XX.15")
    rows = plan_rows([VillageFactory()], OutcomeFactory(), lines=2, activities=2)
    operator = client_as("agency_operator", at=plan.agency)
    file = taken(plan.agency, operator.user, book_of({"Renja": rows}))

    text = operator.get(file.get_absolute_url()).text

    assert marked(text) == {"2.01.03.15.01"}


def test_mark_costs_no_query_for_each_line(client_as, plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        lines = list(PlanLine.objects.filter(plan=plan).for_table().with_listing().order_by("activity__code"))
    assert [line.unlisted for line in lines] == [False, True]
