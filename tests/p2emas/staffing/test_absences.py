"""Leave: who asks, who names, what the deputy may meanwhile, and that it ends by itself."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.roles import Role
from p2emas.models import Absence, Assignment, Notification, Official, User
from p2emas.staffing.absence_page import AbsencePage
from p2emas.staffing.absence_services import ask_absence, end_absence, name_stand_in
from p2emas.workflow.models import StepConflict, StepNotAllowed
from tests.conftest import TODAY
from tests.factories import (
    AbsenceFactory,
    AgencyFactory,
    AssignmentFactory,
    CompetencyDeterminationFactory,
    OfficialFactory,
    UserFactory,
)
from tests.people import lead_agency, person_as

pytestmark = pytest.mark.django_db
ASK, LIST = reverse("staffing:absence-ask"), reverse("staffing:absence-list")
LAST = date(2019, 10, 25)


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fresh(user: User) -> User:
    """As on the next request."""
    return User.objects.get(pk=user.pk)


def made(person: User, stand_in: User, role: str, agency, **more) -> Absence:
    fields = {"valid_from": TODAY, "valid_until": LAST, **more}
    return Absence(person=person, stand_in=stand_in, role=role, agency=agency, **fields)


@pytest.fixture
def office(db):
    """A head and two coordinators: the smallest office."""
    return {
        "head": person_as("coordinator_head"),
        "away": person_as("coordinator"),
        "other": person_as("coordinator"),
    }


def typed(held: Assignment, stand_in: User, **more) -> dict[str, str]:
    fields = {"held": held.pk, "stand_in": stand_in.pk, "valid_from": "08-10-2019", "valid_until": "25-10-2019"}
    return {**fields, **more}


# --- Asking and naming -------------------------------------------------------------------------------------------------


def test_operator_asks_and_the_head_of_the_agency_names(client_as):
    agency = AgencyFactory()
    operator, head = client_as("agency_operator", at=agency), client_as("agency_head", at=agency)
    colleague = UserFactory()
    AssignmentFactory(user=colleague, agency=agency, role=Role.DISTRICT_ADMIN)
    held = operator.user.assignments.get()

    asked = operator.post(ASK, typed(held, colleague), follow=True)

    absence = Absence.objects.get()
    assert absence.status == "ASKED" and absence.assignment is None
    assert "Menunggu ditetapkan oleh: " in text_of(asked)
    assert Notification.objects.filter(user=head.user, kind="absence").count() == 1
    assert not fresh(colleague).has_role(Role.AGENCY_OPERATOR)

    step = reverse("staffing:absence-step", args=[absence.pk, "name"])
    assert operator.get(step).status_code == 403
    head.post(step, {"seen": "ASKED"})

    absence.refresh_from_db()
    given = absence.assignment
    assert (given.user, given.role, given.agency) == (colleague, Role.AGENCY_OPERATOR, agency)
    assert (given.valid_from, given.valid_until) == (TODAY, LAST)
    assert fresh(colleague).has_role(Role.AGENCY_OPERATOR)
    told = Notification.objects.filter(kind="absence").exclude(user=head.user).values_list("user", flat=True)
    assert set(told) == {operator.user.pk, colleague.pk}


def test_right_ends_by_itself(office):
    absence = ask_absence(
        absence=made(office["head"], office["other"], "coordinator_head", lead_agency()), by=office["head"]
    )

    assert absence.status == "NAMED"
    for day, has in ((TODAY, True), (LAST, True), (LAST + timedelta(days=1), False)):
        with clock.at(day):
            assert fresh(office["other"]).has_role(Role.COORDINATOR_HEAD) == has


def test_coordinator_asks_and_only_a_head_of_the_office_names(office, client_as):
    stranger = client_as("agency_head")
    helper = UserFactory()
    AssignmentFactory(user=helper, agency=lead_agency(), role=Role.AGENCY_OPERATOR)

    absence = ask_absence(absence=made(office["away"], helper, "coordinator", lead_agency()), by=office["away"])

    assert absence.status == "ASKED"
    may = {name for name, person in office.items() if absence.may_take(fresh(person), "name")}
    assert may == {"head"} and not absence.may_take(stranger.user, "name")
    assert stranger.get(absence.get_absolute_url()).status_code == 404


def test_nobody_names_themselves(office):
    absence = ask_absence(absence=made(office["away"], office["head"], "coordinator", lead_agency()), by=office["away"])

    assert not absence.may_take(fresh(office["head"]), "name")
    with pytest.raises(StepNotAllowed):
        name_stand_in(absence, seen="ASKED", actor=fresh(office["head"]), note="")
    assert not fresh(office["head"]).has_role(Role.COORDINATOR)


def test_second_click_asks_once_and_another_stand_in_for_the_day_is_refused(office):
    first = ask_absence(absence=made(office["away"], office["other"], "coordinator", lead_agency()), by=office["away"])
    again = ask_absence(absence=made(office["away"], office["other"], "coordinator", lead_agency()), by=office["away"])

    assert again.pk == first.pk
    with pytest.raises(StepNotAllowed, match="sudah ada"):
        ask_absence(absence=made(office["away"], office["head"], "coordinator", lead_agency()), by=office["away"])
    assert Absence.objects.count() == 1


def test_who_holds_the_role_anyway_gets_no_second_assignment(office):
    absence = ask_absence(
        absence=made(office["away"], office["other"], "coordinator", lead_agency()), by=office["head"]
    )

    assert absence.status == "NAMED" and absence.assignment is None
    assert office["other"].assignments.count() == 1


def test_who_is_away_stands_in_for_nobody(office):
    ask_absence(absence=made(office["away"], office["other"], "coordinator", lead_agency()), by=office["head"])

    with pytest.raises(StepNotAllowed, match="sendiri tidak bertugas"):
        ask_absence(absence=made(office["head"], office["away"], "coordinator_head", lead_agency()), by=office["head"])


def test_role_that_the_person_does_not_hold_is_covered_by_nobody(office):
    with pytest.raises(StepNotAllowed, match="tidak memegang peran"):
        ask_absence(absence=made(office["other"], office["away"], "coordinator_head", lead_agency()), by=office["head"])


def test_form_offers_colleagues_and_no_readers(client_as):
    agency = AgencyFactory()
    operator = client_as("agency_operator", at=agency)
    colleague, stranger = person_as("agency_head", at=agency), person_as("agency_head")
    reader = UserFactory(name="Inspektorat rangkap")
    AssignmentFactory(user=reader, agency=agency, role=Role.AGENCY_OPERATOR)
    AssignmentFactory(user=reader, agency=agency, role=Role.AUDITOR)

    field = operator.get(ASK).context["form"].fields["stand_in"]

    assert {operator.user, colleague} == set(field.queryset)
    assert stranger not in field.queryset and reader not in field.queryset


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"valid_until": "07-10-2019", "valid_from": "07-10-2019"}, "Tanggal akhirnya sudah lewat."),
        ({"valid_from": "26-10-2019"}, "Tanggal akhir tidak boleh sebelum tanggal mulai."),
        ({"valid_until": "08-12-2020"}, "Paling lama satu tahun."),
        ({"acting": "PLH"}, "Pilih jabatan yang diisi."),
    ],
)
def test_wrong_input_is_answered_with_a_sentence(more, sentence, client_as):
    agency = AgencyFactory()
    head = client_as("agency_head", at=agency)
    colleague = person_as("agency_operator", at=agency)

    answer = head.post(ASK, typed(head.user.assignments.get(), colleague, **more))

    assert answer.status_code == 200 and sentence in text_of(answer)
    assert not Absence.objects.exists()


# --- On papers ---------------------------------------------------------------------------------------------------------


def test_stand_in_signs_as_plh_and_the_office_returns_afterwards():
    agency = AgencyFactory()
    office = OfficialFactory(agency=agency, name="Kepala lama", title="Kepala Dinas")
    head, operator = person_as("agency_head", at=agency), person_as("agency_operator", at=agency)

    ask_absence(
        absence=made(head, operator, "agency_head", agency, acting="PLH", replaces=office, rank="Penata"), by=head
    )

    signs = Official.objects.in_force(TODAY).filter(agency=agency).heads()[agency.pk]
    assert (signs.name, signs.signed_title, signs.rank) == (operator.name, "Plh. Kepala Dinas", "Penata")
    assert str(signs) == f"{operator.name}, Plh. Kepala Dinas"
    after = Official.objects.in_force(LAST + timedelta(days=1)).filter(agency=agency).heads()
    assert after[agency.pk] == office


def test_who_acts_in_another_office_does_not_sign_for_the_head():
    agency = AgencyFactory()
    head = OfficialFactory(agency=agency, title="Kepala Dinas", valid_from=date(2017, 1, 1))
    OfficialFactory(agency=agency, title="Sekretaris", capacity="PLH", valid_from=date(2019, 10, 1))

    assert Official.objects.in_force(TODAY).filter(agency=agency).heads() == {agency.pk: head}


# --- Ending ------------------------------------------------------------------------------------------------------------


def test_person_who_is_back_ends_it():
    agency = AgencyFactory()
    head, operator = person_as("agency_head", at=agency), person_as("agency_operator", at=agency)
    office = OfficialFactory(agency=agency)
    absence = ask_absence(absence=made(head, operator, "agency_head", agency, acting="PLH", replaces=office), by=head)

    with clock.at(TODAY + timedelta(days=2)):
        end_absence(absence, seen="NAMED", actor=head, note="")
        assert not fresh(operator).has_role(Role.AGENCY_HEAD)
        assert Official.objects.in_force(clock.today()).filter(agency=agency).heads() == {agency.pk: office}
    with pytest.raises(StepConflict):
        end_absence(absence, seen="NAMED", actor=head, note="")


def test_leave_that_has_not_begun_leaves_no_right_behind():
    agency = AgencyFactory()
    head, operator = person_as("agency_head", at=agency), person_as("agency_operator", at=agency)
    later = {"valid_from": date(2019, 10, 14)}
    absence = ask_absence(absence=made(head, operator, "agency_head", agency, **later), by=head)

    end_absence(absence, seen="NAMED", actor=head, note="")

    absence.refresh_from_db()
    assert absence.status == "ENDED" and absence.assignment is None
    assert operator.assignments.count() == 1


# --- Separation of duties ---------------------------------------------------------------------------------------------


def test_page_says_who_decides_what_the_stand_in_submitted(office, client_as):
    determination = CompetencyDeterminationFactory(status="SUBMITTED", submitted_by=office["other"])
    absence = ask_absence(
        absence=made(office["head"], office["other"], "coordinator_head", lead_agency()), by=office["head"]
    )

    stuck = AbsencePage(absence, office["head"], TODAY).decisions
    assert [each.is_stuck for each in stuck] == [True]
    assert not determination.may_take(fresh(office["other"]), "decide")

    second = person_as("coordinator_head")
    (told,) = AbsencePage(absence, office["head"], TODAY).decisions
    assert told.others == [second] and f"Yang dapat: {second}." in told.sentence
    page = client_as("auditor").get(absence.get_absolute_url())
    assert "Siapa yang memutuskan selama itu" in text_of(page)


# --- The database, scope -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": date(2019, 10, 1)},
        {"acting": "PLH"},
        {"status": "NAMED"},
    ],
    ids=["dates", "acts in no office", "named by nobody"],
)
def test_database_refuses(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(**wrong)


def test_database_refuses_one_person_for_two(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(person=office["head"], stand_in=office["head"])
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(named=True, stand_in=office["head"], named_by=office["head"])
    given = AssignmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(assignment=given)
    first = AbsenceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(person=first.person, agency=first.agency)


def test_list_shows_what_concerns_the_reader(client_as):
    agency = AgencyFactory()
    ours, theirs = AbsenceFactory(agency=agency), AbsenceFactory()
    operator, facilitator = client_as("agency_operator", at=agency), client_as("facilitator")

    page = operator.get(LIST).content.decode()

    assert ours.person.name in page and theirs.person.name not in page
    assert "Tidak ada pengganti yang menyangkut Anda." in text_of(facilitator.get(LIST))
    assert facilitator.get(ASK).status_code == 403
