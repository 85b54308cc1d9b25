"""People as a table: accounts without a password, letters that wait, and nobody's account changed."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.kinds import kind_of
from p2emas.imports.services import start_import
from p2emas.models import Assignment, Import, OutboxMessage, User
from p2emas.workflow.models import StepNotAllowed
from tests.factories import AgencyFactory, AssignmentFactory, UserFactory
from tests.p2emas.imports.sheets import book, received

pytestmark = pytest.mark.django_db


def run(user, rows):
    kind = kind_of("pengguna")
    content = book(rows, token=kind.token, headers=[column.header for column in kind.columns])
    batch = start_import(kind=kind, received=received(content), user=user)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def head(user_as):
    return user_as("coordinator_head")


@pytest.fixture
def agency(db):
    return AgencyFactory(short_name="Pertanian")


def row(username="ani", *, email="", role="Operator SKPD", agency="Pertanian", since="01-10-2019", phone=""):
    return [username, f"Nama {username}", email or f"{username}@contoh.go.id", phone, role, agency, since]


def test_each_row_becomes_a_person_an_assignment_and_a_letter_that_waits(head, agency):
    batch = run(head, [row("ani", phone="0812-3456-7890"), row("budi", email="Budi@Contoh.go.id", role="Kepala SKPD")])
    apply_import(batch=batch, seen="READY", actor=head)

    people = User.objects.filter(username__in=["ani", "budi"])
    assert {(each.email, each.has_usable_password(), each.condition) for each in people} == {
        ("ani@contoh.go.id", False, "invited"),
        ("budi@contoh.go.id", False, "invited"),
    }
    held = Assignment.objects.filter(user__in=people).values_list("user__username", "role", "agency", "valid_from")
    assert set(held) == {
        ("ani", "agency_operator", agency.pk, date(2019, 10, 1)),
        ("budi", "agency_head", agency.pk, date(2019, 10, 1)),
    }
    letters = OutboxMessage.objects.filter(kind="invitation")
    assert {(letter.recipient, letter.state) for letter in letters} == {
        ("ani@contoh.go.id", "waiting"),
        ("budi@contoh.go.id", "waiting"),
    }
    assert mail.outbox == []


def test_the_same_file_again_changes_nothing(head, agency):
    apply_import(batch=run(head, [row("ani")]), seen="READY", actor=head)

    shouted = row("ani")
    shouted[0] = "ANI"
    again = run(head, [shouted, row("citra")])

    assert list(again.rows.order_by("number").values_list("action", flat=True)) == ["SKIP", "NEW"]


def test_account_that_is_there_is_never_changed(head, agency):
    UserFactory(username="ani", email="lain@contoh.go.id")

    batch = run(head, [row("ani")])

    assert "Nama pengguna “ani” sudah dipakai" in batch.rows.get().message
    assert OutboxMessage.objects.count() == 0


def test_undo_takes_away_what_waits_and_nothing_that_went_out(head, agency):
    before = set(User.objects.values_list("pk", flat=True))
    batch = run(head, [row("ani"), row("budi")])
    apply_import(batch=batch, seen="READY", actor=head)

    letter = OutboxMessage.objects.get(recipient="budi@contoh.go.id")
    letter.released_at = letter.drafted_at
    letter.save()
    with pytest.raises(StepNotAllowed, match="Undangan untuk Nama budi sudah dikirim"):
        undo_import(batch, seen="APPLIED", actor=head)
    assert OutboxMessage.objects.count() == 2

    OutboxMessage.objects.filter(pk=letter.pk).update(released_at=None)
    batch.refresh_from_db()
    undo_import(batch, seen="APPLIED", actor=head)
    assert set(User.objects.values_list("pk", flat=True)) == before
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize("edit", ["another", "ended"])
def test_undo_takes_no_assignment_away_that_was_given_or_ended_since(head, agency, edit):
    batch = run(head, [row("ani")])
    apply_import(batch=batch, seen="READY", actor=head)
    person = User.objects.get(username="ani")
    if edit == "another":
        AssignmentFactory(user=person, agency=AgencyFactory(), role="agency_head")
    else:
        person.assignments.update(valid_until=date(2019, 12, 31))

    with pytest.raises(StepNotAllowed, match="Penugasan Nama ani sudah ditambah atau diakhiri"):
        undo_import(batch, seen="APPLIED", actor=head)

    assert User.objects.filter(username="ani").exists() and OutboxMessage.objects.count() == 1
    assert person.assignments.count() == (2 if edit == "another" else 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row("ani b"), "Kolom A “Nama pengguna”: Tulis huruf, angka"),
        (row(email="ani@"), "Kolom C “Surel”: “ani@” bukan alamat surel."),
        (row(email="lain@contoh.go.id"), "Kolom “Surel”: alamat ini sudah dipakai pengguna lain."),
        (row(phone="nol delapan"), "Kolom D “Telepon”: Isi nomor telepon dengan angka"),
        (row(role="Pendamping"), "Kolom E “Peran”: “Pendamping” tidak dikenal."),
        (row(role="Inspektorat"), "Kolom “Peran”: Peran ini untuk Inspektorat."),
        (row(role="Koordinator"), "Kolom “Peran”: Koordinator bertugas di kantor pengelola"),
        (row(agency="Entah"), "Kolom F “Perangkat daerah”: Perangkat daerah “Entah” tidak dikenal."),
        (row(since="01-01-2015"), "Kolom G “Berlaku sejak”: Tulis tanggal"),
    ],
)
def test_wrong_cell_of_a_person_is_named_with_its_remedy(head, agency, wrong, told):
    UserFactory(username="lain", email="lain@contoh.go.id")

    batch = run(head, [wrong])

    assert batch.status == "FAILED" and told in batch.rows.get().message


def test_one_address_for_two_people_is_an_error_of_the_second(head, agency):
    batch = run(head, [row("ani"), row("budi", email="ani@contoh.go.id")])

    assert "Kolom C “Surel”: isinya sama dengan baris 2." in batch.rows.get(number=3).message


def test_only_who_reads_people_reads_a_table_of_them(client_as, head, agency):
    batch = run(head, [row("ani")])
    page = reverse("imports:import-detail", args=[batch.pk])
    answers = {role: client_as(role).get(page).status_code for role in
               ("coordinator_head", "coordinator", "leader", "auditor", "district_admin")}  # fmt: skip

    assert answers == {
        "coordinator_head": 200, "coordinator": 404, "leader": 404, "auditor": 200, "district_admin": 404,
    }  # fmt: skip
    for role in ("coordinator", "leader"):
        assert "isian.xlsx" not in client_as(role).get(reverse("imports:import-list")).content.decode()
    assert client_as("coordinator").get(reverse("imports:import-upload", args=["pengguna"])).status_code == 403
    assert client_as("auditor").post(f"{page}terapkan/", {"seen": "READY"}).status_code == 403
    assert Import.objects.get().status == "READY"


def test_page_does_not_promise_people_in_a_template_that_has_none(client_as):
    client = client_as("coordinator_head")
    page = client.get(reverse("imports:import-upload", args=["pengguna"])).content.decode()
    template = client.get(reverse("imports:template-download", args=["pengguna"]), {"format": "csv"})

    assert "Templat belum berisi siapa pun." in page and "data yang tersimpan" not in page
    assert len(template.content.decode("utf-8-sig").strip().splitlines()) == 1
