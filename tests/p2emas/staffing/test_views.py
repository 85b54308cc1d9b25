from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import Agency, Assignment, User
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.tokens import invitation_token
from p2emas.history.records import last_edit
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import deliver
from p2emas.staffing.forms import InvitationForm
from p2emas.staffing.services import accept_invitation
from tests.conftest import TODAY
from tests.factories import PASSWORD, AgencyFactory, AssignmentFactory, DistrictFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/pengguna/"
INVITE = "/pengguna/undang/"


@pytest.fixture
def head(client_as):
    return client_as("coordinator_head")


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def invitation(member, **changes) -> dict:
    return {
        "name": "Operator baru",
        "username": "operator.baru",
        "email": "Operator@example.go.id",
        "phone": "",
        "nip": "",
        "role": Role.AGENCY_OPERATOR,
        "agency": member.pk,
        "valid_from": "8 Oktober 2019",
        "valid_until": "",
        **changes,
    }


def test_own_rights_are_out_of_reach_for_every_forged_post(head, bappeda):
    me = head.user
    own = me.assignments.get()
    before = (me.is_superuser, list(Assignment.objects.values_list("user", "role", "valid_until")))
    posts = {
        "assignment-add": ([me.pk], {"role": "leader", "agency": bappeda.pk, "valid_from": "8-10-2019"}),
        "assignment-end": ([me.pk, own.pk], {"last_day": "8-10-2019", "seen": ""}),
        "user-edit": ([me.pk], {"name": "Saya", "is_superuser": "on"}),
        "user-deactivate": ([me.pk], {}),
        "user-reactivate": ([me.pk], {}),
        "invitation-resend": ([me.pk], {}),
    }
    answers = {name: head.post(reverse(f"staffing:{name}", args=a), d).status_code for name, (a, d) in posts.items()}

    assert set(answers.values()) == {403}
    me.refresh_from_db()
    assert (me.is_superuser, list(Assignment.objects.values_list("user", "role", "valid_until"))) == before


def test_person_in_the_form_is_ignored(head, bappeda):
    """Undeclared fields change nothing: the person comes from the address of the page."""
    other = UserFactory()
    data = {
        "role": "leader",
        "agency": bappeda.pk,
        "valid_from": "8-10-2019",
        "user": head.user.pk,
        "person": head.user.pk,
    }

    head.post(reverse("staffing:assignment-add", args=[other.pk]), data | {"whole_regency": "on", "is_superuser": "on"})

    assert list(other.assignments.values_list("role", flat=True)) == ["leader"]
    assert not other.village_scopes.exists()
    assert head.user.assignments.count() == 1
    assert not User.objects.filter(is_superuser=True).exists()


def test_superuser_is_not_managed_here(head):
    assert head.post(reverse("staffing:user-deactivate", args=[UserFactory(is_superuser=True).pk])).status_code == 403


def test_assignment_of_one_person_is_not_ended_under_another(head):
    held, other = AssignmentFactory(), AssignmentFactory()

    assert head.get(reverse("staffing:assignment-end", args=[other.user.pk, held.pk])).status_code == 404


def test_facilitator_is_neither_given_nor_ended(head, bappeda):
    held = AssignmentFactory(role=Role.FACILITATOR, agency=bappeda)
    data = {"role": "facilitator", "agency": bappeda.pk, "valid_from": "8-10-2019"}

    response = head.post(reverse("staffing:assignment-add", args=[held.user.pk]), data)

    assert list(response.context["form"].errors) == ["role"]
    assert head.post(reverse("staffing:assignment-end", args=[held.user.pk, held.pk]), {}).status_code == 403


