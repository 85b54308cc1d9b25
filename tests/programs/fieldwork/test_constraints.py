"""Every constraint of visits refuses a bad row in the database itself, from any writer."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from programs.fieldwork.models import FieldPhoto, FieldReport, VisitedLine, VisitReply
from tests.facilitator_factories import FieldPhotoFactory, FieldReportFactory, VisitedLineFactory, VisitReplyFactory

pytestmark = pytest.mark.django_db


def _same(factory, *names):
    there = factory()
    return factory.build(**{name: getattr(there, name) for name in names})


def _update(**values):
    FieldReport.objects.filter(pk=FieldReportFactory().pk).update(**values)


BAD = {
    "programs_fieldreport_sent_is_filled": lambda: _update(women=None),
    "programs_fieldreport_sent_when": lambda: _update(received_at=None),
    "programs_fieldreport_whole_place": lambda: _update(lat=1),
    "programs_fieldreport_output_not_negative": lambda: _update(output=-1),
    "programs_fieldreport_not_itself": lambda: _update(replaces=models.F("pk")),
    "programs_visitedline_once": lambda: _same(VisitedLineFactory, "report", "plan_line").save(),
    "programs_fieldphoto_number_once": lambda: _same(FieldPhotoFactory, "report").save(),
    "programs_fieldphoto_number": lambda: FieldPhotoFactory(number=6),
    "programs_visitreply_says_something": lambda: VisitReplyFactory(text=""),
}


def test_every_constraint_has_a_bad_row_and_a_sentence():
    named = {
        each.name: each
        for model in (FieldReport, FieldPhoto, VisitedLine, VisitReply)
        for each in model._meta.constraints
    }

    assert set(named) == set(BAD)
    assert all(each.violation_error_message != each.default_violation_error_message for each in named.values())


@pytest.mark.parametrize("name", BAD)
def test_bad_row_is_refused(name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BAD[name]()
    # SQLite names the columns of a unique constraint, not the constraint
    once = name.endswith("_once") and connection.vendor == "sqlite"
    assert once or name in str(refusal.value)
