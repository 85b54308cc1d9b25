"""A new regency of forty kecamatan: offices and links in one file, invitations in another, four pages each."""

import pytest
from django.urls import reverse

from districts.models import District
from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.kinds import kind_of
from p2emas.imports.services import start_import
from p2emas.models import Agency, OutboxMessage
from p2emas.workflow.models import StepNotAllowed
from tests.factories import AgencyFactory, DistrictFactory, RegencyFactory
from tests.p2emas.imports.sheets import book, received, upload

pytestmark = pytest.mark.django_db
FORTY = 40


def run(user, rows):
    kind = kind_of("kantor-kecamatan")
    content = book(rows, token=kind.token, headers=[column.header for column in kind.columns])
    batch = start_import(kind=kind, received=received(content), user=user)
    batch.refresh_from_db()
    return batch


class Visitor:
    """A person with a browser: follows redirects, and counts the pages that were shown."""

    def __init__(self, client):
        self.client, self.pages = client, 0

    def get(self, url):
        self.pages += 1
        answer = self.client.get(url)
        assert answer.status_code == 200
        return answer

    def send(self, url, data):
        answer = self.client.post(url, data)
        assert answer.status_code == 302, answer.content.decode()
        return self.get(answer.url), answer.url

    def bring(self, code, rows):
        """Open the page, upload, look at the preview, apply."""
        self.pages, kind = 0, kind_of(code)
        upload_page = reverse("imports:import-upload", args=[code])
        self.get(upload_page)
        content = book(rows, token="", headers=[column.header for column in kind.columns])
        shown, url = self.send(upload_page, {"berkas": upload(content)})
        assert f"{len(rows)} baru" in shown.content.decode()
        self.send(f"{url}terapkan/", {"seen": "READY"})
        return self.pages


def test_forty_offices_links_and_invitations_take_four_pages_each(client_as):
    regency = RegencyFactory()
    districts = [DistrictFactory(regency=regency, office=None, name=f"Kecamatan Ke{n}") for n in range(FORTY)]
    head = Visitor(client_as("coordinator_head"))

    offices = head.bring("kantor-kecamatan", [[each.name, f"kec-{n}", "", ""] for n, each in enumerate(districts)])
    people = head.bring(
        "pengguna",
        [
            [f"camat{n}", f"Nama {n}", f"camat{n}@contoh.go.id", "", "Admin kecamatan", f"kec-{n}", "01-10-2019"]
            for n in range(FORTY)
        ],
    )

    assert offices <= 4 and people <= 4
    linked = District.objects.filter(office__kind="KECAMATAN").values_list("office__code", flat=True)
    assert set(linked) == {f"kec-{n}" for n in range(FORTY)}
    waiting = OutboxMessage.objects.waiting_for_release()
    assert set(waiting.values_list("recipient", flat=True)) == {f"camat{n}@contoh.go.id" for n in range(FORTY)}


def test_offices_are_named_after_their_kecamatan_and_undone_with_their_link(user_as):
    user = user_as("coordinator")
    kelam = DistrictFactory(name="Kelam Permai", office=None)
    there = AgencyFactory(code="kec-sepauk", kind="KECAMATAN", name="Kantor", short_name="Sepauk", member_from=None)
    sepauk = DistrictFactory(name="Sepauk", office=None)
    DistrictFactory(name="Tempunak", office=None)
    rows = [
        ["Kec. Kelam Permai", "kec-kelam", None, None],
        ["Sepauk", "kec-sepauk", "Kantor", "Sepauk"],
        ["Tempunak", None, None, None],
    ]

    batch = run(user, rows)
    assert list(batch.rows.order_by("number").values_list("action", flat=True)) == ["NEW", "CHANGE", "SKIP"]
    apply_import(batch=batch, seen="READY", actor=user)

    kelam.refresh_from_db()
    sepauk.refresh_from_db()
    assert (kelam.office.name, kelam.office.short_name, kelam.office.kind) == (
        "Kecamatan Kelam Permai", "Kec. Kelam Permai", "KECAMATAN",
    )  # fmt: skip
    assert sepauk.office == there
    assert kelam.history.latest().history_user == user

    undo_import(batch, seen="APPLIED", actor=user)

    kelam.refresh_from_db()
    sepauk.refresh_from_db()
    assert (kelam.office, sepauk.office) == (None, None)
    assert set(Agency.objects.filter(code__startswith="kec-").values_list("code", flat=True)) == {"kec-sepauk"}


def test_link_that_somebody_moved_meanwhile_is_not_undone(user_as):
    user = user_as("coordinator")
    kelam, other = DistrictFactory(name="Kelam Permai", office=None), DistrictFactory(name="Sepauk", office=None)
    batch = run(user, [["Kelam Permai", "kec-kelam", None, None]])
    apply_import(batch=batch, seen="READY", actor=user)
    office = Agency.objects.get(code="kec-kelam")
    District.objects.filter(pk=kelam.pk).update(office=None)
    District.objects.filter(pk=other.pk).update(office=office)

    with pytest.raises(StepNotAllowed, match="sudah diubah sesudahnya"):
        undo_import(batch, seen="APPLIED", actor=user)


def test_office_of_another_kind_or_kecamatan_is_refused(user_as):
    AgencyFactory(code="distan", short_name="Pertanian")
    taken = DistrictFactory(name="Kelam Permai")
    DistrictFactory(name="Sepauk", office=None)
    rows = [
        ["Kelam Permai", "kec-lain", None, None],
        ["Sepauk", "distan", None, None],
        ["Entah", "kec-entah", None, None],
        ["Sepauk", "kec-sepauk", None, None],
        ["Sepauk", "kec-sepauk-2", None, None],
    ]

    told = dict(run(user_as("coordinator"), rows).rows.values_list("number", "message"))

    assert f"Kecamatan Kelam Permai sudah berkantor {taken.office}" in told[2]
    assert told[3] == "Kolom “Kode kantor”: kode ini dipakai Pertanian. Tulis kode lain."
    assert "Kolom A “Kecamatan”: Kecamatan “Entah” tidak dikenal." in told[4]
    assert told[5] == "" and "Kolom A “Kecamatan”: isinya sama dengan baris 5." in told[6]