def test_role_and_agency_must_fit(head, bappeda):
    office = DistrictFactory().office
    member, left = AgencyFactory(), AgencyFactory(member_until=date(2018, 1, 1))
    inspectorate = AgencyFactory(kind=Agency.Kind.INSPEKTORAT, member_from=None)
    fits = set()
    for role in Role.values:
        for name, agency in {
            "bappeda": bappeda,
            "kecamatan": office,
            "skpd": member,
            "bekas": left,
            "inspektorat": inspectorate,
        }.items():
            person = UserFactory()
            data = {"role": role, "agency": agency.pk, "valid_from": "8-10-2019"}
            if head.post(reverse("staffing:assignment-add", args=[person.pk]), data).status_code == 302:
                fits.add((role, name))

    everywhere = {"bappeda", "kecamatan", "skpd", "bekas", "inspektorat"}
    assert fits == {
        ("coordinator", "bappeda"),
        ("coordinator_head", "bappeda"),
        *(("leader", name) for name in everywhere),
        *(("panelist", name) for name in everywhere),
        ("agency_operator", "skpd"), ("agency_operator", "bappeda"),
        ("agency_head", "skpd"), ("agency_head", "bappeda"),
        ("district_admin", "kecamatan"),
        ("auditor", "inspektorat"),
    }  # fmt: skip


# --- Invitation --------------------------------------------------------------------------------------------------


def test_invitation_is_person_assignment_and_waiting_letter(head, mailoutbox):
    agency = AgencyFactory()

    response = head.post(INVITE, invitation(agency))

    person = User.objects.get(username="operator.baru")
    assert response.url == person.get_absolute_url()
    assert (person.email, person.has_usable_password(), person.is_superuser) == ("operator@example.go.id", False, False)
    assert list(person.assignments.values_list("role", "agency", "valid_from")) == [
        ("agency_operator", agency.pk, TODAY)
    ]
    letter = OutboxMessage.objects.get()
    assert (letter.state, letter.recipient, letter.kind) == ("waiting", "operator@example.go.id", "invitation")
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "ADA"}, "username"),
        ({"username": "dengan spasi"}, "username"),
        ({"email": "ADA@example.go.id"}, "email"),
        ({"email": ""}, "email"),
        ({"nip": "123"}, "nip"),
        ({"role": "superuser"}, "role"),
        ({"agency": "999999"}, "agency"),
        ({"agency": "9" * 40}, "agency"),
        ({"valid_from": "03/29/2019"}, "valid_from"),
        ({"valid_from": "1 Januari 2010"}, "valid_from"),
        ({"valid_until": "1 Oktober 2019"}, "valid_until"),
        ({"name": "x" * 500}, "name"),
    ],
)
def test_bad_invitation_is_refused_beside_the_field(head, change, field):
    UserFactory(username="ada", email="ada@example.go.id")
    before = User.objects.count()

    response = head.post(INVITE, invitation(AgencyFactory(), **change))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "<title>Galat: Undang pengguna" in response.content.decode()
    assert (User.objects.count(), OutboxMessage.objects.count()) == (before, 0)


def the_link(mailoutbox, head, person) -> str:
    letter = OutboxMessage.objects.about(person).latest("pk")
    OutboxMessage.objects.filter(pk=letter.pk).update(released_at=clock.now())
    deliver([letter.pk])
    return next(word for word in mailoutbox[-1].body.split() if "/undangan/" in word).removeprefix(
        "http://127.0.0.1:8000"
    )


@pytest.fixture
def invited(head, mailoutbox):
    head.post(INVITE, invitation(AgencyFactory()))
    person = User.objects.get(username="operator.baru")
    return person, the_link(mailoutbox, head, person)


def test_link_sets_the_password_signs_in_and_dies(invited):
    person, link = invited
    client = Client()
    assert "operator.baru" in page(client, link)

    response = client.post(link, {"password1": "kelapa-sawit-12", "password2": "kelapa-sawit-12"})

    assert (response.status_code, response.url) == (302, "/beranda/")
    assert client.get("/akun/").status_code == 200
    person.refresh_from_db()
    assert person.check_password("kelapa-sawit-12")
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"password1": "orang-lain-12", "password2": "orang-lain-12"}).status_code == 404


def test_link_lives_for_the_hours_it_says(invited, settings, monkeypatch):
    from p2emas.accounts.sign_in.tokens import InvitationTokenGenerator

    _person, link = invited
    real = InvitationTokenGenerator._now
    found = []
    for hours in (71, 73):
        monkeypatch.setattr(InvitationTokenGenerator, "_now", lambda self, h=hours: real(self) + timedelta(hours=h))
        found.append(Client().get(link).status_code)

    assert found == [200, 404]


