"""The administrative check: one page an application, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.urls import reverse

from facilitators.models import Application, ApplicationFile, PersonalDataAccess
from p2emas import clock
from tests.facilitator_factories import (
    ApplicationFactory,
    DocumentKindFactory,
    PanelSeatFactory,
    RecruitmentRoundFactory,
    RequirementFactory,
    nik_of,
)
from tests.factories import PASSWORD, DistrictFactory
from tests.markup import squeezed
from tests.people import long_ago
from tests.worlds import _file

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    record = RecruitmentRoundFactory()
    requirement = RequirementFactory(round=record)
    paper = DocumentKindFactory(round=record, name="KTP")
    rows = [ApplicationFactory(round=record, number=f"LMR-2020-{n:04}") for n in (1, 2)]
    for row in rows:
        scan(row, paper)
    return record, requirement, paper, rows


def scan(application, paper):
    return _file(ApplicationFile, original_name="KTP.jpg", application=application, document=paper)


def typed(requirement, decision, version=0, **rest):
    return {"version": str(version), f"s{requirement.pk}": "1", "decision": decision} | rest


def test_passing_continues_with_the_next_that_waits(client_as, scene):
    record, requirement, _paper, (first, second) = scene
    client = client_as("coordinator")

    answer = client.post(first.get_absolute_url(), typed(requirement, "pass_files", berikutnya="1"))

    first.refresh_from_db()
    assert (answer.url, first.status) == (second.get_absolute_url(), "PASSED_FILES")
    check = first.checks.get()
    assert (check.requirement, check.met, check.checked_by) == (requirement, True, client.user)
    assert client.get(reverse("recruitment:check-next", args=[record.code])).url == second.get_absolute_url()


def test_asking_tells_what_is_missing_and_until_when(client_as, scene):
    _record, requirement, _paper, (first, _second) = scene
    asked = {"missing": "Ijazah buram", "complete_by": "12-10-2019 16.00"}
    client = client_as("coordinator")

    past = client.post(
        first.get_absolute_url(), typed(requirement, "ask_completion", **asked | {"complete_by": "1-10-2019 16.00"})
    )
    client.post(first.get_absolute_url(), typed(requirement, "ask_completion", **asked))

    assert "Batas ini sudah lewat" in past.content.decode()
    first.refresh_from_db()
    assert (first.status, first.complete_by.isoformat()) == ("INCOMPLETE", "2019-10-12T09:00:00+00:00")
    assert first.last_change().note == "Ijazah buram"


def test_refusal_needs_a_category_and_a_sentence(client_as, scene):
    _record, requirement, _paper, (first, _second) = scene
    client = client_as("coordinator")

    empty = client.post(first.get_absolute_url(), typed(requirement, "refuse_files")).content.decode()
    unmarked = typed(requirement, "refuse_files", category="REQUIREMENT", sentence="Umur 19 tahun")
    contradiction = client.post(first.get_absolute_url(), unmarked).content.decode()
    client.post(first.get_absolute_url(), unmarked | {f"s{requirement.pk}": "0"})

    assert "Pilih alasannya." in empty
    assert "Tulis mengapa ditolak." in empty
    assert "Umur 19 tahun" in contradiction
    first.refresh_from_db()
    assert (first.status, first.rejected_for, first.checks.get().met) == ("REJECTED", "REQUIREMENT", False)


def test_nobody_passes_with_a_requirement_unmet_or_a_paper_missing(client_as, scene):
    record, requirement, _paper, (first, _second) = scene
    DocumentKindFactory(round=record, name="Ijazah")
    client = client_as("coordinator")

    answer = client.post(first.get_absolute_url(), typed(requirement, "pass_files") | {f"s{requirement.pk}": "0"})

    page = answer.content.decode()
    assert "Ijazah belum ada" in page
    assert "tidak dapat diloloskan" in page
    first.refresh_from_db()
    assert (first.status, first.version, first.checks.count()) == ("SENT", 0, 0)


def test_second_checker_sees_both_and_a_second_click_is_harmless(client_as, scene):
    _record, requirement, _paper, (first, _second) = scene
    client, other = client_as("coordinator"), client_as("coordinator")
    passed = typed(requirement, "pass_files")
    client.post(first.get_absolute_url(), passed)

    again = client.post(first.get_absolute_url(), passed)
    conflict = other.post(
        first.get_absolute_url(), typed(requirement, "refuse_files", category="FILES", sentence="Buram")
    )

    assert again.status_code == 302
    assert conflict.status_code == 409
    assert "Buram" in conflict.content.decode()
    first.refresh_from_db()
    assert first.status == "PASSED_FILES"
    assert first.status_changes().count() == 1


def test_seat_ends_the_check(client_as, scene):
    record, requirement, _paper, (first, _second) = scene
    client = client_as("coordinator")
    PanelSeatFactory(round=record, user=client.user)

    assert client.get(first.get_absolute_url()).status_code == 404
    assert client.post(first.get_absolute_url(), typed(requirement, "pass_files")).status_code == 404
    first.refresh_from_db()
    assert first.status == "SENT"


def step(application, name):
    return reverse("recruitment:application-step", args=[application.round.code, application.pk, name])


@pytest.mark.parametrize(("reason", "expected"), [("FILES", "SENT"), ("REQUIREMENT", "SENT"), ("TEST", "REJECTED")])
def test_only_refusals_of_files_are_taken_up_again(client_as, reason, expected):
    application = ApplicationFactory(status="REJECTED", rejected_for=reason)

    client_as("coordinator").post(step(application, "recheck_files"), {"seen": "REJECTED", "note": "Salah baca"})

    application.refresh_from_db()
    assert application.status == expected
    assert application.rejected_for == ("" if expected == "SENT" else reason)


@pytest.mark.parametrize(
    ("reason", "expected"), [("TEST", "PASSED_FILES"), ("ABSENT", "PASSED_FILES"), ("FILES", "REJECTED")]
)
def test_only_refusals_of_the_test_are_undone(client_as, reason, expected):
    record = RecruitmentRoundFactory(status="SELECTION")
    application = ApplicationFactory(round=record, status="REJECTED", rejected_for=reason)

    client_as("coordinator").post(step(application, "undo_test"), {"seen": "REJECTED", "note": "Salah ketik"})

    application.refresh_from_db()
    assert application.status == expected


# --- Personal data --------------------------------------------------------------------------------------------------


def test_nik_shows_once_for_a_reason_and_leaves_a_row(client_as):
    application = ApplicationFactory(serial=7)
    whole, client = nik_of(7), client_as("coordinator")
    address = reverse("recruitment:application-nik", args=[application.round.code, application.pk])

    page = client.get(application.get_absolute_url()).content.decode()
    asked = client.get(address).content.decode()
    short = client.post(address, {"reason": "cek"}).content.decode()
    opened = client.post(address, {"reason": "Cocokkan dengan KTP asli"})

    assert whole not in page + asked + short
    assert whole in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    row = PersonalDataAccess.objects.get()
    assert (row.application, row.user, row.field, row.reason) == (
        application,
        client.user,
        "NIK",
        "Cocokkan dengan KTP asli",
    )


def nik_address(application):
    return reverse("recruitment:application-nik", args=[application.round.code, application.pk])


def test_nik_asks_for_the_password_first_and_opens_then(client_as):
    application = ApplicationFactory(serial=7)
    client = long_ago(client_as("coordinator"))

    asked = client.post(nik_address(application), {"reason": "Cocokkan dengan KTP asli"})
    assert asked.url.startswith(reverse("account_reauthenticate")) and not PersonalDataAccess.objects.exists()

    assert nik_of(7) in client.post(asked.url, {"password": PASSWORD}).content.decode()
    assert PersonalDataAccess.objects.get().user == client.user


def test_thirty_numbers_an_hour_and_more_where_a_head_allows_it(client_as, settings):
    settings.NIK_OPENINGS_PER_HOUR = 2
    application = ApplicationFactory(serial=7)
    client, other, head = (client_as(who) for who in ("coordinator", "coordinator", "coordinator_head"))
    again = {"reason": "Cocokkan dengan KTP asli"}

    def opens(who) -> bool:
        return nik_of(7) in who.post(nik_address(application), again).content.decode()

    assert [opens(client) for _ in range(3)] == [True, True, False]
    assert opens(other)
    refused = client.post(nik_address(application), again).content.decode()
    assert "Anda sudah membuka 2 NIK dalam satu jam terakhir" in refused and again["reason"] in refused
    assert PersonalDataAccess.objects.count() == 3

    openings = reverse("recruitment:round-openings", args=[application.round.code])
    typed = {"nik_per_hour": "3", "reason": "Kontrak sedang dibuat", "version": application.round.version}
    assert client.post(openings, typed).status_code == 403
    assert head.post(openings, typed | {"reason": ""}).status_code == 200
    assert head.post(openings, typed).status_code == 302
    assert [opens(client) for _ in range(2)] == [True, False]
    edit = application.round.history.first()
    assert (edit.nik_per_hour, edit.history_user, edit.history_change_reason) == (
        3, head.user, "Kontrak sedang dibuat",
    )  # fmt: skip
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert opens(client)


def test_broken_seal_is_a_sentence_and_no_row(client_as):
    application = ApplicationFactory(nik_sealed="rusak")
    address = reverse("recruitment:application-nik", args=[application.round.code, application.pk])

    page = client_as("coordinator").post(address, {"reason": "Cocokkan dengan KTP"}).content.decode()

    assert "tidak dapat dibuka lagi" in page
    assert PersonalDataAccess.objects.count() == 0


@pytest.mark.parametrize(("sensitive", "rows"), [(True, 1), (False, 0)])
def test_opening_a_sensitive_paper_leaves_a_row(client_as, sensitive, rows):
    application = ApplicationFactory()
    stored = scan(application, DocumentKindFactory(round=application.round, name="KTP", sensitive=sensitive))
    client = client_as("auditor")

    assert client.get(stored.get_absolute_url()).status_code == 200
    client.head(stored.get_absolute_url())

    found = list(PersonalDataAccess.objects.values_list("application", "user", "field", "detail"))
    assert found == [(application.pk, client.user.pk, "FILE", "KTP")] * 2 * rows


def test_thumbnail_of_a_sensitive_paper_is_not_drawn(client_as, scene):
    record, _requirement, _paper, (first, _second) = scene
    photo = DocumentKindFactory(round=record, name="Pas foto", sensitive=False)
    scan(first, photo)

    page = client_as("coordinator").get(first.get_absolute_url()).content.decode()

    assert page.count("ukuran=kecil") == ApplicationFile.objects.filter(document=photo).exclude(thumbnail="").count()
    assert "pembukaannya tercatat" in squeezed(page)


def export(record):
    return reverse("recruitment:application-export", args=[record.code])


def test_export_asks_for_the_password_and_writes_one_row(client_as, tmp_path):
    import openpyxl

    record = RecruitmentRoundFactory()
    ApplicationFactory(round=record, serial=3, name="=1+1", number="LMR-2020-0003", phone="+6281234567890")
    ApplicationFactory(round=record, draft=True)
    ApplicationFactory()
    client = client_as("coordinator")
    client.user.set_password("sandi-yang-panjang")
    client.user.save()
    client.force_login(client.user)
    asked = client.get(export(record))
    client.post(asked.url, {"password": "sandi-yang-panjang"})

    refused = client.post(export(record), {"reason": ""})
    answer = client.post(export(record), {"reason": "Laporan kepada Inspektorat"})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "Isi alasan" in refused.content.decode()
    place = tmp_path / "lamaran.xlsx"
    place.write_bytes(answer.content)
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(place).active.iter_rows()]
    assert len(cells) == 2
    assert cells[0][:4] == ["Nomor lamaran", "Nama", "NIK (disamarkan)", "Nomor HP"]
    assert cells[1][3] == "0812-3456-7890"
    assert cells[1][:3] == ["LMR-2020-0003", "'=1+1", f"{'*' * 12}{nik_of(3)[-4:]}"]
    row = PersonalDataAccess.objects.get()
    assert (row.round, row.user, row.field, row.detail) == (record, client.user, "EXPORT", "1 lamaran")


def test_list_is_narrowed_by_state_village_and_words(client_as):
    record = RecruitmentRoundFactory()
    wanted = ApplicationFactory(round=record, name="Pelamar Ketungau", status="PASSED_FILES")
    other = ApplicationFactory(round=record, name="Pelamar Dedai")
    ApplicationFactory(round=record, draft=True, name="Pelamar draf")
    client, address = client_as("auditor"), reverse("recruitment:application-list", args=[record.code])

    every = client.get(address)
    by_name = client.get(address, {"cari": "ketungau"})
    by_state = client.get(address, {"status": "PASSED_FILES"})

    assert {row.pk for row in every.context["page"]} == {wanted.pk, other.pk}
    for answer in (by_name, by_state):
        assert [row.pk for row in answer.context["page"]] == [wanted.pk]


def test_overdue_completion_waits_for_the_check_again_and_may_be_refused(client_as, scene):
    _record, requirement, _paper, (first, second) = scene
    late = Application.objects.filter(pk=first.pk)
    waiting = reverse("recruitment:check-next", args=[first.round.code])
    late.update(status="INCOMPLETE", complete_by=clock.now() + timedelta(days=1))
    client = client_as("coordinator")
    before = client.get(waiting).url
    late.update(complete_by=clock.now() - timedelta(days=1))

    assert before == second.get_absolute_url()
    assert client.get(waiting).url == first.get_absolute_url()
    client.post(
        first.get_absolute_url(), typed(requirement, "refuse_files", category="FILES", sentence="Tidak dilengkapi")
    )

    first.refresh_from_db()
    assert first.status == "REJECTED"


def test_office_reads_who_lives_outside_the_regency(client_as, scene):
    record, _requirement, _paper, (first, second) = scene
    district = DistrictFactory(name="Kayan Ujung")
    Application.objects.filter(pk=first.pk).update(home_village=None, home_district=None, address="Sanggau")
    Application.objects.filter(pk=second.pk).update(home_village=None, home_district=district, address="Jalan 1")
    client = client_as("coordinator")

    page = client.get(first.get_absolute_url()).content.decode()
    table = client.get(reverse("recruitment:application-list", args=[record.code])).content.decode()

    assert "Di luar Kabupaten Sintang" in page
    assert (table.count("Di luar Kabupaten Sintang"), table.count("Kayan Ujung")) == (1, 1)
