"""Who reads whole applications: the office, and a seat only after its own score."""

import pytest

from facilitators.models import Application, ApplicationFile, RequirementCheck, ScoreSheet
from p2emas.accounts.roles import Role
from tests.facilitator_factories import (
    ApplicationFactory,
    ConflictOfInterestFactory,
    DocumentKindFactory,
    PanelSeatFactory,
    RequirementCheckFactory,
    ScoreSheetFactory,
)
from tests.worlds import _file

pytestmark = pytest.mark.django_db
STAFF = {Role.COORDINATOR, Role.COORDINATOR_HEAD, Role.LEADER, Role.AUDITOR}


def seen_by(user) -> set:
    return set(Application.objects.for_user(user))


@pytest.mark.parametrize("role", [*Role.values, "admin"])
def test_only_those_who_see_everything_read_applications(role, user_as):
    sent = ApplicationFactory()
    ApplicationFactory(draft=True, round=sent.round)
    check = RequirementCheckFactory(application=sent)

    user = user_as(role)

    shown = role in STAFF or role == "admin"
    assert seen_by(user) == ({sent} if shown else set())
    assert set(RequirementCheck.objects.for_user(user)) == ({check} if shown else set())


@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_seat_shows_an_application_only_after_its_dossier_score(role, user_as):
    user = user_as(role)
    application, other = ApplicationFactory.create_batch(2, status="INVITED")
    other.round = application.round
    other.save()
    seat = PanelSeatFactory(round=application.round, user=user)
    ScoreSheetFactory(application=application, seat=PanelSeatFactory(round=application.round))
    before = seen_by(user)

    sheet = ScoreSheetFactory(application=application, seat=seat)

    assert before == set()
    assert seen_by(user) == {application}
    sheet.voided_at, sheet.voided_for = application.sent_at, "CONFLICT"
    sheet.save()
    assert seen_by(user) == set()


def test_seat_in_one_round_hides_nothing_of_another(user_as):
    user = user_as("coordinator")
    hidden, shown = ApplicationFactory(), ApplicationFactory()
    PanelSeatFactory(round=hidden.round, user=user)

    assert seen_by(user) == {shown}


def test_conflict_ends_access_even_after_the_score(user_as):
    user = user_as("panelist")
    application = ApplicationFactory(status="INVITED")
    seat = PanelSeatFactory(round=application.round, user=user)
    ScoreSheetFactory(application=application, seat=seat)

    ConflictOfInterestFactory(application=application, seat=seat)

    assert seen_by(user) == set()
    assert set(Application.objects.to_score(user)) == set()


def test_panellist_opens_no_paper_even_after_the_score(user_as):
    application = ApplicationFactory(status="INVITED")
    paper = _file(ApplicationFile, application=application, document=DocumentKindFactory(round=application.round))
    panelist, coordinator = user_as("panelist"), user_as("coordinator")
    for user in (panelist, coordinator):
        seat = PanelSeatFactory(round=application.round, user=user)
        ScoreSheetFactory(application=application, seat=seat)

    assert set(ApplicationFile.objects.for_user(panelist)) == set()
    assert set(ApplicationFile.objects.for_user(coordinator)) == {paper}


def test_seat_scores_what_passed_the_files_in_its_own_panel(user_as):
    user = user_as("panelist")
    passed = ApplicationFactory(status="PASSED_FILES")
    seat = PanelSeatFactory(round=passed.round, user=user)
    ApplicationFactory(status="SENT", round=passed.round)
    ApplicationFactory(status="PASSED_FILES", round=passed.round, panel=2)
    ApplicationFactory(status="PASSED_FILES")

    assert set(Application.objects.to_score(user)) == {passed}
    assert seat.panel == passed.panel


def test_others_sheets_stay_hidden_until_ones_own_of_that_part(user_as):
    coordinator, free = user_as("coordinator"), user_as("auditor")
    application = ApplicationFactory(status="INVITED")
    seat = PanelSeatFactory(round=application.round, user=coordinator)
    other = PanelSeatFactory(round=application.round)
    theirs = {
        part: ScoreSheetFactory(application=application, seat=other, part=part) for part in ("DOSSIER", "INTERVIEW")
    }

    before = set(ScoreSheet.objects.for_user(coordinator))
    mine = ScoreSheetFactory(application=application, seat=seat)

    assert before == set()
    assert set(ScoreSheet.objects.for_user(coordinator)) == {mine, theirs["DOSSIER"]}
    assert set(ScoreSheet.objects.for_user(free)) == {mine, *theirs.values()}
