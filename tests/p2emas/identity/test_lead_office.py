"""Another office takes the programme over: its coordinators move or end, and rights go by the current lead office."""

from datetime import date

import pytest

from p2emas import naming
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import Role
from p2emas.history.records import last_edit
from p2emas.models import Assignment, Identity
from tests.factories import AgencyFactory, AssignmentFactory

pytestmark = pytest.mark.django_db
PAGE, FORM = "/identitas/", "/identitas/ubah/"
YESTERDAY, TODAY, LATER = date(2019, 10, 7), date(2019, 10, 8), date(2019, 11, 1)


@pytest.fixture
def new_office():
    return AgencyFactory(short_name="Bapperida", kind=Agency.Kind.BADAN)


@pytest.fixture
def head(client_as):
    return client_as("coordinator_head")


@pytest.fixture
def typed(head, new_office):
    return {
        "kind": "REGENCY",
        "name": "Alor",
        "province": "Nusa Tenggara Timur",
        "seat": "Kalabahi",
        "lead_agency": new_office.pk,
        "zone": "Asia/Jakarta",
        "seen": last_edit(Identity.objects.get(pk=1)) or "",
    }


def at(office: Agency) -> set[tuple[int, str, date, date | None]]:
    rows = Assignment.objects.filter(agency=office)
    return set(rows.values_list("user", "role", "valid_from", "valid_until"))


def test_page_tells_before_whom_it_concerns(head, user_as):
    other = user_as("coordinator")

    page = head.get(FORM).content.decode()

    assert "2 penugasan di Bappeda: " in page and other.name in page and head.user.name in page
    assert "Pindah ke kantor baru" in page and " checked" not in page


def test_without_coordinators_nothing_is_asked(unnamed, client_as):
    Assignment.objects.all().delete()

    assert "Koordinator, bila" not in client_as("admin").get(FORM).content.decode()


def test_change_without_an_answer_is_asked_for_one(head, typed, bappeda):
    answer = head.post(FORM, typed)

    assert answer.status_code == 200
    assert "Pilih apakah koordinatornya pindah atau berakhir." in answer.content.decode()
    assert Identity.objects.get(pk=1).lead_agency == bappeda


def test_coordinators_move_with_the_lead_office(head, typed, bappeda, new_office):
    follows, begins = AssignmentFactory(role=Role.COORDINATOR, agency=bappeda, valid_until=LATER), None
    begins = AssignmentFactory(role=Role.COORDINATOR, agency=bappeda, valid_from=LATER)
    leader = AssignmentFactory(role=Role.LEADER, agency=bappeda)
    since = head.user.assignments.get().valid_from

    answer = head.post(FORM, typed | {"coordinators": "MOVE"}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)] and answer.status_code == 200
    assert at(new_office) == {
        (head.user.pk, "coordinator_head", TODAY, None),
        (follows.user_id, "coordinator", TODAY, LATER),
        (begins.user_id, "coordinator", LATER, None),
    }
    assert at(bappeda) == {
        (head.user.pk, "coordinator_head", since, YESTERDAY),
        (follows.user_id, "coordinator", follows.valid_from, YESTERDAY),
        (begins.user_id, "coordinator", LATER, LATER),
        (leader.user_id, "leader", leader.valid_from, None),
    }
    assert User.objects.get(pk=head.user.pk).has_role(Role.COORDINATOR_HEAD)
    assert follows.history.first().history_user == head.user


def test_coordinators_end_with_the_lead_office(head, typed, bappeda, new_office):
    answer = head.post(FORM, typed | {"coordinators": "END"}, follow=True)

    assert answer.redirect_chain == [("/beranda/", 302)] and answer.status_code == 200
    assert at(new_office) == set()
    assert [row[3] for row in at(bappeda)] == [YESTERDAY]
    assert head.get(PAGE).status_code == 403


def test_nobody_moves_to_no_office(head, typed, bappeda):
    answer = head.post(FORM, typed | {"lead_agency": "", "coordinators": "MOVE"})

    assert "Pilih kantor yang menerima koordinatornya." in answer.content.decode()
    assert Identity.objects.get(pk=1).lead_agency == bappeda


def test_other_changes_leave_coordinators_alone(head, typed, bappeda):
    before = at(bappeda)

    head.post(FORM, typed | {"lead_agency": bappeda.pk, "seat": "Moru"})

    assert Identity.objects.get(pk=1).seat == "Moru"
    assert at(bappeda) == before


def test_rights_hang_from_the_lead_office_whoever_changed_it(head, new_office):
    """The row in the shell, an assignment by hand: a coordinator elsewhere is none."""
    AssignmentFactory(user=head.user, role=Role.AUDITOR, agency=new_office)
    Identity.objects.update(lead_agency=new_office)
    naming.forget()

    assert User.objects.get(pk=head.user.pk).role_codes == {Role.AUDITOR}
    assert head.get(FORM).status_code == 403
