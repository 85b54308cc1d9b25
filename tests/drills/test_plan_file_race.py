"""Two files of one year are applied at the same moment: the second meets what the first wrote, no line comes twice."""

import pytest

from p2emas.imports.tables import receive_table
from p2emas.workflow.editing import EditConflict
from programs.models import PlanLine
from programs.planning.files.models import PlanFile
from programs.planning.files.receiving import FileNotTaken
from programs.planning.files.services import apply_plan_file, take_plan_file, undo_plan_file
from programs.planning.files.template import plan_template
from tests.drills.racing import at_once
from tests.factories import AgencyFactory, OutcomeFactory, TargetLocationFactory, WorkPlanFactory
from tests.programs.planning.files.books import file_of, template_with_rows

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def applying(file, version, user):
    def act() -> bool:
        try:
            found = apply_plan_file(file=PlanFile.objects.get(pk=file.pk), version=version, actor=user)
        except (EditConflict, FileNotTaken):
            return False
        return found.file.status == "APPLIED"

    return act


def undoing(file, user):
    def act() -> bool:
        try:
            undo_plan_file(file=PlanFile.objects.get(pk=file.pk), actor=user)
        except FileNotTaken:
            return False
        return True

    return act


@pytest.mark.parametrize("of", ["one file", "two files"])
@pytest.mark.parametrize("present", [True, False])
def test_two_at_once(user_as, of, present):
    place, outcome = TargetLocationFactory(), OutcomeFactory()
    for _round in range(ROUNDS):
        agency = AgencyFactory()
        user = user_as("agency_operator", at=agency)
        version = WorkPlanFactory(agency=agency).version if present else 0
        content = template_with_rows(plan_template(agency, 2019), place.village, outcome)
        files = [
            take_plan_file(agency=agency, year=2019, received=receive_table(file_of(content)), user=user)
            for _each in range(2 if of == "two files" else 1)
        ]

        done = at_once(*(applying(file, version, user) for file in (files[0], files[-1])))

        assert sorted(done) == [False, True]
        assert PlanLine.objects.filter(plan__agency=agency).count() == 1
        applied = PlanFile.objects.get(agency=agency, status="APPLIED")
        assert sorted(at_once(undoing(applied, user), undoing(applied, user))) == [False, True]
        assert not PlanLine.objects.filter(plan__agency=agency).exists()
