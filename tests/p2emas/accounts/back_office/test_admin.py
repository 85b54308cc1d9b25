"""People and assignments in the back office: a superuser repairs, the auditor reads, nobody gives themselves anything."""

from datetime import date

import pytest
from django.urls import reverse

from p2emas.accounts.models import Agency, Assignment, User
from tests.factories import AgencyFactory, AssignmentFactory, HolidayFactory, UserFactory
from tests.markup import squeezed, tight

pytestmark = pytest.mark.django_db

USERS = "/kelola/p2emas/user/"
ASSIGNMENTS = "/kelola/p2emas/assignment/"


@pytest.mark.parametrize(
    ("who", "reads", "adds"),
    [
        ("admin", 200, 200),
        ("auditor", 200, 403),
        ("coordinator", 403, 403),
        ("coordinator_head", 403, 403),
        ("district_admin", 403, 403),
        ("agency_operator", 403, 403),
    ],
)
def test_who_reads_and_repairs(client_as, who, reads, adds):
    held = AssignmentFactory()
    client = client_as(who)
    pages = [USERS, ASSIGNMENTS, f"{USERS}{held.user.pk}/change/", f"{ASSIGNMENTS}{held.pk}/change/"]

    assert {client.get(page).status_code for page in pages} == {reads}
    assert {client.get(f"{page}add/").status_code for page in (USERS, ASSIGNMENTS)} == {adds}
    assert client.post(f"{USERS}{held.user.pk}/delete/", {"post": "yes"}).status_code == 403


def test_superuser_makes_the_first_head(client_as, bappeda):
    client = client_as("admin")
    person = {"username": "kepala", "name": "Kepala", "email": "kepala@example.go.id", "is_active": "on"}

    client.post(f"{USERS}add/", person | {"is_superuser": "on", "password": "rahasia-sekali-1"})
    head = User.objects.get(username="kepala")
    client.post(
        f"{ASSIGNMENTS}add/",
        {"user": head.pk, "role": "coordinator_head", "agency": bappeda.pk, "valid_from": "8 Oktober 2019"},
    )

    assert (head.has_usable_password(), head.is_superuser) == (False, False)
    assert User.objects.get(username="kepala").has_role("coordinator_head")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "facilitator"}, "role"),
        ({"agency": "other"}, "agency"),
        ({"user": "self"}, "user"),
        ({"user": "superuser"}, "user"),
    ],
)
def test_assignment_that_may_not_be_is_refused(client_as, bappeda, change, field):
    client = client_as("admin")
    values = {
        "other": AgencyFactory().pk, "self": client.user.pk, "superuser": UserFactory(is_superuser=True).pk
    }  # fmt: skip
    data = {"user": UserFactory().pk, "role": "coordinator_head", "agency": bappeda.pk, "valid_from": "8 Oktober 2019"}
    data |= {key: values.get(value, value) for key, value in change.items()}

    response = client.post(f"{ASSIGNMENTS}add/", data)

    assert list(response.context["adminform"].form.errors) == [field]
    assert not Assignment.objects.exists()


def test_of_an_assignment_only_the_last_day_changes(client_as):
    held = AssignmentFactory()
    client = client_as("admin")

    client.post(
        f"{ASSIGNMENTS}{held.pk}/change/",
        {
            "user": client.user.pk,
            "role": "coordinator_head",
            "valid_from": "1-1-2018",
            "valid_until": "31 Desember 2019",
        },
    )

    now = Assignment.objects.get(pk=held.pk)
    assert (now.user, now.role, now.valid_from) == (held.user, held.role, held.valid_from)
    assert str(now.valid_until) == "2019-12-31"


def test_two_people_without_an_address(client_as):
    client = client_as("admin")
    for name in ("satu", "dua"):
        client.post(f"{USERS}add/", {"username": name, "name": name, "email": "", "is_active": "on"})

    assert set(User.objects.filter(email=None).values_list("username", flat=True)) == {"satu", "dua"}


def test_autocomplete_of_people_is_the_superusers(client_as):
    UserFactory(name="Siti")
    query = {"term": "siti", "app_label": "p2emas", "model_name": "assignment", "field_name": "user"}

    found = {
        who: client_as(who).get(reverse("admin:autocomplete"), query).status_code for who in ("admin", "coordinator")
    }

    assert found == {"admin": 200, "coordinator": 403}