def test_link_of_a_deactivated_person_opens_nothing(invited):
    person, link = invited
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    "link", ["/undangan/1/x/", "/undangan/zzzzzzzzzzzzzzz/a-b/", "/undangan/-/0-0/", "/undangan/_/--/"]
)
def test_wrong_link_opens_nothing(client, link):
    UserFactory(pk=1, password=None)

    assert client.get(link).status_code == 404


def test_reset_token_is_no_invitation(invited):
    from allauth.account.forms import default_token_generator

    person, link = invited
    token = default_token_generator.make_token(person)

    assert Client().get(link.rsplit("/", 2)[0] + f"/{token}/").status_code == 404


def test_of_two_who_hold_the_link_at_once_the_first_gets_in(invited):
    """Both had the form open; the second must not overwrite the password of the first."""
    person, link = invited
    token = link.split("/")[3]

    assert accept_invitation(person, token=token, password="kelapa-sawit-12")
    assert not accept_invitation(person, token=token, password="orang-lain-12")
    person.refresh_from_db()
    assert person.check_password("kelapa-sawit-12")


def test_name_taken_since_the_form_looked_is_told(head, monkeypatch):
    UserFactory(username="operator.baru")
    monkeypatch.setattr(InvitationForm, "clean_username", lambda self: self.cleaned_data["username"])

    response = head.post(INVITE, invitation(AgencyFactory()))

    assert "baru saja dipakai" in str(response.context["form"].non_field_errors())
    assert not OutboxMessage.objects.exists()


def test_invitation_is_no_second_way_to_reset_a_password():
    person = UserFactory()

    assert not invitation_token.check_token(person, invitation_token.make_token(person))


def test_weak_or_unequal_first_password_is_refused(invited):
    person, link = invited
    found = [
        list(Client().post(link, {"password1": first, "password2": second}).context["form"].errors)
        for first, second in [
            ("pendek", "pendek"),
            ("kelapa-sawit-12", "lain"),
            ("operator.baru", "operator.baru"),
            ("", ""),
        ]
    ]

    person.refresh_from_db()
    assert found == [["password1"], ["password2"], ["password1"], ["password1", "password2"]]
    assert not person.has_usable_password()


def test_somebody_else_at_this_browser_is_signed_out(invited, client_as):
    person, link = invited
    client = client_as("leader")

    client.post(link, {"password1": "kelapa-sawit-12", "password2": "kelapa-sawit-12"})

    assert client.get("/akun/").wsgi_request.user == person


def test_second_invitation_only_when_the_first_has_gone(head, mailoutbox):
    head.post(INVITE, invitation(AgencyFactory()))
    person = User.objects.get(username="operator.baru")
    again = reverse("staffing:invitation-resend", args=[person.pk])

    head.post(again)
    assert OutboxMessage.objects.count() == 1
    first = the_link(mailoutbox, head, person)
    head.post(again)
    assert OutboxMessage.objects.count() == 2
    second = the_link(mailoutbox, head, person)

    assert {Client().get(first).status_code, Client().get(second).status_code} == {200}


def test_person_with_password_is_not_invited_again(head):
    head.post(reverse("staffing:invitation-resend", args=[UserFactory().pk]))

    assert not OutboxMessage.objects.exists()


def test_address_changes_only_while_invited_and_takes_the_letter_along(head):
    head.post(INVITE, invitation(AgencyFactory()))
    person, active = User.objects.get(username="operator.baru"), UserFactory(email="lama@example.go.id")
    for each in (person, active):
        seen = {"seen": last_edit(each)}
        head.post(
            reverse("staffing:user-edit", args=[each.pk]),
            {"name": "Nama baru", "email": f"baru{each.pk}@example.go.id", "phone": "", "nip": ""} | seen,
        )

    person.refresh_from_db()
    active.refresh_from_db()
    assert (person.email, active.email, active.name) == (
        f"baru{person.pk}@example.go.id",
        "lama@example.go.id",
        "Nama baru",
    )
    assert OutboxMessage.objects.get().recipient == person.email


