"""Every constraint of the house refuses a bad row in the database itself, from any writer; one without a case fails."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from facilitators.models import Application
from tests import facilitator_factories as make
from tests.factories import UserFactory, VillageFactory

pytestmark = pytest.mark.django_db
EARLIER, LATER = datetime(2019, 10, 1, tzinfo=UTC), datetime(2019, 10, 2, tzinfo=UTC)


def twice(factory, *same: str, **fields):
    """Two rows that share ``same``."""
    first = factory(**fields)
    factory(**fields, **{name: getattr(first, name) for name in same})


def _same_nik(**second) -> None:
    first = make.ApplicationFactory(status="PASSED_FILES")
    make.ApplicationFactory(round=first.round, nik_fingerprint=first.nik_fingerprint, **second)


def _same_number() -> None:
    first = make.ApplicationFactory()
    make.ApplicationFactory(round=first.round, number=first.number)


def _same_rank() -> None:
    first = make.PlaceChoiceFactory()
    make.PlaceChoiceFactory(application=first.application, rank=1)


def _same_wish() -> None:
    first = make.PlaceChoiceFactory()
    make.PlaceChoiceFactory(application=first.application, place=first.place, rank=2)


def _two_homes() -> dict[str, object]:
    village = VillageFactory()
    return {"home_village": village, "home_district": village.district}


def _decided_by_sender() -> None:
    person = UserFactory()
    make.RecruitmentRoundFactory(submitted_by=person, decided_by=person)


def _about_two() -> None:
    application = make.ApplicationFactory()
    make.PersonalDataAccessFactory(application=application, round=application.round)


def _replaces_itself() -> None:
    placement = make.PlacementFactory()
    placement.replaces = placement
    placement.save()


BAD = {
    "facilitators_recruitmentround_dates": lambda: make.RecruitmentRoundFactory(opens_at=LATER, closes_at=EARLIER),
    "facilitators_recruitmentround_weights": lambda: make.RecruitmentRoundFactory(
        weight_test=0, weight_dossier=0, weight_interview=0
    ),
    "facilitators_recruitmentround_pass_mark": lambda: make.RecruitmentRoundFactory(pass_mark=101),
    "facilitators_recruitmentround_panels": lambda: make.RecruitmentRoundFactory(panels=0),
    "facilitators_recruitmentround_submitter_not_decider": _decided_by_sender,
    "facilitators_recruitmentround_keeps_results": lambda: make.RecruitmentRoundFactory(status="SUBMITTED"),
    "facilitators_place_once": lambda: twice(make.PlaceFactory, "round", "target_location"),
    "facilitators_place_number": lambda: make.PlaceFactory(number=0),
    "facilitators_requirement_ages": lambda: make.RequirementFactory(least_age=30, most_age=29),
    "facilitators_requirement_once": lambda: twice(make.RequirementFactory, "round", "text"),
    "facilitators_documentkind_once": lambda: twice(make.DocumentKindFactory, "round", "name"),
    "facilitators_rubriccriterion_once": lambda: twice(make.RubricCriterionFactory, "round", "name"),
    "facilitators_rubriccriterion_weight": lambda: make.RubricCriterionFactory(weight=-1),
    "facilitators_application_nik_once": lambda: _same_nik(status="INVITED"),
    "facilitators_application_number_once": _same_number,
    "facilitators_application_sent_numbered": lambda: make.ApplicationFactory(number=""),
    "facilitators_application_consented": lambda: make.ApplicationFactory(consent_version=""),
    "facilitators_application_accepted_placed": lambda: make.ApplicationFactory(status="ACCEPTED"),
    "facilitators_application_rejected_reasoned": lambda: make.ApplicationFactory(status="REJECTED"),
    "facilitators_application_one_home": lambda: make.ApplicationFactory(**_two_homes()),
    "facilitators_facilitator_one_home": lambda: make.FacilitatorFactory(**_two_homes()),
    "facilitators_placechoice_once": _same_wish,
    "facilitators_placechoice_rank_once": _same_rank,
    "facilitators_requirementcheck_once": lambda: twice(make.RequirementCheckFactory, "application", "requirement"),
    "facilitators_personaldataaccess_about_one": _about_two,
    "facilitators_personaldataaccess_reasoned": lambda: make.PersonalDataAccessFactory(reason=""),
    "facilitators_panelseat_once": lambda: twice(make.PanelSeatFactory, "round", "user"),
    "facilitators_conflict_once": lambda: twice(make.ConflictOfInterestFactory, "application", "seat"),
    "facilitators_scoresheet_once": lambda: twice(make.ScoreSheetFactory, "application", "seat"),
    "facilitators_scoresheet_void_reasoned": lambda: make.ScoreSheetFactory(voided_at=LATER),
    "facilitators_scorecorrection_changes": lambda: make.ScoreCorrectionFactory(new=4),
    "facilitators_scorecorrection_minutes": lambda: make.ScoreCorrectionFactory(minutes_no=""),
    "facilitators_scorecorrection_range": lambda: make.ScoreCorrectionFactory(new=101),
    "facilitators_sheetscore_once": lambda: twice(make.SheetScoreFactory, "sheet", "criterion"),
    "facilitators_sheetscore_range": lambda: make.SheetScoreFactory(score=101),
    "facilitators_testscore_range": lambda: make.TestScoreFactory(score=101),
    "facilitators_interview_once": lambda: twice(make.InterviewFactory, "application"),
    "facilitators_objection_answered": lambda: make.ObjectionFactory(status="ANSWERED"),
    "facilitators_course_dates": lambda: make.CourseFactory(starts=date(2019, 2, 1), ends=date(2019, 1, 1)),
    "facilitators_course_rule": lambda: make.CourseFactory(pass_mark=101),
    "facilitators_session_times": lambda: make.SessionFactory(starts_at=LATER, ends_at=EARLIER),
    "facilitators_enrolment_once": lambda: twice(make.EnrolmentFactory, "course", "facilitator"),
    "facilitators_enrolment_tests": lambda: make.EnrolmentFactory(final_test=101),
    "facilitators_enrolment_dropped_reasoned": lambda: make.EnrolmentFactory(outcome="DROPPED"),
    "facilitators_attendance_once": lambda: twice(make.AttendanceFactory, "session", "enrolment"),
    "facilitators_contract_dates": lambda: make.ContractFactory(starts=date(2019, 2, 1), ends=date(2019, 1, 1)),
    "facilitators_contract_pay": lambda: make.ContractFactory(monthly_pay=-1),
    "facilitators_placement_dates": lambda: make.PlacementFactory(starts=date(2019, 2, 1), ends=date(2019, 1, 1)),
    "facilitators_placement_end_reasoned": lambda: make.PlacementFactory(ended_on=date(2019, 2, 1)),
    "facilitators_placement_end_within": lambda: make.PlacementFactory(
        ended_on=date(2020, 2, 1), end_reason="RESIGNED"
    ),
    "facilitators_placement_not_replaces_itself": _replaces_itself,
    "facilitators_placement_once": lambda: twice(make.PlacementFactory, "facilitator", "target_location"),
    "facilitators_appraisal_score": lambda: make.AppraisalFactory(score=101),
}


def named_constraints() -> dict[str, CheckConstraint | UniqueConstraint]:
    models = apps.get_app_config("facilitators").get_models()
    return {constraint.name: constraint for model in models for constraint in model._meta.constraints}


def test_every_constraint_has_a_bad_row_and_a_sentence():
    found = named_constraints()

    assert set(found) == set(BAD)
    assert [
        name for name, each in found.items() if each.violation_error_message == each.default_violation_error_message
    ] == []


@pytest.mark.parametrize("name", BAD)
def test_bad_row_is_refused(name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BAD[name]()

    said = str(refusal.value)
    fields = getattr(named_constraints()[name], "fields", ())
    # SQLite names the columns of a unique constraint, not the constraint
    assert name in said or (fields and all(f".{field}" in said for field in fields))


@pytest.mark.parametrize("status", ["DRAFT", "SENT", "INCOMPLETE", "REJECTED", "WITHDRAWN", "DROPPED"])
def test_application_that_has_not_passed_the_check_blocks_no_other(status):
    fields = {"draft": True} if status == "DRAFT" else {"status": status, "rejected_for": "FILES"}

    _same_nik(**fields)

    assert Application.objects.values("nik_fingerprint").distinct().count() == 1
    assert Application.objects.count() == 2