def test_auditor_reads_words_not_icons_and_labels_without_a_colon(client_as):
    person = UserFactory(is_active=False)
    client = client_as("auditor")

    page = client.get(f"{USERS}{person.pk}/change/").content.decode()
    rows = client.get(USERS).content.decode()

    assert "<label>Aktif</label>" in page
    assert '<div class="readonly">Tidak</div>' in page
    assert 'field-is_active">Tidak<' in rows
    assert [word for word in ("icon-yes", "icon-no", 'alt="True"', 'alt="False"') if word in page + rows] == []


def test_labels_of_a_form_in_the_back_office_have_no_colon(client_as):
    page = client_as("admin").get(f"{USERS}add/").content.decode()

    assert ">Nama pengguna</label>" in page
    assert ":</label>" not in tight(page)


def test_invented_figures_are_marked_in_the_back_office_too(client_as, settings, business_day):
    page = reverse("admin:index")
    assert "DATA CONTOH." not in squeezed(client_as("coordinator").get(page).text)

    settings.DEMO_TODAY = business_day.isoformat()

    assert "DATA CONTOH." in client_as("coordinator").get(page).text


def test_a_list_counts_its_results_only_when_somebody_narrowed_it(client_as):
    HolidayFactory(name="Tahun Baru")
    client, page = client_as("coordinator"), reverse("admin:p2emas_holiday_changelist")

    assert "Tampilkan semua" not in client.get(page).text

    assert "1 hasil" in client.get(page, {"q": "tahun"}).text


def test_history_of_the_back_office_writes_dates_as_every_page_does(client_as):
    holiday = HolidayFactory(date=date(2019, 12, 25))
    holiday.date = date(2019, 12, 24)
    holiday.save()

    page = client_as("coordinator").get(reverse("admin:p2emas_holiday_history", args=[holiday.pk])).text

    assert "<del>25-12-2019</del> menjadi <ins>24-12-2019</ins>" in page


def test_role_that_demands_a_second_factor_ends_the_sessions_here_too(client_as, bappeda):
    client, promoted = client_as("admin"), client_as("leader")
    data = {"user": promoted.user.pk, "role": "panelist", "agency": bappeda.pk, "valid_from": "8 Oktober 2019"}

    client.post(f"{ASSIGNMENTS}add/", data)
    assert promoted.get("/akun/").status_code == 200
    client.post(f"{ASSIGNMENTS}add/", data | {"role": "coordinator"})

    assert promoted.user.assignments.count() == 3
    assert promoted.get("/akun/").status_code == 302


def test_session_of_a_closed_account_stays_dead_when_it_is_opened_again(client_as):
    client, closed = client_as("admin"), client_as("leader")
    address = f"{USERS}{closed.user.pk}/change/"
    fields = {"username": closed.user.username, "name": closed.user.name, "email": closed.user.email}

    client.post(address, fields)
    client.post(address, fields | {"is_active": "on"})

    closed.user.refresh_from_db()
    assert closed.user.is_active and closed.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("which", "member_from", "warned"),
    [
        ("lead", "1 Oktober 2019", True),
        ("kecamatan", "1 Oktober 2019", True),
        ("lead", "", False),
        ("dinas", "1-10-2019", False),
    ],
)
def test_member_that_is_likely_not_meant_is_told_to_owe_reports(client_as, bappeda, which, member_from, warned):
    made = {
        "lead": bappeda,
        "kecamatan": AgencyFactory(kind=Agency.Kind.KECAMATAN),
        "dinas": AgencyFactory(kind=Agency.Kind.DINAS),
    }[which]
    Agency.objects.update(member_from=None)
    typed = {"code": made.code, "name": made.name, "short_name": made.short_name, "kind": made.kind}

    page = client_as("admin").post(
        f"/kelola/p2emas/agency/{made.pk}/change/", typed | {"member_from": member_from}, follow=True
    )

    sentence = f"{made} sekarang anggota program: rencana dan laporan triwulannya ditagih."
    assert (sentence in page.content.decode()) == warned
    made.refresh_from_db()
    assert (made.member_from is not None) == bool(member_from)