def test_page_says_whether_an_invitation_has_gone_out(head):
    head.post(INVITE, invitation(AgencyFactory()))
    person = User.objects.get(username="operator.baru")
    waiting = page(head, person.get_absolute_url())
    head.post(reverse("outbox:message-discard", args=[OutboxMessage.objects.get().pk]))
    taken_back = page(head, person.get_absolute_url())
    head.post(reverse("staffing:invitation-resend", args=[person.pk]))
    letter = OutboxMessage.objects.unsent().get()
    OutboxMessage.objects.filter(pk=letter.pk).update(released_at=clock.now(), sent_at=clock.now())

    assert "menunggu dikirim" in waiting
    assert "Belum ada undangan yang terkirim" in taken_back and "sudah terkirim" not in taken_back
    assert "Undangan sudah terkirim, kata sandi belum dibuat" in page(head, person.get_absolute_url())


def test_invitation_without_an_address_says_what_is_missing(head):
    person = User.objects.create_user("tanpa.surel", name="Tanpa Surel")

    answer = head.post(reverse("staffing:invitation-resend", args=[person.pk]), follow=True)

    assert "Alamat surel orang ini belum diisi" in answer.content.decode()
    assert not OutboxMessage.objects.exists()


def test_second_of_two_heads_sees_both_versions_and_overwrites_nothing(head, client_as):
    person = UserFactory(name="Nama lama", phone="")
    page = reverse("staffing:user-edit", args=[person.pk])
    seen = {"seen": head.get(page).context["form"]["seen"].value()}
    head.post(page, {"name": "Nama lama", "phone": "0812-3456-7890", "nip": ""} | seen)

    late = client_as("coordinator_head").post(page, {"name": "Nama baru", "phone": "", "nip": ""} | seen)

    person.refresh_from_db()
    text = late.content.decode()
    assert (late.status_code, person.name, person.phone) == (409, "Nama lama", "0812-3456-7890")
    assert "Nama baru" in text and "0812-3456-7890" in text


def test_signing_in_is_no_edit_of_the_person(client):
    person = UserFactory(name="Nama lama")
    before = last_edit(person)
    client.force_login(person)

    assert User.objects.get(pk=person.pk).last_login
    assert last_edit(person) == before


# --- Assignments and accounts ------------------------------------------------------------------------------------


def test_double_click_gives_one_assignment(head):
    person, agency = UserFactory(), AgencyFactory()
    data = {"role": "agency_operator", "agency": agency.pk, "valid_from": "8-10-2019"}
    url = reverse("staffing:assignment-add", args=[person.pk])

    answers = [head.post(url, data).status_code for _ in range(2)]

    assert answers == [302, 200]
    assert person.assignments.count() == 1


@pytest.mark.parametrize(("last_day", "still"), [("8 Oktober 2019", True), ("7 Oktober 2019", False)])
def test_ended_assignment_acts_on_the_next_request(head, client_as, last_day, still):
    client = client_as("agency_operator")
    held = client.user.assignments.get()

    head.post(reverse("staffing:assignment-end", args=[client.user.pk, held.pk]), {"last_day": last_day, "seen": ""})

    assert ("Operator SKPD" in page(client, "/akun/")) is still


def test_end_that_somebody_else_has_changed_is_told(head):
    held = AssignmentFactory()
    url = reverse("staffing:assignment-end", args=[held.user.pk, held.pk])
    head.post(url, {"last_day": "31 Desember 2019", "seen": ""})

    response = head.post(url, {"last_day": "8 Oktober 2019", "seen": ""})

    held.refresh_from_db()
    assert response.context["form"].non_field_errors()
    assert held.valid_until == date(2019, 12, 31)


def test_deactivation_ends_sessions_and_reactivation_lets_in_again(head):
    person = UserFactory(username="siti")
    clients = [Client(), Client()]
    for client in clients:
        client.post("/masuk/", {"login": "siti", "password": PASSWORD})
    url = reverse("staffing:user-deactivate", args=[person.pk])

    assert head.get(url).status_code == 200
    assert clients[0].get("/akun/").status_code == 200
    head.post(url)
    assert [client.get("/akun/").status_code for client in clients] == [302, 302]
    head.post(reverse("staffing:user-reactivate", args=[person.pk]))
    assert [client.get("/akun/").status_code for client in clients] == [302, 302]  # the old sessions stay dead
    assert clients[0].post("/masuk/", {"login": "siti", "password": PASSWORD}).url == "/beranda/"


# --- List --------------------------------------------------------------------------------------------------------


@pytest.fixture
def people(bappeda):
    farming = AgencyFactory(code="tani", short_name="Dinas Tani")
    rows = {
        "ani": UserFactory(username="ani", name="Ani", email="ani@example.go.id"),
        "budi": UserFactory(username="budi", name="Budi", password=None),
        "cici": UserFactory(username="cici", name="Cici", is_active=False),
    }
    AssignmentFactory(user=rows["ani"], agency=farming)
    AssignmentFactory(user=rows["budi"], agency=bappeda, role=Role.LEADER)
    AssignmentFactory(user=rows["cici"], agency=farming, valid_until=date(2018, 1, 1))
    return rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cari=ANI", {"ani"}),
        ("cari=budi", {"budi"}),
        ("peran=agency_operator", {"ani"}),
        ("skpd=tani", {"ani"}),
        ("skpd=tani&peran=leader", set()),
        ("keadaan=invited", {"budi"}),
        ("keadaan=inactive", {"cici"}),
        ("keadaan=active", {"ani", "head"}),
        ("keadaan=salah&peran=salah&skpd=salah&halaman=-1&urut=x", {"ani", "budi", "cici", "head"}),
        ("cari=%00&skpd=%00", {"ani", "budi", "cici", "head"}),
        ("urut=-masuk", {"ani", "budi", "cici", "head"}),
    ],
)
def test_list_is_searched_and_filtered(head, people, query, found):
    User.objects.filter(pk=head.user.pk).update(username="head")

    response = head.get(f"{LIST}?{query}")

    assert {person.username for person in response.context["page"]} == found


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_the_same_however_long(client_as, django_assert_num_queries, rows):
    client = client_as("auditor")
    for _ in range(rows):
        AssignmentFactory()

    # session, user, assignments of the reader; filter choices; count, rows, assignments of the rows
    with django_assert_num_queries(7):
        page(client, LIST)


def test_detail_shows_who_gave_which_role(head):
    person = UserFactory()
    head.post(
        reverse("staffing:assignment-add", args=[person.pk]),
        {"role": "agency_operator", "agency": AgencyFactory(short_name="Dinas Tani").pk, "valid_from": "8-10-2019"},
    )

    text = page(head, person.get_absolute_url())

    assert "Dinas Tani" in text
    assert "coordinator_head penguji" in text


@pytest.mark.parametrize("phone", ["abc", "12", "0812-x", "08123456789012345678"])
def test_what_is_no_phone_number_is_refused(head, bappeda, phone):
    text = head.post(INVITE, invitation(bappeda, phone=phone)).content.decode()

    assert "<title>Galat:" in text and f'value="{phone}"' in text
    assert not User.objects.filter(username="operator.baru").exists()


@pytest.mark.parametrize("phone", ["", "0812-3456-7890", "+62 812 3456 7890", "(0565) 21100"])
def test_phone_numbers_of_people_and_of_offices_are_taken(head, bappeda, phone):
    head.post(INVITE, invitation(bappeda, phone=phone))

    assert User.objects.get(username="operator.baru").phone == phone


def test_wrong_address_is_called_surel_as_everywhere(head, bappeda):
    text = head.post(INVITE, invitation(bappeda, email="bukan-alamat")).content.decode()

    assert "Alamat surel belum benar" in text and "alamat email" not in text


def test_stored_number_of_before_does_not_stop_another_edit(head):
    person = UserFactory(name="Nama lama", phone="pesawat 12")
    url = reverse("staffing:user-edit", args=[person.pk])
    seen = {"seen": head.get(url).context["form"]["seen"].value()}

    assert "<title>Galat:" in head.post(url, {"name": "Nama baru", "phone": "abc", "nip": ""} | seen).content.decode()
    head.post(url, {"name": "Nama baru", "phone": person.phone, "nip": ""} | seen)

    person.refresh_from_db()
    assert (person.name, person.phone) == ("Nama baru", "pesawat 12")
